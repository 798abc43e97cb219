"""A circuit laid out in time: intervals one after the other, and the cues that belong to fixed offsets."""

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
"""Work shorter than this has no halfway cue: it would come too close to its start and its end."""
TICKS_S = (3.0, 2.0, 1.0)
"""How long before each change the ticks sound."""


class Kind(StrEnum):
    """The kinds of interval."""

    GET_READY = "get_ready"
    WORK = "work"
    SWITCH = "switch"
    CHANGEOVER = "changeover"
    ROUND_BREAK = "round_break"


class Cue(StrEnum):
    """The signals. Those of the timeline say what to do now; the last three answer the button."""

    TICK = "tick"
    GO = "go"
    """Work begins after a rest, or goes straight on with the same exercise."""
    CHANGE = "change"
    """Work ends: a rest comes, or at once another exercise."""
    SWITCH = "switch"
    """The same exercise goes on with the other side."""
    HALFWAY = "halfway"
    ROUND = "round"
    """Work ends, and so does the round."""
    FINISH = "finish"
    PAUSE = "pause"
    RESUME = "resume"
    PRESS = "press"


class Interval(NamedTuple):
    """One stretch of the timeline.

    `round` counts from 1, `place` is the station's index from 0. A rest names the exercise, place and side that come
    next; `side` is None where the exercise is not done one side after the other. A round break belongs to the round
    that it ends.
    """

    kind: Kind
    start_s: float
    duration_s: float
    round: int
    place: int
    exercise: Exercise
    side: Side | None

    @property
    def end_s(self) -> float:
        return self.start_s + self.duration_s


class DueCue(NamedTuple):
    """A cue and the offset in seconds from the start of the circuit at which it is due."""

    at_s: float
    cue: Cue


@dataclass(frozen=True)
class Timeline:
    """A circuit's intervals without gaps, and its cues in order of time."""

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
        """Return the index of the interval at an offset; the last one from its start on, also past the end."""
        return max(0, bisect_right(self._starts_s, elapsed_s) - 1)

    def at(self, elapsed_s: float) -> Interval:
        return self.intervals[self.index_at(elapsed_s)]

    def cues_in(self, heard_s: float, elapsed_s: float) -> tuple[DueCue, ...]:
        """Return the cues of the half-open span (heard, elapsed]: however time is cut, each sounds exactly once."""
        return self.cues[self._cues_until(heard_s) : self._cues_until(elapsed_s)]

    def next_cue_s(self, heard_s: float) -> float | None:
        """Return the offset of the first cue after `heard_s`, None when all have sounded."""
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


Stretch = tuple[Kind, float, int, int, Side | None]
"""Kind, duration in seconds, round, place and side of an interval that has no start yet."""


def _intervals(circuit: Circuit) -> Iterator[Interval]:
    now_s = 0.0
    for kind, duration_s, round_, place, side in _stretches(circuit):
        if duration_s > 0:
            exercise = circuit.stations[place].exercise
            interval = Interval(kind, now_s, duration_s, round_, place, exercise, side)
            yield interval
            now_s = interval.end_s


def _stretches(circuit: Circuit) -> Iterator[Stretch]:
    """Yield every interval, those of 0 s too."""
    for round_ in range(1, circuit.rounds + 1):
        for place, station in enumerate(circuit.stations):
            side = station.exercise.first_side if station.exercise.sides is Sides.EACH else None
            if round_ == 1 and place == 0:
                yield Kind.GET_READY, circuit.get_ready_s, round_, place, side
            elif place == 0:
                yield Kind.ROUND_BREAK, circuit.round_break_s, round_ - 1, place, side
            else:
                yield Kind.CHANGEOVER, circuit.stations[place - 1].changeover_s, round_, place, side
            yield from _work(station, round_, place, side)


def _work(station: Station, round_: int, place: int, side: Side | None) -> Iterator[Stretch]:
    if side is None:
        yield Kind.WORK, station.work_s, round_, place, None
    else:
        half_s = station.work_s / 2
        yield Kind.WORK, half_s, round_, place, side
        yield Kind.SWITCH, station.switch_s, round_, place, side.other
        yield Kind.WORK, half_s, round_, place, side.other


def _cues(intervals: tuple[Interval, ...]) -> Iterator[DueCue]:
    if intervals[0].kind is Kind.WORK:
        yield DueCue(0.0, Cue.GO)
    for before, after in pairwise(intervals):
        yield DueCue(after.start_s, _cue_between(before, after))
    yield DueCue(intervals[-1].end_s, Cue.FINISH)
    for interval in intervals:
        # A tick at the very start of a short interval would drown the cue that began it.
        yield from (DueCue(interval.end_s - s, Cue.TICK) for s in TICKS_S if s < interval.duration_s)
        if interval.kind is Kind.WORK and interval.side is None and interval.duration_s >= HALFWAY_FROM_S:
            yield DueCue(interval.start_s + interval.duration_s / 2, Cue.HALFWAY)


def _cue_between(before: Interval, after: Interval) -> Cue:
    """One boundary, one cue: what has to be done now decides, also where a rest of 0 s is left out."""
    if before.kind is not Kind.WORK:
        return Cue.GO
    if after.kind is Kind.ROUND_BREAK or after.round != before.round:
        return Cue.ROUND
    if after.kind is Kind.SWITCH or after.place == before.place:
        return Cue.SWITCH
    if after.kind is Kind.WORK and after.exercise.id == before.exercise.id:
        return Cue.GO if after.side is before.side else Cue.SWITCH
    return Cue.CHANGE
