// Fields of a form. Each is {node, value, focus(), complain(text), warn(text)}; `path` is its place in the document.

import { h, fill, newId } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { field } from "/static/frame.js";

export { field } from "/static/frame.js";
export { showProblems, words, wordsAndPlace } from "/static/problems.js";
export { amountField, durationField, numberField } from "/static/steppers.js";

/** A line of text, or several lines. `fits` is how many characters the wall has room for. */
export function textField(options) {
  const { value = "", fits, lines, oninput, placeholder } = options;
  const tag = lines ? "textarea" : "input";
  const input = h(tag, { value: value ?? "", placeholder, autocomplete: "off", rows: lines,
    "data-focus": options.focus });
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

/** One of a few: buttons side by side up to `most`, else a menu. Options: [{value, label}]. */
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

/** A list of texts, one a line (two if they are `long`), with buttons that add, remove and move one. Its value is a list. */
export function textsField(options) {
  const { onchange, item = "line", long = false } = options;
  let values = [...(options.values || [])];
  const list = h("ol", { class: "texts" });
  const tell = () => onchange?.(values.filter((one) => one.trim()));
  const draw = (focus = -1) => {
    fill(list, values.map((value, place) => {
      const input = h(long ? "textarea" : "input", { value, rows: long && 2, "aria-label": `${item} ${place + 1}`,
        autocomplete: "off", oninput: () => {
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
    list.querySelectorAll("input, textarea")[focus]?.focus();
  };
  const more = h("button", { type: "button", class: "quiet", onclick: () => {
    values.push("");
    draw(values.length - 1);
  } }, icon("add"), `Add a ${item}`);
  draw();
  return field(options, list, [list, more], { get: () => values.filter((one) => one.trim()), set: (texts) => {
    values = [...texts];
    draw();
  }, group: true, first: () => list.querySelector("input, textarea") || more });
}
