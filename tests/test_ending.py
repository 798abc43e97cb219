"""The buzzer is off after the kiosk has ended in any way, tested in a real process on pretend pins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, xvfb
from tests.program import Program, Start

ENDING = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2]
RING_AND_ASK = """
import sys
from tests.pretend_pi import PrintingPin
from gpiozero.pins.mock import MockFactory
from kiosk import config, doctor
from kiosk.doctor import hands_on
from kiosk.cli import main
hands_on.SOUND_S = 60
doctor.run = lambda *_, **__: hands_on.buzzer(MockFactory(pin_class=PrintingPin), config.BuzzerSettings(), input)
sys.exit(main(["doctor"]))
"""


def ringing(start: Start, display: str, config_folder: Path) -> Program:
    """Return a kiosk at the start of a circuit, in the middle of a tone."""
    options = ("--window", "640x360", "--verbose", "--config", str(config_folder))
    pi = start("tests.pretend_pi", "run", *options, DISPLAY=display, SDL_AUDIODRIVER="dummy")
    pi.wait_for("buzzer: active, GPIO27")
    pi.say("17 low")
    pi.say("17 high")
    pi.wait_for("cue go")
    pi.wait_for("27 on")
    return pi


def levels(pi: Program) -> list[str]:
    return [line for line in pi.lines if line.startswith("27 ")]


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_in_the_middle_of_a_tone_ends_it_cleanly(
    start: Start, display: str, config_folder: Path, number: signal.Signals
) -> None:
    pi = ringing(start, display, config_folder)
    assert pi.end(number) == 0
    assert levels(pi)[-1] == "27 off"
    assert any(f"ended ({number.name})" in line for line in pi.lines)


@pytest.mark.parametrize(
    ("number", "offered"), [(signal.SIGTERM, True), (signal.SIGHUP, True), (signal.SIGQUIT, False)]
)
def test_the_circuit_is_offered_again_unless_somebody_ended_it_by_a_key(
    start: Start, display: str, config_folder: Path, number: signal.Signals, offered: bool
) -> None:
    pi = ringing(start, display, config_folder)
    assert pi.end(number) == 0
    again = start("kiosk", "run", "--config", str(config_folder))
    again.wait_for("press to start|PAUSED")
    assert any("can be resumed" in line for line in again.lines) is offered


def test_nohup_keeps_it_running(start: Start, config_folder: Path) -> None:
    program = start("tests.nohup", "kiosk", "run", "--config", str(config_folder))
    program.wait_for("press to start")
    program.process.send_signal(signal.SIGHUP)
    program.say("")
    program.wait_for("started")
    assert program.end() == 0


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_the_doctor_s_buzzer_goes_off_too(number: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RING_AND_ASK]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as doctor:
        assert doctor.stdout is not None
        while doctor.stdout.readline() != "27 on\n":
            assert doctor.poll() is None
        doctor.send_signal(number)
        said, complained = doctor.communicate(timeout=60)
    assert doctor.returncode == 128 + number
    assert said.split("\n")[-2] == "27 off"
    assert "Traceback" not in complained


class TestADisplayThatHangs:
    """A stopped X server. SDL waits for the server in the loop's own thread, and nothing can end that wait."""

    @pytest.fixture
    def server(self) -> Iterator[tuple[subprocess.Popen[str], str]]:
        with xvfb() as (server, display):
            try:
                yield server, display
            finally:
                server.send_signal(signal.SIGCONT)

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
    def test_while_a_circuit_runs_a_signal_ends_it_with_the_buzzer_off(
        self,
        start: Start,
        server: tuple[subprocess.Popen[str], str],
        config_folder: Path,
        number: signal.Signals,
    ) -> None:
        pi = ringing(start, server[1], config_folder)
        server[0].send_signal(signal.SIGSTOP)
        # The buzzer's own thread ends the tone although the loop hangs.
        pi.wait_for("27 off")
        assert pi.end(number) != 0
        assert levels(pi)[-1] == "27 off"

    def test_on_the_start_screen_a_signal_ends_it(
        self, start: Start, server: tuple[subprocess.Popen[str], str], config_folder: Path
    ) -> None:
        options = ("--window", "640x360", "--config", str(config_folder))
        pi = start("tests.pretend_pi", "run", *options, DISPLAY=server[1], SDL_AUDIODRIVER="dummy")
        pi.wait_for("buzzer: active, GPIO27")
        server[0].send_signal(signal.SIGSTOP)
        assert pi.end() != 0
        assert levels(pi)[-1] == "27 off"

    def test_one_that_goes_on_in_time_changes_nothing(
        self, start: Start, server: tuple[subprocess.Popen[str], str], config_folder: Path
    ) -> None:
        pi = ringing(start, server[1], config_folder)
        server[0].send_signal(signal.SIGSTOP)
        pi.wait_for("27 off")
        server[0].send_signal(signal.SIGCONT)
        pi.wait_for("changeover")
        assert pi.end() == 0
