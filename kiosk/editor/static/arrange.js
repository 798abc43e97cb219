// Moving entries in the editor: by buttons and keys, by a menu, by dragging. What happens is read out.

import { say } from "/static/dom.js";
import { choose, toast } from "/static/dialogs.js";
import { titleOf } from "/static/entry-words.js";
import { accepts, entriesOf, locate, tidy } from "/static/model.js";
import { nextPlace, placesFor, put } from "/static/moves.js";

/** Moves an entry one place up (-1) or down (1). The focus stays on the button that was used. */
export function step(editor, entry, way) {
  const to = nextPlace(editor.document, entry, way);
  if (to) move(editor, entry, to.owner, to.index);
  else say(way < 0 ? "It is the first already" : "It is the last already");
}

/** Moves an entry into the list of `owner`; `index` counts without it. `focus` is where the focus goes, if not left. */
export function move(editor, entry, owner, index, focus = null) {
  const from = locate(editor.document, entry).owner;
  let gone = [];
  editor.edit(() => {
    put(editor.document, entry, owner, index);
    if (owner === from) return;
    gone = tidy(editor.document, entry, owner);
    editor.giveWork(entry, owner);
  }, { entry, redraws: true, focus });
  const list = entriesOf(owner, owner === editor.document);
  const where = owner === editor.document ? "" : ` in ${titleOf(editor, owner)}`;
  const text = `${titleOf(editor, entry)} is now ${list.indexOf(entry) + 1} of ${list.length}${where}`;
  if (gone.length) {
    const keys = [...new Set(gone)].map((key) => key.replace("_", " ")).join(", ");
    toast(`${text}. Its own ${keys} did not fit there.`, { label: "Undo", run: () => editor.travel("undo") });
  } else say(text);
  editor.form.querySelector(`[data-item="${entry["#"]}"]`)?.scrollIntoView({ block: "nearest" });
}

/** Asks where an entry is to go. */
export async function askMove(editor, entry) {
  const { index, list, owner } = locate(editor.document, entry);
  const others = placesFor(editor.document, entry).filter((one) => !one.here);
  const chosen = await choose(`Move ${titleOf(editor, entry)}`, [
    { value: -1, label: "Up", drawing: "up", disabled: !nextPlace(editor.document, entry, -1) },
    { value: 1, label: "Down", drawing: "down", disabled: !nextPlace(editor.document, entry, 1) },
    { value: { owner, index: 0 }, label: "To the top of this list", drawing: "up", disabled: index === 0 },
    { value: { owner, index: list.length - 1 }, label: "To the end of this list", drawing: "down",
      disabled: index === list.length - 1 },
    ...others.map((one) => ({ value: one, drawing: "move",
      label: one.owner === editor.document ? "Out of all blocks, to the end" : `Into ${titleOf(editor, one.owner)}` })),
  ]);
  if (typeof chosen === "number") step(editor, entry, chosen);
  else if (chosen) move(editor, entry, chosen.owner, chosen.index, `${entry["#"]}:grip`);
}

/** The lists that a card may be dropped into. */
export function listsFor(editor, item) {
  const entry = ofCard(editor, item.dataset.item);
  return [...editor.form.querySelectorAll("[data-list]")].filter((list) =>
    accepts(editor.document, ofCard(editor, list.dataset.list), entry));
}

/** Moves the entry of a card that was dropped. */
export function dropped(editor, item, list, index) {
  const entry = ofCard(editor, item.dataset.item);
  move(editor, entry, ofCard(editor, list.dataset.list), index, `${entry["#"]}:grip`);
}

function ofCard(editor, number) {
  return locate(editor.document, { "#": Number(number) }).entry;
}
