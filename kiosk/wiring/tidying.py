"""Keeps the kiosk's memory tidy, so that garbage delays no press, and nothing grows from day to day."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import QUIET_S, App
from kiosk.session import next_due_s
from kiosk.system.memory import collect_new, trim_heap

TRIM_EVERY_S = 60.0


class Tidying:
    """A background task that tidies when no cue is due soon: garbage at once, freed memory once a minute."""

    def __init__(self, collect: Callable[[], None] = collect_new, trim: Callable[[], None] = trim_heap) -> None:
        """Take the functions that collect new garbage and that return freed memory to the system."""
        self._collect = collect
        self._trim = trim
        self._due_s = 0.0

    def turn(self, app: App, now_s: float) -> None:
        if next_due_s(app.session) - now_s < QUIET_S:
            return
        self._collect()
        if now_s >= self._due_s:
            self._due_s = now_s + TRIM_EVERY_S
            self._trim()

    def close(self) -> None:
        """Do nothing."""
