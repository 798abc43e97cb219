"""The files of the gym's own pictures. A picture is a photo, `swing.jpg`, or a clip, `swing-01.jpg`, `swing-02.jpg`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from math import floor, inf
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kiosk.circuit import OWN

FRAMES_PER_S = 10
MOST_FRAMES = 40
LARGEST_FRAME = 1_000_000
"""Maximum size of the file of a frame, in bytes."""
MOST_PIXELS = 4096
"""Maximum width and height. Decoding a photo of that size takes 70 MB."""
_FRAME = re.compile(r"(.+)-\d\d")
_HAIR_S = 1e-6
"""Tolerance for float rounding, without which a frame could come a hair before its time and miss it."""


def clip_of(stem: str) -> str | None:
    """Return the name of the clip of which a file with this name, without its suffix, may be a frame."""
    found = _FRAME.fullmatch(stem)
    return found and found[1]


def frames_of(clip: str) -> list[str]:
    """Return the names that frames of a clip may have, without their suffix. Those after MOST_FRAMES are too many."""
    return [f"{clip}-{number:02}" for number in range(1, 100)]


def opened(path: Path) -> BinaryIO:
    """Return a file that is open for reading. Without O_NONBLOCK a pipe would keep its reader waiting."""
    return open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))


class PictureFile(NamedTuple):
    """A file as it was when the config was read: its path, size in bytes and time of the last change.

    A file that was changed since is another one, which is not shown before the config is read again.
    """

    path: Path
    size: int
    changed_ns: int


class OwnPicture(NamedTuple):
    """A photo, or a clip of several frames, which loops. `width` and `height` are in pixels."""

    name: str
    files: tuple[PictureFile, ...]
    width: int
    height: int

    @property
    def id(self) -> str:
        """What the screen finds it by, see `Exercise.drawn`."""
        return OWN + self.name

    @property
    def digest(self) -> str:
        """A text that changes when the files change."""
        return " ".join(f"{file.path.name}:{file.size}:{file.changed_ns}" for file in self.files)

    def frame_at(self, t_s: float) -> tuple[int, float]:
        """Return the number of the frame at a time of the loop, counted from 0, and for how many seconds it stays."""
        if len(self.files) == 1:
            return 0, inf
        passed = floor((t_s + _HAIR_S) * FRAMES_PER_S)
        return passed % len(self.files), (passed + 1) / FRAMES_PER_S - t_s

    @property
    def shape(self) -> float:
        """The width over the height."""
        return self.width / self.height


def by_id(pictures: Iterable[OwnPicture]) -> dict[str, OwnPicture]:
    """Return the pictures by what the screen finds them by."""
    return {picture.id: picture for picture in pictures}
