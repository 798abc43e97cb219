// Fields that are bound to a key of an entry: its own value, or pale what it has from around it, or one for each round.

import { choose } from "/static/dialogs.js";
import { h } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { amountField, durationField, toggleField } from "/static/fields.js";
import { capital, seconds, written } from "/static/format.js";
import { around, roundsOf } from "/static/model.js";

const MAKE = { duration: durationField, amount: amountField };

/**
 * A field for `key` of the entry at `path`. Options: label, hint, make ("duration" or "amount"), min, max,
 * unit, inherits (there is something around it), each (it may differ from round to round: "round", "set" or "lap"),
 * open (the work may last until the button is pressed), standard (what holds when nothing is said).
 */
export function valueField(editor, entry, path, key, options) {
  const { label, each, inherits, open, standard } = options;
  const number = entry["#"];
  const id = `${number}:${key}`;
  const value = entry[key];
  const set = (to, how) => editor.edit(() => {
    if (to === undefined) delete entry[key];
    else entry[key] = to;
  }, { entry, ...how });
  const change = (to) => set(to, { redraws: true });

  const rounds = roundsOf(entry);
  if (Array.isArray(value)) {
    const fields = value.map((one, place) => single({ ...options, label: `${label}, ${each} ${place + 1}`, hint: null,
      title: `${capital(each)} ${place + 1}`, inherits: false }, one, [...path, key, place],
        `${id}-${place}`,
    (to) => editor.edit(() => {
      entry[key][place] = to;
    }, { same: `${id}-${place}`, entry })));
    const same = h("button", { type: "button", class: "pill", "data-focus": `${id}-same`,
      onclick: () => change(value[0]) },
      `Same in each ${each}`);
    return h("fieldset", { class: "field all each" }, h("legend", { class: "label" }, label),
      h("div", { class: "each-row" }, fields.map((one) => one.node)), h("div", { class: "pills" }, same));
  }

  const held = () => (inherits ? around(editor.document, entry)[key] : typeof standard === "function" ? standard()
    : standard);
  const ways = () => waysOf(entry, key, options, held(), rounds);
  const menu = h("button", { type: "button", class: "bare ways", "data-focus": `${id}-ways`,
    "aria-label": `Other ways: ${label}`,
    onclick: async () => {
      const way = await choose(label, ways());
      if (way) change(way.to);
    } }, icon("more"));
  const field = single(options, value, [...path, key], id, (to) => set(to, { same: id }), held(), menu);
  const press = open && h("button", { type: "button", class: "pill", "data-focus": `${id}-open`, onclick: () => {
    const above = held();
    if ((entry[key] ?? above) === "open") change(above === undefined || above === "open" ? 40 : undefined);
    else change(above === "open" ? undefined : "open");
  } }, "Until pressed");
  const box = field.node.querySelector(".stepper");
  const tell = () => {
    field.inherit?.(shape(held(), options));
    menu.hidden = !ways().length;
    if (!press) return;
    const on = (entry[key] ?? held()) === "open";
    press.setAttribute("aria-pressed", String(on));
    box.classList.toggle("away", on);
  };
  tell();
  editor.whenChanged(tell);
  if (press) box.after(h("div", { class: "pills" }, press));
  return field.node;
}

/** What else may be said than one value: what is around it, or a value for each round. */
function waysOf(entry, key, { inherits, each, empties, standard }, above, rounds) {
  const now = entry[key] ?? above;
  const known = above === undefined ? ""
    : ` (${Array.isArray(above) ? "differs" : above === "open" ? "until pressed" : above})`;
  return [
    entry[key] !== undefined && inherits && above !== undefined
      && { value: { to: undefined }, label: `As around it${known}`, drawing: "undo" },
    entry[key] !== undefined && empties && standard !== undefined
      && { value: { to: undefined }, label: `As usual${known}`, drawing: "undo" },
    each && rounds > 1 && now !== undefined && !Array.isArray(now)
      && { value: { to: Array(rounds).fill(now) }, label: `Different each ${each}`, drawing: "tabata" },
  ].filter(Boolean);
}

/** One value with its buttons. */
function single(options, value, path, id, change, held = null, beside = null) {
  const { make, label, title, hint } = options;
  const bare = make === "duration" ? seconds(value) : value === undefined ? null : String(value);
  const strange = value !== undefined && bare === null ? (value === "open" ? "until pressed" : String(value))
    : undefined;
  return MAKE[make]({
    ...options, beside, label: title || label, hint, path, focus: id, raw: strange,
      empties: options.inherits || make === "amount" || options.empties,
    value: bare, inherited: shape(held, options),
    onchange: (to) => change(to === null || to === "" ? undefined : make === "duration" ? written(to)
      : make === "amount" && /^\d{1,5}$/.test(to) ? Number(to) : to),
  });
}

/** What is around an entry, as its field shows it. */
function shape(held, { make }) {
  if (held === undefined || held === null) return null;
  if (held === "open") return "until pressed";
  if (Array.isArray(held)) return held.join(", ");
  return (make === "duration" ? seconds(held) : null) ?? String(held);
}

/** Easy, which an entry has from around it, too. */
export function easyField(editor, entry, path) {
  const held = () => Boolean(around(editor.document, entry).easy);
  const field = toggleField({
    label: "Easy", hint: "Warm-up, cool-down or active rest: the wall looks calmer", path: [...path, "easy"],
    focus: `${entry["#"]}:easy`, value: entry.easy ?? held(),
    onchange: (on) => editor.edit(() => {
      if (on === held()) delete entry.easy;
      else entry.easy = on;
    }, { entry }),
  });
  editor.whenChanged(() => {
    field.value = entry.easy ?? held();
  });
  return field.node;
}
