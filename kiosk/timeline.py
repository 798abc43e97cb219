"""The timeline of a circuit: its intervals, one after the other, and its cues at fixed offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from kiosk.circuit import (
    Amrap,
    Block,
    Circuit,
    Entry,
    Exercise,
    ForTime,
    Lap,
    Set,
    Side,
    Sides,
    Stations,
    Tasks,
    Work,
    tasks_of,
)

HALFWAY_FROM_S = 40.0
"""Minimum length of work with a halfway cue. In shorter work the cue would be too close to the start and the end."""
TURN_FROM_S = 10.0
"""The same at stations where somebody has to turn to the other side at that cue."""
TICKS_S = (3.0, 2.0, 1.0)
"""Times of the ticks, in seconds before the end of an interval."""
AMRAP = "As many rounds as you can", "AMRAP"
FOR_TIME = "As fast as you can", "For time"
"""What is said about work of these modes: a name for lists that have none, and the short name."""
TOGETHER = "Together"
"""The short name of several tasks without such a mode."""
LAST_SET_OF = 3
"""Minimum number of sets of which the last one is announced."""


class Kind(StrEnum):
    """The kinds of interval."""

    GET_READY = "get_ready"
    WORK = "work"
    EASY = "easy"
    """Warm-up, cool-down or active rest."""
    SWITCH = "switch"
    CHANGEOVER = "changeover"
    ROUND_BREAK = "round_break"
    REST = "rest"
    """A rest that an entry has of its own, instead of the changeover."""


class Mode(StrEnum):
    """What ends an interval, and so what a press means in it."""

    TIMED = "timed"
    """The clock ends it. A press pauses."""
    OPEN = "open"
    """A press ends it, or the cap."""
    FOR_TIME = "for_time"
    """The same, with a list of tasks."""
    AMRAP = "amrap"
    """The clock ends it. A press counts a round."""


class Cue(StrEnum):
    """The cues. The cues of the timeline tell people what to do; pause, resume, press, tally and chosen answer the
    button.
    """

    TICK = "tick"
    """One of the last seconds of an interval."""
    GO = "go"
    """Work begins after a rest, or the same exercise begins again without a rest."""
    LAST_ROUND = "last_round"
    """The last round begins, or the last of three sets and more."""
    CHANGE = "change"
    """Work ends, and a rest or another exercise begins."""
    MOVE_ON = "move_on"
    """Work ends, and everybody moves on to the next station."""
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
    TALLY = "tally"
    """A round of an AMRAP is counted."""
    CHOSEN = "chosen"
    """A circuit is chosen."""


class Interval(NamedTuple):
    """A part of the timeline, such as the work on one exercise or the rest before the next.

    `round` of `rounds` and `place` of `places` (from 0) say where it is: in the innermost block that has several
    rounds, else in the innermost block; at stations, in which lap and which turn. `set` of `sets` is that of its entry.
    `round` and `set` count from 1. `part` is the index of the entry of the circuit's own list, `block` the name of the
    innermost block that has one. `step` numbers all work, both sides together.

    `exercise` is what is done; for several tasks or stations it is one that stands for them all. `side` is None unless
    the exercise is done one side after the other. In a rest, all these are those of the work that comes next; only a
    round break has `round`, `rounds` and `places` of the round that it ends.

    `follows` is the kind of rest before the work, even if that is 0 s long and left out. `moves`: in this rest
    everybody moves on to the next station. `last`: the last round begins here, or the last of many sets.
    """

    kind: Kind
    start_s: float
    duration_s: float
    round: int
    place: int
    exercise: Exercise
    side: Side | None
    rounds: int = 1
    places: int = 1
    step: int = 0
    part: int = 0
    block: str = ""
    set: int = 1
    sets: int = 1
    tasks: Tasks = ()
    stations: tuple[Tasks, ...] = ()
    mode: Mode = Mode.TIMED
    follows: Kind = Kind.CHANGEOVER
    moves: bool = False
    last: bool = False

    @property
    def end_s(self) -> float:
        return self.start_s + self.duration_s

    @property
    def works(self) -> bool:
        """Whether people work in it, be it easy or hard."""
        return self.kind in (Kind.WORK, Kind.EASY)

    @property
    def open(self) -> bool:
        """Whether a press ends it; `duration_s` is its cap then."""
        return self.mode in (Mode.OPEN, Mode.FOR_TIME)

    @property
    def amount(self) -> str:
        """How much of the exercise is to be done, "" if nothing is said or it stands for the tasks of a list."""
        return "" if self.lists_tasks else self.tasks[0].amount

    @property
    def at_stations(self) -> bool:
        """Whether groups work at several stations at the same time. A single station is like any other work."""
        return len(self.stations) > 1

    @property
    def lists_tasks(self) -> bool:
        """Whether the exercise stands for a list of tasks or for stations."""
        return len(self.tasks) != 1 or self.tasks[0].exercise != self.exercise


class DueCue(NamedTuple):
    """A cue and the moment at which it is due. In a timeline, the moment is the offset from the start in seconds."""

    at_s: float
    cue: Cue


class Part(NamedTuple):
    """An entry of the circuit's own list, with the offset at which it begins and its length without open work."""

    entry: Entry
    name: str
    exercises: tuple[Exercise, ...]
    start_s: float
    known_s: float


@dataclass(frozen=True)
class Timeline:
    """A circuit, its intervals without gaps between them, and its cues in order of time.

    Open work lies on it with its cap as its length. What is called known leaves open work out.
    """

    circuit: Circuit
    intervals: tuple[Interval, ...]
    cues: tuple[DueCue, ...]

    @classmethod
    def of(cls, circuit: Circuit) -> Timeline:
        unrolled = tuple(intervals(circuit))
        cues = sorted(_cues(unrolled), key=lambda due: due.at_s)
        return cls(circuit, unrolled, tuple(cues))

    @cached_property
    def total_s(self) -> float:
        return self.intervals[-1].end_s

    @cached_property
    def known_s(self) -> float:
        """Length of everything but open work, in seconds."""
        return self.known_at(self.total_s)

    @cached_property
    def open_count(self) -> int:
        """Number of intervals of open work."""
        return sum(interval.open for interval in self.intervals)

    @cached_property
    def listed_s(self) -> float:
        """Length in seconds as a list of circuits gives it: with the cap of work for time, without other open work."""
        return self.known_s + sum(one.duration_s for one in self.intervals if one.mode is Mode.FOR_TIME)

    @cached_property
    def takes_longer(self) -> bool:
        """Whether the circuit takes longer than `listed_s`, because nobody knows how long some of its work takes."""
        return any(one.mode is Mode.OPEN for one in self.intervals)

    @cached_property
    def briefed(self) -> tuple[Tasks, ...]:
        """The stations with which the circuit begins, which are shown one after the other before it."""
        first = self.intervals[0]
        return first.stations if first.at_stations else ()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a class: the entries of the circuit's own list. Empty if one of its entries is not a block."""
        content = self.circuit.content
        if not isinstance(content, Block) or len(content.rounds) > 1:
            return ()
        entries = content.rounds[0].entries
        if all(isinstance(entry, Work) for entry in entries):
            return ()
        return tuple(self._part(index, entry) for index, entry in enumerate(entries))

    def _part(self, index: int, entry: Entry) -> Part:
        here = [one for one in self.intervals if one.part == index]
        worked = [one for one in here if one.works]
        exercises = tuple(dict.fromkeys(task.exercise for task in tasks_of(entry)))
        start_s = worked[0].start_s
        known_s = sum(one.duration_s for one in here if one.start_s >= start_s and not one.open)
        return Part(entry, entry.name or worked[0].exercise.name, exercises, start_s, known_s)

    def index_at(self, elapsed_s: float) -> int:
        """Return the index of the interval at an offset, or of the last interval if the offset is past the end."""
        return max(0, bisect_right(self._starts_s, elapsed_s) - 1)

    def at(self, elapsed_s: float) -> Interval:
        return self.intervals[self.index_at(elapsed_s)]

    def known_at(self, elapsed_s: float) -> float:
        """Return how many seconds before an offset are known. In open work they are those before its start."""
        index = self.index_at(elapsed_s)
        interval = self.intervals[index]
        within_s = 0.0 if interval.open else min(elapsed_s - interval.start_s, interval.duration_s)
        return interval.start_s - self._open_before_s[index] + within_s

    def open_from(self, index: int) -> bool:
        """Return whether there is open work in an interval or after it."""
        return self._open_before_s[index] < self._open_before_s[-1] or self.intervals[-1].open

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
    def _open_before_s(self) -> tuple[float, ...]:
        """The length of the open work before each interval."""
        return tuple(accumulate((one.duration_s if one.open else 0.0 for one in self.intervals[:-1]), initial=0.0))

    @cached_property
    def _cues_s(self) -> tuple[float, ...]:
        return tuple(due.at_s for due in self.cues)


# --- from entries to intervals ----------------------------------------------------------------------------------------


class _Frame:
    """What `round` and `place` of an interval count in. `taken` places are behind."""

    __slots__ = ("places", "round", "rounds", "taken")

    def __init__(self, round_: int, rounds: int, places: int) -> None:
        self.round, self.rounds, self.places, self.taken = round_, rounds, places, 0

    def take(self) -> int:
        self.taken += 1
        return self.taken - 1


class _Scope(NamedTuple):
    """What is around an entry. `part` is None in the circuit's own list."""

    part: int | None
    block: str
    frame: _Frame


class _Gap(NamedTuple):
    """The rest before work. A round break has the number of the round that it ends, and how many rounds there are."""

    kind: Kind
    duration_s: float
    round: int = 0
    rounds: int = 0
    places: int = 0
    moves: bool = False


class _Stretch(NamedTuple):
    """Work on one entry's tasks, or on those of all stations, after a gap."""

    gap: _Gap
    work: Set
    exercise: Exercise
    mode: Mode
    round: int
    rounds: int
    place: int
    places: int
    part: int
    block: str
    set: int = 1
    sets: int = 1
    stations: tuple[Tasks, ...] = ()
    last: bool = False


def intervals(circuit: Circuit) -> Iterator[Interval]:
    """Yield the intervals, each with its start. Intervals of 0 s are left out."""
    now_s = 0.0
    gap, scope = _Gap(Kind.GET_READY, circuit.get_ready_s), _Scope(None, "", _Frame(1, 1, 1))
    for step, stretch in enumerate(_stretches(circuit.content, gap, scope)):
        for interval in _of_stretch(stretch, step, now_s):
            yield interval
            now_s = interval.end_s


def _of_stretch(stretch: _Stretch, step: int, start_s: float) -> Iterator[Interval]:
    """Yield the rest before the work, and the work; for two sides also the switch and the work of the other side."""
    gap, work, exercise = stretch.gap, stretch.work, stretch.exercise
    two_sided = exercise.sides is Sides.EACH and len(work.tasks) == 1
    side = exercise.first_side if two_sided else None
    halves = two_sided and not work.open
    first = Interval(
        Kind.EASY if work.easy else Kind.WORK,
        start_s + gap.duration_s,
        work.work_s / 2 if halves else work.work_s,
        stretch.round,
        stretch.place,
        exercise,
        side,
        stretch.rounds,
        stretch.places,
        step,
        stretch.part,
        stretch.block,
        stretch.set,
        stretch.sets,
        work.tasks,
        stretch.stations,
        stretch.mode,
        gap.kind,
        last=stretch.last,
    )
    if gap.duration_s > 0:
        rest = first._replace(
            kind=gap.kind,
            start_s=start_s,
            duration_s=gap.duration_s,
            mode=Mode.TIMED,
            moves=gap.moves,
            last=False,
        )
        if gap.kind is Kind.ROUND_BREAK:
            rest = rest._replace(round=gap.round, rounds=gap.rounds, place=0, places=gap.places)
        yield rest
    yield first
    if side is None:
        return
    second = first._replace(start_s=first.end_s + work.switch_s, side=side.other, last=False)
    if work.switch_s > 0:
        yield second._replace(kind=Kind.SWITCH, start_s=first.end_s, duration_s=work.switch_s, mode=Mode.TIMED)
    yield second


def _stretches(entry: Entry, gap: _Gap, scope: _Scope) -> Iterator[_Stretch]:
    """Yield all work of an entry in order; `gap` is before the first."""
    match entry:
        case Work():
            yield from _sets(entry, gap, scope)
        case Block():
            yield from _rounds(entry, gap, scope)
        case Stations():
            yield from _laps(entry, gap, scope)
        case Amrap():
            exercise = standing_for(entry.tasks, entry.name or AMRAP[0], AMRAP[1])
            yield _single(Set(entry.tasks, entry.work_s), exercise, Mode.AMRAP, entry.name, gap, scope)
        case ForTime():
            exercise = standing_for(entry.tasks, entry.name or FOR_TIME[0], FOR_TIME[1])
            yield _single(Set(entry.tasks, entry.cap_s, open=True), exercise, Mode.FOR_TIME, entry.name, gap, scope)


def _single(work: Set, exercise: Exercise, mode: Mode, name: str, gap: _Gap, scope: _Scope) -> _Stretch:
    frame, place = scope.frame, scope.frame.take()
    return _Stretch(
        gap,
        work,
        exercise,
        mode,
        frame.round,
        frame.rounds,
        place,
        frame.places,
        scope.part or 0,
        name or scope.block,
        last=_begins_last_round(gap),
    )


def _sets(entry: Work, gap: _Gap, scope: _Scope) -> Iterator[_Stretch]:
    sets, place = len(entry.sets), scope.frame.take()
    for number, one in enumerate(entry.sets, 1):
        exercise = one.tasks[0].exercise
        if len(one.tasks) > 1:
            exercise = standing_for(one.tasks, entry.name or _joined(one.tasks), TOGETHER)
        yield _Stretch(
            gap,
            one,
            exercise,
            Mode.OPEN if one.open else Mode.TIMED,
            scope.frame.round,
            scope.frame.rounds,
            place,
            scope.frame.places,
            scope.part or 0,
            entry.name or scope.block,
            number,
            sets,
            last=_begins_last_round(gap) or number == sets >= LAST_SET_OF,
        )
        gap = _Gap(Kind.CHANGEOVER, one.changeover_s)


def _rounds(entry: Block, gap: _Gap, scope: _Scope) -> Iterator[_Stretch]:
    rounds = len(entry.rounds)
    # One round in a round of the block around it is a part of that round.
    inside = rounds == 1 and scope.frame.rounds > 1
    if not inside:
        scope.frame.take()
    for number, one in enumerate(entry.rounds, 1):
        frame = scope.frame if inside else _Frame(number, rounds, _places(one.entries, several=rounds > 1))
        for index, child in enumerate(one.entries):
            part = index if scope.part is None else scope.part
            yield from _stretches(child, gap, _Scope(part, entry.name or scope.block, frame))
            gap = _after(child)
        gap = _Gap(Kind.ROUND_BREAK, one.break_s, number, rounds, frame.places)


def _places(entries: tuple[Entry, ...], *, several: bool) -> int:
    """Return the number of places in a round. If there are several rounds, a block of one round is a part of each."""
    return sum(
        _places(one.rounds[0].entries, several=True)
        if several and isinstance(one, Block) and len(one.rounds) == 1
        else 1
        for one in entries
    )


def _laps(entry: Stations, gap: _Gap, scope: _Scope) -> Iterator[_Stretch]:
    scope.frame.take()
    laps = len(entry.laps)
    for number, lap in enumerate(entry.laps, 1):
        exercise, turns = _standing_for_stations(lap, entry.name), len(lap.stations)
        everything = tuple(task for tasks in lap.stations for task in tasks)
        work = Set(everything, lap.work_s, open=lap.open, easy=lap.easy)
        for turn in range(turns):
            for set_ in range(1, lap.sets + 1):
                yield _Stretch(
                    gap,
                    work,
                    exercise,
                    Mode.OPEN if lap.open else Mode.TIMED,
                    number,
                    laps,
                    turn,
                    turns,
                    scope.part or 0,
                    entry.name or scope.block,
                    set_,
                    lap.sets,
                    lap.stations,
                    last=_begins_last_round(gap),
                )
                gap = _Gap(Kind.CHANGEOVER, lap.changeover_s, moves=set_ == lap.sets)
        gap = _Gap(Kind.ROUND_BREAK, lap.break_s, number, laps, turns, moves=turns > 1)


def _after(entry: Entry) -> _Gap:
    """Return the rest after an entry that is not the last one of its list."""
    if entry.rest_s is not None:
        return _Gap(Kind.REST, entry.rest_s)
    return _Gap(Kind.CHANGEOVER, entry.changeover_s)


def _begins_last_round(gap: _Gap) -> bool:
    return gap.kind is Kind.ROUND_BREAK and gap.round + 1 == gap.rounds


def standing_for(tasks: Tasks, name: str, short: str) -> Exercise:
    """Return an exercise that stands for several tasks: its steps are the tasks."""
    return _standing(name, short, tuple(task.words for task in tasks), tasks)


def _standing_for_stations(lap: Lap, name: str) -> Exercise:
    everything = tuple(task for tasks in lap.stations for task in tasks)
    return _standing(name or "Stations", "Stations", tuple(map(_joined, lap.stations)), everything)


def _standing(name: str, short: str, steps: tuple[str, ...], tasks: Tasks) -> Exercise:
    equipment = tuple(dict.fromkeys(thing for task in tasks for thing in task.exercise.equipment))
    return Exercise("", name, short, steps=steps, equipment=equipment)


def _joined(tasks: Tasks) -> str:
    return " + ".join(task.words for task in tasks)


# --- cues -------------------------------------------------------------------------------------------------------------


def _cues(unrolled: tuple[Interval, ...]) -> Iterator[DueCue]:
    if unrolled[0].works:
        yield DueCue(0.0, Cue.GO)
    for before, after in pairwise(unrolled):
        yield DueCue(after.start_s, _cue_between(before, after))
    yield DueCue(unrolled[-1].end_s, Cue.FINISH)
    for interval in unrolled:
        # A short interval has no tick at its very start. The tick would compete with the cue that began the interval.
        yield from (DueCue(interval.end_s - s, Cue.TICK) for s in TICKS_S if s < interval.duration_s)
        if _has_halfway(interval):
            yield DueCue(interval.start_s + interval.duration_s / 2, Cue.HALFWAY)


def _has_halfway(interval: Interval) -> bool:
    if interval.kind is not Kind.WORK or interval.side is not None or interval.open:
        return False
    two_sided = interval.stations and any(task.exercise.sides is Sides.EACH for task in interval.tasks)
    return interval.duration_s >= (TURN_FROM_S if two_sided else HALFWAY_FROM_S)


def _cue_between(before: Interval, after: Interval) -> Cue:
    """Return the cue at the boundary of two intervals. It says what to do next, even if a rest of 0 s is left out."""
    if after.last:
        return Cue.LAST_ROUND
    if not before.works:
        return Cue.GO
    if after.kind is Kind.SWITCH or (after.works and after.step == before.step):
        return Cue.SWITCH
    if after.kind is Kind.ROUND_BREAK or (after.works and after.follows is Kind.ROUND_BREAK):
        return Cue.ROUND
    if after.moves or (after.works and before.stations and after.stations and after.place > before.place):
        return Cue.MOVE_ON
    if after.kind is Kind.WORK and before.kind is Kind.EASY:
        return Cue.GO
    if after.works and after.exercise == before.exercise:
        return Cue.GO if after.side is before.side else Cue.SWITCH
    return Cue.CHANGE
