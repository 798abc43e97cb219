// Fields with a button for less and one for more: numbers, durations, amounts.

import { h } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { duration, seconds } from "/static/format.js";
import { field } from "/static/frame.js";

/** A whole number with buttons for less and more. */
export function numberField(options) {
  const { value, min = 0, max = 99, step = 1, unit } = options;
  const parse = (text) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null);
  return stepper(options, {
    value, unit: () => unit, parse, write: String, next: (now, way) => now + way * step, min, max,
    otherwise: `Type a whole number from ${min} to ${max}.`,
  });
}

/**
 * A duration with buttons for less and more. Its value is in seconds, null for none if it may be empty (`empties`).
 * `unit: "min"` is for those thought of in minutes.
 */
export function durationField(options) {
  const { value, min = 0, max = 3600, unit = "s" } = options;
  return stepper(options, {
    value, min, max, begin: options.begin ?? min, write: duration, parse: (text) => seconds(text, unit),
    unit: (now) => (now === null ? "" : now < 60 ? "s" : "min"), next: (now, way) => nextDuration(now, way, unit),
    otherwise: "Type seconds such as 45, or minutes and seconds such as 1:30.",
  });
}

/** How much: "12", "500 m", "10 each side". Its buttons count the first number in it. Its value is a text. */
export function amountField(options) {
  return stepper({ keyboard: "text", ...options }, { value: options.value, min: null, max: null, begin: "10",
    parse: (text) => text.replace(/\s+/g, " "), write: String, unit: () => "", next: nextAmount,
    usable: (one) => typeof one === "string" && one !== "" });
}

/** The next amount: the first number in the text goes up or down, by more where it is large. */
function nextAmount(text, way) {
  if (!/\d/.test(text)) return way > 0 ? `10 ${text}`.trim() : text;
  return text.replace(/\d+/, (digits) => {
    const size = (number) => (number >= 100 ? 50 : number >= 30 ? 5 : 1);
    const step = size(Number(digits) - (way < 0 ? 1 : 0));
    return String(Math.max(1, way > 0 ? (Math.floor(digits / step) + 1) * step
      : (Math.ceil(digits / step) - 1) * step));
  });
}

/** The next duration that people use: steps of 5 s, then of 15 s, of 30 s and of minutes. */
function nextDuration(now, way, unit = "s") {
  const size = (value) => (unit === "min" ? (value < 300 ? 30 : 60) : value < 10 ? 1 : value < 120 ? 5
    : value < 300 ? 15 : value < 600 ? 30 : 60);
  // Downwards the size is that of the values below.
  const step = size(way > 0 ? now : now - 0.001);
  return way > 0 ? (Math.floor(now / step + 1e-6) + 1) * step : (Math.ceil(now / step - 1e-6) - 1) * step;
}

/** A value with a button for less and one for more; both repeat while they are held. */
function stepper(options, { value, unit, parse, write, next, min, max, otherwise, usable = isNumber, begin = min }) {
  const { onchange, label, raw } = options;
  let now = value ?? null;
  let inherited = options.inherited ?? null;
  const shown = () => now ?? (usable(inherited) ? inherited : null);
  const input = h("input", { class: "value", inputmode: options.keyboard || "numeric", autocomplete: "off",
    "data-focus": options.focus, role: "spinbutton", "aria-valuemin": min, "aria-valuemax": max });
  const word = h("span", { class: "unit", "aria-hidden": "true" });
  const less = h("button", { type: "button", class: "step", "aria-label": `Less: ${label}`, tabindex: "-1" },
    icon("minus"));
  const more = h("button", { type: "button", class: "step", "aria-label": `More: ${label}`, tabindex: "-1" },
    icon("add"));
  const box = h("div", { class: "stepper" }, less, h("span", { class: "value-box" }, input, word), more);
  const draw = () => {
    const known = shown();
    input.value = now === null ? "" : write(now);
    input.placeholder = now !== null ? "" : raw ?? (inherited === null ? "–" : usable(inherited) ? write(inherited)
      : inherited);
    word.textContent = unit(known) || "";
    box.classList.toggle("inherited", now === null);
    if (isNumber(known)) input.setAttribute("aria-valuenow", known);
    else input.removeAttribute("aria-valuenow");
    const said = known === null ? input.placeholder.replace("–", "nothing") : `${write(known)} ${word.textContent}`;
    input.setAttribute("aria-valuetext", now === null && inherited !== null ? `${said}, as around it` : said);
    less.disabled = isNumber(known) && known <= min;
    more.disabled = isNumber(known) && known >= max;
  };
  const set = (to) => {
    now = isNumber(to) ? Math.min(max, Math.max(min, to)) : to;
    self.reject("");
    draw();
    onchange?.(now);
  };
  const step = (way) => {
    const from = shown();
    set(from === null ? begin : next(from, way));
  };
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
      set(options.empties ? null : now);
      return;
    }
    const typed = parse(text);
    if (typed === null || (isNumber(typed) && (typed < min || typed > max))) {
      self.reject(typed === null ? otherwise : `That is out of range: ${write(min)} to ${write(max)} is possible.`);
      return;
    }
    set(typed);
  });
  const self = Object.assign(field(options, input, [box], { beside: options.beside, get: () => now, set: (to) => {
    now = to;
    draw();
  } }), {
    /** Takes what is shown, pale, as long as there is no value. */
    inherit(other) {
      inherited = other ?? null;
      draw();
    },
  });
  draw();
  return self;
}

function isNumber(value) {
  return typeof value === "number";
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
