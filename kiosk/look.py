"""The visible moment of a session. Each helper returns a value and for how many seconds that value stays the same."""

from __future__ import annotations

from math import ceil, inf
from typing import assert_never

from kiosk.circuit import Exercise
from kiosk.notice import ERROR_S
from kiosk.phone import PageState
from kiosk.session import (
    BRIEFED_S,
    CHOOSER_S,
    COUNT_IN_S,
    FINISH_SCREEN_S,
    HAIR_S,
    PAUSE_ENDS_SOON_S,
    PHONE_AGAIN_S,
    Phase,
    Session,
)
from kiosk.timeline import Interval, Mode, Timeline
from kiosk.view import (
    DIM_CLOCK_PLACES,
    HOLD_STEPS,
    BriefingView,
    ChooserView,
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
    NoticeView,
    PausedView,
    PhoneView,
    Score,
    StartView,
    Tally,
    View,
    preview_s,
)

CUE_S = 8.0
"""Time for which each of an exercise's cues stays on the wall during work."""
HOW_OR_WHY_S = 5.0
"""Time for which a rest shows each of two texts in turn: how to do the exercise, then why."""
MINUTE_S = 60.0
TOUR_LIST_S = 6.0
TOUR_CARD_S = 10.0
"""Times for which the start screen's tour shows each exercise in the list, then its form card."""
HOLD_SHOWS_FROM_S = 0.3
"""Time for which the button must be down before the wall shows a hold. A short press is not a hold."""
PAUSE_DIMS_AFTER_S = 180.0
DIM_CLOCK_MOVES_S = 60.0
CODE_BRIGHT_S = 5 * 60.0
"""Time for which the phone screen shows its code in full brightness. So much white would burn in."""


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
        case Phase.CHOOSING:
            chooser, stays_s = _chooser(session, here_s)
            return chooser, here_s, stays_s
        case Phase.BRIEFING:
            return _briefing(session, here_s)
        case Phase.FINISHED:
            seconds, stays_s = _digit(session.active_s + FINISH_SCREEN_S - session.now_s)
            return FinishedView(timeline.circuit, session.true_s, seconds, _scores(session)), here_s, stays_s
        case Phase.NOTICE:
            assert session.notice is not None
            seconds, stays_s = _digit(session.notice.lasts_s - here_s)
            return NoticeView(session.notice, max(1, seconds)), here_s, stays_s
        case Phase.PHONE:
            phone, stays_s = _phone(session, here_s)
            return phone, here_s, stays_s
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
    place = int(turn) % len(circuit.exercises)
    card = in_turn_s >= TOUR_LIST_S and _has_card(circuit.exercises[place])
    timeline = session.timeline
    view = StartView(
        circuit,
        timeline.known_s,
        session.entries,
        place,
        card,
        clock,
        timeline.parts,
        timeline.listed_s,
        timeline.takes_longer,
    )
    return view, (TOUR_LIST_S + TOUR_CARD_S if card else TOUR_LIST_S) - in_turn_s


def _chooser(session: Session, here_s: float) -> tuple[ChooserView, float]:
    pressed = session.down_s is not None
    # While the button is down, the time does not run out.
    seconds, seconds_stay_s = (ceil(CHOOSER_S), inf) if pressed else _digit(CHOOSER_S - here_s)
    hold, hold_stays_s = _hold(session, HoldAim.CHOOSE)
    view = ChooserView(
        session.timelines,
        session.choice,
        session.moved,
        max(1, seconds),
        pressed,
        hold,
        skip_and_back=session.rules.skip_and_back,
        phone=session.rules.phone,
        in_use=session.page_in_use,
    )
    return view, min(seconds_stay_s, hold_stays_s)


def _phone(session: Session, here_s: float) -> tuple[PhoneView, float]:
    phone = session.phone
    assert phone is not None
    if phone.state is PageState.OPENING:
        return PhoneView(phone.state), inf
    if phone.state is PageState.FAILED:
        seconds, stays_s = _digit(ERROR_S - here_s)
        return PhoneView(phone.state, seconds=max(1, seconds), what=phone.what, fix=phone.fix), stays_s
    waits = phone.state is PageState.OPEN
    seconds, stays_s = _digit(phone.closes_s - session.now_s if waits else PHONE_AGAIN_S - here_s)
    dark = here_s >= CODE_BRIGHT_S
    view = PhoneView(
        phone.state,
        phone.address,
        phone.number,
        phone.code,
        max(1, seconds),
        max(1, ceil(phone.closes_s - phone.opened_s)) if waits else 0,
        dark,
    )
    return view, stays_s if dark else min(stays_s, CODE_BRIGHT_S - here_s)


def _briefing(session: Session, here_s: float) -> tuple[BriefingView, float, float]:
    timeline = session.timeline
    stations, first = timeline.briefed, timeline.intervals[0]
    here_s = min(here_s + HAIR_S, BRIEFED_S * len(stations))
    place = min(int(here_s // BRIEFED_S), len(stations) - 1)
    hold, hold_stays_s = _hold(session, _aim(session))
    ready_s = 0.0 if first.works else first.duration_s
    seconds, seconds_stay_s = _digit(BRIEFED_S * len(stations) - here_s + ready_s)
    t_s = here_s - BRIEFED_S * place
    view = BriefingView(timeline.circuit, stations, place, seconds, hold)
    return view, t_s, min(BRIEFED_S - t_s, seconds_stay_s, hold_stays_s)


def _aim(session: Session) -> HoldAim:
    """Return the effect of holding the button that is down."""
    if session.taken_in is not None:
        return HoldAim.PAUSE
    return HoldAim.CHOOSE if session.down_in is Phase.IDLE else HoldAim.STOP


def _has_card(exercise: Exercise) -> bool:
    """Return whether there is enough to fill a form card. Muscles alone are shown in the rest before the exercise."""
    return bool(exercise.steps or exercise.why or exercise.tip or (exercise.muscles and exercise.drawn))


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
    hold, hold_stays_s = _hold(session, _aim(session)) if session.phase is not Phase.PAUSED else (None, inf)
    seconds, seconds_stay_s = _digit(interval.end_s - elapsed_s)
    left = seconds = max(1, seconds)
    if interval.open:
        seconds, left = int(t_s), max(1, ceil(interval.duration_s - int(t_s)))
        seconds_stay_s = min(seconds + 1 - t_s, interval.end_s - elapsed_s)
    index = timeline.index_at(interval.start_s)
    between_parts = _between_parts(timeline, index)
    (line, lines), lines_stay_s = _lines(interval, t_s, preview_s(interval, between_parts))
    easier, easier_stays_s = _easier(interval, t_s)
    left_s = timeline.known_s - timeline.known_at(elapsed_s)
    minutes_stay_s = inf if interval.open else _digit(left_s / 60)[1] * 60
    view = IntervalView(
        timeline.circuit,
        interval,
        seconds=seconds,
        next=_next(timeline, interval),
        minutes_left=minutes(left_s),
        line=line,
        lines=lines,
        shown_s=interval.start_s - _first_shown_s(timeline, interval),
        easier=easier,
        hold=hold,
        left=left,
        open_ahead=timeline.open_from(index),
        pressed=session.taken_in == index and interval.open,
        tally=_tally(session, interval, index),
        parts=timeline.parts,
        between_parts=between_parts,
        is_minute=_is_minute(timeline, index),
    )
    return view, t_s, min(seconds_stay_s, minutes_stay_s, lines_stay_s, easier_stays_s, hold_stays_s)


def _tally(session: Session, interval: Interval, index: int) -> Tally | None:
    if interval.mode is not Mode.AMRAP:
        return None
    laps_s = session.result(index).laps_s
    if not laps_s:
        return Tally(0)
    return Tally(len(laps_s), laps_s[-1], laps_s[-1] - (laps_s[-2] if len(laps_s) > 1 else 0.0))


def _between_parts(timeline: Timeline, index: int) -> bool:
    if not timeline.parts or index == 0 or timeline.intervals[index].works:
        return False
    return timeline.intervals[index - 1].part != timeline.intervals[index].part


def _is_minute(timeline: Timeline, index: int) -> bool:
    """Return whether each round is a minute of work, and the next one begins at once (EMOM)."""
    intervals = timeline.intervals
    if not intervals[index].works:
        index += 1
    here = intervals[index]
    around = [intervals[index + by] for by in (-1, 1) if 1 <= here.round + by <= here.rounds]
    return here.rounds > 1 and all(
        one.works
        and one.duration_s == MINUTE_S
        and one.mode is Mode.TIMED
        and one.rounds == here.rounds
        and (one.places, one.sets, one.side, one.stations) == (1, 1, None, ())
        for one in (here, *around)
    )


def _scores(session: Session) -> tuple[Score, ...]:
    """Return what was reached in each AMRAP and for time."""
    scores: list[Score] = []
    for index, interval in enumerate(session.timeline.intervals):
        if interval.mode not in (Mode.AMRAP, Mode.FOR_TIME):
            continue
        result = session.result(index)
        used_s = interval.duration_s if result.used_s is None else result.used_s
        name, capped = interval.block or interval.exercise.name, result.used_s is None
        cap_s, rounds = interval.duration_s, len(result.laps_s)
        scores.append(Score(name, interval.mode, interval.tasks, used_s, cap_s, capped, rounds))
    return tuple(scores)


def _next(timeline: Timeline, interval: Interval) -> Interval | None:
    following = range(timeline.index_at(interval.start_s) + 1, len(timeline.intervals))
    return next((timeline.intervals[one] for one in following if timeline.intervals[one].step != interval.step), None)


def _first_shown_s(timeline: Timeline, interval: Interval) -> float:
    """Return the start of the first of the consecutive intervals that show this interval's exercise."""
    index = timeline.index_at(interval.start_s)
    while index > 0 and timeline.intervals[index - 1].exercise == interval.exercise:
        index -= 1
    return timeline.intervals[index].start_s


def _lines(interval: Interval, t_s: float, shows_exercise_s: float) -> tuple[tuple[Line, tuple[str, ...]], float]:
    exercise = interval.exercise
    if interval.works:
        pages = [(Line.CUE, (cue,)) for cue in exercise.cues] + ([(Line.TIP, exercise.tip)] if exercise.tip else [])
        if not pages:
            return (Line.CUE, ()), inf
        shown_s = _cues_before_s(interval) + t_s
        return pages[int(shown_s // CUE_S) % len(pages)], CUE_S - shown_s % CUE_S
    if not exercise.how or not exercise.why:
        return ((Line.WHY, exercise.why) if exercise.why else (Line.HOW, exercise.how)), inf
    pages = [(Line.HOW, exercise.how), (Line.WHY, exercise.why)]
    shown_s = t_s - (interval.duration_s - shows_exercise_s)
    # A rest that is too short for both texts shows how, because people need that in order to begin.
    both = shows_exercise_s >= 2 * HOW_OR_WHY_S
    return pages[int(shown_s // HOW_OR_WHY_S) % 2 if both else 0], HOW_OR_WHY_S - shown_s % HOW_OR_WHY_S


def _cues_before_s(interval: Interval) -> float:
    """Return for how many seconds the first side has shown cues. The second side continues from there."""
    second = interval.side is not None and interval.side is not interval.exercise.first_side
    return interval.duration_s if second and not interval.open else 0.0


def _easier(interval: Interval, t_s: float) -> tuple[EasierLane | None, float]:
    option = interval.exercise.easier
    if option is None or not interval.works:
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
    if aim is HoldAim.CHOOSE and session.entries == 1:
        aim = HoldAim.STOP
    step_s = session.rules.hold_s / HOLD_STEPS
    return Hold(aim, min(HOLD_STEPS, int(held_s / session.rules.hold_s * HOLD_STEPS))), step_s - held_s % step_s
