"""The changes that can be undone, with the content of all files before and after them, in a folder of their own.

Each content is a file whose name is its hash. Before a change is written, the journal says what was there, so that a
change which a power cut has interrupted is taken back.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.stick import files

MOST_CHANGES = 50
MOST_BYTES = 200_000_000
"""Maximum size of all contents together. The oldest changes are forgotten first."""
_OBJECTS, _CHANGES, _JOURNAL = "objects", "changes.json", "journal.json"
_HASH = re.compile(r"[0-9a-f]{64}")

Contents = Mapping[str, str | None]
"""The hashes of files' contents by their names; None for a file that is not there."""


class Change(NamedTuple):
    """One step. `before` and `after` are the contents of the files that it changed."""

    id: str
    when: float
    what: str
    before: Contents
    after: Contents


def hash_of(content: bytes) -> str:
    """Return the hash of a file's content, which is also its version."""
    return hashlib.sha256(content).hexdigest()


class History:
    """The changes in a folder. Only whoever has locked the config folder may use it."""

    def __init__(self, folder: Path, now: Any = time.time) -> None:
        self._folder = folder
        self._now = now
        (folder / _OBJECTS).mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> str:
        """Keep a content; return its hash."""
        name = hash_of(content)
        if not self.path(name).exists():
            self._write(Path(_OBJECTS, name), content)
        return name

    def path(self, name: str) -> Path:
        """Return the file that has the content with this hash."""
        assert _HASH.fullmatch(name), name
        return self._folder / _OBJECTS / name

    def content(self, name: str) -> bytes:
        """Return the content with this hash. Raises OSError."""
        return self.path(name).read_bytes()

    def content_if_known(self, name: str) -> bytes | None:
        """Return the content with a hash that somebody else gives, None if it is not known."""
        try:
            return self.content(name) if _HASH.fullmatch(name) else None
        except OSError:
            return None

    def changes(self) -> list[Change]:
        """Return the changes, the oldest first."""
        return _changes(self._read(_CHANGES))

    def begun(self) -> Change | None:
        """Return the change that was begun and not ended, None if there is none."""
        return next(iter(_changes(self._read(_JOURNAL))), None)

    def begin(self, what: str, before: Contents, after: Contents) -> Change:
        """Note a change before its first file is written. Its contents are kept already."""
        changes = self.changes()
        number = 1 + max((int(one.id) for one in changes), default=0)
        change = Change(str(number), self._now(), what, before, after)
        self._note(_JOURNAL, [change])
        return change

    def end(self, change: Change) -> None:
        """Note that all files of a change are written."""
        changes = [one for one in self.changes() if one.id != change.id]
        self._note(_CHANGES, _that_fit([*changes, change], self._folder / _OBJECTS))
        self.forget()

    def forget(self, taken_back: Change | None = None) -> None:
        """Forget the change that was begun, and the contents that no change needs."""
        if taken_back is not None:
            changes = self.changes()
            kept = [one for one in changes if one.id != taken_back.id]
            if len(kept) < len(changes):
                self._note(_CHANGES, kept)
        (self._folder / _JOURNAL).unlink(missing_ok=True)
        needed = {name for change in self.changes() for name in _hashes(change)}
        for path in (self._folder / _OBJECTS).iterdir():
            if path.name not in needed:
                path.unlink()

    def _note(self, name: str, changes: list[Change]) -> None:
        self._write(Path(name), json.dumps([one._asdict() for one in changes], indent=1).encode())

    def _write(self, name: Path, content: bytes) -> None:
        """Write a file of this folder in one step, down to the disk."""
        with files.opened((self._folder / name).parent.resolve()) as folder:
            new = f".{name.name}.part"
            (self._folder / name).with_name(new).unlink(missing_ok=True)
            files.write(new, content, folder)
            os.rename(new, name.name, src_dir_fd=folder, dst_dir_fd=folder)
            os.fsync(folder)

    def _read(self, name: str) -> Any:
        try:
            return json.loads((self._folder / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            # A damaged card must not keep staff from changing a workout.
            return []


def _that_fit(changes: list[Change], objects: Path) -> list[Change]:
    """Return the last changes that are not too many, and whose contents are not too large together."""
    kept: list[Change] = []
    seen: set[str] = set()
    size = 0
    for change in reversed(changes[-MOST_CHANGES:]):
        new = set(_hashes(change)) - seen
        size += sum((objects / name).stat().st_size for name in new if (objects / name).exists())
        if kept and size > MOST_BYTES:
            break
        seen |= new
        kept.insert(0, change)
    return kept


def _hashes(change: Change) -> list[str]:
    return [name for name in (*change.before.values(), *change.after.values()) if name is not None]


def _changes(said: Any) -> list[Change]:
    """Return the changes that a file says. What is damaged is left out."""
    found = []
    for one in said if isinstance(said, list) else []:
        match one:
            case {
                "id": str(id_),
                "when": int() | float() as when,
                "what": str(what),
                "before": dict(before),
                "after": dict(after),
            } if id_.isdecimal() and _are_contents(before) and _are_contents(after):
                found.append(Change(id_, float(when), what, before, after))
    return found


def _are_contents(said: Mapping[Any, Any]) -> bool:
    return all(
        isinstance(name, str) and (value is None or (isinstance(value, str) and _HASH.fullmatch(value)))
        for name, value in said.items()
    )
