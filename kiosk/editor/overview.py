"""What there is: all circuits and exercises of a config folder, also while some of them have mistakes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kiosk.circuit import Circuit
from kiosk.config.problem import natural_order
from kiosk.editor.content import document_in
from kiosk.editor.documents import Document
from kiosk.editor.drafts import Checked
from kiosk.editor.history import hash_of
from kiosk.editor.names import entries, names_exercise, of_kind, title_of
from kiosk.stick.files import Files
from kiosk.timeline import Timeline

_IN_MEMORY = ("overlay", "tmpfs", "ramfs", "squashfs", "aufs")
"""File systems that forget all changes when the power goes."""


def overview(there: Files, checked: Checked, folder: Path) -> dict[str, Any]:
    """Return what GET /api/overview does. `checked` is the folder as the wall reads it."""
    library = checked.library
    circuit_files, exercise_files = of_kind(there, "circuits"), of_kind(there, "exercises")
    documents = {name: document_in(there, path) for name, path in circuit_files.items()}
    whole = {circuit.id: circuit for circuit in library.circuits} if library else {}
    order = [*whole, *sorted(circuit_files.keys() - whole.keys(), key=natural_order)]
    usual = (library and library.settings.circuit) or min(circuit_files, key=natural_order, default=None)
    cards = {name: document_in(there, path) for name, path in exercise_files.items()}
    titles = {name: title_of(card, name) for name, card in cards.items()}
    exercises = [
        _exercise(name, cards[name], documents, exercise_files.keys()) | {"version": hash_of(there[path])}
        for name, path in exercise_files.items()
    ]
    return {
        "circuits": [
            _circuit(name, documents[name], whole.get(name), titles)
            | {"usual": name == usual, "version": hash_of(there[circuit_files[name]])}
            for name in order
        ],
        "exercises": sorted(exercises, key=lambda one: natural_order(one["title"].casefold())),
        "figures": sorted(library.figures) if library else [],
        "equipment": _all(one["equipment"] for one in exercises),
        "muscles": _all(one["muscles"] for one in exercises),
        "lasts": lasts(folder),
        "problems": checked.problems,
    }


def _circuit(name: str, document: Document, circuit: Circuit | None, titles: dict[str, str]) -> dict[str, Any]:
    timeline = None if circuit is None else Timeline.of(circuit)
    named = [str(one.get("exercise") or one["name"]) for one in entries(document) if _is_exercise(one)]
    return {
        "name": name,
        "title": title_of(document, name),
        "total_s": timeline.known_s if timeline else None,
        "open": timeline.open_count if timeline else None,
        "kinds": _kinds(document),
        "exercises": list(dict.fromkeys(titles.get(one, one) for one in named)),
        "equipment": list(circuit.equipment) if circuit else [],
    }


def _is_exercise(entry: Document) -> bool:
    if isinstance(entry.get("exercise"), str):
        return True
    return isinstance(entry.get("name"), str) and not {"exercises", "stations", "together"} & entry.keys()


def _kinds(document: Document) -> list[str]:
    """Return which kinds of entries a circuit has, besides single exercises."""
    everything = (document, *entries(document))
    found: set[str] = {
        key for key in ("amrap", "for_time", "stations", "together") if any(key in one for one in everything)
    }
    if any("exercises" in one and not {"amrap", "for_time"} & one.keys() for one in entries(document)):
        found.add("block")
    return sorted(found)


def _exercise(name: str, card: Document, circuits: dict[str, Document], ids: Any) -> dict[str, Any]:
    title = title_of(card, name)
    return {
        "name": name,
        "title": title,
        "short": _text(card, "short") or title,
        "muscles": _texts(card, "muscles"),
        "equipment": _texts(card, "equipment"),
        "figure": _text(card, "figure"),
        "picture": _text(card, "picture"),
        "sides": _text(card, "sides") or "none",
        "used_by": users(name, title, circuits, ids),
    }


def users(name: str, title: str, circuits: dict[str, Document], ids: Any) -> list[str]:
    """Return the names of the circuits that name an exercise, by its file or by its title."""
    return [
        circuit
        for circuit, document in circuits.items()
        if any(names_exercise(one, name, title, ids) for one in entries(document))
    ]


def _text(card: Document, key: str) -> str | None:
    value = card.get(key)
    return value if isinstance(value, str) and value else None


def _texts(card: Document, key: str) -> list[str]:
    value = card.get(key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _all(lists: Any) -> list[str]:
    return sorted({one for some in lists for one in some}, key=natural_order)


def lasts(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Return whether what is written into a folder is still there after the power was off."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return True
    real, kind, longest = os.path.realpath(folder), "", -1
    for line in lines:
        place, _, rest = line.partition(" - ")
        around = place.split(" ")[4:5]
        if around and len(around[0]) >= longest and Path(real).is_relative_to(_unescaped(around[0])):
            longest, kind = len(around[0]), rest.partition(" ")[0]
    return kind not in _IN_MEMORY


def _unescaped(path: str) -> str:
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
