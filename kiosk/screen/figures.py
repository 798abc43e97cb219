"""The figures as scenes see them: a picture for a figure, a time and a box. `kiosk.screen.figure` makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from pygame import Surface

from kiosk.circuit import Side
from kiosk.colour import Colour

if TYPE_CHECKING:
    from kiosk.screen.figure.sprite import Sprite

SizedFigure = tuple[str, tuple[int, int]]
"""A figure's name and the size of its box in pixels."""
UNSETTLED_S = 1 / 30
"""Interval after which to ask again for a picture that may be replaced by a better one at any time."""


class FigureMoment(NamedTuple):
    """A figure at `t_s` seconds of its loop, as large as fits a box of `box_px` pixels."""

    name: str
    t_s: float
    box_px: tuple[int, int]
    accent: Colour
    side: Side | None = None
    """The side that works, None for the figure as it was designed."""
    arrows: bool = False


class Shown(NamedTuple):
    """What a figure shows at a time, and for how many seconds that stays right.

    The sprite is None if there is no such figure, or no picture of it yet.
    """

    sprite: Sprite | None
    stays_s: float


NOTHING = Shown(None, inf)


class Figures:
    """A source of pictures of the figures. This one has none. No call waits for a picture to be drawn."""

    def get(self, moment: FigureMoment) -> Shown:
        return NOTHING

    def request(self, figures: Sequence[SizedFigure]) -> None:
        """Set what will be shown, most urgent first. It is drawn in the background and can be prefetched."""

    def prefetch(self, onto: Surface) -> bool:
        """Read requested pictures into memory for a few milliseconds; return whether there may be more.

        `onto` is the surface that the pictures will be painted on.
        """
        return False

    def close(self) -> None:
        """Free what the figures need; harmless when called again."""


class LateFigures(Figures):
    """Figures that are opened after the first picture is on the screen, so that it need not wait for them."""

    def __init__(self, open_: Callable[[], Figures]) -> None:
        """`open_` is called by the first `request`, which comes when the screen shows something."""
        self._open = open_
        self._opened: Figures | None = None

    def get(self, moment: FigureMoment) -> Shown:
        return self._opened.get(moment) if self._opened else Shown(None, UNSETTLED_S)

    def request(self, figures: Sequence[SizedFigure]) -> None:
        self._opened = self._opened or self._open()
        self._opened.request(figures)

    def prefetch(self, onto: Surface) -> bool:
        return self._opened.prefetch(onto) if self._opened else True

    def close(self) -> None:
        if self._opened:
            self._opened.close()
