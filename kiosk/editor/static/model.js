// A workout as data: the kinds of entries, what each may say, where it may stand, and what it has from around it.
// An entry's "#" is its number on this page alone; it is never sent.

export const KINDS = {
  exercise: { word: "Exercise", drawing: "person" },
  block: { word: "Block", list: "exercises", drawing: "block", about: "A list, one after the other, in rounds" },
  amrap: { word: "AMRAP", list: "exercises", clock: "amrap", drawing: "amrap", about: "As many rounds as possible" },
  for_time: { word: "For time", list: "exercises", clock: "for_time", drawing: "for_time",
    about: "The list as fast as one can" },
  stations: { word: "Stations", list: "stations", drawing: "stations",
    about: "Everybody at another one, then all move on" },
  together: { word: "Together", list: "together", drawing: "together", about: "Several exercises under one clock" },
};

const EXERCISE = ["exercise", "name", "sides", "first_side"];
const TIMES = ["work", "rounds", "amount", "changeover", "easy", "cap"];
const KEYS = {
  exercise: [...EXERCISE, ...TIMES, "switch", "rest"],
  together: ["name", "together", ...TIMES, "rest"],
  block: ["name", "exercises", ...TIMES, "switch", "round_break", "rest"],
  stations: ["name", "stations", ...TIMES, "round_break", "sets", "rest"],
  amrap: ["name", "amrap", "exercises", "amount", "changeover", "rest"],
  for_time: ["name", "for_time", "exercises", "amount", "changeover", "rest"],
};
/** The seconds that hold where nothing is said. */
export const DEFAULTS = { changeover: 10, switch: 5, round_break: 30, cap: 3600, get_ready: 10 };
export const MOST = { rounds: 99, deep: 4 };
/** The keys that may have a value for each round. */
export const PER_ROUND = ["work", "changeover", "round_break", "amount"];

let lastNumber = 0;

/** The kind of an entry; a workout without any other is a block. */
export function kindOf(entry, root = false) {
  if ("amrap" in entry) return "amrap";
  if ("for_time" in entry) return "for_time";
  if ("stations" in entry) return "stations";
  if ("together" in entry) return "together";
  return root || "exercises" in entry ? "block" : "exercise";
}

/** The entries of a block and the like; [] for an exercise. */
export function entriesOf(entry, root = false) {
  const key = KINDS[kindOf(entry, root)].list;
  if (!key) return [];
  if (!Array.isArray(entry[key])) entry[key] = [];
  return entry[key];
}

/** Numbers every entry that has no number yet, and makes entries of what is only a text. */
export function number(entry, root = true) {
  entry["#"] ??= ++lastNumber;
  const list = entriesOf(entry, root);
  list.forEach((one, place) => {
    if (one === null || typeof one !== "object") list[place] = { exercise: String(one ?? "") };
    number(list[place], false);
  });
  return entry;
}

/** A copy without marks and numbers, for an entry that is new. */
export function fresh(entry) {
  return JSON.parse(JSON.stringify(entry, (key, value) => (key === "#" || key === "@" ? undefined : value)));
}

/** The document as the server knows it. */
export function sendable(document) {
  return JSON.parse(JSON.stringify(document, (key, value) => (key === "#" ? undefined : value)));
}

/** Every entry with where it is: [{entry, list, index, owner, path, depth}]. The workout itself comes first. */
export function walk(document) {
  const found = [{ entry: document, list: null, index: 0, owner: null, path: [], depth: 0 }];
  const into = (owner, path, depth, root) => {
    const key = KINDS[kindOf(owner, root)].list;
    entriesOf(owner, root).forEach((entry, index) => {
      const here = [...path, key, index];
      found.push({ entry, list: entriesOf(owner, root), index, owner, path: here, depth });
      if (kindOf(entry) !== "exercise") into(entry, here, depth + 1, false);
    });
  };
  into(document, [], 1, true);
  return found;
}

export function locate(document, entry) {
  return walk(document).find((one) => one.entry === entry || one.entry["#"] === entry["#"]);
}

/** What stands in a list: "entry" (of a block), "task" (under one clock) or "station". */
export function roleIn(document, owner) {
  const kind = kindOf(owner, owner === document);
  if (kind === "block") return "entry";
  return kind === "stations" ? "station" : "task";
}

/** Whether an entry may stand in the list of `owner`. */
export function accepts(document, owner, entry) {
  if (owner !== document && kindOf(owner) === "exercise") return false;
  if (walk(entry === document ? {} : asRoot(entry)).some((one) => one.entry === owner) || owner === entry) return false;
  const kind = kindOf(entry);
  const role = roleIn(document, owner);
  if (role === "task") return kind === "exercise";
  if (role === "station") return kind === "exercise" || kind === "together";
  return kind !== "block" || depthOf(document, owner) + height(entry) <= MOST.deep;
}

function asRoot(entry) {
  return kindOf(entry) === "exercise" ? { exercises: [] } : entry;
}

/** How many blocks lie around what is in the list of `owner`, besides the workout. */
function depthOf(document, owner) {
  const found = locate(document, owner);
  return found ? found.depth : 0;
}

function height(entry) {
  if (kindOf(entry) !== "block") return 0;
  return 1 + Math.max(0, ...entriesOf(entry).map(height));
}

/** Takes away what an entry may not say where it stands now; returns the keys that it had. */
export function tidy(document, entry, owner) {
  const kind = kindOf(entry);
  const role = owner ? roleIn(document, owner) : "root";
  let allowed = KEYS[kind];
  if (role === "task" || role === "station") {
    allowed = kind === "together" ? ["together", "amount"] : [...EXERCISE, "amount"];
  }
  const gone = [];
  for (const key of Object.keys(entry)) {
    if (key === "#" || key === "@" || allowed.includes(key)) continue;
    gone.push(key);
    delete entry[key];
  }
  if (role !== "entry") single(entry);
  for (const one of entriesOf(entry)) gone.push(...tidy(document, one, entry));
  return gone;
}

/** Leaves the first of values that differ from round to round, where there are no rounds. */
function single(entry) {
  for (const key of PER_ROUND) if (Array.isArray(entry[key])) [entry[key]] = entry[key];
}

/** Makes another kind of an entry (or of the workout): its list stays, what it can no longer say goes. */
export function turnInto(document, entry, kind) {
  const root = entry === document;
  const list = entriesOf(entry, root);
  for (const key of ["exercises", "stations", "together", "amrap", "for_time"]) delete entry[key];
  const clock = KINDS[kind].clock;
  if (clock) entry[clock] = "10:00";
  const allowed = [...KEYS[kind], ...(root ? ["get_ready", "name"] : [])];
  const timed = kind === "stations" || kind === "together" || kind === "block";
  for (const key of Object.keys(entry)) {
    if (key !== "#" && key !== "@" && (!allowed.includes(key) || (root && key === "rest"))) delete entry[key];
  }
  if (clock) single(entry);
  const flat = kind === "block" ? list : list.flatMap((one) => leaves(one, kind));
  entry[KINDS[kind].list] = flat;
  for (const one of flat) tidy(document, one, entry);
  if (timed && entry.work === undefined && effective(document, entry).work === undefined) entry.work = 40;
  return entry;
}

/** The exercises in an entry, for a list that takes no blocks. */
function leaves(entry, kind) {
  const own = kindOf(entry);
  if (own === "exercise" || (own === "together" && kind === "stations")) return [entry];
  return entriesOf(entry).flatMap((one) => leaves(one, kind));
}

/** What an entry has of the keys that are inherited: what it says itself, else what is around it. */
export function effective(document, entry) {
  return { ...around(document, entry), ...said(entry) };
}

/** What the blocks around an entry say. */
export function around(document, entry) {
  const values = { ...DEFAULTS, easy: false };
  let found = locate(document, entry);
  const chain = [];
  while (found && found.owner) {
    chain.unshift(found.owner);
    found = locate(document, found.owner);
  }
  for (const owner of chain) Object.assign(values, said(owner));
  return values;
}

function said(entry) {
  const keys = ["work", "changeover", "switch", "round_break", "amount", "easy", "cap"];
  return Object.fromEntries(keys.filter((key) => entry[key] !== undefined).map((key) => [key, entry[key]]));
}

/** How many rounds (sets, laps) an entry has. A list of values says it too. */
export function roundsOf(entry) {
  if (Number.isInteger(entry.rounds)) return entry.rounds;
  const list = PER_ROUND.map((key) => entry[key]).find(Array.isArray);
  return list ? list.length : 1;
}

/** Sets the rounds; lists of values get longer by their last value, or shorter. */
export function setRounds(entry, rounds) {
  const lists = PER_ROUND.filter((key) => Array.isArray(entry[key]));
  for (const key of lists) {
    const list = entry[key];
    while (list.length < rounds) list.push(list.at(-1));
    list.length = rounds;
    if (rounds === 1) [entry[key]] = list;
  }
  if (lists.length && !("rounds" in entry) && rounds > 1) return;
  if (rounds === 1 && !("rounds" in entry)) return;
  if (rounds === 1 && !("@" in entry)) delete entry.rounds;
  else entry.rounds = rounds;
}

/** Whether the entries of a workout are the parts of a class. */
export function isClass(document) {
  return kindOf(document, true) === "block" && entriesOf(document, true).some((one) => kindOf(one) !== "exercise");
}

/**
 * A workout to look at while it is being made: without lists that are still empty, and with a name. `back` takes a path
 * in it to the path in the document. Null if nothing is left.
 */
export function lookable(document) {
  const places = new Map();
  const copy = (entry, from, to, root) => {
    const kind = kindOf(entry, root);
    const made = sendable(entry);
    const key = KINDS[kind].list;
    if (!key) return made;
    made[key] = [];
    entriesOf(entry, root).forEach((one, place) => {
      const path = [...to, key, made[key].length];
      const kept = copy(one, [...from, key, place], path, false);
      if (!kept) return;
      places.set(JSON.stringify(path), [...from, key, place]);
      made[key].push(kept);
    });
    return made[key].length ? made : null;
  };
  const made = copy(document, [], [], true);
  if (!made) return null;
  if (!String(made.name ?? "").trim()) made.name = "New workout";
  const back = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = places.get(JSON.stringify(path.slice(0, length)));
      if (found) return [...found, ...path.slice(length)];
    }
    return path;
  };
  return { document: made, back };
}

/** The lists that are still empty, as problems. */
export function empties(document) {
  return walk(document).filter(({ entry }) => KINDS[kindOf(entry, entry === document)].list
    && !entriesOf(entry, entry === document).length).map(({ entry, path }) =>
    ({ path: [...path, KINDS[kindOf(entry, entry === document)].list], what: "the list is empty", right: "" }));
}
