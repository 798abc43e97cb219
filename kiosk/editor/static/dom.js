// Elements without a framework: h() makes one, and nothing here ever reads a text as HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "open"]);
let count = 0;

/** An element: h("button", {class: "quiet", onclick: save, "aria-label": "Save"}, icon("check"), "Save"). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) set(element, name, value);
  add(element, ...children);
  return element;
}

/** The same for a drawing, whose elements have a namespace of their own. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  add(element, ...children);
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null) return;
  if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) element[name] = value;
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false || name.startsWith("aria-")) element.setAttribute(name, String(value));
}

/** Adds children: elements, texts, lists of them. What is null, undefined or false is left out. */
export function add(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Puts other children in the place of those that are there. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, ...children);
}

/** A new id, for labels and descriptions. */
export function newId(word = "x") {
  count += 1;
  return `${word}-${count}`;
}

/** Says something to people who hear the page. */
export function say(text) {
  const place = document.getElementById("said");
  // The same text twice in a row would not be read out again.
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

/** A function that runs `run` once it has not been called for `wait_ms`. */
export function settled(run, wait_ms) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), wait_ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
