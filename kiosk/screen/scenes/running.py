"""Shared by the scenes of a running circuit: progress, what comes next, and the figure's box."""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Exercise
from kiosk.colour import Colour
from kiosk.screen.display_list import Frame, Item, fading
from kiosk.screen.figures import SizedFigure
from kiosk.screen.kit import Kit
from kiosk.screen.scenes import finished
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import FADE, hold, lines
from kiosk.screen.widgets.easier import TOP as LANE_TOP
from kiosk.screen.widgets.easier import easier_lane
from kiosk.screen.widgets.footer import Progress, footer
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import ring
from kiosk.screen.widgets.stage import stage, turning
from kiosk.screen.widgets.tank import last_seconds_scale, pop_stays_s, work_digits
from kiosk.timeline import Interval, Kind
from kiosk.view import Hold, HoldAim, IntervalView, Line

TIME_LEFT = "Time left"
NEXT = "Next"
STAGE_BOTTOM = 0.672
RING_S = 0.045
"""Interval at which the ring shrinks. While the figure moves, the ring shrinks with each of its pictures."""
_LANE_GAP = 0.012
_HOLD_WORDS = {HoldAim.STOP: "to stop", HoldAim.NEXT_CIRCUIT: "for the next circuit", HoldAim.PAUSE: "to pause"}


def state_of(view: IntervalView) -> State:
    match view.interval.kind:
        case Kind.WORK | Kind.EASY:
            return State.WORK
        case Kind.GET_READY | Kind.SWITCH:
            return State.READY
    if view.last_seconds:
        return State.READY
    return State.REST if view.previews else State.BREAK


def left_of(view: IntervalView, t_s: float) -> float:
    """Return the part of the interval's time that is left, 0 to 1."""
    return min(1.0, max(0.0, 1.0 - t_s / view.interval.duration_s))


def stage_box(kit: Kit, exercise: Exercise) -> Rect:
    """Return the figure's box, the same in all intervals of an exercise, so that the figure neither jumps nor grows."""
    bottom = STAGE_BOTTOM if exercise.easier is None else LANE_TOP - _LANE_GAP
    return kit.cached(("stage", bottom), lambda: kit.layout.stage_px(bottom))


def moving_figure(
    kit: Kit, view: IntervalView, t_s: float, accent: Colour, *, arrows: bool = True, turn_s: float | None = None
) -> Frame:
    """Return the figure, or the steps. `turn_s` is the time since it began to turn to the interval's side."""
    exercise, side, turn = view.exercise, view.interval.side, 1.0
    if turn_s is not None and side is not None:
        side, turn = turning(side, turn_s)
    box = stage_box(kit, exercise)
    return stage(kit, exercise, view.shown_s + t_s, box, accent, side=side, arrows=arrows, turn=turn)


def easier(kit: Kit, view: IntervalView) -> list[Item]:
    """Return the lane of the easier option, if the exercise has one."""
    option = view.exercise.easier
    return [] if option is None else easier_lane(kit, option, view.easier)


def figures_ahead(view: IntervalView, kit: Kit) -> list[SizedFigure]:
    """Return the figures that are shown now and next, with the sizes of their boxes."""
    exercises = [view.exercise] + ([] if view.next is None else [view.next.exercise])
    sized = [(one.figure, stage_box(kit, one).size) for one in exercises if one.figure is not None]
    return [*sized, *finished.figures_ahead(kit)] if view.next is None else sized


def running_footer(kit: Kit, view: IntervalView, t_s: float, accent: Colour) -> list[Item]:
    """Return the footer, with what comes next during work, and with the time left in the circuit during a rest."""
    if view.interval.works or view.interval.kind is Kind.SWITCH:
        label, value = NEXT, _next_words(view.next)
    else:
        label, value = TIME_LEFT, f"{view.minutes_left} min"
    return footer(kit, _progress(view), _part(view.interval, t_s), label, value, accent)


def last_seconds_panel(kit: Kit, view: IntervalView, t_s: float) -> Frame:
    """Return the panel of the last seconds of a rest: filled, with one large digit."""
    left_s = view.interval.duration_s - t_s
    scale = last_seconds_scale(left_s, sides=False)
    items = [
        *panel(kit, State.READY, filled=True),
        *work_digits(kit, view.seconds, kit.palette.ink, sides=False, scale=scale),
    ]
    return Frame(items, pop_stays_s(left_s, sides=False))


def shrinking_ring(
    kit: Kit, view: IntervalView, t_s: float, centre: tuple[float, float], radius: float, stroke: float
) -> Frame:
    """Return the clock of a rest."""
    return Frame([ring(kit, centre, radius, stroke, left_of(view, t_s), kit.palette.rest)], RING_S)


def how_or_why(kit: Kit, view: IntervalView, accent: Colour) -> list[Item]:
    """Return the two lines below the figure, or what happens if the button is held longer."""
    if view.hold is not None:
        return hold(kit, _HOLD_WORDS[view.hold.aim], view.hold.fraction)
    if not view.lines:
        return []
    prefix = "Why:" if view.line is Line.WHY else ""
    return fading(lines(kit, view.lines, prefix=prefix, accent=accent), FADE)


def hold_hint(kit: Kit, view: IntervalView) -> list[Item]:
    return hold_hint_of(kit, view.hold)


def hold_hint_of(kit: Kit, held: Hold | None) -> list[Item]:
    """Return what happens if the button is held longer, nothing if it is not held."""
    return [] if held is None else hold(kit, _HOLD_WORDS[held.aim], held.fraction)


def _progress(view: IntervalView) -> Progress:
    interval = view.interval
    after_break = interval.kind is Kind.ROUND_BREAK
    return Progress(
        rounds=interval.rounds,
        places=interval.places,
        round=interval.round + 1 if after_break else interval.round,
        place=interval.place,
    )


def _part(interval: Interval, t_s: float) -> float:
    """Return the part of the place that is done. All sets are one place, and both sides with the switch one set."""
    return (interval.set - 1 + _part_of_set(interval, t_s)) / interval.sets


def _part_of_set(interval: Interval, t_s: float) -> float:
    if not interval.works and interval.kind is not Kind.SWITCH:
        return 0.0
    done = min(1.0, t_s / interval.duration_s)
    if interval.side is None:
        return done
    if interval.kind is Kind.SWITCH:
        return 0.5
    return done / 2 if interval.side is interval.exercise.first_side else 0.5 + done / 2


def _next_words(coming: Interval | None) -> str:
    if coming is None:
        return "Finish"
    return "Round break" if coming.kind is Kind.ROUND_BREAK else coming.exercise.short
