"""The line in labwc's autostart that starts the kiosk with a user's desktop."""

from __future__ import annotations

import pwd
from functools import partial
from pathlib import Path

from kiosk.setup.record import Record
from kiosk.setup.rights import as_user

PROGRAM = Path("/usr/lib/kiosk/desktop.sh")
MARK = "# gym-wall kiosk"
LINE = f"{PROGRAM} & {MARK}"
KIND = "desktop"


def autostart_file(user: str) -> Path:
    """Return the user's autostart file of labwc. Raises KeyError if there is no such user."""
    return Path(pwd.getpwnam(user).pw_dir) / ".config/labwc/autostart"


def add_autostart(record: Record, user: str) -> None:
    """Let the kiosk start with a user's desktop. Raises OSError, or KeyError if there is no such user."""
    as_user(user, partial(add_line, autostart_file(user)))
    record.add(KIND, user)


def remove_autostart(record: Record) -> list[str]:
    """Take the line out of every autostart file that has it; return what to say."""
    said = []
    for user in record.values(KIND):
        try:
            file = autostart_file(user)
        except KeyError:
            continue
        try:
            said.append(as_user(user, partial(remove_line, file)))
        except OSError:
            said.append(f"Desktop: {user} cannot write {file}; remove this line from it: {LINE}")
    record.remove(KIND)
    return [line for line in said if line]


def add_line(file: Path) -> str:
    """Add the kiosk's line to an autostart file, in the place of an older one."""
    lines = _lines(file)
    if LINE not in lines:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, [*_others(lines), LINE])
    return ""


def remove_line(file: Path) -> str:
    """Remove the kiosk's line from an autostart file, and the file if nothing else is in it. Return what to say."""
    lines = _lines(file)
    others = _others(lines)
    if others == lines:
        return ""
    if others:
        _write(file, others)
    else:
        file.unlink()
    return f"Desktop: {file} no longer starts the kiosk"


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return []


def _others(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.rstrip().endswith(MARK)]


def _write(file: Path, lines: list[str]) -> None:
    # Written in place: the file may be a link into a folder where the user keeps such files.
    file.write_text("".join(f"{line}\n" for line in lines), errors="surrogateescape")
