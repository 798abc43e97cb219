// What the server finds wrong, put at the fields that it is about.

import { h } from "/static/dom.js";
import { capital } from "/static/format.js";

/** Puts each problem and warning at its field within `root`; returns the problems that have none, with the others told. */
export function showProblems(root, problems, warnings = []) {
  const fields = [...root.querySelectorAll("[data-path]")].filter((node) => node.field);
  for (const node of fields) node.field.told = { errors: [], warnings: [] };
  const homeless = [];
  for (const [list, kind] of [[problems, "errors"], [warnings, "warnings"]]) {
    for (const problem of list) {
      const node = nearest(fields, pathOf(problem));
      if (node) node.field.told[kind].push(words(problem));
      else if (kind === "errors") homeless.push(problem);
    }
  }
  for (const node of fields) {
    node.field.complain(node.field.told.errors.join(" "));
    node.field.warn(node.field.told.errors.length ? "" : node.field.told.warnings.join(" "));
  }
  return homeless;
}

/** The problems, with the work that all of a block's list lacks told once: at the block, where it is said for all. */
export function gathered(problems, document) {
  const told = new Set();
  const lacking = problems.filter(lacksWork).map(({ path }) => JSON.stringify(path));
  return problems.flatMap((problem) => {
    const block = problem.path.slice(0, -3);
    if (!lacksWork(problem) || !block.length) return [problem];
    const { exercises } = block.reduce((at, key) => at[key], document);
    const all = exercises.every((_, place) => lacking.includes(JSON.stringify([...block, "exercises", place, "work"])));
    if (!all) return [problem];
    const key = JSON.stringify(block);
    if (told.has(key)) return [];
    told.add(key);
    return [{ ...problem, path: [...block, "work"] }];
  });
}

function lacksWork({ what, path }) {
  return path.at(-1) === "work" && path.at(-3) === "exercises" && /the key "work" is missing/.test(what);
}

/** The path of a problem. What is missing is told at the group that lacks it, and belongs to its field. */
function pathOf(problem) {
  const missing = /the key "(\w+)" is missing/.exec(problem.what);
  return missing && problem.path.at(-1) !== missing[1] ? [...problem.path, missing[1]] : problem.path;
}

/** A problem as one or two sentences. What is right in a file is said as on the page. */
export function words({ what, right }) {
  const missing = /the key "(\w+)" is missing/.exec(what);
  if (missing) return NEEDED[missing[1]] || `“${missing[1]}” is missing.`;
  if (/the text is empty/.test(what)) return "Please type something here.";
  if (/the list is empty/.test(what)) return "There is nothing in here yet.";
  const said = what.replace(/^(?:[\w-]+: )+(?=["\w])/, "");
  return [said, right].filter(Boolean).map(capital).join(". ").replace(/[^.?!]$/, "$&.");
}

/** The same with the file and line, if it is about one. */
export function wordsAndPlace(problem) {
  const { file, line } = problem;
  return [words(problem), file && h("small", {}, ` (${file}${line ? `, line ${line}` : ""})`)];
}

const NEEDED = { name: "Please give it a name.", work: "Say how long the work is.", amrap: "Say how long it is.",
  for_time: "Say how long it is at most.", exercises: "There is nothing in here yet.",
    stations: "There is no station yet." };

function nearest(fields, path) {
  for (let length = path.length; length > 0; length -= 1) {
    const key = JSON.stringify(path.slice(0, length));
    const found = fields.find((node) => node.dataset.path === key);
    if (found) return found;
  }
  return null;
}
