"""The visible moment of a session. Each helper returns a value and for how many seconds that value stays the same."""

from __future__ import annotations

from math import ceil, inf
from typing import assert_never

from kiosk.circuit import Sides
from kiosk.session import COUNT_IN_S, FINISH_SCREEN_S, HAIR_S, PAUSE_ENDS_SOON_S, Phase, Session
from kiosk.timeline import Interval, Kind, Timeline
from kiosk.view import (
    DIM_CLOCK_PLACES,
    HOLD_STEPS,
    CountInView,
    DarkView,
    DimView,
    EasierLane,
    FinishedView,
    Hold,
    HoldAim,
    IntervalView,
    Line,
    Moment,
    PausedView,
    StartView,
    View,
    preview_s,
)

CUE_S = 8.0
"""Time for which each of an exercise's cues stays on the wall during work."""
HOW_OR_WHY_S = 5.0
"""Time for which a rest shows each of two texts in turn: how to do the exercise, then why."""
TOUR_LIST_S = 6.0
TOUR_CARD_S = 10.0
"""Times for which the start screen's tour shows each exercise in the list, then its form card."""
HOLD_SHOWS_FROM_S = 0.3
"""Time for which the button must be down before the wall shows a hold. A short press is not a hold."""
PAUSE_DIMS_AFTER_S = 180.0
DIM_CLOCK_MOVES_S = 60.0


def look(session: Session, clock: str | None = None, badges: tuple[str, ...] = ()) -> Moment:
    """Return the moment to show now. `clock` is the time of day as text, None while it is not known."""
    view, t_s, stays_s = _view(session, clock)
    # HAIR_S is added, so that the change has happened by then in spite of float rounding.
    return Moment(view, t_s, badges, session.now_s + max(0.0, stays_s) + HAIR_S)


def later(moment: Moment, session: Session, now_s: float) -> Moment:
    """Return the moment to show at `now_s`, given the moment that `look` returned for the session.

    `now_s` is before the moment's `until_s`. So the view is the same, and only `t_s` has changed.
    """
    if session.phase in (Phase.PAUSED, Phase.COUNTING_IN):
        return moment
    return moment._replace(t_s=moment.t_s + now_s - session.now_s)


def minutes(left_s: float) -> int:
    """Return the time left in minutes as the wall shows it: rounded up, and at least 1."""
    return max(1, ceil(left_s / 60))


def _view(session: Session, clock: str | None) -> tuple[View, float, float]:
    """Return the view, its `t_s`, and for how many seconds the view stays the same."""
    timeline, here_s = session.timeline, session.now_s - session.since_s
    match session.phase:
        case Phase.IDLE if session.asleep:
            return DarkView(), here_s, inf
        case Phase.IDLE if session.dimmed:
            place = int(here_s // DIM_CLOCK_MOVES_S) % DIM_CLOCK_PLACES
            return DimView(clock, place), here_s, DIM_CLOCK_MOVES_S - here_s % DIM_CLOCK_MOVES_S
        case Phase.IDLE:
            start, stays_s = _start(session, here_s, clock)
            return start, here_s, stays_s
        case Phase.FINISHED:
            seconds, stays_s = _digit(session.active_s + FINISH_SCREEN_S - session.now_s)
            return FinishedView(timeline.circuit, timeline.total_s, seconds), here_s, stays_s
    under, t_s, stays_s = _interval(session)
    match session.phase:
        case Phase.COUNTING_IN:
            seconds, digit_stays_s = _digit(COUNT_IN_S - here_s)
            hold_stays_s = _hold(session, HoldAim.STOP)[1]
            return CountInView(under, max(1, seconds)), t_s, min(digit_stays_s, hold_stays_s)
        case Phase.PAUSED:
            paused, stays_s = _paused(session, under)
            return paused, t_s, stays_s
        case Phase.RUNNING:
            return under, t_s, stays_s
    assert_never(session.phase)


def _digit(left_s: float) -> tuple[int, float]:
    """Return the number of seconds left that the wall shows, and for how many seconds that number stays.

    The number is rounded up. With 0.4 s left the wall shows 1, so that 0 is reached only at the change itself.
    """
    seconds = ceil(left_s)
    return max(0, seconds), left_s - (seconds - 1)


def _start(session: Session, here_s: float, clock: str | None) -> tuple[StartView, float]:
    circuit = session.timeline.circuit
    turn, in_turn_s = divmod(here_s, TOUR_LIST_S + TOUR_CARD_S)
    place, card = int(turn) % len(circuit.stations), in_turn_s >= TOUR_LIST_S
    view = StartView(circuit, session.timeline.total_s, len(session.timelines), place, card, clock)
    return view, (TOUR_LIST_S + TOUR_CARD_S if card else TOUR_LIST_S) - in_turn_s


def _paused(session: Session, under: IntervalView) -> tuple[PausedView, float]:
    hold, hold_stays_s = _hold(session, HoldAim.STOP)
    left_s, untouched_s = session.pause_ends_s - session.now_s, session.now_s - session.active_s
    if left_s <= PAUSE_ENDS_SOON_S:
        # The end of the pause is announced to the whole room, so the wall is not dimmed.
        seconds, stays_s = _digit(left_s)
        view = PausedView(under, False, hold, session.restored, max(1, seconds))
        return view, min(stays_s, hold_stays_s)
    dimmed = untouched_s >= PAUSE_DIMS_AFTER_S
    stays_s = min(left_s - PAUSE_ENDS_SOON_S, inf if dimmed else PAUSE_DIMS_AFTER_S - untouched_s)
    return PausedView(under, dimmed, hold, session.restored), min(stays_s, hold_stays_s)


def _interval(session: Session) -> tuple[IntervalView, float, float]:
    timeline, elapsed_s = session.timeline, session.elapsed_s + HAIR_S
    interval = timeline.at(elapsed_s)
    t_s = min(elapsed_s - interval.start_s, interval.duration_s)
    aim = HoldAim.NEXT_CIRCUIT if session.down_in is Phase.IDLE else HoldAim.STOP
    hold, hold_stays_s = _hold(session, aim) if session.phase is not Phase.PAUSED else (None, inf)
    seconds, seconds_stay_s = _digit(interval.end_s - elapsed_s)
    (line, lines), lines_stay_s = _lines(interval, t_s)
    easier, easier_stays_s = _easier(interval, t_s)
    minutes_stay_s = _digit((timeline.total_s - elapsed_s) / 60)[1] * 60
    view = IntervalView(
        timeline.circuit,
        interval,
        seconds=max(1, seconds),
        next=_next(timeline, interval),
        minutes_left=minutes(timeline.total_s - elapsed_s),
        line=line,
        lines=lines,
        shown_s=interval.start_s - _first_shown_s(timeline, interval),
        easier=easier,
        hold=hold,
    )
    return view, t_s, min(seconds_stay_s, minutes_stay_s, lines_stay_s, easier_stays_s, hold_stays_s)


def _next(timeline: Timeline, interval: Interval) -> Interval | None:
    here = (interval.round, interval.station_index)
    coming = timeline.intervals[timeline.index_at(interval.start_s) + 1 :]
    return next((one for one in coming if one.kind is not Kind.SWITCH and (one.round, one.station_index) != here), None)


def _first_shown_s(timeline: Timeline, interval: Interval) -> float:
    """Return the start of the first of the consecutive intervals that show this interval's exercise."""
    start_s = interval.start_s
    for one in reversed(timeline.intervals[: timeline.index_at(start_s)]):
        if one.station_index != interval.station_index:
            break
        start_s = one.start_s
    return start_s


def _lines(interval: Interval, t_s: float) -> tuple[tuple[Line, tuple[str, ...]], float]:
    exercise = interval.exercise
    if interval.kind is Kind.WORK:
        pages = [(Line.CUE, (cue,)) for cue in exercise.cues] + [(Line.TIP, exercise.tip)]
        shown_s = _cues_before_s(interval) + t_s
        return pages[int(shown_s // CUE_S) % len(pages)], CUE_S - shown_s % CUE_S
    pages = [(Line.HOW, exercise.how), (Line.WHY, exercise.why)]
    shown_s = t_s - (interval.duration_s - preview_s(interval))
    # A rest that is too short for both texts shows how, because people need that in order to begin.
    both = preview_s(interval) >= 2 * HOW_OR_WHY_S
    return pages[int(shown_s // HOW_OR_WHY_S) % 2 if both else 0], HOW_OR_WHY_S - shown_s % HOW_OR_WHY_S


def _cues_before_s(interval: Interval) -> float:
    """Return for how many seconds the first side has shown cues. The second side continues from there."""
    exercise = interval.exercise
    second = exercise.sides is Sides.EACH and interval.side is not exercise.first_side
    return interval.duration_s if second else 0.0


def _easier(interval: Interval, t_s: float) -> tuple[EasierLane | None, float]:
    option = interval.exercise.easier
    if option is None or interval.kind is not Kind.WORK:
        return None, inf
    in_turn_s = t_s % (option.hold_s + option.rest_s)
    holding = in_turn_s < option.hold_s
    left_s = option.hold_s - in_turn_s if holding else option.hold_s + option.rest_s - in_turn_s
    seconds, stays_s = _digit(min(left_s, interval.duration_s - t_s))
    return EasierLane(option, holding, max(1, seconds)), stays_s


def _hold(session: Session, aim: HoldAim) -> tuple[Hold | None, float]:
    held_s = session.held_s
    if held_s is None:
        return None, inf
    if held_s < HOLD_SHOWS_FROM_S:
        return None, HOLD_SHOWS_FROM_S - held_s
    if aim is HoldAim.NEXT_CIRCUIT and len(session.timelines) == 1:
        aim = HoldAim.STOP
    step_s = session.rules.hold_s / HOLD_STEPS
    return Hold(aim, min(HOLD_STEPS, int(held_s / session.rules.hold_s * HOLD_STEPS))), step_s - held_s % step_s
