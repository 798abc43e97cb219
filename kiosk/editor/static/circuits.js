import { h } from "/static/dom.js";

export async function show(main) {
  main.append(h("h1", {}, "Workouts"));
}
