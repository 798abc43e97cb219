// The list of workouts, in the wall's order: new, copy, rename, order, delete.

import * as api from "/static/api.js";
import { h, fill, say } from "/static/dom.js";
import { choose, complain, confirm, prompt, toast } from "/static/dialogs.js";
import { draggable, handle } from "/static/drag.js";
import { icon } from "/static/icons.js";
import { count, total } from "/static/format.js";
import { KINDS } from "/static/model.js";
import { wordsAndPlace } from "/static/fields.js";
import { goTo } from "/static/route.js";

export async function show(main) {
  const view = new List(await api.get("/api/overview"));
  main.append(...view.parts);
  view.draw();
  const leave = () => view.saving;
  leave.unsaved = () => Boolean(view.saving);
  return leave;
}

class List {
  constructor(overview) {
    this.overview = overview;
    this.list = h("ol", { class: "workouts", "data-list": "workouts", "aria-label": "Workouts in the wall's order" });
    this.news = h("div", {});
    this.parts = [
      h("div", { class: "view-head" }, h("h1", {}, "Workouts"),
        h("a", { class: "button main new", href: "#/circuit/new" }, icon("add"), "New workout")),
      this.news, this.list,
    ];
    draggable(this.list, { lists: () => [this.list], drop: (item, _, index) => this.move(item.dataset.item, index) });
  }

  draw(focus = null) {
    const { circuits, lasts, problems } = this.overview;
    fill(this.news,
      lasts === false && h("p", { class: "banner warn" },
        "The wall's disk cannot be written: changes last until the power "
        + "goes off. Download everything on the page Changes to keep it."),
      problems?.length > 0 && h("div", { class: "banner bad", role: "alert" },
        h("p", {}, "Something in the wall's files is wrong, and the wall shows it as an error:"),
        h("ul", {}, problems.slice(0, 5).map((one) => h("li", {}, wordsAndPlace(one))))));
    fill(this.list, circuits.map((one, place) => this.card(one, place)));
    if (focus) this.list.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  card(circuit, place) {
    const { name, title } = circuit;
    const kinds = (circuit.kinds || []).filter((kind) => kind !== "exercise" && kind !== "block" && KINDS[kind]);
    const facts = [circuit.total_s === undefined || circuit.total_s === null ? null
      : total(circuit.total_s, circuit.open),
      circuit.exercises?.length && count(circuit.exercises.length, "exercise")].filter(Boolean).join(" · ");
    const grip = handle({ "data-focus": `${name}:grip`, "aria-label": `Move ${title}: up and down keys, or drag` },
      { step: (way) => this.move(name, place + way), ask: () => this.askMove(circuit) });
    const more = h("button", { type: "button", class: "bare", "aria-label": `What to do with ${title}`,
      "data-focus": `${name}:more`, onclick: () => this.askWhat(circuit) }, icon("more"));
    return h("li", { class: "workout", "data-item": name }, grip,
      h("a", { class: "workout-link", href: `#${api.path`/circuit/${name}`}`, "data-focus": `${name}:link` },
        h("strong", {}, title),
        h("small", {}, facts),
        h("span", { class: "chips" },
          circuit.usual && h("span", { class: "chip on" }, "On the start screen"),
          kinds.map((kind) => h("span", { class: "chip" }, KINDS[kind].word)),
          (circuit.equipment || []).slice(0, 3).map((word) => h("span", { class: "chip" }, word)),
          circuit.equipment?.length > 3 && h("span", { class: "chip" }, `+${circuit.equipment.length - 3}`))),
      more);
  }

  async askWhat(circuit) {
    const chosen = await choose(circuit.title, [
      { value: "edit", label: "Change it", drawing: "pen" },
      { value: "copy", label: "Duplicate", drawing: "copy" },
      { value: "rename", label: "Rename", drawing: "list" },
      { value: "move", label: "Move", drawing: "move", disabled: this.overview.circuits.length < 2 },
      { value: "delete", label: "Delete", drawing: "bin", danger: true },
    ]);
    if (chosen === "edit") goTo(api.path`circuit/${circuit.name}`);
    if (chosen === "copy") await this.duplicate(circuit);
    if (chosen === "rename") await this.rename(circuit);
    if (chosen === "move") await this.askMove(circuit);
    if (chosen === "delete") await this.remove(circuit);
  }

  async askMove(circuit) {
    const { circuits } = this.overview;
    const place = circuits.indexOf(circuit);
    const to = await choose(`Move ${circuit.title}`, [
      { value: place - 1, label: "Up", drawing: "up", disabled: place === 0 },
      { value: place + 1, label: "Down", drawing: "down", disabled: place === circuits.length - 1 },
      { value: 0, label: "To the top", drawing: "up", disabled: place === 0 },
      { value: circuits.length - 1, label: "To the end", drawing: "down", disabled: place === circuits.length - 1 },
    ]);
    if (to !== null) await this.move(circuit.name, to);
  }

  /** Puts a workout at a place, shows it at once, and then saves the order. */
  async move(name, index) {
    const { circuits } = this.overview;
    const from = circuits.findIndex((one) => one.name === name);
    if (index < 0 || index >= circuits.length || index === from) return;
    const [moved] = circuits.splice(from, 1);
    circuits.splice(index, 0, moved);
    this.draw(`${name}:grip`);
    say(`${moved.title} is now ${index + 1} of ${circuits.length}`);
    await this.saveOrder();
  }

  /** Saves the newest order; moves that come while one is being saved are saved together after it. */
  saveOrder() {
    this.unsaved = true;
    this.saving ??= this.saveOrders().finally(() => {
      this.saving = null;
      this.list.setAttribute("aria-busy", "false");
    });
    return this.saving;
  }

  async saveOrders() {
    this.list.setAttribute("aria-busy", "true");
    try {
      while (this.unsaved) {
        this.unsaved = false;
        await api.post("/api/circuits-order", { names: this.overview.circuits.map((one) => one.name) });
      }
    } catch (error) {
      complain(error);
      await this.again().catch(complain);
    }
  }

  async duplicate(circuit) {
    const title = await prompt(`Duplicate ${circuit.title}`, "Name of the copy", `${circuit.title} (copy)`,
      "Duplicate");
    if (!title) return;
    await this.doing(async () => {
      const made = await api.post(api.path`/api/circuits/${circuit.name}/duplicate`, { title });
      await this.again(`${made.name}:link`);
      toast(`There is now also: ${made.document?.name ?? title}`);
    });
  }

  async rename(circuit) {
    const title = await prompt(`Rename ${circuit.title}`, "Name", circuit.title, "Rename");
    if (!title || title === circuit.title) return;
    await this.doing(async () => {
      const read = await api.get(api.path`/api/circuits/${circuit.name}`);
      const saved = await api.post(api.path`/api/circuits/${circuit.name}`,
        { document: { ...read.document, name: title }, version: read.version });
      await this.again(`${circuit.name}:link`);
      this.undoable(`Its name is now ${title}`, saved);
    });
  }

  async remove(circuit) {
    const text = circuit.usual ? "It is the one on the start screen; another one will take its place there." : "";
    const sure = await confirm(`Delete ${circuit.title}?`,
      [text, "It can be brought back on the page Changes."].filter(Boolean),
      "Delete", { danger: true });
    if (!sure) return;
    await this.doing(async () => {
      const gone = await api.post(api.path`/api/circuits/${circuit.name}/delete`, { version: circuit.version });
      const place = this.overview.circuits.findIndex((one) => one.name === circuit.name);
      const beside = this.overview.circuits[place + 1] || this.overview.circuits[place - 1];
      await this.again(beside && `${beside.name}:link`);
      this.undoable(`Deleted: ${circuit.title}`, gone);
    });
  }

  undoable(text, { change }) {
    toast(text, change && { label: "Undo", run: () => this.doing(async () => {
      await api.post(api.path`/api/changes/${change}/undo`);
      await this.again();
      toast("It is as it was before");
    }) });
  }

  async doing(run) {
    try {
      await run();
    } catch (error) {
      if (error.status === 409) {
        complain(new Error("Somebody else changed it meanwhile. Here is how it is now."));
        await this.again().catch(complain);
      } else complain(error);
    }
  }

  async again(focus = null) {
    this.overview = await api.get("/api/overview");
    this.draw(focus);
  }
}
