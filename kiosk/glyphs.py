"""A search for characters in the config that neither the wall's fonts nor the fonts of the system have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.circuit import Circuit, Exercise, texts_of
from kiosk.config import Library
from kiosk.errors import Problem
from kiosk.screen.fonts import Fonts

CJK_PACKAGES = "fontconfig fonts-noto-cjk"
"""Debian's packages for showing Chinese, Japanese and Korean."""
_CJK = ("CJK ", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "IDEOGRAPHIC")


def unshowable(library: Library, folder: Path) -> Iterator[Problem]:
    """Yield a warning for each text with characters that the fonts lack. Raises FontError if there are no fonts."""
    fonts = Fonts()
    for where, text in dict.fromkeys(_texts(library.circuits, library.exercises.values())):
        # Every font has ASCII, and nearly all texts are nothing else.
        if not text.isascii() and (missing := fonts.missing_characters(text)):
            yield _problem(folder, where, text, missing)


def lines_about(circuits: Iterable[Circuit], lacking: str, folder: Path) -> Iterator[str]:
    """Yield one line to print for each text of the circuits that contains any character of `lacking`.

    `folder` is the config folder, in which the lines are looked for.
    """
    for where, text in dict.fromkeys(_texts(circuits, _exercises(circuits))):
        if missing := "".join(one for one in dict.fromkeys(text) if one in lacking):
            yield str(_problem(folder, where, text, missing))


def doubtful(circuits: Iterable[Circuit]) -> str:
    """Return the non-ASCII characters of the circuits, each once. A font may lack these; every font has ASCII."""
    texts = (text for _, text in _texts(circuits, _exercises(circuits)) if not text.isascii())
    return "".join(dict.fromkeys(one for text in texts for one in text if not one.isascii()))


def _problem(folder: Path, where: str, text: str, missing: str) -> Problem:
    named = ", ".join(f'"{one}" (U+{ord(one):04X})' for one in missing)
    right = f'write "{text}" without it'
    if any(unicodedata.name(one, "").startswith(_CJK) for one in missing):
        right = f"install a font that has it (sudo apt install {CJK_PACKAGES}), or {right}"
    path, line, column = _place(folder, where, missing)
    return Problem(f"the wall's font has no {named}", right, line, column, path=path)


def _place(folder: Path, where: str, missing: str) -> tuple[Path, int, int]:
    """Return the file of the exercise or circuit `where`, and the first line and column with a missing character."""
    paths = [folder / f"{where}{suffix}" for suffix in (".yaml", ".yml")]
    path = next((one for one in paths if one.exists()), paths[0])
    try:
        lines = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).splitlines()
    except (OSError, ValueError):
        lines = []
    # A character may also be written as an escape, and is not found then.
    places = ((number, at + 1) for number, line in enumerate(lines, 1) for at, one in enumerate(line) if one in missing)
    return path, *next(places, (0, 0))


def _exercises(circuits: Iterable[Circuit]) -> Iterable[Exercise]:
    """Return the exercises of the circuits, each once."""
    return dict.fromkeys(exercise for one in circuits for exercise in one.exercises)


def _texts(circuits: Iterable[Circuit], exercises: Iterable[Exercise]) -> Iterator[tuple[str, str]]:
    """Yield a pair for each text that the wall shows: the file that contains the text, and the text."""
    for circuit in circuits:
        for text in (circuit.name, *texts_of(circuit.content)):
            yield f"circuits/{circuit.id}", text
    for exercise in (one for one in exercises if one.id):
        for text in _texts_of(exercise):
            yield f"exercises/{exercise.id}", text


def _texts_of(exercise: Exercise) -> Iterator[str]:
    yield from (exercise.name, exercise.short)
    for texts in (
        exercise.muscles,
        exercise.why,
        exercise.how,
        exercise.steps,
        exercise.tip,
        exercise.cues,
        exercise.equipment,
    ):
        yield from texts
