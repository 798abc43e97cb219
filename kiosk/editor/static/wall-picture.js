// The wall's picture of an exercise that is being edited: during its work, or in the rest before it.

import { choiceField } from "/static/fields.js";
import { h } from "/static/dom.js";
import { wallPicture } from "/static/timeline.js";

const MOMENTS = [
  { value: "0", label: "In work" },
  // In the rest before it, the wall tells how and why.
  { value: "-15", label: "Rest before" },
];

/** Returns {node, show(draft), old(words), sleep()}. `show` takes the body of a draft, null if there is none to be drawn. */
export function exercisePicture() {
  const picture = wallPicture({ label: "The wall with this exercise" });
  let draft = null;
  let at_s = 0;
  const ask = () => draft && picture.draw({ ...draft, at_s });
  const moments = choiceField({ label: "Moment", hideLabel: true, value: MOMENTS[0].value, options: MOMENTS, onchange: (value) => {
    at_s = Number(value);
    ask();
  } });
  return {
    node: h("section", { class: "preview with-moments", "aria-label": "What the wall will show" }, picture.node, moments.node),
    show(now) {
      draft = now;
      ask();
    },
    old(words) {
      draft = null;
      picture.old(words);
    },
    sleep: picture.sleep,
  };
}
