"""The file by which the wall is told about a stick, and the words of the notices that root's steps give."""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path
from typing import NamedTuple

from kiosk.notice import Notice, as_json, from_json

FOLDER = Path("/run/kiosk-stick")
FILE = "notice.json"
LARGEST = 100_000
CODE = "E-STICK"
UNCHANGED = "Nothing was changed: the wall keeps the workouts it has."
AGAIN = "put the stick in again"
PUT_IT_IN = AGAIN.capitalize()
PULL = "You can pull the stick out now."
_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EROFS, errno.EXDEV, errno.EINVAL)
_PULLED_OUT = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOMEDIUM, errno.ENOENT)
"""What the kernel says of a stick that is gone. ENOENT: a file is gone that was in the list of its folder before."""


class News(NamedTuple):
    """What the file says: a notice, or None while the stick is being read. `at_s` is in seconds since the boot."""

    at_s: float
    notice: Notice | None


def refused(what: str, fix: str, where: str = "", headline: str = "Stick not taken", note: str = UNCHANGED) -> Notice:
    """Return the notice that says why a stick was not taken."""
    return Notice(headline, code=CODE, what=what, where=where, fix=fix, note=note)


def refused_by_disk(error: OSError) -> Notice:
    """Return the notice for an error while files were written to the disk of the wall."""
    if error.errno in _FULL:
        return refused("The wall’s disk is full.", f"Make room on it, or use a larger card; then {AGAIN}.")
    if error.errno in _READ_ONLY:
        fix = f"Switch the Overlay File System off in raspi-config, and {AGAIN}."
        return refused("The wall’s disk is read-only.", fix)
    if error.errno is None:
        return refused(f"The wall’s config folder has {error}.", "Remove what does not belong there.")
    return refused(f"The wall’s disk: {error.strerror or error}.", f"Restart the wall and {AGAIN}.")


def refused_by_stick(error: OSError, where: str = "") -> Notice:
    """Return the notice for an error while the stick was read."""
    if error.errno in _PULLED_OUT:
        return refused("The stick was pulled out while it was read.", f"{PUT_IT_IN}, and wait for the notice.")
    return refused(f"The stick cannot be read ({error.strerror or error}).", "Try another stick.", where)


def tell(notice: Notice | None, folder: Path = FOLDER) -> None:
    """Write what the wall is to say. None: the stick is being read."""
    said = {"at_s": time.clock_gettime(time.CLOCK_BOOTTIME), "notice": None if notice is None else as_json(notice)}
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    new = folder / f".{FILE}"
    new.unlink(missing_ok=True)
    new.write_text(json.dumps(said), encoding="utf-8")
    new.chmod(0o644)
    new.replace(folder / FILE)


def withdraw(folder: Path = FOLDER) -> None:
    """Take back what the wall is to say."""
    (folder / FILE).unlink(missing_ok=True)


def told(folder: Path = FOLDER) -> News | None:
    """Return what the wall is to say, or None if there is nothing. Raises OSError or ValueError."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, encoding="utf-8") as file:
        said = json.loads(file.read(LARGEST))
    match said:
        case {"at_s": float(at_s), "notice": notice}:
            return News(at_s, None if notice is None else from_json(notice))
    raise ValueError("this says nothing about a stick")
