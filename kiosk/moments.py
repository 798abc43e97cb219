"""Moments of a circuit for pictures and films of the wall, made without running the circuit in real time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath

from kiosk.duration import clock_text
from kiosk.errors import ConfigError, KioskError, Problem
from kiosk.faults import error_view
from kiosk.look import TOUR_CARD_S, TOUR_LIST_S, look
from kiosk.notice import Notice, Row
from kiosk.phone import PageState, Phone
from kiosk.session import BRIEFED_S, CHOOSER_S, FINISH_SCREEN_S, Command, Phase, Rules, Session, step
from kiosk.timeline import Timeline
from kiosk.view import Moment

CLOCK = "18:42"
"""Default time of day in pictures. The start screen looks odd without a time."""
LONGEST_FILM_S = 600.0
"""Maximum length of a film."""
HELD_PART = 0.6
"""Fraction of a hold that has passed in a picture of State.HELD."""
COUNTED_S = 0.5
"""Time since the count-in began in a picture of State.COUNT_IN."""
_EXAMPLE = Problem(
    '"sixty": this is not a duration',
    "write seconds such as 60, or minutes and seconds such as 1:30",
    17,
    7,
    "work",
    PurePath("/etc/kiosk/circuits/back-and-core.yaml"),
)


_TAKEN = Notice(
    "3 circuits taken from the stick",
    (Row("Day 1: legs", "24 min"), Row("Day 2: core", "26 min"), Row("Saturday class", "42 min")),
    line="You can pull the stick out now.",
    note="Hold the button on the start screen to choose one.",
)
_REFUSED = Notice(
    "Stick not taken",
    note="Nothing was changed: the wall keeps the workouts it has.",
    code="E-STICK",
    what='work: "sixty": this is not a duration.',
    where="On the stick: circuits/day-2.yaml, line 17",
    fix="Write seconds such as 60, or minutes and seconds such as 1:30, and put the stick in again.",
)


_CODE = (
    "1fc397f 105d841 174885d 175ef5d 175505d 104a841 1fd557f 0011c00 0bd3ada 1e2e79e 09e86f9 041329f "
    "0563dc1 1385632 1ee678f 1319515 11c4df6 0016712 1fc5159 1056912 17533f9 175086b 1749817 1058ef7 1fc4b49"
)
"""An address as a QR code, its rows in hexadecimal digits."""
_PAGE_S = 10 * 60.0
"""Time after which a page into which nobody comes closes."""


class State(StrEnum):
    """A state of the wall to draw. Its time counts from the circuit's start if `in_circuit`, else from the screen's."""

    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    COUNT_IN = "count-in"
    BRIEFING = "briefing"
    FINISHED = "finished"
    IDLE = "idle"
    CARD = "card"
    CHOOSER = "chooser"
    DIM = "dim"
    ERROR = "error"
    NOTICE = "notice"
    REFUSED = "refused"
    PHONE_ENTRY = "phone-entry"
    PHONE = "phone"

    @property
    def in_circuit(self) -> bool:
        """Whether a circuit is under way."""
        return self in (State.RUNNING, State.PAUSED, State.HELD, State.COUNT_IN)


_NOTICES = {State.NOTICE: _TAKEN, State.REFUSED: _REFUSED}


class ShowError(KioskError, ValueError):
    """The picture or the film cannot be made, or cannot be written."""

    exit_status = 2


def moment_at(timelines: Sequence[Timeline], chosen: int, at_s: float, state: State, clock: str | None) -> Moment:
    """Return the moment `at_s` seconds after the start of the circuit, or of the screen for a state without a circuit.

    `timelines[chosen]` is the circuit; the start screen also offers the others. Raises ShowError if the circuit or the
    screen does not last that long.
    """
    return look(_session_at(timelines, chosen, at_s, state), clock)


def film_moments(
    timelines: Sequence[Timeline],
    chosen: int,
    at_s: float,
    until_s: float,
    fps: int,
    state: State,
    clock: str | None,
) -> Iterator[Moment]:
    """Return an iterator over the moments from `at_s` to `until_s`, `fps` a second. The first is that of `moment_at`.

    Raises ShowError at once, before the first moment is made, if the times are impossible.
    """
    _check_span(timelines[chosen], at_s, until_s, state)
    session = _session_at(timelines, chosen, at_s, state)
    begun_s = session.now_s

    def moments() -> Iterator[Moment]:
        now = session
        for frame in range(frame_count(at_s, until_s, fps)):
            now = step(now, begun_s + frame / fps).session
            yield look(now, clock)

    return moments()


def frame_count(at_s: float, until_s: float, fps: int) -> int:
    """Return the number of frames in a span, at least 1. No frame shows the end of the span itself."""
    return max(1, round((until_s - at_s) * fps))


def error_moment(error: ConfigError | None) -> Moment:
    """Return the moment of the error screen for an error in the config folder, or for an example if it is None."""
    return Moment(error_view(error or ConfigError(_EXAMPLE)), 0.0)


def state_called(name: str) -> State:
    """Return the state with this name. Raises ShowError if no state has this name."""
    try:
        return State(name)
    except ValueError:
        raise ShowError(f'there is no state "{name}"; choose from: {", ".join(State)}') from None


def clock_time(text: str) -> str | None:
    """Return the time of day for pictures, or None for "none" (not known). Raises ShowError if it is not a time."""
    if text == "none":
        return None
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
        raise ShowError(f'"{text}" is not a time of day; write hours and minutes such as {CLOCK}, or none')
    return text


# --- from a state to a session ----------------------------------------------------------------------------------------


def _session_at(timelines: Sequence[Timeline], chosen: int, at_s: float, state: State) -> Session:
    timeline = timelines[chosen]
    _check_time(timeline, at_s, state)
    if state is State.CHOOSER and len(timelines) == 1:
        raise ShowError("the chooser is only for two circuits and more")
    # The start screen never dims, unless the picture is of the dimmed screen.
    rules = Rules() if state is State.DIM else Rules(dim_after_s=0.0, phone=state is State.PHONE_ENTRY)
    start = Session.start_screen(tuple(timelines), 0.0, rules, chosen)
    match state:
        case State.IDLE:
            return step(start, at_s).session
        case State.CARD:
            return step(start, _card_s(at_s)).session
        case State.CHOOSER:
            return step(step(start, 0.0, Command.PRESS).session, rules.hold_s + at_s).session
        case State.PHONE_ENTRY:
            opened = step(step(start, 0.0, Command.PRESS).session, rules.hold_s, Command.BACK).session
            return step(opened._replace(choice=len(timelines)), rules.hold_s + at_s).session
        case State.DIM:
            return step(start, rules.dim_after_s + at_s).session
        case State.FINISHED:
            return step(_started(start), timeline.total_s + at_s).session
        case State.BRIEFING:
            return step(_pressed(start, 0.0), at_s).session
        case State.PHONE:
            at_entry = start._replace(phase=Phase.PHONE)
            return step(at_entry.telling(_example_page()), at_s).session
        case State.NOTICE | State.REFUSED:
            return step(start.noticing(_NOTICES[state]), at_s).session
    session = step(_started(start), at_s).session
    match state:
        case State.PAUSED:
            return session.paused()
        case State.HELD:
            return step(step(session, at_s, Command.PRESS).session, at_s + HELD_PART * rules.hold_s).session
        case State.COUNT_IN:
            return step(_pressed(session.paused(), at_s), at_s + COUNTED_S).session
    return session


def _example_page() -> Phone:
    rows = _CODE.split()
    code = tuple(f"{int(row, 16):0{len(rows)}b}" for row in rows)
    return Phone(PageState.OPEN, "http://192.168.1.42", "482913", code, closes_s=_PAGE_S)


def _pressed(session: Session, at_s: float) -> Session:
    return step(step(session, at_s, Command.PRESS).session, at_s, Command.RELEASE).session


def _started(start: Session) -> Session:
    """Return the session at the start of its circuit, without the briefing."""
    pressed = _pressed(start, 0.0)
    return _pressed(pressed, 0.0) if pressed.phase is Phase.BRIEFING else pressed


def _card_s(at_s: float) -> float:
    """Return `at_s`, or if the tour shows the list then, the time when it shows the same exercise's form card."""
    turn_s = TOUR_LIST_S + TOUR_CARD_S
    return max(at_s, at_s // turn_s * turn_s + TOUR_LIST_S)


def _check_time(timeline: Timeline, at_s: float, state: State) -> None:
    if at_s < 0:
        raise ShowError("a time cannot be before 0:00")
    if state.in_circuit and at_s >= timeline.total_s:
        raise ShowError(
            f"{timeline.circuit.name} is over after {clock_text(timeline.total_s)}; "
            f"choose a time before that instead of {clock_text(at_s)}, or --state {State.FINISHED}"
        )
    briefing_s = BRIEFED_S * len(timeline.briefed)
    if state is State.BRIEFING and at_s >= briefing_s:
        lasts = f"lasts {briefing_s:g} s; choose a time before that" if briefing_s else "is only before stations"
        raise ShowError(f"the briefing {lasts}")
    if state in (State.CHOOSER, State.PHONE_ENTRY) and at_s >= CHOOSER_S:
        raise ShowError(f"the chooser stays {CHOOSER_S:g} s; choose a time before that")
    if state in _NOTICES and at_s >= _NOTICES[state].lasts_s:
        raise ShowError(f"the notice stays {_NOTICES[state].lasts_s:g} s; choose a time before that")
    if state is State.PHONE and at_s >= _PAGE_S:
        raise ShowError(f"the phone screen stays {clock_text(_PAGE_S)}; choose a time before that")
    if state is State.FINISHED and at_s >= FINISH_SCREEN_S:
        raise ShowError(f"the finish screen stays {FINISH_SCREEN_S:g} s; choose a time before that")


def _check_span(timeline: Timeline, at_s: float, until_s: float, state: State) -> None:
    _check_time(timeline, at_s, state)
    if until_s <= at_s:
        raise ShowError(
            f"a film that begins at {clock_text(at_s)} cannot end at {clock_text(until_s)}; choose a later end"
        )
    if until_s - at_s > LONGEST_FILM_S:
        raise ShowError(f"a film lasts at most {clock_text(LONGEST_FILM_S)}, not {clock_text(until_s - at_s)}")
