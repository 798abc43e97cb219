"""The settings in kiosk.yaml that the page may change. The others belong to the wiring and the place of the wall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.editor.documents import Document
from kiosk.stick.settings import SAFE

ORDER = "order"
PATHS: Mapping[str, tuple[str, ...]] = {path[-1]: path for path in SAFE if path != (ORDER,)}
"""Where each setting of the page is in the file: all that a stick may change, but the order, which has no field."""
_IN_TURN = (*PATHS.values(), (ORDER,))
"""All that is safe to change. A new line for the order comes after the others."""


def values(document: Document) -> dict[str, Any]:
    """Return the settings of the page, None for those that the file does not have."""
    return {name: _at(document, path) for name, path in PATHS.items()}


def path_of(path: list[str | int]) -> list[str | int]:
    """Return the path among the settings of the page of what has this path in the file."""
    for name, known in PATHS.items():
        if tuple(path[: len(known)]) == known:
            return [name, *path[len(known) :]]
    return []


def with_values(document: Document, new: Mapping[str, Any]) -> Document:
    """Return a document with new settings. None takes a setting out, so that its default applies."""
    for name, value in new.items():
        document = _with(document, PATHS[name], value)
    return document


def without_circuit(document: Document, name: str) -> Document:
    """Return a document that no longer names a circuit."""
    if document.get("circuit") == name:
        document = _with(document, ("circuit",), None)
    if isinstance(order := document.get(ORDER), list) and name in order:
        document = with_order(document, [one for one in order if one != name])
    return document


def with_order(document: Document, names: list[str]) -> Document:
    return _with(document, (ORDER,), names or None)


def with_copy(document: Document, name: str, copy: str) -> Document:
    """Return a document in whose order the copy of a circuit comes after it, if there is an order."""
    order = document.get(ORDER)
    if not isinstance(order, list) or name not in order:
        return document
    place = order.index(name) + 1
    return with_order(document, [*order[:place], copy, *order[place:]])


def safe_ones_of(theirs: Document, ours: Document) -> Document:
    """Return our document with their settings, as far as they are safe to change and there are any."""
    for path in _IN_TURN:
        if (value := _at(theirs, path)) is not None:
            ours = _with(ours, path, value)
    return ours


def as_it_came(came: Document, ours: Document) -> Document:
    """Return our document with the safe settings as they came, without those that it did not have then."""
    for path in _IN_TURN:
        ours = _with(ours, path, _at(came, path))
    return ours


def _at(document: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _with(document: Document, path: tuple[str, ...], value: Any) -> Document:
    key, *rest = path
    if rest:
        group = document.get(key)
        value = _with(group if isinstance(group, dict) else {}, tuple(rest), value) or None
    if value is None:
        return {name: one for name, one in document.items() if name != key}
    return {**document, key: value}
