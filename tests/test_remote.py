"""What the wall does with requests of the remote: a real app and a real socket, and a clock that the test moves."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import App
from kiosk.circuit import Amrap, Circuit, ForTime, Task
from kiosk.remote.client import Answer
from kiosk.session import Command, Phase, Session
from kiosk.stop import Stop
from kiosk.timeline import Timeline
from kiosk.view import ErrorView
from kiosk.wiring.remote import Remote
from tests.samples import circuit, exercise
from tests.test_app import World

TASKS = (Task(exercise("Burpees"), "3"),)


@pytest.fixture(autouse=True)
def folder(runtime_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the socket in a folder of the test's own."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    return runtime_folder


class Wall:
    """A wall with a remote, and a button that the test presses."""

    def __init__(self, *made: Circuit) -> None:
        self.world = World()
        timelines = tuple(Timeline.of(one) for one in made or (circuit(),))
        self.app = App(Session.start_screen(timelines, self.world.now_s), Stop(), clock=self.world.clock)
        for add in (self.app.add_input, self.app.add_display, self.app.add_sounder):
            add(self.world)
        self.app.add_task(Remote())
        self.app.turn()

    def until(self, second_s: float) -> Wall:
        """Go on until so many seconds after the start of the test."""
        while self.world.now_s < 100 + second_s:
            self.app.turn()
            self.world.now_s = min(100 + second_s, self.world.now_s + max(self.app.sleeps_s(), 1e-6))
        self.app.turn()
        return self

    def button(self) -> None:
        self.world.commands = [(Command.PRESS, self.world.now_s), (Command.RELEASE, self.world.now_s)]


class Coach:
    """A client of the wall's remote."""

    def __init__(self, folder: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(os.fspath(folder / "kiosk" / "remote.sock"))
        self._socket.setblocking(False)

    def send(self, request: object) -> None:
        self._socket.sendall(json.dumps(request).encode() + b"\n")

    def read(self) -> Answer | None:
        """Return the answer, None if there is none yet."""
        try:
            answer: Answer = json.loads(self._socket.recv(100_000))
        except BlockingIOError:
            return None
        return answer

    def ask(self, wall: Wall, request: object) -> Answer:
        """Return the answer that comes with the same turn of the loop."""
        self.send(request)
        wall.app.turn()
        answer = self.read()
        assert answer is not None
        return answer

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def wall() -> Iterator[Wall]:
    wall = Wall()
    yield wall
    wall.app.close()


@pytest.fixture
def coaches(wall: Wall, folder: Path) -> Iterator[tuple[Coach, Coach]]:
    """Return two coaches whose connections the wall has accepted."""
    coaches = Coach(folder), Coach(folder)
    wall.until(0.1).until(0.2)
    yield coaches
    for coach in coaches:
        coach.close()


def test_a_press_starts_pauses_and_resumes(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    assert coach.ask(wall, "now")["press"] == "start"
    assert coach.ask(wall, "press")["phase"] == "running"
    wall.until(15)
    assert coach.ask(wall, {"press": "pause"})["press"] == "resume"
    assert coach.ask(wall, {"press": "resume"})["phase"] == "counting in"


def test_a_press_that_means_something_else_by_now_does_nothing(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, other = coaches
    coach.ask(wall, "press")
    wall.until(15)
    for one in coaches:
        one.send({"press": "pause"})
    wall.app.turn()
    assert wall.app.session.phase is Phase.PAUSED
    answers = [answer for one in (coach, other) if (answer := one.read())]
    refused, obeyed = sorted(answers, key=lambda answer: bool(answer["ok"]))
    assert (obeyed["ok"], obeyed["phase"]) == (True, "paused")
    assert refused["error"] == "a press would resume now, a hold would stop the circuit"
    assert refused["press"] == "resume"


def test_nor_if_somebody_presses_the_button_at_the_same_moment(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    coach.ask(wall, "press")
    wall.until(15)
    wall.button()
    assert coach.ask(wall, {"press": "pause"})["ok"] is False
    assert wall.app.session.phase is Phase.PAUSED


def test_the_answer_comes_when_the_wall_shows_it(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    wall.world.log.clear()
    answer = coach.ask(wall, "press")
    assert wall.world.log == ["press", "frame"]
    assert answer["line"].endswith("next: Side plank (right)")
    assert wall.world.frames[-1].view == wall.app.moment.view


def test_skip_and_back(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    coach.ask(wall, "press")
    wall.until(3)
    assert coach.ask(wall, "skip")["interval"]["kind"] == "work"
    assert coach.ask(wall, "back")["interval"]["kind"] == "get_ready"


def test_a_hold_lasts_as_long_as_one_of_the_button_and_is_seen(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    coach.ask(wall, "press")
    wall.until(15)
    coach.send({"hold": "stop"})
    wall.until(16.9)
    assert coach.read() is None
    assert wall.app.session.down_s == pytest.approx(115, abs=0.1)
    wall.until(17.1)
    answer = coach.read()
    assert answer is not None
    assert (answer["ok"], answer["phase"]) == (True, "idle")
    # The button is up again.
    wall.until(20)
    assert wall.app.session.phase is Phase.IDLE


def test_while_it_lasts_another_one_can_look_but_not_press(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, other = coaches
    coach.ask(wall, "press")
    coach.send("hold")
    wall.until(1.5)
    assert other.ask(wall, "now")["phase"] == "paused"
    for request in ("press", "hold", "skip"):
        assert "somebody holds the button by remote" in other.ask(wall, request)["error"]
    wall.until(4)
    answer = coach.read()
    assert answer is not None
    assert answer["phase"] == "idle"
    assert other.ask(wall, "press")["phase"] == "running"


def test_a_hold_that_somebody_cuts_short_says_so(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    coach.ask(wall, "press")
    coach.send("hold")
    wall.until(1.5)
    wall.button()
    wall.until(1.6)
    answer = coach.read()
    assert answer is not None
    assert (answer["ok"], answer["phase"]) == (False, "counting in")
    assert "cut short" in answer["error"]


def test_a_hold_goes_on_without_the_client_that_began_it(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, other = coaches
    coach.ask(wall, "press")
    coach.send("hold")
    wall.until(1)
    coach.close()
    wall.until(3)
    assert other.ask(wall, "now")["phase"] == "idle"


def test_a_hold_that_wakes_the_wall_is_over_at_once(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    wall.until(400)
    assert coach.ask(wall, {"hold": "wake"})["press"] == "start"


def test_an_amrap_is_counted_paused_and_stopped(folder: Path) -> None:
    wall = Wall(circuit(Amrap(TASKS, 60), rounds=1))
    coach = Coach(folder)
    wall.until(0.2)
    coach.ask(wall, "press")
    wall.until(20)
    assert coach.ask(wall, {"press": "count"})["counted"] == 1
    assert coach.ask(wall, {"press": "pause"})["ok"] is False
    coach.send({"hold": "pause"})
    wall.until(23)
    answer = coach.read()
    assert answer is not None
    assert (answer["phase"], answer["counted"], answer["hold"]) == ("paused", 1, "stop")
    coach.close()
    wall.app.close()


def test_work_for_time_is_finished(folder: Path) -> None:
    wall = Wall(circuit(ForTime(60, TASKS), rounds=1))
    coach = Coach(folder)
    wall.until(0.2)
    coach.ask(wall, "press")
    wall.until(20)
    answer = coach.ask(wall, {"press": "done"})
    assert (answer["phase"], answer["press"]) == ("finished", "nothing")
    coach.close()
    wall.app.close()


def test_what_is_no_request_is_answered_and_changes_nothing(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    coach, _ = coaches
    for request in ("jump", 7, {"press": "jump"}, {"skip": "pause"}):
        assert "; write" in coach.ask(wall, request)["error"]
    assert wall.app.session.phase is Phase.IDLE


def test_an_error_on_the_wall_is_told(wall: Wall, coaches: tuple[Coach, Coach]) -> None:
    wall.app.show_fault(ErrorView("E", "Can’t start", "rounds: 0 is out of range.", "monday.yaml", "fix it"))
    assert "0 is out of range. (monday.yaml)" in coaches[0].ask(wall, "now")["line"]


def test_a_second_wall_has_no_remote_and_says_so(wall: Wall, caplog: pytest.LogCaptureFixture) -> None:
    second = Wall()
    assert "no remote: another wall listens at" in caplog.text
    second.button()
    second.until(1)
    assert second.app.session.phase is Phase.RUNNING
    second.app.close()


def test_it_is_closed_with_the_wall(wall: Wall, folder: Path) -> None:
    wall.app.close()
    with pytest.raises(FileNotFoundError):
        Coach(folder)
