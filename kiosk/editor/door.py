"""The door of the page, which every request passes: what is not allowed gets no further. Every answer leaves by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kiosk.editor import archive
from kiosk.editor.body import LARGEST, LARGEST_UPLOAD
from kiosk.editor.gate import Gate, Session, same

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "media-src blob:",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)
SAFE: Headers = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
"""Headers of every answer."""
SESSION = "kiosk.session"
"""The key under which a request's session is handed on."""
API = "/api/"
COMING_IN = "/api/session"
UPLOADS = {"/api/pictures": LARGEST_UPLOAD, "/api/archive": archive.LARGEST}
"""What may have a body that is larger than others, and how large."""
READING = ("GET", "HEAD")


class RefusedError(Exception):
    """A request that is not let through, with the status of the answer."""

    def __init__(self, status: str, what: str) -> None:
        super().__init__(what)
        self.status = status


class Door:
    """Lets requests through to the routes: those for this machine, and of browsers that have come in by the gate.

    `hosts` returns what a browser may send as Host, `used` is called for each request of somebody who is in.
    """

    def __init__(
        self, routes: Wsgi, gate: Gate, port: int, hosts: Callable[[], set[str]], used: Callable[[], None]
    ) -> None:
        self._routes = routes
        self._gate = gate
        self._cookie = cookie_name(port)
        self._hosts = hosts
        self._used = used

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")

        def begin(status: str, headers: Headers, wrong: object = None) -> object:
            return start(status, [*headers, *safe_headers(path, headers)], *([wrong] if wrong else []))

        try:
            self._check(environ, path)
        except RefusedError as refused:
            body = json.dumps({"error": str(refused)}).encode()
            begin(refused.status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]
        return self._routes(environ, begin)

    def _check(self, environ: Environ, path: str) -> None:
        """Raise RefusedError unless the request may go on."""
        host = environ.get("HTTP_HOST", "")
        if host.lower() not in self._hosts():
            raise RefusedError("403 Forbidden", "This is not the address of the page.")
        if length_of(environ) > UPLOADS.get(path, LARGEST):
            raise RefusedError("413 Content Too Large", "This is too large.")
        session = self.session(environ.get("HTTP_COOKIE", ""))
        environ[SESSION] = session
        if path.startswith(API) and path != COMING_IN and session is None:
            raise RefusedError("401 Unauthorized", "Type the number first.")
        if environ.get("REQUEST_METHOD") not in READING:
            if environ.get("HTTP_ORIGIN", "").lower() != f"http://{host.lower()}":
                raise RefusedError("403 Forbidden", "Only the page itself may do that.")
            # Who comes in has no token yet.
            if path != COMING_IN and not (session and same(environ.get("HTTP_X_TOKEN", ""), session.token)):
                raise RefusedError("403 Forbidden", "Only the page itself may do that; open it again.")
        if session is not None:
            self._used()

    def session(self, cookies: str) -> Session | None:
        """Return the session of a browser that sends these cookies."""
        return self._gate.session(cookie_in(cookies, self._cookie))


def length_of(environ: Environ) -> int:
    """Return the size of a request's body. Raises RefusedError."""
    given = environ.get("CONTENT_LENGTH") or "0"
    if not given.isascii() or not given.isdigit() or len(given) > 15:
        raise RefusedError("400 Bad Request", "The size of this request is not a number.")
    return int(given)


def cookie_name(port: int) -> str:
    """Return the name of the page's cookie. Cookies of all ports of a machine are sent to each of them."""
    return f"kiosk-{port}"


def cookie_in(header: str, name: str) -> str:
    """Return the value of a cookie, "" if it is not there.

    Whatever programs at other ports of this machine have set is sent as well, and need not be well formed.
    """
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return next((value for key, _, value in pairs if key == name), "")


def safe_headers(path: str, headers: Sequence[tuple[str, str]]) -> Headers:
    """Return the headers that an answer needs besides its own."""
    if path.startswith(API) and all(name.lower() != "cache-control" for name, _ in headers):
        return [*SAFE, ("Cache-Control", "no-store")]
    return SAFE
