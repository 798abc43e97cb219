// Moving an entry by its handle: with finger, mouse or keys. Where it may go is asked for; the rest is the view's.

import { h } from "/static/dom.js";
import { icon } from "/static/icons.js";

const START_PX = 5;
const EDGE_PX = 70;

/** A handle. Up and down keys call `step(-1)` and `step(1)`, a press calls `ask`. */
export function handle(attributes, { step, ask }) {
  const onkeydown = (event) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    step(way);
  };
  const usual = { type: "button", class: "bare grip", "data-handle": true, onclick: ask, onkeydown };
  return h("button", { ...usual, ...attributes }, icon("grip"));
}

/**
 * Makes the handles in `root` (elements with data-handle, within an element with data-item) move things.
 * `lists(item)` returns the lists that the item may go into, `drop(item, list, index)` does it, and `index` counts
 * without the item itself.
 */
export function draggable(root, { lists, drop }) {
  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button) return;
    const item = handle.closest("[data-item]");
    follow(root, handle, item, event, lists, drop);
  });
  // A long touch on a handle would open the browser's own menu.
  root.addEventListener("contextmenu", (event) => {
    if (event.target.closest("[data-handle]")) event.preventDefault();
  });
}

function follow(root, handle, item, first, lists, drop) {
  const mark = document.createElement("li");
  mark.className = "drop-mark";
  const start = first.clientY + window.scrollY;
  let target = null;
  let moving = false;
  let at = { x: first.clientX, y: first.clientY };
  let frame = 0;

  const look = () => {
    target = placeAt(at.y, item, lists(item));
    if (!target) mark.remove();
    else if (target.before) target.list.insertBefore(mark, target.before);
    else target.list.append(mark);
  };
  const place = () => {
    item.style.translate = `0 ${at.y + window.scrollY - start}px`;
    look();
  };
  const scroll = () => {
    const [above, below] = [EDGE_PX + 60 - at.y, at.y - (window.innerHeight - EDGE_PX - 40)];
    const by = above > 0 ? -above / 6 : below > 0 ? below / 6 : 0;
    if (by) {
      window.scrollBy(0, by);
      place();
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (event) => {
    at = { x: event.clientX, y: event.clientY };
    if (!moving) {
      if (Math.hypot(at.x - first.clientX, at.y - first.clientY) < START_PX) return;
      moving = true;
      item.classList.add("dragged");
      document.body.classList.add("dragging");
      frame = requestAnimationFrame(scroll);
    }
    place();
  };
  const end = (event) => {
    for (const [name, run] of listeners) window.removeEventListener(name, run, true);
    cancelAnimationFrame(frame);
    mark.remove();
    if (!moving) return;
    item.classList.remove("dragged");
    item.style.translate = "";
    document.body.classList.remove("dragging");
    // The click that follows is not one on the handle.
    const swallow = (click) => {
      click.stopPropagation();
      click.preventDefault();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, true), 0);
    if (event.type === "pointerup" && target) drop(item, target.list, target.index);
  };
  const key = (event) => {
    if (event.key === "Escape") end(event);
  };
  const listeners = [["pointermove", move], ["pointerup", end], ["pointercancel", end], ["keydown", key]];
  for (const [name, run] of listeners) window.addEventListener(name, run, true);
  handle.setPointerCapture?.(first.pointerId);
}

/** The place in the innermost list at this height: {list, index, before}. */
function placeAt(y, item, possible) {
  const inside = possible.filter((list) => {
    const box = list.getBoundingClientRect();
    return !item.contains(list) && y >= box.top - 6 && y <= box.bottom + 6;
  });
  let list = inside.sort((one, other) => (one.contains(other) ? 1 : other.contains(one) ? -1 : 0))[0];
  if (!list) {
    // Above all or below all: the first or last place of the outermost list.
    list = possible.find((one) => !possible.some((other) => other !== one && other.contains(one)));
    if (!list) return null;
  }
  const others = [...list.children].filter((child) => child.matches("[data-item]") && child !== item);
  const index = others.findIndex((child) => {
    const box = child.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (index < 0) return { list, index: others.length, before: null };
  return { list, index, before: others[index] };
}
