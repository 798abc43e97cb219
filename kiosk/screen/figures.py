"""The athlete as the scenes see him: a picture for a figure, a time and a box."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import inf
from pathlib import Path
from typing import Protocol

from pygame import Rect, Surface

from kiosk.circuit import Side
from kiosk.screen.figure import Figure, FigureFrames, Part
from kiosk.screen.theme import Colour

Want = tuple[str, tuple[int, int]]
"""A figure's name and the size of its box in pixels."""


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

    @property
    def surface(self) -> Surface:
        """The picture as one surface, transparent around the athlete."""

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> Rect:
        """Draw on a target that shows the plain background there."""


class Figures(Protocol):
    """Where pictures of the athlete come from. No call may wait for one to be drawn."""

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Sprite | None:
        """Return the figure at `t_s` seconds of its movement, as large as fits a box of `size` pixels.

        `side` is the side that works, None for the figure as it was designed. None comes back where there is no such
        figure, or no picture of it yet.
        """

    def stays_s(self, name: str, t_s: float, size: tuple[int, int], side: Side | None, arrows: bool) -> float:
        """Return for how many seconds, at most two, the picture of `t_s` surely stays what `get` gave; 0 if unknown."""

    def want(self, wants: Sequence[Want]) -> None:
        """Say what will be shown, most urgent first."""

    def load_ahead(self) -> None:
        """Get ready, for a few milliseconds, what is wanted."""

    def close(self) -> None: ...


class NoFigures:
    """No athlete at all: for a wall whose figures could not be read."""

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Sprite | None:
        return None

    def stays_s(self, name: str, t_s: float, size: tuple[int, int], side: Side | None, arrows: bool) -> float:
        return inf

    def want(self, wants: Sequence[Want]) -> None:
        pass

    def load_ahead(self) -> None:
        pass

    def close(self) -> None:
        pass


class Athlete:
    """The figures of the exercises, mirrored for the side that they were not designed for."""

    def __init__(self, figures: Iterable[Figure], cache_dir: Path | None) -> None:
        """With None for the folder every picture is drawn on the spot: slow, for stills and tests."""
        figures = list(figures)
        self._sides = {figure.id: figure.side for figure in figures}
        self._frames = FigureFrames(figures, cache_dir)

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Sprite | None:
        if name not in self._sides:
            return None
        return self._frames.get(name, t_s, size, accent, self._flipped(name, side), arrows)

    def stays_s(self, name: str, t_s: float, size: tuple[int, int], side: Side | None, arrows: bool) -> float:
        if name not in self._sides:
            return inf
        return self._frames.stays_s(name, t_s, size, self._flipped(name, side), arrows)

    def want(self, wants: Sequence[Want]) -> None:
        self._frames.want(wants)

    def load_ahead(self) -> None:
        self._frames.load_ahead()

    def close(self) -> None:
        self._frames.close()

    def _flipped(self, name: str, side: Side | None) -> bool:
        designed = self._sides[name]
        return side is not None and designed is not None and designed != side.value
