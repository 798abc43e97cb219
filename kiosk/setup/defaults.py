"""The defaults that a new version lays into the config folder. A file of the gym's is never touched."""

from __future__ import annotations

import os
import pwd
import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from kiosk.setup.rights import as_user, writer_of

CONFIG = Path("/etc/kiosk")
DEFAULTS = Path("/usr/share/kiosk/config")
BEFORE = Path("/var/lib/kiosk-setup/defaults")
"""The defaults of the last version that was installed."""
FOLDERS = ("", "circuits", "exercises")
EDITOR = "kiosk-editor"
"""The user of the page, who changes the config for whoever has come in."""


def lay_out(config: Path = CONFIG, defaults: Path = DEFAULTS, before: Path = BEFORE) -> list[str]:
    """Lay the defaults into the config folder, keep a copy of them as `before`, and return what to say.

    A file that is missing is laid, unless the last version brought it too: then the gym has deleted it. A default that
    has changed since the last version is laid beside the gym's file, as *.new.
    """
    said = []
    # Nothing was taken away on purpose from a config that is missing as a whole.
    last = before if config.is_dir() else None
    for name in FOLDERS:
        folder = config / name
        try:
            said.append(as_user(writer_of(folder), partial(lay_folder, name, config, defaults, last)))
        except OSError:
            said.append(f"Config: {folder} could not be written; the defaults are in {defaults / name}")
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(defaults, before)
    return [line for text in said for line in text.splitlines()]


def hand_over(config: Path = CONFIG) -> None:
    """Give the config folder and those in it to the page's user. Links, and what is somebody's, stay as they are.

    So does the page's user get the version before the last stick, which `kiosk undo` brings back.
    """
    number = pwd.getpwnam(EDITOR).pw_uid
    for folder in (config, config.with_name(f"{config.name}.before-stick")):
        if _give(folder, number):
            for inner in folder.iterdir():
                _give(inner, number)


def _give(folder: Path, user: int) -> bool:
    """Give a folder of root's to a user; return whether it is theirs now."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        if os.fstat(opened).st_uid == 0:
            os.fchown(opened, user, -1)
        return os.fstat(opened).st_uid == user
    finally:
        os.close(opened)


def lay_folder(name: str, config: Path, defaults: Path, before: Path | None) -> str:
    """Lay the defaults of one folder, such as "circuits"; return what to say. Raises OSError."""
    said = []
    folder = config / name
    for default in sorted((defaults / name).glob("*.yaml")):
        file, beside = folder / default.name, folder / f"{default.name}.new"
        last = before / name / default.name if before else None
        if not file.exists() and not file.is_symlink():
            deleted = last is not None and last.exists()
            # A new circuit may need an exercise that was deleted.
            needed = name == "exercises" and _is_named(default.stem, (config / "circuits").rglob("*"))
            if not deleted or needed:
                folder.mkdir(parents=True, exist_ok=True)
                _lay(default, file)
        elif _same(default, file):
            beside.unlink(missing_ok=True)
        elif last is None or not _same(default, last):
            _lay(default, beside)
            said.append(f"Config: {file} is yours and stays; the new default is beside it: {beside}")
    return "\n".join(said)


def _is_named(exercise: str, files: Iterable[Path]) -> bool:
    word = re.compile(rf"(?<!\w){re.escape(exercise)}(?!\w)")
    return any(word.search(file.read_text(errors="replace")) for file in files if file.is_file())


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _lay(default: Path, file: Path) -> None:
    """Copy a default. What was in its place is replaced, not followed if it was a link."""
    content = default.read_bytes()
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "wb") as stream:
        stream.write(content)
