// Opening hours: what kiosk.yaml says of them as a week of days, and back.

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SPAN = /^(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)$/;
const USUAL = { from: "06:00", to: "22:00" };

/** Returns the seven days of a value of `television.open`: {kind: "always", "closed" or "hours", from, to}. */
export function weekOf(open) {
  if (open && typeof open === "object") return DAYS.map((day) => dayOf(open[day.toLowerCase()] ?? "always"));
  return DAYS.map(() => dayOf(open ?? "always"));
}

/** Returns the value of `television.open` for seven days, as short as it can be. */
export function openOf(week) {
  const texts = week.map(textOf);
  if (texts.every((text) => text === texts[0])) return texts[0];
  return Object.fromEntries(
    DAYS.map((day, at) => [day.toLowerCase(), texts[at]]).filter(([, text]) => text !== "always"),
  );
}

/** Returns what is wrong with a day, "" if nothing is. */
export function faultOf(day) {
  if (day.kind !== "hours") return "";
  if (!day.from || !day.to) return "Set both times.";
  return day.from === day.to ? "It opens and closes at the same time." : "";
}

/** Returns whether a day's hours go past midnight. */
export function pastMidnight(day) {
  return day.kind === "hours" && day.to !== "00:00" && day.to < day.from;
}

function dayOf(text) {
  const found = SPAN.exec(text);
  if (!found) return { kind: text === "closed" ? "closed" : "always", ...USUAL };
  const [, hour, minute, toHour, toMinute] = found;
  return { kind: "hours", from: `${two(hour)}:${minute}`, to: `${two(toHour)}:${toMinute}` };
}

// A field for a time knows no 24:00, but it closes at midnight all the same.
function two(hour) {
  return hour === "24" ? "00" : hour.padStart(2, "0");
}

function textOf(day) {
  if (day.kind !== "hours") return day.kind;
  const to = day.to === "00:00" ? "24:00" : day.to;
  return `${day.from.replace(/^0/, "")}-${to.replace(/^0/, "")}`;
}
