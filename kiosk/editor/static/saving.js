// Saving a workout: the errors of the server at their fields, and what to do when somebody else saved first.

import * as api from "/static/api.js";
import { complain, toast } from "/static/dialogs.js";
import { saveWith, withoutMarks } from "/static/conflict.js";
import { count } from "/static/format.js";
import { sendable } from "/static/model.js";
import { gathered } from "/static/problems.js";
import { again, goTo, renamed, route } from "/static/route.js";

/** Saves the draft of an editor; returns whether it is saved now. */
export async function save(editor) {
  // What was just typed counts, too.
  document.activeElement?.blur?.();
  if (editor.saving) return false;
  const rejected = [...editor.form.querySelectorAll("[data-path]")].find((node) => node.field?.rejected);
  if (rejected) {
    rejected.field.focus();
    return false;
  }
  const { draft } = editor;
  const sent = sendable(draft.document);
  draft.strict = true;
  editor.saving = true;
  editor.tellState();
  try {
    const done = await saveWith({
      version: draft.version,
      save: (version) => (draft.name === null ? api.post("/api/circuits", { document: sent })
        : api.post(api.path`/api/circuits/${draft.name}`, { document: sent, version })),
      copy: () => api.post("/api/circuits", { document: { ...withoutMarks(sent), name: `${sent.name} (copy)` } }),
    });
    return settle(editor, done, JSON.stringify(sent));
  } catch (error) {
    refused(editor, error);
    return false;
  } finally {
    editor.saving = false;
    editor.tellState();
  }
}

function refused(editor, error) {
  const problems = gathered(error.data?.problems || [], editor.draft.document);
  if (!problems.length) {
    complain(error);
    return;
  }
  editor.answer = { ...editor.answer, problems };
  editor.tellProblems();
  editor.toProblem();
  toast(`Not saved: ${count(problems.length, "thing")} to fix`, null, { bad: true });
}

/** Goes on with what is in the file now. */
function settle(editor, { saved, theirs, copied }, sent) {
  const { draft } = editor;
  const read = saved || theirs;
  if (!read) return false;
  if (!read.document) {
    // The other one deleted it, and that is what was chosen.
    draft.saved = JSON.stringify(sendable(draft.document));
    goTo("");
    return true;
  }
  const isNew = draft.name === null || copied;
  // What was typed while it was being saved stays, as not saved yet.
  const typed = saved && JSON.stringify(sendable(draft.document)) !== sent ? draft.document : null;
  draft.take(read.name ?? draft.name, read.document, read.version);
  if (typed) draft.document = typed;
  if (isNew) renamed(api.path`circuit/${draft.name}`);
  editor.redraw();
  draft.check();
  if (theirs) toast("This is what the other one saved.");
  else if (copied) toast(`Saved as a copy: ${read.document.name}`);
  else toast("Saved", read.change && !isNew && { label: "Undo", run: () => undo(editor, read.change) });
  document.title = `${editor.title.textContent} – on the wall`;
  return true;
}

/** Takes back what was saved. */
async function undo(editor, change) {
  const { draft } = editor;
  try {
    await api.post(api.path`/api/changes/${change}/undo`);
    if (!editor.form.isConnected) {
      toast("It is as it was before");
      if (route.hash === "") again();
      return;
    }
    const read = await api.get(api.path`/api/circuits/${draft.name}`);
    draft.take(draft.name, read.document, read.version);
    editor.redraw();
    draft.check();
    toast("It is as it was before");
  } catch (error) {
    complain(error);
  }
}
