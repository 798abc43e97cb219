"""One view on the wall: its pieces as they were drawn last, and what of them has to be drawn anew when time goes by."""

from __future__ import annotations

from pygame import Rect

from kiosk.screen.display_list import Item, changes
from kiosk.screen.kit import Kit
from kiosk.screen.layout import BOTTOM, LABEL_BASELINE
from kiosk.screen.piece import Piece
from kiosk.screen.scenes import scene_of
from kiosk.screen.scenes.running import TIME_LEFT
from kiosk.screen.widgets.badges import badges
from kiosk.screen.widgets.footer import label_end
from kiosk.view import Moment

HAIR_S = 1e-6
"""So much later than a change one looks again: a sum of seconds may come out a hair short."""


class Frame:
    """All that is shown, far to near."""

    def __init__(self, moment: Moment, kit: Kit) -> None:
        self.items: list[Item] = []
        self._view, self._badges, self._kit = moment.view, moment.badges, kit
        self._t_s = moment.t_s
        self._make = scene_of(moment.view).pieces
        self._pieces = [make(moment.view, moment.t_s, kit) for make in self._make]
        self._until_s = [moment.t_s + piece.stays_s for piece in self._pieces]
        self._notes = _badges(moment, kit)
        self._compose()

    def goes_on(self, moment: Moment, kit: Kit) -> bool:
        """Say whether a moment shows the same but for what moves."""
        return (
            moment.view is self._view and kit is self._kit and moment.badges == self._badges and moment.t_s >= self._t_s
        )

    def advance(self, t_s: float) -> list[Rect]:
        """Let time go by until `t_s`; return the rectangles in which that may be seen."""
        changed: list[Rect] = []
        self._t_s, anew = t_s, False
        for at, until_s in enumerate(self._until_s):
            if t_s >= until_s:
                piece = self._make[at](self._view, t_s, self._kit)
                changed += changes(self._pieces[at].items, piece.items)
                self._pieces[at], self._until_s[at], anew = piece, t_s + piece.stays_s, True
        if anew:
            self._compose()
        return changed

    def stays_s(self) -> float:
        """Return for how many seconds there is no reason to draw another frame, as long as the view stays the same."""
        return self._due_s - self._t_s + HAIR_S

    def _compose(self) -> None:
        self.items = [item for piece in self._pieces for item in piece.items]
        self.items += self._notes
        self._due_s = min(map(_due_s, self._until_s, self._pieces))


def _due_s(until_s: float, piece: Piece) -> float:
    return until_s + piece.waits_s


def _badges(moment: Moment, kit: Kit) -> list[Item]:
    scene = scene_of(moment.view)
    if not moment.badges or not scene.badges:
        return []
    if scene.footer:
        return badges(kit, moment.badges, label_end(kit, TIME_LEFT) + 0.030, LABEL_BASELINE)
    return badges(kit, moment.badges, kit.layout.x0, BOTTOM + 0.035)
