// What every field has around it: label, hint, error and warning, told to screen readers, too. And parts of a view.

import { h, fill, newId } from "/static/dom.js";
import { icon } from "/static/icons.js";

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
  let [kept, typed] = ["", ""];
  const tell = () => {
    const text = typed || kept;
    fill(error, text && [icon("warn"), h("span", {}, text)]);
    node.classList.toggle("wrong", Boolean(text));
    if (text && !group) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    describe();
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
    /** Says what is wrong with what is kept, "" for nothing. What was typed and not kept goes before it. */
    complain(text) {
      kept = text;
      tell();
    },
    /** Says what is wrong with what was typed: it is not kept. */
    reject(text) {
      typed = text;
      tell();
    },
    get rejected() {
      return Boolean(typed);
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

/** A part of a view with its heading. */
export function part(title, ...content) {
  return h("section", { class: "part" }, h("h2", {}, title), content);
}

/** The same for fields. */
export function fieldsPart(title, ...fields) {
  return part(title, h("div", { class: "fields" }, fields.map((one) => one.node)));
}
