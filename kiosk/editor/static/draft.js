// What is being made, before it is saved: its undo steps, and what the server says about it after each change.

import * as api from "/static/api.js";
import { settled } from "/static/dom.js";
import { empties, lookable, number, sendable } from "/static/model.js";
import { gathered } from "/static/problems.js";

const MOST_STEPS = 200;

export class Draft {
  /** Takes a document as read, null as `name` for a new one. `told(answer)` is called with each check's answer. */
  constructor(name, document, version, told) {
    this.told = told;
    /** Whether an empty name or list is already a mistake: from the first try to save on. */
    this.strict = name !== null;
    this.soon = settled(() => this.check(), 120);
    this.take(name, document, version);
  }

  /** Begins anew with what was read or saved. */
  take(name, document, version) {
    this.name = name;
    this.version = version;
    const before = this.document;
    this.document = number(document);
    if (before) sameNumbers(before, this.document);
    this.saved = JSON.stringify(sendable(this.document));
    [this.past, this.future, this.last] = [[], [], null];
  }

  get unsaved() {
    return JSON.stringify(sendable(this.document)) !== this.saved;
  }

  /** Runs a change as a step that can be undone; steps with the same name in a row are one. Returns whether it changed. */
  edit(run, same = null) {
    const before = JSON.stringify(this.document);
    run();
    number(this.document);
    if (JSON.stringify(this.document) === before) return false;
    if (!same || same !== this.last) this.past.push(before);
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
    this.last = same;
    this.soon();
    return true;
  }

  undo() {
    this.swap(this.past, this.future);
  }

  redo() {
    this.swap(this.future, this.past);
  }

  swap(from, to) {
    if (!from.length) return;
    to.push(JSON.stringify(this.document));
    this.document = JSON.parse(from.pop());
    this.last = null;
    this.soon();
  }

  /** The document for a picture. */
  look() {
    return lookable(this.document)?.document ?? sendable(this.document);
  }

  /** Asks what is wrong with it, and for its plan. Only the answer about the newest state counts. */
  async check() {
    this.asked?.abort();
    this.asked = new AbortController();
    const look = lookable(this.document);
    if (!look) {
      this.told({ problems: this.strict ? empties(this.document) : [], warnings: [], plan: null, empty: true });
      return;
    }
    let answer;
    try {
      answer = await api.post("/api/draft", { kind: "circuits", name: this.name, document: look.document },
        { signal: this.asked.signal });
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!error.data?.problems) {
        this.told({ problems: [], warnings: [], plan: null, error });
        return;
      }
      answer = { problems: error.data.problems, warnings: [], plan: null };
    }
    const original = (one) => ({ ...one, path: one.path && look.back(one.path) });
    const problems = gathered(answer.problems.map(original), this.document);
    if (this.strict) {
      problems.push(...empties(this.document));
      if (!String(this.document.name ?? "").trim()) problems.push({ path: ["name"], what: "the text is empty",
        right: "" });
    }
    const plan = answer.plan && { ...answer.plan, intervals: answer.plan.intervals.map(original) };
    this.told({ problems, warnings: (answer.warnings || []).map(original), plan });
  }

  sleep() {
    this.soon.cancel();
    this.asked?.abort();
  }
}

/** Gives the entries of a document the numbers of those at the same places before, so that open cards stay open. */
function sameNumbers(before, after) {
  after["#"] = before["#"] ?? after["#"];
  for (const key of ["exercises", "stations", "together"]) {
    if (!Array.isArray(before[key]) || !Array.isArray(after[key])) continue;
    after[key].forEach((one, place) => before[key][place] && sameNumbers(before[key][place], one));
  }
}
