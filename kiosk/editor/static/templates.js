// Workouts and parts to begin with. Their times are what many classes use; all of them can be changed.

const PARTS = {
  block: { label: "Block", about: "Exercises one after the other, in rounds", drawing: "block",
    make: () => ({ name: "Main part", rounds: 3, work: 40, changeover: 15, round_break: 60, exercises: [] }) },
  warm_up: { label: "Warm-up", about: "Easy work; the wall looks calmer", drawing: "person",
    make: () => ({ name: "Warm-up", easy: true, work: 40, changeover: 10, rest: 30, exercises: [] }) },
  amrap: { label: "AMRAP", about: "As many rounds as possible; each press counts one", drawing: "amrap",
    make: () => ({ name: "AMRAP", amrap: "10:00", exercises: [] }) },
  for_time: { label: "For time", about: "The list as fast as one can, with a cap", drawing: "for_time",
    make: () => ({ name: "For time", for_time: "12:00", exercises: [] }) },
  stations: { label: "Stations", about: "Each group at another station, then all move on", drawing: "stations",
    make: () => ({ name: "Stations", rounds: 2, work: 40, changeover: 20, round_break: 60, stations: [] }) },
  emom: { label: "EMOM", about: "Every minute another exercise; the rest of it is the pause", drawing: "minute",
    make: () => ({ name: "EMOM", rounds: 5, work: 60, changeover: 0, round_break: 0, exercises: [] }) },
  tabata: { label: "Tabata", about: "Eight rounds: 20 s of work, 10 s of rest", drawing: "tabata",
    make: () => ({ name: "Tabata", rounds: 8, work: 20, changeover: 10, round_break: 10, exercises: [] }) },
  together: { label: "Together", about: "Several exercises under one clock", drawing: "together",
    make: () => ({ work: 90, together: [] }) },
  cool_down: { label: "Cool-down", about: "Easy work and stretches at the end", drawing: "person",
    make: () => ({ name: "Cool-down", easy: true, work: 40, changeover: 10, exercises: [] }) },
};

/** Parts that can be added to a class: [{value, label, hint, drawing}]. */
export const parts = Object.entries(PARTS).map(([value, { label, about, drawing }]) =>
  ({ value, label, hint: about, drawing }));

export function part(name) {
  return PARTS[name].make();
}

const WORKOUTS = {
  class: { label: "Class of blocks", about: "Warm-up, main part, finisher: as many parts as you like", drawing: "block",
    make: () => ({ name: "", exercises: [part("block")] }) },
  circuit: { label: "Circuit", about: "One list of exercises, done in rounds", drawing: "rounds",
    make: () => ({ name: "", rounds: 3, work: 40, changeover: 20, round_break: 60, exercises: [] }) },
};
for (const name of ["amrap", "for_time", "stations", "emom", "tabata"]) {
  WORKOUTS[name] = { ...PARTS[name], make: () => ({ ...part(name), name: "" }) };
}

/** Workouts to begin with. */
export const workouts = Object.entries(WORKOUTS).map(([value, { label, about, drawing }]) =>
  ({ value, label, hint: about, drawing }));

/** A new workout, null if there is no such one. */
export function workout(name) {
  return WORKOUTS[name]?.make() ?? null;
}
