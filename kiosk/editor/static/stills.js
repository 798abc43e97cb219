// Small pictures that the server may have to draw first. Few are fetched at a time, and only those that are in sight:
// a browser has six connections to the server, and saving must not wait for pictures.

import { path } from "/static/api.js";
import { h } from "/static/dom.js";
import { icon } from "/static/icons.js";

const AT_A_TIME = 2;
const waiting = new Set();
const sources = new WeakMap();
let loading = 0;

const sight = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    if (isIntersecting) waiting.add(target);
    else waiting.delete(target);
  }
  next();
}, { rootMargin: "120px" });

/** A picture that is fetched when it is in sight and its turn has come. */
export function lateImage(source, attributes = {}) {
  const image = h("img", { alt: "", draggable: "false", ...attributes });
  sources.set(image, source);
  sight.observe(image);
  return image;
}

function next() {
  for (const image of waiting) {
    if (loading >= AT_A_TIME) return;
    waiting.delete(image);
    if (!image.isConnected) continue;
    sight.unobserve(image);
    loading += 1;
    const done = () => {
      loading -= 1;
      next();
    };
    image.addEventListener("load", done, { once: true });
    image.addEventListener("error", done, { once: true });
    image.src = sources.get(image);
  }
}

/** The picture of an exercise: its own photo, or its figure. */
export function still(exercise) {
  const source = !exercise ? null : exercise.picture ? path`/api/pictures/${exercise.name}`
    : exercise.figure ? path`/api/figures/${exercise.figure}.png` : null;
  if (!source) return h("span", { class: "still none" }, icon("person"));
  return h("span", { class: "still" }, lateImage(source, { width: 56, height: 56 }));
}
