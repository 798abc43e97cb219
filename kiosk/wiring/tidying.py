"""Keeps the kiosk's memory from growing from day to day."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import QUIET_S, App
from kiosk.session import next_due_s
from kiosk.system.memory import trim_heap

TIDY_EVERY_S = 60.0


class Tidying:
    """A background task that returns freed memory to the system once a minute, when no cue is due soon."""

    def __init__(self, tidy: Callable[[], None] = trim_heap) -> None:
        self._tidy = tidy
        self._due_s = 0.0

    def turn(self, app: App, now_s: float) -> None:
        if now_s < self._due_s or next_due_s(app.session) - now_s < QUIET_S:
            return
        self._due_s = now_s + TIDY_EVERY_S
        self._tidy()

    def close(self) -> None:
        """Do nothing."""
