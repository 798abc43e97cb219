"""The log: a line for each thing that happened, and none for what did not."""

from __future__ import annotations

from kiosk.journal import events
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from tests.samples import circuit

PRESS, RELEASE = Command.PRESS, Command.RELEASE


def log(*lived: tuple[float, Command | None], circuits: tuple[Timeline, ...] | None = None) -> list[str]:
    """Return what is written down of a session: moments, each with the command that came then, if any."""
    session = Session.start_screen(circuits or (Timeline.of(circuit()),), 0.0)
    lines: list[str] = []
    for now_s, command in lived:
        before, session = session, step(session, now_s, command).session
        lines += events(before, session)
    return lines


def test_a_pause_that_nobody_came_back_to() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (5, PRESS), (5.1, RELEASE), (905, None))
    assert lines[-2:] == ["paused at 0:05", "nobody came back to the pause at 0:05, start screen"]


def test_a_hold_that_stops_a_circuit() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (5, PRESS), (7, None))
    assert lines[-2:] == ["paused at 0:05", "stopped at 0:05, start screen"]
