// A view that is a form with a button that saves it: once at a time, and asked for before it is left.

import { ask } from "/static/dialogs.js";
import { h } from "/static/dom.js";

/**
 * What such views have in common. A view has `changed`, whether anything is not saved yet; `saveNow()`, which returns
 * whether it is saved; and `tell()`, which says so.
 */
export class FormView {
  /** The form and the button. */
  formWith(attributes, ...content) {
    this.saveButton = h("button", { type: "button", class: "main", onclick: () => this.save() }, "Save");
    this.form = h(
      "form",
      {
        ...attributes,
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.save();
        },
      },
      content,
    );
  }

  /** Saves, once at a time; returns whether it is saved. */
  save() {
    this.saving ??= this.saveNow().finally(() => {
      this.saving = null;
      this.tell();
    });
    return this.saving;
  }

  /** Returns what the page calls before it shows another view. */
  get leaving() {
    const leave = () => this.leave();
    leave.unsaved = () => this.changed;
    return leave;
  }

  /** Returns whether the view may be left, after a question if something is not saved. */
  async leave() {
    await this.saving;
    if (!this.changed) return true;
    const answer = await ask("Save first?", "What you changed is not saved yet.", [
      { value: "save", label: "Save", kind: "main" },
      { value: "drop", label: "Leave without saving", kind: "danger" },
      { value: null, label: "Stay" },
    ]);
    return answer === "drop" || (answer === "save" && (await this.save()));
  }
}
