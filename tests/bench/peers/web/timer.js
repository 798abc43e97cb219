// An interval timer for a wall. Time comes from performance.now(), so nothing drifts; texts change only when they do.
//
// Two ways to move the ring and the figure: the decent one leaves both to CSS animations, which the browser runs at
// its own rate; `?lean` sets them from a timer 30 times a second, and only when they differ.
"use strict";

const WORK_S = 60;
const EXERCISES = ["Ball back extension", "Russian twist", "Side plank", "Glute bridge", "Clamshell"];
const CUES = ["Lift only to a straight line", "Eyes on the floor", "Squeeze, then lower slowly"];
const LOOP_S = 4.0;
const LIFT = [[0, 12], [1.3, -14], [2.1, -14], [3.7, 12], [4.0, 12]]; // second of the loop, degrees
const lean = location.search.includes("lean");

const byId = (id) => document.getElementById(id);
const ring = document.querySelector("#ring .left");
const chests = [...document.querySelectorAll(".chest")];
const shown = {};

for (let index = 0; index < 15; index++) byId("steps").append(document.createElement("i"));

function show(id, words) {
  if (shown[id] === words) return;
  shown[id] = words;
  byId(id).textContent = words;
}

function place(elapsed) {
  const index = Math.floor(elapsed / WORK_S) % EXERCISES.length;
  if (shown.place === index) return;
  shown.place = index;
  show("title", EXERCISES[index]);
  show("coming", EXERCISES[(index + 1) % EXERCISES.length]);
  [...byId("steps").children].forEach((step, at) => step.replaceChildren());
  byId("steps").children[index].append(document.createElement("b"));
  if (!lean) animatePlace(elapsed % WORK_S);
}

function texts(elapsed) {
  place(elapsed);
  show("digits", String(Math.ceil(WORK_S - (elapsed % WORK_S))));
  show("cue", CUES[Math.floor(elapsed / 8) % CUES.length]);
}

// --- decent: the browser animates ---

function animatePlace(since) {
  const timing = { duration: WORK_S * 1000, delay: -since * 1000, fill: "both" };
  ring.animate({ strokeDashoffset: [0, 100] }, timing);
  document.querySelector("#steps b").animate({ transform: ["scaleX(0)", "scaleX(1)"] }, timing);
}

function animateFigure() {
  const frames = LIFT.map(([at, degrees]) => ({
    offset: at / LOOP_S, transform: `rotate(${degrees}deg)`, easing: "ease-in-out",
  }));
  for (const chest of chests) chest.animate(frames, { duration: LOOP_S * 1000, iterations: Infinity });
}

// --- lean: a timer sets what differs ---

function lift(elapsed) {
  const at = elapsed % LOOP_S;
  const index = LIFT.findIndex(([until]) => at < until);
  const [[from, a], [to, b]] = [LIFT[index - 1], LIFT[index]];
  const x = (at - from) / (to - from);
  return a + (b - a) * x * x * (3 - 2 * x);
}

function set(name, value, apply) {
  if (shown[name] === value) return;
  shown[name] = value;
  apply(value);
}

function moveAll(elapsed) {
  set("lift", lift(elapsed).toFixed(1), (value) => {
    for (const chest of chests) chest.setAttribute("transform", `rotate(${value} 300 250)`);
  });
  const done = (elapsed % WORK_S) / WORK_S;
  set("ring", Math.ceil(done * WORK_S), (value) => { ring.style.strokeDashoffset = (value / WORK_S) * 100; });
  set("step", Math.floor(done * 70), (value) => {
    document.querySelector("#steps b").style.width = `${(value / 70) * 100}%`;
  });
}

const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;

texts(0);
if (lean) {
  for (const chest of chests) chest.style.transformOrigin = "0 0";
  setInterval(() => { texts(elapsed()); moveAll(elapsed()); }, 1000 / 30);
} else {
  animateFigure();
  const nextSecond = () => { texts(elapsed()); setTimeout(nextSecond, 1000 - ((elapsed() * 1000) % 1000) + 1); };
  nextSecond();
}
