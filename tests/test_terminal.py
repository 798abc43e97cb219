"""The kiosk without a display: a status line, and Enter."""

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

import pytest

from kiosk.circuit import Amrap, Entry, ForTime, Lap, Set, Stations, Task, Work
from kiosk.look import look
from kiosk.session import Command, Session, step
from kiosk.terminal import Terminal
from kiosk.timeline import Cue, Timeline
from kiosk.words import words
from tests.samples import circuit, exercise, rounds_of


class Screen(StringIO):
    """A terminal that keeps what is printed to it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def keyboard() -> Iterator[tuple[int, TextIO]]:
    """Yield the two ends of a pseudo-terminal: the one to type into, and the one that the kiosk reads."""
    typing, reading = pty.openpty()
    with os.fdopen(reading) as source:
        yield typing, source
    os.close(typing)


def terminal(source: TextIO, target: StringIO, stopped: list[str] | None = None) -> Terminal:
    one = Terminal((stopped if stopped is not None else []).append, 2.0, source, target)
    assert one.read(0.0) == []
    return one


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        (b"\n", [(Command.PRESS, 5.0), (Command.RELEASE, 5.0)]),
        (b"n\n", [(Command.SKIP, 5.0)]),
        (b"b\n", [(Command.BACK, 5.0)]),
        (b"hello\n", []),
    ],
)
def test_lines_are_commands(keyboard: tuple[int, TextIO], typed: bytes, commands: list[tuple[Command, float]]) -> None:
    typing, source = keyboard
    one = terminal(source, Screen())
    os.write(typing, typed)
    assert one.read(5.0) == commands


def test_s_holds_the_button_for_as_long_as_a_hold_takes(keyboard: tuple[int, TextIO]) -> None:
    typing, source = keyboard
    one = terminal(source, Screen())
    os.write(typing, b"s\n")
    assert one.read(5.0) == [(Command.PRESS, 5.0)]
    assert one.read(6.9) == []
    assert one.read(7.0) == [(Command.RELEASE, 7.0)]


def test_enter_typed_or_held_before_the_start_is_no_press(keyboard: tuple[int, TextIO]) -> None:
    typing, source = keyboard
    os.write(typing, b"\nn\n\n")
    one = terminal(source, Screen())
    for repeat in range(1, 50):
        os.write(typing, b"\n")
        assert one.read(repeat / 30) == []
    os.write(typing, b"\n")
    assert one.read(3.0) == [(Command.PRESS, 3.0), (Command.RELEASE, 3.0)]


def test_enter_held_on_is_pressed_no_oftener_than_twice(keyboard: tuple[int, TextIO]) -> None:
    """Enter counts when it goes down, and again half a second later, when the keyboard begins to repeat it."""
    typing, source = keyboard
    one = terminal(source, Screen())
    pressed = []
    for at_s in (5.0, *(5.5 + repeat / 30 for repeat in range(60))):
        os.write(typing, b"\n")
        pressed += [at for command, at in one.read(at_s) if command is Command.PRESS]
    assert pressed == [5.0, 5.5]


def test_enter_pressed_again_half_a_second_later_counts(keyboard: tuple[int, TextIO]) -> None:
    typing, source = keyboard
    one = terminal(source, Screen())
    for at_s in (5.0, 5.5, 6.0):
        os.write(typing, b"\n")
        assert one.read(at_s) == [(Command.PRESS, at_s), (Command.RELEASE, at_s)]


def test_the_chooser_in_words() -> None:
    timelines = tuple(Timeline.of(circuit(name=name)) for name in ("Day 1", "Day 2"))
    session = step(Session.start_screen(timelines, 0.0), 0.0, Command.PRESS).session
    session = step(step(session, 2.0).session, 5.0, Command.SKIP).session
    state, line = words(look(step(session, 8.5).session).view)
    assert state == "choosing"
    assert line == "Choose a workout, 2 of 2: Day 2 (5:10). Press for the next, hold to choose, back in 17 s"


def test_q_ends_it(keyboard: tuple[int, TextIO]) -> None:
    typing, source = keyboard
    stopped: list[str] = []
    one = terminal(source, Screen(), stopped)
    os.write(typing, b"q\n")
    assert one.read(5.0) == []
    assert stopped == ["q typed"]


def test_the_status_line_is_written_over_and_cues_stay(keyboard: tuple[int, TextIO]) -> None:
    screen = Screen()
    one = terminal(keyboard[1], screen)
    session = Session.start_screen((Timeline.of(circuit()),), 0.0)
    one.show(look(session), 0.0)
    session = step(session, 0.0, Command.PRESS).session
    one.show(look(session), 0.0)
    one.sound(Cue.TICK)
    lines = screen.getvalue().split("\r\x1b[K")
    assert lines == [
        "",
        "Test circuit (5:10): press to start",
        "Round 1/2  GET READY  10 s  next: Side plank (right)",
        "* tick\n",
        "Round 1/2  GET READY  10 s  next: Side plank (right)",
    ]


def test_the_end_of_a_pause_is_announced() -> None:
    session = Session.start_screen((Timeline.of(circuit()),), 0.0)
    for at_s, command in ((0, Command.PRESS), (0, Command.RELEASE), (5, Command.PRESS), (5, Command.RELEASE)):
        session = step(session, at_s, command).session
    assert words(look(step(session, 860).session).view).line.endswith("press to resume, ends in 45 s")


def test_into_a_file_it_writes_whole_lines(keyboard: tuple[int, TextIO]) -> None:
    file = StringIO()
    one = terminal(keyboard[1], file)
    one.show(look(Session.start_screen((Timeline.of(circuit()),), 0.0), badges=("No buzzer",)), 0.0)
    assert file.getvalue() == "Test circuit (5:10): press to start  No buzzer\n"


def test_a_terminal_that_hangs_up_is_the_end_of_the_input() -> None:
    hung_up, other_end = pty.openpty()
    with os.fdopen(hung_up) as source:
        kiosk = terminal(source, StringIO())
        # From now on reading gives an input/output error.
        os.close(other_end)
        assert kiosk.read(100.0) == []
        assert kiosk.fds() == []


def test_the_status_line_says_what_a_press_means_and_counts() -> None:
    tasks = (Task(exercise("Swings"), "10"), Task(exercise("Squats")))
    sets = Work((Set(tasks[:1], 90, 30, open=True),) * 2)
    made = Timeline.of(circuit(sets, Amrap(tasks, 60), rounds=1, get_ready_s=0))
    session, seen = Session.start_screen((made,), 0.0), []
    for at_s in (0, 12, 20):
        for command in (Command.PRESS, Command.RELEASE) if at_s != 12 else (None,):
            session = step(session, at_s, command).session
        seen.append(words(look(session).view).line)
    assert seen[1:] == [
        "Round 1/1, set 1/2  WORK  12 s  10 Swings: One straight line (press when done)",
        "Round 1/1, set 2/2  CHANGEOVER  30 s  next: 10 Swings",
    ]
    for at_s in (60, 95, 100):
        for command in (Command.PRESS, Command.RELEASE):
            session = step(session, at_s, command).session
    amrap = "As many rounds as you can (10 Swings, Squats)"
    assert words(look(session).view).line == f"Round 1/1  WORK  50 s  {amrap}, 2 rounds: (press after each round)"


def test_the_status_line_says_which_turn_it_is_at_stations() -> None:
    lap = Lap(tuple((Task(exercise(name)),) for name in ("Rows", "Squats")), 40, 15)
    made = Timeline.of(circuit(content=Stations((lap,)), get_ready_s=0))
    session = Session.start_screen((made,), 0.0)
    for at_s, command in (
        (0, Command.PRESS),
        (0, Command.RELEASE),
        (1, Command.PRESS),
        (1, Command.RELEASE),
        (57, None),
    ):
        session = step(session, at_s, command).session
    assert words(look(session).view).line.startswith("Round 1/1, turn 2/2  WORK  39 s  Stations")


def test_the_status_line_of_the_finish_tells_what_was_reached() -> None:
    tasks = (Task(exercise("Swings"), "10"), Task(exercise("Squats")))
    amrap, for_time = Amrap(tasks, 60), ForTime(90, tasks)

    def finish(content: Entry, end_s: float, *presses_s: float) -> str:
        made = Timeline.of(circuit(get_ready_s=0, content=content))
        session = Session.start_screen((made,), 0.0)
        for at_s in (0.0, *presses_s):
            for command in (Command.PRESS, Command.RELEASE):
                session = step(session, at_s, command).session
        return words(look(step(session, end_s + 1).session).view).line.partition(". ")[0]

    assert finish(amrap, 60, 20, 40) == "Done! Test circuit: 2 rounds"
    assert finish(for_time, 75.9, 75.9) == "Done! Test circuit: 1:15", "as the clock showed it"
    assert finish(for_time, 90) == "Time cap! Test circuit"
    both = rounds_of(amrap._replace(name="Finisher"), for_time._replace(name="Ladder"))
    assert finish(both, 100, 20, 100) == "Done! Test circuit: Finisher 1 round, Ladder 0:40"
