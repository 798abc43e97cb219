"""Reads a circuit's file as it is written, then resolves it into the core's entries, with all that is inherited."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import yaml

from kiosk.circuit import (
    LONGEST_INTERVAL_S,
    Amrap,
    Block,
    Circuit,
    Entry,
    Exercise,
    ForTime,
    Lap,
    Round,
    Set,
    Stations,
    Task,
    Tasks,
    Work,
)
from kiosk.config.duration import duration_text
from kiosk.config.entry import EntryReader, Names
from kiosk.config.problem import ContentError, quoted, warn, wrong
from kiosk.config.written import UNTIL_PRESSED_S, Kind, Said, Written
from kiosk.timeline import intervals

MOST_INTERVALS = 2000
MOST_COUNTED = 10_000
"""Number of intervals up to which they are counted, to say how many there are."""
LONGEST_S = 6 * 3600.0
"""Maximum length of a circuit without its open work."""

_PRESS = re.compile(r"\bpress", re.IGNORECASE)

T = TypeVar("T")


class Inherited(NamedTuple):
    """What an entry has from the block around it. The work is always said somewhere."""

    work_s: float = 0.0
    changeover_s: float = 10.0
    switch_s: float = 5.0
    round_break_s: float = 30.0
    amount: str = ""
    easy: bool = False
    cap_s: float = LONGEST_INTERVAL_S

    def over(self, said: Said, round_: int = 0) -> Inherited:
        """Return the values in a round of an entry: what it says itself, and what is around it."""
        return Inherited(*(_first(_of_round(own, round_), around) for own, around in zip(said, self, strict=True)))

    @property
    def open(self) -> bool:
        return self.work_s == UNTIL_PRESSED_S

    @property
    def length_s(self) -> float:
        return self.cap_s if self.open else self.work_s


class UnresolvedCircuit(NamedTuple):
    """A circuit as read from its file. Its exercises are only names, because their own files may be broken."""

    node: yaml.Node
    written: Written
    get_ready_s: float

    def resolve(self, id_: str, exercises: Mapping[str, Exercise]) -> Circuit | None:
        """Return the circuit, or None if one of its exercises could not be read.

        Raises ContentError if the circuit is too long.
        """
        if not _complete(self.written, exercises):
            return None
        resolver = _Resolver(self.node, exercises)
        content = resolver.entry(self.written._replace(name=""), Inherited())
        circuit = Circuit(id=id_, name=self.written.name, content=content, get_ready_s=self.get_ready_s)
        _check_size(self.node, circuit)
        return circuit


def unresolved_circuit(node: yaml.Node, names: Names) -> UnresolvedCircuit:
    """Return the circuit in a file. `names` are all exercises that have a file. Raises ContentError."""
    written, get_ready_s = EntryReader(names).circuit(node)
    return UnresolvedCircuit(node, written, get_ready_s)


class _Resolver:
    """Makes the core's entries. `node` is where a circuit that is too long is told."""

    def __init__(self, node: yaml.Node, exercises: Mapping[str, Exercise]) -> None:
        self._node = node
        self._exercises = exercises
        self._made = 0

    def entry(self, written: Written, around: Inherited) -> Entry:
        name, rest_s, changeover_s = written.name, written.rest_s, around.changeover_s
        match written.kind:
            case Kind.EXERCISE | Kind.TOGETHER:
                return Work(self._rounds(written, around, self._set), name, rest_s)
            case Kind.BLOCK:
                return Block(self._rounds(written, around, self._round), name, changeover_s, rest_s)
            case Kind.STATIONS:
                return Stations(self._rounds(written, around, self._lap), name, changeover_s, rest_s)
        here = around.over(written.said)
        tasks = self._tasks(written, here)
        self._warn_of_press(tasks)
        if written.kind is Kind.AMRAP:
            return Amrap(tasks, written.clock_s, name, here.changeover_s, rest_s)
        return ForTime(written.clock_s, tasks, name, here.changeover_s, rest_s)

    def _rounds(self, written: Written, around: Inherited, make: Callable[[Written, Inherited], T]) -> tuple[T, ...]:
        """Return all rounds of an entry. They are one object if no value differs from round to round."""
        if not written.said.differs:
            return (make(written, around.over(written.said)),) * written.rounds
        return tuple(make(written, around.over(written.said, round_)) for round_ in range(written.rounds))

    def _set(self, written: Written, here: Inherited) -> Set:
        tasks = self._tasks(written, here)
        if here.open:
            self._warn_of_press(tasks)
        return Set(tasks, here.length_s, here.changeover_s, here.switch_s, here.open, here.easy)

    def _round(self, written: Written, here: Inherited) -> Round:
        return Round(tuple(self.entry(one, here) for one in written.entries), here.round_break_s)

    def _lap(self, written: Written, here: Inherited) -> Lap:
        stations = tuple(self._tasks(one, here.over(one.said)) for one in written.entries)
        return Lap(stations, here.length_s, here.changeover_s, here.round_break_s, written.sets, here.open, here.easy)

    def _warn_of_press(self, tasks: Tasks) -> None:
        """Warn of cues that say "press" while the wall says what a press of the button does."""
        for task in tasks:
            for cue in filter(_PRESS.search, task.exercise.cues):
                what = f'the cue {quoted(cue)} of {quoted(task.exercise.name)} may be taken for "Press when done"'
                warn(self._node, what, 'say it without "press"')

    def _tasks(self, written: Written, here: Inherited) -> Tasks:
        """Return what is done in one interval."""
        self._made += 1
        if self._made > MOST_COUNTED:
            # Each round differs, and there are rounds in rounds: making them all could take minutes.
            raise _too_many(self._node, f"more than {MOST_COUNTED:,}")
        if written.kind is Kind.EXERCISE:
            return (self._task(written, here),)
        return tuple(self._task(one, here.over(one.said)) for one in written.entries)

    def _task(self, written: Written, here: Inherited) -> Task:
        exercise = written.exercise
        return Task(exercise if isinstance(exercise, Exercise) else self._exercises[exercise], here.amount)


def _complete(written: Written, exercises: Mapping[str, Exercise]) -> bool:
    """Return whether all exercises of an entry could be read."""
    if written.kind is Kind.EXERCISE and isinstance(written.exercise, str):
        return written.exercise in exercises
    return all(_complete(one, exercises) for one in written.entries)


def _check_size(node: yaml.Node, circuit: Circuit) -> None:
    count, known_s = 0, 0.0
    for interval in islice(intervals(circuit), MOST_COUNTED + 1):
        count += 1
        known_s += 0.0 if interval.open else interval.duration_s
    if count > MOST_INTERVALS:
        raise _too_many(node, f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}")
    if known_s > LONGEST_S:
        hours, longest = duration_text(known_s), duration_text(LONGEST_S)
        raise wrong(node, f"the circuit takes {hours} minutes", f"at most {longest}: write fewer rounds")


def _too_many(node: yaml.Node, count: str) -> ContentError:
    what = f"the circuit has {count} intervals of work and rest"
    return wrong(node, what, f"at most {MOST_INTERVALS:,}: write fewer rounds")


def _of_round(value: object, round_: int) -> object:
    return value[round_] if isinstance(value, tuple) else value


def _first(own: Any, around: Any) -> Any:
    return around if own is None else own
