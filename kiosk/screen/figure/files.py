"""The files of figures: one for the still and one for the clip of each figure and box, in folders that may fill up."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import pygame

from kiosk import picture
from kiosk.figure import model
from kiosk.figure.model import Figure
from kiosk.picture.files import OwnPicture, opened
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.own import OwnClip, moves
from kiosk.screen.figures import SizedFigure

PREFIX, SUFFIX = "figure-", ".picture"
STILL, CLIP = "still", "clip"
CHECKSUM_BYTES = 4
"""Length of the checksum at the start of each file."""
DAY_S = 24 * 60 * 60.0
UNUSED_S = 60 * DAY_S
"""Time without use after which a file is deleted."""
KEPT_BYTES = 40 * 1024 * 1024
"""Maximum size of all files that are kept: at 1080p some thirty figures, each in its three boxes."""
ROOMY = 0.75
"""Part of KEPT_BYTES up to which own pictures are drawn before they come next. A dozen clips may take all of it, and
each that is drawn too early could delete one that comes sooner."""
LARGEST_BYTES = 32 * 1024 * 1024
"""Maximum size of a file. A clip for a 4K screen takes a tenth of this."""


class NoFolderError(Exception):
    """An error: no folder can be written. A process that ends with this error exits with `exit_status`."""

    exit_status = 3


@cache
def drawing_version() -> str:
    """Return a text that changes when the drawing code changes."""
    folders = (Path(module).parent for module in (model.__file__, picture.__file__, __file__))
    sources = sorted(source for folder in folders for source in folder.glob("*.py"))
    return _checksum(b"".join([pygame.version.ver.encode(), *(source.read_bytes() for source in sources)])).hex()


def kind_of(figure: Figure | OwnPicture, sized: SizedFigure) -> str:
    """Return the kind of file that has all that is shown of a figure in this box."""
    return STILL if isinstance(figure, OwnPicture) and not moves(figure, sized) else CLIP


def file_name(figure: Figure | OwnPicture, sized: SizedFigure, kind: str) -> str:
    """Return the file name of a figure's still or clip. The name changes with everything that changes the pictures."""
    width, height = sized.box_px
    return f"{_stem(figure.id, figure.digest)}{width}x{height}-{bytes(sized.ground).hex()}-{kind}{SUFFIX}"


def _stem(figure: str, digest: str) -> str:
    return f"{PREFIX}{figure}-{_checksum((digest + drawing_version()).encode()).hex()}-"


def delete_unused(folder: Path) -> None:
    """Delete files that were last used UNUSED_S before the file used last, and the oldest of more than KEPT_BYTES.

    The time of a file is that of its last use (`Folders.load`). It is compared with the other files' times and never
    with the clock, which is wrong on a Pi until a time server has answered. So a wall that was off for a summer, or
    whose clock is behind, loses nothing at its start, and nothing that it uses every day. All that a wrong clock can
    cost is that a file is drawn again.
    """
    with suppress(OSError):
        abouts = {path: path.lstat() for path in folder.glob(f"{PREFIX}*{SUFFIX}")}
        last_s, kept_bytes = max((about.st_mtime for about in abouts.values()), default=0.0), 0
        for path, about in sorted(abouts.items(), key=lambda one: one[1].st_mtime, reverse=True):
            kept_bytes += about.st_size
            if about.st_mtime < last_s - UNUSED_S or kept_bytes > KEPT_BYTES:
                path.unlink(missing_ok=True)


def has_room(folder: Path) -> bool:
    """Return whether there is room for files that are not needed yet, without deleting others for them."""
    with suppress(OSError):
        return sum(path.lstat().st_size for path in folder.glob(f"{PREFIX}*{SUFFIX}")) < ROOMY * KEPT_BYTES
    return False


def delete_stale(folder: Path, digests: Mapping[str, str]) -> None:
    """Delete files of older figures and of older drawing code, and leftovers of interrupted writes, if possible.

    `digests` are those of the figures that there are, by name.
    """
    current = tuple(_stem(*one) for one in digests.items())
    with suppress(OSError):
        for path in folder.glob(f"{PREFIX}*"):
            if not path.name.startswith(current):
                # Older versions had a folder for each figure.
                shutil.rmtree(path, ignore_errors=True)
                with suppress(OSError):
                    path.unlink(missing_ok=True)


class Folders:
    """The folders for the files, in order: the cache, then the substitutes to use when the cache cannot be written.

    A damaged file that cannot be deleted is remembered. The card may be read-only, or the file may belong to another
    user or be a folder.
    """

    def __init__(
        self, paths: Iterable[Path], say: Callable[[str], None], clock: Callable[[], float] = time.time
    ) -> None:
        """Store the folders, and `say`, which is called with messages for staff. `clock` is the wall clock."""
        self.paths = list(paths)
        self._say = say
        self._clock = clock
        self._bad: dict[Path, tuple[int, int]] = {}

    def has(self, figure: Figure | OwnPicture, sized: SizedFigure, kind: str) -> bool:
        """Return whether there is a file that is not known to be damaged."""
        return any(self._usable(file_name(figure, sized, kind)))

    def load(
        self, figure: Figure | OwnPicture, sized: SizedFigure, kind: str, flipped: bool = False
    ) -> Clip | OwnClip | None:
        """Return the clip, or None if there is no usable file. Using a file sets its time, at most once a day.

        A damaged file is deleted. If deleting fails, the file is ignored until it changes.
        """
        for path, identity in self._usable(file_name(figure, sized, kind)):
            try:
                clip = _clip(read(path), figure, sized, flipped)
                self._mark_used(path)
                return clip
            except (OSError, ValueError) as error:
                self._say(f"dropping {path}: {error}")
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    self._bad[path] = identity
        return None

    def save(self, content: bytes, figure: Figure | OwnPicture, sized: SizedFigure, kind: str) -> None:
        """Write a file into the first folder that can be written. Raises NoFolderError if none can.

        Every call tries all folders again, because somebody may have made room on a full disk.
        """
        refusals = []
        for path in self.paths:
            try:
                write(path / file_name(figure, sized, kind), content)
            except OSError as error:
                refusals.append(f"{path} cannot be written ({error.strerror or type(error).__name__})")
                continue
            if refusals:
                self._say(f"figures are drawn into {path} for now: {refusals[0]}")
            return
        raise NoFolderError("; ".join(refusals))

    def _mark_used(self, path: Path) -> None:
        # The card may be read-only. A clock that is behind, as before a time server has answered, changes nothing.
        with suppress(OSError):
            if (now_s := self._clock()) > path.stat().st_mtime + DAY_S:
                os.utime(path, (now_s, now_s))

    def _usable(self, name: str) -> Iterator[tuple[Path, tuple[int, int]]]:
        """Yield the path of each file with this name, and an identity that changes when the file changes.

        The last folder comes first, because a file is in a later folder only if the folders before could not be used.
        """
        for path in (folder / name for folder in reversed(self.paths)):
            with suppress(OSError):
                about = path.lstat()
                if (identity := (about.st_ino, about.st_mtime_ns)) != self._bad.get(path):
                    yield path, identity


def _clip(content: bytes, figure: Figure | OwnPicture, sized: SizedFigure, flipped: bool) -> Clip | OwnClip:
    if isinstance(figure, OwnPicture):
        return OwnClip(content, figure, sized)
    return Clip(content, figure, sized, flipped)


def read(path: Path) -> bytes:
    """Return the content of a file, without its checksum. Raises OSError, or ValueError if the file is damaged.

    Anything but a regular file is refused, because reading a pipe would wait forever.
    """
    with opened(path) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a file", str(path))
        if about.st_size > LARGEST_BYTES:
            raise ValueError("too large for a figure's file")
        checksum, content = file.read(CHECKSUM_BYTES), file.read()
    if checksum != _checksum(content):
        raise ValueError("damaged: the checksum does not match")
    return content


def write(path: Path, content: bytes) -> None:
    """Write a file atomically. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(content) + content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(CHECKSUM_BYTES, "big")
