// What else can be done with an exercise: a copy of it, and deleting it.

import { path, post } from "/static/api.js";
import { ask, choose, complain, confirm, prompt, toast } from "/static/dialogs.js";
import { goTo } from "/static/route.js";

const IN_USE = "Take it out of the workouts that have it first. They are listed at the end of this page.";

/** Asks what to do with the exercise of a view, and does it. */
export async function menuOf(view) {
  const uses = view.known?.used_by.length;
  const chosen = await choose(view.document.name, [
    { value: "copy", label: "Make a copy", hint: "For one that is much like it", drawing: "copy" },
    {
      value: "delete",
      label: "Delete",
      hint: uses ? "Only possible while no workout has it" : "",
      drawing: "bin",
      danger: true,
    },
  ]);
  try {
    if (chosen === "copy") await copy(view);
    else if (chosen === "delete" && !uses) await remove(view);
    else if (chosen) await ask("A workout has it", IN_USE, [{ value: true, label: "All right", kind: "main" }]);
  } catch (error) {
    complain(error);
  }
}

async function copy({ name, document }) {
  const title = await prompt("Make a copy", "Name of the copy", `${document.name} 2`, "Make it");
  if (!title) return;
  const made = await post(path`/api/exercises/${name}/duplicate`, { title });
  goTo(path`exercise/${made.name}`);
}

async function remove(view) {
  const { name, document, version } = view;
  const title = `Delete “${document.name}”?`;
  if (!(await confirm(title, "It can be brought back on the page Changes.", "Delete", { danger: true }))) return;
  const { change } = await post(path`/api/exercises/${name}/delete`, { version });
  // Nothing of it is unsaved any more.
  view.saved = JSON.stringify(document);
  const back = async () => {
    await view.undo({ change, name });
    goTo(path`exercise/${name}`);
  };
  toast("Deleted", change && { label: "Undo", run: back });
  goTo("exercises");
}
