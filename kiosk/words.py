"""Views in words, for the title of a window and for a kiosk without a display."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.circuit import Amrap, ForTime
from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.timeline import TOGETHER
from kiosk.view import (
    TIME_CAP,
    BriefingView,
    ChooserView,
    CountInView,
    DarkView,
    DimView,
    ErrorView,
    FinishedView,
    IntervalView,
    PausedView,
    PressMeans,
    StartView,
    View,
)


class Words(NamedTuple):
    """A view in words: the `state` of the kiosk in one word, and a `line` with what somebody at the wall would read."""

    state: str
    line: str


def words(view: View) -> Words:
    """Return the view in words."""
    match view:
        case StartView():
            return Words("ready", f"{view.circuit.name} ({clock_text(view.total_s)}): press to start")
        case ChooserView():
            timeline, number = view.timelines[view.place], f"{view.place + 1} of {len(view.timelines)}"
            name = f"{timeline.circuit.name} ({clock_text(timeline.listed_s)})"
            line = f"Choose a workout, {number}: {name}. Press for the next, hold to choose, back in {view.seconds} s"
            return Words("choosing", line)
        case DimView() | DarkView() | ErrorView():
            return Words("ready", "press to wake")
        case IntervalView():
            return Words("running", _interval(view))
        case BriefingView():
            station = " + ".join(task.exercise.name for task in view.stations[view.place])
            where = f"Station {view.place + 1}/{len(view.stations)}"
            return Words("briefing", f"{where}: {station}. Press to start now, starts in {view.seconds} s")
        case CountInView():
            return Words("resuming", f"{view.seconds}  {_interval(view.under)}")
        case PausedView():
            ends = f", ends in {view.ends_in} s" if view.ends_in else ""
            return Words("paused", f"PAUSED  {_interval(view.under)}: press to resume{ends}")
        case FinishedView():
            again = f"Press to go again, start screen in {view.seconds} s"
            return Words("finished", f"{_finished(view)}. {again}")
        case _:
            assert_never(view)


def _finished(view: FinishedView) -> str:
    name, scores = view.circuit.name, view.scores
    if len(scores) == 1 and isinstance(view.circuit.content, Amrap | ForTime):
        return f"{TIME_CAP}! {name}" if scores[0].out_of_time else f"Done! {name}: {scores[0].result}"
    results = [f"{score.name} {score.result}" for score in scores]
    return f"Done! {name}" + (f": {', '.join(results)}" if results else "")


def _interval(view: IntervalView) -> str:
    interval = view.interval
    where = f"Round {interval.round}/{interval.rounds}"
    if len(interval.stations) > 1:
        where += f", turn {interval.place + 1}/{interval.places}"
    if interval.sets > 1:
        where += f", set {interval.set}/{interval.sets}"
    side = f" ({interval.side.value})" if interval.side else ""
    name = f"{interval.amount} {view.exercise.name}{side}".lstrip()
    if interval.lists_tasks and len(interval.stations) <= 1:
        done = ", ".join(f"{task.amount} {task.exercise.name}".lstrip() for task in interval.tasks)
        # Tasks together are named after what is done.
        name = done if view.exercise.short == TOGETHER else f"{view.exercise.name} ({done})"
    kind = interval.kind.value.replace("_", " ").upper()
    if not interval.works:
        return f"{where}  {kind} {view.seconds:3} s  next: {name}"
    tally = f", {count_of(view.tally.rounds, 'round')}" if view.tally else ""
    below = " ".join((*view.lines, _PRESS.get(view.press_means, ""))).rstrip()
    return f"{where}  {kind} {view.seconds:3} s  {name}{tally}: {below}"


_PRESS = {
    PressMeans.DONE: "(press when done)",
    PressMeans.ALL_DONE: "(press when all is done)",
    PressMeans.ROUND: "(press after each round)",
}
