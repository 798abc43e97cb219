"""What is on a stick: the files in its folder `kiosk`, or one of the two things that are asked for by an empty one."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple, NoReturn

from kiosk.config_files import PICTURES, SETTINGS_FILES, SUB_FOLDERS, largest
from kiosk.errors import FileError, Problem
from kiosk.printable import shown
from kiosk.stick import files
from kiosk.stick.files import LateFiles, NotPlainError, Read, TooMuchError

FOLDER = "kiosk"
UNDO = ("undo", "undo.txt")
"""Names of a file that, alone in the folder, asks for the version before."""
_SYSTEM_FILES = ("desktop.ini", "thumbs.db")
"""Names of files that Windows adds to a folder by itself."""
_PLACES = "circuits, exercises, figures and pictures"


class StickError(FileError):
    """The files of a stick cannot be taken. Paths are relative to the stick's folder `kiosk`."""


class Content(NamedTuple):
    """The files of a stick. `empty` is whether its folder is empty, `undo` whether it asks for the version before."""

    files: LateFiles
    empty: bool = False
    undo: bool = False


def folder_on(stick: int) -> str | None:
    """Return the name of the folder `kiosk` on an open stick, in capital or small letters, or None without one."""
    try:
        return next((name for name in files.entries(stick) if name.lower() == FOLDER), None)
    except TooMuchError:
        # Sticks with more than that are not for the wall, or their folder is found by its usual name.
        return FOLDER if Path(f"/proc/self/fd/{stick}", FOLDER).is_dir() else None


def read(folder: int) -> Content:
    """Return what is in the stick's open folder `kiosk`. Raises StickError, or OSError if it cannot be read.

    Pictures are read again later, as long as the folder is open.
    """
    names = _entries(folder, "")
    if not names:
        return Content(LateFiles({}), empty=True)
    if all(name.lower() in UNDO for name in names):
        return Content(LateFiles({}), undo=True)
    found: dict[str, Read] = {}
    for name in names:
        lower = name.lower()
        if lower in SETTINGS_FILES:
            found[lower] = files.kept(_read(name, folder, name))
        elif lower in SUB_FOLDERS:
            _read_folder(name, folder, found)
        elif lower.endswith(files.ENDINGS):
            _refuse(name, "files of this kind are not in this place", f"move it to one of the folders {_PLACES}")
    if not found:
        _refuse("", "there is nothing to take", f"put files into its folders {_PLACES}, or leave it empty for a copy")
    return Content(LateFiles(found))


def _read_folder(name: str, folder: int, found: dict[str, Read]) -> None:
    pictures = name.lower() == PICTURES
    limits = (files.MOST_PICTURES, files.MOST_PICTURE_BYTES) if pictures else (files.MOST_FILES, files.MOST_BYTES)
    count, size = 0, 0
    try:
        with files.opened(name, folder) as inner:
            for file in _entries(inner, name):
                path = f"{name.lower()}/{files.with_small_ending(file)}"
                if not files.is_config_file(path):
                    continue
                content = _read(file, inner, f"{name}/{file}")
                found[path] = partial(_read_in, name, file, folder) if pictures else files.kept(content)
                count, size = count + 1, size + len(content)
                if count > limits[0] or size > limits[1]:
                    right = f"at most {limits[0]} files and {limits[1] // 1_000_000} MB in a folder"
                    _refuse("", "there is too much on the stick", right)
    except NotADirectoryError:
        _refuse(name, "this is not a folder", "a folder is expected here")


def _entries(folder: int, name: str) -> list[str]:
    """Return the names in an open folder, without those that a computer adds by itself."""
    try:
        names = files.entries(folder)
    except TooMuchError as error:
        _refuse(name, f"there are {error}", "remove what does not belong here")
    return [one for one in names if not one.startswith(".") and one.lower() not in _SYSTEM_FILES]


def _read_in(sub_folder: str, name: str, folder: int) -> bytes:
    with files.opened(sub_folder, folder) as inner:
        return _read(name, inner, f"{sub_folder}/{name}")


def _read(name: str, folder: int, path: str) -> bytes:
    most = largest(path.lower())
    try:
        return files.read(name, folder, most=most)
    except NotPlainError:
        _refuse(path, "this is a link or not an ordinary file", "replace it with the file itself")
    except TooMuchError:
        right = f"at most {most // 1_000_000} MB" if files.is_picture(path.lower()) else f"at most {most // 1000} kB"
        _refuse(path, "the file is too large", right)


def _refuse(path: str, wrong: str, right: str) -> NoReturn:
    raise StickError(Problem(wrong, right, path=PurePath(shown(path)) if path else None))
