"""The config folder: one writer at a time, and files that are exchanged whole."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.config_files import SETTINGS_FILES
from kiosk.stick import files

PICTURES = "pictures"
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")
LARGEST_PICTURE = 8_000_000
_NEW = ".kiosk-new-"
"""How the name of a file begins that is not yet in its place. It ends in .part, so that nobody takes it for a file."""


@contextmanager
def locked(config: Path, *, shared: bool = False) -> Iterator[int]:
    """Open a config folder for one writer, or for several readers; yield its descriptor.

    A stick exchanges the folder as a whole. Whoever waited for it meanwhile takes the new one.
    """
    while True:
        folder = os.open(config, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            if not os.path.samestat(os.fstat(folder), os.stat(config)):  # noqa: PTH116
                continue
            yield folder
            return
        finally:
            os.close(folder)


def is_picture(name: str) -> bool:
    """Return whether a config folder may have a picture of this name, such as "pictures/squat-01.jpg"."""
    around, _, file = name.rpartition("/")
    return (
        around == PICTURES and file.lower().endswith(PICTURE_SUFFIXES) and not file.startswith(".") and "\0" not in file
    )


def pictures(folder: int) -> list[str]:
    """Return the names of the pictures in an open config folder."""
    try:
        with files.opened(PICTURES, folder) as inner:
            return [path for name in files.entries(inner) if is_picture(path := f"{PICTURES}/{name}")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def read(name: str, folder: int) -> bytes | None:
    """Return the content of a file of an open config folder, None if there is none."""
    try:
        return files.read(name, folder, most=LARGEST_PICTURE, follow=True)
    except (FileNotFoundError, NotADirectoryError):
        return None


def put(name: str, content: bytes | None, folder: int) -> None:
    """Exchange a file of an open config folder, or remove it for the content None. In one step, down to the disk."""
    around, _, file = name.rpartition("/")
    if not around:
        _put(file, content, folder)
        return
    if content is not None and around not in files.entries(folder):
        files.make_folder(around, folder)
        os.fsync(folder)
    try:
        inner = os.open(around, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return
    try:
        _put(file, content, inner)
    finally:
        os.close(inner)


def _put(name: str, content: bytes | None, folder: int) -> None:
    if content is None:
        try:
            os.unlink(name, dir_fd=folder)
        except FileNotFoundError:
            return
    else:
        new = f"{_NEW}{name}.part"
        with suppress(FileNotFoundError):
            os.unlink(new, dir_fd=folder)
        files.write(new, content, folder, mode=_mode(name, folder))
        os.rename(new, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


def _mode(name: str, folder: int) -> int:
    try:
        about = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return 0o644
    return stat.S_IMODE(about.st_mode) if stat.S_ISREG(about.st_mode) else 0o644


def remove_unfinished(folder: int) -> None:
    """Remove the new files that a power cut has left in an open config folder, half written perhaps."""
    for around in ("", *_sub_folders(folder)):
        inner = os.open(around or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        try:
            for name in files.entries(inner):
                if name.startswith(_NEW):
                    os.unlink(name, dir_fd=inner)
        finally:
            os.close(inner)


def _sub_folders(folder: int) -> list[str]:
    return [name for name in files.entries(folder) if name in ORDER]


ORDER = (PICTURES, "figures", "exercises", "circuits")
"""The folders in the order in which their files are written: what is named goes before what names it."""


def in_order(names: Iterator[str] | list[str]) -> list[str]:
    """Return names of files in the order in which they are written. They are removed the other way round."""
    places = {folder: place for place, folder in enumerate(ORDER)}
    return sorted(names, key=lambda name: (places.get(name.rpartition("/")[0], len(places)), name))


def settings_file(there: files.Files) -> str:
    """Return the name that the settings' file has, or is to have."""
    return next((name for name in SETTINGS_FILES if name in there), SETTINGS_FILES[0])
