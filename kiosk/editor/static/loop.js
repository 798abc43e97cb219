// A clip as the wall shows it: ten frames a second, over and over.

import { blob, path } from "/static/api.js";
import { A_SECOND, LONGEST_S } from "/static/clip.js";
import { dialog } from "/static/dialogs.js";
import { fill, h } from "/static/dom.js";
import { icon } from "/static/icons.js";

const MOST_FRAMES = LONGEST_S * A_SECOND;

/** Returns {canvas, button}: the frames as the wall shows them, and a button that holds them. */
export async function loopOf(frames, signal) {
  const pictures = await Promise.all(frames.map((frame) => createImageBitmap(frame)));
  const canvas = h("canvas", {
    width: pictures[0].width,
    height: pictures[0].height,
    role: "img",
    "aria-label": "The clip as a loop",
  });
  const context = canvas.getContext("2d");
  const button = h("button", { type: "button", onclick: () => set(!runs) });
  let runs = false;
  let begun_ms = 0;
  let at = 0;
  const set = (on) => {
    runs = on;
    fill(button, icon(on ? "pause" : "play"), on ? "Pause" : "Play");
    begun_ms = performance.now() - (at * 1000) / A_SECOND;
    if (on) requestAnimationFrame(draw);
  };
  const draw = (now_ms) => {
    if (signal.aborted || !runs) return;
    at = Math.max(0, Math.floor(((now_ms - begun_ms) / 1000) * A_SECOND)) % pictures.length;
    context.drawImage(pictures[at], 0, 0);
    requestAnimationFrame(draw);
  };
  context.drawImage(pictures[0], 0, 0);
  set(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  return { canvas, button };
}

/** Shows a clip in a dialog. */
export async function showLoop(frames) {
  const ends = new AbortController();
  const loop = await loopOf(frames, ends.signal);
  await dialog(
    "On the wall",
    () => h("div", { class: "sheet-body" }, h("div", { class: "stage" }, loop.canvas), loop.button),
    { wide: true },
  );
  ends.abort();
}

/** Returns the frames of an exercise's saved picture from number `first` on; there are none if it is a photo. */
export async function savedFrames(exercise, first = 1, most = MOST_FRAMES) {
  const frames = [];
  for (let number = first; number < first + most; number += 1) {
    try {
      frames.push(await blob(path`/api/pictures/${exercise}/${number}`));
    } catch (error) {
      if (error.status === 404) break;
      throw error;
    }
  }
  return frames;
}
