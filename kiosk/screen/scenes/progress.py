"""Where a running circuit is, for the footer, the title and the panel's head: as numbers, and in words."""

from __future__ import annotations

from kiosk.circuit import Block, Stations
from kiosk.screen.widgets.footer import Progress
from kiosk.screen.widgets.panel import time_text
from kiosk.screen.widgets.parts import ClassProgress
from kiosk.timeline import TOGETHER, Interval, Kind, Mode
from kiosk.view import IntervalView

TIME_LEFT = "Time left"
COMES = dict.fromkeys((Kind.CHANGEOVER, Kind.REST, Kind.ROUND_BREAK), "Next:") | {Kind.GET_READY: "First:"}


def part_of_place(interval: Interval, t_s: float) -> float:
    """Return the part of the place that is done, 0 to 1. All its sets are one place."""
    return (interval.set - 1 + part_of_set(interval, t_s)) / interval.sets


def part_of_set(interval: Interval, t_s: float) -> float:
    """Return the part of the set that is done, 0 to 1; 0 in a rest. Both sides and the switch are one set."""
    if not interval.works and interval.kind is not Kind.SWITCH:
        return 0.0
    # Nobody knows how far open work is.
    done = 0.0 if interval.open else min(1.0, t_s / interval.duration_s)
    if interval.side is None:
        return done
    if interval.kind is Kind.SWITCH:
        return 0.5
    return done / 2 if interval.side is interval.exercise.first_side else 0.5 + done / 2


def class_progress(view: IntervalView, progress: Progress) -> ClassProgress:
    """Return the progress in a class, `progress` being that in the current part."""
    interval, names = view.interval, tuple(part.name for part in view.parts)
    name, block = names[interval.part], interval.block
    # A block within the part has rounds of its own.
    label = f"{name} \u00b7 {block}" if block not in ("", name, interval.exercise.name) else name
    if is_single_entry(view):
        progress = Progress(1, 1, 1, 0)
    by_sets = progress.rounds == progress.places == 1 < interval.sets
    if by_sets:
        progress = Progress(1, interval.sets, 1, interval.set - 1)
    counts = [f"{progress.round}/{progress.rounds}"] if progress.rounds > 1 else []
    if interval.sets > 1:
        counts.append(f"{interval.set}/{interval.sets}" if by_sets else f"\u00b7 Set {interval.set}/{interval.sets}")
    return ClassProgress(names, interval.part, progress, label, " ".join(counts), by_sets)


def is_single_entry(view: IntervalView) -> bool:
    """Return whether the part of the class is a single entry, whose place is the part's place in the class."""
    return bool(view.parts) and not isinstance(view.parts[view.interval.part].entry, Block | Stations)


def counts_sets(view: IntervalView) -> bool:
    """Return whether the footer shows the sets of an exercise: several sets, and no rounds or parts around them."""
    interval = view.interval
    return interval.sets > 1 and interval.rounds == 1 and not interval.stations and not view.parts


def progress_of(view: IntervalView) -> Progress:
    interval = view.interval
    if counts_sets(view):
        return Progress(interval.sets, 1, interval.set, 0, "Set")
    round_ = interval.round + 1 if interval.kind is Kind.ROUND_BREAK else interval.round
    place_word = "Turn" if interval.at_stations else "Exercise"
    return Progress(interval.rounds, interval.places, round_, interval.place, _round_word(view), place_word)


# --- in words ---------------------------------------------------------------------------------------------------------


def name_of(view: IntervalView) -> str:
    """Return the name of the innermost block that has one, else that of the circuit."""
    return view.interval.block or view.circuit.name


def title_prefix(view: IntervalView) -> str:
    """Return the words before the exercise's name: that it comes next, and how much of it is to be done."""
    interval = view.interval
    # In open work, the amount is the largest thing in the panel.
    amount = "" if interval.mode is Mode.OPEN else interval.amount
    return f"{COMES.get(interval.kind, '')} {amount}".strip()


def clock_words(view: IntervalView) -> str:
    """Return what the clock says, in words: the time left, or in open work the time since its start."""
    return f"{time_text(view.seconds)} {'so far' if view.interval.open else 'left'}"


def time_left(view: IntervalView) -> tuple[str, str]:
    """Return how much time is left, after its label. Nobody knows how long open work takes, so there is a "+"."""
    return TIME_LEFT, f"{view.minutes_left}{'+' if view.open_ahead else ''} min"


def next_words(view: IntervalView) -> str:
    """Return what comes after this exercise, in a few words."""
    interval, coming = view.interval, view.next
    if coming is None:
        return "Finish"
    if coming.kind is Kind.ROUND_BREAK:
        return "Round break"
    if coming.exercise == interval.exercise:
        # The same name again would say nothing.
        if not coming.works:
            return f"Rest {time_text(round(coming.duration_s))}"
        if coming.set > 1:
            return f"Set {coming.set}"
        if coming.round == interval.round + 1 <= interval.rounds:
            return f"{_round_word(view)} {coming.round}"
    if coming.exercise.short == TOGETHER:
        if coming.exercise.name == coming.block:
            return coming.block
        return f"{coming.tasks[0].exercise.short} + {len(coming.tasks) - 1} more"
    return coming.exercise.short


def _round_word(view: IntervalView) -> str:
    return "Minute" if view.is_minute else "Round"
