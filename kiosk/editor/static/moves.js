// Where an entry goes when it is moved: a place up or down, into a block and out of it, or to a place chosen.

import { accepts, entriesOf, kindOf, locate, walk } from "/static/model.js";

/** The place one up (-1) or down (1): {owner, index}; null at the end. Out of a block at its ends; an exercise goes in. */
export function nextPlace(document, entry, way) {
  const { list, index, owner } = locate(document, entry);
  const beside = list[index + way];
  if (beside) {
    const enters = kindOf(entry) === "exercise" && kindOf(beside) !== "exercise" && accepts(document, beside, entry);
    if (enters) return { owner: beside, index: way > 0 ? 0 : entriesOf(beside).length };
    return { owner, index: index + way };
  }
  // Out of the list, to the other side of what it stands in.
  const outer = locate(document, owner);
  if (!outer.owner || !accepts(document, outer.owner, entry)) return null;
  return { owner: outer.owner, index: way > 0 ? outer.index + 1 : outer.index };
}

/** Every list that an entry may stand in, with where it would go: [{owner, index, here}]; `here`: it is there now. */
export function placesFor(document, entry) {
  const now = locate(document, entry);
  return walk(document).map((one) => one.entry).filter((owner) => accepts(document, owner, entry)).map((owner) => {
    const { length } = entriesOf(owner, owner === document);
    const here = owner === now.owner;
    return { owner, here, index: here ? length - 1 : length };
  });
}

/** Puts an entry into the list of `owner`; `index` counts without the entry. */
export function put(document, entry, owner, index) {
  const { list, index: before } = locate(document, entry);
  list.splice(before, 1);
  entriesOf(owner, owner === document).splice(index, 0, entry);
}
