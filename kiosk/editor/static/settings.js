// The settings that are safe to change from here: the usual workout, opening hours, dimming, loudspeakers.

import { get, path, post } from "/static/api.js";
import { saveWith } from "/static/conflict.js";
import { complain, toast } from "/static/dialogs.js";
import { fill, h } from "/static/dom.js";
import { choiceField, durationField, showProblems, toggleField } from "/static/fields.js";
import { FormView } from "/static/form-view.js";
import { seconds, written } from "/static/format.js";
import { fieldsPart } from "/static/frame.js";
import { hoursField } from "/static/hours-field.js";

const DIM_S = 300;
const DIM_LEAST_S = 10;
const DIM_MOST_S = 3600;

export async function show(main) {
  const [overview, settings] = await Promise.all([get("/api/overview"), get("/api/settings")]);
  const view = new SettingsView(main, overview, settings);
  view.draw();
  return view.leaving;
}

class SettingsView extends FormView {
  constructor(main, overview, settings) {
    super();
    Object.assign(this, { main, overview });
    this.put(settings);
  }

  put({ values, version }) {
    Object.assign(this, { values: { ...values }, version, saved: JSON.stringify(values) });
  }

  get changed() {
    return JSON.stringify(this.values) !== this.saved;
  }

  draw() {
    this.state = h("span", { class: "save-state" });
    this.elsewhere = h("div", { class: "banner bad", role: "alert", hidden: true });
    this.formWith(
      {},
      fieldsPart("Start screen", this.circuit(), ...this.dimming()),
      fieldsPart("Opening hours", this.hours()),
      fieldsPart("Sound", this.speakers()),
    );
    fill(
      this.main,
      h("h1", {}, "Settings"),
      this.elsewhere,
      this.form,
      h("div", { class: "dock" }, this.state, this.saveButton),
    );
    this.tell();
  }

  circuit() {
    const options = this.overview.circuits.map((one) => ({ value: one.name, label: one.title }));
    // Without a name in the file, the first by file name is there.
    const now = this.values.circuit ?? this.overview.circuits.find((one) => one.usual)?.name;
    return choiceField({
      label: "Workout on the start screen",
      path: ["circuit"],
      value: now,
      options,
      most: 0,
      class: "all",
      hint: "Holding the button at the wall shows the list of all of them.",
      onchange: (name) => this.set("circuit", name),
    });
  }

  dimming() {
    const now_s = seconds(this.values.dim_after ?? DIM_S) ?? DIM_S;
    const after = durationField({
      label: "Dim after",
      path: ["dim_after"],
      unit: "min",
      min: DIM_LEAST_S,
      max: DIM_MOST_S,
      value: now_s || DIM_S,
      onchange: (value_s) => this.set("dim_after", written(value_s)),
    });
    const dims = toggleField({
      label: "Dim the start screen when nobody uses it",
      value: now_s > 0,
      class: "all",
      onchange: (on) => {
        after.node.hidden = !on;
        this.set("dim_after", on ? written(after.value) : 0);
      },
    });
    after.node.hidden = now_s === 0;
    return [dims, after];
  }

  hours() {
    this.open = hoursField({ value: this.values.open, onchange: (open) => this.set("open", open) });
    const about = h(
      "p",
      { class: "lead" },
      "Outside these hours the television sleeps when nobody has pressed the button for five ",
      "minutes. A press wakes it.",
    );
    return { node: h("div", { class: "all" }, about, this.open.node) };
  }

  speakers() {
    return toggleField({
      label: "Signals from the loudspeakers, too",
      path: ["speakers"],
      value: this.values.speakers !== "off",
      class: "all",
      hint: "The buzzer sounds in any case.",
      onchange: (on) => this.set("speakers", on ? "auto" : "off"),
    });
  }

  set(key, value) {
    this.values[key] = value;
    this.tell();
  }

  tell() {
    this.state.textContent = this.changed ? "Not saved yet" : "Saved";
    this.saveButton.disabled = !this.changed || Boolean(this.saving);
  }

  async saveNow() {
    if (!this.changed) return true;
    if (this.open.wrong) {
      this.open.complain("These opening hours cannot be right yet.");
      this.open.focus();
      return false;
    }
    this.saveButton.disabled = true;
    try {
      const over = (version) => post("/api/settings", { values: this.values, version });
      const { saved, theirs } = await saveWith({ save: over, version: this.version, thing: "page" });
      if (saved) {
        toast("The settings are saved", saved.change && { label: "Undo", run: () => this.undo(saved.change) });
      }
      if (saved || theirs) await this.again();
      return Boolean(saved);
    } catch (error) {
      if (error.status !== 422) complain(error);
      else this.complain(error.data.problems ?? []);
      return false;
    }
  }

  complain(problems) {
    const homeless = showProblems(this.form, problems);
    this.elsewhere.hidden = !homeless.length;
    fill(
      this.elsewhere,
      homeless.map((one) => h("p", {}, [one.file, one.what, one.right].filter(Boolean).join(": "))),
    );
    this.form.querySelector(".field.wrong")?.field.focus();
  }

  async undo(change) {
    try {
      await post(path`/api/changes/${change}/undo`);
      toast("Undone");
      if (location.hash === "#/settings") await this.again();
    } catch (error) {
      complain(error);
    }
  }

  async again() {
    this.put(await get("/api/settings"));
    this.draw();
  }
}
