"""The remote of the whole program: a wall under an X server, and the commands as processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol

import pytest

from tests.conftest import ROOT
from tests.program import Start
from tests.test_program import WORK, Desktop, check_cues

Done = subprocess.CompletedProcess[str]


class Kiosk(Protocol):
    """A function that runs a command of the kiosk to its end: `kiosk("pause", "--json")`."""

    def __call__(self, *arguments: str) -> Done: ...


@pytest.fixture
def command(runtime_folder: Path) -> Callable[..., subprocess.Popen[str]]:
    def begin(*arguments: str) -> subprocess.Popen[str]:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(runtime_folder)}
        return subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    return begin


@pytest.fixture
def kiosk(command: Callable[..., subprocess.Popen[str]]) -> Kiosk:
    def kiosk(*arguments: str) -> Done:
        process = command("-m", "kiosk", *arguments)
        said, complained = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)

    return kiosk


@pytest.fixture
def desktop(start: Start, display: str, config_folder: Path) -> Desktop:
    return opened(start, display, config_folder)


def opened(start: Start, display: str, config_folder: Path) -> Desktop:
    desktop = Desktop(start, display, config_folder)
    desktop.program.wait_for("remote: /")
    return desktop


def with_work(kind: str, config_folder: Path) -> Path:
    (config_folder / "circuits" / "short.yaml").write_text(f"name: Short circuit\nget_ready: 1\n{WORK[kind]}")
    return config_folder


def test_start_pause_resume_and_stop(desktop: Desktop, kiosk: Kiosk) -> None:
    assert kiosk("now").stdout.startswith("Short circuit (0:15): press to start")
    assert "GET READY" in kiosk("start").stdout
    desktop.program.wait_for("started: Short circuit")
    assert kiosk("pause").stdout.startswith("PAUSED")
    desktop.program.wait_for("paused at 0:")
    desktop.wait_for_title("Gym-wall kiosk: paused")
    assert kiosk("resume").returncode == 0
    desktop.program.wait_for("resumed at 0:")
    assert "press to start" in kiosk("stop").stdout
    desktop.program.wait_for("stopped at 0:.*start screen")


def test_what_is_not_possible_now_is_refused_with_the_reason(desktop: Desktop, kiosk: Kiosk) -> None:
    for command in ("pause", "resume", "done", "count", "stop"):
        done = kiosk(command)
        assert (done.returncode, done.stdout) == (1, "")
        said = "a press would start the circuit now, a hold would show the list of circuits"
        assert done.stderr == f"{command}: {said}\n"
    done = kiosk("pause", "--json")
    assert (done.returncode, json.loads(done.stdout)["ok"], done.stderr) == (1, False, "")


def test_press_hold_skip_and_back(desktop: Desktop, kiosk: Kiosk) -> None:
    assert json.loads(kiosk("press", "--json").stdout)["interval"]["kind"] == "get_ready"
    assert "Glute bridge" in kiosk("skip").stdout
    desktop.program.wait_for("work, Glute bridge, 5 s")
    assert "GET READY" in kiosk("back").stdout
    assert "press to start" in kiosk("hold").stdout
    assert kiosk("hold").stdout.startswith("Choose a workout, 2 of 2: Short circuit")
    desktop.wait_for_title("Gym-wall kiosk: choosing")


def test_an_amrap_is_counted_paused_and_stopped(start: Start, display: str, config_folder: Path, kiosk: Kiosk) -> None:
    file = with_work("amrap", config_folder) / "circuits" / "short.yaml"
    file.write_text(file.read_text().replace("amrap: 10", "amrap: 10:00"))
    desktop = opened(start, display, config_folder)
    kiosk("start")
    desktop.program.wait_for("work, As many rounds as you can")
    for number in (1, 2):
        assert json.loads(kiosk("count", "--json").stdout)["counted"] == number
        desktop.program.wait_for(f"round {number} counted at 0:")
    assert kiosk("pause").stdout.startswith("PAUSED")
    kiosk("resume")
    desktop.program.wait_for("resumed at 0:")
    assert "press to start" in kiosk("stop").stdout
    desktop.program.wait_for("stopped at 0:.*start screen")


def test_work_for_time_is_finished(start: Start, display: str, config_folder: Path, kiosk: Kiosk) -> None:
    desktop = opened(start, display, with_work("for time", config_folder))
    kiosk("start")
    desktop.program.wait_for("work, As fast as you can")
    assert kiosk("done").stdout.startswith("Done! Short circuit: 0:")
    desktop.program.wait_for("finished: Short circuit in 0:")


def test_of_two_who_pause_at_once_one_is_told_that_it_is_done(
    desktop: Desktop, kiosk: Kiosk, command: Callable[..., subprocess.Popen[str]]
) -> None:
    kiosk("start")
    both = [command("-m", "kiosk", "pause") for _ in range(2)]
    ended = sorted((one.communicate(timeout=60), one.returncode) for one in both)
    assert sorted(status for _, status in ended) == [0, 1]
    assert "pause: a press would resume now" in "".join(complained for (_, complained), _ in ended)
    assert json.loads(kiosk("now", "--json").stdout)["phase"] == "paused"


def test_whatever_clients_do_the_cues_of_a_circuit_stay_in_place(
    desktop: Desktop, config_folder: Path, runtime_folder: Path, kiosk: Kiosk
) -> None:
    """A client that never reads, 200 connections, rubbish, lines of 1 MB, and somebody who only wants to look."""
    with ExitStack() as ends:

        def connect() -> socket.socket:
            connection = ends.enter_context(socket.socket(socket.AF_UNIX))
            connection.connect(os.fspath(runtime_folder / "kiosk" / "remote.sock"))
            connection.settimeout(60)
            return connection

        def send(connection: socket.socket, data: bytes) -> None:
            with suppress(OSError):
                connection.sendall(data)

        kiosk("start")
        deaf = connect()
        send(deaf, b'"now"\n' * 1000)
        for _ in range(200):
            connect()
        while not desktop.program.found("(finished: Short circuit)"):
            send(connect(), os.urandom(200) + b"\n")
            send(connect(), b"x" * 1_000_000)
            connect().close()
            assert kiosk("now").returncode == 0
    check_cues(desktop.program, config_folder)
    assert kiosk("now").stdout.startswith("Done! Short circuit")
    assert not [line for line in desktop.program.lines if "Traceback" in line or "failed" in line]
    assert desktop.program.end() == 0


def test_a_second_wall_leaves_the_remote_to_the_first(
    desktop: Desktop, start: Start, display: str, config_folder: Path, kiosk: Kiosk
) -> None:
    second = Desktop(start, display, config_folder)
    second.program.wait_for("no remote: another wall listens at /")
    kiosk("start")
    desktop.program.wait_for("started: Short circuit")
    assert second.program.end() == 0
    assert kiosk("pause").stdout.startswith("PAUSED")


def test_after_a_kill_the_next_wall_has_the_remote(
    desktop: Desktop, start: Start, display: str, config_folder: Path, kiosk: Kiosk
) -> None:
    desktop.program.end(signal.SIGKILL)
    done = kiosk("now")
    assert (done.returncode, "no wall runs here" in done.stderr) == (1, True)
    opened(start, display, config_folder)
    assert kiosk("now").returncode == 0


def test_a_command_is_quick_because_it_loads_little(
    desktop: Desktop, command: Callable[..., subprocess.Popen[str]]
) -> None:
    asking = 'import sys; from kiosk.cli import main; main(["now"]); print(*sys.modules, sep="\\n")'
    said, _ = command("-c", asking).communicate(timeout=60)
    lines = said.splitlines()
    assert lines[0].startswith("Short circuit")
    assert "kiosk.remote.client" in lines
    assert not {"pygame", "gpiozero", "yaml", "kiosk.config", "kiosk.screen", "kiosk.session"} & set(lines)
