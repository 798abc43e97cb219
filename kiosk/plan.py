"""A circuit's timeline as text: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kiosk.circuit import LONGEST_INTERVAL_S, Task, Tasks
from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.signals import audible
from kiosk.timeline import Interval, Kind, Mode, Timeline

_LEFT_ALIGNED = ("block", "interval", "exercise")


def as_json(timeline: Timeline) -> str:
    """Return the timeline as JSON, with times in seconds. A rest has the exercise and side of the work after it.

    Open work has no duration, so its length is in no start and not in the total; "open" is how often there is any.
    """
    plan = {
        "circuit": timeline.circuit.name,
        "total_s": timeline.known_s,
        "open": timeline.open_count,
        "intervals": [interval_facts(timeline, interval) for interval in timeline.intervals],
        "cues": [
            {"at_s": timeline.known_at(due.at_s), "cue": due.cue.value}
            for due in audible(timeline.cues).cues
            if not _within_open_work(timeline, due.at_s)
        ],
    }
    return json.dumps(plan, indent=2)


def as_table(timeline: Timeline) -> str:
    """Return the timeline as a table: a row for each interval, and the total in the last line."""
    rows = [_row(timeline, interval) for interval in timeline.intervals]
    columns = [name for name in rows[0] if name != "block" or any(row[name] for row in rows)]
    table = [columns, *([row[name] for name in columns] for row in rows)]
    widths = [max(len(cells[place]) for cells in table) for place in range(len(columns))]
    lines = ["  ".join(_aligned(columns, cells, widths)).rstrip() for cells in table]
    circuit, total = timeline.circuit, _total(timeline)
    exercises, rounds = count_of(len(circuit.exercises), "exercise"), count_of(circuit.rounds, "round")
    return "\n".join([f"{circuit.name}: {exercises}, {rounds}, {total}", "", *lines, "", f"total {total}"])


def interval_facts(timeline: Timeline, interval: Interval) -> dict[str, Any]:
    """Return what there is to know about an interval, for JSON."""
    begun, lists = interval.kind is not Kind.GET_READY, interval.lists_tasks
    found: dict[str, Any] = {
        "start_s": timeline.known_at(interval.start_s),
        "duration_s": None if interval.open else interval.duration_s,
        "kind": interval.kind.value,
        "round": interval.round,
        "exercise": None if lists else interval.exercise.name,
        "side": interval.side.value if interval.side else None,
    }
    more: dict[str, Any] = {
        "rounds": interval.rounds if begun and interval.rounds > 1 else None,
        "set": interval.set if begun and interval.sets > 1 else None,
        "sets": interval.sets if begun and interval.sets > 1 else None,
        "block": interval.block,
        "amount": interval.amount,
        "tasks": _tasks(interval.tasks) if lists and not interval.stations else None,
        "stations": [_tasks(tasks) for tasks in interval.stations],
        "mode": interval.mode.value if interval.mode in (Mode.AMRAP, Mode.FOR_TIME) else None,
        "cap_s": interval.duration_s if interval.open else None,
    }
    return found | {key: value for key, value in more.items() if value}


def _tasks(tasks: Tasks) -> list[dict[str, str]]:
    return [
        {"exercise": task.exercise.name, "amount": task.amount} if task.amount else {"exercise": task.exercise.name}
        for task in tasks
    ]


def _within_open_work(timeline: Timeline, at_s: float) -> bool:
    interval = timeline.at(at_s)
    return interval.open and interval.start_s < at_s < interval.end_s


def _total(timeline: Timeline) -> str:
    known = clock_text(timeline.known_s)
    return f"{known} and {timeline.open_count} x open work" if timeline.open_count else known


def _row(timeline: Timeline, interval: Interval) -> dict[str, str]:
    coming = "" if interval.works else "next: "
    return {
        "start": clock_text(timeline.known_at(interval.start_s)),
        "for": "open" if interval.open else f"{interval.duration_s:g} s",
        "round": str(interval.round),
        "block": interval.block,
        "interval": interval.kind.value.replace("_", " "),
        "exercise": coming + _what(interval),
    }


def _what(interval: Interval) -> str:
    """Return what is done, with the amount, the side, the set, the cap of open work, and for stations the turn."""
    if interval.stations:
        words = f"{count_of(len(interval.stations), 'station')}, turn {interval.place + 1}"
    elif interval.lists_tasks:
        words = " + ".join(task.words for task in interval.tasks)
    else:
        words = Task(interval.exercise, interval.amount).words
    side = f" ({interval.side.value})" if interval.side else ""
    set_ = f", set {interval.set} of {interval.sets}" if interval.sets > 1 else ""
    mode = {Mode.AMRAP: "AMRAP: ", Mode.FOR_TIME: "for time: "}.get(interval.mode, "")
    cap = (
        f", cap {clock_text(interval.duration_s)}" if interval.open and interval.duration_s < LONGEST_INTERVAL_S else ""
    )
    return mode + words + side + set_ + cap


def _aligned(columns: list[str], cells: list[str], widths: list[int]) -> Iterator[str]:
    """Yield the cells of a row padded to the widths: times right-aligned, words left-aligned."""
    for column, text, width in zip(columns, cells, widths, strict=True):
        yield text.ljust(width) if column in _LEFT_ALIGNED else text.rjust(width)
