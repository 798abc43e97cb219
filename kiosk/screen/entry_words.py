"""Entries of a circuit in words: what is done in a part of a class, how often, and how long it takes."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.circuit import Amrap, Block, Entry, ForTime, Lap, Set, Stations, Task, Tasks, Work, tasks_of
from kiosk.look import minutes
from kiosk.plural import count_of
from kiosk.session import HAIR_S
from kiosk.timeline import Part

AMRAP, FOR_TIME = "As many rounds as you can", "As fast as you can"
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
            return About(AMRAP, _things(entry))
        case ForTime():
            return About(FOR_TIME, _things(entry))
        case Stations():
            lap = entry.laps[0]
            parts = [count_of(len(lap.stations), "station"), *_rounds(len(entry.laps)), f"{_lap_work(lap)} each"]
            return About(", ".join(parts), tuple(map(station_name, lap.stations)), numbered=True)
        case Block():
            return About("", _things(entry))
    first, things = entry.sets[0], _things(entry)
    if len(first.tasks) == 1 and things[0] == (entry.name or first.tasks[0].exercise.name):
        things = ()
    return About(sets_text(entry.sets) + (", easy" if first.easy else ""), things)


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
    match entry:
        case Block():
            return any(is_open(one) for round_ in entry.rounds for one in round_.entries)
        case Stations():
            return any(lap.open for lap in entry.laps)
        case Work():
            return any(one.open for one in entry.sets)
    return isinstance(entry, ForTime)


def whole_text(duration_s: float) -> str:
    """Return how long something takes, in seconds if it is short, else in whole minutes, rounded up."""
    # HAIR_S allows for float rounding, because a sum may be a little more than whole minutes.
    return f"{duration_s:g} s" if duration_s < _SECONDS_BELOW_S else f"{minutes(duration_s - HAIR_S)} min"


def duration_text(duration_s: float) -> str:
    """Return the exact length of work, such as 40 s or 2:30 min."""
    if duration_s < _SECONDS_BELOW_S:
        return f"{duration_s:g} s"
    whole_minutes, seconds = divmod(round(duration_s), 60)
    return f"{whole_minutes}:{seconds:02} min" if seconds else f"{whole_minutes} min"


def sets_text(sets: tuple[Set, ...]) -> str:
    """Return how many sets there are and how long they are, as far as they are alike."""
    lengths_s = {None if one.open else one.work_s for one in sets}
    length_s = lengths_s.pop() if len(lengths_s) == 1 else None
    if length_s is None:
        return count_of(len(sets), "set") + (f", {SELF_PACED}" if any(one.open for one in sets) else "")
    return f"{len(sets)} {_MANY} {duration_text(length_s)}" if len(sets) > 1 else duration_text(length_s)


def station_name(tasks: Tasks) -> str:
    return " + ".join(task.exercise.short for task in tasks)


def task_words(task: Task) -> str:
    return f"{task.amount} {task.exercise.short}".lstrip()


def _things(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(task_words, tasks_of(entry))))


def _rounds(count: int) -> list[str]:
    return [count_of(count, "round")] if count > 1 else []


def _lap_work(lap: Lap) -> str:
    return SELF_PACED if lap.open else duration_text(lap.work_s)
