// Where the page is. A view whose thing gets another name says so here, and stays.

export const route = { hash: null, leave: null, asking: false };

/** Goes to another view, such as "circuit/monday". */
export function goTo(hash) {
  location.hash = `#/${hash}`;
}

/** Shows the view anew. */
export function again() {
  route.hash = null;
  window.dispatchEvent(new Event("hashchange"));
}

/** Changes the address without leaving the view. */
export function renamed(hash) {
  route.hash = hash;
  history.replaceState(null, "", `#/${hash}`);
}
