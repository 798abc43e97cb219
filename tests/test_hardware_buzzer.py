"""Buzzers, from cues to the waveform on gpiozero's mock pins. The clock is simulated, so tests hardly wait."""

import logging
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from math import inf
from threading import Condition, Event, Thread
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory, MockPin, MockPWMPin

from kiosk.errors import PinError
from kiosk.hardware import player, retry
from kiosk.hardware.buzzer import MIDDLE_TONE, OCTAVES, ActiveBuzzer, PassiveBuzzer, open_buzzer
from kiosk.hardware.player import Buzzer, Player
from kiosk.signals import SIGNALS, edges
from kiosk.timeline import Cue

PATIENCE_S = 10.0


class Time:
    """A clock that jumps to the time at which the player wants to wake, plus `late_s`. It stops at `until_s`."""

    def __init__(self, late_s: float = 0.0) -> None:
        self.now_s = 100.0
        self.late_s = late_s
        self.until_s = inf
        self.on_wait: Callable[[], None] = lambda: None
        self._rests = Event()

    def clock(self) -> float:
        return self.now_s

    def wait(self, condition: Condition, timeout_s: float | None) -> None:
        self.on_wait()
        if timeout_s is not None and self.now_s + timeout_s <= self.until_s:
            self.now_s += timeout_s + self.late_s
            return
        if timeout_s is not None:
            self.now_s = self.until_s
        self._rests.set()
        assert condition.wait(PATIENCE_S), "the player was left waiting"

    def rest(self) -> None:
        """Wait until the player has nothing to do or the clock has reached `until_s`."""
        assert self._rests.wait(PATIENCE_S), "the player did not come to rest"

    def play(self, act: Callable[[], None]) -> None:
        self.rest()
        self._rests.clear()
        act()
        self.rest()


class Rig:
    """A player on a mock pin, with a record of the pin's changes."""

    def __init__(self, factory: Any, buzzer: Buzzer, pin: MockPin, time: Time) -> None:
        self.time = time
        self.buzzer = buzzer
        self.pin = pin
        self.wave: list[tuple[float, float]] = []
        """Changes of the pin, each as seconds since the start and the new level or duty cycle (0 to 1)."""
        self.tones: list[float | None] = []
        changes = pin._change_state

        def change(value: float) -> bool:
            changed = bool(changes(value))
            if changed:
                self.wave.append((round(time.now_s - 100.0, 6), float(value)))
            if isinstance(pin, MockPWMPin) and value:
                self.tones.append(pin.frequency)
            return changed

        pin._change_state = change
        self.player = Player(buzzer, "the buzzer", time.clock, time.wait)


@pytest.fixture(params=[True, False], ids=["active_high", "active_low"])
def active_high(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def active(active_high: bool) -> Iterator[Rig]:
    factory = MockFactory()
    rig = Rig(factory, ActiveBuzzer(factory, 27, active_high), factory.pin(27), Time())
    yield rig
    rig.player.close()


@pytest.fixture
def passive(active_high: bool) -> Iterator[Rig]:
    factory = MockFactory(pin_class=MockPWMPin)
    rig = Rig(factory, PassiveBuzzer(factory, 27, active_high), factory.pin(27), Time())
    yield rig
    rig.player.close()


def threads() -> list[Thread]:
    """Return the players' threads that are still running."""
    return [thread for thread in enumerate_threads() if thread.name == "the buzzer"]


def planned(cue: Cue) -> list[tuple[float, bool]]:
    """Return when a buzzer of one tone goes on (True) and off (False), in seconds from the start."""
    wave: list[tuple[float, bool]] = []
    for edge in edges(SIGNALS[cue]):
        on = edge.tone_hz is not None
        if not wave or wave[-1][1] != on:
            wave.append((round(edge.at_s, 6), on))
    return wave


def level(on: bool, active_high: bool) -> float:
    return float(on == active_high)


@pytest.mark.parametrize("cue", Cue)
def test_the_waveform_of_an_active_buzzer(active: Rig, active_high: bool, cue: Cue) -> None:
    assert active.pin.state == level(False, active_high)
    active.time.play(lambda: active.player.sound(cue))
    assert active.wave == [(at_s, level(on, active_high)) for at_s, on in planned(cue)]
    assert active.pin.state == level(False, active_high)


@pytest.mark.parametrize("cue", Cue)
def test_the_tones_of_a_passive_buzzer(passive: Rig, active_high: bool, cue: Cue) -> None:
    passive.time.play(lambda: passive.player.sound(cue))
    assert [tone for tone in passive.tones if tone] == [pytest.approx(beep.tone_hz) for beep in SIGNALS[cue]]
    half = [at_s for at_s, duty in passive.wave if duty == 0.5]
    assert half == [at_s for at_s, on in planned(cue) if on]
    assert passive.pin.frequency is None
    assert passive.pin.state == level(False, active_high)


def test_a_passive_buzzer_rests_at_its_off_level(passive: Rig, active_high: bool) -> None:
    assert passive.pin.state == level(False, active_high)
    assert passive.pin.frequency is None


def test_late_waking_does_not_add_up(active: Rig, active_high: bool) -> None:
    active.time.late_s = 0.003
    active.time.play(lambda: active.player.sound(Cue.FINISH))
    (start, first), *others = planned(Cue.FINISH)
    assert active.wave == [
        (start, level(first, active_high)),
        *((pytest.approx(at_s + 0.003), level(on, active_high)) for at_s, on in others),
    ]


def test_after_a_stall_only_what_holds_now_is_set(active: Rig, active_high: bool) -> None:
    """ROUND goes on and off three times. A thread that wakes 10 s late does not play the edges that it missed."""
    active.time.late_s = 10.0
    active.time.play(lambda: active.player.sound(Cue.ROUND))
    assert [value for _, value in active.wave] == [level(True, active_high), level(False, active_high)]


def test_a_new_cue_takes_the_place_of_the_one_that_sounds(active: Rig, active_high: bool) -> None:
    active.time.until_s = 100.2
    active.time.play(lambda: active.player.sound(Cue.FINISH))
    assert active.wave == [(0.0, level(True, active_high))]
    active.time.until_s = inf
    active.time.play(lambda: active.player.sound(Cue.TICK))
    assert active.wave == [(0.0, level(True, active_high)), (0.3, level(False, active_high))]


def test_two_cues_at_once_leave_the_second(active: Rig, active_high: bool) -> None:
    """This happens in a circuit without a get ready, where the cues PRESS and GO have the same moment."""
    active.time.until_s = active.time.now_s
    active.time.play(lambda: active.player.sound(Cue.FINISH))
    active.time.until_s = inf
    active.time.play(lambda: active.player.sound(Cue.TICK))
    assert active.wave == [(0.0, level(True, active_high)), (0.1, level(False, active_high))]


def test_silence_is_at_once(active: Rig, active_high: bool) -> None:
    active.time.until_s = 100.2
    active.time.play(lambda: active.player.sound(Cue.GO))
    active.time.until_s = inf
    active.time.play(active.player.silence)
    assert active.wave == [(0.0, level(True, active_high)), (0.2, level(False, active_high))]


def test_closing_switches_off_in_the_middle_of_a_beep(active: Rig, active_high: bool) -> None:
    active.time.until_s = 100.2
    active.time.play(lambda: active.player.sound(Cue.GO))
    assert active.pin.state == level(True, active_high)
    active.player.close()
    assert active.wave[1] == (0.2, level(False, active_high))
    assert active.pin.function == "input"
    assert not threads()
    active.player.close()
    active.player.sound(Cue.GO)
    active.player.silence()
    assert active.pin.function == "input"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_off_after_an_exception_in_the_player(active: Rig, active_high: bool) -> None:
    def fail() -> None:
        if active.pin.state == level(True, active_high):
            raise RuntimeError("out of the blue")

    active.time.rest()
    active.time.on_wait = fail
    active.player.sound(Cue.GO)
    for thread in threads():
        thread.join(PATIENCE_S)
    assert [value for _, value in active.wave] == [level(True, active_high), level(False, active_high)]


class BrokenBuzzer:
    """A buzzer whose pin fails on the beeps with the numbers in `fails`, counted from 1."""

    def __init__(self, *fails: int) -> None:
        self.fails = fails
        self.beeps = 0
        self.did: list[str] = []

    def on(self, tone_hz: float) -> None:
        self.beeps += 1
        if self.beeps in self.fails:
            self.did.append("fail")
            raise OSError("bad write")
        self.did.append("on")

    def off(self) -> None:
        self.did.append("off")

    def close(self) -> None:
        self.did.append("close")


def test_a_pin_that_fails_is_logged_and_switched_off_and_the_next_cue_sounds(caplog: pytest.LogCaptureFixture) -> None:
    buzzer, time = BrokenBuzzer(2), Time()
    play = Player(buzzer, "the buzzer", time.clock, time.wait)
    time.play(lambda: play.sound(Cue.ROUND))
    assert buzzer.did == ["on", "off", "fail", "off"]
    assert "the buzzer did not sound: bad write" in caplog.text
    time.play(lambda: play.sound(Cue.TICK))
    assert buzzer.did[4:] == ["on", "off"]
    play.close()
    assert buzzer.did[-1] == "close"


class StuckPin:
    """A fault in a mock pin, which fails with EIO the next `fails` times that it is driven to `level`."""

    def __init__(self, pin: MockPin, level: float) -> None:
        self.fails = 0
        self._level = level
        self._set_state = pin._set_state
        pin._set_state = self.set_state

    def set_state(self, value: float) -> None:
        if self.fails and value == self._level:
            self.fails -= 1
            raise OSError(5, "Input/output error")
        self._set_state(value)


@pytest.mark.parametrize("fails", [1, 7])
def test_switching_off_is_repeated_until_it_succeeds(
    active: Rig, active_high: bool, fails: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    StuckPin(active.pin, level(False, active_high)).fails = fails
    active.time.play(lambda: active.player.sound(Cue.TICK))
    off_s = edges(SIGNALS[Cue.TICK])[-1].at_s + fails * player.OFF_AGAIN_S
    assert active.wave == [(0.0, level(True, active_high)), (pytest.approx(off_s), level(False, active_high))]
    assert not active.player.stuck
    assert len(caplog.messages) == 2
    assert "could not be switched off, trying until it is: [Errno 5]" in caplog.messages[0]
    assert caplog.messages[1] == "the buzzer is off"


def test_a_passive_buzzer_that_could_not_be_switched_off_is_silent_the_next_time(
    passive: Rig, active_high: bool
) -> None:
    StuckPin(passive.pin, level(False, active_high)).fails = 1
    passive.time.play(lambda: passive.player.sound(Cue.TICK))
    assert passive.pin.state == level(False, active_high)
    assert passive.pin.frequency is None


def test_it_says_that_it_is_stuck_as_long_as_it_is(active: Rig, active_high: bool) -> None:
    stuck = StuckPin(active.pin, level(False, active_high))
    stuck.fails = 1000
    active.time.until_s = 100.5
    active.time.play(lambda: active.player.sound(Cue.TICK))
    assert active.player.stuck
    stuck.fails = 0
    active.time.until_s = inf
    active.time.play(active.player.silence)
    assert not active.player.stuck
    assert active.pin.state == level(False, active_high)


def test_a_new_cue_sounds_while_the_one_before_cannot_be_switched_off(active: Rig, active_high: bool) -> None:
    stuck = StuckPin(active.pin, level(False, active_high))
    stuck.fails = 1000
    active.time.until_s = 100.5
    active.time.play(lambda: active.player.sound(Cue.TICK))
    stuck.fails = 0
    active.time.until_s = inf
    active.time.play(lambda: active.player.sound(Cue.HALFWAY))
    moments_s, levels = zip(*active.wave[1:], strict=True)
    expected_s, expected = zip(*planned(Cue.HALFWAY)[1:], strict=True)
    assert levels == tuple(level(on, active_high) for on in expected)
    assert moments_s == pytest.approx([0.5 + at_s for at_s in expected_s])


@pytest.mark.parametrize("what", ["off", "close"])
def test_closing_is_repeated_too(active: Rig, active_high: bool, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "AGAIN_S", 0)
    active.time.until_s = 100.2
    active.time.play(lambda: active.player.sound(Cue.GO))
    act = getattr(active.buzzer, what)
    failed: list[bool] = []

    def fail_once() -> None:
        if not failed:
            failed.append(True)
            raise OSError(5, "Input/output error")
        act()

    monkeypatch.setattr(active.buzzer, what, fail_once)
    active.player.close()
    assert active.wave[1] == (0.2, level(False, active_high))
    assert active.pin.function == "input"
    assert not active.player.stuck


def test_a_passive_buzzer_that_cannot_be_opened_leaves_its_pin_free() -> None:
    factory = MockFactory(pin_class=MockPWMPin)
    pin = factory.pin(27)
    StuckPin(pin, 1.0).fails = 1
    with pytest.raises(PinError, match="Input/output error"):
        open_buzzer(factory, 27, "passive", active_high=False)
    assert pin.function == "input"
    open_buzzer(factory, 27, "passive", active_high=False).close()


def test_a_pin_that_hangs_holds_up_neither_the_caller_nor_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(player, "JOIN_S", 0.05)
    hangs, free = Event(), Event()

    class Hanging(BrokenBuzzer):
        def on(self, tone_hz: float) -> None:
            super().on(tone_hz)
            if self.beeps == 2:
                hangs.set()
                free.wait(PATIENCE_S)

    buzzer = Hanging()
    play = Player(buzzer, "the buzzer")
    play.sound(Cue.RESUME)
    assert hangs.wait(PATIENCE_S)
    play.sound(Cue.TICK)
    play.close()
    assert buzzer.did == ["on", "off", "on", "off", "close"]
    assert "its thread does not end" in caplog.text
    free.set()
    for thread in threads():
        thread.join(PATIENCE_S)


def test_it_plays_in_real_time_too() -> None:
    """Only the order of the levels is checked. The length of a beep here depends on how busy the machine is."""
    factory = MockFactory()
    sounder = open_buzzer(factory, 27, "active")
    done = Event()
    pin = factory.pin(27)
    changes = pin._change_state
    values: list[bool] = []

    def change(value: bool) -> bool:
        changed = bool(changes(value))
        if changed:
            values.append(value)
        if len(values) == 2:
            done.set()
        return changed

    pin._change_state = change
    sounder.sound(Cue.TICK)
    assert done.wait(PATIENCE_S)
    assert values == [True, False]
    sounder.close()


def test_off_when_the_program_ends_without_closing() -> None:
    """This tests the handler that runs when Python exits. test_program.py tests the ends of the app itself."""
    program = """
        import atexit, sys
        from threading import Event
        from gpiozero.pins.mock import MockFactory
        from kiosk.hardware.buzzer import ActiveBuzzer
        from kiosk.hardware.player import Player
        from kiosk.timeline import Cue
        factory = MockFactory()
        states = factory.pin(27).states
        atexit.register(lambda: print([state.state for state in states]))
        sounds = Event()
        class Watched(ActiveBuzzer):
            def on(self, tone_hz):
                super().on(tone_hz)
                sounds.set()
        buzzer = Player(Watched(factory, 27, True), "the buzzer")
        buzzer.sound(Cue.FINISH)
        sounds.wait(10)
        sys.exit(3)
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (3, "[False, True, False]"), ended.stderr


def test_the_pin_of_a_buzzer_that_cannot_be_had() -> None:
    factory = MockFactory()
    first = open_buzzer(factory, 27, "active")
    with pytest.raises(PinError, match="GPIO27 cannot be the buzzer: the kiosk already uses this pin"):
        open_buzzer(factory, 27, "active")
    first.close()
    open_buzzer(factory, 27, "active").close()


def test_a_board_without_pwm_has_no_passive_buzzer() -> None:
    factory = MockFactory()
    with pytest.raises(PinError, match="GPIO27 cannot be the buzzer"):
        open_buzzer(factory, 27, "passive")


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="active or passive"):
        open_buzzer(MockFactory(), 27, "none")


def test_every_tone_is_one_that_gpiozero_plays() -> None:
    factory = MockFactory(pin_class=MockPWMPin)
    buzzer = PassiveBuzzer(factory, 27, True)
    for beeps in SIGNALS.values():
        for beep in beeps:
            buzzer.on(beep.tone_hz)
    buzzer.close()
    assert (MIDDLE_TONE, OCTAVES) == ("A5", 2)
