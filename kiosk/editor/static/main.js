// The page's frame: it opens the session, shows the view that the address names, and asks before one is left.

import * as api from "/static/api.js";
import { h, fill, say } from "/static/dom.js";
import { icon } from "/static/icons.js";
import { route as shown } from "/static/route.js";
import { signIn } from "/static/sign-in.js";

const VIEWS = [
  // What the address has after #/, and the module that shows it. Groups become the arguments of `show`.
  [/^$/, "circuits"],
  [/^circuit\/new(?:\/(.+))?$/, "circuit", [null]],
  [/^circuit\/([^/]+)$/, "circuit"],
  [/^exercises$/, "exercises"],
  [/^exercise\/new$/, "exercise", [null]],
  [/^exercise\/([^/]+)$/, "exercise"],
  [/^settings$/, "settings"],
  [/^changes$/, "changes"],
  [/^remote$/, "remote"],
];
const PLACES = [
  ["", "Workouts", "list"],
  ["exercises", "Exercises", "person"],
  ["remote", "Remote", "remote"],
  ["changes", "Changes", "undo"],
  ["settings", "Settings", "gear"],
];

let main;

async function start() {
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  // The key opens the page: it must not stay in the address, which people copy.
  if (key) history.replaceState(null, "", `${location.pathname}#/`);
  api.onSession({ signIn, reached });
  try {
    await api.open(key ? { key } : null);
  } catch (error) {
    if (error.status !== 401 && error.status !== 403) {
      unreachable(error);
      return;
    }
    await signIn(error.status === 403 ? error.message : "");
  }
  main = h("main", { id: "main", tabindex: "-1" });
  fill(
    document.getElementById("page"),
    h("a", { class: "skip", href: "#main", onclick: toMain }, "To the content"),
    h("div", { id: "lost", class: "banner bad", role: "alert", hidden: true }),
    h("header", { class: "top" }, h("a", { class: "brand", href: "#/" }, icon("wall"), "On the wall"), places()),
    main,
  );
  window.addEventListener("hashchange", go);
  window.addEventListener("beforeunload", (event) => {
    if (shown.leave?.unsaved?.()) event.preventDefault();
  });
  await go();
}

function unreachable(error) {
  const again = h("button", { type: "button", class: "main", onclick: () => location.reload() }, "Try again");
  fill(document.getElementById("page"), h("main", { class: "view" }, h("h1", {}, "That did not work"),
    h("p", {}, error.message), h("p", {}, again)));
}

function places() {
  const links = PLACES.map(([place, word, drawing]) => {
    return h("a", { href: `#/${place}`, "data-place": place }, icon(drawing), h("span", {}, word));
  });
  return h("nav", { class: "places", "aria-label": "Parts of the page" }, links);
}

function toMain(event) {
  event.preventDefault();
  main.focus();
}

async function go() {
  const hash = location.hash.replace(/^#\/?/, "");
  if (hash === shown.hash) return;
  const before = shown.hash;
  // While one question is open there is no second one.
  const stays = shown.asking || (shown.leave && (await mayLeave()) === false);
  if (stays) {
    history.replaceState(null, "", `#/${before}`);
    return;
  }
  shown.hash = hash;
  shown.leave = null;
  for (const link of document.querySelectorAll("[data-place]")) {
    const here = link.dataset.place.replace(/s$/, "") === (hash.split("/")[0] || "circuit").replace(/s$/, "");
    const first = link.dataset.place === "" && /^(circuit.*)?$/.test(hash);
    if (here || first) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  // What a view has set up outside of its own element goes with it.
  delete document.body.dataset.view;
  await show(hash, before !== null);
}

async function mayLeave() {
  shown.asking = true;
  try {
    return await shown.leave();
  } finally {
    shown.asking = false;
  }
}

async function show(hash, moved) {
  const place = h("div", { class: "view" });
  fill(main, place);
  place.append(h("p", { class: "waiting", "aria-busy": "true" }, "Loading ..."));
  const [view, values] = viewOf(hash);
  try {
    if (!view) throw new api.ApiError(404, { error: `There is nothing at #/${hash}.` });
    const module = await import(`/static/${view}.js`);
    const content = h("div", { class: `view ${view}` });
    const leave = await module.show(content, ...values);
    // Somebody may have gone on while the view was loading.
    if (shown.hash !== hash) {
      if (leave) await leave();
      return;
    }
    document.body.dataset.view = view;
    place.replaceWith(content);
    shown.leave = leave || null;
  } catch (error) {
    if (shown.hash === hash) fill(place, trouble(error));
  }
  const heading = main.querySelector("h1");
  document.title = heading ? `${heading.textContent} – on the wall` : "On the wall";
  if (!moved) return;
  window.scrollTo(0, 0);
  if (heading && !main.contains(document.activeElement)) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

function viewOf(hash) {
  for (const [pattern, view, first = []] of VIEWS) {
    const match = pattern.exec(hash);
    if (match) return [view, [...first, ...match.slice(1).map((one) => one && readable(one))]];
  }
  return [null, []];
}

/** A part of the address without its escapes; one that somebody has mistyped stays as it is. */
function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function trouble(error) {
  const again = h("button", { class: "main", onclick: () => show(shown.hash, true) }, "Try again");
  const words = error instanceof api.ApiError ? error.message
    : `This part of the page could not be loaded (${error.message}).`;
  return [h("h1", {}, "That did not work"), h("p", {}, words), h("p", { class: "row" }, again,
    h("a", { class: "button", href: "#/" }, "To the workouts"))];
}

function reached(there) {
  const banner = document.getElementById("lost");
  if (!banner || banner.hidden === there) return;
  banner.hidden = there;
  fill(banner, there ? "" : "The wall does not answer. The page there may have closed: open it again at the wall and "
    + "come back. What you typed stays here.");
  if (there) say("The wall answers again.");
}

start();
