// The view of one workout: its name, its list, the bar with the wall's picture, and saving.

import * as api from "/static/api.js";
import { h, fill, say } from "/static/dom.js";
import { ask, choose, complain, dismiss, toast } from "/static/dialogs.js";
import { askMove, dropped, listsFor } from "/static/arrange.js";
import { Draft } from "/static/draft.js";
import { entryList, moreFields, rootFields } from "/static/entries.js";
import { titleOf } from "/static/entry-words.js";
import { showProblems, textField, words, wordsAndPlace } from "/static/fields.js";
import { draggable } from "/static/drag.js";
import { icon } from "/static/icons.js";
import { count } from "/static/format.js";
import {
  KINDS, accepts, around, entriesOf, fresh, isClass, kindOf, locate, number, roleIn, tidy, turnInto,
} from "/static/model.js";
import { exerciseOf, pickExercises } from "/static/picker.js";
import { preview } from "/static/timeline.js";
import { goTo } from "/static/route.js";
import { save } from "/static/saving.js";
import { part, parts, workout, workouts } from "/static/templates.js";

export async function show(main, name, template) {
  if (name === null && !workout(template)) {
    begin(main);
    return undefined;
  }
  const overview = await api.get("/api/overview");
  const read = name === null ? { document: workout(template), version: null }
    : await api.get(api.path`/api/circuits/${name}`);
  const editor = new Editor(overview, name, read);
  main.append(...editor.parts);
  editor.redraw();
  editor.draft.check();
  return editor.leave;
}

/** What a new workout begins with. */
function begin(main) {
  main.append(h("p", {}, h("a", { class: "back", href: "#/" }, icon("left"), "Workouts")),
    h("h1", {}, "New workout"), h("p", { class: "lead" }, "What is it like? Everything can be changed afterwards."),
    h("ul", { class: "templates" }, workouts.map(({ value, label, hint, drawing }) => h("li", {},
      h("a", { class: "template card", href: `#/circuit/new/${value}` }, h("span", { class: "kind" }, icon(drawing)),
        h("span", {}, h("strong", {}, label), h("small", {}, hint)))))));
}

class Editor {
  constructor(overview, name, read) {
    this.overview = overview;
    this.opened = new Set();
    this.wide = new Set();
    this.stills = new Map();
    this.watchers = [];
    this.answer = { problems: [], warnings: [], plan: null };
    this.draft = new Draft(name, read.document, read.version, (answer) => this.told(answer));
    this.looked = null;
    this.preview = preview({
      what: () => ({ name: this.draft.name, document: this.draft.look() }),
      pick: (interval) => this.marked(interval),
    });
    this.build();
    this.leave = () => this.mayLeave();
    this.leave.unsaved = () => this.draft.unsaved;
  }

  get document() {
    return this.draft.document;
  }

  build() {
    this.title = h("h1", {});
    this.form = h("div", { class: "editor-form" });
    this.homeless = h("div", { class: "homeless", role: "alert" });
    const button = (drawing, label, run) => h("button", { type: "button", class: "bare", "aria-label": label,
      title: label,
      onclick: run }, icon(drawing));
    this.undoButton = button("undo", "Undo", () => this.travel("undo"));
    this.redoButton = button("redo", "Redo", () => this.travel("redo"));
    this.state = h("button", { type: "button", class: "bare state", onclick: () => this.toProblem() });
    this.saveButton = h("button", { type: "button", class: "main", title: "Save (Ctrl+S)",
      "aria-keyshortcuts": "Control+S", onclick: () => save(this) }, "Save");
    const head = h("div", { class: "editor-head" }, h("a", { class: "back", href: "#/" }, icon("left"), "Workouts"),
      this.title);
    const bar = h("div", { class: "editor-bar", role: "group", "aria-label": "Saving" }, this.undoButton,
      this.redoButton,
      this.state, this.saveButton);
    const work = h("div", { class: "editor" }, h("div", { class: "editor-side" }, this.preview.node, bar),
      h("div", { class: "editor-main" }, this.homeless, this.form));
    this.parts = [head, work];
    draggable(this.form, { lists: (item) => listsFor(this, item),
      drop: (item, list, index) => dropped(this, item, list, index) });
    this.keys = (event) => this.key(event);
    window.addEventListener("keydown", this.keys);
  }

  // --- drawing ---

  /** Calls `run` after each change, until everything is drawn anew. */
  whenChanged(run) {
    this.watchers.push(run);
  }

  /** Draws the list anew and keeps the focus where it was, or puts it on what has the name `focus`. */
  redraw(focus = null) {
    const keep = focus || (this.form.contains(document.activeElement) ? document.activeElement.dataset.focus : null);
    this.watchers = [];
    const root = this.document;
    const kind = kindOf(root, true);
    const [usual, others] = rootFields(this);
    const name = textField({ label: "Name", class: "all", path: ["name"], value: root.name, fits: 32,
      focus: `${root["#"]}:name`, placeholder: "Such as Monday class", oninput: (text) => this.edit(() => {
        root.name = text.trim();
      }, { same: "name", entry: root }) });
    this.name = name;
    const more = moreFields(this, root, others);
    const heading = { stations: "Stations", block: isClass(root) ? "Parts" : "Exercises" }[kind] || "Exercises";
    fill(this.form, h("div", { class: "card" }, name.node, usual.length > 0 && h("div", { class: "fields" }, usual),
      more),
      h("h2", { class: "list-head" }, heading), entryList(this, root, [], roleIn(root, root)));
    this.changed();
    if (keep) this.form.querySelector(`[data-focus="${CSS.escape(keep)}"]`)?.focus({ preventScroll: !focus });
  }

  /** Brings everything up to date that says something about the draft, but draws no field anew. */
  changed() {
    for (const run of this.watchers) run();
    const title = this.document.name?.trim() || (this.draft.name === null ? "New workout" : "Without a name");
    this.title.textContent = title;
    this.tellProblems();
    this.undoButton.disabled = !this.draft.past.length;
    this.redoButton.disabled = !this.draft.future.length;
  }

  told(answer) {
    this.answer = answer;
    if (answer.error) complain(answer.error);
    const path = this.looked && locate(this.document, this.looked)?.path;
    if (!answer.error) this.preview.show(answer.plan, path?.length ? path : null, answer.empty);
    this.tellProblems();
    const wrong = answer.problems.length;
    if (wrong && wrong !== this.before) say(`${count(wrong, "thing")} to fix. ${words(answer.problems[0])}`);
    else if (!wrong && this.before) say("Nothing left to fix");
    this.before = wrong;
  }

  tellProblems() {
    const rest = showProblems(this.form, this.answer.problems, this.answer.warnings);
    fill(this.homeless, rest.length > 0 && h("div", { class: "banner bad" }, rest.map((one) =>
      h("p", {}, wordsAndPlace(one)))));
    for (const wrong of this.form.querySelectorAll(".field.wrong")) {
      const details = wrong.closest("details");
      if (details) details.open = true;
    }
    this.tellState();
  }

  /** Says whether it is saved. */
  tellState() {
    const wrong = this.answer.problems.length;
    const unsaved = this.draft.unsaved;
    this.state.disabled = !wrong;
    this.state.classList.toggle("danger-text", wrong > 0);
    fill(this.state, wrong ? `${wrong} to fix` : unsaved ? "Not saved yet" : this.draft.name === null ? "" : "Saved");
    this.saveButton.disabled = this.saving || (!unsaved && this.draft.name !== null);
  }

  // --- changing ---

  /** Runs a change. `same`: steps of one kind are undone together; `redraws`: fields come or go; `focus`: then there. */
  edit(run, { same = null, entry = null, redraws = false, focus = null } = {}) {
    if (!this.draft.edit(run, same)) return;
    // What it offers to undo is no longer the last step.
    dismiss();
    if (entry) this.looked = entry === this.document ? null : entry;
    if (redraws || focus) this.redraw(focus);
    else this.changed();
  }

  travel(way) {
    this.draft[way]();
    dismiss();
    this.redraw();
    say(way === "undo" ? "Undone" : "Done again");
  }

  /** The picture goes to what is being looked at. */
  looksAt(entry) {
    this.looked = entry;
    this.preview.follow(locate(this.document, entry).path);
  }

  /** Marks the card of the interval that was chosen on the bar. */
  marked(interval) {
    this.looked = null;
    for (const one of this.form.querySelectorAll(".entry.shown")) one.classList.remove("shown");
    if (!interval?.path?.length) return;
    const key = JSON.stringify(interval.path);
    const frame = [...this.form.querySelectorAll(".entry-frame")].find((one) => one.dataset.path === key);
    frame?.closest(".entry").classList.add("shown");
  }

  async addExercises(owner) {
    const station = roleIn(this.document, owner) === "station";
    const chosen = await pickExercises(this.overview, { title: station ? "Add stations" : "Add exercises" });
    if (chosen?.length) this.insert(owner, chosen);
  }

  async addPart(owner) {
    const possible = parts.filter(({ value }) => accepts(this.document, owner, part(value)));
    const chosen = await choose("Add a part", possible);
    if (chosen) this.insert(owner, [part(chosen)]);
  }

  async addTogether(owner) {
    const chosen = await pickExercises(this.overview, { title: "Together at one station" });
    if (chosen?.length) this.insert(owner, [{ together: chosen }]);
  }

  insert(owner, entries, place = null) {
    for (const entry of entries) number(entry, false);
    this.edit(() => {
      const list = entriesOf(owner, owner === this.document);
      list.splice(place ?? list.length, 0, ...entries);
      for (const entry of entries) {
        tidy(this.document, entry, owner);
        this.giveWork(entry, owner);
      }
    }, { entry: entries[0], focus: `${entries[0]["#"]}:title` });
    say(`Added: ${entries.map((one) => titleOf(this, one)).join(", ")}`);
  }

  /** An exercise where nothing says how long work is begins with 40 s. */
  giveWork(entry, owner) {
    const timed = kindOf(entry) === "exercise" && roleIn(this.document, owner) === "entry";
    if (timed && entry.work === undefined && around(this.document, entry).work === undefined) entry.work = 40;
  }

  duplicate(entry) {
    const { owner, index } = locate(this.document, entry);
    this.insert(owner, [fresh(entry)], index + 1);
  }

  remove(entry) {
    const { owner, list, index } = locate(this.document, entry);
    const name = titleOf(this, entry);
    const beside = list[index + 1] || list[index - 1];
    this.edit(() => list.splice(index, 1), { focus: beside ? `${beside["#"]}:title` : `${owner["#"]}:add` });
    toast(`Removed: ${name}`, { label: "Undo", run: () => this.travel("undo") });
  }

  turn(entry, kind) {
    this.edit(() => turnInto(this.document, entry, kind), { entry, focus: `${entry["#"]}:kind` });
    say(`Now ${KINDS[kind].word}`);
  }

  async replace(entry) {
    const chosen = await pickExercises(this.overview, { title: "Another exercise", several: false });
    if (!chosen?.length) return;
    this.edit(() => {
      for (const key of ["exercise", "name", "sides", "first_side"]) delete entry[key];
      const others = { ...entry };
      for (const key of Object.keys(entry)) delete entry[key];
      Object.assign(entry, chosen[0], others);
    }, { entry, focus: `${entry["#"]}:title` });
  }

  async askWhat(entry) {
    const exercise = kindOf(entry) === "exercise";
    const known = exercise && exerciseOf(this.overview, entry.exercise);
    const chosen = await choose(titleOf(this, entry), [
      { value: "open", label: "Change it", drawing: "pen" },
      exercise && { value: "replace", label: "Another exercise in its place", drawing: "person" },
      known && { value: "page", label: "Its card, picture and sides", hint: "For all workouts with it",
        drawing: "list" },
      { value: "move", label: "Move", drawing: "move" },
      { value: "copy", label: "Duplicate", drawing: "copy" },
      { value: "remove", label: "Remove", drawing: "bin", danger: true },
    ].filter(Boolean));
    if (chosen === "open") {
      this.opened.add(entry["#"]);
      this.redraw(`${entry["#"]}:title`);
      this.looksAt(entry);
    }
    if (chosen === "page") goTo(api.path`exercise/${known.name}`);
    if (chosen === "replace") await this.replace(entry);
    if (chosen === "move") await askMove(this, entry);
    if (chosen === "copy") this.duplicate(entry);
    if (chosen === "remove") this.remove(entry);
  }

  // --- leaving ---

  /** Opens the card of the first thing that is wrong and puts the focus there. */
  toProblem() {
    const first = this.form.querySelector(".field.wrong");
    if (!first) {
      this.homeless.scrollIntoView({ block: "center" });
      return;
    }
    const item = first.classList.contains("entry-frame") ? first.closest("[data-item]") : null;
    if (item && !this.opened.has(Number(item.dataset.item))) {
      this.opened.add(Number(item.dataset.item));
      this.redraw(`${item.dataset.item}:title`);
    }
    const inner = this.form.querySelector(".field.wrong:not(.entry-frame)") || this.form.querySelector(".field.wrong");
    inner.scrollIntoView({ block: "center" });
    inner.field.focus();
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName || "");
    const key = event.key.toLowerCase();
    if (key === "s") save(this);
    else if (key === "z" && !typing) this.travel(event.shiftKey ? "redo" : "undo");
    else if (key === "y" && !typing) this.travel("redo");
    else return;
    event.preventDefault();
  }

  async mayLeave() {
    document.activeElement?.blur?.();
    if (this.draft.unsaved) {
      const answer = await ask("Leave without saving?", "What you changed here is not saved yet.", [
        { value: "save", label: "Save", kind: "main" }, { value: "drop", label: "Leave without saving",
          kind: "danger-text" },
        { value: null, label: "Stay" }]);
      if (answer === null || (answer === "save" && !(await save(this)))) return false;
    }
    dismiss(".bad");
    window.removeEventListener("keydown", this.keys);
    this.draft.sleep();
    this.preview.sleep();
    return true;
  }
}
