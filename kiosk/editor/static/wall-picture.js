// The wall's picture of an exercise that is being edited: during its work, or in the rest before it.

import { choiceField } from "/static/fields.js";
import { h } from "/static/dom.js";
import { wallPicture } from "/static/timeline.js";

// Seconds since its work began, as text. Before it, the wall says how it is done and what is needed, then why.
const [WORK, HOW, WHY] = ["0", "-19", "-12"];
const MOMENTS = [
  { value: WORK, label: "Work" },
  { value: HOW, label: "Rest: how" },
  { value: WHY, label: "Rest: why" },
];
const SHOWN_AT = {
  cues: WORK,
  easier: WORK,
  figure: WORK,
  picture: WORK,
  how: HOW,
  equipment: HOW,
  why: WHY,
  muscles: WHY,
};

/**
 * Returns {node, turn(key), show(draft), old(words), sleep()}. `turn` goes to where a key is shown, `show` takes the
 * body of a draft.
 */
export function exercisePicture() {
  const picture = wallPicture("The wall with this exercise");
  let draft = null;
  const ask = () => draft && picture.draw({ ...draft, at_s: Number(moments.value) });
  const moments = choiceField({
    label: "Moment",
    hideLabel: true,
    value: WORK,
    options: MOMENTS,
    onchange: ask,
  });
  return {
    node: h(
      "section",
      { class: "preview with-moments", "aria-label": "What the wall will show" },
      picture.node,
      moments.node,
    ),
    turn(key) {
      if (key in SHOWN_AT) moments.value = SHOWN_AT[key];
    },
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
