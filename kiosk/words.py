"""Views in words, for the title of a window and for a kiosk without a display."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.duration import clock_text
from kiosk.timeline import Kind
from kiosk.view import (
    CountInView,
    DarkView,
    DimView,
    ErrorView,
    FinishedView,
    IntervalView,
    PausedView,
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
        case DimView() | DarkView() | ErrorView():
            return Words("ready", "press to wake")
        case IntervalView():
            return Words("running", _interval(view))
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
    where = f"Round {interval.round}/{view.circuit.rounds}"
    side = f" ({interval.side.value})" if interval.side else ""
    name = view.exercise.name + side
    if interval.kind is Kind.WORK:
        return f"{where}  WORK {view.seconds:3} s  {name}: {' '.join(view.lines)}"
    return f"{where}  {interval.kind.value.replace('_', ' ').upper()} {view.seconds:3} s  next: {name}"
