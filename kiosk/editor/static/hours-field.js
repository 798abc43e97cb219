// The fields for opening hours: always, the same every day, or each day by itself.

import { fill, h, newId } from "/static/dom.js";
import { choiceField } from "/static/fields.js";
import { DAYS, faultOf, openOf, pastMidnight, weekOf } from "/static/hours.js";

const KINDS = [
  ["hours", "From – to"],
  ["always", "All day"],
  ["closed", "Closed"],
];
const EVERY_DAY = "Every day";

/** Returns {node, wrong, focus(), complain(text)}: `onchange(open)` gets the value for kiosk.yaml after each change. */
export function hoursField({ value, onchange }) {
  let week = weekOf(value);
  const rows = h("div", { class: "days" });
  const trouble = h("p", { class: "error", role: "alert" });
  const same = week.every((day) => JSON.stringify(day) === JSON.stringify(week[0]));
  let mode = !same ? "days" : week[0].kind === "always" ? "always" : "same";
  const modes = choiceField({
    label: "The gym is open",
    value: mode,
    options: [
      { value: "always", label: "Always" },
      { value: "same", label: "Same every day" },
      { value: "days", label: "By day" },
    ],
    onchange: (chosen) => {
      mode = chosen;
      if (mode === "always") week = weekOf("always");
      if (mode === "same") week = DAYS.map(() => ({ ...week[0], kind: "hours" }));
      draw();
      changed();
    },
  });
  const node = h("div", { class: "field all hours", "data-path": JSON.stringify(["open"]) }, modes.node, rows, trouble);
  const self = {
    node,
    get wrong() {
      return week.some((day) => faultOf(day));
    },
    focus() {
      (node.querySelector(".day.wrong input") || node.querySelector("input")).focus();
    },
    complain(text) {
      fill(trouble, text);
      node.classList.toggle("wrong", Boolean(text));
    },
    warn() {},
  };
  node.field = self;

  function changed() {
    if (!self.wrong) self.complain("");
    onchange(openOf(week));
  }

  function draw() {
    if (mode === "always") fill(rows);
    else if (mode === "same")
      fill(
        rows,
        row(
          EVERY_DAY,
          week[0],
          (day) => {
            week.fill(day);
            changed();
          },
          false,
        ),
      );
    else {
      fill(
        rows,
        DAYS.map((name, at) =>
          row(
            name,
            week[at],
            (day) => {
              week[at] = day;
              changed();
            },
            true,
          ),
        ),
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            onclick: () => {
              week = week.map(() => ({ ...week[0] }));
              draw();
              changed();
            },
          },
          "All days like Monday",
        ),
      );
    }
  }

  draw();
  return self;
}

function row(name, first, keep, choice) {
  let day = { ...first };
  const note = h("small", { class: "day-note", id: newId("note"), "aria-live": "polite" });
  const kind = h(
    "select",
    { "aria-label": `${name}: open or closed`, onchange: () => change({ kind: kind.value }) },
    KINDS.map(([value, label]) => h("option", { value, selected: value === day.kind }, label)),
  );
  const time = (key, label) => {
    const input = h("input", {
      type: "time",
      value: day[key],
      "aria-label": `${name}: ${label}`,
      "aria-describedby": note.id,
      onchange: () => change({ [key]: input.value }),
    });
    return input;
  };
  const times = h(
    "span",
    { class: "times" },
    time("from", "opens"),
    h("span", { "aria-hidden": "true" }, "–"),
    time("to", "closes"),
  );
  const node = h(
    "div",
    { class: choice ? "day" : "day same" },
    h("span", { class: "day-name" }, name),
    choice && kind,
    times,
    note,
  );
  const tell = () => {
    const fault = faultOf(day);
    times.hidden = day.kind !== "hours";
    node.classList.toggle("wrong", Boolean(fault));
    note.textContent = fault || (pastMidnight(day) ? "Closes on the next day" : "");
  };
  const change = (values) => {
    day = { ...day, ...values };
    tell();
    keep(day);
  };
  tell();
  return node;
}
