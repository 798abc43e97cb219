"""The config folder: one writer at a time, and files that are exchanged whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress

from kiosk.config_files import PICTURES, SETTINGS_FILES, SUB_FOLDERS, largest
from kiosk.stick import files

TEXTS = tuple(name for name in SUB_FOLDERS if name != PICTURES)
ORDER = (PICTURES, "figures", "exercises", "circuits")
"""The folders in the order in which their files are written: what is named goes before what names it."""
_NEW = ".kiosk-new-"
"""How the name of a file begins that is not yet in its place. It ends in .part, so that nobody takes it for a file."""


def texts(folder: int) -> dict[str, bytes]:
    """Return the files in YAML of an open config folder, by names such as "circuits/monday.yaml"."""
    found: dict[str, bytes] = {}
    for name in SETTINGS_FILES:
        if (content := read(name, folder)) is not None:
            found[name] = content
    for name in named(folder):
        # A link may lead nowhere. That and the like is a problem of this file, which the check tells.
        with suppress(FileNotFoundError, IsADirectoryError, files.NotPlainError, files.TooMuchError):
            found[name] = files.read(name, folder, follow=True)
    return found


def named(folder: int) -> list[str]:
    """Return the names that the files in YAML of an open config folder have, also of those that cannot be read."""
    return [name for around in TEXTS for name in _names_in(around, folder)]


def pictures(folder: int) -> list[str]:
    """Return the names of the pictures in an open config folder."""
    return _names_in(PICTURES, folder)


def _names_in(around: str, folder: int) -> list[str]:
    """Return the names that the files in a folder of an open config folder have, none if it is not there."""
    try:
        with files.opened(around, folder, follow=True) as inner:
            return [path for name in files.entries(inner) if files.is_config_file(path := f"{around}/{name}")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def is_text(name: str) -> bool:
    """Return whether a config folder may have a file in YAML of this name. Those in .txt are mistakes."""
    return files.is_config_file(name) and not files.is_picture(name)


def is_picture(name: str) -> bool:
    """Return whether a config folder may have a picture of this name, such as "pictures/squat-01.jpg"."""
    return files.is_config_file(name) and files.is_picture(name)


def read(name: str, folder: int) -> bytes | None:
    """Return the content of a file of an open config folder, None if there is none."""
    try:
        return files.read(name, folder, most=largest(name), follow=True)
    except (FileNotFoundError, NotADirectoryError):
        return None


def prepare(name: str, content: bytes, folder: int) -> None:
    """Write what a file of an open config folder is to have into a hidden file beside it, down to the disk."""
    around, file = _split(name)
    if around not in (".", *files.entries(folder)):
        files.make_folder(around, folder)
        os.fsync(folder)
    with files.opened(around, folder, follow=True) as inner:
        with suppress(FileNotFoundError):
            os.unlink(_new(file), dir_fd=inner)
        files.write(_new(file), content, inner, mode=_mode(file, inner))


def exchange(name: str, folder: int) -> None:
    """Put what was prepared for a file in its place, in one step."""
    around, file = _split(name)
    with files.opened(around, folder, follow=True) as inner:
        os.rename(_new(file), file, src_dir_fd=inner, dst_dir_fd=inner)


def remove(name: str, folder: int) -> None:
    """Remove a file of an open config folder, if it is there."""
    around, file = _split(name)
    with suppress(FileNotFoundError), files.opened(around, folder, follow=True) as inner:
        os.unlink(file, dir_fd=inner)


def settle(names: Iterable[str], folder: int) -> None:
    """Wait until what became of files is on the disk."""
    for around in sorted({_split(name)[0] for name in names}):
        with suppress(FileNotFoundError), files.opened(around, folder, follow=True) as inner:
            os.fsync(inner)


def _split(name: str) -> tuple[str, str]:
    """Return the folder of a file within the config folder, and its name there."""
    around, _, file = name.rpartition("/")
    return around or ".", file


def _new(file: str) -> str:
    return f"{_NEW}{file}.part"


def _mode(name: str, folder: int) -> int:
    try:
        about = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return 0o644
    return stat.S_IMODE(about.st_mode) if stat.S_ISREG(about.st_mode) else 0o644


def remove_unfinished(folder: int) -> None:
    """Remove the new files that a power cut has left in an open config folder, half written perhaps."""
    for around in (".", *SUB_FOLDERS):
        with suppress(FileNotFoundError, NotADirectoryError), files.opened(around, folder, follow=True) as inner:
            for name in files.entries(inner):
                if name.startswith(_NEW):
                    os.unlink(name, dir_fd=inner)


def in_order(names: Iterable[str]) -> list[str]:
    """Return names of files in the order in which they are written. They are removed the other way round."""
    places = {folder: place for place, folder in enumerate(ORDER)}
    return sorted(names, key=lambda name: (places.get(name.rpartition("/")[0], len(places)), name))
