"""Any moment of any circuit, without living through it: for pictures and films of the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath

from kiosk.duration import clock_text
from kiosk.errors import ConfigError, KioskError, Problem
from kiosk.faults import error_view
from kiosk.look import TOUR_CARD_S, TOUR_LIST_S, look
from kiosk.session import FINISH_SCREEN_S, Command, Rules, Session, step
from kiosk.timeline import Timeline
from kiosk.view import Moment

CLOCK = "18:42"
"""A picture has no time of day; the start screen looks odd without one."""
LONGEST_FILM_S = 600.0
HELD_PART = 0.6
"""How far the button is held in a picture of a hold."""
COUNTED_S = 0.5
"""How long the count-in has been counting in a picture of it."""
_EXAMPLE = Problem(
    '"sixty": this is no duration',
    "write seconds such as 60, or minutes and seconds such as 1:30",
    17,
    7,
    "work",
    PurePath("/etc/kiosk/circuits/back-and-core.yaml"),
)


class State(StrEnum):
    """What a picture shows at its time: of the circuit while it runs or stands, of its own screen otherwise."""

    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    COUNT_IN = "count-in"
    FINISHED = "finished"
    IDLE = "idle"
    CARD = "card"
    DIM = "dim"
    ERROR = "error"

    @property
    def in_circuit(self) -> bool:
        return self in (State.RUNNING, State.PAUSED, State.HELD, State.COUNT_IN)


class ShowError(KioskError, ValueError):
    """Something was asked for that cannot be shown, or not be written."""

    exit_status = 2


def moment_at(timelines: Sequence[Timeline], chosen: int, at_s: float, state: State, clock: str | None) -> Moment:
    """Return what the wall shows: `at_s` seconds into the circuit, or into the screen of a state without one.

    `timelines[chosen]` is the circuit; the others are those that the start screen offers too. Raises ShowError for a
    time that there is not.
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
    """Yield the moments of a span, `fps` a second: it begins as `moment_at` would show it, then time passes.

    Raises ShowError, before the first moment, for a span that there is not.
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
    """Return how many frames a span has; the moment of its end is the first one that it lacks."""
    return max(1, round((until_s - at_s) * fps))


def error_moment(error: ConfigError | None) -> Moment:
    """Return the error screen of what is wrong with the config folder, or where nothing is, of an example."""
    return Moment(error_view(error or ConfigError(_EXAMPLE)), 0.0)


def state_called(name: str) -> State:
    """Return the state of that name."""
    try:
        return State(name)
    except ValueError:
        raise ShowError(f'there is no state "{name}"; there is: {", ".join(State)}') from None


def clock_time(text: str) -> str | None:
    """Return the time of day that the pictures show; "none" is a wall that does not know it."""
    if text == "none":
        return None
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
        raise ShowError(f'"{text}" is no time of day; write hours and minutes such as {CLOCK}, or none')
    return text


# --- from a state to a session ----------------------------------------------------------------------------------------


def _session_at(timelines: Sequence[Timeline], chosen: int, at_s: float, state: State) -> Session:
    timeline = timelines[chosen]
    _check_time(timeline, at_s, state)
    # The tour goes on for as long as a picture asks for; only the dimmed screen dims.
    rules = Rules() if state is State.DIM else Rules(dim_after_s=0.0)
    start = Session.start_screen(tuple(timelines), 0.0, rules, chosen)
    match state:
        case State.IDLE:
            return step(start, at_s).session
        case State.CARD:
            return step(start, _card_s(at_s)).session
        case State.DIM:
            return step(start, rules.dim_after_s + at_s).session
        case State.FINISHED:
            return step(_pressed(start, 0.0), timeline.total_s + at_s).session
    session = step(_pressed(start, 0.0), at_s).session
    match state:
        case State.PAUSED:
            return _pressed(session, at_s)
        case State.HELD:
            return step(step(session, at_s, Command.PRESS).session, at_s + HELD_PART * rules.hold_s).session
        case State.COUNT_IN:
            return step(_pressed(_pressed(session, at_s), at_s), at_s + COUNTED_S).session
    return session


def _pressed(session: Session, at_s: float) -> Session:
    return step(step(session, at_s, Command.PRESS).session, at_s, Command.RELEASE).session


def _card_s(at_s: float) -> float:
    """Return the time at which the tour shows the form card of the exercise that it shows at `at_s`."""
    turn_s = TOUR_LIST_S + TOUR_CARD_S
    return max(at_s, at_s // turn_s * turn_s + TOUR_LIST_S)


def _check_time(timeline: Timeline, at_s: float, state: State) -> None:
    if at_s < 0:
        raise ShowError("time begins at 0:00")
    if state.in_circuit and at_s >= timeline.total_s:
        raise ShowError(
            f"{timeline.circuit.name} is over after {clock_text(timeline.total_s)}; "
            f"choose a time before that instead of {clock_text(at_s)}, or --state {State.FINISHED}"
        )
    if state is State.FINISHED and at_s >= FINISH_SCREEN_S:
        raise ShowError(f"the finish screen stays {FINISH_SCREEN_S:g} s; choose a time before that")


def _check_span(timeline: Timeline, at_s: float, until_s: float, state: State) -> None:
    _check_time(timeline, at_s, state)
    if until_s <= at_s:
        raise ShowError(
            f"a film that begins at {clock_text(at_s)} cannot end at {clock_text(until_s)}; choose a later end"
        )
    if until_s - at_s > LONGEST_FILM_S:
        raise ShowError(f"a film is {clock_text(LONGEST_FILM_S)} long at most, not {clock_text(until_s - at_s)}")
