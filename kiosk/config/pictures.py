"""Finds and checks the pictures of the gym's own that exercises name: photos, and clips as numbered frames."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml

from kiosk.config.problem import ContentError, natural_order, quoted, suggestion, wrong
from kiosk.config.values import file_name
from kiosk.config_files import LARGEST_PICTURE, PICTURE_SUFFIXES
from kiosk.errors import Problem
from kiosk.picture.files import (
    FRAMES_PER_S,
    LARGEST_FRAME,
    MOST_FRAMES,
    MOST_PIXELS,
    OwnPicture,
    PictureFile,
    clip_of,
    frames_of,
    opened,
)
from kiosk.picture.header import Header, HeaderError, header_of

_OTHERS = (".heic", ".heif", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff")
_FILMS = (".mp4", ".mov", ".m4v", ".webm", ".avi", ".mkv", ".3gp")


class OwnPictures:
    """The pictures in a folder, which need not exist. Those that an exercise names are checked, the others are not."""

    def __init__(self, folder: Path) -> None:
        self.named: dict[str, OwnPicture] = {}
        """The pictures that were read, by name."""
        self._folder = folder
        self._files: dict[str, list[Path]] | None = None
        """The files by their names without suffix, None before they are needed: most folders have no pictures."""

    def read(self, node: yaml.Node) -> str:
        """Return the name of the picture that a node names. Raises ContentError if it is not as it should be."""
        name = file_name("a picture", PICTURE_SUFFIXES)(node)
        try:
            self.found(name)
        except ContentError as error:
            (problem,) = error.problems
            raise wrong(node, problem.wrong, problem.right) from None
        return name

    def found(self, name: str) -> OwnPicture:
        """Return the picture with this name. Raises ContentError, without a place, if it is not as it should be."""
        if name not in self.named:
            self.named[name] = self._picture(name)
        return self.named[name]

    def _picture(self, name: str) -> OwnPicture:
        photos, frames = self._of(name), self._frames_of(name)
        if not photos and not frames:
            raise self._missing(name)
        if photos and frames:
            what = f"there are a photo {photos[0].name} and the frame {frames[min(frames)][0].name} of a clip"
            raise _error(what, "keep the photo or the frames")
        if frames:
            return self._clip(name, frames)
        file, header = _looked_at(_only(photos), LARGEST_PICTURE)
        return OwnPicture(name, (file,), header.width, header.height)

    def _clip(self, name: str, frames: Mapping[int, list[Path]]) -> OwnPicture:
        last = max(frames)
        if last > MOST_FRAMES:
            right = f"at most {MOST_FRAMES}, which is {MOST_FRAMES // FRAMES_PER_S} s"
            raise _error(f"the clip has a frame {last}", right)
        if gap := next((number for number in range(1, last) if number not in frames), 0):
            there = frames[min(number for number in frames if number > gap)][0]
            raise _error(f"the clip has no frame {gap}, but {there.name}", f"add {name}-{gap:02}{there.suffix}")
        looked = [_looked_at(_only(frames[number]), LARGEST_FRAME) for number in range(1, last + 1)]
        (first, header), *others = looked
        for file, other in others:
            if other[:2] != header[:2]:
                sizes = f"{header.width}x{header.height} and {other.width}x{other.height}"
                raise _error(f"{first.path.name} and {file.path.name} differ in size: {sizes}", "make them alike")
        return OwnPicture(name, tuple(file for file, _ in looked), header.width, header.height)

    def _missing(self, name: str) -> ContentError:
        """Return the error for a name that no picture has."""
        what = f"there is no picture {quoted(name)}"
        for file in sorted(self._others(name)):
            if file.suffix.lower() in _OTHERS:
                return _error(f"{what} of a kind that the wall can show", f"save {file.name} as a JPEG")
            if file.suffix.lower() in _FILMS:
                right = f"save the frames of {file.name} as {name}-01.jpg, {name}-02.jpg and so on, ten a second"
                return _error(f"{what} of a kind that the wall can show", right)
        known = self._names()
        return _error(what, suggestion(name, known) if known else f"put {name}.jpg into the folder pictures")

    def _of(self, name: str) -> list[Path]:
        if self._files is None:
            self._files = {}
            for path in _entries(self._folder):
                if path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith("."):
                    self._files.setdefault(path.stem, []).append(path)
        return self._files.get(name, [])

    def _frames_of(self, name: str) -> dict[int, list[Path]]:
        """Return the files of each frame of a clip, by number from 1 on."""
        return {number: files for number, stem in enumerate(frames_of(name), 1) if (files := self._of(stem))}

    def _names(self) -> list[str]:
        """Return the names that an exercise may use: a frame has that of its clip."""
        stems = self._files or {}
        return sorted({clip_of(stem) or stem for stem in stems}, key=natural_order)

    def _others(self, name: str) -> Iterable[Path]:
        return (path for path in _entries(self._folder) if path.stem == name)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        right = "allow the kiosk to read it: chmod a+rx"
        raise _error(f"the folder {folder} cannot be read ({error.strerror})", right) from error


def _only(paths: list[Path]) -> Path:
    if len(paths) > 1:
        raise _error(f"there are {paths[0].name} and {paths[1].name}", "keep one of the two")
    return paths[0]


def _looked_at(path: Path, largest: int) -> tuple[PictureFile, Header]:
    """Return a file and the size of its picture, without decoding it: that takes too long for the start."""
    try:
        with opened(path) as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise IsADirectoryError
            if about.st_size > largest:
                size, most = about.st_size / 1e6, largest // 1_000_000
                raise _error(f"{path.name} is too large ({size:.1f} MB)", f"at most {most} MB")
            header = header_of(file)
    except IsADirectoryError:
        raise _error(f"{path.name} is not an ordinary file", "replace it with one") from None
    except PermissionError:
        raise _error(f"the kiosk may not read {path.name}", "allow it: chmod a+r") from None
    except OSError as error:
        raise _error(f"{path.name} cannot be read ({error.strerror or type(error).__name__})") from error
    except HeaderError as error:
        raise _error(f"{path.name} {error}", error.right) from None
    if max(header.width, header.height) > MOST_PIXELS:
        what = f"{path.name} has {header.width}x{header.height} pixels"
        raise _error(what, f"make it smaller: at most {MOST_PIXELS} each way, and 1920 are enough")
    return PictureFile(path, about.st_size, about.st_mtime_ns), header


def _error(what: str, right: str = "") -> ContentError:
    return ContentError(Problem(what, right))


def trial(pictures: Iterable[OwnPicture], is_good: Callable[[PictureFile], bool]) -> list[Problem]:
    """Return the problems of pictures that show when they are decoded, which a photo may take half a second for."""
    problems = []
    for file in (file for picture in pictures for file in picture.files if not is_good(file)):
        # pygame is imported only for a folder that has pictures.
        import kiosk.quick_pygame  # noqa: F401
        from kiosk.picture.decode import decoded

        try:
            decoded(file)
        except ValueError as error:
            problems.append(Problem(f"the picture cannot be shown: {error}", "save it again", path=file.path))
    return problems
