"""When the television sleeps and wakes, and which commands are sent to it."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Sequence
from math import inf
from pathlib import Path
from threading import Event

import pytest

from kiosk.system.cec import Cec
from kiosk.system.television import AFTER_HOURS_S, ALWAYS, LocalTime, SleepRules, SleepTimer, is_open

SOON_S = 5.0
HOUR = 60
WEEK = ((6 * HOUR, 22 * HOUR),) * 5 + ((8 * HOUR, 18 * HOUR), None)
"""Opening hours in minutes: Monday to Friday 6:00 to 22:00, Saturday 8:00 to 18:00, Sunday closed."""
NIGHT_OWL = ((18 * HOUR, 2 * HOUR),) + (None,) * 6
"""Opening hours from Monday at 18:00 until Tuesday at 2:00."""


class TestOpeningHours:
    @pytest.mark.parametrize(
        ("hours", "weekday", "at", "expected"),
        [
            (WEEK, 0, "5:59", False),
            (WEEK, 0, "6:00", True),
            (WEEK, 4, "21:59", True),
            (WEEK, 4, "22:00", False),
            (WEEK, 5, "7:00", False),
            (WEEK, 5, "8:00", True),
            (WEEK, 6, "12:00", False),
            (NIGHT_OWL, 0, "17:59", False),
            (NIGHT_OWL, 0, "23:59", True),
            (NIGHT_OWL, 1, "0:00", True),
            (NIGHT_OWL, 1, "1:59", True),
            (NIGHT_OWL, 1, "2:00", False),
            (NIGHT_OWL, 0, "1:00", False),
            ((ALWAYS,) * 7, 3, "0:00", True),
            ((ALWAYS,) * 7, 3, "23:59", True),
        ],
    )
    def test_is_open(self, hours: tuple[tuple[int, int] | None, ...], weekday: int, at: str, expected: bool) -> None:
        hour, minute = at.split(":")
        assert is_open(hours, LocalTime(weekday, int(hour) * 60 + int(minute))) is expected

    def test_with_an_unknown_time_of_day_it_is_open(self) -> None:
        assert is_open((None,) * 7, None)

    def test_a_week_has_seven_days(self) -> None:
        with pytest.raises(ValueError, match="7 days"):
            SleepRules(hours=(ALWAYS,) * 5)


NOON, MIDNIGHT = LocalTime(0, 12 * HOUR), LocalTime(0, 23 * HOUR)


class TestSleep:
    def test_it_sleeps_after_the_idle_time_and_wakes_with_a_press_that_starts_nothing(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=600), 0.0)
        assert not sleep.turn(599.9, True, NOON)
        assert sleep.turn(600.0, True, NOON)
        assert sleep.press(700.0)
        assert not sleep.turn(700.0, True, NOON)
        assert not sleep.press(701.0)
        assert not sleep.turn(1300.9, True, NOON)
        assert sleep.turn(1301.0, True, NOON)

    def test_a_circuit_keeps_it_awake_and_the_idle_time_begins_after_it(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=600), 0.0)
        for now_s in range(0, 5000, 10):
            assert not sleep.turn(float(now_s), False, MIDNIGHT)
        assert not sleep.turn(5589.0, True, NOON)
        assert sleep.turn(5590.0, True, NOON)

    def test_never_means_never_within_the_opening_hours(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=0, hours=WEEK), 0.0)
        assert not sleep.turn(80_000.0, True, NOON)
        assert sleep.turn(80_000.0 + AFTER_HOURS_S, True, MIDNIGHT)

    def test_out_of_hours_it_sleeps_sooner(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=3600, hours=WEEK), 0.0)
        assert not sleep.turn(AFTER_HOURS_S - 1, True, MIDNIGHT)
        assert sleep.turn(AFTER_HOURS_S, True, MIDNIGHT)

    def test_it_wakes_when_the_gym_opens(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=600, hours=WEEK), 0.0)
        assert sleep.turn(1000.0, True, LocalTime(1, 6 * HOUR - 1))
        assert not sleep.turn(1001.0, True, LocalTime(1, 6 * HOUR))
        assert not sleep.turn(1600.0, True, LocalTime(1, 6 * HOUR + 9))
        assert sleep.turn(1601.0, True, LocalTime(1, 6 * HOUR + 10))

    def test_a_press_out_of_hours_gives_time_to_start(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=0, hours=WEEK), 0.0)
        assert sleep.turn(400.0, True, MIDNIGHT)
        assert sleep.press(500.0)
        assert not sleep.turn(500.0 + AFTER_HOURS_S - 1, True, MIDNIGHT)
        assert sleep.turn(500.0 + AFTER_HOURS_S, True, MIDNIGHT)

    def test_a_clock_that_becomes_known_at_night_does_not_wake_it(self) -> None:
        sleep = SleepTimer(SleepRules(sleep_after_s=600, hours=WEEK), 0.0)
        assert sleep.turn(600.0, True, None)
        assert sleep.turn(601.0, True, MIDNIGHT)


class Bus:
    """A folder with CEC devices, and the commands that were sent to them."""

    def __init__(self, folder: Path, count: int = 1) -> None:
        for number in range(count):
            (folder / f"cec{number}").touch()
        self.sent: list[str] = []
        self.said = "\tPhysical Address           : 1.0.0.0\n"
        self.error: Exception | None = None
        self.fails = inf
        """Number of further commands that fail with `error`."""
        self.cec = Cec(folder, self.run, again_s=0)

    def run(self, command: Sequence[str]) -> str:
        if self.error and self.fails > 0:
            self.fails -= 1
            raise self.error
        self.sent.append(" ".join(command))
        return self.said

    def switch(self, on: bool) -> None:
        self.cec.switch(on)
        assert self.cec.wait(SOON_S)


class TestCec:
    def test_standby_and_wake_are_each_sent_once(self, tmp_path: Path) -> None:
        bus = Bus(tmp_path)
        for on in (True, True, False, False, True, True):
            bus.switch(on)
        call = f"cec-ctl --device={tmp_path / 'cec0'}"
        assert bus.sent == [
            f"{call} --playback --to=0 --standby",
            f"{call} --playback --to=0 --image-view-on",
            f"{call} --active-source=phys-addr=1.0.0.0",
        ]

    @pytest.mark.parametrize("on", [False, True])
    def test_what_fails_once_is_sent_again(self, tmp_path: Path, on: bool) -> None:
        bus = Bus(tmp_path)
        bus.switch(not on)
        bus.sent.clear()
        bus.error, bus.fails = subprocess.CalledProcessError(1, "cec-ctl", stderr="not acknowledged"), 1
        bus.switch(on)
        assert bus.sent[0].endswith("--image-view-on" if on else "--standby")

    def test_a_newer_state_does_not_wait_for_what_fails(self, tmp_path: Path) -> None:
        failed = Event()
        sent: list[str] = []

        def run(command: Sequence[str]) -> str:
            if command[-1] == "--standby":
                failed.set()
                raise OSError(5, "Input/output error")
            sent.append(command[-1])
            return ""

        (tmp_path / "cec0").touch()
        cec = Cec(tmp_path, run, again_s=10 * SOON_S)
        cec.switch(False)
        assert failed.wait(SOON_S)
        cec.switch(True)
        assert cec.wait(SOON_S)
        assert sent == ["--image-view-on"]

    def test_every_socket_is_asked(self, tmp_path: Path) -> None:
        bus = Bus(tmp_path, count=2)
        bus.switch(False)
        assert [("cec0" in line, "cec1" in line) for line in bus.sent] == [(True, False), (False, True)]

    def test_without_an_address_nothing_is_made_the_source(self, tmp_path: Path) -> None:
        bus = Bus(tmp_path)
        bus.said = "\tPhysical Address           : f.f.f.f.f\n"
        bus.switch(False)
        bus.said = ""
        bus.switch(True)
        assert not any("active-source" in line for line in bus.sent)

    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (FileNotFoundError("cec-ctl"), "cec-ctl is not installed"),
            (subprocess.TimeoutExpired("cec-ctl", 10), "no answer within 10 s"),
            (subprocess.CalledProcessError(1, "cec-ctl", stderr="no\n way"), "no way"),
            (PermissionError(13, "Permission denied"), "Permission denied"),
        ],
    )
    def test_what_goes_wrong_is_said_once(
        self, tmp_path: Path, error: Exception, expected: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        bus = Bus(tmp_path)
        bus.error = error
        for on in (False, True, False):
            bus.switch(on)
        assert len(caplog.records) == 1
        assert expected in caplog.text

    def test_a_machine_without_cec_says_so(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        bus = Bus(tmp_path, count=0)
        bus.switch(False)
        bus.switch(True)
        assert [record.message for record in caplog.records] == [
            "the television cannot be switched on or off: this machine has no HDMI-CEC; the picture turns black instead"
        ]

    def test_switching_never_waits_and_the_newest_state_wins(self, tmp_path: Path) -> None:
        bus, gate = Bus(tmp_path), Event()
        sent: list[str] = []

        def slow(command: Sequence[str]) -> str:
            gate.wait(SOON_S)
            sent.append(command[-1])
            return ""

        bus.cec = Cec(tmp_path, slow)
        for on in (False, True, False, True):
            bus.cec.switch(on)
        assert sent == []
        gate.set()
        assert bus.cec.wait(SOON_S)
        assert len(sent) <= 2
        assert sent[-1] == "--image-view-on"
        bus.cec.close()

    def program(self, folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Cec:
        """Return a Cec for two televisions, whose cec-ctl runs this shell script."""
        program = folder / "bin" / "cec-ctl"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        for number in range(2):
            (folder / f"cec{number}").touch()
        return Cec(folder)

    def test_a_television_s_name_that_is_no_text_does_not_keep_it_asleep(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = tmp_path / "said"
        script = f"""echo "$*" >> {said}; printf 'OSD Name: \\377\\033[31m\\nPhysical Address : 1.0.0.0\\n'"""
        cec = self.program(tmp_path, script, monkeypatch)
        cec.switch(False)
        assert cec.wait(SOON_S)
        cec.switch(True)
        assert cec.wait(SOON_S)
        lines = said.read_text().splitlines()
        for device in ("cec0", "cec1"):
            assert f"--device={tmp_path / device} --active-source=phys-addr=1.0.0.0" in lines

    def test_what_it_complains_about_may_be_no_text_either(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        cec = self.program(tmp_path, "printf '\\377 no way' >&2; exit 1", monkeypatch)
        cec.switch(False)
        assert cec.wait(SOON_S)
        assert "no way" in caplog.text
        assert "Traceback" not in caplog.text

    def test_the_real_program_is_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        said = tmp_path / "said"
        program = tmp_path / "bin" / "cec-ctl"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\necho "$*" >> {said}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        (tmp_path / "cec0").touch()
        cec = Cec(tmp_path)
        cec.switch(False)
        assert cec.wait(SOON_S)
        assert said.read_text() == f"--device={tmp_path / 'cec0'} --playback --to=0 --standby\n"
