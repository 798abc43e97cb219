"""The whole program as a real process, with a real X server and real key presses. The pins are simulated."""

from __future__ import annotations

import ctypes
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.signals import GIVE_WAY
from tests.conftest import ROOT, needs, xvfb
from tests.program import PATIENCE_S, Program, Start


class Desktop:
    """A kiosk in a window, and a keyboard."""

    def __init__(self, start: Start, display: str, config_folder: Path, *more: str) -> None:
        self._xdotool, self._display = needs("xdotool"), display
        options = ("--window", "640x360", "--verbose", "--config", str(config_folder), *more)
        self.program = start("kiosk", "run", *options, DISPLAY=display, SDL_AUDIODRIVER="dummy")
        self.program.wait_for("display: x11, 640 x 360")
        self.program.wait_for("the space bar is the button")

    def key(self, action: str, key: str = "space") -> None:
        """Let xdotool do an action with a key: "key" (press and release), "keydown" or "keyup"."""
        subprocess.run([self._xdotool, action, key], env={"DISPLAY": self._display}, check=True)

    def wait_for_title(self, title: str) -> None:
        """Wait until the window has this title. The title changes with the frame after the line in the log."""
        deadline_s = time.monotonic() + PATIENCE_S
        while (found := self._title()) != title:
            assert time.monotonic() < deadline_s, f"the window is called {found!r}, not {title!r}"
            time.sleep(0.05)

    def _title(self) -> str:
        command = [self._xdotool, "getwindowfocus", "getwindowname"]
        environment = {"DISPLAY": self._display}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def focus_elsewhere(display: str) -> Iterator[None]:
    """Give the focus to a window of another program."""
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XDefaultRootWindow.restype = xlib.XCreateSimpleWindow.restype = ctypes.c_ulong
    connection = ctypes.c_void_p(xlib.XOpenDisplay(display.encode()))
    root, none = ctypes.c_ulong(xlib.XDefaultRootWindow(connection)), ctypes.c_ulong(0)
    window = ctypes.c_ulong(xlib.XCreateSimpleWindow(connection, root, 0, 0, 9, 9, 0, none, none))
    xlib.XMapWindow(connection, window)
    xlib.XSync(connection, 0)
    xlib.XSetInputFocus(connection, window, 1, none)
    xlib.XSync(connection, 0)
    yield
    xlib.XCloseDisplay(connection)


@pytest.fixture
def desktop(start: Start, display: str, config_folder: Path) -> Desktop:
    return Desktop(start, display, config_folder)


def planned_cues(config_folder: Path) -> list[tuple[str, float]]:
    command = [sys.executable, "-m", "kiosk", "plan", "--json", "--config", str(config_folder)]
    plan = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    return [(due["cue"], due["at_s"]) for due in plan["cues"]]


def check_cues(program: Program, config_folder: Path) -> None:
    """Check that the cues of a circuit, which has run from its start to its finish, were where the plan says."""
    # On a busy machine a late signal may still be playing when a tick is due. Then the tick is dropped.
    minor = {cue.value for cue in GIVE_WAY}
    lines = [line.split() for line in program.found(r"cue (\w+ at [\d.]+) s")][1:]
    heard = [(cue, float(at_s)) for cue, _, at_s in lines if cue not in minor]
    planned = [(cue, due_s) for cue, due_s in planned_cues(config_folder) if cue not in minor]
    assert [cue for cue, _ in heard] == [cue for cue, _ in planned]
    for (_, at_s), (_, due_s) in zip(heard, planned, strict=True):
        # A cue is never early. After a stall of more than a second only the newest cue is played.
        assert due_s <= at_s + 0.001 < due_s + 1.0


class TestWindow:
    def test_space_starts_pauses_and_resumes_and_a_hold_stops(self, desktop: Desktop) -> None:
        program = desktop.program
        desktop.key("key")
        program.wait_for("started: Short circuit")
        program.wait_for("round 1 of 1: get ready, next Glute bridge")
        desktop.wait_for_title("Gym-wall kiosk: running")
        desktop.key("key")
        program.wait_for("paused at 0:")
        desktop.wait_for_title("Gym-wall kiosk: paused")
        desktop.key("key")
        program.wait_for("resuming from 0:")
        program.wait_for("resumed at 0:")
        desktop.key("keydown")
        program.wait_for("paused at 0:")
        program.wait_for("stopped at 0:.*start screen")
        desktop.key("keyup")
        desktop.wait_for_title("Gym-wall kiosk: ready")
        assert program.end() == 0
        assert "ended (SIGTERM)" in program.lines[-1]

    def test_a_circuit_runs_from_press_to_finish_with_its_cues_where_the_plan_says(
        self, desktop: Desktop, config_folder: Path
    ) -> None:
        desktop.key("key")
        desktop.program.wait_for("finished: Short circuit")
        check_cues(desktop.program, config_folder)

    def test_without_a_window_manager_it_fills_the_display_and_hears_the_keyboard(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        program = start("kiosk", "run", "--config", str(config_folder), DISPLAY=display, SDL_AUDIODRIVER="dummy")
        program.wait_for("display: x11, 1280 x 720")
        program.wait_for("the space bar is the button")
        command = [needs("xdotool"), "getwindowfocus", "getwindowgeometry", "key", "space"]
        done = subprocess.run(command, env={"DISPLAY": display}, check=True, capture_output=True, text=True)
        assert "Position: 0,0" in done.stdout
        assert "Geometry: 1280x720" in done.stdout
        program.wait_for("started: Short circuit")

    def test_an_error_at_the_start_is_turned_as_the_television_hangs(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        kiosk, circuit = config_folder / "kiosk.yaml", config_folder / "circuits" / "short.yaml"
        kiosk.write_text(kiosk.read_text().replace("rotate: 0", "rotate: 90"))
        circuit.write_text(circuit.read_text().replace("rounds: 1", "rounds: 0"))
        command = "kiosk", "run", "--config", str(config_folder)
        program = start(*command, DISPLAY=display, SDL_AUDIODRIVER="dummy", NOTIFY_SOCKET=str(config_folder / "none"))
        program.wait_for("the config cannot be used")
        program.wait_for("display: x11, 1280 x 720 turned by 90,")
        program.wait_for("the space bar is the button")

    def test_the_fifth_of_twelve_circuits_is_chosen(self, start: Start, display: str, config_folder: Path) -> None:
        short = config_folder / "circuits" / "short.yaml"
        (config_folder / "circuits" / "back-and-core-for-runners.yaml").unlink()
        for day in range(2, 13):
            file = config_folder / "circuits" / f"{day}.yaml"
            file.write_text(short.read_text().replace("Short circuit", f"Short circuit {day}"))
        desktop = Desktop(start, display, config_folder)
        desktop.key("keydown")
        desktop.program.wait_for("choosing a circuit")
        desktop.wait_for_title("Gym-wall kiosk: choosing")
        desktop.key("keyup")
        for _ in range(5):
            desktop.key("key")
        desktop.key("key", "Left")
        desktop.key("keydown")
        desktop.program.wait_for("cue chosen")
        desktop.program.wait_for("chosen: Short circuit 5")
        desktop.key("keyup")
        desktop.wait_for_title("Gym-wall kiosk: ready")
        desktop.key("key")
        desktop.program.wait_for("started: Short circuit 5")

    def test_letters_that_the_font_lacks_are_logged(self, start: Start, display: str, config_folder: Path) -> None:
        plank = config_folder / "exercises" / "side-plank.yaml"
        plank.write_text(plank.read_text().replace("name: Side plank", "name: Side plank 💪"))
        desktop = Desktop(start, display, config_folder)
        desktop.program.wait_for(r"""exercises/side-plank.yaml:2:18: the wall's font has no "💪" \(U\+1F4AA\);""")
        desktop.key("key")
        desktop.program.wait_for("started: Short circuit")

    def test_arrows_skip_and_go_back(self, desktop: Desktop) -> None:
        desktop.key("key")
        desktop.program.wait_for("get ready")
        desktop.key("key", "Right")
        desktop.program.wait_for("work, Glute bridge, 5 s")
        desktop.key("key", "Right")
        desktop.program.wait_for("changeover, next Side plank, right side, 2 s")
        desktop.key("key", "Left")
        desktop.program.wait_for("work, Glute bridge, 5 s")

    @pytest.mark.parametrize("key", ["Escape", "q"])
    def test_a_key_ends_it(self, desktop: Desktop, key: str) -> None:
        desktop.key("key", key)
        assert desktop.program.ended() == 0

    def test_ctrl_c_ends_it(self, desktop: Desktop) -> None:
        assert desktop.program.end(signal.SIGINT) == 0
        assert not [line for line in desktop.program.lines if "Traceback" in line]


WORK = {
    "amrap": "amrap: 10\nexercises: [{name: Burpees, amount: 3}, {name: Rows, amount: 5}]\n",
    "for time": "for_time: 10:00\nexercises: [{name: Burpees, amount: 30}]\n",
    "open": "work: open\nchangeover: 1\nexercises: [{name: Burpees, amount: 10, rounds: 3}]\n",
    "stations": "work: 2\nchangeover: 1\nstations:\n"
    "  [glute-bridge, {name: Rows}, Side plank, {name: Squats}, {name: Push-ups}, {name: Lunges}]\n",
}


class TestWorkouts:
    """What a press means in each kind of work, with real keys."""

    def desktop(self, kind: str, start: Start, display: str, config_folder: Path) -> Desktop:
        circuit = f"name: Short circuit\nget_ready: 1\n{WORK[kind]}"
        (config_folder / "circuits" / "short.yaml").write_text(circuit)
        return Desktop(start, display, config_folder)

    def test_three_rounds_of_an_amrap_are_counted_until_its_end(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = self.desktop("amrap", start, display, config_folder)
        desktop.key("key")
        desktop.program.wait_for("work, As many rounds as you can, 10 s")
        # Until the signal is over: a click gives way.
        time.sleep(1.0)
        for number in (1, 2, 3):
            desktop.key("key")
            desktop.program.wait_for(f"round {number} counted at 0:0")
        desktop.program.wait_for("finished: Short circuit in 0:11")
        assert desktop.program.found("(cue tally)")

    def test_a_press_finishes_for_time_with_the_true_time(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = self.desktop("for time", start, display, config_folder)
        desktop.key("key")
        desktop.program.wait_for("work, As fast as you can, until pressed, at most 10:00")
        desktop.key("key")
        desktop.program.wait_for("done after 0:0")
        desktop.program.wait_for(r"finished: Short circuit in 0:[01]\d")
        desktop.wait_for_title("Gym-wall kiosk: finished")

    def test_three_sets_of_open_work_with_a_pause_in_the_second(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = self.desktop("open", start, display, config_folder)
        desktop.key("key")
        desktop.program.wait_for("work, 10 Burpees, set 1 of 3, until pressed")
        desktop.key("key")
        desktop.program.wait_for("work, 10 Burpees, set 2 of 3, until pressed")
        desktop.key("keydown")
        desktop.program.wait_for("paused at")
        desktop.key("keyup")
        desktop.key("key")
        desktop.program.wait_for("resumed at")
        desktop.key("key")
        desktop.program.wait_for("work, 10 Burpees, set 3 of 3, until pressed")
        desktop.key("key")
        desktop.program.wait_for("finished: Short circuit in 0:")
        assert len(desktop.program.found("(done after)")) == 3

    def test_a_lap_of_stations_from_the_briefing_to_the_finish(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = self.desktop("stations", start, display, config_folder)
        desktop.key("key")
        desktop.program.wait_for("briefing: Short circuit")
        desktop.wait_for_title("Gym-wall kiosk: briefing")
        desktop.key("key")
        desktop.program.wait_for("started: Short circuit")
        for turn in range(1, 7):
            desktop.program.wait_for(f"work, .*turn {turn} of 6")
        desktop.program.wait_for("finished: Short circuit")
        assert len(desktop.program.found("(cue move_on)")) == 5

    @pytest.mark.parametrize(
        ("kind", "begun", "then"),
        [
            ("amrap", "work, As many", "round 2 counted"),
            ("for time", "work, As fast", "finished: Short circuit in"),
            ("open", "set 1 of 3, until pressed", "next 10 Burpees, set 2 of 3"),
            ("stations", "work, Stations", "paused at"),
        ],
    )
    def test_after_a_power_cut_it_goes_on(
        self, kind: str, begun: str, then: str, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = self.desktop(kind, start, display, config_folder)
        desktop.key("key")
        if kind == "stations":
            desktop.program.wait_for("briefing")
            desktop.key("key")
        desktop.program.wait_for(begun)
        if kind == "amrap":
            desktop.key("key")
            desktop.program.wait_for("round 1 counted")
        # The position is written by another thread.
        time.sleep(1.0)
        desktop.program.kill()
        again = Desktop(start, display, config_folder)
        again.wait_for_title("Gym-wall kiosk: paused")
        again.key("key")
        again.program.wait_for("resumed at 0:")
        again.key("key")
        again.program.wait_for(then)


class Monitor:
    """A display of 1920 x 1080 pixels that also offers 1280 x 720."""

    MODELINE = "74.5 1280 1344 1472 1664 720 723 728 748"

    def __init__(self, display: str) -> None:
        self.display = display
        self._xrandr, self._xdotool = needs("xrandr", "x11-xserver-utils"), needs("xdotool")
        self._run(self._xrandr, "--newmode", "1280x720", *self.MODELINE.split())
        self._run(self._xrandr, "--addmode", "screen", "1280x720")

    def switch(self, mode: str) -> None:
        self._run(self._xrandr, "--output", "screen", "--mode", mode)

    def mode(self) -> str:
        return next(line.split()[0] for line in self._run(self._xrandr).splitlines() if "*" in line)

    def window(self) -> tuple[str, str]:
        """Return the position ("0,0") and size ("1280x720") of the window that has the focus, in pixels."""
        said = self._run(self._xdotool, "getwindowfocus", "getwindowgeometry")
        return (re.findall(r"Position: ([\d,]+)", said)[0], re.findall(r"Geometry: (\w+)", said)[0])

    def _run(self, *command: str) -> str:
        environment = {"DISPLAY": self.display}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


class TestResolution:
    @pytest.fixture
    def monitor(self) -> Iterator[Monitor]:
        with xvfb("1920x1080") as (_, display):
            yield Monitor(display)

    def started(self, start: Start, monitor: Monitor, config_folder: Path, size: str) -> Program:
        kiosk = config_folder / "kiosk.yaml"
        kiosk.write_text(kiosk.read_text().replace("size: auto", f"size: {size}"))
        return start("kiosk", "run", "--config", str(config_folder), DISPLAY=monitor.display, SDL_AUDIODRIVER="dummy")

    def test_a_size_that_is_not_offered_is_said_and_the_display_s_own_is_filled(
        self, start: Start, monitor: Monitor, config_folder: Path
    ) -> None:
        program = self.started(start, monitor, config_folder, "1600x900")
        program.wait_for("display: x11, 1920 x 1080")
        program.wait_for("screen.size: the display does not offer 1600 x 900")
        program.wait_for("the space bar is the button")
        assert monitor.window() == ("0,0", "1920x1080")

    def test_a_size_that_is_offered_becomes_the_display_s_as_long_as_it_runs(
        self, start: Start, monitor: Monitor, config_folder: Path
    ) -> None:
        program = self.started(start, monitor, config_folder, "1280x720")
        program.wait_for("display: x11, 1280 x 720")
        program.wait_for("the space bar is the button")
        assert monitor.mode() == "1280x720"
        assert monitor.window() == ("0,0", "1280x720")
        assert program.end() == 0
        assert monitor.mode() == "1920x1080"
        assert not program.found("(does not offer|reopening)")

    def test_another_resolution_is_filled_when_no_cue_is_near(
        self, start: Start, monitor: Monitor, config_folder: Path
    ) -> None:
        program = self.started(start, monitor, config_folder, "auto")
        program.wait_for("display: x11, 1920 x 1080")
        program.wait_for("the space bar is the button")
        subprocess.run([needs("xdotool"), "key", "space"], env={"DISPLAY": monitor.display}, check=True)
        program.wait_for("started: Short circuit")
        monitor.switch("1280x720")
        program.wait_for("finished: Short circuit")
        program.wait_for("display: x11, 1280 x 720")
        assert monitor.window() == ("0,0", "1280x720")
        monitor.switch("1920x1080")
        program.wait_for("display: x11, 1920 x 1080")
        assert monitor.window() == ("0,0", "1920x1080")


class TestHeldKeys:
    """An X server repeats a held key. Each repeat goes to the window that has the focus at that moment."""

    def xdotool(self, display: str, *arguments: str) -> None:
        subprocess.run([needs("xdotool"), *arguments], env={"DISPLAY": display}, check=True, capture_output=True)

    def test_space_held_when_it_starts_counts_once_released(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        self.xdotool(display, "keydown", "space")
        try:
            desktop = Desktop(start, display, config_folder)
        finally:
            self.xdotool(display, "keyup", "space")
        desktop.program.wait_for("the key 'space' counts again")
        assert not [line for line in desktop.program.lines if "cue" in line]
        desktop.key("key")
        desktop.program.wait_for("started: Short circuit")

    def test_space_held_when_it_gets_the_focus_counts_once_released(
        self, start: Start, display: str, config_folder: Path
    ) -> None:
        desktop = Desktop(start, display, config_folder)
        command = [needs("xdotool"), "getwindowfocus"]
        window = subprocess.run(command, env={"DISPLAY": display}, check=True, capture_output=True, text=True).stdout
        with focus_elsewhere(display):
            self.xdotool(display, "keydown", "space")
            self.xdotool(display, "windowfocus", window.strip())
        try:
            desktop.program.wait_for("the key 'space' is down already")
        finally:
            self.xdotool(display, "keyup", "space")
        desktop.program.wait_for("the key 'space' counts again")
        assert not [line for line in desktop.program.lines if "cue" in line]
        desktop.key("key")
        desktop.program.wait_for("started: Short circuit")


class TestPins:
    @pytest.fixture
    def pi(self, start: Start, display: str, config_folder: Path) -> Program:
        return self.started(start, config_folder, display)

    def started(self, start: Start, config_folder: Path, display: str) -> Program:
        program = start(
            "tests.pretend_pi",
            *("run", "--window", "640x360", "--verbose", "--config", str(config_folder)),
            DISPLAY=display,
            SDL_AUDIODRIVER="dummy",
        )
        program.wait_for("buzzer: active, GPIO27")
        return program

    def press(self, pi: Program) -> None:
        pi.say("17 low")
        pi.say("17 high")

    def test_the_button_starts_and_pauses_and_the_buzzer_answers(self, pi: Program) -> None:
        self.press(pi)
        pi.wait_for("started")
        pi.wait_for("27 on")
        pi.wait_for("27 off")
        self.press(pi)
        pi.wait_for("paused")
        pi.wait_for("27 on")

    def test_when_the_display_goes_the_buzzer_is_off_and_the_status_says_so(
        self, start: Start, config_folder: Path
    ) -> None:
        with xvfb() as (server, display):
            pi = self.started(start, config_folder, display)
            self.press(pi)
            pi.wait_for("cue go")
            pi.wait_for("27 on")
            server.kill()
            assert pi.ended() == 3
        assert [line for line in pi.lines if line.startswith("27 ")][-1] == "27 off"
        assert "the display is gone" in pi.lines

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_the_buzzer_is_off_after_the_end_in_the_middle_of_a_signal(
        self, pi: Program, number: signal.Signals
    ) -> None:
        self.press(pi)
        pi.wait_for("cue go")
        pi.wait_for("27 on")
        assert pi.end(number) == 0
        assert [line for line in pi.lines if line.startswith("27 ")][-1] == "27 off"


class TestSpeakers:
    SINKS = 'pcm.nowhere {{ type null }}\npcm.!default {{ type file slave.pcm "nowhere" format "raw" file "{}" }}\n'
    """Settings of ALSA for a device that writes into a file. With /dev/full it fails like an unplugged device."""

    def test_loudspeakers_that_come_late_and_go_are_noticed(
        self, start: Start, display: str, config_folder: Path, tmp_path: Path
    ) -> None:
        devices, settings = tmp_path / "snd", tmp_path / "asound.conf"
        devices.mkdir()
        program = start(
            "tests.pretend_sound",
            *(str(devices), "run", "--window", "640x360", "--config", str(config_folder)),
            DISPLAY=display,
            SDL_AUDIODRIVER="alsa",
            ALSA_CONFIG_PATH=str(settings),
        )
        program.wait_for("no loudspeakers: ALSA")
        settings.write_text(self.SINKS.format("/dev/full"))
        (devices / "pcmC0D0p").touch()
        program.wait_for("sound: the loudspeakers are open")
        program.wait_for("sound: the loudspeakers have gone")
        settings.write_text(self.SINKS.format("/dev/null"))
        (devices / "pcmC1D0p").touch()
        program.wait_for("sound: the loudspeakers are open")
        assert program.end() == 0


class TestTerminal:
    def test_without_a_display_it_says_so_and_enter_is_the_button(self, start: Start, config_folder: Path) -> None:
        program = start("kiosk", "run", "--config", str(config_folder))
        program.wait_for("no display.*in this terminal.*Enter is the button")
        program.say("")
        program.wait_for("GET READY")
        program.wait_for(r"\* tick")
        program.wait_for(r"\* go")
        program.wait_for("WORK   5 s  Glute bridge")
        program.say("")
        program.wait_for("PAUSED")
        program.say("s")
        program.wait_for("Short circuit .* press to start")
        program.say("q")
        assert program.ended() == 0

    def test_goes_on_when_nobody_types(self, start: Start, config_folder: Path) -> None:
        program = start("kiosk", "run", "--config", str(config_folder))
        program.wait_for("press to start")
        assert program.process.stdin is not None
        program.process.stdin.close()
        assert program.end() == 0


class TestCommands:
    def kiosk(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kiosk", *arguments]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **variables}
        return subprocess.run(command, capture_output=True, text=True, cwd="/", env=environment, check=False)

    def test_plan_says_the_total(self) -> None:
        done = self.kiosk("plan")
        assert done.returncode == 0
        assert done.stdout.splitlines()[-1] == "total 18:40"

    def test_plan_in_json(self) -> None:
        made = json.loads(self.kiosk("plan", "back-and-core-for-runners", "--json").stdout)
        assert made["total_s"] == 1120
        assert made["intervals"][0] == {
            "start_s": 0,
            "duration_s": 10,
            "kind": "get_ready",
            "round": 1,
            "exercise": "Stability ball back extension",
            "side": None,
        }
        assert {"at_s": 10, "cue": "go"} in made["cues"]

    def test_check_says_that_all_is_fine(self) -> None:
        done = self.kiosk("check")
        assert (done.returncode, done.stderr) == (0, "")
        circuits, exercises = (len(list((ROOT / "config" / name).iterdir())) for name in ("circuits", "exercises"))
        assert f"is fine: {circuits} circuits, {exercises} exercises" in done.stdout

    def test_check_warns_of_characters_that_no_font_has(self, config_folder: Path) -> None:
        plank = config_folder / "exercises" / "side-plank.yaml"
        plank.write_text(plank.read_text().replace("name: Side plank", "name: Plänk 💪 Планка"))
        done = self.kiosk("check", str(config_folder))
        assert (done.returncode, done.stderr) == (0, "")
        warning, summary = done.stdout.splitlines()
        assert re.search(r"exercises/side-plank.yaml:2:13: the wall's font has no \"💪\" \(U\+1F4AA\)", warning)
        assert summary.endswith(", 1 warning")

    @pytest.mark.parametrize("command", [["check"], ["plan"], ["run", "--simulate"]], ids=lambda command: command[0])
    def test_every_error_of_the_config_is_printed_and_the_status_is_2(
        self, config_folder: Path, command: list[str]
    ) -> None:
        (config_folder / "circuits" / "short.yaml").write_text("name: Short\nrounds: 0\nwork: 60\nexercices: []\n")
        done = self.kiosk(*command, KIOSK_CONFIG=str(config_folder))
        assert done.returncode == 2
        lines = done.stderr.splitlines()
        assert [line.split("short.yaml:")[1][:4] for line in lines] == ["2:9:", "4:1:"]
        assert 'did you mean "exercises"?' in lines[1]

    def test_an_unknown_circuit(self) -> None:
        done = self.kiosk("plan", "back-and-core-for-runer")
        assert done.returncode == 2
        assert 'did you mean "back-and-core-for-runners"?' in done.stderr

    def test_a_config_folder_that_is_not_there(self) -> None:
        done = self.kiosk("plan", "--config", "/nowhere")
        assert done.returncode == 2
        assert "/nowhere: this folder does not exist" in done.stderr

    def test_output_that_nobody_reads_to_the_end(self) -> None:
        done = subprocess.run(
            f"{sys.executable} -m kiosk plan --json | head -1", shell=True, cwd=ROOT, capture_output=True, check=False
        )
        assert done.stderr == b""
