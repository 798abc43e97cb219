"""Views in words, for the title of a window and for a kiosk without a display."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.view import (
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
            return Words("finished", f"Done! {view.circuit.name}. {again}")
        case _:
            assert_never(view)


def _interval(view: IntervalView) -> str:
    interval = view.interval
    where = f"Round {interval.round}/{interval.rounds}"
    if interval.sets > 1:
        where += f", set {interval.set}/{interval.sets}"
    side = f" ({interval.side.value})" if interval.side else ""
    name = f"{interval.amount} {view.exercise.name}{side}".lstrip()
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
