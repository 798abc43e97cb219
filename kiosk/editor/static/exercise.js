// One exercise: its form card, sides, easier option and picture, with the wall's picture beside it.

import { get, path, post } from "/static/api.js";
import { saveWith, withoutMarks } from "/static/conflict.js";
import { complain, toast } from "/static/dialogs.js";
import { fill, h, say, settled } from "/static/dom.js";
import { formOf } from "/static/exercise-form.js";
import { menuOf } from "/static/exercise-menu.js";
import { showProblems, words } from "/static/fields.js";
import { FormView } from "/static/form-view.js";
import { icon } from "/static/icons.js";
import { exercisePicture } from "/static/wall-picture.js";

const KEYS = [
  "name",
  "short",
  "muscles",
  "why",
  "how",
  "steps",
  "tip",
  "cues",
  "equipment",
  "sides",
  "first_side",
  "easier",
  "figure",
  "picture",
];
const NAMELESS = { path: ["name"], what: "the text is empty", right: "" };
const CHECK_MS = 300;

export async function show(main, name) {
  const [overview, read] = await Promise.all([
    get("/api/overview"),
    name ? get(path`/api/exercises/${name}`) : fresh(),
  ]);
  const view = new ExerciseView(main, overview, read);
  view.draw();
  return view.leaving;
}

function fresh() {
  return { name: null, document: { name: "" }, version: null };
}

class ExerciseView extends FormView {
  constructor(main, overview, { name, document, version }) {
    super();
    Object.assign(this, { main, overview, name, document, version });
    this.saved = JSON.stringify(document);
    this.wall = exercisePicture();
    this.check = settled(() => this.look(), CHECK_MS);
    this.asked = 0;
  }

  get changed() {
    return JSON.stringify(this.document) !== this.saved;
  }

  get known() {
    return this.overview.exercises.find((one) => one.name === this.name);
  }

  draw() {
    const heading = h("h1", {}, this.document.name || "New exercise");
    this.heading = heading;
    this.elsewhere = h("div", { class: "banner bad", role: "alert", hidden: true });
    this.formWith({ class: "exercise-form" }, formOf(this));
    this.state = h("button", { type: "button", class: "bare state", onclick: () => this.toFirstError() });
    const more = h(
      "button",
      { type: "button", class: "bare", "aria-label": "More", onclick: () => menuOf(this) },
      icon("more"),
    );
    const bar = h(
      "div",
      { class: "editor-bar", role: "group", "aria-label": "Saving" },
      this.name && more,
      this.state,
      this.saveButton,
    );
    fill(
      this.main,
      h(
        "div",
        { class: "editor-head" },
        h("a", { class: "back", href: "#/exercises" }, icon("left"), "Exercises"),
        heading,
      ),
      h(
        "div",
        { class: "editor" },
        h("div", { class: "editor-side" }, this.wall.node, bar),
        h("div", { class: "editor-main" }, this.elsewhere, this.form),
      ),
    );
    this.tell();
    this.look();
  }

  /** Puts a value in the document, in the order that keys have in the files; nothing at all takes the key out. */
  set(key, value) {
    const empty = value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
    if (empty && key !== "name") {
      delete this.document[key];
    } else if (key in this.document) {
      this.document[key] = value ?? "";
    } else {
      const before = Object.entries(this.document);
      const at = before.findIndex(([other]) => KEYS.indexOf(other) > KEYS.indexOf(key));
      before.splice(at < 0 ? before.length : at, 0, [key, value]);
      for (const other of Object.keys(this.document)) delete this.document[other];
      Object.assign(this.document, Object.fromEntries(before));
    }
    this.heading.textContent = this.document.name || "New exercise";
    this.wall.turn(key);
    this.tell();
    this.check();
  }

  get draft() {
    return { kind: "exercises", name: this.name, document: this.document };
  }

  /** Shows what is wrong with the draft, and the wall with it. */
  async look() {
    const mine = (this.asked += 1);
    if (!this.document.name) {
      this.wall.old("Give it a name to see it on the wall");
      if (this.name) this.complain([NAMELESS]);
      return;
    }
    try {
      const { problems, warnings } = await post("/api/draft", this.draft);
      if (mine !== this.asked) return;
      this.complain(problems, [...warnings, ...this.namesakes()]);
      if (problems.length) this.wall.old("As it was before the mistake");
      else this.wall.show(this.draft);
    } catch (error) {
      if (mine === this.asked) this.wall.old(error.message);
    }
  }

  /** Returns a warning if another exercise has the same name: workouts may mean either. */
  namesakes() {
    const title = this.document.name.toLowerCase();
    const same = this.overview.exercises.some((one) => one.name !== this.name && one.title.toLowerCase() === title);
    return same ? [{ path: ["name"], what: "another exercise is called that", right: "choose another name" }] : [];
  }

  complain(problems, warnings = []) {
    // A figure and an own picture have one field.
    const placed = (one) => (one.path[0] === "figure" ? { ...one, path: ["picture"] } : one);
    const homeless = showProblems(this.form, problems.map(placed), warnings.map(placed));
    // Of several texts in a list, only some are wrong.
    for (const item of this.form.querySelectorAll(".texts > li")) item.classList.remove("wrong");
    for (const { path } of problems) {
      if (typeof path[1] !== "number") continue;
      const list = this.form.querySelector(`[data-path='["${path[0]}"]'] .texts`);
      list?.children[path[1]]?.classList.add("wrong");
    }
    this.elsewhere.hidden = !homeless.length;
    fill(
      this.elsewhere,
      homeless.map((one) => h("p", {}, one.file && `${one.file}: `, words(one))),
    );
    this.problems = problems.length;
    this.tell();
  }

  tell() {
    const wrong = this.problems ? `${this.problems} to fix` : "";
    this.state.textContent = wrong || (this.changed || !this.name ? "Not saved yet" : "Saved");
    this.state.disabled = !wrong;
    this.state.classList.toggle("danger-text", Boolean(wrong));
    this.saveButton.disabled = !this.changed || Boolean(this.saving);
  }

  async saveNow() {
    await this.picture.sending;
    this.check.cancel();
    if (!this.changed) return true;
    if (!this.document.name) this.complain([NAMELESS]);
    const rejected = [...this.form.querySelectorAll("[data-path]")].some((node) => node.field?.rejected);
    if (!this.document.name || rejected) {
      this.toFirstError();
      return false;
    }
    this.saveButton.disabled = true;
    const sent = JSON.stringify(this.document);
    const asNew = () => post("/api/exercises", { document: withoutMarks(JSON.parse(sent)) });
    const over = (version) => post(path`/api/exercises/${this.name}`, { document: JSON.parse(sent), version });
    try {
      const { saved, theirs } = await saveWith({
        save: this.name ? over : asNew,
        copy: asNew,
        version: this.version,
        thing: "exercise",
      });
      if (saved) this.done(saved, sent);
      else if (theirs) await this.take(theirs);
      return Boolean(saved);
    } catch (error) {
      if (error.status !== 422) complain(error);
      else {
        this.complain(error.data.problems ?? []);
        this.toFirstError();
      }
      return false;
    }
  }

  /** Goes on after saving, with all that was typed meanwhile. */
  done(read, sent) {
    toast(`“${read.document.name}” is saved`, read.change && { label: "Undo", run: () => this.undo(read) });
    const now = JSON.parse(sent);
    // A picture that was sent has got a name.
    if (now.picture?.upload && now.picture.upload === this.document.picture?.upload) {
      now.picture = this.document.picture = read.document.picture;
    }
    Object.assign(this, { version: read.version, saved: JSON.stringify(now) });
    if (read.name === this.name) this.picture.show(this.document);
    else location.replace(`#${path`/exercise/${read.name}`}`);
  }

  /** Shows what is in the file now. */
  async take({ document, version }) {
    Object.assign(this, { document, version, saved: JSON.stringify(document) });
    // Without a document it was deleted.
    if (document) await this.again();
    else location.replace("#/exercises");
  }

  /** Draws everything anew, and leaves people where they are. */
  async again() {
    const top = window.scrollY;
    this.overview = await get("/api/overview");
    this.draw();
    window.scrollTo(0, top);
  }

  async undo({ change, name }) {
    try {
      await post(path`/api/changes/${change}/undo`);
      toast("Undone");
      if (location.hash !== `#${path`/exercise/${name}`}`) return;
      // The exercise may not have been there before.
      const read = await get(path`/api/exercises/${name}`).catch(() => null);
      if (read) await this.take(read);
      else location.replace("#/exercises");
    } catch (error) {
      complain(error);
    }
  }

  toFirstError() {
    const node = this.form.querySelector(".field.wrong");
    if (!node) return;
    const item = node.querySelector("li.wrong :is(input, textarea)");
    if (item) item.focus();
    else node.field.focus();
    (item || node).scrollIntoView({ block: "center" });
    say(node.querySelector(".error").textContent);
  }

  async leave() {
    if (!(await super.leave())) return false;
    this.check.cancel();
    this.asked += 1;
    this.wall.sleep();
    return true;
  }
}
