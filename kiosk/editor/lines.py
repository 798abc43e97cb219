"""Helpers of `yaml_edit`: the order of keys, and lines that are moved."""

from __future__ import annotations

from typing import Any

from kiosk.editor.documents import ENTRIES, MARK, Document
from kiosk.editor.source import Child


def in_order(known: dict[str, Child], value: Document, *, gone_too: bool = False) -> list[str]:
    """Return the keys of a document in the order of the file. New ones come after those that they follow.

    Only a list of entries is always below what is said about it. `gone_too`: also the keys that only the file has.
    """
    order = [key for key in known if key in value or gone_too]
    place = 0
    for key in value:
        if key == MARK:
            continue
        if key in known:
            place = order.index(key) + 1
            continue
        lists = [order.index(one) for one in ENTRIES if one in order]
        place = len(order) if key in ENTRIES else min([place, *lists])
        order.insert(place, key)
        place += 1
    return order


def moved(lines: list[str], columns: int) -> list[str]:
    """Return lines that begin so many columns further to the right, or to the left."""
    if columns >= 0:
        return [" " * columns + line if line.strip() else line for line in lines]
    return [line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines]


def with_dash(lines: list[str], column: int) -> list[str]:
    """Return the lines of an item with its dash, before its first key or item."""
    first = next(place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    above = [" " * column + line.strip() if line.strip() else line for line in lines[:first]]
    line = lines[first]
    return [*above, f"{line[:column]}-{line[column + 1 :]}", *lines[first + 1 :]]


def unmarked(value: Document) -> Document:
    return {key: one for key, one in value.items() if key != MARK}


def needs_lines(value: Any) -> bool:
    """Return whether a value has a list of entries, or something else that is better read in lines."""
    if isinstance(value, dict):
        return any(key in ENTRIES and isinstance(one, list) and one for key, one in value.items()) or any(
            map(needs_lines, value.values())
        )
    return isinstance(value, list) and any(map(needs_lines, value))


def comment_in(line: str) -> bool:
    return " #" in line or line.lstrip().startswith("#")
