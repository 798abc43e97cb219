"""The scenes of timed exercises, and the page that all scenes of a running circuit share."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Amrap, Circuit, Exercise, ForTime, Side
from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item, fading, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.scenes import finished
from kiosk.screen.scenes.progress import (
    class_progress,
    counts_sets,
    is_single_entry,
    name_of,
    next_words,
    part_of_place,
    part_of_set,
    progress_of,
    time_left,
    title_prefix,
)
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import banner, cue, hold_hint, lines
from kiosk.screen.widgets.easier import easier_lane
from kiosk.screen.widgets.footer import coming, footer
from kiosk.screen.widgets.lap_footer import laps, whole
from kiosk.screen.widgets.name_stage import is_name_only, name_area, name_stage
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
from kiosk.screen.widgets.parts import parts_footer
from kiosk.screen.widgets.ring import ring, ticks
from kiosk.screen.widgets.stage import overhang_of, stage, turning
from kiosk.screen.widgets.task_rows import sized_figures
from kiosk.screen.widgets.text import shortened
from kiosk.screen.widgets.title import SMALL_CAP, title
from kiosk.timeline import Interval, Kind, Mode
from kiosk.view import Hold, HoldAim, IntervalView, Line

SWITCH_SIDES = "SWITCH SIDES"
ARROWS_S = 10.0
"""Time for which the figure's arrows are shown. After that, the arrows would only distract."""
EASY_SPEED = 0.70
"""Speed of the figure in easy work, as a part of the speed that it was designed for."""
RING_S = 0.045
"""Interval at which the ring shrinks. While the figure moves, the ring shrinks with each picture of the figure."""
_LANE_GAP = 0.012
_VALUE_LEAST = 0.036
_HOLD_WORDS = {HoldAim.STOP: "to stop", HoldAim.CHOOSE: "to choose a workout", HoldAim.PAUSE: "to pause"}
_BELOW = "below the ring"
"""Fade group of everything below the ring."""


def get_ready(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the first exercise, the equipment of the circuit, and the seconds until it begins."""
    page = Page(view, t_s, context, context.palette.ready)
    things = you_need(context, view.circuit.equipment, first=len(view.exercise.equipment))
    right = page.resting(State.READY, things, notes=bool(things))
    return page.frame(page.exercise(alone=not view.lines), right, page.how_or_why())


def work(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the largest clock of the wall, the moving figure, and one short cue."""
    page = Page(view, t_s, context, context.palette.work)
    below = cue(context, view.lines, page.accent) if view.lines else []
    return page.frame(page.exercise(arrows_s=ARROWS_S, alone=not below), page.working(), below)


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
    notes = bool(things or view.exercise.muscles)
    right = page.resting(State.REST, fading(below, _BELOW), notes=notes)
    return page.frame(page.exercise(alone=not view.lines), right, page.how_or_why())


def figures_ahead(view: IntervalView, context: Context) -> list[SizedFigure]:
    """Return the figures that are shown now and next, with the sizes of their boxes.

    After them come the circuit's own pictures: once they are drawn, a running circuit keeps them whatever happens to
    their files.
    """
    interval = view.interval
    sized = _sized_figures(context, interval, view.passed_s, view.shown_s)
    if view.next is None:
        scored = bool(view.parts) or isinstance(view.circuit.content, Amrap | ForTime)
        return [*sized, *finished.figures_ahead(context, scored=scored)]
    later = _sized_pictures(context, view.circuit)
    return list(dict.fromkeys([*sized, *_sized_figures(context, view.next, 0.0, 0.0), *later]))


def _sized_figures(context: Context, interval: Interval, t_s: float, shown_s: float) -> list[SizedFigure]:
    if interval.lists_tasks and not interval.at_stations:
        return sized_figures(context.tall(), interval.tasks, t_s, shown_s)
    exercise = interval.exercise
    return [] if exercise.drawn is None else [SizedFigure(exercise.drawn, stage_box(context, exercise).size)]


def _sized_pictures(context: Context, circuit: Circuit) -> list[SizedFigure]:
    """Return the own pictures of a circuit with the sizes of their boxes in the left column."""

    def make() -> tuple[Circuit, list[SizedFigure]]:
        return circuit, [
            SizedFigure(one.drawn, stage_box(context, one).size)
            for one in circuit.exercises
            if one.picture is not None and one.drawn is not None
        ]

    # Hashing a circuit is too slow for every frame. The cached value keeps the circuit alive, so its id stays unique.
    return context.cached(("own pictures", id(circuit)), make)[1]


def stage_box(context: Context, exercise: Exercise) -> Rect:
    """Return the figure's box, in pixels. It is the same in all intervals, so the figure neither jumps nor grows."""
    return context.layout.stage_px(_stage_bottom(context, exercise), overhang_of(exercise))


def _stage_bottom(context: Context, exercise: Exercise, *, alone: bool = False) -> float:
    """Return the bottom of the stage, in H. Words go down to the panel's bottom if they are `alone`."""
    layout = context.layout
    if exercise.easier is not None:
        return layout.lane_top - _LANE_GAP
    # In portrait, the panel is below the stage. On a narrow screen, the cue begins below the panel.
    beside_panel = exercise.drawn is None and not layout.portrait and (alone or layout.narrow)
    return layout.body_bottom if beside_panel else layout.stage_bottom


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
        view, interval, progress = self.view, self.view.interval, progress_of(self.view)
        if view.parts:
            shown = class_progress(view, progress)
            done = part_of_set(interval, self.t_s) if shown.by_sets else part_of_place(interval, self.t_s)
            # How far open work is, nobody knows.
            done = 0.0 if interval.mode is Mode.OPEN else done
            return parts_footer(self.context, shown, done, *self.coming, self.accent)
        if interval.mode is Mode.AMRAP and view.tally is not None:
            return [*laps(self.context, view.tally, self.t_s, self.accent), *coming(self.context, *self.coming)]
        # One round of one list needs no numbers.
        single = interval.lists_tasks and interval.rounds == interval.places == interval.sets == 1
        if interval.mode is Mode.FOR_TIME or single:
            done = 1.0 - self.part_left if interval.works else 0.0
            left = whole(self.context, name_of(view), self.round_words, done, self.accent)
            return [*left, *coming(self.context, *self.coming)]
        part = part_of_set(interval, self.t_s) if counts_sets(view) else part_of_place(interval, self.t_s)
        return footer(self.context, progress, part, *self.coming, self.accent)

    @property
    def coming(self) -> tuple[str, str]:
        """What comes next, after its label. During a rest it is how much time is left."""
        view, interval = self.view, self.view.interval
        if interval.works or interval.kind is Kind.SWITCH:
            value = next_words(view)
            if view.parts and view.next is not None and view.next.part != interval.part:
                name = view.parts[view.next.part].entry.name or value
                value = shortened(self.context, name, Weight.BLACK, _VALUE_LEAST, self.context.layout.rc)
            return "Next", value
        return time_left(view)

    def exercise(self, *, arrows_s: float = inf, turns: bool = False, alone: bool = False) -> Frame:
        """Return the left column for an exercise: title, figure, steps or name, and the lane of the easier option.

        The arrows are shown for `arrows_s` seconds. `turns` is whether the figure first turns to the interval's side.
        `alone` is whether nothing is shown below the column, so that steps or a name may use that room.
        """
        context, t_s, exercise, side, turn = self.context, self.t_s, self.view.exercise, self.view.interval.side, None
        alone = alone and self.view.hold is None
        lane = [] if exercise.easier is None else easier_lane(context, exercise.easier, self.view.easier)
        if is_name_only(exercise):
            return frame(self._name(_stage_bottom(context, exercise, alone=alone)), lane)
        if turns and side is not None:
            side, turn = turning(side, t_s)
        box = context.layout.stage_px(_stage_bottom(context, exercise, alone=alone), overhang_of(exercise))
        arrows = t_s < arrows_s
        speed = EASY_SPEED if self.view.interval.kind is Kind.EASY else 1.0
        moves = stage(
            context, exercise, self.view.shown_s + speed * t_s, box, self.accent, side=side, arrows=arrows, turn=turn
        )
        return frame(
            moves._replace(stays_s=moves.stays_s / speed),
            # The empty frame makes the picture change when the arrows end, even if nothing else changes then.
            Frame([], arrows_s - t_s if arrows else inf),
            title(context, exercise.name, exercise.short, prefix=title_prefix(self.view), accent=self.accent),
            lane,
        )

    def _name(self, bottom: float) -> list[Item]:
        """Return the left column for an exercise that has only a name. The title is that of its block or circuit."""
        context, exercise, interval = self.context, self.view.exercise, self.view.interval
        area = name_area(context, bottom)
        least_height = name_area(context, _stage_bottom(context, exercise))[3]
        return [
            *title(context, interval.block or self.view.circuit.name, cap=SMALL_CAP),
            *name_stage(context, exercise.name, area, least_height, self.accent, lead=title_prefix(self.view)),
        ]

    def working(self) -> Frame:
        """Return the panel of work that the clock ends: digits over a tank. In the last seconds, only a digit."""
        view, context, side = self.view, self.context, self.view.interval.side
        if view.last_seconds:
            return last_seconds(context, State.WORK, view.seconds, self.left_s, side=side, note=self.place)
        return frame(
            panel(context, State.WORK, right=self.place),
            tank(context, self.part_left, view.interval.duration_s),
            large_digits(context, view.seconds, self.accent, sides=side is not None),
            [] if side is None else side_control(context, side, self.accent),
        )

    def resting(
        self,
        state: State,
        below: Iterable[Item] = (),
        *,
        side: Side | None = None,
        note: str = "",
        notes: bool | None = None,
    ) -> Frame:
        """Return the panel of a rest: a ring around digits, and the items `below`. In the last seconds, only a digit.

        The ring shrinks, or has ticks if something is about to start. It leaves room for the items, in portrait beside
        it, if the rest has `notes` at any time. By default it has if there are items now.
        """
        context, view = self.context, self.view
        if view.last_seconds:
            return last_seconds(context, State.READY, view.seconds, self.left_s, side=side, note=note)
        below = list(below)
        notes = bool(below) if notes is None else notes
        # In portrait the ring is as large without notes, but in the middle.
        small = state is not State.BREAK and (notes or context.layout.portrait)
        circle, cap = (rest_circle(context, notes=notes), 0.78) if small else (break_circle(context), 0.80)
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
        """What the panel's head says about where one is: the set, unless the footer says so, the place or the round."""
        view, interval = self.view, self.view.interval
        place = f"{interval.place + 1} of {interval.places}"
        if view.parts:
            single = is_single_entry(view)
            if interval.sets > 1 and (single or interval.places == interval.rounds == 1):
                return f"Set {interval.set} of {interval.sets}"
            return "" if single else place
        if interval.sets > 1 and (interval.places == 1 or not counts_sets(view)):
            return f"Set {interval.set} of {interval.sets}"
        if interval.places > 1:
            return place
        return f"{interval.round} of {interval.rounds}" if interval.rounds > 1 else ""

    @property
    def round_words(self) -> str:
        interval = self.view.interval
        return f"Round {interval.round} of {interval.rounds}" if interval.rounds > 1 else ""

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


def work_state(view: IntervalView) -> State:
    """Return the state of the panel in work."""
    return State.EASY if view.interval.kind is Kind.EASY else State.WORK


def rest_accent(view: IntervalView, context: Context) -> Colour:
    return context.palette.ready if view.last_seconds else context.palette.rest
