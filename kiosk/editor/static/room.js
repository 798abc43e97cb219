// How much of an exercise fits on the wall. The numbers are those of kiosk/config/exercise.py; a test compares them.

export const MOST = { name: 90, short: 32, lines: 95, cue: 95, steps: 800, muscles: 90, equipment: 60 };
const LARGE = { name: 32, short: 16, line: 34, lines: 2, cue: 27, step: 76, steps: 6 };
// Between two muscles or two things there is as much space as of this many characters.
const BETWEEN = 3;

const KINDS = {
  name: (text) => ofText(text, LARGE.name, MOST.name),
  short: (text) => ofText(text, LARGE.short, MOST.short),
  why: ofLines,
  how: ofLines,
  tip: ofLines,
  cues: ofCues,
  steps: ofSteps,
  muscles: (texts) => ofWords(texts, MOST.muscles),
  equipment: (texts) => ofWords(texts, MOST.equipment),
};

/** Returns how a value looks on the wall: `level` is "large", "small" or "cut"; `text` says how much room it takes. */
export function room(key, value) {
  return KINDS[key](value);
}

function ofText(text, large, most) {
  const length = lengthOf(text);
  if (length > most) return cut(`${length} characters: the wall shows the first ${most}`);
  if (length > large) return small(`${length} characters: smaller letters, up to ${large} are large`);
  return fits(`${length} of ${large}`);
}

function ofLines(lines) {
  const together = lengthOf(lines.join(" "));
  const longest = longestOf(lines);
  if (together > MOST.lines) return cut(`${together} characters: the wall shows the first ${MOST.lines}`);
  if (lines.length > LARGE.lines) return small(`${lines.length} lines: smaller letters, ${LARGE.lines} are large`);
  if (longest > LARGE.line) return small(`Longest line ${longest}: smaller letters, up to ${LARGE.line} are large`);
  return fits(`${longest} of ${LARGE.line} a line`);
}

function ofCues(cues) {
  const longest = longestOf(cues);
  if (longest > MOST.cue) return cut(`Longest cue ${longest}: the wall shows the first ${MOST.cue} characters`);
  if (longest > LARGE.cue) return small(`Longest cue ${longest}: smaller letters, up to ${LARGE.cue} are large`);
  return fits(`${longest} of ${LARGE.cue} a cue`);
}

function ofSteps(steps) {
  const together = steps.reduce((sum, step) => sum + lengthOf(step), 0);
  const longest = longestOf(steps);
  if (together > MOST.steps) return cut(`${together} characters: the wall shows the first ${MOST.steps}`);
  if (steps.length > LARGE.steps) return small(`${steps.length} steps: smaller letters, ${LARGE.steps} are large`);
  if (longest > LARGE.step) return small(`Longest step ${longest}: smaller letters, up to ${LARGE.step} are large`);
  return fits(`${longest} of ${LARGE.step} a step`);
}

function ofWords(texts, most) {
  let taken = 0;
  const shown = texts.filter((text) => (taken += lengthOf(text) + BETWEEN) <= most).length;
  if (shown < texts.length) return cut(`The wall has room for the first ${shown} of ${texts.length}`);
  return fits(`${Math.max(0, most - taken)} left`);
}

const fits = (text) => ({ level: "large", text });
const small = (text) => ({ level: "small", text });
const cut = (text) => ({ level: "cut", text });

// Characters as Python counts them, so that a letter beyond the first 65,536 counts as one.
function lengthOf(text) {
  return [...text.trim()].length;
}

function longestOf(texts) {
  return Math.max(0, ...texts.map(lengthOf));
}
