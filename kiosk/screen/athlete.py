"""The athlete of the exercises, from their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pygame import Surface

from kiosk.circuit import Side
from kiosk.colour import Colour
from kiosk.figure.model import Figure
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figures import NOTHING, Shown, Want


class Athlete:
    """The figures of the exercises, mirrored for the side that they were not designed for."""

    def __init__(self, figures: Iterable[Figure], cache_dir: Path | None, memory_dir: Path | None = None) -> None:
        """With None for the cache every picture is drawn on the spot: slow, for stills and tests.

        `memory_dir` takes them while the cache cannot be written; without it that is the system's temporary folder.
        """
        figures = list(figures)
        self._sides = {figure.id: figure.side for figure in figures}
        self._frames = FigureFrames(figures, cache_dir, memory_dir=memory_dir)

    @property
    def settled(self) -> bool:
        return self._frames.settled

    def get(
        self, name: str, t_s: float, size: tuple[int, int], accent: Colour, side: Side | None, arrows: bool
    ) -> Shown:
        if name not in self._sides:
            return NOTHING
        return self._frames.get(name, t_s, size, accent, self._flipped(name, side), arrows)

    def want(self, wants: Sequence[Want]) -> None:
        self._frames.want(wants)

    def load_ahead(self, onto: Surface) -> bool:
        return self._frames.load_ahead(onto)

    def close(self) -> None:
        self._frames.close()

    def _flipped(self, name: str, side: Side | None) -> bool:
        designed = self._sides[name]
        return side is not None and designed is not None and designed != side.value
