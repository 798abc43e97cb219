"""Where the files of figures lie: in the cache, or in a temporary folder while the cache cannot be written."""

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
    """No folder takes a file. `exit_status` is that of a process which this ends."""

    exit_status = 3


class Folders:
    """The folders that may hold files: the cache, then what takes the files that the cache does not take.

    A file that is damaged and cannot be deleted is remembered: a card may be read-only, a file somebody else's, or a
    folder lie in its place.
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
        """Delete a file that cannot be used, or else remember it for as long as it is the same one."""
        self._say(f"dropping {path}: {error}")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            self._bad[path] = _identity(path)

    def save(self, content: bytes, file: Path) -> None:
        """Write a file into the first folder that takes it. Raises NoFolderError if none does.

        A folder that does not is asked again for the next file: a full disk may be emptied.
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
    """The files of one figure at one size; `within` is their folder in each of the folders."""

    folders: Folders
    within: Path

    def found(self) -> dict[str, Path]:
        """Return the usable files by the names of their pictures.

        Where two have one name, the last folder's counts: it was not drawn if the first one could be read.
        """
        return {
            path.name.removesuffix(store.SUFFIX): path
            for folder in self.folders.paths
            for path in store.files(folder / self.within)
            if self.folders.usable(path)
        }

    def load(self, name: str) -> bytes | None:
        """Return the content of the first file of this name that is undamaged, None if there is none."""
        for folder in self.folders.paths:
            with suppress(OSError, ValueError):
                return store.load(folder / self._file(name))
        return None

    def save(self, content: bytes, name: str) -> None:
        """Write a file. Raises NoFolderError if no folder takes it."""
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
