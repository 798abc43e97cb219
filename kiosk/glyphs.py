"""Whether the wall's fonts can show what the config says."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.circuit import Exercise
from kiosk.config import Library
from kiosk.screen.fonts import Fonts


def unshowable(library: Library) -> Iterator[str]:
    """Yield a line for each text with characters that the fonts lack. Raises FontError without the fonts."""
    fonts = Fonts()
    for where, text in dict.fromkeys(_texts(library)):
        if missing := fonts.missing_characters(text):
            named = ", ".join(f'"{one}" (U+{ord(one):04X})' for one in missing)
            yield f'{where}: the wall\'s font has no {named}; write "{text}" without it'


def _texts(library: Library) -> Iterator[tuple[str, str]]:
    """Yield each text that the wall shows, and the file that it comes from."""
    for circuit in library.circuits:
        yield f"circuits/{circuit.id}", circuit.name
    for exercise in library.exercises.values():
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
