// Texts, durations and counts as people write them: "1:30" is 90 seconds.

/** The seconds in a text such as 45, 7.5, 1:30, 5 min or 90 s; null if it is none. `unit` is what a bare number means. */
export function seconds(value, unit = "s") {
  if (typeof value === "number") return value;
  const text = String(value ?? "").trim().toLowerCase().replace(",", ".");
  const clock = /^(\d{1,4}):([0-5]\d)(\.\d{1,3})?$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] || 0);
  const hours = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text);
  if (hours) return Number(hours[1]) * 3600 + Number(hours[2]) * 60 + Number(hours[3]);
  const number = /^(\d+(?:\.\d{1,3})?)\s*(s|sec|seconds?|m|min|minutes?|["'])?$/.exec(text);
  if (!number) return null;
  const minutes = number[2] ? /^(m|')/.test(number[2]) : unit === "min";
  return Number(number[1]) * (minutes ? 60 : 1);
}

/** A duration for a field: "45" or "1:30". */
export function duration(value_s) {
  const whole = Math.floor(value_s + 1e-6);
  const fraction = Math.round((value_s - whole) * 1000);
  const end = fraction ? `.${String(fraction).padStart(3, "0").replace(/0+$/, "")}` : "";
  if (whole < 60) return `${whole}${end}`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}${end}`;
}

/** A duration for a sentence: "45 s", "1:30 min". */
export function spoken(value_s) {
  if (value_s < 60) return `${duration(value_s)} s`;
  return `${value_s % 60 ? duration(value_s) : value_s / 60} min`;
}

/** A duration as it is kept in the file: a number up to 90, else m:ss. */
export function written(value_s) {
  return value_s <= 90 ? value_s : duration(value_s);
}

/** A time since the start, always as m:ss, or h:mm:ss from an hour on. */
export function clock(value_s) {
  const all = Math.max(0, Math.round(value_s));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A whole workout in minutes, rounded up as on the wall: "42 min", and what has no length of its own. */
export function total(total_s, open = 0) {
  const minutes = Math.ceil(total_s / 60 - 1e-6);
  const known = total_s < 60 ? `${Math.round(total_s)} s` : `${minutes} min`;
  return open ? `${known} + ${count(open, "open set")}` : known;
}

/** A text with a capital first. */
export function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** Whether every word that is searched for is in a text. */
export function hasWords(text, searched) {
  return searched.toLowerCase().split(/\s+/).every((word) => text.toLowerCase().includes(word));
}

/** A number with its thing: "1 round", "3 rounds". */
export function count(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** The time of an event for a list: "14:05", "yesterday 14:05", "12 May 14:05". */
export function when(epoch_s, now = new Date()) {
  const date = new Date(epoch_s * 1000);
  const time = date.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return `yesterday ${time}`;
  return `${date.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${time}`;
}
