// The dialogs in which a photo or a clip is cut for the wall: the part to show, and where a clip starts.

import {
  A_SECOND, close as letGo, framesOf, LONGEST_S, openClip, openPhoto, SHORTEST_S, shrunk,
} from "/static/clip.js";
import { dialog } from "/static/dialogs.js";
import { fill, h, newId } from "/static/dom.js";
import { loopOf } from "/static/loop.js";

const MIDDLE = 0.5;
const SHAPE = 16 / 9;

/** Lets people crop the photo in a file; returns its JPEG in a list, null for none. Throws what keeps it from that. */
export async function cutPhoto(file) {
  const image = await openPhoto(file);
  try {
    return await dialog("Crop the photo", (close) => photoContent(image, close), { wide: true });
  } finally {
    letGo(image);
  }
}

/** Lets people trim the clip in a file; returns its frames as JPEGs, null for none. Throws what keeps it from that. */
export async function cutClip(file) {
  const video = await openClip(file);
  const ends = new AbortController();
  try {
    return await dialog("Trim the clip", (close) => clipContent(video, close, ends.signal), { wide: true });
  } finally {
    ends.abort();
    letGo(video);
  }
}

function photoContent(image, close) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const state = { whole: width < height, place: MIDDLE };
  const stage = h("div", { class: "stage" }, image);
  const place = placeField(width, height, state, () => draw());
  const whole = h("input", {
    type: "checkbox",
    role: "switch",
    id: newId("whole"),
    checked: state.whole,
    onchange: () => {
      state.whole = whole.checked;
      draw();
    },
  });
  const trouble = h("p", { class: "error", role: "alert" });
  const draw = () => {
    crop(image, state.whole ? null : state.place);
    if (place) place.hidden = state.whole;
  };
  draw();
  return [
    h(
      "div",
      { class: "sheet-body" },
      stage,
      place,
      h("label", { class: "toggle", for: whole.id }, h("span", {}, "Show the whole photo"), whole),
      trouble,
    ),
    h(
      "div",
      { class: "answers sticky" },
      h(
        "button",
        {
          class: "main",
          type: "button",
          onclick: async (event) => {
            event.currentTarget.disabled = true;
            try {
              close([await shrunk(image, state.whole ? null : state.place)]);
            } catch (error) {
              fill(trouble, error.message);
            }
          },
        },
        "Use this photo",
      ),
      h("button", { type: "button", onclick: () => close() }, "Cancel"),
    ),
  ];
}

function clipContent(video, close, signal) {
  const longest_s = Math.max(SHORTEST_S, Math.min(LONGEST_S, Math.floor(video.duration * A_SECOND) / A_SECOND));
  const state = { start_s: 0, length_s: longest_s, place: MIDDLE };
  const stage = h("div", { class: "stage" }, video);
  const place = placeField(video.videoWidth, video.videoHeight, state, () => crop(video, state.place));
  const start = slider(
    "Start",
    { max: Math.max(0, video.duration - SHORTEST_S), step: 0.1, value: 0, tell: inSeconds },
    (value) => {
      state.start_s = value;
      video.currentTime = value;
    },
  );
  const length = slider(
    "Length",
    { min: SHORTEST_S, max: longest_s, step: 0.1, value: longest_s, tell: inSeconds },
    (value) => {
      state.length_s = value;
    },
  );
  const body = h("div", { class: "sheet-body" }, stage, start, length, place);
  const answers = h("div", { class: "answers sticky" });
  crop(video, state.place);

  function cut() {
    fill(body, stage, start, length, place);
    fill(stage, video);
    fill(
      answers,
      h("button", { class: "main", type: "button", onclick: make }, "See it as a loop"),
      h("button", { type: "button", onclick: () => close() }, "Cancel"),
    );
  }

  async function make() {
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Pictures made" });
    fill(
      answers,
      h("p", { class: "making" }, "Making pictures ...", bar),
      h("button", { type: "button", onclick: () => close() }, "Cancel"),
    );
    for (const input of body.querySelectorAll("input")) input.disabled = true;
    try {
      const wanted = { ...state, length_s: Math.min(state.length_s, video.duration - state.start_s) };
      look(
        await framesOf(
          video,
          wanted,
          (done, all) => {
            bar.value = done / all;
          },
          signal,
        ),
      );
    } catch (error) {
      if (signal.aborted) return;
      cut();
      body.append(h("p", { class: "error", role: "alert" }, error.message || "The clip cannot be trimmed here."));
    } finally {
      for (const input of body.querySelectorAll("input")) input.disabled = false;
    }
  }

  async function look(frames) {
    const loop = await loopOf(frames, signal);
    fill(
      body,
      h("div", { class: "stage" }, loop.canvas),
      h("p", {}, `${frames.length} pictures, ten a second. The wall ` + "shows them over and over."),
      loop.button,
    );
    const use = h("button", { class: "main", type: "button", onclick: () => close(frames) }, "Use this clip");
    fill(answers, use, h("button", { type: "button", onclick: cut }, "Trim again"));
    use.focus();
  }

  cut();
  return [body, answers];
}

/** Shows only the part that is used; `place` is null for all of it. */
function crop(picture, place) {
  picture.style.objectFit = place === null ? "contain" : "cover";
  picture.style.objectPosition = `${(place ?? MIDDLE) * 100}% ${(place ?? MIDDLE) * 100}%`;
}

/** A slider for the part of a picture that is shown, null if it has the right shape. */
function placeField(width, height, state, onchange) {
  const ratio = width / height;
  if (Math.abs(ratio / SHAPE - 1) < 0.02) return null;
  const wide = ratio > SHAPE;
  return slider(
    wide ? "Left or right" : "Up or down",
    { max: 1, step: 0.01, value: state.place, tell: (value) => `${Math.round(value * 100)} %` },
    (value) => {
      state.place = value;
      onchange();
    },
  );
}

function slider(label, { min = 0, max, step, value, tell }, onchange) {
  const output = h("output", {}, tell(value));
  const input = h("input", {
    type: "range",
    id: newId("slider"),
    min,
    max,
    step,
    value,
    "aria-valuetext": tell(value),
    oninput: () => {
      output.textContent = tell(Number(input.value));
      input.setAttribute("aria-valuetext", output.textContent);
      onchange(Number(input.value));
    },
  });
  // The value comes last: it is kept within the limits that there are.
  input.value = value;
  return h("div", { class: "slider" }, h("label", { for: input.id }, label), output, input);
}

function inSeconds(value) {
  return `${value.toFixed(1)} s`;
}
