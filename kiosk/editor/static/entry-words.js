// What an entry is called, and what it says in a line.

import { count, seconds, spoken } from "/static/format.js";
import { KINDS, effective, entriesOf, kindOf, roundsOf } from "/static/model.js";
import { exerciseOf } from "/static/picker.js";

/** What an entry is called. */
export function titleOf(editor, entry) {
  const root = entry === editor.document;
  const kind = kindOf(entry, root);
  if (root) return entry.name || "the workout";
  if (kind !== "exercise") return entry.name || KINDS[kind].word;
  if (entry.exercise === undefined) return entry.name || "Exercise without a name";
  return exerciseOf(editor.overview, entry.exercise)?.title || String(entry.exercise);
}

/** What an entry says, in a line. */
export function aboutOf(editor, entry, role) {
  const kind = kindOf(entry);
  const all = effective(editor.document, entry);
  const parts = [];
  const time = (value) => {
    if (Array.isArray(value)) return value.map((one) => (one === "open" ? "open" : String(one))).join(" · ") + " s";
    if (value === "open") return "until pressed";
    const value_s = seconds(value);
    return value_s === null ? String(value) : spoken(value_s);
  };
  const amount = Array.isArray(all.amount) ? all.amount.join(" · ") : all.amount;
  if (amount !== undefined && amount !== "none" && kind === "exercise") parts.push(String(amount));
  if (kind === "amrap") parts.push(`${time(entry.amrap)}, as many rounds as possible`);
  if (kind === "for_time") parts.push(`cap ${time(entry.for_time)}`);
  if (role !== "entry") return parts.join(", ") || (kind === "together" ? `${entriesOf(entry).length} at this station`
    : "");
  const rounds = roundsOf(entry);
  if (rounds > 1) parts.push(count(rounds, kind === "block" ? "round" : kind === "stations" ? "lap" : "set"));
  if (kind !== "amrap" && kind !== "for_time") {
    if (all.work === undefined) parts.push("no work time yet");
    else if (kind !== "block" || entry.work !== undefined) parts.push(time(all.work));
  }
  if (entry.easy) parts.push("easy");
  if (entry.rest !== undefined) parts.push(`then ${time(entry.rest)} rest`);
  return parts.join(", ");
}
