"""Views in words, for the title of a window and for a kiosk without a display."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.circuit import Amrap, ForTime
from kiosk.duration import clock_text
from kiosk.phone import TITLE, PageState
from kiosk.plural import count_of
from kiosk.timeline import TOGETHER, Kind, Mode
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
    NoticeView,
    PausedView,
    PhoneView,
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
            line = f"{view.circuit.name} ({_length(view.listed_s, more=view.takes_longer)}): press to start"
            return Words("ready", line)
        case ChooserView():
            line = f"Choose a workout{_entry(view)}. Press for the next, hold to choose, back in {view.seconds} s"
            return Words("choosing", line)
        case PhoneView():
            return Words("phone", f"{TITLE}: {_phone(view)}")
        case ErrorView():
            where = f" ({view.where.splitlines()[0]})" if view.where else ""
            return Words("ready", f"{view.headline}: {view.what}{where} Press to start the last good circuit")
        case DimView() | DarkView():
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
        case NoticeView():
            notice = view.notice
            said = " ".join(filter(None, (notice.what, notice.where, notice.fix, notice.line)))
            return Words("notice", f"{notice.headline}: {said} Press to go on, start screen in {view.seconds} s")
        case _:
            assert_never(view)


def _entry(view: ChooserView) -> str:
    timeline = view.timeline()
    if timeline is None:
        return f": {TITLE}"
    length = _length(timeline.listed_s, more=timeline.takes_longer)
    return f", {view.place + 1} of {len(view.timelines)}: {timeline.circuit.name} ({length})"


def _phone(view: PhoneView) -> str:
    match view.state:
        case PageState.OPENING:
            return "the page opens. Press to close"
        case PageState.FAILED:
            return f"the page cannot be opened. {view.what} {view.fix} Press to go on"
        case PageState.OPEN:
            over = f"closes in {clock_text(view.seconds)}"
        case PageState.IN_USE:
            over = f"somebody has come in. Start screen in {view.seconds} s"
    return f"open {view.address} and type {view.number}, {over}. Press to close the page"


def _finished(view: FinishedView) -> str:
    name, scores = view.circuit.name, view.scores
    if len(scores) == 1 and isinstance(view.circuit.content, Amrap | ForTime):
        return f"{TIME_CAP}! {name}" if scores[0].out_of_time else f"Done! {name}: {scores[0].result}"
    results = [f"{score.name} {score.result}" for score in scores]
    return f"Done! {name}" + (f": {', '.join(results)}" if results else "")


def _length(listed_s: float, *, more: bool) -> str:
    """Return how long a circuit takes. `more`: it has work whose length nobody knows."""
    return clock_text(listed_s) + (" and self-paced work" if more else "")


def _interval(view: IntervalView) -> str:
    interval = view.interval
    kind = "rotate" if interval.moves and interval.kind is Kind.CHANGEOVER else interval.kind.value.replace("_", " ")
    clock = clock_text(view.seconds) if interval.open else f"{view.seconds:3} s"
    head = f"{_where(view)}{kind.upper()} {clock}  "
    if not interval.works:
        return f"{head}next: {_what(view)}"
    cap = f", cap {clock_text(interval.duration_s)}" if interval.mode is Mode.FOR_TIME else ""
    tally = f", {count_of(view.tally.rounds, 'round')}" if view.tally else ""
    below = " ".join((*view.lines, _PRESS.get(view.press_means, ""))).rstrip()
    return f"{head}{_what(view)}{cap}{tally}" + (f": {below}" if below else "")


def _where(view: IntervalView) -> str:
    """Return the round and the set, of several, with a space after them."""
    interval, parts = view.interval, []
    if interval.rounds > 1:
        parts.append(f"{'Minute' if view.is_minute else 'Round'} {interval.round}/{interval.rounds}")
    if interval.sets > 1:
        parts.append(f"Set {interval.set}/{interval.sets}")
    return "".join(f"{part}  " for part in parts)


def _what(view: IntervalView) -> str:
    interval = view.interval
    if interval.at_stations:
        return f"{count_of(len(interval.stations), 'station')}, turn {interval.place + 1} of {interval.places}"
    if interval.lists_tasks:
        done = ", ".join(task.words for task in interval.tasks)
        # Tasks together are named after what is done.
        return done if view.exercise.short == TOGETHER else f"{view.exercise.name} ({done})"
    side = f" ({interval.side.value})" if interval.side else ""
    return f"{interval.amount} {view.exercise.name}{side}".lstrip()


_PRESS = {
    PressMeans.DONE: "(press when done)",
    PressMeans.ALL_DONE: "(press when all is done)",
    PressMeans.ROUND: "(press after each round)",
}
