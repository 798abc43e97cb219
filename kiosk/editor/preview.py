"""The line in front of the one process that draws: pictures of a draft first, and of each browser only the newest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Condition
from typing import TypeVar

T = TypeVar("T")

MOST_WAITING = 8
"""Requests that may wait for their turn at the same time."""


class SupersededError(Exception):
    """A newer picture was asked for, so that nobody looks at this one."""


class BusyError(Exception):
    """Too many wait already."""


class Line:
    """Lets one in at a time. Those with a lower rank go first, and of the same rank whoever came first."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._numbers = count()
        self._newest: dict[str, int] = {}
        self._waiting: list[tuple[int, int]] = []
        self._busy = False

    def wait_until_waiting(self, count: int, patience_s: float) -> bool:
        """Wait until so many wait for their turn. Return whether they do. For tests."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._waiting) == count, patience_s)

    def newest(self, who: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, in its turn. Raises SupersededError if somebody asks for a newer one before that.

        Raises BusyError if too many wait.
        """
        with self._changed:
            number = next(self._numbers)
            self._newest[who] = number
            self._changed.notify_all()
        with self._turn(0, lambda: self._newest.get(who) != number):
            return make()

    def forget(self, who: str) -> None:
        """Forget somebody who has left; what they wait for is superseded."""
        with self._changed:
            self._newest.pop(who, None)
            self._changed.notify_all()

    def after_others(self, make: Callable[[], T]) -> T:
        """Return what `make` makes, when nobody else waits for a newest picture. Raises BusyError."""
        with self._turn(1, lambda: False):
            return make()

    @contextmanager
    def _turn(self, rank: int, superseded: Callable[[], bool]) -> Iterator[None]:
        with self._changed:
            mine = (rank, next(self._numbers))
            if len(self._waiting) >= MOST_WAITING:
                raise BusyError
            self._waiting.append(mine)
            self._changed.notify_all()
            try:
                self._changed.wait_for(
                    lambda: superseded() or (not self._busy and mine == min(self._waiting)),
                )
                if superseded():
                    raise SupersededError
                self._busy = True
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
