"""The files of the gym's own pictures. A picture is a photo, `swing.jpg`, or a clip, `swing-01.jpg`, `swing-02.jpg`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

OWN = "@"
"""What an own picture's id begins with. No figure's name can, so that both have their places on the screen by id."""
FRAMES_PER_S = 10
MOST_FRAMES = 40
LARGEST_FRAME = 1_000_000
"""Maximum size of the file of a frame, in bytes."""
MOST_PIXELS = 4096
"""Maximum width and height. Decoding a photo of that size takes 70 MB."""


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
        return OWN + self.name

    @property
    def digest(self) -> str:
        """A text that changes when the files change."""
        return " ".join(f"{file.path.name}:{file.size}:{file.changed_ns}" for file in self.files)

    @property
    def shape(self) -> float:
        """The width over the height."""
        return self.width / self.height


def is_own(name: str) -> bool:
    """Return whether this is the id of an own picture, not the name of a figure."""
    return name.startswith(OWN)
