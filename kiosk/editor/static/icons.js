// The drawings of buttons: lines on a square of 24, in the colour of the text around them.

import { svg } from "/static/dom.js";

const LINES = {
  add: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  left: "M19 12H5M11 6l-6 6 6 6",
  check: "M5 12.5l5 5L19 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  grip: "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5",
  pen: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  search: "M11 5a6 6 0 1 0 0 12a6 6 0 0 0 0-12M15.5 15.5L20 20",
  undo: "M9 6L5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3",
  redo: "M15 6l4 4-4 4M19 10h-9a5 5 0 0 0 0 10h3",
  warn: "M12 4L2.5 20h19zM12 10v4.5M12 17.3v.01",
  wall: "M3 5h18v11H3zM8 20h8M12 16v4",
  list: "M8 7h12M8 12h12M8 17h12M4 7v.01M4 12v.01M4 17v.01",
  person: "M12 4a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5M5 12l4.5-.5L12 12l2.5-.5L19 12M10 12v4l-2 5M14 12v4l2 5M10 16h4",
  remote: "M8 3h8v18H8zM12 7.5v.01M10.5 12h3M10.5 15h3",
  gear: "M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2"
    + "M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
  block: "M4 5h16v14H4zM4 10h16M8 14.5h8",
  together: "M4 5h7v14H4zM13 5h7v14h-7zM7.5 10v4M16.5 10v4",
  stations: "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 16.8H20M17 13.6l3.2 3.2L17 20",
  amrap: "M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5",
  for_time: "M12 7a7 7 0 1 0 0 14a7 7 0 0 0 0-14M12 11v3.5M9.5 3h5M12 3v4M18 6.5l1.5 1.5",
  minute: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 4v8h8",
  tabata: "M4 17V9M8 17V5M12 17V9M16 17V5M20 17V9M3 20h18",
  rounds: "M6 8h9a4 4 0 0 1 0 8H7M9 5L6 8l3 3",
  move: "M4 6h9M4 12h5M4 18h9M14 12h6M17 9l3 3-3 3",
  camera: "M4 7.5h4l1.5-2.5h5L16 7.5h4V19H4zM12 10a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 0 0 0-6.4",
  photo: "M4 5h16v14H4zM4 16l4.5-5 4 4.5 2.5-2.5 5 5M15.5 9v.01",
  film: "M3 7h11v10H3zM14 11l6-3.5v9L14 13",
  play: "M8 5l11 7-11 7z",
  pause: "M8.5 5v14M15.5 5v14",
  stop: "M6 6h12v12H6z",
  skip: "M6 5l9 7-9 7zM18 5v14",
  back: "M18 5l-9 7 9 7zM6 5v14",
};

/** A drawing for a button. People who hear the page get the button's text instead. */
export function icon(name) {
  const shape = svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" });
  shape.append(svg("path", { d: LINES[name] }));
  return shape;
}
