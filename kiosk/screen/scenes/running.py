"""The scenes of a running circuit, one for each kind of interval but the round break, and what they share."""

from __future__ import annotations

from collections.abc import Iterable

from pygame import Rect

from kiosk.circuit import Exercise, Side, Sides
from kiosk.colour import Colour
from kiosk.screen.display_list import Frame, Item, fading, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.kit import Kit
from kiosk.screen.scenes import finished
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import banner, cue, hold, lines
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
from kiosk.screen.widgets.ring import ring, tick_count, ticks
from kiosk.screen.widgets.stage import stage, turning
from kiosk.screen.widgets.title import title
from kiosk.timeline import Interval, Kind
from kiosk.view import HoldAim, IntervalView, Line

TIME_LEFT = "Time left"
SWITCH_SIDES = "SWITCH SIDES"
ARROWS_S = 10.0
"""Duration of the arrows; after that they would only distract."""
STAGE_BOTTOM = 0.672
RING_S = 0.045
"""Interval at which the ring shrinks. While the figure moves, the ring shrinks with each of its pictures."""
_LANE_GAP = 0.012
_HOLD_WORDS = {HoldAim.STOP: "to stop", HoldAim.NEXT_CIRCUIT: "for the next circuit"}
_BELOW = "below the ring"
"""Fade group of everything below the ring."""


def get_ready(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    """Show the first exercise, the equipment of the circuit, and the seconds until it begins."""
    accent, first = kit.palette.ready, len(view.exercise.equipment)
    return page(
        kit,
        view,
        t_s,
        accent,
        left_column(kit, view, t_s, accent, prefix="First:"),
        resting(kit, view, t_s, State.READY, you_need(kit, view.circuit.equipment, first=first)),
        _how_or_why(kit, view, accent),
    )


def work(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    """Show the largest clock of the wall, the moving figure, and one short cue."""
    accent, side, left_s = kit.palette.work, view.interval.side, view.interval.duration_s - t_s
    arrows = t_s < ARROWS_S
    left = left_column(kit, view, t_s, accent, arrows=arrows)
    if view.last_seconds:
        right = last_seconds(kit, State.WORK, view.seconds, left_s, side=side, note=_place(view))
    else:
        right = frame(
            panel(kit, State.WORK, right=_place(view)),
            tank(kit, _left_of(view, t_s), view.interval.duration_s),
            large_digits(kit, view.seconds, accent, sides=side is not None),
            [] if side is None else side_control(kit, side, accent),
        )
    stays_s = min(left.stays_s, ARROWS_S - t_s) if arrows else left.stays_s
    return page(kit, view, t_s, accent, left._replace(stays_s=stays_s), right, cue(kit, view.lines, accent))


def switch(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    """Tell people to turn to the other side. It is amber, because something is about to start; the figure is first."""
    accent, side = kit.palette.ready, view.interval.side
    below = [] if side is None else side_control(kit, side, accent)
    return page(
        kit,
        view,
        t_s,
        accent,
        left_column(kit, view, t_s, accent, turn_s=t_s),
        resting(kit, view, t_s, State.READY, below, side=side, note=_place(view)),
        banner(kit, SWITCH_SIDES, accent, t_s),
    )


def changeover(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    """Show the next exercise with how and equipment, or why and muscles, and the time left to rest."""
    accent, things = rest_accent(kit, view), view.exercise.equipment
    # How and the equipment are both for beginning.
    need = things and view.line is Line.HOW
    below = you_need(kit, things) if need else works(kit, view.exercise.muscles)
    return page(
        kit,
        view,
        t_s,
        accent,
        left_column(kit, view, t_s, accent, prefix="Next:"),
        resting(kit, view, t_s, State.REST, fading(below, _BELOW)),
        _how_or_why(kit, view, accent),
    )


def figures_ahead(view: IntervalView, kit: Kit) -> list[SizedFigure]:
    """Return the figures that are shown now and next, with the sizes of their boxes."""
    exercises = [view.exercise] + ([] if view.next is None else [view.next.exercise])
    sized = [(one.figure, stage_box(kit, one).size) for one in exercises if one.figure is not None]
    return [*sized, *finished.figures_ahead(kit)] if view.next is None else sized


# --- the page ---------------------------------------------------------------------------------------------------------


def page(
    kit: Kit,
    view: IntervalView,
    t_s: float,
    accent: Colour,
    left: Frame,
    right: Frame,
    below: Frame | Iterable[Item],
) -> Frame:
    """Return a screen: title and left column, panel, what is below (or a hold), and the footer.

    During work the footer says what comes next, during a rest how much time is left in the circuit.
    """
    if view.hold is not None:
        below = hold(kit, _HOLD_WORDS[view.hold.aim], view.hold.fraction)
    return frame(left, right, below, running_footer(kit, view, t_s, accent))


def running_footer(kit: Kit, view: IntervalView, t_s: float, accent: Colour) -> list[Item]:
    interval, circuit = view.interval, view.circuit
    round_ = interval.round + 1 if interval.kind is Kind.ROUND_BREAK else interval.round
    progress = Progress(circuit.rounds, len(circuit.stations), round_, interval.station_index)
    label, value = TIME_LEFT, f"{view.minutes_left} min"
    if interval.kind in (Kind.WORK, Kind.SWITCH):
        label, value = "Next", _next_words(view.next)
    return footer(kit, progress, _part(interval, t_s), label, value, accent)


def left_column(
    kit: Kit,
    view: IntervalView,
    t_s: float,
    accent: Colour,
    *,
    prefix: str = "",
    arrows: bool = True,
    turn_s: float | None = None,
) -> Frame:
    """Return the title and the left column: the figure, or the steps, and the lane of the easier option.

    `turn_s` is the time since the figure began to turn to the interval's side.
    """
    exercise, side, turn = view.exercise, view.interval.side, None
    if turn_s is not None and side is not None:
        side, turn = turning(side, turn_s)
    box = stage_box(kit, exercise)
    return frame(
        stage(kit, exercise, view.shown_s + t_s, box, accent, side=side, arrows=arrows, turn=turn),
        title(kit, exercise.name, exercise.short, prefix=prefix, accent=accent),
        [] if exercise.easier is None else easier_lane(kit, exercise.easier, view.easier),
    )


def stage_box(kit: Kit, exercise: Exercise) -> Rect:
    """Return the figure's box, the same in all intervals of an exercise, so that the figure neither jumps nor grows."""
    return kit.layout.stage_px(STAGE_BOTTOM if exercise.easier is None else LANE_TOP - _LANE_GAP)


def resting(
    kit: Kit,
    view: IntervalView,
    t_s: float,
    state: State,
    below: Iterable[Item] = (),
    *,
    side: Side | None = None,
    note: str = "",
) -> Frame:
    """Return the panel of a rest: a ring with the digits in it, and what is `below`; in the last seconds only a digit.

    The ring shrinks, or has ticks if something is about to start.
    """
    duration_s, accent = view.interval.duration_s, state.accent(kit.palette)
    if view.last_seconds:
        return last_seconds(kit, State.READY, view.seconds, duration_s - t_s, side=side, note=note)
    circle, cap = (break_circle(kit), 0.80) if state is State.BREAK else (rest_circle(kit), 0.78)
    clock = Frame([ring(kit, circle, _left_of(view, t_s), accent)], RING_S)
    if state is State.READY:
        of = tick_count(duration_s)
        # There is one tick a second if the time is short enough.
        lit = min(of, -(-view.seconds * of // max(1, round(duration_s))))
        clock = Frame(ticks(kit, circle, lit, of, accent))
    return frame(panel(kit, state, right=note), clock, ring_digits(kit, view.seconds, circle, cap), below)


def last_seconds(
    kit: Kit, state: State, seconds: int, left_s: float, *, side: Side | None = None, note: str = ""
) -> Frame:
    """Return the filled panel of the last seconds with one large digit, and the side control if there is a `side`."""
    return frame(
        panel(kit, state, filled=True, right=note),
        last_digits(kit, seconds, left_s, sides=side is not None),
        [] if side is None else side_control(kit, side, state.accent(kit.palette), filled=True),
    )


def rest_accent(kit: Kit, view: IntervalView) -> Colour:
    return kit.palette.ready if view.last_seconds else kit.palette.rest


def _how_or_why(kit: Kit, view: IntervalView, accent: Colour) -> list[Item]:
    return lines(kit, view.lines, prefix="Why:" if view.line is Line.WHY else "", accent=accent)


def _place(view: IntervalView) -> str:
    return f"{view.interval.station_index + 1} of {len(view.circuit.stations)}"


def _left_of(view: IntervalView, t_s: float) -> float:
    """Return the part of the interval's time that is left, 0 to 1."""
    return min(1.0, max(0.0, 1.0 - t_s / view.interval.duration_s))


def _part(interval: Interval, t_s: float) -> float:
    """Return the part of the station that is done. Both sides and the switch are one station; a rest is 0."""
    if interval.kind not in (Kind.WORK, Kind.SWITCH):
        return 0.0
    done = min(1.0, t_s / interval.duration_s)
    if interval.exercise.sides is not Sides.EACH:
        return done
    if interval.kind is Kind.SWITCH:
        return 0.5
    return done / 2 if interval.side is interval.exercise.first_side else 0.5 + done / 2


def _next_words(coming: Interval | None) -> str:
    if coming is None:
        return "Finish"
    return "Round break" if coming.kind is Kind.ROUND_BREAK else coming.exercise.short
