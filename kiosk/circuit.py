"""Exercises, and circuits: blocks of exercises, of stations, and of lists that are done against the clock.

Everything is resolved: each round of a block has its own entries with their own times, and rounds that are alike share
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, TypeVar

from kiosk.errors import CircuitError

T = TypeVar("T")

LONGEST_INTERVAL_S = 3600.0
"""Maximum length of an interval. A longer one in the config is probably a wrong unit."""
MOST_LISTED = 30
"""Maximum number of exercises that a circuit lists."""


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


OWN = "@"
"""What the id of an own picture begins with on the screen. The name of a figure cannot."""


class Exercise(NamedTuple):
    """An exercise, with its form card (muscles, why, how, steps, tip) and the lines shown during work (cues).

    Only the name is always there. `id` is the name of the exercise's file, "" if it has none. `why`, `how` and `tip`
    are lines, broken as they were written. `first_side` is the side that starts; it matters only if `sides` is EACH.
    `figure` is the id of the animated figure, `picture` the name of the gym's own photo or clip; at most one of the two
    is there. Without either, the steps are shown instead.
    """

    id: str
    name: str
    short: str
    muscles: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    tip: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    sides: Sides = Sides.NONE
    first_side: Side = Side.RIGHT
    easier: EasierOption | None = None
    figure: str | None = None
    picture: str | None = None

    @property
    def drawn(self) -> str | None:
        """The id by which the screen finds what shows the exercise, its figure or its picture; None without either."""
        return self.figure if self.picture is None else OWN + self.picture


class Task(NamedTuple):
    """An exercise and how much of it, in words such as "12" or "500 m"; "" if nothing is said about it."""

    exercise: Exercise
    amount: str = ""

    @property
    def words(self) -> str:
        """The amount and the exercise's whole name."""
        return f"{self.amount} {self.exercise.name}".lstrip()


Tasks = tuple[Task, ...]
"""What is done at once or in turn in one interval."""


class Set(NamedTuple):
    """Work on one task, or on several together.

    `work_s` is the whole work, both sides together. If `open`, the work lasts until the button is pressed, and `work_s`
    is the cap of each side. `changeover_s` is the rest after it, `switch_s` the time to turn over between two sides.
    `easy` is a warm-up, a cool-down or active rest.
    """

    tasks: Tasks
    work_s: float
    changeover_s: float = 0.0
    switch_s: float = 0.0
    open: bool = False
    easy: bool = False


class Work(NamedTuple):
    """An exercise, or several together, in one or more sets. `rest_s` is the rest after the last set.

    In every entry, `rest_s` is None if the changeover is the rest after it.
    """

    sets: tuple[Set, ...]
    name: str = ""
    rest_s: float | None = None

    @property
    def changeover_s(self) -> float:
        return self.sets[-1].changeover_s


class Round(NamedTuple):
    """One round of a block: its entries in order, and the rest after it unless it is the last one."""

    entries: tuple[Entry, ...]
    break_s: float = 0.0


class Block(NamedTuple):
    """Entries in order, in one or more rounds. `changeover_s` and `rest_s` are for the time after the block."""

    rounds: tuple[Round, ...]
    name: str = ""
    changeover_s: float = 0.0
    rest_s: float | None = None


class Lap(NamedTuple):
    """One lap of stations, in which every group is once at every station, for `sets` sets each.

    `changeover_s` is the rest between two sets and between two stations, `break_s` the rest after the lap.
    """

    stations: tuple[Tasks, ...]
    work_s: float
    changeover_s: float = 0.0
    break_s: float = 0.0
    sets: int = 1
    open: bool = False
    easy: bool = False


class Stations(NamedTuple):
    """Stations, at which all groups work at the same time, each at another one; then all move on."""

    laps: tuple[Lap, ...]
    name: str = ""
    changeover_s: float = 0.0
    rest_s: float | None = None


class Amrap(NamedTuple):
    """As many rounds as possible of the tasks in `work_s` seconds."""

    tasks: Tasks
    work_s: float
    name: str = ""
    changeover_s: float = 0.0
    rest_s: float | None = None


class ForTime(NamedTuple):
    """The tasks as fast as one can, in `cap_s` seconds at most.

    The cap comes first: named tuples of two kinds with the same values in the same order would be equal.
    """

    cap_s: float
    tasks: Tasks
    name: str = ""
    changeover_s: float = 0.0
    rest_s: float | None = None


Entry = Work | Block | Stations | Amrap | ForTime


@dataclass(frozen=True, kw_only=True)
class Circuit:
    """What a circuit's file says: the outermost entry, usually a block, and the time before it."""

    id: str
    name: str
    content: Entry
    get_ready_s: float = 0.0

    def __post_init__(self) -> None:
        _check_rest(f"{self.name}: get_ready", self.get_ready_s)
        _check(self.content)

    @cached_property
    def rounds(self) -> int:
        """The number of times that the whole circuit is done."""
        match self.content:
            case Block():
                return len(self.content.rounds)
            case Stations():
                return len(self.content.laps)
            case Work():
                return len(self.content.sets)
        return 1

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of one round, in order: one that is written twice is there twice, unless there are too many."""
        exercises = tuple(task.exercise for task in tasks_of(self.content))
        return exercises if len(exercises) <= MOST_LISTED else tuple(dict.fromkeys(exercises))[:MOST_LISTED]

    @cached_property
    def equipment(self) -> tuple[str, ...]:
        """The equipment for the whole circuit: each thing once, in the order of first use."""
        exercises = (task.exercise for task in tasks_of(self.content))
        return tuple(dict.fromkeys(thing for exercise in exercises for thing in exercise.equipment))

    @cached_property
    def work_count(self) -> int:
        """How often work is done: each set of each exercise, and each turn at stations."""
        return len(self._works_s)

    @cached_property
    def work_s(self) -> float | None:
        """The length of the work, None if it differs or is not known."""
        lengths_s = set(self._works_s)
        return lengths_s.pop() if len(lengths_s) == 1 else None

    @cached_property
    def _works_s(self) -> tuple[float | None, ...]:
        return tuple(_works_s(self.content))


def tasks_of(entry: Entry) -> Iterator[Task]:
    """Yield the tasks of an entry in order, each as in the first round."""
    match entry:
        case Work():
            yield from entry.sets[0].tasks
        case Block():
            for one in entry.rounds[0].entries:
                yield from tasks_of(one)
        case Stations():
            for tasks in entry.laps[0].stations:
                yield from tasks
        case _:
            yield from entry.tasks


def texts_of(entry: Entry) -> Iterator[str]:
    """Yield the texts that only the circuit's file has: names of blocks, amounts, names of exercises without a file."""
    yield entry.name
    match entry:
        case Block():
            for round_ in _each_once(entry.rounds):
                for one in round_.entries:
                    yield from texts_of(one)
            return
        case Work():
            lists = [one.tasks for one in entry.sets]
        case Stations():
            lists = [tasks for lap in entry.laps for tasks in lap.stations]
        case _:
            lists = [entry.tasks]
    for task in (task for tasks in lists for task in tasks):
        yield task.amount
        if not task.exercise.id:
            yield task.exercise.name


def _works_s(entry: Entry) -> Iterator[float | None]:
    """Yield the length of each work of an entry, None for open work."""
    match entry:
        case Work():
            yield from (None if one.open else one.work_s for one in entry.sets)
        case Block():
            for round_ in entry.rounds:
                for one in round_.entries:
                    yield from _works_s(one)
        case Stations():
            for lap in entry.laps:
                yield from (None if lap.open else lap.work_s for _ in range(lap.sets * len(lap.stations)))
        case Amrap():
            yield entry.work_s
        case ForTime():
            yield None


def station_of(group: int, turn: int, stations: int) -> int:
    """Return at which station a group is in a turn. All three count from 0; `stations` is how many there are."""
    return (group + turn) % stations


def _check(entry: Entry) -> None:
    """Raise CircuitError if there can be no such entry."""
    match entry:
        case Work():
            name = _check_sets(entry.sets)
        case Block():
            name = entry.name or "block"
            _check_rounds(name, entry.rounds)
        case Stations():
            name = entry.name or "stations"
            _check_laps(name, entry.laps)
        case Amrap():
            name = entry.name or _name(entry.tasks)
            _check_work(f"{name}: amrap", entry.work_s)
        case ForTime():
            name = entry.name or _name(entry.tasks)
            _check_work(f"{name}: for_time", entry.cap_s)
    _check_rest(f"{name}: changeover", entry.changeover_s)
    _check_rest(f"{name}: rest", entry.rest_s or 0.0)


def _check_sets(sets: tuple[Set, ...]) -> str:
    """Return the name of what is done."""
    if not sets:
        raise CircuitError("an exercise has at least 1 set")
    for one in _each_once(sets):
        name = _name(one.tasks)
        _check_work(f"{name}: work", one.work_s)
        _check_rest(f"{name}: changeover", one.changeover_s)
        _check_rest(f"{name}: switch", one.switch_s)
    return name


def _check_rounds(name: str, rounds: tuple[Round, ...]) -> None:
    if not rounds:
        raise CircuitError(f"{name}: a block has at least 1 round")
    for one in _each_once(rounds):
        if not one.entries:
            raise CircuitError(f"{name}: a block has at least one exercise")
        for entry in one.entries:
            _check(entry)
        _check_rest(f"{name}: round_break", one.break_s)


def _check_laps(name: str, laps: tuple[Lap, ...]) -> None:
    if not laps:
        raise CircuitError(f"{name}: stations have at least 1 lap")
    for lap in _each_once(laps):
        if not lap.stations or lap.sets < 1:
            raise CircuitError(f"{name}: a lap has at least 1 station and 1 set")
        for tasks in lap.stations:
            _name(tasks)
        _check_work(f"{name}: work", lap.work_s)
        _check_rest(f"{name}: changeover", lap.changeover_s)
        _check_rest(f"{name}: round_break", lap.break_s)


def _each_once(some: tuple[T, ...]) -> Iterable[T]:
    """Return the objects without repetitions: rounds that are alike are one object."""
    return {id(one): one for one in some}.values()


def _name(tasks: Tasks) -> str:
    if not tasks:
        raise CircuitError("work needs at least one exercise")
    return " + ".join(task.exercise.name for task in tasks)


def _check_work(what: str, duration_s: float) -> None:
    if not 0 < duration_s <= LONGEST_INTERVAL_S:
        raise CircuitError(f"{what} must be more than 0 s and at most an hour, not {duration_s:g} s")


def _check_rest(what: str, duration_s: float) -> None:
    if not 0 <= duration_s <= LONGEST_INTERVAL_S:
        raise CircuitError(f"{what} must be from 0 s to an hour, not {duration_s:g} s")
