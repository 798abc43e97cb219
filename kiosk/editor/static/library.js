// The figures of the library, and the dialog in which one is chosen.

import { path } from "/static/api.js";
import { dialog } from "/static/dialogs.js";
import { fill, h, newId } from "/static/dom.js";
import { capital, hasWords } from "/static/format.js";
import { icon } from "/static/icons.js";
import { lateImage } from "/static/stills.js";

/** A small picture. What is on it is said beside it. */
export function still(source) {
  return h("span", { class: "still" }, lateImage(source));
}

/** The small picture of a figure. */
export function stillOf(figure) {
  return still(path`/api/figures/${figure}.png`);
}

/** A figure's name for people: "side-plank" is "Side plank". */
export function titleOf(figure) {
  return capital(figure.replace(/[-_]+/g, " ").trim());
}

/** Lets people choose one of the figures; returns its name, null for none. */
export function chooseFigure(figures, chosen) {
  return dialog(
    "Choose a figure",
    (close) => {
      const search = h("input", {
        type: "search",
        id: newId("search"),
        placeholder: "Search figures",
        autocomplete: "off",
      });
      const list = h("ul", { class: "figures" });
      const none = h("p", { class: "nothing", role: "status" });
      const look = () => {
        const found = figures.filter((figure) => hasWords(titleOf(figure), search.value));
        fill(
          list,
          found.map((figure) =>
            h(
              "li",
              {},
              h(
                "button",
                { type: "button", "aria-pressed": figure === chosen, onclick: () => close(figure) },
                stillOf(figure),
                h("span", {}, titleOf(figure)),
              ),
            ),
          ),
        );
        none.textContent = found.length ? "" : "No figure is called that.";
      };
      search.addEventListener("input", look);
      look();
      return h(
        "div",
        { class: "sheet-body" },
        h(
          "div",
          { class: "search" },
          h("label", { class: "unseen", for: search.id }, "Search figures"),
          icon("search"),
          search,
        ),
        none,
        list,
      );
    },
    { wide: true },
  );
}
