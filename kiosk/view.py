"""What is visible at a moment: everything that a screen needs to know, and nothing that cannot be seen.

A view holds what changes in steps (digits, words, lines); equal views look the same but for what moves smoothly, and
that is a function of the moment's `t_s`. So "changed" is "not equal", and any moment can be drawn from its view alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil, floor, inf
from typing import NamedTuple

from kiosk.circuit import Circuit, EasierOption, Exercise, Sides
from kiosk.session import COUNT_IN_S, FINISH_SCREEN_S, HAIR_S, PAUSE_ENDS_SOON_S, Phase, Session
from kiosk.timeline import Interval, Kind, Timeline

LAST_SECONDS = 3
"""For so long before each change the panel is filled and the ticks sound."""
CUE_S = 8.0
"""How long a cue stays on the wall during work."""
HOW_OR_WHY_S = 5.0
"""How long a rest shows how, then why."""
BREAK_PREVIEW_S = 15.0
"""The end of a round break shows the next exercise, as a changeover does."""
TOUR_LIST_S = 6.0
TOUR_CARD_S = 10.0
"""The start screen's tour: each exercise in the list, then its form card."""
HOLD_SHOWS_FROM_S = 0.3
"""A short press is no hold; only from here on the wall talks about holding."""
HOLD_STEPS = 60
PAUSE_DIMS_AFTER_S = 180.0
DIM_CLOCK_MOVES_S = 60.0
DIM_CLOCK_PLACES = 9


class Line(Enum):
    """What a line of text on a running screen is."""

    CUE = "cue"
    TIP = "tip"
    HOW = "how"
    WHY = "why"


class HoldAim(Enum):
    """What holding the button on will do."""

    STOP = "stop"
    NEXT_CIRCUIT = "next circuit"


class Hold(NamedTuple):
    """How far a hold has come, in steps of HOLD_STEPS."""

    aim: HoldAim
    steps: int

    @property
    def fraction(self) -> float:
        return self.steps / HOLD_STEPS


class EasierLane(NamedTuple):
    """Where the easier option is now: holding or resting, and for how many more seconds."""

    option: EasierOption
    holding: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class IntervalView:
    """A running circuit. `next` is the interval after this exercise, None at the end; `lines` of kind `line`.

    `shown_s` is for how long the exercise had been on the screen when the interval began: its movement goes on from
    there, through rest, work and switch.
    """

    circuit: Circuit
    interval: Interval
    seconds: int
    next: Interval | None
    minutes_left: int
    line: Line
    lines: tuple[str, ...]
    shown_s: float = 0.0
    easier: EasierLane | None = None
    hold: Hold | None = None

    @property
    def exercise(self) -> Exercise:
        return self.interval.exercise

    @property
    def last_seconds(self) -> bool:
        return self.seconds <= LAST_SECONDS

    @property
    def previews(self) -> bool:
        """Whether a rest shows the next exercise; a round break does so only towards its end."""
        interval = self.interval
        if interval.kind is not Kind.ROUND_BREAK:
            return interval.kind is not Kind.WORK
        return self.seconds <= _preview_s(interval)


@dataclass(frozen=True, slots=True)
class CountInView:
    """Resuming: `seconds` until the interval underneath goes on."""

    under: IntervalView
    seconds: int


@dataclass(frozen=True, slots=True)
class PausedView:
    """`restored`: a power cut interrupted the circuit, and it is on offer.

    `ends_in` is how many seconds are left before the place in the circuit is given up, None while that is far off.
    """

    under: IntervalView
    dimmed: bool
    hold: Hold | None = None
    restored: bool = False
    ends_in: int | None = None


@dataclass(frozen=True, slots=True)
class StartView:
    """The start screen. `place` is the station that the tour shows, `card` whether as its form card."""

    circuit: Circuit
    total_s: float
    circuits: int
    place: int
    card: bool
    clock: str | None


@dataclass(frozen=True, slots=True)
class DimView:
    """The start screen after a while without a press: a clock that moves among DIM_CLOCK_PLACES, against burn-in."""

    clock: str | None
    place: int


@dataclass(frozen=True, slots=True)
class DarkView:
    """Nothing at all: the television sleeps, or should."""


@dataclass(frozen=True, slots=True)
class FinishedView:
    """`seconds` until the start screen comes back."""

    circuit: Circuit
    total_s: float
    seconds: int


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What staff has to mend: where the fault is, what it is and what would be right."""

    code: str
    headline: str
    what: str
    where: str
    fix: str
    footer: str = ""


View = IntervalView | CountInView | PausedView | StartView | DimView | DarkView | FinishedView | ErrorView


class Moment(NamedTuple):
    """A view, and `t_s`: seconds since its interval or its screen began (standing still while the circuit does).

    `badges` are short notes about what is missing, such as a buzzer.
    """

    view: View
    t_s: float
    badges: tuple[str, ...] = ()


def look(session: Session, clock: str | None = None, badges: tuple[str, ...] = ()) -> Moment:
    """Return what is visible now. `clock` is the wall clock as text, None while nobody knows the time of day."""
    view, t_s = _look(session, clock)
    return Moment(view, t_s, badges)


def later(moment: Moment, session: Session, now_s: float) -> Moment:
    """Return what is visible at `now_s` if that is before `changes_at_s`, from what `look` gave for the session.

    Only time has gone by, so there is nothing to work out.
    """
    if session.phase in _STANDING_STILL:
        return moment
    return Moment(moment.view, moment.t_s + now_s - session.now_s, moment.badges)


def minutes(left_s: float) -> int:
    """Return the time left in minutes as the wall says it: rounded up, so that it never has to go up again."""
    return max(1, _whole(left_s / 60))


def changes_at_s(session: Session) -> float:
    """Return until which moment the view stays the same if nothing comes in; inf if for ever.

    A little too early does no harm. The clock on the start screen is left out: it changes when the minute does.
    """
    here_s = session.now_s - session.since_s
    match session.phase:
        case Phase.IDLE if session.asleep:
            in_s = inf
        case Phase.IDLE if session.dimmed:
            in_s = DIM_CLOCK_MOVES_S - here_s % DIM_CLOCK_MOVES_S
        case Phase.IDLE:
            in_turn_s = here_s % (TOUR_LIST_S + TOUR_CARD_S)
            in_s = (TOUR_LIST_S if in_turn_s < TOUR_LIST_S else TOUR_LIST_S + TOUR_CARD_S) - in_turn_s
        case Phase.FINISHED:
            in_s = _digit_stays_s(session.active_s + FINISH_SCREEN_S - session.now_s)
        case Phase.COUNTING_IN:
            in_s = _digit_stays_s(COUNT_IN_S - here_s)
        case Phase.PAUSED:
            in_s = _pause_stays_s(session)
        case Phase.RUNNING:
            in_s = _interval_stays_s(session)
    if session.held_s is not None:
        step_s = session.rules.hold_s / HOLD_STEPS
        in_s = min(in_s, max(HOLD_SHOWS_FROM_S - session.held_s, step_s - session.held_s % step_s))
    # A look takes what is due within a hair as due, so this is when it is past.
    return session.now_s + max(0.0, in_s) + HAIR_S


_STANDING_STILL = (Phase.PAUSED, Phase.COUNTING_IN)


def _digit_stays_s(left_s: float) -> float:
    return left_s - (_whole(left_s) - 1)


def _pause_stays_s(session: Session) -> float:
    untouched_s, left_s = session.now_s - session.active_s, session.pause_ends_s - session.now_s
    if left_s <= PAUSE_ENDS_SOON_S:
        return _digit_stays_s(left_s)
    dims_in_s = PAUSE_DIMS_AFTER_S - untouched_s if untouched_s < PAUSE_DIMS_AFTER_S else inf
    return min(dims_in_s, left_s - PAUSE_ENDS_SOON_S)


def _interval_stays_s(session: Session) -> float:
    timeline, elapsed_s = session.timeline, session.elapsed_s + HAIR_S
    interval = timeline.at(elapsed_s)
    t_s = elapsed_s - interval.start_s
    stays_s = [_digit_stays_s(interval.end_s - elapsed_s), _digit_stays_s((timeline.total_s - elapsed_s) / 60) * 60]
    if interval.kind is Kind.WORK:
        stays_s.append(CUE_S - (_before_s(interval) + t_s) % CUE_S)
        if option := interval.exercise.easier:
            stays_s.append(_digit_stays_s(_easier_turn(option, interval, t_s)[1]))
    else:
        stays_s.append(HOW_OR_WHY_S - _previewed_s(interval, t_s) % HOW_OR_WHY_S)
    return min(stays_s)


def _look(session: Session, clock: str | None) -> tuple[View, float]:
    timeline, here_s = session.timeline, session.now_s - session.since_s
    match session.phase:
        case Phase.IDLE if session.asleep:
            return DarkView(), here_s
        case Phase.IDLE if session.dimmed:
            return DimView(clock, int(here_s // DIM_CLOCK_MOVES_S) % DIM_CLOCK_PLACES), here_s
        case Phase.IDLE:
            return _start(session, here_s, clock), here_s
        case Phase.FINISHED:
            left_s = session.active_s + FINISH_SCREEN_S - session.now_s
            return FinishedView(timeline.circuit, timeline.total_s, max(0, _whole(left_s))), here_s
    under, t_s = _interval(session)
    match session.phase:
        case Phase.COUNTING_IN:
            return CountInView(under, max(1, _whole(COUNT_IN_S - here_s))), t_s
        case Phase.PAUSED:
            return _paused(session, under), t_s
    return under, t_s


def _paused(session: Session, under: IntervalView) -> PausedView:
    left_s = session.pause_ends_s - session.now_s
    ends_in = max(1, _whole(left_s)) if left_s <= PAUSE_ENDS_SOON_S else None
    # The end is announced to the whole room.
    dimmed = ends_in is None and session.now_s - session.active_s >= PAUSE_DIMS_AFTER_S
    return PausedView(under, dimmed, _hold(session, HoldAim.STOP), session.restored, ends_in)


def _start(session: Session, here_s: float, clock: str | None) -> StartView:
    circuit = session.timeline.circuit
    turn, in_turn_s = divmod(here_s, TOUR_LIST_S + TOUR_CARD_S)
    place = int(turn) % len(circuit.stations)
    return StartView(circuit, session.timeline.total_s, len(session.timelines), place, in_turn_s >= TOUR_LIST_S, clock)


def _interval(session: Session) -> tuple[IntervalView, float]:
    timeline, elapsed_s = session.timeline, session.elapsed_s + HAIR_S
    interval = timeline.at(elapsed_s)
    t_s = min(elapsed_s - interval.start_s, interval.duration_s)
    line, lines = _lines(interval, t_s)
    hold = _hold(session, HoldAim.NEXT_CIRCUIT if session.down_in is Phase.IDLE else HoldAim.STOP)
    view = IntervalView(
        timeline.circuit,
        interval,
        seconds=max(1, _whole(interval.end_s - elapsed_s)),
        next=_next(timeline, interval),
        minutes_left=minutes(timeline.total_s - elapsed_s),
        line=line,
        lines=lines,
        shown_s=interval.start_s - _first_shown_s(timeline, interval),
        easier=_easier(interval, t_s),
        hold=hold if session.phase in (Phase.RUNNING, Phase.COUNTING_IN) else None,
    )
    return view, t_s


def _whole(seconds: float) -> int:
    """Round up: 0.4 s left is still one second on the wall, so that 0 is the change itself."""
    return ceil(seconds)


def _next(timeline: Timeline, interval: Interval) -> Interval | None:
    here = (interval.round, interval.place)
    later = timeline.intervals[timeline.index_at(interval.start_s) + 1 :]
    return next((one for one in later if one.kind is not Kind.SWITCH and (one.round, one.place) != here), None)


def _first_shown_s(timeline: Timeline, interval: Interval) -> float:
    """Return the start of the unbroken row of intervals in which this one's exercise is on the screen."""
    start_s = interval.start_s
    for one in reversed(timeline.intervals[: timeline.index_at(start_s)]):
        if one.place != interval.place:
            break
        start_s = one.start_s
    return start_s


def _lines(interval: Interval, t_s: float) -> tuple[Line, tuple[str, ...]]:
    exercise = interval.exercise
    if interval.kind is Kind.WORK:
        pages = [(Line.CUE, (cue,)) for cue in exercise.cues] + [(Line.TIP, exercise.tip)]
        return pages[int((_before_s(interval) + t_s) // CUE_S) % len(pages)]
    pages = [(Line.HOW, exercise.how), (Line.WHY, exercise.why)]
    # A rest too short for both shows how: that is what one needs in order to begin.
    both = _preview_s(interval) >= 2 * HOW_OR_WHY_S
    return pages[int(_previewed_s(interval, t_s) // HOW_OR_WHY_S) % 2 if both else 0]


def _preview_s(interval: Interval) -> float:
    """Return for how many seconds before its end a rest shows the next exercise; in a break, from a new digit on."""
    if interval.kind is Kind.ROUND_BREAK:
        return floor(min(BREAK_PREVIEW_S, interval.duration_s / 2))
    return interval.duration_s


def _previewed_s(interval: Interval, t_s: float) -> float:
    """Return for how long the next exercise has been shown."""
    return t_s - (interval.duration_s - _preview_s(interval))


def _before_s(interval: Interval) -> float:
    """Return for how long cues were shown before: the second side goes on with them where the first one stopped."""
    second = interval.exercise.sides is Sides.EACH and interval.side is not interval.exercise.first_side
    return interval.duration_s if second else 0.0


def _easier(interval: Interval, t_s: float) -> EasierLane | None:
    option = interval.exercise.easier
    if option is None or interval.kind is not Kind.WORK:
        return None
    holding, left_s = _easier_turn(option, interval, t_s)
    return EasierLane(option, holding, max(1, _whole(left_s)))


def _easier_turn(option: EasierOption, interval: Interval, t_s: float) -> tuple[bool, float]:
    """Return whether it holds now, and for how many more seconds it holds or rests."""
    in_turn_s = t_s % (option.hold_s + option.rest_s)
    holding = in_turn_s < option.hold_s
    left_s = option.hold_s - in_turn_s if holding else option.hold_s + option.rest_s - in_turn_s
    return holding, min(left_s, interval.duration_s - t_s)


def _hold(session: Session, aim: HoldAim) -> Hold | None:
    held_s = session.held_s
    if held_s is None or held_s < HOLD_SHOWS_FROM_S:
        return None
    if aim is HoldAim.NEXT_CIRCUIT and len(session.timelines) == 1:
        aim = HoldAim.STOP
    return Hold(aim, min(HOLD_STEPS, int(held_s / session.rules.hold_s * HOLD_STEPS)))
