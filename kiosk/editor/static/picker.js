// Choosing exercises from the library: pictures, a search, a filter by equipment. A name alone will do, too.

import { h, fill, newId, say } from "/static/dom.js";
import { dialog } from "/static/dialogs.js";
import { icon } from "/static/icons.js";
import { count, hasWords } from "/static/format.js";
import { still } from "/static/stills.js";

/** The exercise that an entry of a workout means, by its file's name or its title. */
export function exerciseOf(overview, name) {
  const shape = (text) => String(text ?? "").trim().replace(/\s+/g, " ").toLowerCase();
  return overview.exercises.find((one) => one.name === name)
    || overview.exercises.find((one) => shape(one.title) === shape(name)) || null;
}

/** Lets people choose; returns entries such as [{exercise: "squat"}, {name: "Easy spin"}], null if nothing was chosen. */
export function pickExercises(overview, { title = "Add exercises", several = true } = {}) {
  const chosen = [];
  const filter = { text: "", equipment: null };
  const stills = new Map(overview.exercises.map((one) => [one.name, still(one)]));
  return dialog(title, (close) => {
    const search = h("input", { type: "search", id: newId("search"), placeholder: "Search by name or muscle",
      autocomplete: "off", "aria-label": "Search exercises",
      // On a phone the keyboard would cover the list.
      autofocus: window.matchMedia("(pointer: fine)").matches });
    const list = h("ul", { class: "picks", "aria-label": "Exercises" });
    const chips = h("div", { class: "filters", role: "group", "aria-label": "Equipment" });
    const done = h("button", { type: "button", class: "main wide", disabled: true }, "Add");
    const tell = () => {
      done.disabled = !chosen.length;
      fill(done, chosen.length ? `Add ${count(chosen.length, "exercise")}` : "Choose exercises");
    };
    const take = (entry) => {
      if (!several) {
        close([entry]);
        return;
      }
      const same = chosen.findIndex((one) => one.exercise === entry.exercise && one.name === entry.name);
      if (same < 0) chosen.push(entry);
      else chosen.splice(same, 1);
      say(`${count(chosen.length, "exercise")} chosen`);
      draw();
      tell();
    };
    const draw = () => {
      const found = overview.exercises.filter((one) => fits(one, filter)).sort((a, b) => far(a, filter) - far(b, filter));
      const focus = document.activeElement?.dataset?.pick;
      fill(list, found.map((one) => choice(one, stills.get(one.name), chosen, () => take({ exercise: one.name }))),
        byName(filter, found, chosen, take));
      if (focus) list.querySelector(`[data-pick="${CSS.escape(focus)}"]`)?.focus();
    };
    search.addEventListener("input", () => {
      filter.text = search.value;
      draw();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      list.querySelector("button")?.click();
    });
    const filters = [["", "No equipment"], ...overview.equipment.map((word) => [word, word])];
    fill(chips, filters.map(([value, word]) => {
      const chip = h("button", { type: "button", class: "filter", "aria-pressed": "false", onclick: () => {
        filter.equipment = filter.equipment === value ? null : value;
        for (const one of chips.children) one.setAttribute("aria-pressed",
          String(one === chip && filter.equipment !== null));
        draw();
        say(count(list.querySelectorAll("[data-pick]").length, "exercise"));
      } }, word);
      return chip;
    }));
    done.addEventListener("click", () => close(chosen));
    draw();
    tell();
    return [h("div", { class: "pick-head" }, search, chips), list, several
      && h("div", { class: "answers sticky" }, done)];
  }, { wide: true });
}

function fits(exercise, { text, equipment }) {
  const all = [exercise.title, exercise.short, exercise.name, ...(exercise.muscles || []),
    ...(exercise.equipment || [])];
  if (!hasWords(all.filter(Boolean).join(" "), text)) return false;
  if (equipment === null) return true;
  return equipment === "" ? !(exercise.equipment || []).length : (exercise.equipment || []).includes(equipment);
}

/** How far a title is from what is searched: Enter takes the first one, and "push-up" means Push-up. */
function far({ title }, { text }) {
  const wanted = text.trim().toLowerCase();
  if (title.toLowerCase() === wanted) return 0;
  return title.toLowerCase().startsWith(wanted) ? 1 : 2;
}

function choice(exercise, picture, chosen, take) {
  const place = chosen.findIndex((one) => one.exercise === exercise.name);
  const about = [(exercise.muscles || []).slice(0, 3).join(", "), (exercise.equipment
    || []).join(", ")].filter(Boolean);
  return h("li", {}, h("button", { type: "button", class: "pick", "aria-pressed": String(place >= 0),
    "data-pick": exercise.name, onclick: take },
  picture, h("span", {}, h("strong", {}, exercise.title), h("small", {}, about.join(" · "))),
  place >= 0 && h("span", { class: "badge", "aria-hidden": "true" }, String(place + 1))));
}

/** What is not in the library: the text of the search as a name, and those chosen so. */
function byName({ text }, found, chosen, take) {
  const names = chosen.filter((one) => one.name).map((one) => one.name);
  const typed = text.trim().replace(/\s+/g, " ");
  const known = found.some((one) => one.title.toLowerCase() === typed.toLowerCase());
  if (typed && !known && !names.includes(typed)) names.unshift(typed);
  return names.map((name) => {
    const on = chosen.some((one) => one.name === name);
    return h("li", {}, h("button", { type: "button", class: "pick", "aria-pressed": String(on),
      "data-pick": `name ${name}`,
      onclick: () => take({ name }) }, h("span", { class: "still none" }, icon("add")),
    h("span", {}, h("strong", {}, name),
      h("small", {}, "By its name alone, without a picture. To give it one, make it under Exercises first.")),
    on && h("span", { class: "badge", "aria-hidden": "true" }, icon("check"))));
  });
}
