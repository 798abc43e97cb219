// What the page asks of its server. After a 401 it asks for the number again and repeats the request.

/** What the server did not do. `status` is 0 if it was not reached; `data` is what it answered. */
export class ApiError extends Error {
  constructor(status, data) {
    super((data && data.error) || "The wall does not answer.");
    this.status = status;
    this.data = data || {};
  }
}

const session = { token: "", signIn: null, reached: () => {} };

/** Takes what to call when the session is over (it returns a promise), and what to tell whether the server is there. */
export function onSession({ signIn, reached }) {
  session.signIn = signIn;
  session.reached = reached;
}

/** Opens a session with {pin} or {key}, or takes up the one of the cookie. Raises ApiError. */
export async function open(credentials) {
  const answer = await once("/api/session", credentials ? asJson(credentials) : {});
  const data = await answer.json();
  session.token = data.token;
  return data;
}

/** What the server answers, as JSON. */
export async function get(path) {
  return (await request(path, {})).json();
}

/** The same for what changes something. `body` is sent as JSON; a FormData or Blob is sent as it is. */
export async function post(path, body = {}, options = {}) {
  return (await request(path, { ...asJson(body), ...options })).json();
}

/** A picture, as a Blob: one that is there, or one that is drawn from the `body` that is sent. */
export async function blob(path, body) {
  return (await request(path, body === undefined ? {} : asJson(body))).blob();
}

/** The address of something with a name: path`/api/circuits/${name}`. */
export function path(parts, ...names) {
  return parts.reduce((all, part, place) => all + encodeURIComponent(names[place - 1]) + part);
}

function asJson(body) {
  if (body instanceof FormData) return { method: "POST", body };
  if (body instanceof Blob) return { method: "POST", body, headers: { "Content-Type": body.type } };
  return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

async function request(path, options) {
  for (;;) {
    try {
      return await once(path, options);
    } catch (error) {
      if (error.status === 403 && options.method === "POST" && (await renewed())) continue;
      if (error.status !== 401 || !session.signIn) throw error;
      await session.signIn();
    }
  }
}

/** Takes the token of the session again, which is another one if another tab has come in; whether it is. */
async function renewed() {
  const before = session.token;
  session.token = (await get("/api/session")).token;
  return session.token !== before;
}

async function once(path, options) {
  const headers = { ...options.headers };
  if (options.method === "POST" && session.token) headers["X-Token"] = session.token;
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    session.reached(false);
    throw new ApiError(0, { error: "The wall does not answer. Is the page still open there?" });
  }
  session.reached(true);
  if (answer.ok) return answer;
  let data = {};
  try {
    data = await answer.json();
  } catch {
    data = { error: `The wall answered ${answer.status} ${answer.statusText}.` };
  }
  throw new ApiError(answer.status, data);
}
