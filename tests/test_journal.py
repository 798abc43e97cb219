"""The log, which has one line for each event and no other lines."""

from __future__ import annotations

from kiosk.circuit import Amrap, ForTime, Lap, Set, Stations, Task, Work
from kiosk.journal import events
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise, work

TWO = tuple(
    Timeline.of(circuit(work(exercise(), 60), rounds=rounds, name=name, get_ready_s=0, round_break_s=0))
    for name, rounds in (("One", 1), ("Other", 2))
)
PRESS, RELEASE = Command.PRESS, Command.RELEASE
OPEN = (0, PRESS), (2, None), (2.5, RELEASE)
"""A hold that opens the chooser."""


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
    assert lines == ["choosing a circuit"]


def test_going_back_to_the_usual_circuit() -> None:
    lines = log(*OPEN, (3, Command.SKIP), (4, PRESS), (6, None), (6.5, RELEASE), (606, None), circuits=TWO)
    assert lines == ["choosing a circuit", "chosen: Other", "back to the usual circuit: One"]


def test_choosing_the_same_circuit_or_none() -> None:
    lines = log(*OPEN, (4, PRESS), (6, None), (6.5, RELEASE), circuits=TWO)
    assert lines == ["choosing a circuit", "chosen: One"]
    lines = log(*OPEN, (3, PRESS), (3.1, RELEASE), (23.1, None), circuits=TWO)
    assert lines == ["choosing a circuit", "no circuit chosen, start screen"]


def test_a_hold_on_the_finish_screen_starts_nothing() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (60, None), (70, PRESS), (72, None), circuits=TWO)
    assert lines[-2:] == ["finished: One", "start screen"]


def test_a_hold_that_stops_a_circuit() -> None:
    lines = log((0, PRESS), (0.1, RELEASE), (5, PRESS), (7, None))
    assert lines[-2:] == ["paused at 0:05", "stopped at 0:05, start screen"]


def test_rounds_of_an_amrap_and_the_time_for_a_list() -> None:
    tasks = (Task(exercise("Swings"), "10"), Task(exercise("Squats")))
    made = circuit(Amrap(tasks, 60), ForTime(90, tasks), rounds=1, get_ready_s=0)
    lines = log(
        *((0, PRESS), (0.1, RELEASE), (21, PRESS), (21.1, RELEASE), (40, PRESS), (40.1, RELEASE)),
        *((42, Command.BACK), (61, None), (100, PRESS), (100.1, RELEASE)),
        circuits=(Timeline.of(made),),
    )
    assert lines == [
        "started: Test circuit (1:00 and open work)",
        "round 1 of 1: work, As many rounds as you can, 60 s",
        "round 1 counted at 0:21",
        "round 2 counted at 0:40",
        "a round taken back, 1 left",
        "round 1 of 1: work, As fast as you can, until pressed, at most 1:30",
        "done after 0:40",
        "finished: Test circuit in 1:40",
    ]


def test_sets_and_amounts() -> None:
    three = Work((Set((Task(exercise("Rows"), "12"),), 20, 10),) * 3)
    made = Timeline.of(circuit(three, rounds=1, get_ready_s=0))
    lines = log((0, PRESS), (0.1, RELEASE), (21, None), circuits=(made,))
    assert lines[1:] == [
        "round 1 of 1: work, 12 Rows, set 1 of 3, 20 s",
        "round 1 of 1: changeover, next 12 Rows, set 2 of 3, 10 s",
    ]


def test_turns_at_stations() -> None:
    lap = Lap(tuple((Task(exercise(name)),) for name in ("Rows", "Squats", "Lunges")), 40, 15)
    made = Timeline.of(circuit(content=Stations((lap,)), get_ready_s=0))
    lines = log((0, PRESS), (0.1, RELEASE), (1, PRESS), (1.1, RELEASE), (42, None), (57, None), circuits=(made,))
    assert lines[-2:] == [
        "round 1 of 1: changeover, next Stations, turn 2 of 3, 15 s",
        "round 1 of 1: work, Stations, turn 2 of 3, 40 s",
    ]
