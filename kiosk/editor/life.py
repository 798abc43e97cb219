"""How long the page stays open when it was opened at the wall. The clock is a parameter."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

UNSEEN_S = 600.0
"""Time for which the page is open until somebody has come in."""
IDLE_S = 900.0
"""Time for which it stays open after it was last used."""


class Life:
    """The time that is left. `now` returns seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self.in_use = False
        self.closes_s = now() + UNSEEN_S

    def used(self) -> None:
        """Note that somebody who has come in did something."""
        with self._lock:
            self.in_use = True
            self.closes_s = self._now() + IDLE_S

    @property
    def over(self) -> bool:
        """Whether the page has to close."""
        return self._now() >= self.closes_s
