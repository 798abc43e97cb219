// Fields of a form. Each is {node, value, focus(), complain(text), warn(text)}; `path` is its place in the document.

import { h, fill, newId } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { duration, seconds } from "/static/format.js";

/** A line of text, or several lines. `fits` is how many characters the wall has room for. */
export function textField(options) {
  const { value = "", fits, lines, oninput, placeholder } = options;
  const tag = lines ? "textarea" : "input";
  const input = h(tag, { value: value ?? "", placeholder, autocomplete: "off", rows: lines, "data-focus": options.focus });
  const room = fits ? h("small", { class: "room" }) : null;
  const tell = () => {
    if (!room) return;
    const length = input.value.trim().length;
    room.textContent = length > fits * 0.7 ? `${length} of ${fits}` : "";
    room.classList.toggle("over", length > fits);
  };
  input.addEventListener("input", () => {
    tell();
    oninput?.(input.value);
  });
  tell();
  return field(options, input, [input], { get: () => input.value, set: (text) => {
    input.value = text;
    tell();
  }, beside: room });
}

/** A whole number with buttons for less and more. */
export function numberField(options) {
  const { value, min = 0, max = 99, step = 1, unit } = options;
  const parse = (text) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null);
  return stepper(options, {
    value, unit: () => unit, parse, write: String, next: (now, way) => now + way * step, min, max,
    otherwise: `Type a whole number from ${min} to ${max}.`,
  });
}

/** A duration with buttons for less and more. Its value is in seconds. `unit: "min"` is for those thought of in minutes. */
export function durationField(options) {
  const { value, min = 0, max = 3600, unit = "s" } = options;
  return stepper(options, {
    value, min, max, write: duration, parse: (text) => seconds(text, unit),
    unit: (now) => (now === null ? "" : now < 60 ? "s" : "min"), next: (now, way) => nextDuration(now, way, unit),
    otherwise: "Type seconds such as 45, or minutes and seconds such as 1:30.",
  });
}

/** The next duration that people use: steps of 5 s, then of 15 s, of 30 s and of minutes. */
export function nextDuration(now, way, unit = "s") {
  const size = (value) => (unit === "min" ? (value < 300 ? 30 : 60) : value < 10 ? 1 : value < 120 ? 5
    : value < 300 ? 15 : value < 600 ? 30 : 60);
  // Downwards the size is that of the values below.
  const step = size(way > 0 ? now : now - 0.001);
  return way > 0 ? (Math.floor(now / step + 1e-6) + 1) * step : (Math.ceil(now / step - 1e-6) - 1) * step;
}

/** One of a few: buttons side by side up to `most`, else a menu. Options: [{value, label, hint?}]. */
export function choiceField(options) {
  const { value, options: choices, onchange, most = 4, label } = options;
  if (choices.length > most) {
    const menu = h("select", { "data-focus": options.focus, onchange: () => onchange?.(menu.value) },
      choices.map((one) => h("option", { value: one.value, selected: one.value === value }, one.label)));
    return field(options, menu, [menu], { get: () => menu.value, set: (chosen) => {
      menu.value = chosen;
    } });
  }
  const name = newId("choice");
  const inputs = choices.map((one) => h("input", {
    type: "radio", name, value: one.value, checked: one.value === value, "data-focus": `${options.focus}-${one.value}`,
    onchange: () => onchange?.(one.value),
  }));
  const box = h("div", { class: "segments", role: "radiogroup", "aria-label": label },
    choices.map((one, place) => h("label", { class: "segment" }, inputs[place], h("span", {}, one.label))));
  return field(options, box, [box], { get: () => inputs.find((one) => one.checked)?.value, set: (chosen) => {
    for (const input of inputs) input.checked = input.value === chosen;
  }, group: true, first: () => inputs.find((one) => one.checked) || inputs[0] });
}

/** Yes or no. */
export function toggleField(options) {
  const { value = false, onchange, label } = options;
  const input = h("input", { type: "checkbox", role: "switch", checked: Boolean(value), id: newId("toggle"),
    "data-focus": options.focus, onchange: () => onchange?.(input.checked) });
  const whole = h("label", { class: "toggle", for: input.id }, h("span", {}, label), input);
  return field({ ...options, label: null }, input, [whole], { get: () => input.checked, set: (on) => {
    input.checked = on;
  } });
}

/** A list of texts, one a line, with buttons that add, remove and move one. Its value is a list. */
export function textsField(options) {
  const { onchange, item = "line", fits } = options;
  let values = [...(options.values || [])];
  const list = h("ol", { class: "texts" });
  const tell = () => onchange?.(values.filter((one) => one.trim()));
  const draw = (focus = -1) => {
    fill(list, values.map((value, place) => {
      const input = h("input", { value, "aria-label": `${item} ${place + 1}`, autocomplete: "off", oninput: () => {
        values[place] = input.value;
        tell();
      }, onkeydown: (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        values.splice(place + 1, 0, "");
        draw(place + 1);
      } });
      const button = (drawing, words, run, disabled = false) =>
        h("button", { type: "button", class: "bare", "aria-label": `${words} ${item} ${place + 1}`, disabled,
          onclick: run }, icon(drawing));
      const move = (way) => {
        [values[place], values[place + way]] = [values[place + way], values[place]];
        draw(place + way);
        tell();
      };
      return h("li", {}, input, button("up", "Move up", () => move(-1), place === 0),
        button("bin", "Remove", () => {
          values.splice(place, 1);
          draw(Math.max(0, place - 1));
          tell();
        }));
    }));
    list.querySelectorAll("input")[focus]?.focus();
    room();
  };
  const more = h("button", { type: "button", class: "quiet", onclick: () => {
    values.push("");
    draw(values.length - 1);
  } }, icon("add"), `Add a ${item}`);
  const left = h("small", { class: "room" });
  const room = () => {
    const length = values.join(" ").length;
    left.textContent = fits && length > fits * 0.7 ? `${length} of ${fits} characters` : "";
    left.classList.toggle("over", length > fits);
  };
  list.addEventListener("input", room);
  draw();
  return field(options, list, [list, more], { get: () => values.filter((one) => one.trim()), set: (texts) => {
    values = [...texts];
    draw();
  }, group: true, beside: left, first: () => list.querySelector("input") || more });
}

/** Puts each problem and warning at its field within `root`; returns the problems that have none, with the others told. */
export function showProblems(root, problems, warnings = []) {
  const fields = [...root.querySelectorAll("[data-path]")].filter((node) => node.field);
  for (const node of fields) node.field.told = { errors: [], warnings: [] };
  const homeless = [];
  for (const [list, kind] of [[problems, "errors"], [warnings, "warnings"]]) {
    for (const problem of list) {
      const node = nearest(fields, pathOf(problem));
      if (node) node.field.told[kind].push(words(problem));
      else if (kind === "errors") homeless.push(problem);
    }
  }
  for (const node of fields) {
    node.field.complain(node.field.told.errors.join(" "));
    node.field.warn(node.field.told.errors.length ? "" : node.field.told.warnings.join(" "));
  }
  return homeless;
}

/** The path of a problem. What is missing is told at the group that lacks it, and belongs to its field. */
export function pathOf(problem) {
  const missing = /the key "(\w+)" is missing/.exec(problem.what);
  return missing && problem.path.at(-1) !== missing[1] ? [...problem.path, missing[1]] : problem.path;
}

/** A problem as one or two sentences. What is right in a file is said as on the page. */
export function words({ what, right }) {
  const missing = /the key "(\w+)" is missing/.exec(what);
  if (missing) return `${named(missing[1])} is missing.`;
  if (/the text is empty/.test(what)) return "Please type something here.";
  if (/the list is empty/.test(what)) return "There is nothing in here yet.";
  const said = what.replace(/^(?:[\w-]+: )+(?=["\w])/, "");
  return [said, right].filter(Boolean).map((one) => one[0].toUpperCase() + one.slice(1)).join(". ").replace(/[^.?!]$/, "$&.");
}

function named(key) {
  return { name: "The name", work: "How long the work is", exercises: "The list", amrap: "The time",
    for_time: "The cap" }[key] || `“${key}”`;
}

function nearest(fields, path) {
  for (let length = path.length; length > 0; length -= 1) {
    const key = JSON.stringify(path.slice(0, length));
    const found = fields.find((node) => node.dataset.path === key);
    if (found) return found;
  }
  return null;
}

/** The frame of a field. `control` gets the label and the descriptions; `parts` is what is shown under the label. */
export function field(options, control, parts, { get, set, group = false, beside = null, first = null }) {
  const { label, hint, path, hideLabel = false } = options;
  control.id ||= newId("field");
  const error = h("p", { class: "error", id: newId("error") });
  const warning = h("p", { class: "warning", id: newId("warning") });
  const help = hint ? h("small", { class: "hint", id: newId("hint") }, hint) : null;
  const title = label && (group ? h("span", { class: "label" }, label) : h("label", { for: control.id }, label));
  if (title && hideLabel) title.classList.add("unseen");
  const node = h("div", { class: `field ${options.class || ""}`, "data-path": path && JSON.stringify(path) },
    title && h("div", { class: hideLabel ? "unseen" : "label-line" }, title, beside), parts, help, error, warning);
  if (group && label && !control.hasAttribute("role")) {
    control.setAttribute("aria-label", label);
  }
  const describe = () => {
    const said = [help, error.textContent && error, warning.textContent && warning].filter(Boolean);
    if (said.length) control.setAttribute("aria-describedby", said.map((one) => one.id).join(" "));
    else control.removeAttribute("aria-describedby");
  };
  const self = {
    node,
    get value() {
      return get();
    },
    set value(value) {
      set(value);
    },
    focus() {
      (first ? first() : control).focus();
    },
    complain(text) {
      fill(error, text && [icon("warn"), text]);
      node.classList.toggle("wrong", Boolean(text));
      if (text && !group) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      describe();
    },
    warn(text) {
      fill(warning, text);
      describe();
    },
  };
  node.field = self;
  describe();
  return self;
}

/** A value with a button for less and one for more; both repeat while they are held. */
function stepper(options, { value, unit, parse, write, next, min, max, otherwise }) {
  const { onchange, label, inherited, raw } = options;
  let now = value ?? null;
  const input = h("input", { class: "value", inputmode: "numeric", autocomplete: "off", "data-focus": options.focus,
    role: "spinbutton", "aria-valuemin": min, "aria-valuemax": max });
  const word = h("span", { class: "unit", "aria-hidden": "true" });
  const less = h("button", { type: "button", class: "step", "aria-label": `Less: ${label}`, tabindex: "-1" }, icon("minus"));
  const more = h("button", { type: "button", class: "step", "aria-label": `More: ${label}`, tabindex: "-1" }, icon("add"));
  const box = h("div", { class: "stepper" }, less, h("span", { class: "value-box" }, input, word), more);
  const draw = () => {
    const number = now ?? (typeof inherited === "number" ? inherited : null);
    input.value = now === null ? "" : write(now);
    input.placeholder = now === null ? (raw ?? (number === null ? "–" : write(number))) : "";
    word.textContent = unit(number) || "";
    box.classList.toggle("inherited", now === null);
    if (number !== null) {
      input.setAttribute("aria-valuenow", number);
      input.setAttribute("aria-valuetext", `${write(number)} ${unit(number) || ""}${now === null ? ", as around it" : ""}`);
    } else {
      input.removeAttribute("aria-valuenow");
      input.setAttribute("aria-valuetext", raw ?? "nothing yet");
    }
    less.disabled = number !== null && number <= min;
    more.disabled = number !== null && number >= max;
  };
  const set = (to) => {
    now = to === null ? null : Math.min(max, Math.max(min, to));
    self.complain("");
    draw();
    onchange?.(now);
  };
  const step = (way) => set(next(now ?? (typeof inherited === "number" ? inherited : min), way));
  for (const [button, way] of [[less, -1], [more, 1]]) holdable(button, () => step(way));
  input.addEventListener("keydown", (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    step(way);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("change", () => {
    const text = input.value.trim();
    if (!text) {
      set(options.empty === undefined ? (inherited === undefined ? now : null) : options.empty);
      return;
    }
    const typed = parse(text);
    if (typed === null || typed < min || typed > max) {
      const range = typed === null ? otherwise : `That is out of range: ${write(min)} to ${write(max)} is possible.`;
      self.complain(range);
      return;
    }
    set(typed);
  });
  const self = field(options, input, [box], { get: () => now, set: (to) => {
    now = to;
    draw();
  } });
  draw();
  return self;
}

/** Calls `run` at a press of the button, and again and again while it is held. */
function holdable(button, run) {
  let timer = 0;
  let held = false;
  const end = () => clearTimeout(timer);
  const again = (wait_ms) => {
    timer = setTimeout(() => {
      if (button.disabled || !button.isConnected) return;
      held = true;
      run();
      again(90);
    }, wait_ms);
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    end();
    held = false;
    again(450);
  });
  for (const event of ["pointerup", "pointercancel", "pointerleave", "blur"]) button.addEventListener(event, end);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    end();
    if (!held) run();
    held = false;
  });
}
