// Questions and news: a dialog with answers, a list to choose from, a line that goes by itself.

import { h, fill, newId, say } from "/static/dom.js";
import { icon } from "/static/icons.js";

/** Shows a dialog and returns what it was closed with, null if by Escape or the cross. `make(close)` returns its content. */
export function dialog(title, make, { wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    let result = null;
    const heading = h("h2", { id: newId("title") }, title);
    const box = h("dialog", { class: wide ? "sheet wide" : "sheet", "aria-labelledby": heading.id });
    const close = (value = null) => {
      result = value;
      box.close();
    };
    const cross = h("button", { class: "bare", type: "button", "aria-label": "Close", onclick: () => close() },
      icon("close"));
    fill(box, h("div", { class: "sheet-head" }, heading, cross), make(close));
    box.addEventListener("close", () => {
      box.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(result);
    });
    box.addEventListener("click", (event) => {
      if (event.target === box) close();
    });
    document.body.append(box);
    box.showModal();
    const first = box.querySelector("[autofocus]");
    if (first) first.focus();
  });
}

/** Asks something; returns the value of the answer, null for none. Answers: [{value, label, kind?: main|danger}]. */
export function ask(title, text, answers) {
  return dialog(title, (close) => [
    h("div", { class: "sheet-body" }, [text].flat().map((one) => (one instanceof Node ? one : h("p", {}, one)))),
    h("div", { class: "answers" }, answers.map(({ value, label, kind = "" }, place) =>
      h("button", { class: kind, type: "button", autofocus: place === 0, onclick: () => close(value) }, label))),
  ]);
}

/** Asks whether to do something; returns whether. */
export async function confirm(title, text, yes, { danger = false } = {}) {
  const answers = [{ value: true, label: yes, kind: danger ? "danger" : "main" }, { value: false, label: "Cancel" }];
  return (await ask(title, text, answers)) === true;
}

/** Asks for a line of text; returns it, null if nothing is to be done. */
export function prompt(title, label, value, yes) {
  return dialog(title, (close) => {
    const input = h("input", { id: newId("text"), value, autofocus: true, maxlength: "90", autocomplete: "off" });
    const send = (event) => {
      event.preventDefault();
      if (input.value.trim()) close(input.value.trim());
      else input.focus();
    };
    queueMicrotask(() => input.select());
    return h("form", { onsubmit: send },
      h("div", { class: "sheet-body" }, h("label", { for: input.id }, label), input),
      h("div", { class: "answers" }, h("button", { class: "main" }, yes),
        h("button", { type: "button", onclick: () => close() }, "Cancel")));
  });
}

/** A menu: choices with a drawing, a word and perhaps a line about it. Returns the value chosen, or null. */
export function choose(title, choices) {
  return dialog(title, (close) =>
    h("ul", { class: "choices" }, choices.map(({ value, label, hint, drawing, danger, disabled }) =>
      h("li", {}, h("button", {
        type: "button", class: danger ? "choice danger-text" : "choice", disabled: disabled || false,
        onclick: () => close(value),
      }, drawing && icon(drawing), h("span", {}, h("strong", {}, label), hint && h("small", {}, hint)))))));
}

/** A line of news at the bottom for some seconds, with a button if `action` is {label, run}. */
export function toast(text, action = null, { bad = false } = {}) {
  const place = document.getElementById("toasts");
  const line = h("div", { class: bad ? "toast bad" : "toast" }, h("span", {}, text));
  const end = () => line.remove();
  if (action) {
    line.append(h("button", {
      type: "button",
      onclick: () => {
        end();
        action.run();
      },
    }, action.label));
  }
  line.append(h("button", { type: "button", class: "bare", "aria-label": "Close", onclick: end }, icon("close")));
  fill(place, line);
  say(action ? `${text} (${action.label} is possible)` : text);
  let timer = setTimeout(end, bad ? 15_000 : 7_000);
  // It stays while somebody is about to use it.
  for (const event of ["pointerenter", "focusin"]) line.addEventListener(event, () => clearTimeout(timer));
  line.addEventListener("pointerleave", () => {
    timer = setTimeout(end, 4_000);
  });
}

/** Takes away the news that is there, or only that of a class. */
export function dismiss(which = ".toast") {
  for (const line of document.querySelectorAll(`#toasts > ${which}`)) line.remove();
}

/** News of something that did not work. */
export function complain(error) {
  toast(error.message || String(error), null, { bad: true });
}
