// What happens when somebody else saved first: says what they changed, and lets people choose.

import { h } from "/static/dom.js";
import { dialog } from "/static/dialogs.js";

/** Asks what to do after a 409. Returns "mine", "copy", "theirs", or null to go on editing. */
function askConflict(error, thing = "workout", copies) {
  const changed = error.data.changed || [];
  return dialog("Somebody else saved meanwhile", (close) => {
    const answer = (value, label, about, kind = "") => h("button", { type: "button", class: `answer ${kind}`,
      onclick: () => close(value) }, h("strong", {}, label), h("small", {}, about));
    return [
      h("div", { class: "sheet-body" },
        h("p", {}, changed.length ? `They changed this ${thing}:` : `They changed this ${thing} in its file.`),
        changed.length && h("ul", { class: "changed" }, changed.map((line) => h("li", {}, line))),
        h("p", {}, "Nothing of yours is lost. What do you want to do?")),
      h("div", { class: "answers stacked" },
        copies && answer("copy", "Save mine as a copy", "Both are kept."),
        answer("mine", "Save mine over it", "Theirs can be brought back on the page Changes."),
        answer("theirs", "Take theirs", "Yours is dropped."),
        answer(null, "Go on editing", "Nothing is saved yet.")),
    ];
  });
}

/**
 * Saves, and settles a conflict. `save(version)` and `copy()` send the document (without `copy` there is no such answer);
 * returns {saved} or {theirs} (what the other one saved) or {} if nothing was saved. Other errors are raised.
 */
export async function saveWith({ save, copy, version, thing }) {
  for (;;) {
    try {
      return { saved: await save(version) };
    } catch (error) {
      if (error.status !== 409) throw error;
      const answer = await askConflict(error, thing, Boolean(copy));
      if (answer === "theirs") return { theirs: error.data };
      if (answer === "copy") return { saved: await copy(), copied: true };
      if (answer !== "mine") return {};
      version = error.data.version;
    }
  }
}

/** A document for a new file: without the marks that say where each part is in the old one. */
export function withoutMarks(value) {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "@").map(([key, one]) =>
    [key, withoutMarks(one)]));
}
