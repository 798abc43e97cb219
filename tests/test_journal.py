"""The log, which has one line for each event and no other lines."""

from __future__ import annotations

from kiosk.circuit import Station
from kiosk.journal import events
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise

TWO = tuple(
    Timeline.of(circuit(Station(exercise(), 60), rounds=rounds, name=name, get_ready_s=0, round_break_s=0))
    for name, rounds in (("One", 1), ("Other", 2))
)
PRESS, RELEASE = Command.PRESS, Command.RELEASE


def log(*lived: tuple[float, Command | None], circuits: tuple[Timeline, ...] | None = None) -> list[str]:
    """Return the log lines of a session, given as moments in seconds, each with its command or None."""
    session = Session.start_screen(circuits or (Timeline.of(circuit()),), 0.0)
    lines: list[str] = []
    for now_s, command in lived:
        before, session = session, step(session, now_s, command).session
        lines += events(before, session)
    return lines


def test_a_pause_that_nobody_came_back_to() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (5, PRESS), (5.1, RELEASE), (905, None))
    assert lines[-2:] == ["paused at 0:05", "pause at 0:05 expired, start screen"]


def test_a_press_that_starts_a_circuit() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), circuits=TWO)
    assert lines == ["started: One (1:00)", "round 1 of 1: work, Side plank, 60 s"]


def test_a_hold_on_the_start_screen_starts_nothing() -> None:
    lines = log((0, PRESS), (1, None), (2, None), (2.5, RELEASE), circuits=TWO)
    assert lines == ["next circuit: Other"]


def test_going_back_to_the_usual_circuit() -> None:
    lines = log((0, PRESS), (2, None), (2.5, RELEASE), (602, None), circuits=TWO)
    assert lines == ["next circuit: Other", "back to the usual circuit: One"]


def test_a_hold_on_the_finish_screen_starts_nothing() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (60, None), (70, PRESS), (72, None), circuits=TWO)
    assert lines[-2:] == ["finished: One", "start screen"]


def test_a_hold_that_stops_a_circuit() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (5, PRESS), (7, None))
    assert lines[-2:] == ["paused at 0:05", "stopped at 0:05, start screen"]
