"""The frame cache: pictures and motions of one figure at one size, read from files as they are drawn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.colour import Colour
from kiosk.figure.model import Figure, Step
from kiosk.figure.picture import Picture
from kiosk.screen.figure import motion, store
from kiosk.screen.figure.folders import FigureFiles
from kiosk.screen.figure.motion import Backdrop, Motion
from kiosk.screen.figure.sprite import LayerPool, packed

if TYPE_CHECKING:
    from kiosk.figure.drawing import Drawing

LOOK_EVERY_S = 0.2
"""Interval between looks for new files while some are missing."""


class FrameCache:
    """Pictures by name and motions by group, mirrored if `flipped`.

    With `files` they are read from what another process draws. Without, `drawing` draws a picture when it is asked
    for, and there are no motions.
    """

    def __init__(
        self,
        figure: Figure,
        box_px: tuple[int, int],
        flipped: bool,
        files: FigureFiles | None,
        background: Colour,
        drawing: Callable[[], Drawing],
    ) -> None:
        self.motions: dict[str, Motion] = {}
        self.dropped = False
        """Whether a bad file was deleted and has to be drawn again."""
        self._figure = figure
        self._box_px = box_px
        self._flipped = flipped
        self._files = files
        self._background = background
        self._backdrop: Backdrop | None = None
        self._drawing = drawing
        self._pictures: dict[str, Picture | None] = {}
        self._pool = LayerPool()
        self._on_disk: dict[str, Path] = {}
        self._looked_at = float("-inf")
        self._complete = False
        self._loading: Iterator[bool] | None = None
        self._all_read = files is None

    @property
    def all_read(self) -> bool:
        """Whether every file has been read; layers may still be compressed."""
        return self._all_read

    @property
    def complete(self) -> bool:
        """Whether the other process has drawn everything."""
        if not self._complete:
            names = store.file_names(self._figure)
            self._complete = self._files is None or all(map(self._has, names))
        return self._complete

    def has(self, name: str) -> bool:
        """Whether there is a picture of this name, on disk or in memory."""
        return name in self._on_disk or name in self._pictures

    def picture(self, name: str) -> Picture | None:
        """Return a picture, after reading or drawing it if needed; None while there is none."""
        if name in self._pictures:
            return self._pictures[name]
        if self._files is None:
            return self._keep(name, store.draw(self._drawing(), name))
        content = self._content(name)
        if content is None:
            return None
        try:
            return self._keep(name, store.unpack(content, self._box_px))
        except ValueError as error:
            self._drop(name, error)
            return None

    def draw(self, step: Step) -> None:
        """Draw a picture and what lies under it in this process, for when the drawing process has died."""
        for name in (store.UNDER + self._figure.group(step), step.name):
            if self._pictures.get(name) is None:
                self._keep(name, store.draw(self._drawing(), name))

    def load_one(self, *, unpack: bool, onto: pygame.Surface | None = None) -> bool:
        """Read one file or decompress one layer; return whether there was one to do.

        Without `unpack` the layers of motions stay compressed until they are shown.
        """
        if not self._all_read:
            if self._loading is None:
                self._loading = self._load()
            if next(self._loading, False):
                return True
            self._loading = None
            self._all_read = self.complete and self.motions.keys() == self._figure.groups.keys()
        return unpack and any(one.unpack_one(onto) for one in self.motions.values())

    def _load(self) -> Iterator[bool]:
        """Read the motions, and the single pictures of motions that are not there yet; yield after each file."""
        for group in self._figure.groups:
            if group in self.motions:
                continue
            if (content := self._content(store.MOTION + group)) is not None:
                self._load_motion(group, content)
                yield True
                continue
            for name in (store.UNDER + group, *(step.name for step in self._figure.in_a_row(group))):
                if name not in self._pictures and self.picture(name):
                    yield True
        if self._figure.arrows and store.ARROWS not in self._pictures and self.picture(store.ARROWS):
            yield True

    def _load_motion(self, group: str, content: bytes) -> None:
        names = [step.name for step in self._figure.in_a_row(group)]
        try:
            self.motions[group] = motion.unpack(content, names, self._backdrop_of, self._box_px, self._flipped)
        except ValueError as error:
            self._drop(store.MOTION + group, error)
        else:
            self._drop_pictures_of_motions()

    def _backdrop_of(self, rect: pygame.Rect) -> Backdrop:
        """Return the one backdrop of all motions, which cover the same area."""
        if self._backdrop is None or self._backdrop.rect != rect:
            self._backdrop = Backdrop(rect, self._background)
        return self._backdrop

    def _drop_pictures_of_motions(self) -> None:
        """Forget the pictures that are in a motion too."""
        shown = {name for one in self.motions.values() for name in one.names}
        shown |= {store.UNDER + group for group in self.motions}
        self._pictures = {name: picture for name, picture in self._pictures.items() if name not in shown}

    def _has(self, name: str) -> bool:
        return self.has(name) or name.removeprefix(store.MOTION) in self.motions

    def _content(self, name: str) -> bytes | None:
        """Return the content of a file, None if there is none."""
        assert self._files is not None
        now = time.monotonic()
        if name not in self._on_disk and now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now
            self._on_disk = self._files.found()
        if name not in self._on_disk:
            return None
        try:
            return store.load(self._on_disk[name])
        except (OSError, ValueError) as error:
            self._drop(name, error)
            return None

    def _drop(self, name: str, error: Exception) -> None:
        assert self._files is not None
        self._files.drop(self._on_disk.pop(name), error)
        self.dropped = True
        self._complete = self._all_read = False

    def _keep(self, name: str, picture: Picture | None) -> Picture | None:
        if picture and self._flipped:
            picture = picture.flipped(self._box_px[0])
        if picture:
            accent = picture.accent and self._pool.layer(picture.accent)
            picture = Picture(packed(picture.colour), accent)
        self._pictures[name] = picture
        return picture
