"""Entries of a circuit in words: what is done in a part of a class, how often, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.circuit import Amrap, Block, Circuit, Entry, ForTime, Lap, Set, Stations, Task, Tasks, Work, tasks_of
from kiosk.look import minutes
from kiosk.plural import count_of
from kiosk.session import HAIR_S
from kiosk.timeline import AMRAP, FOR_TIME, Part

SELF_PACED = "self-paced"
"""Word for work whose length nobody knows, because a press ends it."""
_SECONDS_BELOW_S = 100
_MANY = "\u00d7"


class About(NamedTuple):
    """What an entry is: a heading, which may be empty, and the things that are done. Stations are `numbered`."""

    heading: str
    things: tuple[str, ...]
    numbered: bool = False


def about_entry(entry: Entry) -> About:
    match entry:
        case Amrap():
            return About(AMRAP[0], _things(entry))
        case ForTime():
            return About(FOR_TIME[0], _things(entry))
        case Stations():
            lap = entry.laps[0]
            parts = [count_of(len(lap.stations), "station"), *_rounds(len(entry.laps)), f"{_lap_work(lap)} each"]
            return About(", ".join(parts), tuple(map(station_name, lap.stations)), numbered=True)
        case Block():
            return About("", _things(entry))
    first, things = entry.sets[0], _things(entry)
    if len(first.tasks) == 1 and things[0] == (entry.name or first.tasks[0].exercise.name):
        things = ()
    if len(entry.sets) == 1:
        return About("Easy" if first.easy else "", things)
    return About(_sets_text(entry.sets) + (", easy" if first.easy else ""), things)


def about_circuit(circuit: Circuit, total_s: float, parts: tuple[Part, ...] = ()) -> tuple[str, ...]:
    """Return what a circuit is, in a few words each. `total_s` leaves open work out; `parts` are those of a class."""
    content, whole, each_s = circuit.content, _whole(circuit.content, total_s), circuit.work_s
    each = [] if each_s is None else [duration_text(each_s)]
    match content:
        case Amrap():
            return AMRAP[0], duration_text(content.work_s)
        case ForTime():
            return FOR_TIME[0], f"cap {duration_text(content.cap_s)}"
        case Stations():
            stations = count_of(len(content.laps[0].stations), "station")
            return stations, *(f"{one} each" for one in each), count_of(len(content.laps), "round"), whole
        case Work() if len(circuit.exercises) > 1:
            together = f"{len(circuit.exercises)} exercises together"
            return together, *each, count_of(len(content.sets), "round"), whole
    if parts:
        return count_of(len(parts), "part"), whole
    several = len(circuit.exercises) > 1
    each = [f"{one} each" if several else one for one in each]
    sets = _sets(content)
    rounds = [count_of(circuit.rounds, "round")]
    if sets > 1 and circuit.rounds == 1:
        rounds = [] if each else [count_of(sets, "set") + (" each" if several else "")]
        each = [f"{sets} {_MANY} {one}" for one in each]
    return count_of(len(circuit.exercises), "exercise"), *each, *rounds, whole


def times(entry: Entry) -> str:
    """Return how often a part is done, such as ×4, or "" for once."""
    match entry:
        case Block():
            count = len(entry.rounds)
        case Stations():
            count = len(entry.laps)
        case Work():
            count = len(entry.sets)
        case _:
            count = 1
    return f"{_MANY}{count}" if count > 1 else ""


def length_text(part: Part) -> str:
    """Return how long a part takes."""
    if isinstance(part.entry, ForTime):
        return f"cap {duration_text(part.entry.cap_s)}"
    return SELF_PACED if is_open(part.entry) else whole_text(part.known_s)


def is_open(entry: Entry) -> bool:
    """Return whether a press ends any of the work of an entry."""
    return any(_opens(entry))


def _opens(entry: Entry) -> Iterator[bool]:
    """Yield for each work whether a press ends it."""
    match entry:
        case Block():
            for round_ in entry.rounds:
                for one in round_.entries:
                    yield from _opens(one)
        case Stations():
            yield from (lap.open for lap in entry.laps)
        case Work():
            yield from (one.open for one in entry.sets)
        case _:
            yield isinstance(entry, ForTime)


def whole_text(duration_s: float) -> str:
    """Return how long something takes, in seconds if it is short, else in whole minutes, rounded up."""
    return f"{duration_s:g} s" if duration_s < _SECONDS_BELOW_S else f"{whole_minutes(duration_s)} min"


def whole_minutes(duration_s: float) -> int:
    """Return the minutes, rounded up. A sum that is a little more than whole minutes by float rounding is not more."""
    return minutes(duration_s - HAIR_S)


def duration_text(duration_s: float) -> str:
    """Return the exact length of work, such as 40 s or 2:30 min."""
    if duration_s < _SECONDS_BELOW_S:
        return f"{duration_s:g} s"
    whole_minutes, seconds = divmod(round(duration_s), 60)
    return f"{whole_minutes}:{seconds:02} min" if seconds else f"{whole_minutes} min"


def _sets_text(sets: tuple[Set, ...]) -> str:
    """Return how many sets there are, of several, and how long they are if they are alike."""
    lengths_s = {None if one.open else one.work_s for one in sets}
    length_s = lengths_s.pop() if len(lengths_s) == 1 else None
    if length_s is None:
        return count_of(len(sets), "set") + (f", {SELF_PACED}" if any(one.open for one in sets) else "")
    return f"{len(sets)} {_MANY} {duration_text(length_s)}"


def station_name(tasks: Tasks) -> str:
    return " + ".join(task.exercise.short for task in tasks)


def task_words(task: Task) -> str:
    """Return the amount and the exercise's short name."""
    return f"{task.amount} {task.exercise.short}".lstrip()


def _whole(entry: Entry, known_s: float) -> str:
    """Return how long everything takes. Only what is not open is known; rests alone would say nothing."""
    if all(_opens(entry)):
        return SELF_PACED
    whole = f"{whole_minutes(known_s)} min"
    return f"{whole} + {SELF_PACED}" if is_open(entry) else whole


def _sets(entry: Entry) -> int:
    """Return how many sets there are of each exercise of a list, 1 if they differ."""
    entries = entry.rounds[0].entries if isinstance(entry, Block) else (entry,)
    counts = {len(one.sets) if isinstance(one, Work) else 1 for one in entries}
    return counts.pop() if len(counts) == 1 else 1


def _things(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(task_words, tasks_of(entry))))


def _rounds(count: int) -> list[str]:
    return [count_of(count, "round")] if count > 1 else []


def _lap_work(lap: Lap) -> str:
    return SELF_PACED if lap.open else duration_text(lap.work_s)
