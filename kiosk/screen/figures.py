"""The athlete as the scenes see him: a picture for a figure, a time and a box. What makes the pictures is not here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from math import inf
from typing import NamedTuple, Protocol, Self

from pygame import Rect, Surface

from kiosk.circuit import Side
from kiosk.colour import Colour

Want = tuple[str, tuple[int, int]]
"""A figure's name and the size of its box in pixels."""


class Part(Protocol):
    """One layer of a figure. Equal keys are equal pixels, put on what lies below."""

    @property
    def key(self) -> Hashable: ...

    @property
    def rect(self) -> Rect:
        """What it covers, in pixels from the box's left top corner."""

    @property
    def source(self) -> Hashable:
        """What two pictures must have in common for `differs` to compare them; None if it cannot."""

    @property
    def opaque(self) -> bool:
        """Whether it leaves nothing of what lies below its `rect`."""

    def differs(self, before: Self) -> Sequence[Rect] | None:
        """Return where it differs from another part of its source, relative to the box; None if that is not known."""

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None: ...

    def onto(self, before: Self) -> Callable[[Surface, tuple[int, int]], None] | None:
        """Return what makes this part of another one where that is seen, with nothing over it; None for `draw`."""


class Sprite(Protocol):
    """A picture of the athlete. Equal keys are equal pixels."""

    @property
    def key(self) -> Hashable: ...

    @property
    def rect(self) -> Rect:
        """What it covers, in pixels from the box's left top corner."""

    @property
    def parts(self) -> Sequence[Part]:
        """The layers that it consists of, far to near."""

    def cut_out(self, desk: Surface) -> Surface:
        """Return the picture as one surface, transparent around the athlete. It is made on the desk, a surface of at
        least its size, which is left as it was.
        """

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> Rect:
        """Draw on a target that shows the plain background there."""


class Shown(NamedTuple):
    """What a figure shows at a time (None where there is nothing yet), and for how many seconds that surely stays."""

    sprite: Sprite | None
    stays_s: float


NOTHING = Shown(None, inf)
UNSETTLED_S = 1 / 30
"""A picture that may be a better one at any time is asked for again so soon."""


class Figures(Protocol):
    """Where pictures of the athlete come from. No call may wait for one to be drawn."""

    @property
    def settled(self) -> bool:
        """Whether the last `get` will give the same whenever it is asked; else there may be a better picture soon."""

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Shown:
        """Return the figure at `t_s` seconds of its movement, as large as fits a box of `size` pixels.

        `side` is the side that works, None for the figure as it was designed. There is no sprite where there is no such
        figure, or no picture of it yet.
        """

    def want(self, wants: Sequence[Want]) -> None:
        """Say what will be shown, most urgent first."""

    def load_ahead(self, onto: Surface) -> bool:
        """Get ready, for a few milliseconds, what is wanted and will be put on a surface; say whether there may be
        more.
        """

    def close(self) -> None: ...


class NoFigures:
    """No athlete at all: for a wall whose figures could not be read."""

    settled = True

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Shown:
        return NOTHING

    def want(self, wants: Sequence[Want]) -> None:
        pass

    def load_ahead(self, onto: Surface) -> bool:
        return False

    def close(self) -> None:
        pass


class LateFigures:
    """Figures that are made when the first picture is on the screen, which so need not wait for them."""

    def __init__(self, make: Callable[[], Figures]) -> None:
        """Let `make` be called by the first `want`: the wall says what it wants when it has shown something."""
        self._make = make
        self._made: Figures | None = None

    @property
    def settled(self) -> bool:
        return self._made is not None and self._made.settled

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Shown:
        return self._made.get(name, t_s, size, accent, side, arrows) if self._made else Shown(None, UNSETTLED_S)

    def want(self, wants: Sequence[Want]) -> None:
        self._made = self._made or self._make()
        self._made.want(wants)

    def load_ahead(self, onto: Surface) -> bool:
        return self._made.load_ahead(onto) if self._made else True

    def close(self) -> None:
        if self._made:
            self._made.close()
