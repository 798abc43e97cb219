"""The pictures of one figure at one size, as far as they are there."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.screen.figure import store
from kiosk.screen.figure.drawing import Drawing
from kiosk.screen.figure.palette import RGB
from kiosk.screen.figure.picture import Layer, Picture
from kiosk.screen.figure.pose import Figure, Step

LOOK_EVERY_S = 0.2
"""How often to look for new files while some are missing."""

log = logging.getLogger(__name__)


class Reel:
    """Gives the picture for a step, or the nearest there is.

    With a folder, pictures are loaded from the files that another process draws; every call reads at most three,
    and one as soon as things have settled. Without one, `drawing` draws what is asked for on the spot.
    """

    def __init__(
        self,
        figure: Figure,
        box_px: tuple[int, int],
        flipped: bool,
        folder: Path | None,
        drawing: Callable[[], Drawing],
    ) -> None:
        self.figure = figure
        self.box_px = box_px
        self.flipped = flipped
        self.dropped = False
        """Whether a file was thrown away that now has to be drawn again."""
        self._folder = folder
        self._drawing = drawing
        self._pictures: dict[str, Picture | None] = {}
        self._on_disk: set[str] = set()
        self._looked_at = float("-inf")
        self._accents: dict[tuple[int, int, bytes], Layer] = {}
        self._tints: dict[tuple[int, RGB], Layer | None] = {}
        self._arrow_tints: dict[tuple[RGB, float], Layer] = {}
        self._by_name = {step.name: step for step in figure.steps}
        self._complete = False
        self._to_load = store.picture_names(figure)
        """What `load_one` has still to look at; nothing once all is in memory."""

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be drawn by the other process."""
        if not self._complete:
            self._complete = self._folder is None or self._by_name.keys() <= self._on_disk | self._pictures.keys()
        return self._complete

    def under(self, name: str) -> Picture | None:
        """Return what lies under the picture of a step, if it is there yet."""
        return self._get(store.UNDER + self.figure.group(self._by_name[name]))

    def arrows(self) -> Picture | None:
        """Return the arrows, if the figure has any and they are drawn already."""
        return self._get(store.ARROWS) if self.figure.arrows else None

    def nearest(self, step: Step) -> tuple[str, Picture] | None:
        """Return name and picture of a step, or else of the one most like it.

        None when there is no picture at all yet, or nothing to lie under it.
        """
        if (picture := self._get(step.name)) and self.under(step.name):
            return step.name, picture
        there = [name for name in self._by_name if name in self._pictures or name in self._on_disk]
        if there:
            name = min(there, key=lambda name: _distance(step, self._by_name[name]))
            if (picture := self._get(name)) and self.under(name):
                return name, picture
        return None

    def load_one(self) -> bool:
        """Read one file ahead of need; whether there was one to read."""
        if self._to_load:
            self._to_load = [name for name in self._to_load if name not in self._pictures]
        for name in self._to_load:
            self._look(name)
            if name in self._on_disk:
                return self._get(name) is not None
        return False

    def draw_still(self) -> None:
        """Draw the still picture here and now, for when the other process is no more."""
        step = self.figure.steps[0]
        for name in (store.UNDER + self.figure.group(step), step.name):
            if self._pictures.get(name) is None:
                self._keep(name, store.draw(self._drawing(), name))

    def tint(self, picture: Picture, accent: RGB) -> Layer | None:
        """Return what an accent adds to a picture; feet that stay where they are need it once."""
        if picture.accent is None:
            return None
        key = (id(picture.accent), accent)
        if key not in self._tints:
            if len(self._tints) > 100:
                self._tints.clear()
            self._tints[key] = picture.tinted(accent)
        return self._tints[key]

    def tinted_arrows(self, arrows: Picture, accent: RGB, opacity: float) -> Layer:
        key = (accent, opacity)
        if key not in self._arrow_tints:
            if len(self._arrow_tints) > 20:
                self._arrow_tints.clear()
            self._arrow_tints[key] = arrows.merged(accent, opacity)
        return self._arrow_tints[key]

    def _get(self, name: str) -> Picture | None:
        if name in self._pictures:
            return self._pictures[name]
        if self._folder is None:
            return self._keep(name, store.draw(self._drawing(), name))
        self._look(name)
        if name not in self._on_disk:
            return None
        path = self._folder / (name + store.SUFFIX)
        try:
            return self._keep(name, store.unpack(path.read_bytes()))
        except (OSError, ValueError) as error:
            log.warning("dropping %s: %s", path, error)
            self._on_disk.discard(name)
            self.dropped = True
            self._complete = False
            path.unlink(missing_ok=True)
            return None

    def _look(self, name: str) -> None:
        now = time.monotonic()
        if self._folder and name not in self._on_disk and now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now
            self._on_disk = {path.name.removesuffix(store.SUFFIX) for path in self._folder.glob("*" + store.SUFFIX)}

    def _keep(self, name: str, picture: Picture | None) -> Picture | None:
        if picture and self.flipped:
            picture = picture.flipped(self.box_px[0])
        if picture and picture.accent:
            accent = picture.accent
            looks = hashlib.blake2b(accent.surface.get_buffer().raw, digest_size=16).digest()
            shared = self._accents.setdefault((accent.left, accent.top, looks), accent)
            picture = Picture(picture.colour, shared)
        self._pictures[name] = picture
        return picture


def _distance(wanted: Step, other: Step) -> float:
    """How different another picture is, roughly: the same move counts less than another one."""
    if (other.a, other.b) == (wanted.a, wanted.b):
        return abs(other.share - wanted.share)
    if other.number == 0 and other.a in (wanted.a, wanted.b):
        return wanted.share if other.a == wanted.a else 1 - wanted.share
    return 2.0
