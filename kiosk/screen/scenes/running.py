"""The scenes of a running circuit, one for each kind of interval except the round break, and their shared code."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Block, Exercise, Side, Stations
from kiosk.colour import Colour
from kiosk.plural import count_of
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item, fading, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.scenes import finished
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import banner, cue, hold_hint, lines
from kiosk.screen.widgets.easier import TOP as LANE_TOP
from kiosk.screen.widgets.easier import easier_lane
from kiosk.screen.widgets.footer import Progress, footer
from kiosk.screen.widgets.names import works, you_need
from kiosk.screen.widgets.panel import (
    break_circle,
    large_digits,
    last_digits,
    panel,
    rest_circle,
    ring_digits,
    side_control,
    tank,
)
from kiosk.screen.widgets.parts import ClassProgress, parts_footer
from kiosk.screen.widgets.ring import ring, ticks
from kiosk.screen.widgets.stage import stage, turning
from kiosk.screen.widgets.text import shortened
from kiosk.screen.widgets.title import title
from kiosk.timeline import Interval, Kind, Mode
from kiosk.view import Hold, HoldAim, IntervalView, Line, PressMeans

TIME_LEFT = "Time left"
SWITCH_SIDES = "SWITCH SIDES"
ARROWS_S = 10.0
"""Time for which the figure's arrows are shown. After that, the arrows would only distract."""
STAGE_BOTTOM = 0.672
RING_S = 0.045
"""Interval at which the ring shrinks. While the figure moves, the ring shrinks with each picture of the figure."""
_LANE_GAP = 0.012
_VALUE_LEAST = 0.036
_HOLD_WORDS = {HoldAim.STOP: "to stop", HoldAim.NEXT_CIRCUIT: "for the next circuit", HoldAim.PAUSE: "to pause"}
_PRESS_WORDS = {
    PressMeans.DONE: "Press when done",
    PressMeans.ALL_DONE: "Press when all is done",
    PressMeans.ROUND: "Press after each round",
}
_BELOW = "below the ring"
"""Fade group of everything below the ring."""


def get_ready(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the first exercise, the equipment of the circuit, and the seconds until it begins."""
    page = Page(view, t_s, context, context.palette.ready)
    things = you_need(context, view.circuit.equipment, first=len(view.exercise.equipment))
    return page.frame(page.exercise("First:"), page.resting(State.READY, things), page.how_or_why())


def work(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the largest clock of the wall, the moving figure, and one short cue, or what a press means."""
    page, interval = Page(view, t_s, context, context.palette.work), view.interval
    side, note = interval.side, page.place if view.tally is None else count_of(view.tally.rounds, "round")
    # A clock that counts up has no room to grow in the last seconds before its cap.
    if view.last_seconds and not interval.open:
        right = last_seconds(context, State.WORK, view.seconds, page.left_s, side=side, note=note)
    else:
        right = frame(
            panel(context, State.WORK, right=note),
            tank(context, page.part_left, view.interval.duration_s),
            large_digits(context, view.seconds, page.accent, sides=side is not None),
            [] if side is None else side_control(context, side, page.accent),
        )
    words = (_PRESS_WORDS[view.press_means],) if view.press_means in _PRESS_WORDS else view.lines
    below = cue(context, words, page.accent) if words else []
    return page.frame(page.exercise(interval.amount, arrows_s=ARROWS_S), right, below)


def switch(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the switch to the other side: the figure turns first. Amber means that something is about to start."""
    page, side = Page(view, t_s, context, context.palette.ready), view.interval.side
    control = [] if side is None else side_control(context, side, page.accent)
    right = page.resting(State.READY, control, side=side, note=page.place)
    return page.frame(page.exercise(turns=True), right, banner(context, SWITCH_SIDES, page.accent, t_s))


def changeover(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the next exercise, with its how and equipment or its why and muscles, and the time left to rest."""
    page, things = Page(view, t_s, context, rest_accent(view, context)), view.exercise.equipment
    # The lines of how and the equipment are both needed to begin.
    need = things and view.line is Line.HOW
    below = you_need(context, things) if need else works(context, view.exercise.muscles)
    return page.frame(page.exercise("Next:"), page.resting(State.REST, fading(below, _BELOW)), page.how_or_why())


def figures_ahead(view: IntervalView, context: Context) -> list[SizedFigure]:
    """Return the figures that are shown now and next, with the sizes of their boxes."""
    exercises = [view.exercise] + ([] if view.next is None else [view.next.exercise])
    sized = [(one.figure, stage_box(context, one).size) for one in exercises if one.figure is not None]
    return [*sized, *finished.figures_ahead(context)] if view.next is None else sized


def stage_box(context: Context, exercise: Exercise) -> Rect:
    """Return the figure's box, in pixels. It is the same in all intervals, so the figure neither jumps nor grows."""
    return context.layout.stage_px(STAGE_BOTTOM if exercise.easier is None else LANE_TOP - _LANE_GAP)


# --- the page ---------------------------------------------------------------------------------------------------------


class Page(NamedTuple):
    """A screen of a running circuit: a left column with a title, a panel, the cue or notes below, and the footer."""

    view: IntervalView
    t_s: float
    context: Context
    accent: Colour

    def frame(self, left: Frame, right: Frame, below: Frame | Iterable[Item]) -> Frame:
        """Return the page. While the button is held, a hint on what a longer hold does replaces `below`."""
        below = hold_words(self.context, self.view.hold) or below
        return frame(left, right, below, self.footer())

    def footer(self) -> list[Item]:
        """Return the footer. During work it says what comes next. During a rest it says how much time is left."""
        interval = self.view.interval
        round_ = interval.round + 1 if interval.kind is Kind.ROUND_BREAK else interval.round
        progress = Progress(interval.rounds, interval.places, round_, interval.place)
        label, value = TIME_LEFT, f"{self.view.minutes_left} min"
        if interval.works or interval.kind is Kind.SWITCH:
            label, value = "Next", _next_words(self.view.next)
            if self.view.parts and self.view.next is not None and self.view.next.part != interval.part:
                name = self.view.parts[self.view.next.part].name
                value = shortened(self.context, name, Weight.BLACK, _VALUE_LEAST, self.context.layout.rc)
        if self.view.parts:
            shown = class_progress(self.view, progress)
            done = _part_of_set(interval, self.t_s) if shown.by_sets else _part(interval, self.t_s)
            # How far open work is, nobody knows.
            done = 0.0 if interval.mode is Mode.OPEN else done
            return parts_footer(self.context, shown, done, label, value, self.accent)
        return footer(self.context, progress, _part(interval, self.t_s), label, value, self.accent)

    def exercise(self, prefix: str = "", *, arrows_s: float = inf, turns: bool = False) -> Frame:
        """Return the left column for an exercise: title, figure or steps, and the lane of the easier option.

        The arrows are shown for `arrows_s` seconds. `turns` is whether the figure first turns to the interval's side.
        """
        context, t_s, exercise, side, turn = self.context, self.t_s, self.view.exercise, self.view.interval.side, None
        if turns and side is not None:
            side, turn = turning(side, t_s)
        box, arrows = stage_box(context, exercise), t_s < arrows_s
        return frame(
            stage(context, exercise, self.view.shown_s + t_s, box, self.accent, side=side, arrows=arrows, turn=turn),
            # The empty frame makes the picture change when the arrows end, even if nothing else changes then.
            Frame([], arrows_s - t_s if arrows else inf),
            title(context, exercise.name, exercise.short, prefix=prefix, accent=self.accent),
            [] if exercise.easier is None else easier_lane(context, exercise.easier, self.view.easier),
        )

    def resting(self, state: State, below: Iterable[Item] = (), *, side: Side | None = None, note: str = "") -> Frame:
        """Return the panel of a rest: a ring around digits, and the items `below`. In the last seconds, only a digit.

        The ring shrinks, or has ticks if something is about to start.
        """
        context, view = self.context, self.view
        if view.last_seconds:
            return last_seconds(context, State.READY, view.seconds, self.left_s, side=side, note=note)
        circle, cap = (break_circle(context), 0.80) if state is State.BREAK else (rest_circle(context), 0.78)
        if state is State.READY:
            clock = Frame(ticks(context, circle, view.seconds, view.interval.duration_s, context.palette.ready))
        else:
            clock = Frame([ring(context, circle, self.part_left, context.palette.rest)], RING_S)
        return frame(panel(context, state, right=note), clock, ring_digits(context, view.seconds, circle, cap), below)

    def how_or_why(self) -> list[Item]:
        if not self.view.lines:
            return []
        prefix = "Why:" if self.view.line is Line.WHY else ""
        return lines(self.context, self.view.lines, prefix=prefix, accent=self.accent)

    @property
    def place(self) -> str:
        """The place in the round, or the set if there is only one place."""
        interval, single = self.view.interval, alone(self.view)
        if interval.sets > 1 and (single or interval.places == interval.rounds == 1):
            return f"Set {interval.set} of {interval.sets}"
        return "" if single else f"{self.view.interval.place + 1} of {self.view.interval.places}"

    @property
    def left_s(self) -> float:
        return self.view.interval.duration_s - self.t_s

    @property
    def part_left(self) -> float:
        """The part of the interval's time that is left, 0 to 1."""
        return min(1.0, max(0.0, self.left_s / self.view.interval.duration_s))


def hold_words(context: Context, hold: Hold | None) -> list[Item]:
    """Return the hint on what a longer hold does, nothing if the button is not held."""
    return [] if hold is None else hold_hint(context, _HOLD_WORDS[hold.aim], hold.fraction)


def last_seconds(
    context: Context, state: State, seconds: int, left_s: float, *, side: Side | None = None, note: str = ""
) -> Frame:
    """Return the filled panel of the last seconds with one large digit, and the side control if there is a `side`."""
    return frame(
        panel(context, state, filled=True, right=note),
        last_digits(context, seconds, left_s, sides=side is not None),
        [] if side is None else side_control(context, side, state.accent(context.palette), filled=True),
    )


def rest_accent(view: IntervalView, context: Context) -> Colour:
    return context.palette.ready if view.last_seconds else context.palette.rest


def _part(interval: Interval, t_s: float) -> float:
    """Return the part of the place that is done, 0 to 1. All its sets are one place."""
    return (interval.set - 1 + _part_of_set(interval, t_s)) / interval.sets


def _part_of_set(interval: Interval, t_s: float) -> float:
    """Return the part of the set that is done, 0 to 1; 0 in a rest. Both sides and the switch are one set."""
    if not interval.works and interval.kind is not Kind.SWITCH:
        return 0.0
    done = min(1.0, t_s / interval.duration_s)
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
    if alone(view):
        progress = Progress(1, 1, 1, 0)
    by_sets = progress.rounds == progress.places == 1 < interval.sets
    if by_sets:
        progress = Progress(1, interval.sets, 1, interval.set - 1)
    counts = [f"{progress.round}/{progress.rounds}"] if progress.rounds > 1 else []
    if interval.sets > 1:
        counts.append(f"{interval.set}/{interval.sets}" if by_sets else f"\u00b7 Set {interval.set}/{interval.sets}")
    return ClassProgress(names, interval.part, progress, label, " ".join(counts), by_sets)


def alone(view: IntervalView) -> bool:
    """Return whether the part of the class is a single entry, whose place is the part's place in the class."""
    return bool(view.parts) and not isinstance(view.parts[view.interval.part].entry, Block | Stations)


def _next_words(coming: Interval | None) -> str:
    if coming is None:
        return "Finish"
    return "Round break" if coming.kind is Kind.ROUND_BREAK else coming.exercise.short
