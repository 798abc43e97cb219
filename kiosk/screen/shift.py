"""Where the picture lies: it moves one step along a small circle now and then, against burn-in.

What may be shown next is got ready at the place where it will be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from math import cos, inf, sin, tau

from pygame import Surface

from kiosk.screen.fonts import GaveWay
from kiosk.screen.frame import Frame
from kiosk.screen.kit import Kit
from kiosk.screen.painting import pack
from kiosk.view import Moment

SHIFT_EVERY_S = 30.0
SHIFT_WAITS_S = 30.0
"""So long it waits for another view, and until the next place is got ready: no cue is near when a view has just begun,
and who presses does not wait. A paused circuit moves once a minute.
"""
SHIFT_STEPS = 8
SHIFT_RADIUS = 0.004
SHIFT_AHEAD_S = 5.0
"""So long before the picture moves, what may be shown then is got ready for its next place as well."""


class Place:
    """One place of the picture: the kit that draws there, and what was got ready for it."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._coming: Sequence[Moment] = ()
        self._rehearsal: Iterator[None] = iter(())

    def get_ready(self, surface: Surface, coming: Sequence[Moment], urgent: Callable[[], bool]) -> None:
        """Get ready what may be shown here next, until `urgent`; it goes on as long as `coming` is the same object."""
        if coming is not self._coming:
            self._coming, self._rehearsal = coming, _rehearse(surface, coming, self.kit.aside())
        with self.kit.fonts.giving_way(urgent):
            while next(self._rehearsal, True) is None and not urgent():
                pass


class Shift:
    """The places, one after the other, of a picture that `kit` draws in its middle."""

    def __init__(self, kit: Kit) -> None:
        self._middle = kit
        self._step = 0
        self._now_s = self._due_s = -inf
        self._next: Place | None = None
        self.here = Place(kit)

    def move(self, now_s: float, anew: bool) -> bool:
        """Let time go by, in seconds on any monotonic clock; say whether the picture lies elsewhere now.

        `anew` is whether another view begins.
        """
        self._now_s = now_s
        if now_s < self._due_s or not ((anew and self._next) or self.waits_s(now_s) <= 0):
            return False
        self.here.kit.forget()
        self.here, self._next = self._next or self._following(), None
        self._step, self._due_s = self._step + 1, (now_s // SHIFT_EVERY_S + 1) * SHIFT_EVERY_S
        return True

    def waits_s(self, now_s: float) -> float:
        """Return for how many seconds the picture may stay where it is, if no other view begins."""
        return self._due_s + SHIFT_WAITS_S - now_s

    def get_ready(self, surface: Surface, coming: Sequence[Moment], urgent: Callable[[], bool]) -> None:
        """Get ready what may be shown next, here and soon at the next place."""
        self.here.get_ready(surface, coming, urgent)
        if self._due_s - self._now_s <= SHIFT_AHEAD_S and not urgent():
            self._next = self._next or self._following()
            self._next.get_ready(surface, coming, urgent)

    def _following(self) -> Place:
        radius_px, turn = SHIFT_RADIUS * self._middle.layout.unit_px, self._step % SHIFT_STEPS * tau / SHIFT_STEPS
        return Place(self._middle.shifted(round(radius_px * cos(turn)), round(radius_px * sin(turn))))


def _rehearse(surface: Surface, coming: Sequence[Moment], kit: Kit) -> Iterator[None]:
    """Draw other screens out of sight, one thing at a time: the last one of several first, and again last.

    A press has to be answered at once, and making letters and shapes takes ten times as long as painting them. The
    others push out some of its letters.
    """
    first = coming[-1:] if len(coming) > 1 else ()
    for moment in (*first, *coming):
        items = None
        while items is None:
            with suppress(GaveWay):
                items = Frame(moment, kit).items
            yield
        for item in items:
            pack(surface, item)
            yield
    kit.latest.clear()
