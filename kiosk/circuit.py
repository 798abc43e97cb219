"""Exercises, and circuits of exercises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kiosk.errors import CircuitError

LONGEST_INTERVAL_S = 3600.0
"""Maximum length of an interval. A longer one in the config is probably a wrong unit."""


class Sides(StrEnum):
    """How an exercise uses the two sides of the body."""

    NONE = "none"
    """There is no left and right, or both sides work at once."""
    ALTERNATE = "alternate"
    """Left and right take turns within the movement."""
    EACH = "each"
    """One side does the first half of the work, the other side does the second half."""


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


@dataclass(frozen=True, slots=True)
class EasierOption:
    """An easier way to do an exercise: hold for `hold_s` seconds, rest for `rest_s`, and repeat."""

    hold_s: float
    rest_s: float

    def __post_init__(self) -> None:
        if self.hold_s <= 0 or self.rest_s <= 0:
            raise CircuitError("an easier option needs a hold and a rest of more than 0 s")


class Exercise(NamedTuple):
    """An exercise, with its form card (muscles, why, how, steps, tip) and the lines shown during work (cues).

    `why`, `how` and `tip` have at most two lines each, broken as on the wall. `first_side` is the side that starts; it
    matters only if `sides` is EACH. `figure` is the id of the animated figure; if None, the steps are shown instead.
    """

    id: str
    name: str
    short: str
    muscles: tuple[str, ...]
    why: tuple[str, ...]
    how: tuple[str, ...]
    steps: tuple[str, ...]
    tip: tuple[str, ...]
    cues: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    sides: Sides = Sides.NONE
    first_side: Side = Side.RIGHT
    easier: EasierOption | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """An exercise in a circuit, with the circuit's times for this exercise.

    `work_s` is the work time of both sides together. `changeover_s` is the rest between this exercise and the next.
    `switch_s` is the time to turn over between the two sides.
    """

    exercise: Exercise
    work_s: float
    changeover_s: float = 0.0
    switch_s: float = 0.0

    def __post_init__(self) -> None:
        name = self.exercise.name
        if not 0 < self.work_s <= LONGEST_INTERVAL_S:
            raise CircuitError(f"{name}: work must be more than 0 s and at most an hour, not {self.work_s:g} s")
        _check_rest(f"{name}: changeover", self.changeover_s)
        _check_rest(f"{name}: switch", self.switch_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A sequence of stations that is done `rounds` times. A rest of 0 s is left out."""

    id: str
    name: str
    rounds: int
    stations: tuple[Station, ...]
    get_ready_s: float = 0.0
    round_break_s: float = 0.0

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise CircuitError(f"{self.name}: a circuit has at least 1 round, not {self.rounds}")
        if not self.stations:
            raise CircuitError(f"{self.name}: a circuit has at least one exercise")
        _check_rest(f"{self.name}: get_ready", self.get_ready_s)
        _check_rest(f"{self.name}: round_break", self.round_break_s)

    @property
    def equipment(self) -> tuple[str, ...]:
        """The equipment for the whole circuit: each thing once, in the order of first use."""
        return tuple(dict.fromkeys(thing for station in self.stations for thing in station.exercise.equipment))


def _check_rest(what: str, duration_s: float) -> None:
    if not 0 <= duration_s <= LONGEST_INTERVAL_S:
        raise CircuitError(f"{what} must be from 0 s to an hour, not {duration_s:g} s")
