"""Folders for the files of figures: the cache, and a temporary folder while the cache cannot be written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kiosk.figure.colours import FigureColours
from kiosk.figure.model import Figure
from kiosk.screen.figure import store

log = logging.getLogger(__name__)


class NoFolderError(Exception):
    """No folder can be written. `exit_status` is that of a process that ends with this error."""

    exit_status = 3


class Folders:
    """The folders that may hold files, in order: the cache, then the substitutes for when it cannot be written.

    A damaged file that cannot be deleted is remembered: the card may be read-only, the file may belong to another user,
    or it may be a folder.
    """

    def __init__(self, paths: Iterable[Path], say: Callable[[str], None] = log.warning) -> None:
        self.paths = list(paths)
        self._say = say
        self._said = False
        self._bad: dict[Path, tuple[int, int] | None] = {}

    def of(self, figure: Figure, colours: FigureColours, box_px: tuple[int, int]) -> FigureFiles:
        return FigureFiles(self, store.size_folder(Path(), figure, colours, box_px))

    def usable(self, path: Path) -> bool:
        return path not in self._bad or self._bad[path] != _identity(path)

    def drop(self, path: Path, error: Exception) -> None:
        """Delete a file that cannot be used. If that fails, ignore the file until it changes."""
        self._say(f"dropping {path}: {error}")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            self._bad[path] = _identity(path)

    def save(self, content: bytes, file: Path) -> None:
        """Write a file into the first folder that can be written. Raises NoFolderError if none can.

        Every file tries all folders again: somebody may have made room on a full disk.
        """
        refusals = []
        for path in self.paths:
            try:
                store.save(content, path / file)
            except OSError as error:
                refusals.append(f"{path} cannot be written ({error.strerror or type(error).__name__})")
            else:
                break
        else:
            raise NoFolderError("; ".join(refusals))
        if refusals and not self._said:
            self._said = True
            self._say(f"figures are drawn into {path} for now: {refusals[0]}")


class FigureFiles(NamedTuple):
    """The files of one figure at one size. `within` is their subfolder, the same in each of the folders."""

    folders: Folders
    within: Path

    def found(self) -> dict[str, Path]:
        """Return the usable files by the names of their pictures.

        If two files have the same name, the one in the last folder counts: it would not have been drawn if the other
        could be read.
        """
        return {
            path.name.removesuffix(store.SUFFIX): path
            for folder in self.folders.paths
            for path in store.files(folder / self.within)
            if self.folders.usable(path)
        }

    def load(self, name: str) -> bytes | None:
        """Return the content of the first undamaged file of this name, None if there is none."""
        for folder in self.folders.paths:
            with suppress(OSError, ValueError):
                return store.load(folder / self._file(name))
        return None

    def save(self, content: bytes, name: str) -> None:
        """Write a file. Raises NoFolderError if no folder can be written."""
        self.folders.save(content, self._file(name))

    def drop(self, path: Path, error: Exception) -> None:
        self.folders.drop(path, error)

    def _file(self, name: str) -> Path:
        return self.within / (name + store.SUFFIX)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        about = path.lstat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns
