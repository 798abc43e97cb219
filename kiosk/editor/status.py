"""The two files by which the wall and the page's process know of each other. Needs the standard library only.

The wall asks for the page by a file that exists for as long as the page is to be open. The page's process says in
another file where it is to be found.
"""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

ASKED = Path("/run/kiosk/page")
"""The file that exists while the wall wants the page to be open. The unit kiosk-editor.path waits for it."""
STATUS = Path("/run/kiosk-editor/status.json")
LARGEST = 100_000


class State(StrEnum):
    OPEN = "open"
    """The page can be reached, and nobody has come in yet."""
    IN_USE = "in use"
    """Somebody has come in with the number."""
    CLOSED = "closed"
    """It has closed by itself; the wall withdraws what it asked for."""
    FAILED = "failed"
    """It cannot be opened; `what` and `fix` say why."""


class Status(NamedTuple):
    """What the page's process says. Times are those of `kiosk.system.clock.boot_s`.

    `address` is what to type, such as "http://192.168.1.42"; `code` is its QR code, a string of 0 (light) and 1 (dark)
    for each row, without the quiet zone. It closes at `closes_s` unless somebody uses it.
    """

    state: State
    address: str = ""
    pin: str = ""
    code: tuple[str, ...] = ()
    closes_s: float = 0.0
    what: str = ""
    fix: str = ""


def tell(status: Status, path: Path = STATUS) -> None:
    """Write what the wall is to know, for the owner and the group only: the number opens the page. Raises OSError."""
    new = path.with_name(f".{path.name}")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
        file.write(json.dumps(status._asdict()))
        os.fchmod(file.fileno(), 0o640)
    new.replace(path)


def told(path: Path = STATUS) -> Status | None:
    """Return what the page's process says, None if there is none. Raises OSError or ValueError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, encoding="utf-8") as file:
        said = json.loads(file.read(LARGEST))
    match said:
        case {
            "state": str(state),
            "address": str(address),
            "pin": str(pin),
            "code": list(code),
            "closes_s": int() | float() as closes_s,
            "what": str(what),
            "fix": str(fix),
        } if all(isinstance(row, str) and row.isalnum() for row in code):
            return Status(State(state), address, pin, tuple(code), float(closes_s), what, fix)
    raise ValueError("this says nothing about the page")


def stamp(path: Path) -> tuple[int, ...] | None:
    """Return what tells one of these files from the next one of its name, None if there is no file."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_ctime_ns
