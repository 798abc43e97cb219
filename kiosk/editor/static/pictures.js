// The picture of an exercise: a figure of the library, an own photo or an own clip.

import { path, post } from "/static/api.js";
import { cutClip, cutPhoto } from "/static/cutting.js";
import { choose, complain } from "/static/dialogs.js";
import { fill, h, say } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { chooseFigure, still, stillOf, titleOf } from "/static/library.js";
import { savedFrames, showLoop } from "/static/loop.js";

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
  const play = h("button", { type: "button", hidden: true, onclick: see }, icon("play"), "Play");
  const trouble = h("p", { class: "error", role: "alert" });
  // It is in the page, since some browsers forget a file field that is nowhere.
  const input = h("input", { type: "file", hidden: true, "aria-label": "Picture" });
  const node = h(
    "div",
    { class: "field all picture-field", "data-path": JSON.stringify(["picture"]) },
    h("span", { class: "label" }, "Picture"),
    h("div", { class: "card picture-card" }, shown, h("div", { class: "row" }, play, change)),
    input,
    trouble,
  );
  let document = {};
  const uploads = {};
  let sending = null;

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
      input.onchange = () => {
        sending = take(input.files[0], cut);
      };
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
      uploads[upload] = frames;
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

  async function see() {
    const { upload } = document.picture;
    try {
      await showLoop(upload ? uploads[upload] : await savedFrames(own));
    } catch (error) {
      complain(error);
    }
  }

  function show(now) {
    document = now;
    const some = document.figure || document.picture;
    const frames = uploads[document.picture?.upload];
    fill(change, icon(some ? "pen" : "add"), some ? "Change picture" : "Add a picture");
    tell(frames?.length > 1);
    if (document.picture && !frames) findClip();
  }

  function tell(moves) {
    const [picture, title, about] = look(document, own, moves);
    fill(shown, picture, h("p", {}, h("strong", {}, title), h("small", {}, about)));
    play.hidden = !moves;
  }

  /** Finds out whether the saved picture is a clip: then it has a second frame. */
  async function findClip() {
    const asked = document.picture;
    const frames = await savedFrames(own, 2, 1).catch(() => []);
    if (frames.length && document.picture === asked) tell(true);
  }

  const self = {
    node,
    show,
    /** A promise: the picture that was chosen last has been sent. */
    get sending() {
      return sending;
    },
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

function look({ figure, picture }, own, moves) {
  if (picture) {
    const source = picture.upload ? path`/api/uploads/${picture.upload}/1` : path`/api/pictures/${own}`;
    const about = moves ? "The wall plays it over and over, in place of the figure." : "The wall shows it in place of the figure.";
    return [still(source), moves ? "Own clip" : "Own photo", about];
  }
  if (figure) return [stillOf(figure), titleOf(figure), "Figure of the library"];
  return [
    h("span", { class: "still none", "aria-hidden": "true" }, icon("person")),
    "No picture",
    "The wall shows the steps, or the name in large letters.",
  ];
}
