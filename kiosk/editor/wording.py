"""What differs between two versions of a document, in the words of whoever makes workouts."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.editor.documents import ENTRIES, Document, plain
from kiosk.editor.scalars import same

MOST = 12
"""Maximum number of lines. Whoever has changed more than that has made another workout."""
_LABELS = {
    "amrap": "Time",
    "for_time": "Cap",
    "dim_after": "Screen dims after",
    "open": "Opening hours",
    "circuit": "Circuit on the start screen",
    "short": "Short name",
}
_WITHOUT_NAME = {
    "amrap": "AMRAP",
    "for_time": "For time",
    "stations": "Stations",
    "together": "Together",
    "exercises": "Block",
}


def differences(old: Document, new: Document, titles: Mapping[str, str] | None = None) -> list[str]:
    """Return a line for each difference. `titles` are those of the exercises, by the names of their files."""
    lines = list(_of_group(plain(old), plain(new), "", titles or {}))
    if len(lines) > MOST:
        lines[MOST - 1 :] = [f"And {len(lines) - MOST + 1} more."]
    return lines


def label(key: str) -> str:
    """Return what the page calls a key."""
    return _LABELS.get(key) or key.replace("_", " ").capitalize()


def _of_group(old: Document, new: Document, where: str, titles: Mapping[str, str]) -> Iterator[str]:
    for key in (*old, *(key for key in new if key not in old)):
        if key in old and key in new and same(old[key], new[key]):
            continue
        before, after = old.get(key), new.get(key)
        if key in ENTRIES and isinstance(before, list) and isinstance(after, list):
            yield from _of_entries(before, after, where, titles)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _of_group(before, after, f"{where}{label(key)}: ", titles)
        elif key not in new:
            yield f"{where}{label(key)}: {_said(before, titles)} is gone"
        elif key not in old:
            yield f"{where}{label(key)}: is now {_said(after, titles)}"
        else:
            yield f"{where}{label(key)}: {_said(before, titles)} is now {_said(after, titles)}"


def _of_entries(old: list[Any], new: list[Any], where: str, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what was added to a list of entries, taken away, moved and changed."""
    names = [[name_of(one, titles) for one in some] for some in (old, new)]
    gone: list[int] = []
    come: list[int] = []
    for action, first, last, new_first, new_last in difflib.SequenceMatcher(
        None, names[0], names[1], False
    ).get_opcodes():
        if action == "equal":
            for before, after in zip(old[first:last], new[new_first:new_last], strict=True):
                yield from _of_entry(before, after, where, titles)
        else:
            gone += range(first, last)
            come += range(new_first, new_last)
    for place in come:
        name = names[1][place]
        moved = next((one for one in gone if names[0][one] == name), None)
        if moved is None:
            yield f"{where}Added: {name}"
        else:
            gone.remove(moved)
            yield f"{where}Moved: {name}"
            yield from _of_entry(old[moved], new[place], where, titles)
    for place in gone:
        yield f"{where}Removed: {names[0][place]}"


def _of_entry(old: Any, new: Any, where: str, titles: Mapping[str, str]) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_group(old, new, f"{where}{name_of(new, titles)}: ", titles)
    elif not same(old, new):
        yield f"{where}{_said(old, titles)} is now {_said(new, titles)}"


def name_of(entry: Any, titles: Mapping[str, str]) -> str:
    """Return what an entry of a circuit is called: its name, the title of its exercise, or its kind."""
    if isinstance(entry, dict):
        for key in ("name", "exercise"):
            if isinstance(said := entry.get(key), str):
                return titles.get(said, said) if key == "exercise" else said
        return next((words for key, words in _WITHOUT_NAME.items() if key in entry), "Entry")
    return str(entry)


def _said(value: Any, titles: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(name_of(one, titles) if isinstance(one, dict) else _said(one, titles) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{label(key)} {_said(one, titles)}" for key, one in value.items())
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
