// The list of a workout as cards: each has its picture, its words, its fields when it is open, and its own list.

import { h, newId } from "/static/dom.js";
import { askMove, step } from "/static/arrange.js";
import { handle } from "/static/drag.js";
import { choiceField, field, numberField, textField } from "/static/fields.js";
import { aboutOf, titleOf } from "/static/entry-words.js";
import { icon } from "/static/icons.js";
import { exerciseOf } from "/static/picker.js";
import { still } from "/static/stills.js";
import { easyField, valueField } from "/static/values.js";
import {
  DEFAULTS, KINDS, MOST, PER_ROUND, around, entriesOf, isClass, kindOf, roundsOf, setRounds,
} from "/static/model.js";

/** The cards of a list. `role` is what stands in it: entry, task or station. */
export function entryList(editor, owner, path, role) {
  const root = owner === editor.document;
  const kind = kindOf(owner, root);
  const key = KINDS[kind].list;
  const list = entriesOf(owner, root);
  const here = h("ol", { class: "entries", "data-list": owner["#"], "aria-label": `In ${titleOf(editor, owner)}` },
    list.map((entry, place) => card(editor, entry, owner, [...path, key, place], role, place)));
  const place = field({ path: [...path, key], class: "list-field" }, here, [here],
    { get: () => null, set: () => {}, group: true });
  return h("div", { class: "list-box" }, place.node, adders(editor, owner, role));
}

function adders(editor, owner, role) {
  const number = owner["#"];
  const root = owner === editor.document;
  const words = role === "station" ? "Station" : "Exercise";
  return h("div", { class: "adders" },
    h("button", { type: "button", class: "quiet", "data-focus": `${number}:add`,
      onclick: () => editor.addExercises(owner) },
      icon("add"), words),
    role === "entry" && h("button", { type: "button", class: root ? "quiet" : "quiet small",
      "data-focus": `${number}:part`,
      "aria-label": root ? null : `Add a block or other part to ${titleOf(editor, owner)}`,
        onclick: () => editor.addPart(owner) },
    icon("block"), root ? "Block or other part" : "Block"),
    role === "station" && h("button", { type: "button", class: "quiet", "data-focus": `${number}:part`,
      onclick: () => editor.addTogether(owner) }, icon("together"), "Several at a station"));
}

function card(editor, entry, owner, path, role, place) {
  const number = entry["#"];
  const kind = kindOf(entry);
  const inner = kind === "exercise" ? null : kind === "stations" ? "station" : kind === "block" ? "entry" : "task";
  const open = editor.opened.has(number);
  const body = h("div", { class: "entry-body", id: newId("fields"), hidden: !open });
  const [title, about] = [h("strong", {}), h("small", {})];
  const grip = handle({ "data-focus": `${number}:grip` },
    { step: (way) => step(editor, entry, way), ask: () => askMove(editor, entry) });
  const head = h("button", { type: "button", class: "entry-title", "aria-expanded": String(open),
    "aria-controls": body.id,
    "data-focus": `${number}:title` }, title, about);
  const more = h("button", { type: "button", class: "bare", "data-focus": `${number}:more` }, icon("more"));
  const frame = field({ path, class: "entry-frame" }, head, [
    h("div", { class: "entry-head" }, grip, role === "station" ? h("span", { class: "station-number" },
      String(place + 1)) : null,
      pictureOf(editor, entry, kind), head, more),
  ], { get: () => null, set: () => {}, group: true });
  const item = h("li", { class: `entry ${kind}${open ? " opened" : ""}`, "data-item": number, "data-place": place + 1 },
    frame.node, body);

  const words = () => {
    const name = titleOf(editor, entry);
    title.textContent = name;
    about.textContent = aboutOf(editor, entry, role);
    grip.setAttribute("aria-label", `Move ${name}: up and down keys, or drag`);
    more.setAttribute("aria-label", `What to do with ${name}`);
  };
  const draw = () => body.replaceChildren(...content(editor, entry, path, role, kind), actions(editor, entry));
  words();
  editor.whenChanged(words);
  if (open) draw();
  head.addEventListener("click", () => {
    const now = !editor.opened.has(number);
    if (now) editor.opened.add(number);
    else editor.opened.delete(number);
    // Fields that are not seen would take the problems away from the card.
    if (now) draw();
    else body.replaceChildren();
    body.hidden = !now;
    head.setAttribute("aria-expanded", String(now));
    item.classList.toggle("opened", now);
    if (now) editor.looksAt(entry);
    editor.tellProblems();
  });
  more.addEventListener("click", () => editor.askWhat(entry));
  if (inner) item.append(entryList(editor, entry, path, inner));
  return item;
}

function pictureOf(editor, entry, kind) {
  if (kind !== "exercise") return h("span", { class: `kind ${kind}` }, icon(KINDS[kind].drawing));
  const exercise = exerciseOf(editor.overview, entry.exercise);
  const key = `${entry["#"]} ${exercise?.picture || exercise?.figure || ""}`;
  // The same element again: a new one would flicker.
  if (!editor.stills.has(key)) editor.stills.set(key, still(exercise));
  return editor.stills.get(key);
}

/** The fields of an entry: the usual ones, and the others behind "More". */
function content(editor, entry, path, role, kind) {
  const [usual, others] = fieldsOf(editor, entry, path, role, kind);
  return [h("div", { class: "fields" }, usual), moreFields(editor, entry, others)].filter(Boolean);
}

/** What is seldom needed; it opens by itself when it has something wrong. */
export function moreFields(editor, entry, others) {
  if (!others.length) return null;
  const number = entry["#"];
  return h("details", { class: "more", open: editor.wide.has(number), ontoggle: (event) => {
    if (event.target.open) editor.wide.add(number);
    else editor.wide.delete(number);
  } }, h("summary", { "data-focus": `${number}:details` }, "More"), h("div", { class: "fields" }, others));
}

function fieldsOf(editor, entry, path, role, kind) {
  const value = (key, options) => valueField(editor, entry, path, key, options);
  const amount = (each) => value("amount", { label: "Amount", make: "amount", inherits: true, each,
    hint: "Such as 12, 500 m or 10 each side" });
  const name = (hint) => nameField(editor, entry, path, hint);
  if (role !== "entry") {
    if (kind === "together") return [[amount()], []];
    return [[...plain(editor, entry, path), amount()], sides(editor, entry, path)];
  }
  const rest = value("rest", { label: "Rest after", make: "duration", min: 0, max: 3600, empties: true,
    standard: () => restOf(editor.document, entry, kind), hint: "Instead of the changeover" });
  const change = (hint, each) => value("changeover", { label: "Changeover", make: "duration", min: 0, max: 3600,
    inherits: true, each, hint });
  if (kind === "amrap" || kind === "for_time") {
    const clock = clockField(editor, entry, path, kind);
    return [[name(), clock], [rest, change("The rest after it, where it has no rest of its own"), amount(),
      kindField(editor, entry)]];
  }
  const two = kind === "exercise" && twoSided(editor, entry);
  const each = kind === "block" ? "round" : kind === "stations" ? "lap" : "set";
  const work = value("work", { label: "Work", make: "duration", min: 1, max: 3600, begin: 40, inherits: true,
    open: true,
    each, hint: two ? "Both sides together" : null });
  const rounds = roundsField(editor, entry, path, each);
  const cap = value("cap", { label: "Cap", make: "duration", unit: "min", min: 1, max: 3600, inherits: true,
    hint: "Longest time of work that a press ends" });
  const turn = value("switch", { label: "Switch", make: "duration", min: 0, max: 3600, inherits: true,
    hint: "Time to turn over between two sides" });
  const pause = value("round_break", { label: "Round break", make: "duration", min: 0, max: 3600, inherits: true, each,
    hint: kind === "stations" ? "Rest between two laps" : "Rest between two rounds" });
  const easy = easyField(editor, entry, path);
  if (kind === "exercise") {
    const untimed = (entry.work ?? around(editor.document, entry).work) === "open" || entry.cap !== undefined;
    const seldom = [rest, change("Rest between sets, and after it", each), two && turn, untimed && cap, easy,
      ...sides(editor, entry, path)];
    return [[...plain(editor, entry, path), work, amount(each), rounds], seldom.filter(Boolean)];
  }
  const other = kindField(editor, entry);
  if (kind === "together") return [[work, rounds], [name(), rest, change("Rest between sets, and after it", each), cap,
    easy, amount(each), other]];
  if (kind === "stations") {
    return [[name(), work, change("Time to move on", each), rounds, pause],
      [setsField(editor, entry, path), rest, cap, easy, amount(each), other]];
  }
  return [[name("Shown on the wall, such as Strength"), rounds, work, change("Rest between two exercises", each),
    pause],
    [rest, turn, cap, easy, amount(each), other]];
}

/** The rest after an entry that says nothing of it. */
function restOf(document, entry, kind) {
  const inside = kind === "block" || kind === "stations";
  const changeover = (inside ? undefined : entry.changeover) ?? around(document, entry).changeover;
  return Array.isArray(changeover) ? undefined : changeover;
}

/** The fields of the workout itself: the usual ones and the others. */
export function rootFields(editor) {
  const entry = editor.document;
  const kind = kindOf(entry, true);
  const value = (key, options) => valueField(editor, entry, [], key, { min: 0, max: 3600, make: "duration",
    standard: DEFAULTS[key], ...options });
  const each = kind === "block" ? "round" : kind === "stations" ? "lap" : "set";
  const ready = value("get_ready", { label: "Get ready", empties: true,
    hint: "From the press to the first work" });
  const other = kindField(editor, entry);
  if (kind === "amrap" || kind === "for_time") return [[clockField(editor, entry, [], kind)], [ready, other]];
  const work = value("work", { label: "Work", min: 1, begin: 40, open: true, each, empties: true });
  const change = value("changeover", { label: "Changeover", each, empties: true,
    hint: kind === "stations" ? "Time to move on" : isClass(entry) ? "Rest between two parts"
      : "Rest between two exercises" });
  const pause = value("round_break", { label: "Round break", each, empties: true,
    hint: kind === "stations" ? "Rest between two laps" : "Rest between two rounds" });
  const rounds = roundsField(editor, entry, [], each);
  const seldom = [ready,
    kind === "block" && value("switch", { label: "Switch", empties: true,
      hint: "Time to turn over between two sides" }),
    value("cap", { label: "Cap", unit: "min", min: 1, empties: true,
      hint: "Longest time of work that a press ends" }),
    value("amount", { label: "Amount", make: "amount", each, hint: "For all exercises, such as 10 or 500 m" }),
    kind === "stations" && setsField(editor, entry, []), easyField(editor, entry, []), other].filter(Boolean);
  if (kind === "block" && isClass(entry)) return [[change], [rounds, work, pause, ...seldom]];
  if (kind === "together") return [[rounds, work, change], seldom];
  return [[rounds, work, change, pause], seldom];
}

function nameField(editor, entry, path, hint = null) {
  return textField({ label: "Name", hint, path: [...path, "name"], value: entry.name, fits: 32,
    focus: `${entry["#"]}:name`,
    oninput: (text) => editor.edit(() => {
      if (text.trim() || kindOf(entry) === "exercise") entry.name = text.trim();
      else delete entry.name;
    }, { same: `${entry["#"]}:name`, entry }) }).node;
}

function plain(editor, entry, path) {
  return entry.exercise === undefined ? [nameField(editor, entry, path)] : [];
}

function clockField(editor, entry, path, kind) {
  return valueField(editor, entry, path, KINDS[kind].clock, { label: kind === "amrap" ? "Time" : "Cap",
    make: "duration",
    unit: "min", min: 1, max: 3600, begin: 600,
      hint: kind === "amrap" ? "The clock runs down; each press counts a round"
      : "The clock stops there by itself" });
}

function roundsField(editor, entry, path, each) {
  const label = { round: "Rounds", lap: "Laps", set: "Sets" }[each];
  return numberField({ label, path: [...path, "rounds"], value: roundsOf(entry), min: 1, max: MOST.rounds,
    focus: `${entry["#"]}:rounds`, onchange: (rounds) => {
      const lists = PER_ROUND.some((key) => Array.isArray(entry[key]));
      editor.edit(() => setRounds(entry, rounds), { same: `${entry["#"]}:rounds`, entry, redraws: lists });
    } }).node;
}

function setsField(editor, entry, path) {
  return numberField({ label: "Sets", hint: "Times at each station before all move on", path: [...path, "sets"], min: 1,
    max: MOST.rounds, value: entry.sets ?? 1, focus: `${entry["#"]}:sets`, onchange: (sets) => editor.edit(() => {
      if (sets === 1 && !("@" in entry)) delete entry.sets;
      else entry.sets = sets;
    }, { same: `${entry["#"]}:sets`, entry }) }).node;
}

/** The two sides of an exercise that has no file; others have theirs there. */
function sides(editor, entry, path) {
  if (entry.exercise !== undefined) return [];
  const set = (key, value, standard) => editor.edit(() => {
    if (value === standard) delete entry[key];
    else entry[key] = value;
    if (key === "sides" && value !== "each") delete entry.first_side;
  }, { entry, redraws: true });
  const number = entry["#"];
  const which = choiceField({ label: "Sides", path: [...path, "sides"], focus: `${number}:sides`,
    value: entry.sides ?? "none",
    options: [{ value: "none", label: "None" }, { value: "alternate", label: "In turn" },
      { value: "each", label: "Each" }],
    hint: "Each: one side does the first half of the work, the other the second",
    onchange: (value) => set("sides", value, "none") });
  if (entry.sides !== "each") return [which.node];
  return [which.node, choiceField({ label: "First side", path: [...path, "first_side"], focus: `${number}:first`,
    value: entry.first_side ?? "right", options: [{ value: "left", label: "Left" }, { value: "right", label: "Right" }],
    onchange: (value) => set("first_side", value, "right") }).node];
}

function twoSided(editor, entry) {
  if (entry.exercise === undefined) return entry.sides === "each";
  return exerciseOf(editor.overview, entry.exercise)?.sides === "each";
}

function kindField(editor, entry) {
  const kinds = ["block", "amrap", "for_time", "stations", "together"];
  const root = entry === editor.document;
  return choiceField({ label: "Kind", focus: `${entry["#"]}:kind`, value: kindOf(entry, root), most: 0,
    options: kinds.map((kind) =>
      ({ value: kind, label: root && kind === "block" ? "Circuit or class" : KINDS[kind].word })),
    hint: "The list stays; times that the other kind does not have go",
      onchange: (kind) => editor.turn(entry, kind) }).node;
}

function actions(editor, entry) {
  const number = entry["#"];
  const button = (drawing, words, name, run) => h("button", { type: "button", class: "bare",
    "data-focus": `${number}:${name}`,
    onclick: run, "aria-label": `${words}: ${titleOf(editor, entry)}`, title: words }, icon(drawing));
  return h("div", { class: "entry-actions" },
    button("up", "Move up", "up", () => step(editor, entry, -1)),
    button("down", "Move down", "down", () => step(editor, entry, 1)),
    button("move", "Move to another place", "to", () => askMove(editor, entry)),
    button("copy", "Duplicate", "copy", () => editor.duplicate(entry)),
    button("bin", "Remove", "bin", () => editor.remove(entry)));
}
