// The form of an exercise: what it is, its form card, sides and easier option, and who uses it.

import { path } from "/static/api.js";
import { lineField, linesField, listField, wordsField } from "/static/card-fields.js";
import { h } from "/static/dom.js";
import { choiceField, durationField, toggleField } from "/static/fields.js";
import { seconds, written } from "/static/format.js";
import { fieldsPart, part } from "/static/frame.js";
import { pictureField } from "/static/pictures.js";

const SIDES = [
  { value: "none", label: "No sides" },
  { value: "alternate", label: "In turn" },
  { value: "each", label: "One, then the other" },
];
const SIDES_HINT =
  "In turn: left and right alternate within the movement. One, then the other: half of the time for each side.";
const FIRST_SIDES = [
  { value: "right", label: "Right" },
  { value: "left", label: "Left" },
];
const EASIER_S = { hold: 10, rest: 5 };

/**
 * Returns the sections of the form. `view` is {name, document, overview, known, set(key, value)}: `known` is what the
 * overview says about it, `set` is called for each change and puts it in the document. It gets the picture's field as
 * `picture`.
 */
export function formOf(view) {
  const card = cardFields(view);
  return [
    fieldsPart(
      "What it is",
      card.line("name", "Name", "The title on the wall"),
      picture(view),
      card.line("short", "Short name", "For narrow places. Leave it empty if the name is short enough"),
    ),
    fieldsPart("During work", card.texts("cues", "Cues", "cue", "Shown one at a time")),
    fieldsPart(
      "In the rest before",
      card.lines("how", "How", "The exercise in brief, one or two lines"),
      card.lines("tip", "Tip", "The mistake to avoid"),
      card.lines("why", "Why", "What it is good for"),
      card.words("muscles", "Muscles", "a muscle", "The most important one first"),
      card.words("equipment", "Equipment", "a thing", "What people need"),
    ),
    fieldsPart(
      "In full",
      card.texts(
        "steps",
        "Steps",
        "step",
        "For people who read before they start, and where there is no picture",
        true,
      ),
    ),
    fieldsPart("Sides", ...sides(view)),
    fieldsPart("Easier option", ...easier(view)),
    view.name && uses(view),
  ];
}

function cardFields(view) {
  const { document, overview } = view;
  const list = (key) => [document[key] ?? []].flat().map(String);
  const put = (key) => (value) => view.set(key, value);
  return {
    line: (key, label, hint) => lineField(key, { label, hint, value: String(document[key] ?? ""), oninput: put(key) }),
    lines: (key, label, hint) =>
      linesField(key, {
        label,
        hint,
        values: list(key),
        oninput: (values) =>
          // A line by itself stays one.
          view.set(key, values.length === 1 && typeof document[key] === "string" ? values[0] : values),
      }),
    words: (key, label, item, hint) =>
      wordsField(key, { label, hint, item, values: list(key), suggestions: overview[key], onchange: put(key) }),
    texts: (key, label, item, hint, long) =>
      listField(key, { label, hint, item, long, values: list(key), onchange: put(key) }),
  };
}

function picture(view) {
  const made = pictureField({
    figures: view.overview.figures,
    own: view.name,
    onchange: (values) => {
      // A figure and an own picture exclude each other.
      view.set("figure", values.figure);
      view.set("picture", values.picture);
      made.show(view.document);
    },
  });
  made.show(view.document);
  view.picture = made;
  return made;
}

function sides(view) {
  const { sides: before, first_side: starts } = view.document;
  const first = choiceField({
    label: "Starts with",
    path: ["first_side"],
    value: starts || "right",
    options: FIRST_SIDES,
    onchange: (side) => view.set("first_side", side),
  });
  const both = choiceField({
    label: "Sides of the body",
    path: ["sides"],
    hint: SIDES_HINT,
    options: SIDES,
    value: before || "none",
    onchange: (chosen) => {
      view.set("sides", chosen === "none" && !before ? null : chosen);
      view.set("first_side", chosen === "each" && first.value === "left" ? "left" : null);
      first.node.hidden = chosen !== "each";
    },
  });
  first.node.hidden = before !== "each";
  return [both, first];
}

function easier(view) {
  const now = view.document.easier;
  const times = [
    ["hold", "Hold"],
    ["rest", "Rest"],
  ].map(([key, label]) =>
    durationField({
      label,
      min: 1,
      max: 600,
      path: ["easier", key],
      value: now ? seconds(now[key]) : EASIER_S[key],
      onchange: () => put(true),
    }),
  );
  const [hold, rest] = times;
  const box = h(
    "div",
    { class: "fields", hidden: !now },
    times.map((one) => one.node),
  );
  const put = (on) => {
    box.hidden = !on;
    view.set("easier", on ? { ...view.document.easier, hold: written(hold.value), rest: written(rest.value) } : null);
  };
  const toggle = toggleField({
    label: "Show an easier way beside the clock",
    path: ["easier"],
    value: Boolean(now),
    onchange: put,
    hint: "For people who cannot go on for the whole time: hold, rest, and again",
  });
  return [toggle, { node: box }];
}

function uses({ known, overview }) {
  const names = known?.used_by ?? [];
  const titles = new Map(overview.circuits.map((one) => [one.name, one.title]));
  const links = names.map((one) => h("li", {}, h("a", { href: `#${path`/circuit/${one}`}` }, titles.get(one) ?? one)));
  return part(
    "Used by",
    links.length ? h("ul", { class: "uses" }, links) : h("p", { class: "lead" }, "No workout has it yet."),
  );
}
