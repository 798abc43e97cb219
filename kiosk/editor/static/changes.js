// What was changed: undo, back to how it came, and everything as one zip file.

import { get, path, post } from "/static/api.js";
import { complain, confirm, toast } from "/static/dialogs.js";
import { fill, h, newId } from "/static/dom.js";
import { count, when } from "/static/format.js";
import { part } from "/static/frame.js";
import { icon } from "/static/icons.js";

const LARGEST = 45_000_000;

export async function show(main) {
  const list = h("ol", { class: "changes" });
  const trouble = h("div", { class: "banner bad", role: "alert", hidden: true });
  const overview = await get("/api/overview");

  async function load() {
    const { changes } = await get("/api/changes");
    fill(
      list,
      changes.length
        ? changes.map((change, at) => row(change, at))
        : h("li", { class: "nothing" }, "Nothing was changed here yet."),
    );
  }

  function row(change, at) {
    const undo = h(
      "button",
      { type: "button", "aria-label": `Undo: ${change.what}`, onclick: () => takeBack(change, at) },
      icon("undo"),
      "Undo",
    );
    return h(
      "li",
      { class: "card" },
      h("p", {}, h("strong", {}, change.what), h("small", {}, when(change.when))),
      undo,
    );
  }

  async function takeBack(change, at) {
    const later = at ? ` The ${at === 1 ? "change" : count(at, "change")} after it will be undone, too.` : "";
    const sure = await confirm(
      `Undo “${change.what}”?`,
      `Everything will be as it was before it.${later} This can be undone ` + "as well.",
      at ? `Undo ${count(at + 1, "change")}` : "Undo",
    );
    if (sure) await carryOut(() => post(path`/api/changes/${change.id}/undo`), "Undone");
  }

  async function reset() {
    const sure = await confirm(
      "Back to how it came?",
      "The workouts, exercises and settings that came with the wall come " +
        "back, and your own ones go. It can be undone here.",
      "Back to how it came",
      { danger: true },
    );
    if (sure) await carryOut(() => post("/api/reset"), "Everything is as it came");
  }

  async function take(file) {
    if (!file) return;
    if (file.size > LARGEST) {
      complain(new Error("That file is too large: 45 MB are possible."));
      return;
    }
    const sure = await confirm(
      `Take “${file.name}”?`,
      "What is in it comes to the wall, in the place of what has the same name. " + "It can be undone here.",
      "Take it",
    );
    if (sure)
      await carryOut(
        () => post("/api/archive", new Blob([file], { type: "application/zip" })),
        "The files are on the wall",
      );
  }

  async function carryOut(act, words) {
    trouble.hidden = true;
    main.setAttribute("aria-busy", "true");
    try {
      await act();
      toast(words);
      await load();
    } catch (error) {
      trouble.hidden = false;
      fill(
        trouble,
        h("p", {}, h("strong", {}, error.message)),
        (error.data?.problems ?? [])
          .slice(0, 5)
          .map((one) =>
            h(
              "p",
              {},
              [one.file, one.line && `line ${one.line}`, one.what, one.right].filter(Boolean).join(": "),
            ),
          ),
      );
      trouble.scrollIntoView({ block: "center" });
    } finally {
      main.removeAttribute("aria-busy");
    }
  }

  const input = h("input", {
    type: "file",
    accept: ".zip,application/zip",
    id: newId("zip"),
    hidden: true,
    "aria-label": "Zip file",
    onchange: async () => {
      await take(input.files[0]);
      input.value = "";
    },
  });
  await load();
  fill(
    main,
    h("h1", {}, "Changes"),
    !overview.lasts &&
      h(
        "p",
        { class: "banner warn" },
        "This wall forgets changes when its power goes off. Download them to " + "keep them.",
      ),
    trouble,
    h("p", { class: "lead" }, "The last 50 changes. Each can be undone, and so can an undo."),
    list,
    part(
      "All files",
      h("p", {}, "All workouts, exercises and pictures in one zip file: to keep, or for another wall."),
      h(
        "p",
        { class: "row" },
        h("a", { class: "button", href: "/api/archive.zip", download: "workouts.zip" }, icon("down"), "Download"),
        h("button", { type: "button", onclick: () => input.click() }, icon("up"), "Upload a zip file"),
        input,
      ),
    ),
    part(
      "Start over",
      h("p", {}, "The workouts and exercises that came with the wall, and nothing else."),
      h(
        "p",
        { class: "row" },
        h("button", { type: "button", class: "danger-text", onclick: reset }, icon("redo"), "Back to how it came"),
      ),
    ),
  );
}
