// The coach's remote: what the wall shows now, and large buttons for what is possible now.

import { get, post } from "/static/api.js";
import { confirm } from "/static/dialogs.js";
import { fill, h, say } from "/static/dom.js";
import { capital, clock, count } from "/static/format.js";
import { icon } from "/static/icons.js";

const EACH_MS = 1000;
const IN_WORKOUT = ["running", "paused", "counting in"];
const MOVES = ["running", "paused", "briefing", "choosing"];
const PASSING = ["choosing", "finished", "notice"];
const PHASES = {
  idle: "Ready",
  choosing: "Choose a workout",
  briefing: "The stations",
  paused: "Paused",
  "counting in": "Get ready",
  finished: "Done",
  notice: "Notice",
  phone: "Change workouts with a phone",
};
const KINDS = {
  get_ready: "Get ready",
  work: "Work",
  easy: "Easy",
  switch: "Switch sides",
  changeover: "Next",
  round_break: "Break",
  rest: "Rest",
};

export async function show(main) {
  const remote = new Remote(main);
  await remote.ask();
  remote.begin();
  return () => remote.end();
}

class Remote {
  constructor(main) {
    this.main = main;
    // Each request has a number: an answer that comes after a newer one is old news.
    this.asked = 0;
    this.drawn = 0;
    this.pressing = 0;
    this.last = Promise.resolve();
    this.timer = 0;
    this.said = "";
    this.seen = () => {
      if (!document.hidden) this.ask();
    };
    this.stage = h("div", { class: "now-stage" });
    this.trouble = h("p", { class: "remote-trouble", role: "status" });
    this.gone = h("div", { class: "card gone", hidden: true });
    this.buttons = Object.fromEntries(BUTTONS.map((button) => [button.name, this.button(button)]));
    this.keys = h("div", { class: "remote-keys", role: "group", "aria-label": "Remote" }, Object.values(this.buttons));
    this.there = h("div", { class: "remote-there" }, this.stage, this.trouble, this.keys);
    fill(main, h("h1", {}, "Remote"), this.gone, this.there);
  }

  begin() {
    document.addEventListener("visibilitychange", this.seen);
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  button({ name, drawing }) {
    return h("button", { type: "button", class: `key key-${name}`, onclick: () => this.press(name) }, icon(drawing));
  }

  /** Asks what the wall shows, now and a second later, for as long as somebody looks. */
  async ask() {
    clearTimeout(this.timer);
    const mine = (this.asked += 1);
    try {
      const now = await get("/api/wall");
      // While a button is held by a command, the wall shows what its press alone would do.
      if (mine > this.drawn && !this.pressing) this.draw(now, mine);
    } catch (error) {
      if (mine > this.drawn && !this.pressing) this.lose(error, mine);
    }
    clearTimeout(this.timer);
    if (!this.ended && !document.hidden) this.timer = setTimeout(() => this.ask(), EACH_MS);
  }

  async press(name) {
    const { now } = this;
    const wanted = now && BUTTONS.find((one) => one.name === name).of(now);
    if (!wanted?.do) return;
    if (wanted.sure && !(await confirm(...wanted.sure, { danger: true }))) return;
    this.pressing += 1;
    this.buttons[name].setAttribute("aria-busy", "true");
    // One after the other: nobody presses a button that is still held.
    this.last = this.last.then(() => this.carryOut(wanted.do));
    await this.last;
    this.pressing -= 1;
    this.buttons[name].removeAttribute("aria-busy");
  }

  async carryOut(steps) {
    try {
      for (const step of steps) await this.send(step);
    } catch (error) {
      this.complain(error.message);
    }
  }

  /** Sends a command and draws its answer. Throws an error if the wall has not obeyed. */
  async send(step) {
    const mine = (this.asked += 1);
    const now = await post("/api/wall", { do: step });
    if (mine > this.drawn) this.draw(now, mine);
    if (!now.ok) throw new Error(now.error);
  }

  draw(now, mine) {
    this.drawn = mine;
    this.now = now;
    this.gone.hidden = true;
    this.there.hidden = false;
    if (now.ok) fill(this.trouble);
    fill(this.stage, stageOf(now));
    this.stage.dataset.state = stateOf(now);
    for (const button of BUTTONS) {
      const element = this.buttons[button.name];
      const { label, drawing = button.drawing, do: steps, first } = button.of(now);
      const key = `${label} ${drawing}`;
      // A button that is drawn anew under a thumb would lose its press.
      if (element.dataset.key !== key) fill(element, icon(drawing), h("span", {}, label));
      element.dataset.key = key;
      element.disabled = !steps;
      element.classList.toggle("main", Boolean(first && steps));
    }
    this.tell(now);
  }

  /** Says what has changed, but not each second. */
  tell(now) {
    const words = [wordOf(now), titleOf(now)].filter(Boolean).join(": ");
    if (words !== this.said && this.said) say(words);
    this.said = words;
  }

  complain(words) {
    fill(this.trouble, icon("warn"), capital(words));
  }

  lose(error, mine) {
    this.drawn = mine;
    this.now = null;
    this.said = "";
    const shown = this.gone.hidden;
    this.there.hidden = true;
    this.gone.hidden = false;
    if (!shown) return;
    fill(
      this.gone,
      icon("wall"),
      h("h2", {}, "No wall found"),
      h("p", {}, "The wall is not running, or is just starting. Its buttons appear here as soon as it runs."),
      h("p", {}, h("small", {}, error.message)),
    );
    say("No wall found");
  }
}

// The buttons. `of(now)` says what one does now: {label, do, first, sure}; without `do` it is not possible now.
const BUTTONS = [
  { name: "go", drawing: "play", of: goes },
  { name: "back", drawing: "back", of: (now) => ({ label: "Back", do: MOVES.includes(now.phase) && ["back"] }) },
  { name: "skip", drawing: "skip", of: (now) => ({ label: "Skip", do: MOVES.includes(now.phase) && ["skip"] }) },
  {
    name: "count",
    drawing: "add",
    of: (now) => ({ label: "+1 round", do: can(now, "count") && ["count"], first: true }),
  },
  { name: "done", drawing: "check", of: (now) => ({ label: "Done", do: can(now, "done") && ["done"], first: true }) },
  { name: "stop", drawing: "stop", of: stops },
  { name: "other", drawing: "list", of: others },
];

function goes(now) {
  if (now.phase === "choosing")
    return { label: "Choose", drawing: "check", do: can(now, "choose") && ["choose"], first: true };
  if (now.phase === "notice") return { label: "Go on", do: can(now, "close") && ["close"], first: true };
  if (can(now, "pause")) {
    return { label: "Pause", drawing: "pause", do: ["pause"], first: now.press === "pause" };
  }
  if (can(now, "resume")) return { label: "Resume", do: ["resume"], first: true };
  const starts = now.press === "start" || now.press === "wake";
  return { label: now.phase === "finished" ? "Again" : "Start", do: starts && ["start"], first: true };
}

function stops(now) {
  const running = IN_WORKOUT.includes(now.phase);
  const possible = now.hold === "stop" || (running && now.hold === "pause");
  return {
    label: now.phase === "finished" ? "Close" : "Stop",
    do: possible && ["stop"],
    sure: running && ["Stop the workout?", "The wall goes back to the start screen.", "Stop"],
  };
}

function others(now) {
  if (now.phase === "choosing") return { label: "Next one", drawing: "down", do: can(now, "next") && ["next"] };
  if (now.phase === "idle" && now.press === "wake") return { label: "Other workout", do: ["wake", "list"] };
  return { label: "Other workout", do: can(now, "list") && ["list"] };
}

function can(now, meaning) {
  return now.press === meaning || now.hold === meaning;
}

function stageOf(now) {
  const { interval } = now;
  const passes = PASSING.includes(now.phase) && now.seconds !== undefined;
  const left = now.minutes_left !== undefined && `${now.minutes_left} min left`;
  const place =
    interval &&
    [
      interval.rounds > 1 && `Round ${interval.round} of ${interval.rounds}`,
      interval.sets > 1 && `Set ${interval.set} of ${interval.sets}`,
      interval.side && `${interval.side} side`,
      now.counted !== undefined && `${count(now.counted, "round")} done`,
    ]
      .filter(Boolean)
      .join(" · ");
  return [
    h("p", { class: "now-head" }, h("strong", { class: "now-word" }, wordOf(now)), h("span", {}, left)),
    h("p", { class: "now-title" }, interval?.amount && h("em", {}, `${interval.amount} `), titleOf(now)),
    listOf(now),
    now.seconds !== undefined && !passes && h("p", { class: "now-clock" }, clockOf(now)),
    h(
      "p",
      { class: "now-foot" },
      h("span", {}, passes ? `Start screen in ${now.seconds} s` : place || (interval ? now.circuit : "")),
      now.next && h("span", {}, `Next: ${now.next}`),
    ),
    now.badges && h("p", { class: "now-badges" }, icon("warn"), now.badges.join(" · ")),
  ];
}

/** All that is done at the same time, where that is more than one thing. */
function listOf({ exercises = [], interval }) {
  if (exercises.length < 2) return null;
  const items = exercises.map((name, at) => h("li", {}, interval?.stations ? `${at + 1} ${name}` : name));
  return h("ul", { class: "now-list" }, items);
}

function clockOf({ seconds, interval }) {
  return seconds < 100 && !interval?.mode ? String(seconds) : clock(seconds);
}

function wordOf({ phase, interval, press }) {
  if (phase === "running" && interval) return KINDS[interval.kind] ?? interval.kind;
  return phase === "idle" && press === "wake" ? "Asleep" : (PHASES[phase] ?? phase);
}

function titleOf(now) {
  const { phase, interval, exercises = [], circuit, line } = now;
  if (phase === "notice") return line;
  if (!interval || phase === "briefing") return circuit ?? line;
  if (interval.mode === "amrap") return "As many rounds as you can";
  if (interval.mode === "for_time") return "As fast as you can";
  if (interval.stations) return count(exercises.length, "station");
  return exercises.join(" + ");
}

function stateOf({ phase, interval }) {
  if (phase === "running" && interval) return interval.kind;
  return phase;
}
