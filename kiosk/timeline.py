"""The timeline of a circuit: its intervals, one after the other, and its cues at fixed offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kiosk.circuit import Circuit, Exercise, Side, Sides, Station

HALFWAY_FROM_S = 40.0
"""Minimum length of work with a halfway cue. In shorter work the cue would be too close to the start and the end."""
TICKS_S = (3.0, 2.0, 1.0)
"""Times of the ticks, in seconds before the end of an interval."""


class Kind(StrEnum):
    """The kinds of interval."""

    GET_READY = "get_ready"
    WORK = "work"
    SWITCH = "switch"
    CHANGEOVER = "changeover"
    ROUND_BREAK = "round_break"


class Cue(StrEnum):
    """The cues. The cues of the timeline tell people what to do; pause, resume and press answer the button."""

    TICK = "tick"
    """One of the last seconds of an interval."""
    GO = "go"
    """Work begins after a rest, or the same exercise begins again without a rest."""
    CHANGE = "change"
    """Work ends, and a rest or another exercise begins."""
    SWITCH = "switch"
    """The same exercise continues with the other side."""
    HALFWAY = "halfway"
    """Half of a long interval of work is over."""
    ROUND = "round"
    """Work ends, and the round ends with it."""
    FINISH = "finish"
    """The circuit ends."""
    PAUSE = "pause"
    RESUME = "resume"
    PRESS = "press"


class Interval(NamedTuple):
    """A part of the timeline, such as the work at one station or the rest before the next.

    `round` counts from 1, `station_index` from 0. `side` is None unless the exercise is done one side after the other.
    In a rest, `exercise`, `station_index` and `side` are those of the work that comes next. A round break has the
    number of the round that it ends.
    """

    kind: Kind
    start_s: float
    duration_s: float
    round: int
    station_index: int
    exercise: Exercise
    side: Side | None

    @property
    def end_s(self) -> float:
        return self.start_s + self.duration_s


class DueCue(NamedTuple):
    """A cue and the moment at which it is due. In a timeline, the moment is the offset from the start in seconds."""

    at_s: float
    cue: Cue


@dataclass(frozen=True)
class Timeline:
    """A circuit, its intervals without gaps between them, and its cues in order of time."""

    circuit: Circuit
    intervals: tuple[Interval, ...]
    cues: tuple[DueCue, ...]

    @classmethod
    def of(cls, circuit: Circuit) -> Timeline:
        intervals = tuple(_intervals(circuit))
        cues = sorted(_cues(intervals), key=lambda due: due.at_s)
        return cls(circuit, intervals, tuple(cues))

    @cached_property
    def total_s(self) -> float:
        return self.intervals[-1].end_s

    def index_at(self, elapsed_s: float) -> int:
        """Return the index of the interval at an offset, or of the last interval if the offset is past the end."""
        return max(0, bisect_right(self._starts_s, elapsed_s) - 1)

    def at(self, elapsed_s: float) -> Interval:
        return self.intervals[self.index_at(elapsed_s)]

    def cues_in(self, heard_s: float, elapsed_s: float) -> tuple[DueCue, ...]:
        """Return the cues after `heard_s`, up to and including `elapsed_s`. Successive calls return each cue once."""
        return self.cues[self._cues_until(heard_s) : self._cues_until(elapsed_s)]

    def next_cue_s(self, heard_s: float) -> float | None:
        """Return the offset of the first cue after `heard_s`, None if there is none."""
        index = self._cues_until(heard_s)
        return self.cues[index].at_s if index < len(self.cues) else None

    def _cues_until(self, elapsed_s: float) -> int:
        return bisect_right(self._cues_s, elapsed_s)

    @cached_property
    def _starts_s(self) -> tuple[float, ...]:
        return tuple(interval.start_s for interval in self.intervals)

    @cached_property
    def _cues_s(self) -> tuple[float, ...]:
        return tuple(due.at_s for due in self.cues)


PlannedInterval = tuple[Kind, float, int, int, Side | None]
"""An interval without its start: kind, duration in seconds, round, station index and side."""


def _intervals(circuit: Circuit) -> Iterator[Interval]:
    """Yield the intervals, each with its start. Intervals of 0 s are left out."""
    now_s = 0.0
    for kind, duration_s, round_, index, side in _planned(circuit):
        if duration_s > 0:
            interval = Interval(kind, now_s, duration_s, round_, index, circuit.stations[index].exercise, side)
            yield interval
            now_s = interval.end_s


def _planned(circuit: Circuit) -> Iterator[PlannedInterval]:
    """Yield all intervals in order, including those of 0 s."""
    for round_ in range(1, circuit.rounds + 1):
        for index, station in enumerate(circuit.stations):
            side = station.exercise.first_side if station.exercise.sides is Sides.EACH else None
            if round_ == 1 and index == 0:
                yield Kind.GET_READY, circuit.get_ready_s, round_, index, side
            elif index == 0:
                yield Kind.ROUND_BREAK, circuit.round_break_s, round_ - 1, index, side
            else:
                yield Kind.CHANGEOVER, circuit.stations[index - 1].changeover_s, round_, index, side
            yield from _work(station, round_, index, side)


def _work(station: Station, round_: int, index: int, side: Side | None) -> Iterator[PlannedInterval]:
    if side is None:
        yield Kind.WORK, station.work_s, round_, index, None
    else:
        half_s = station.work_s / 2
        yield Kind.WORK, half_s, round_, index, side
        yield Kind.SWITCH, station.switch_s, round_, index, side.other
        yield Kind.WORK, half_s, round_, index, side.other


def _cues(intervals: tuple[Interval, ...]) -> Iterator[DueCue]:
    if intervals[0].kind is Kind.WORK:
        yield DueCue(0.0, Cue.GO)
    for before, after in pairwise(intervals):
        yield DueCue(after.start_s, _cue_between(before, after))
    yield DueCue(intervals[-1].end_s, Cue.FINISH)
    for interval in intervals:
        # A short interval has no tick at its very start. The tick would compete with the cue that began the interval.
        yield from (DueCue(interval.end_s - s, Cue.TICK) for s in TICKS_S if s < interval.duration_s)
        if interval.kind is Kind.WORK and interval.side is None and interval.duration_s >= HALFWAY_FROM_S:
            yield DueCue(interval.start_s + interval.duration_s / 2, Cue.HALFWAY)


def _cue_between(before: Interval, after: Interval) -> Cue:
    """Return the cue at the boundary of two intervals. It says what to do next, even if a rest of 0 s is left out."""
    if before.kind is not Kind.WORK:
        return Cue.GO
    if after.kind is Kind.ROUND_BREAK or after.round != before.round:
        return Cue.ROUND
    if after.kind is Kind.SWITCH or after.station_index == before.station_index:
        return Cue.SWITCH
    if after.kind is Kind.WORK and after.exercise.id == before.exercise.id:
        return Cue.GO if after.side is before.side else Cue.SWITCH
    return Cue.CHANGE
