// The wall's picture of an exercise that is being edited. It follows each change.

import { blob } from "/static/api.js";
import { choiceField } from "/static/fields.js";
import { fill, h, settled } from "/static/dom.js";

const WAIT_MS = 200;
const WORK_S = 0;
const REST_S = -1;
const WIDTHS = [480, 640, 960];

/** Returns {node, follow(draft), end()}. `follow` takes the body of a draft, or a text that says why there is none. */
export function wallPicture() {
  const image = h("img", { alt: "", hidden: true });
  const why = h("p", {}, "The wall's picture comes here.");
  const stage = h("div", { class: "stage" }, image, why);
  const state = { draft: null, at_s: WORK_S, asked: 0, source: "" };
  const moments = choiceField({ label: "Moment", hideLabel: true, value: String(WORK_S), options: [
    { value: String(WORK_S), label: "During work" },
    { value: String(REST_S), label: "Rest before" },
  ], onchange: (value) => {
    state.at_s = Number(value);
    ask();
  } });
  const node = h("figure", { class: "wall-picture", "aria-label": "The wall" }, stage, h("figcaption", {}, moments.node));

  async function ask() {
    const mine = (state.asked += 1);
    if (!state.draft) return;
    stage.setAttribute("aria-busy", "true");
    try {
      const picture = await blob("/api/draft/picture", { ...state.draft, at_s: state.at_s, width: widthOf(stage) });
      if (mine === state.asked) put(picture);
    } catch (error) {
      // A newer one is on its way.
      if (mine !== state.asked || error.data?.error === "superseded") return;
      complain(error.message);
    } finally {
      if (mine === state.asked) stage.removeAttribute("aria-busy");
    }
  }

  function put(picture) {
    URL.revokeObjectURL(state.source);
    state.source = URL.createObjectURL(picture);
    image.src = state.source;
    image.alt = state.at_s === WORK_S ? "The wall during this exercise" : "The wall in the rest before this exercise";
    image.hidden = false;
    why.hidden = true;
  }

  function complain(text) {
    image.hidden = true;
    why.hidden = false;
    fill(why, text);
  }

  const later = settled(ask, WAIT_MS);
  return {
    node,
    follow(draft) {
      state.asked += 1;
      state.draft = typeof draft === "string" ? null : draft;
      if (state.draft) {
        later();
        return;
      }
      later.cancel();
      stage.removeAttribute("aria-busy");
      complain(draft);
    },
    end() {
      later.cancel();
      state.asked += 1;
      URL.revokeObjectURL(state.source);
    },
  };
}

function widthOf(stage) {
  const wanted = (stage.clientWidth || WIDTHS[0]) * Math.min(2, window.devicePixelRatio || 1);
  return WIDTHS.find((width) => width >= wanted) || WIDTHS.at(-1);
}
