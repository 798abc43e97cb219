// The picture of an exercise: a figure of the library, an own photo or an own clip.

import { path, post } from "/static/api.js";
import { choose, complain } from "/static/dialogs.js";
import { fill, h, say } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { chooseFigure, still, stillOf, titleOf } from "/static/library.js";
import { cutClip, cutPhoto } from "/static/cutting.js";

const CHOICES = [
  { value: "figure", label: "Figure", hint: "An animated one from the library", drawing: "person" },
  { value: "photo", label: "Photo", hint: "From this device", drawing: "photo" },
  { value: "camera", label: "Take a photo", hint: "With the camera", drawing: "camera" },
  { value: "clip", label: "Clip", hint: "Up to 4 s of a video from this device", drawing: "play" },
  { value: "film", label: "Record a clip", hint: "With the camera", drawing: "film" },
];
const NOTHING = { value: "nothing", label: "No picture", hint: "The wall shows the steps or the name", drawing: "bin" };
const FILES = {
  photo: { accept: "image/*", cut: cutPhoto },
  camera: { accept: "image/*", capture: "environment", cut: cutPhoto },
  clip: { accept: "video/*", cut: cutClip },
  film: { accept: "video/*", capture: "environment", cut: cutClip },
};

/**
 * Returns {node, show(document)}: what the wall shows, and a button to change it. `own` is the name of the saved
 * exercise or null; `onchange(values)` gets the new {figure} or {picture}, which is {} for none.
 */
export function pictureField({ figures, own, onchange }) {
  const shown = h("div", { class: "picture-now" });
  const change = h("button", { type: "button", onclick: pick }, icon("pen"), "Change picture");
  const trouble = h("p", { class: "error", role: "alert" });
  // It is in the page, since some browsers forget a file field that is nowhere.
  const input = h("input", { type: "file", hidden: true, "aria-label": "Picture" });
  const node = h(
    "div",
    { class: "field all picture-field", "data-path": JSON.stringify(["picture"]) },
    h("span", { class: "label" }, "Picture"),
    h("div", { class: "card picture-card" }, shown, change),
    input,
    trouble,
  );
  let document = {};
  let uploads = {};

  async function pick() {
    const some = document.figure || document.picture;
    const way = await choose("What does the wall show?", some ? [...CHOICES, NOTHING] : CHOICES);
    if (way === "figure") {
      const figure = await chooseFigure(figures, document.figure);
      if (figure) onchange({ figure });
    } else if (way === "nothing") {
      onchange({});
    } else if (way) {
      const { accept, capture, cut } = FILES[way];
      input.accept = accept;
      if (capture) input.setAttribute("capture", capture);
      else input.removeAttribute("capture");
      input.value = "";
      input.onchange = () => take(input.files[0], cut);
      input.click();
    }
  }

  async function take(file, cut) {
    fill(trouble);
    if (!file) return;
    try {
      const frames = await cut(file);
      if (!frames) return;
      change.disabled = true;
      fill(shown, h("p", { class: "waiting", "aria-busy": "true" }, "Sending ..."));
      const form = new FormData();
      frames.forEach((frame, at) => form.append("file", frame, `${at + 1}.jpg`));
      const { upload } = await post("/api/pictures", form);
      uploads = { [upload]: frames.length };
      onchange({ picture: { upload } });
      say(frames.length > 1 ? "The clip is in its place." : "The photo is in its place.");
    } catch (error) {
      fill(trouble, icon("warn"), error.message);
      show(document);
      if (!trouble.isConnected) complain(error);
    } finally {
      change.disabled = false;
      change.focus();
    }
  }

  function show(now) {
    document = now;
    const [picture, title, about] = look(document, own, uploads);
    fill(shown, picture, h("p", {}, h("strong", {}, title), h("small", {}, about)));
    fill(change, icon(title ? "pen" : "add"), document.figure || document.picture ? "Change picture" : "Add a picture");
  }

  const self = {
    node,
    show,
    complain(text) {
      fill(trouble, text && [icon("warn"), text]);
      node.classList.toggle("wrong", Boolean(text));
    },
    warn() {},
    focus() {
      change.focus();
    },
  };
  node.field = self;
  return self;
}

function look({ figure, picture }, own, uploads) {
  if (picture?.upload) {
    const frames = uploads[picture.upload];
    const about = frames > 1 ? `${(frames / 10).toFixed(1)} s, over and over` : "It fills the place of the figure.";
    return [still(path`/api/uploads/${picture.upload}/1`), frames > 1 ? "Own clip" : "Own photo", about];
  }
  if (picture) {
    return [still(path`/api/pictures/${own}`), "Own picture", "It fills the place of the figure."];
  }
  if (figure) return [stillOf(figure), titleOf(figure), "Figure of the library"];
  return [
    h("span", { class: "still none", "aria-hidden": "true" }, icon("person")),
    "No picture",
    "The wall shows the steps, or the name in large letters.",
  ];
}
