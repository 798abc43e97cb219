"""A circuit's timeline as text: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.signals import audible
from kiosk.timeline import Interval, Timeline


def as_json(timeline: Timeline) -> str:
    """Return the timeline as JSON, with times in seconds. A rest has the exercise and side of the work after it."""
    plan = {
        "circuit": timeline.circuit.name,
        "total_s": timeline.total_s,
        "intervals": [
            {
                "start_s": interval.start_s,
                "duration_s": interval.duration_s,
                "kind": interval.kind.value,
                "round": interval.round,
                "exercise": interval.exercise.name,
                "side": interval.side.value if interval.side else None,
            }
            for interval in timeline.intervals
        ],
        "cues": [{"at_s": due.at_s, "cue": due.cue.value} for due in audible(timeline.cues).cues],
    }
    return json.dumps(plan, indent=2)


def as_table(timeline: Timeline) -> str:
    """Return the timeline as a table: a row for each interval, and the total in the last line."""
    header = ("start", "for", "round", "interval", "exercise")
    rows = [header, *(_row(interval) for interval in timeline.intervals)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    circuit = timeline.circuit
    exercises, rounds = count_of(len(circuit.exercises), "exercise"), count_of(circuit.rounds, "round")
    title = f"{circuit.name}: {exercises}, {rounds}, {clock_text(timeline.total_s)}"
    return "\n".join([title, "", *lines, "", f"total {clock_text(timeline.total_s)}"])


def _row(interval: Interval) -> tuple[str, ...]:
    side = f" ({interval.side.value})" if interval.side else ""
    coming = "" if interval.works else "next: "
    return (
        clock_text(interval.start_s),
        f"{interval.duration_s:g} s",
        str(interval.round),
        interval.kind.value.replace("_", " "),
        coming + interval.exercise.name + side,
    )


def _aligned(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """Yield the cells of a row padded to the widths: times right-aligned, words left-aligned."""
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        yield text.rjust(width) if column < 3 else text.ljust(width)
