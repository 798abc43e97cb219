"""The files of circuits and exercises: their names, and how circuits name exercises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import Any

from kiosk.config.values import FILE_NAME
from kiosk.config_files import SUFFIXES
from kiosk.editor.documents import ENTRIES
from kiosk.stick.files import Files

KINDS = {"circuits": "circuit", "exercises": "exercise"}
"""The folders whose files the page changes, and what is in each of these files."""


def of_kind(there: Files, kind: str) -> dict[str, str]:
    """Return the files of circuits or exercises, by their names without the ending."""
    found: dict[str, str] = {}
    for path in sorted(there):
        pure = PurePath(path)
        if str(pure.parent) == kind and pure.suffix.lower() in SUFFIXES and FILE_NAME.fullmatch(pure.stem):
            found.setdefault(pure.stem, path)
    return found


def new_name(title: str, taken: Collection[str], kind: str) -> str:
    """Return a name for a new file that nobody has yet, made from its title."""
    letters = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", letters.replace("'", "").encode("ascii", "ignore").decode())
    stem = "-".join(words)[:56].strip("-") or KINDS[kind]
    folded = {name.casefold() for name in taken}
    name, number = stem, 1
    while name.casefold() in folded:
        number += 1
        name = f"{stem}-{number}"
    return name


def shape(title: str) -> str:
    """Return a title as circuits may write it: in capital or small letters, with any spaces."""
    return " ".join(title.casefold().split())


def entries(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all entries of a circuit's document, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ENTRIES and isinstance(one, list):
                for entry in one:
                    if isinstance(entry, dict):
                        yield entry
                    yield from entries(entry)


def title_of(document: Any, name: str) -> str:
    """Return the title in a document, or the name of its file if it has none."""
    title = document.get("name") if isinstance(document, dict) else None
    return title.strip() if isinstance(title, str) and title.strip() else name


def names_exercise(entry: dict[str, Any], name: str, title: str, ids: Collection[str]) -> bool:
    """Return whether an entry names the exercise with this file's name and this title."""
    said = entry.get("exercise")
    if not isinstance(said, str):
        return False
    said = said.strip()
    return said == name or (said not in ids and shape(said) == shape(title))
