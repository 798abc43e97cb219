"""The gate of the page: who may come in with the number or the key, and which requests are really the page's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hmac import compare_digest
from threading import Lock
from typing import NamedTuple

DIGITS = 6
MOST_WRONG = 5
"""Wrong numbers, of everybody together, after which there is a new number."""
WAITS_S = 30.0
"""Time after a change of the number in which none is accepted, so that nobody can try all of them."""
MOST_SESSIONS = 20
"""Number of browsers that are in at the same time. One more puts out the one that came in first."""


class Session(NamedTuple):
    """A browser that has come in: the secret in its cookie, and the token that its own scripts send along."""

    cookie: str
    token: str


class WrongError(Exception):
    """The number or the key is wrong. `left` says how often another number may be tried, None for any number."""

    def __init__(self, left: int | None) -> None:
        super().__init__("This number is not right." if left is not None else "This address is not right any more.")
        self.left = left


class TooManyError(Exception):
    """There were so many wrong numbers that none is accepted for a while."""

    def __init__(self) -> None:
        super().__init__("Too many wrong numbers: there is a new one on the wall. Wait half a minute, then type that.")


class Gate:
    """Lets browsers in by a number that is on the wall, or by a key that is in an address.

    `now` returns the time in seconds.
    """

    def __init__(self, now: Callable[[], float], *, by_key: bool = False) -> None:
        self._now = now
        self.pin = "" if by_key else _number()
        self.key = secrets.token_urlsafe(24) if by_key else ""
        self._wrong = 0
        self._closed_until_s = now()
        self._sessions: list[Session] = []
        self._lock = Lock()

    def enter_by_pin(self, pin: str) -> Session:
        """Return a new session. Raises WrongError or TooManyError."""
        with self._lock:
            if self._now() < self._closed_until_s:
                raise TooManyError
            if self.pin and same(pin, self.pin):
                return self._new_session()
            self._wrong += 1
            left = MOST_WRONG - self._wrong
            if not left:
                self._wrong = 0
                self.pin = _number() if self.pin else ""
                self._closed_until_s = self._now() + WAITS_S
                raise TooManyError
            raise WrongError(left)

    def enter_by_key(self, key: str) -> Session:
        """Return a new session. Raises WrongError."""
        with self._lock:
            if self.key and same(key, self.key):
                return self._new_session()
        raise WrongError(None)

    def session(self, cookie: str) -> Session | None:
        """Return the session that has this cookie."""
        with self._lock:
            # All are compared, so that the time says nothing about any of them.
            found = [one for one in self._sessions if same(cookie, one.cookie)]
        return found[0] if found else None

    def leave(self, session: Session) -> None:
        """End a session."""
        with self._lock:
            self._sessions = [one for one in self._sessions if one != session]

    def _new_session(self) -> Session:
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        self._sessions = [*self._sessions, session][-MOST_SESSIONS:]
        return session


def same(one: str, other: str) -> bool:
    """Return whether two secrets are equal. How long that takes says nothing about where they differ."""
    return compare_digest(one.encode(errors="replace"), other.encode())


def _number() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
