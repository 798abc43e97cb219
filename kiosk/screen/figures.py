"""The figures as scenes see them: a source of pictures by figure, time and box. `kiosk.screen.figure` implements it.

The gym's own pictures are figures here, too: each has an id as its name, see `Exercise.drawn`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from pygame import Surface

from kiosk.circuit import Side
from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS
from kiosk.figure.proportions import width_over_height
from kiosk.picture.files import OwnPicture, by_id

if TYPE_CHECKING:
    from kiosk.figure.model import Figure
    from kiosk.screen.figure.sprite import Sprite

UNSETTLED_S = 1 / 30
"""Interval after which to ask again for a picture that is not final. A better picture may come at any time."""


class SizedFigure(NamedTuple):
    """A figure, the size of its box in pixels, and the colour of the ground on which it is drawn."""

    name: str
    box_px: tuple[int, int]
    ground: Colour = COLOURS.background


class FigureMoment(NamedTuple):
    """A figure at `t_s` seconds of its loop, as large as a box of `box_px` (width and height in pixels) allows.

    If it is `still`, it stays in its key pose, `t_s` is the loop's `key_s`, and only that one picture is needed.
    """

    name: str
    t_s: float
    box_px: tuple[int, int]
    accent: Colour
    side: Side | None = None
    """The side of the body that works. None shows the figure as it was designed."""
    arrows: bool = False
    ground: Colour = COLOURS.background
    still: bool = False

    @property
    def sized(self) -> SizedFigure:
        return SizedFigure(self.name, self.box_px, self.ground)


class Loop(NamedTuple):
    """The length of a figure's loop, and a time in the loop at which the figure is in its key pose, in seconds.

    `shape` is the width of all its pictures together over their height.
    """

    duration_s: float
    key_s: float
    shape: float = 1.0


class Shown(NamedTuple):
    """The sprite of a figure at a time, and the number of seconds for which the sprite stays correct.

    The sprite is None if there is no such figure, or no picture of it yet.
    """

    sprite: Sprite | None
    stays_s: float


NOTHING = Shown(None, inf)


class Figures:
    """A source of pictures of the figures. This base class has none. No call waits for a picture to be drawn."""

    def __init__(
        self, figures: Mapping[str, Figure] | Iterable[Figure] = (), pictures: Iterable[OwnPicture] = ()
    ) -> None:
        """Take the figures, by name or in any order, and the gym's own pictures."""
        self._pictures = by_id(pictures)
        self._figures: Mapping[str, Figure] = (
            figures if isinstance(figures, Mapping) else {figure.id: figure for figure in figures}
        )
        self._shapes: dict[str, float] = {}

    def get(self, moment: FigureMoment) -> Shown:
        return NOTHING

    def loop(self, name: str) -> Loop | None:
        """Return the loop of a figure, None if there is no such figure. An own picture takes no turns: it has none."""
        if picture := self._pictures.get(name):
            return Loop(0.0, 0.0, picture.shape)
        figure = self._figures.get(name)
        if figure is None:
            return None
        if name not in self._shapes:
            self._shapes[name] = width_over_height(figure)
        return Loop(figure.duration_s, figure.still_s, self._shapes[name])

    def request(self, figures: Sequence[SizedFigure]) -> None:
        """Set the figures that come next, most urgent first. They are drawn in the background and can be prefetched."""

    def prefetch(self, onto: Surface) -> bool:
        """Read requested pictures into memory for a few milliseconds; return whether there may be more to read.

        `onto` is the surface that the pictures will be painted on.
        """
        return False

    def close(self) -> None:
        """Free the memory of the figures and end their processes. Further calls do nothing."""


class UnseenFigures(Figures):
    """The figures of a screen that is laid out like another one, but shows none of its figures."""

    def __init__(self, source: Figures) -> None:
        super().__init__()
        self._source = source

    def loop(self, name: str) -> Loop | None:
        return self._source.loop(name)


class LateFigures(Figures):
    """A source of figures that is opened after the first picture is shown, so that the picture need not wait."""

    def __init__(self, open_: Callable[[], Figures]) -> None:
        """Store `open_`. The first `request` calls it, and comes when the screen already shows something."""
        super().__init__()
        self._open = open_
        self._opened: Figures | None = None

    def get(self, moment: FigureMoment) -> Shown:
        return self._opened.get(moment) if self._opened else Shown(None, UNSETTLED_S)

    def loop(self, name: str) -> Loop | None:
        return self._opened.loop(name) if self._opened else None

    def request(self, figures: Sequence[SizedFigure]) -> None:
        self._opened = self._opened or self._open()
        self._opened.request(figures)

    def prefetch(self, onto: Surface) -> bool:
        return self._opened.prefetch(onto) if self._opened else True

    def close(self) -> None:
        if self._opened:
            self._opened.close()
