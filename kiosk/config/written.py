"""The entries of a circuit as they are written, before what they inherit is known."""

from __future__ import annotations

from enum import Enum
from math import inf
from typing import NamedTuple

from kiosk.circuit import Exercise

UNTIL_PRESSED_S = inf
"""The work that is written as "open"."""


class Kind(Enum):
    """The kinds of entry. The value names one in messages."""

    EXERCISE = "an exercise"
    TOGETHER = '"together"'
    BLOCK = "a block"
    STATIONS = '"stations"'
    AMRAP = "an AMRAP"
    FOR_TIME = '"for_time"'


class Said(NamedTuple):
    """The inherited values as an entry says them: None if it does not, a tuple with a value for each round."""

    work_s: float | tuple[float, ...] | None = None
    changeover_s: float | tuple[float, ...] | None = None
    switch_s: float | None = None
    round_break_s: float | tuple[float, ...] | None = None
    amount: str | tuple[str, ...] | None = None
    easy: bool | None = None
    cap_s: float | None = None

    @property
    def differs(self) -> bool:
        """Whether a value differs from round to round."""
        return any(isinstance(value, tuple) for value in self)


class Written(NamedTuple):
    """An entry as it is written.

    `exercise` is the name of an exercise's file, or an exercise that has none. `entries` are those of its list, be they
    exercises, tasks or stations. `clock_s` is the time of an AMRAP, or the cap of "for time".
    """

    kind: Kind
    name: str = ""
    exercise: str | Exercise = ""
    said: Said = Said()
    rounds: int = 1
    sets: int = 1
    clock_s: float = 0.0
    rest_s: float | None = None
    entries: tuple[Written, ...] = ()
