// The wall's picture of a moment, and the bar of a workout's intervals on which the moment is chosen.

import * as api from "/static/api.js";
import { h, fill, settled } from "/static/dom.js";
import { clock, total } from "/static/format.js";
import { dialog } from "/static/dialogs.js";

/** How many pixels the wall's picture is wide. */
const WIDTH = 640;
/** How wide work without a length is on the bar, in seconds. */
const OPEN_S = 60;
const WORDS = { get_ready: "Get ready", work: "Work", easy: "Easy", switch: "Switch sides", changeover: "Changeover",
  round_break: "Round break", rest: "Rest" };
const COLOURS = { get_ready: "--ready", work: "--work", easy: "--easy" };

/**
 * The wall's picture of a draft. `draw({kind, name, document, at_s})` asks for a new one; while one is drawn, only the
 * newest wish waits. `sleep()` ends it.
 */
export function wallPicture(label = "The wall") {
  const image = h("img", { alt: label, width: WIDTH, height: (WIDTH * 9) / 16, hidden: true, draggable: "false" });
  const note = h("span", { class: "wall-note" }, "The wall's picture");
  const node = h("div", { class: "wall" }, image, note);
  let [busy, wish, awake, address] = [false, null, true, null];

  const show = (picture) => {
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(picture);
    image.src = address;
    image.hidden = false;
    note.textContent = "";
    node.classList.remove("old");
    node.dataset.drawn = String(Number(node.dataset.drawn || 0) + 1);
  };
  const work = async () => {
    busy = true;
    while (wish && awake) {
      const now = wish;
      wish = null;
      try {
        const picture = await api.blob("/api/draft/picture", { ...now, width: WIDTH });
        if (awake) show(picture);
      } catch (error) {
        if (error.status === 409 && !wish) wish = now.again ? null : { ...now, again: true };
        else if (error.status !== 409) old(error.status === 422 ? "As it was before the mistake"
          : "No picture of the wall");
      }
    }
    busy = false;
  };
  const old = (words) => {
    node.classList.add("old");
    note.textContent = words;
  };
  return {
    node,
    image,
    draw(what) {
      if (image.hidden) note.textContent = "The picture is being drawn";
      wish = what;
      if (!busy) work();
    },
    old,
    sleep() {
      awake = false;
      if (address) URL.revokeObjectURL(address);
    },
  };
}

/** Picture, bar and total of a workout. `what()` returns {name, document} of the draft; `pick(interval)` is told. */
export function preview({ what, pick = () => {} }) {
  const picture = wallPicture();
  const moment = h("p", { class: "moment" });
  const sum = h("strong", { class: "sum" }, "–");
  const canvas = h("canvas", { "aria-hidden": "true" });
  const bar = h("div", { class: "bar", role: "slider", tabindex: "0", "aria-label": "Moment of the workout",
    "aria-valuemin": "0", "aria-valuemax": "0", "aria-valuenow": "0", "aria-valuetext": "no moment yet" }, canvas);
  const larger = h("button", { type: "button", class: "picture-button", "aria-label": "Show the wall's picture large" },
    picture.node);
  const node = h("section", { class: "preview", "aria-label": "What the wall will show" },
    larger, h("div", { class: "preview-words" }, h("p", {}, sum), moment), bar);
  let [plan, at_s, spans, wide, chosen] = [null, 0, [], 0, false];

  const draw = () => {
    paint(canvas, spans, wide, at_s);
    const here = intervalAt(plan, at_s);
    const said = here ? `${clock(known(spans, at_s))} · ${about(here)}` : "";
    fill(moment, here && [h("span", { class: `dot ${here.kind}` }), said]);
    bar.setAttribute("aria-valuemax", String(Math.round(plan ? end(plan) : 0)));
    bar.setAttribute("aria-valuenow", String(Math.round(at_s)));
    bar.setAttribute("aria-valuetext", said || "no moment yet");
  };
  const ask = () => picture.draw({ kind: "circuits", ...what(), at_s });
  const soon = settled(ask, 60);
  const go = (to_s) => {
    if (!plan) return;
    chosen = true;
    at_s = Math.min(Math.max(0, to_s), Math.max(0, end(plan) - 0.01));
    draw();
    soon();
    pick(intervalAt(plan, at_s));
  };
  const step = (way) => {
    const place = plan.intervals.indexOf(intervalAt(plan, at_s));
    const next = plan.intervals[Math.min(plan.intervals.length - 1, Math.max(0, place + way))];
    go(good(next));
  };
  const pointer = (event) => {
    const box = bar.getBoundingClientRect();
    go(timeAt(spans, wide, (event.clientX - box.left) / box.width));
  };
  bar.addEventListener("pointerdown", (event) => {
    if (event.button || !plan) return;
    bar.setPointerCapture(event.pointerId);
    pointer(event);
  });
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) pointer(event);
  });
  bar.addEventListener("keydown", (event) => {
    if (!plan) return;
    const keys = { ArrowRight: () => step(1), ArrowUp: () => step(1), ArrowLeft: () => step(-1),
      ArrowDown: () => step(-1),
      Home: () => go(0), End: () => go(end(plan)), PageUp: () => go(at_s + 60), PageDown: () => go(at_s - 60) };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  larger.addEventListener("click", () => {
    if (!picture.image.src) return;
    dialog("On the wall", () => h("img", { class: "large", alt: `The wall: ${moment.textContent}`,
      src: picture.image.src }), { wide: true });
  });
  const watch = new ResizeObserver(draw);
  watch.observe(bar);
  const light = window.matchMedia("(prefers-color-scheme: light)");
  light.addEventListener("change", draw);

  return {
    node,
    /** Takes a new plan (null: the draft has mistakes) and asks for its picture: of the entry at `path` or as before. */
    show(next, path = null, empty = false) {
      node.classList.toggle("broken", !next);
      if (!next) {
        picture.old(empty ? "Add exercises to see the wall" : "Fix what is marked to see the wall");
        return;
      }
      const before = intervalAt(plan, at_s);
      plan = next;
      ({ spans, wide } = spread(plan));
      fill(sum, sumOf(plan));
      const stays = before && plan.intervals.some((one) => one.start_s === before.start_s && one.kind === before.kind);
      if (!before) at_s = good(plan.intervals.find(works));
      if (path) this.follow(path, false);
      else if (before && !stays) at_s = Math.min(at_s, Math.max(0, end(plan) - 1));
      draw();
      ask();
    },
    /** Goes to the first work of the entry at this path. */
    follow(path, draws = true) {
      if (!plan) return;
      const within = (length) => plan.intervals.filter((one) => one.path
        && path.slice(0, length).every((part, place) => one.path[place] === part));
      // What is under one clock with others has the interval of what is around it.
      const lengths = path.map((_, place) => path.length - place);
      const mine = lengths.map(within).find((some) => some.some(works)) || [];
      const found = mine.find(works) || mine[0];
      const here = intervalAt(plan, at_s);
      // A rest counts with the work after it: whoever has chosen it stays there.
      if (!found || (mine.includes(here) && (works(here) || chosen))) return;
      at_s = good(found);
      chosen = false;
      if (!draws) return;
      draw();
      soon();
    },
    sleep() {
      picture.sleep();
      soon.cancel();
      watch.disconnect();
      light.removeEventListener("change", draw);
    },
  };
}

/** A moment of an interval that shows what it is about: not its first, nor its last three seconds. */
function good(interval) {
  if (!interval) return 0;
  return interval.start_s + Math.min(interval.length_s * 0.4, interval.open ? 12 : Math.max(0, interval.length_s - 4));
}

/** How long it takes; with "for time" and other work with a cap, up to that. */
function sumOf(plan) {
  const capped = plan.open && plan.intervals.every((one) => !one.open || one.length_s < 3600);
  return capped ? `Up to ${total(end(plan))}` : total(plan.total_s, plan.open);
}

function end(plan) {
  const last = plan.intervals.at(-1);
  return last ? last.start_s + last.length_s : 0;
}

function intervalAt(plan, at_s) {
  if (!plan) return null;
  return plan.intervals.findLast((one) => one.start_s <= at_s + 0.001) || plan.intervals[0] || null;
}

function works({ kind }) {
  return kind === "work" || kind === "easy";
}

function about(interval) {
  const word = WORDS[interval.kind] || interval.kind;
  return interval.label && interval.label.toLowerCase() !== word.toLowerCase() ? `${word}: ${interval.label}` : word;
}

/** Where each interval is on the bar: open work has a width of its own there. */
function spread(plan) {
  let from = 0;
  let known_s = 0;
  const spans = plan.intervals.map((interval) => {
    const width = interval.open ? Math.min(OPEN_S, interval.length_s) : interval.length_s;
    const span = { interval, from, width, known_s };
    from += width;
    known_s += interval.open ? 0 : interval.length_s;
    return span;
  });
  return { spans, wide: from };
}

function timeAt(spans, wide, part) {
  const at = Math.min(Math.max(part, 0), 1) * wide;
  const span = spans.findLast((one) => one.from <= at) || spans[0];
  if (!span) return 0;
  return span.interval.start_s + ((at - span.from) / (span.width || 1)) * span.interval.length_s;
}

function spanAt(spans, at_s) {
  return spans.findLast((one) => one.interval.start_s <= at_s + 0.001);
}

/** The time on the clock of everybody: without work that has no length. */
function known(spans, at_s) {
  const span = spanAt(spans, at_s);
  if (!span) return at_s;
  return span.known_s + (span.interval.open ? 0 : at_s - span.interval.start_s);
}

function paint(canvas, spans, wide, at_s) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width || !wide) return;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  pen.scale(scale, scale);
  const x = (at) => (at / wide) * width;
  for (const { interval, from, width: length } of spans) {
    const gap = x(length) > 4 ? 1 : 0;
    const tall = works(interval) ? height - 12 : (height - 12) * 0.5;
    pen.fillStyle = colour(COLOURS[interval.kind] || "--rest");
    pen.fillRect(x(from), height - 6 - tall, Math.max(x(length) - gap, 0.5), tall);
    if (!interval.open) continue;
    // Open: it has no end, which the notches say.
    pen.fillStyle = colour("--surface");
    for (let at = x(from) + 4; at < x(from + length) - 3; at += 6) pen.fillRect(at, height - 6 - tall * 0.45, 3, 3);
  }
  const span = spanAt(spans, at_s);
  if (!span) return;
  const part = Math.min(1, (at_s - span.interval.start_s) / (span.interval.length_s || 1));
  const at = Math.min(Math.max(x(span.from + part * span.width), 2), width - 2);
  pen.fillStyle = colour("--text");
  pen.fillRect(at - 1.5, 0, 3, height);
  pen.beginPath();
  pen.arc(at, 5, 5, 0, 7);
  pen.fill();
}
