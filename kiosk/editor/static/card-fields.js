// The fields of an exercise's form card. Each says how much of it fits on the wall.

import { field, textField, textsField } from "/static/fields.js";
import { fill, h, newId } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { room } from "/static/room.js";

/** One line of text. */
export function lineField(key, options) {
  const { value = "", oninput } = options;
  const made = textField({
    ...options,
    path: [key],
    value,
    oninput: (text) => {
      tell(text);
      oninput(text.trim());
    },
  });
  const tell = withRoom(made, key);
  tell(String(value));
  return made;
}

/** A few lines, one below the other as on the wall. The value is a list. */
export function linesField(key, options) {
  const { values, oninput, lines = 2 } = options;
  const made = textField({
    ...options,
    path: [key],
    lines,
    value: values.join("\n"),
    oninput: (text) => {
      const list = linesOf(text);
      tell(list);
      oninput(list);
    },
  });
  const tell = withRoom(made, key);
  tell(values);
  return made;
}

/** Texts one after the other, such as cues. The value is a list. */
export function listField(key, options) {
  const made = textsField({
    ...options,
    path: [key],
    onchange: (values) => {
      tell(values);
      options.onchange(values);
    },
  });
  const tell = withRoom(made, key);
  tell(options.values);
  return made;
}

/** Single words, such as muscles: chips, and a field for more with suggestions. The value is a list. */
export function wordsField(key, options) {
  const { suggestions, onchange, item } = options;
  let values = [...options.values];
  const chips = h("ul", { class: "word-chips" });
  const known = h("datalist", { id: newId("known") });
  const input = h("input", { list: known.id, autocomplete: "off", enterkeyhint: "done", placeholder: `Add ${item}` });
  const more = h(
    "button",
    {
      type: "button",
      "aria-label": `Add ${item}`,
      onclick: () => {
        take();
        input.focus();
      },
    },
    icon("add"),
  );
  const made = field({ ...options, path: [key] }, input, [chips, h("div", { class: "add-word" }, input, more), known], {
    get: () => values,
    set: (now) => {
      values = [...now];
      draw();
    },
  });
  const tell = withRoom(made, key);

  function draw() {
    fill(
      chips,
      values.map((word, at) =>
        h(
          "li",
          {},
          h("span", {}, word),
          h(
            "button",
            { type: "button", class: "bare", "aria-label": `Remove ${word}`, onclick: () => remove(at) },
            icon("close"),
          ),
        ),
      ),
    );
    fill(
      known,
      suggestions.filter((word) => !values.includes(word)).map((word) => h("option", { value: word })),
    );
    tell(values);
  }

  function take() {
    // Somebody may type several with commas.
    const words = input.value
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
    input.value = "";
    const added = words.filter((word) => !values.some((one) => one.toLowerCase() === word.toLowerCase()));
    if (added.length) change([...values, ...added]);
  }

  function remove(at) {
    change(values.filter((_, other) => other !== at));
    (chips.querySelectorAll("button")[Math.min(at, values.length - 1)] || input).focus();
  }

  function change(now) {
    values = now;
    draw();
    onchange(values);
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !input.value && values.length) {
      remove(values.length - 1);
      input.focus();
    }
  });
  // A suggestion that is chosen is meant at once, and what was typed even if nobody presses Enter.
  input.addEventListener("input", (event) => {
    if (!event.inputType || event.inputType === "insertReplacementText") take();
  });
  input.addEventListener("change", take);
  draw();
  return made;
}

/** Lets a field say how much of it fits: beside its label, or below it if that is too much. Returns what says it. */
function withRoom(made, key) {
  const short = h("small", { class: "room" });
  const note = h("small", { class: "room-note" });
  made.node.querySelector(".label-line").append(short);
  made.node.querySelector(".error").before(note);
  return (value) => {
    const { level, text } = room(key, value);
    const large = level === "large";
    short.textContent = value.length && large ? text : "";
    note.textContent = value.length && !large ? text : "";
    note.classList.toggle("cut", level === "cut");
  };
}

function linesOf(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
