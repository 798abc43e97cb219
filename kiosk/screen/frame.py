"""One view on the wall, and what becomes of it when time goes by: worked out a second ahead, in steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from kiosk.screen.display_list import Change, Item, changes
from kiosk.screen.kit import Kit
from kiosk.screen.layout import BOTTOM, LABEL_BASELINE
from kiosk.screen.painting import Painting, following
from kiosk.screen.piece import Piece
from kiosk.screen.scenes import scene_of
from kiosk.screen.scenes.running import TIME_LEFT
from kiosk.screen.widgets.badges import badges
from kiosk.screen.widgets.footer import label_end
from kiosk.view import Moment

HAIR_S = 1e-6
"""So much later than a change one looks again: a sum of seconds may come out a hair short."""
SOONEST_S = 0.025
"""No frame comes sooner after another. That is a little less than what looks smooth: a frame in between, such as that
of another second, must not make the athlete late for the rest of his move.
"""
AHEAD_S = 1.0
"""So far ahead is worked out what will be shown: most views stay the same for a second."""


class Step(NamedTuple):
    """What is shown from a moment on, and what makes it of the step before."""

    t_s: float
    items: list[Item]
    painting: Painting
    pieces: list[Piece]
    until_s: list[float]
    """Until when each piece surely stays as it is."""

    @property
    def due_s(self) -> float:
        """When there is a reason to show something else, as long as the view stays the same."""
        return max(self.t_s + SOONEST_S, min(map(_due_s, self.until_s, self.pieces)) + HAIR_S)


class Frame:
    """All that is shown, far to near."""

    def __init__(self, moment: Moment, kit: Kit) -> None:
        self._view, self._badges, self._kit = moment.view, moment.badges, kit
        self._t_s = moment.t_s
        self._make = scene_of(moment.view).pieces
        self._notes = _badges(moment, kit)
        pieces = [make(moment.view, moment.t_s, kit) for make in self._make]
        until_s = [moment.t_s + piece.stays_s for piece in pieces]
        self._shown = self._last = self._step(moment.t_s, pieces, until_s, [])
        self._ahead: deque[Step] = deque()
        """The steps after the one that is shown, up to the last one that was worked out."""

    @property
    def items(self) -> list[Item]:
        return self._shown.items

    def goes_on(self, moment: Moment) -> bool:
        """Say whether a moment shows the same but for what moves."""
        return moment.view is self._view and moment.badges == self._badges and moment.t_s >= self._t_s

    def advance(self, t_s: float) -> list[Painting]:
        """Let time go by until `t_s`; return what makes that of what was shown before, one after the other."""
        self._t_s = t_s
        if not self._ahead:
            self._add(self._next(t_s))
        paintings = []
        while self._ahead and self._ahead[0].t_s <= t_s + HAIR_S:
            self._shown = self._ahead.popleft()
            paintings.append(self._shown.painting)
        return paintings

    def work_ahead(self, stays_s: float, urgent: Callable[[], bool]) -> float:
        """Work out the steps of the next second, until `urgent`; the view stays the same for `stays_s` seconds.

        All of them together take little longer than two of them alone. What the processor has in its caches is gone
        after each wait for a frame, and with it most of what a step would need. Return for how many seconds they are.
        """
        until_s = self._t_s + min(stays_s, AHEAD_S)
        while self._last.due_s < until_s and not urgent():
            step = self._next(self._last.due_s)
            if not self._kit.figures.settled:
                # What is there by then decides what is shown.
                break
            self._add(step)
        return min(AHEAD_S, self._last.t_s - self._t_s)

    def stays_s(self) -> float:
        """Return for how many seconds there is no reason to draw another frame, as long as the view stays the same."""
        return (self._ahead[0].t_s if self._ahead else self._last.due_s) - self._t_s

    def _add(self, step: Step) -> None:
        self._last = step
        self._ahead.append(step)

    def _next(self, t_s: float) -> Step:
        """Return the step at `t_s`, after the last one that was worked out."""
        pieces, until_s = list(self._last.pieces), list(self._last.until_s)
        changed: list[Change] = []
        for at, make in enumerate(self._make):
            if t_s >= until_s[at]:
                piece = make(self._view, t_s, self._kit)
                changed += changes(pieces[at].items, piece.items)
                pieces[at], until_s[at] = piece, t_s + piece.stays_s
        return self._step(t_s, pieces, until_s, changed)

    def _step(self, t_s: float, pieces: list[Piece], until_s: list[float], changed: list[Change]) -> Step:
        items = [item for piece in pieces for item in piece.items]
        items += self._notes
        return Step(t_s, items, following(items, changed, self._kit), pieces, until_s)


def _due_s(until_s: float, piece: Piece) -> float:
    return until_s + piece.waits_s


def _badges(moment: Moment, kit: Kit) -> list[Item]:
    scene = scene_of(moment.view)
    if not moment.badges or not scene.badges:
        return []
    if scene.footer:
        return badges(kit, moment.badges, label_end(kit, TIME_LEFT) + 0.030, LABEL_BASELINE)
    return badges(kit, moment.badges, kit.layout.x0, BOTTOM + 0.035)
