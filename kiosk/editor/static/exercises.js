// The list of exercises: search, filters by equipment and muscle, and a card for each with its picture.

import { get, path } from "/static/api.js";
import { fill, h, newId, say, settled } from "/static/dom.js";
import { capital, count, hasWords } from "/static/format.js";
import { icon } from "/static/icons.js";
import { still } from "/static/stills.js";

const FILTERS = [
  ["equipment", "Equipment", "Equipment", "No equipment"],
  ["muscles", "Muscle", "Muscle", null],
];
const NONE = "-";

// What was looked for stays while people go to an exercise and come back.
const sought = { text: "", equipment: "", muscles: "" };

export async function show(main) {
  const { exercises, equipment, muscles } = await get("/api/overview");
  const words = { equipment, muscles };
  const list = h("ul", { class: "exercise-cards" });
  const found = h("p", { class: "found" });
  const search = h("input", {
    type: "search",
    id: newId("search"),
    value: sought.text,
    placeholder: "Search exercises",
    autocomplete: "off",
    enterkeyhint: "search",
  });
  const menus = FILTERS.map(([key, label, any, none]) => menuOf(key, label, any, none, words[key]));
  const tell = settled(() => say(found.textContent), 600);

  function look() {
    sought.text = search.value;
    for (const menu of menus) sought[menu.key] = menu.select.value;
    const chosen = exercises.filter(matches).sort((one, other) => one.title.localeCompare(other.title));
    const all = chosen.length === exercises.length;
    fill(
      found,
      all ? count(exercises.length, "exercise") : `${chosen.length} of ${count(exercises.length, "exercise")}`,
    );
    fill(list, chosen.map(card));
    if (!chosen.length) fill(list, h("li", { class: "nothing" }, nothing(exercises.length, forget)));
  }

  function forget() {
    search.value = "";
    for (const menu of menus) menu.select.value = "";
    look();
    search.focus();
  }

  search.addEventListener("input", () => {
    look();
    tell();
  });
  for (const { select } of menus) {
    select.addEventListener("change", () => {
      look();
      tell();
    });
  }
  look();
  fill(
    main,
    h(
      "div",
      { class: "view-head" },
      h("h1", {}, "Exercises"),
      h("a", { class: "button main new", href: "#/exercise/new" }, icon("add"), "New exercise"),
    ),
    h(
      "div",
      { class: "sought", role: "search", "aria-label": "Exercises" },
      h(
        "div",
        { class: "search" },
        h("label", { class: "unseen", for: search.id }, "Search exercises"),
        icon("search"),
        search,
      ),
      menus.map((menu) => menu.node),
    ),
    found,
    list,
  );
}

function menuOf(key, label, any, none, words) {
  const select = h(
    "select",
    { id: newId("filter") },
    h("option", { value: "" }, any),
    none && h("option", { value: NONE }, none),
    words.map((word) => h("option", { value: word }, capital(word))),
  );
  select.value = sought[key];
  // A word that has gone from all exercises finds nothing any more.
  if (select.selectedIndex < 0) select.value = "";
  return { key, select, node: h("div", {}, h("label", { class: "unseen", for: select.id }, label), select) };
}

function matches(exercise) {
  const text = [exercise.title, exercise.short, ...exercise.muscles, ...exercise.equipment].join(" ");
  if (!hasWords(text, sought.text)) return false;
  return FILTERS.every(([key]) => {
    if (!sought[key]) return true;
    return sought[key] === NONE ? !exercise[key].length : exercise[key].includes(sought[key]);
  });
}

function card(exercise) {
  const uses = exercise.used_by.length;
  return h(
    "li",
    {},
    h(
      "a",
      { class: "exercise-card", href: `#${path`/exercise/${exercise.name}`}` },
      still(exercise),
      h(
        "span",
        { class: "about" },
        h("strong", {}, exercise.title),
        exercise.muscles.length > 0 && h("span", { class: "muscles" }, exercise.muscles.slice(0, 3).join(", ")),
        h(
          "span",
          { class: "needs" },
          exercise.equipment.map((one) => h("span", { class: "chip" }, one)),
          h("span", { class: "uses" }, uses ? `In ${count(uses, "workout")}` : "Not used"),
        ),
      ),
    ),
  );
}

function nothing(all, forget) {
  if (!all) return h("p", {}, "There are no exercises yet.");
  return [
    h("p", {}, "No exercise is like that."),
    h("button", { type: "button", onclick: forget }, "Show all exercises"),
  ];
}
