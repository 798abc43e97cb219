"""The parts of the kiosk that run beside the circuit, each on a clock that the test moves."""

from __future__ import annotations

import errno
import logging
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin

from kiosk import config
from kiosk.app import App
from kiosk.errors import DisplayError, PinError
from kiosk.figure.files import FigureFile
from kiosk.hardware import pins as hardware_pins
from kiosk.hardware import retry, speaker
from kiosk.screen.fonts import Fonts
from kiosk.session import Command, Phase, Session
from kiosk.stop import Stop
from kiosk.system.cec import Cec
from kiosk.system.checkpoint import CheckpointStore
from kiosk.view import DarkView, ErrorView, PausedView, StartView
from kiosk.wiring import screen as screen_module
from kiosk.wiring.config_watch import ConfigWatch, timelines_of
from kiosk.wiring.letters import AT_A_TIME, BADGE, Letters
from kiosk.wiring.pins import NOTE_S, Pins
from kiosk.wiring.recovery import Recovery
from kiosk.wiring.screen import OPENING_S, Screen
from kiosk.wiring.speakers import Speakers
from kiosk.wiring.television import Television
from tests.program import PATIENCE_S
from tests.test_app import World


def new_app(
    world: World,
    folder: Path,
    recovery: Recovery | None = None,
    wall_clock: Callable[[], str | None] = lambda: None,
) -> App:
    library = config.load(folder)
    session = Session.start_screen(timelines_of(library), world.now_s, chosen=library.usual)
    app = App(recovery.offer(session) if recovery else session, Stop(), wall_clock, world.clock)
    if recovery:
        app.add_task(recovery)
    app.add_input(world)
    app.add_display(world)
    return app


@pytest.fixture
def world() -> World:
    return World(picture_stays_s=0)


@pytest.fixture
def app(world: World, config_folder: Path) -> App:
    return new_app(world, config_folder)


def library_with(figure: FigureFile) -> config.Library:
    """Return the program's own library with this file for a squat."""
    return config.load(config.shipped("config"))._replace(figures={"squat": figure})


def turn(app: App, world: World, seconds: float = 0.0, *commands: Command) -> None:
    world.now_s += seconds
    world.commands = [(command, world.now_s) for command in commands]
    app.turn()


def press(app: App, world: World, seconds: float = 0.0) -> None:
    turn(app, world, seconds, Command.PRESS, Command.RELEASE)


def phase(app: App) -> Phase:
    return app.session.phase


def turn_until(app: App, world: World, happened: Callable[[], bool]) -> None:
    """Turn the loop until a thread has done something. The app's clock moves on meanwhile."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)
        turn(app, world, 0.01)


class TestConfigWatch:
    @pytest.fixture
    def circuit(self, app: App, config_folder: Path) -> Path:
        """Return the file of the circuit on the start screen. The file's folder is watched."""
        app.add_task(ConfigWatch(config_folder, config.load(config_folder), ()))
        app.turn()
        return config_folder / "circuits" / "short.yaml"

    def name(self, app: App) -> str:
        return app.session.timeline.circuit.name

    def test_a_changed_file_is_taken_over_on_the_start_screen(self, app: App, world: World, circuit: Path) -> None:
        circuit.write_text(circuit.read_text().replace("Short circuit", "Shorter circuit"))
        turn_until(app, world, lambda: self.name(app) == "Shorter circuit")
        assert isinstance(world.frames[-1].view, StartView)
        assert world.badges() == ()

    def test_a_broken_file_shows_what_to_mend_and_goes_by_itself(self, app: App, world: World, circuit: Path) -> None:
        good = circuit.read_text()
        circuit.write_text(good.replace("rounds: 1", "rounds: 0"))
        turn_until(app, world, lambda: isinstance(world.frames[-1].view, ErrorView))
        view = world.frames[-1].view
        assert isinstance(view, ErrorView)
        assert "short.yaml, line 2" in view.where
        circuit.write_text(good)
        turn_until(app, world, lambda: isinstance(world.frames[-1].view, StartView))

    def test_the_last_good_circuit_can_be_started_from_the_error_screen(
        self, app: App, world: World, circuit: Path
    ) -> None:
        circuit.write_text("")
        turn_until(app, world, lambda: isinstance(world.frames[-1].view, ErrorView))
        press(app, world)
        assert phase(app) is Phase.RUNNING

    def test_a_running_circuit_is_not_touched_and_a_badge_says_what_waits(
        self, app: App, world: World, circuit: Path
    ) -> None:
        press(app, world)
        circuit.write_text(circuit.read_text().replace("Short circuit", "Shorter circuit"))
        turn_until(app, world, lambda: world.badges() == ("Changes wait for the end",))
        assert self.name(app) == "Short circuit"
        assert phase(app) is Phase.RUNNING
        turn(app, world, 1, Command.PRESS)
        turn(app, world, 2)
        turn(app, world, 0, Command.RELEASE)
        assert self.name(app) == "Shorter circuit"
        assert world.badges() == ()

    def test_an_error_in_a_running_circuit_is_a_badge_first(self, app: App, world: World, circuit: Path) -> None:
        press(app, world)
        circuit.write_text("oops")
        turn_until(app, world, lambda: world.badges() == ("Config has an error",))
        assert phase(app) is Phase.RUNNING


class TestLetters:
    """Letters in the name of the side plank, an exercise of the circuit on the start screen."""

    def begin(self, world: World, folder: Path) -> App:
        app = new_app(world, folder)
        app.add_task(Letters(folder))
        app.turn()
        return app

    def name(self, folder: Path, name: str) -> None:
        plank = folder / "exercises" / "side-plank.yaml"
        lines = plank.read_text().splitlines()
        plank.write_text("\n".join(f"name: {name}" if line.startswith("name:") else line for line in lines))

    def test_that_the_font_lacks_are_said_once_for_each_text_and_with_its_file(
        self, world: World, config_folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.name(config_folder, "Plänk 💪 Планка")
        app = self.begin(world, config_folder)
        assert caplog.messages == [], "not with the first picture"
        for _ in range(20):
            turn(app, world, 1)
        assert world.badges() == (BADGE,)
        assert caplog.messages == [
            f"{config_folder}/exercises/side-plank.yaml:2:13: "
            'the wall\'s font has no "💪" (U+1F4AA); write "Plänk 💪 Планка" without it'
        ]

    def test_that_the_font_has_leave_no_word(
        self, world: World, config_folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.name(config_folder, "Plänk für Größe")
        app = self.begin(world, config_folder)
        for _ in range(20):
            turn(app, world, 1)
        assert world.badges() == ()
        assert caplog.messages == []

    def test_are_looked_up_again_when_the_config_has_changed(
        self, world: World, config_folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        app = self.begin(world, config_folder)
        for name, badges, lines in (("プランク", (BADGE,), 1), ("Plank", (), 1), ("プランク", (BADGE,), 1)):
            self.name(config_folder, name)
            app.session = new_app(world, config_folder).session
            for _ in range(20):
                turn(app, world, 1)
            assert world.badges() == badges
            assert len(caplog.messages) == lines

    def test_are_looked_up_a_few_at_a_time_and_never_while_a_circuit_runs(
        self, world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def missing_characters(fonts: Fonts, text: str) -> str:
            asked.append(text)
            return ""

        monkeypatch.setattr(Fonts, "missing_characters", missing_characters)
        self.name(config_folder, "".join(map(chr, range(0x3041, 0x3041 + 16))))
        app = self.begin(world, config_folder)
        press(app, world)
        for _ in range(10):
            turn(app, world, 1)
        assert asked == []
        turn(app, world, 0, Command.PRESS)
        turn(app, world, 2)
        turn(app, world, 0, Command.RELEASE)
        for count in range(1, 4):
            before = len(asked)
            turn(app, world, 1)
            assert len(asked) - before <= AT_A_TIME, count
        for _ in range(10):
            turn(app, world, 1)
        assert len(asked) == len(set(asked)) >= 16


class TestRecovery:
    @pytest.fixture
    def keeper(self, tmp_path: Path) -> Callable[[], CheckpointStore]:
        return lambda: CheckpointStore(tmp_path / "state")

    def interrupted(self, world: World, folder: Path, keeper: Callable[[], CheckpointStore], seconds: float) -> None:
        """Run a circuit for some seconds and leave the app unclosed, as a power cut does."""
        kept = keeper()
        app = new_app(world, folder, Recovery(Stop(), kept))
        press(app, world)
        turn(app, world, seconds)
        assert kept.wait(PATIENCE_S)

    def test_an_interrupted_circuit_is_offered_from_the_start_of_its_interval(
        self, world: World, config_folder: Path, keeper: Callable[[], CheckpointStore]
    ) -> None:
        self.interrupted(world, config_folder, keeper, 5.5)
        app = new_app(world, config_folder, Recovery(Stop(), keeper()))
        app.turn()
        view = world.frames[-1].view
        assert isinstance(view, PausedView)
        assert view.restored
        assert view.under.interval.exercise.name == "Glute bridge"
        press(app, world, 1)
        turn(app, world, 3.5)
        assert phase(app) is Phase.RUNNING
        assert app.session.elapsed_s == pytest.approx(2.5)

    def test_a_key_takes_it_up_and_then_the_clock_cannot_take_it_away(
        self, world: World, config_folder: Path, keeper: Callable[[], CheckpointStore], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.interrupted(world, config_folder, keeper, 5.5)
        kept = keeper()
        app = new_app(world, config_folder, Recovery(Stop(), kept))
        turn(app, world, 1, Command.SKIP)
        # A time server sets the clock, which then shows that the circuit was interrupted long ago.
        monkeypatch.setattr(kept, "expired", lambda checkpoint: True)
        turn(app, world, 1)
        view = world.frames[-1].view
        assert isinstance(view, PausedView)
        assert not view.restored

    def test_a_hold_discards_it_for_good(
        self, world: World, config_folder: Path, keeper: Callable[[], CheckpointStore]
    ) -> None:
        self.interrupted(world, config_folder, keeper, 5.5)
        kept = keeper()
        app = new_app(world, config_folder, Recovery(Stop(), kept))
        turn(app, world, 1, Command.PRESS)
        turn(app, world, 2)
        assert phase(app) is Phase.IDLE
        assert kept.wait(PATIENCE_S)
        assert keeper().load() is None

    @pytest.mark.parametrize(("by_signal", "offered"), [(False, False), (True, True)])
    def test_closing_the_window_gives_it_up_and_a_signal_does_not(
        self, world: World, config_folder: Path, keeper: Callable[[], CheckpointStore], by_signal: bool, offered: bool
    ) -> None:
        stop = Stop()
        app = new_app(world, config_folder, Recovery(stop, keeper()))
        press(app, world)
        stop.by_signal = by_signal
        stop.request("the end")
        app.close()
        assert (keeper().load() is not None) is offered

    def test_a_circuit_that_was_edited_meanwhile_is_not_offered(
        self, world: World, config_folder: Path, keeper: Callable[[], CheckpointStore]
    ) -> None:
        self.interrupted(world, config_folder, keeper, 5.5)
        circuit = config_folder / "circuits" / "short.yaml"
        circuit.write_text(circuit.read_text().replace("work: 5", "work: 6"))
        app = new_app(world, config_folder, Recovery(Stop(), keeper()))
        assert phase(app) is Phase.IDLE


class TestPins:
    @pytest.fixture
    def factory(self, monkeypatch: pytest.MonkeyPatch) -> MockFactory:
        factory = MockFactory(pin_class=MockPWMPin)
        monkeypatch.setattr(hardware_pins, "board", lambda: "Raspberry Pi 4, pretending")
        monkeypatch.setattr(hardware_pins, "open_factory", lambda name: factory)
        return factory

    @pytest.fixture
    def settings(self) -> config.Settings:
        return config.Settings()

    def test_the_button_works_and_the_buzzer_sounds(
        self, app: App, world: World, factory: MockFactory, settings: config.Settings
    ) -> None:
        app.add_task(Pins(settings, simulate=False))
        app.turn()
        factory.pin(17).drive_low()
        app.turn()
        assert phase(app) is Phase.RUNNING
        app.close()

    def test_pins_that_are_missing_are_tried_again(
        self,
        app: App,
        world: World,
        factory: MockFactory,
        settings: config.Settings,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def missing(name: str) -> Any:
            raise PinError("the kernel shows no pins")

        with monkeypatch.context() as gone:
            gone.setattr(hardware_pins, "open_factory", missing)
            app.add_task(Pins(settings, simulate=False))
            for _ in range(4):
                turn(app, world, 5)
            assert world.badges() == ("No pins", "No button: use the space bar", "No buzzer")
            assert len([line for line in caplog.messages if "the kernel shows no pins" in line]) == 1
        turn(app, world, 5)
        app.turn()
        assert world.badges() == ()
        factory.pin(17).drive_low()
        app.turn()
        assert phase(app) is Phase.RUNNING
        app.close()

    def test_pins_that_were_changed_are_reopened(
        self, app: App, world: World, factory: MockFactory, settings: config.Settings
    ) -> None:
        pins = Pins(settings, simulate=False)
        app.add_task(pins)
        app.turn()
        pins.reconfigure(app, config.Settings(button=config.ButtonSettings(pin=5)))
        turn(app, world, 1)
        factory.pin(17).drive_low()
        app.turn()
        assert phase(app) is Phase.IDLE
        factory.pin(5).drive_low()
        app.turn()
        assert phase(app) is Phase.RUNNING
        app.close()

    def test_a_buzzer_that_cannot_be_switched_off_is_said_until_it_is(
        self, app: App, world: World, factory: MockFactory, settings: config.Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app.add_task(Pins(settings, simulate=False))
        app.turn()
        pin = factory.pin(27)
        set_state = pin._set_state

        def fail(value: float) -> None:
            if not value:
                raise OSError(5, "Input/output error")
            set_state(value)

        monkeypatch.setattr(pin, "_set_state", fail)
        press(app, world)
        turn_until(app, world, lambda: world.badges() == ("Buzzer stays on",))
        monkeypatch.setattr(pin, "_set_state", set_state)
        turn_until(app, world, lambda: world.badges() == () and not pin.state)
        app.close()

    def test_a_buzzer_that_is_not_wanted_any_more_is_not_missed(
        self, app: App, world: World, factory: MockFactory, settings: config.Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(*arguments: object, **more: object) -> Any:
            raise PinError("GPIO27 cannot be the buzzer")

        monkeypatch.setattr("kiosk.hardware.buzzer.open_buzzer", missing)
        pins = Pins(settings, simulate=False)
        app.add_task(pins)
        app.turn()
        app.turn()
        assert world.badges() == ("No buzzer",)
        pins.reconfigure(app, settings._replace(buzzer=config.BuzzerSettings(kind=config.BuzzerKind.NONE)))
        turn(app, world, 5)
        app.turn()
        assert world.badges() == ()
        app.close()

    @pytest.mark.parametrize("fails", [1, 1000])
    def test_pins_that_cannot_be_given_back_do_not_end_the_wall(
        self,
        app: App,
        world: World,
        factory: MockFactory,
        settings: config.Settings,
        monkeypatch: pytest.MonkeyPatch,
        fails: int,
    ) -> None:
        monkeypatch.setattr(retry, "AGAIN_S", 0)
        closed: list[int] = []

        def fail() -> None:
            closed.append(len(closed))
            if len(closed) <= fails:
                raise OSError(5, "Input/output error")

        monkeypatch.setattr(factory, "close", fail)
        pins = Pins(settings, simulate=False)
        app.add_task(pins)
        app.turn()
        pins.reconfigure(app, config.Settings(button=config.ButtonSettings(pin=5)))
        assert len(closed) == min(fails + 1, retry.TRIES)
        turn(app, world, 1)
        factory.pin(5).drive_low()
        app.turn()
        assert phase(app) is Phase.RUNNING
        app.close()

    @pytest.mark.parametrize(
        ("kind", "simulate", "opens", "sounds"),
        [
            (config.BuzzerKind.ACTIVE, False, True, True),
            (config.BuzzerKind.ACTIVE, False, False, False),
            (config.BuzzerKind.NONE, False, True, None),
            (config.BuzzerKind.ACTIVE, True, True, None),
        ],
    )
    def test_it_says_whether_the_buzzer_can_sound(
        self,
        app: App,
        factory: MockFactory,
        monkeypatch: pytest.MonkeyPatch,
        kind: config.BuzzerKind,
        simulate: bool,
        opens: bool,
        sounds: bool | None,
    ) -> None:
        def missing(*arguments: object, **more: object) -> Any:
            raise PinError("GPIO27 cannot be the buzzer")

        if not opens:
            monkeypatch.setattr("kiosk.hardware.buzzer.open_buzzer", missing)
        pins = Pins(config.Settings(buzzer=config.BuzzerSettings(kind=kind)), simulate=simulate)
        app.add_task(pins)
        app.turn()
        assert pins.buzzer_sounds() is sounds
        app.close()

    def test_on_a_desktop_the_keyboard_is_the_button(
        self, app: App, world: World, settings: config.Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        app.add_task(Pins(settings, simulate=True))
        for _ in range(3):
            turn(app, world, 10)
        assert [line for line in caplog.messages if "the space bar is the button" in line] == [
            "no pins are used: the space bar is the button"
        ]

    @pytest.mark.parametrize("simulate", [True, False])
    def test_the_wall_of_a_desktop_says_which_key_is_the_button_and_then_has_no_badge(
        self, app: App, world: World, settings: config.Settings, monkeypatch: pytest.MonkeyPatch, simulate: bool
    ) -> None:
        monkeypatch.setattr(hardware_pins, "board", lambda: None)
        pins = Pins(settings, simulate=simulate)
        app.add_task(pins)
        app.turn()
        turn(app, world, 1)
        assert world.badges() == ("Button: the space bar",)
        # Without pins no buzzer is expected, so none is missing.
        assert pins.buzzer_sounds() is None
        turn(app, world, NOTE_S)
        app.turn()
        assert world.badges() == ()
        pins.reconfigure(app, config.Settings(button=config.ButtonSettings(pin=5)))
        for _ in range(3):
            turn(app, world, NOTE_S / 2)
            assert world.badges() == ()


class FakeCec(Cec):
    def __init__(self) -> None:
        super().__init__()
        self.on = True

    def switch(self, on: bool) -> None:
        self.on = on

    def close(self) -> None: ...


class TestTelevision:
    def test_sleeps_after_an_idle_time_and_the_press_that_wakes_it_starts_nothing(self, app: App, world: World) -> None:
        cec = FakeCec()
        television = config.TelevisionSettings(sleep_after_s=600)
        app.add_task(Television(config.Settings(television=television), cec))
        app.turn()
        turn(app, world, 599)
        assert cec.on
        turn(app, world, 1)
        app.turn()
        assert not cec.on
        assert isinstance(world.frames[-1].view, DarkView)
        press(app, world, 5)
        assert cec.on
        assert phase(app) is Phase.IDLE
        assert isinstance(world.frames[-1].view, StartView)
        press(app, world, 5)
        assert phase(app) is Phase.RUNNING

    def test_a_key_wakes_it_and_keeps_it_awake(self, app: App, world: World) -> None:
        cec = FakeCec()
        television = config.TelevisionSettings(sleep_after_s=600)
        app.add_task(Television(config.Settings(television=television), cec))
        app.turn()
        turn(app, world, 599, Command.SKIP)
        turn(app, world, 599)
        assert cec.on
        turn(app, world, 1)
        assert not cec.on
        turn(app, world, 5, Command.BACK)
        assert cec.on
        assert phase(app) is Phase.IDLE
        assert isinstance(world.frames[-1].view, StartView)

    def test_never_sleeps_while_somebody_trains(self, app: App, world: World) -> None:
        cec = FakeCec()
        television = config.TelevisionSettings(sleep_after_s=10)
        app.add_task(Television(config.Settings(television=television), cec))
        press(app, world)
        turn(app, world, 12)
        assert cec.on


class TestSpeakers:
    @pytest.fixture
    def devices(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return an empty folder that stands for the kernel's sound devices. SDL opens its silent dummy device."""
        folder = tmp_path / "snd"
        folder.mkdir()
        monkeypatch.setattr(speaker, "DEVICES", folder)
        monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
        return folder

    @pytest.fixture
    def asked(self, devices: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Return a list of the number of devices at each attempt to open one. An attempt without devices fails."""
        asked: list[int] = []
        opens = speaker.Speaker

        def open_speaker() -> speaker.Speaker:
            asked.append(len(list(devices.iterdir())))
            if not asked[-1]:
                raise speaker.SpeakerError("no loudspeakers: ALSA has none")
            return opens()

        monkeypatch.setattr(speaker, "Speaker", open_speaker)
        return asked

    def speakers(self, app: App, *, buzzer: bool | None = None, wanted: bool = True) -> Speakers:
        settings = config.Settings(speakers=config.Speakers.AUTO if wanted else config.Speakers.OFF)
        speakers = Speakers(settings, lambda: buzzer)
        app.add_task(speakers)
        return speakers

    def test_may_be_switched_off_and_on_while_it_runs(self, app: App, world: World, devices: Path) -> None:
        speakers = self.speakers(app)
        for settings, is_open in (
            (config.Settings(), True),
            (config.Settings(speakers=config.Speakers.OFF), False),
            (config.Settings(), True),
        ):
            speakers.reconfigure(app, settings)
            turn(app, world, 1)
            assert (pygame.mixer.get_init() is not None) is is_open
        app.close()

    def test_a_television_switched_on_later_sounds(
        self, app: App, world: World, devices: Path, asked: list[int], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        self.speakers(app)
        for _ in range(15):
            turn(app, world, 1)
        assert world.badges() == ("No sound",)
        (devices / "pcmC0D0p").touch()
        for _ in range(6):
            turn(app, world, 1)
        app.turn()
        assert world.badges() == ()
        assert pygame.mixer.get_init() is not None
        assert caplog.messages == ["sound: no loudspeakers: ALSA has none", "sound: the loudspeakers are open"]
        app.close()

    def test_sdl_is_asked_only_when_something_has_changed(
        self, app: App, world: World, devices: Path, asked: list[int]
    ) -> None:
        self.speakers(app)
        for _ in range(600):
            turn(app, world, 1)
        (devices / "controlC0").touch()
        (devices / "pcmC0D0c").touch()
        for _ in range(600):
            turn(app, world, 1)
        assert asked == [0]
        app.close()

    def test_a_device_that_cannot_be_used_is_tried_once_a_minute(
        self, app: App, world: World, devices: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (devices / "pcmC0D0p").touch()
        tried: list[float] = []

        def fail() -> Any:
            tried.append(world.now_s)
            raise speaker.SpeakerError("no loudspeakers: they are busy")

        monkeypatch.setattr(speaker, "Speaker", fail)
        self.speakers(app)
        for _ in range(600):
            turn(app, world, 1)
        assert 10 <= len(tried) <= 11
        app.close()

    def test_nothing_is_opened_when_a_cue_is_near(
        self, app: App, world: World, devices: Path, asked: list[int]
    ) -> None:
        self.speakers(app)
        press(app, world)
        (devices / "pcmC0D0p").touch()
        for _ in range(25):
            turn(app, world, 0.5)
            assert phase(app) is Phase.RUNNING
        # The circuit's rests and work are so short that a cue is always near.
        assert asked == []
        turn(app, world, 0, Command.PRESS, Command.RELEASE)
        turn(app, world, 5)
        assert asked == [1]
        app.close()

    def test_loudspeakers_that_went_are_said_and_opened_again(
        self, app: App, world: World, devices: Path, asked: list[int], caplog: pytest.LogCaptureFixture
    ) -> None:
        device = devices / "pcmC0D0p"
        device.touch()
        speakers = self.speakers(app)
        app.turn()
        device.unlink()
        speakers.lose()
        for _ in range(6):
            turn(app, world, 1)
        assert world.badges() == ("No sound",)
        assert pygame.mixer.get_init() is None
        device.touch()
        for _ in range(6):
            turn(app, world, 1)
        app.turn()
        assert world.badges() == ()
        assert pygame.mixer.get_init() is not None
        assert [record.message for record in caplog.records] == ["sound: the loudspeakers have gone"]
        app.close()

    def test_loudspeakers_that_go_again_and_again_are_not_opened_all_the_time(
        self, app: App, world: World, devices: Path, asked: list[int]
    ) -> None:
        (devices / "pcmC0D0p").touch()
        speakers = self.speakers(app)
        for _ in range(300):
            turn(app, world, 1)
            speakers.lose()
        assert len(asked) <= 6
        app.close()

    @pytest.mark.parametrize(
        ("wanted", "there", "buzzer", "badge"),
        [
            (True, False, None, True),
            (True, False, False, True),
            (True, False, True, False),
            (True, True, None, False),
            (True, True, False, False),
            (False, False, None, False),
            (False, False, False, True),
            (False, True, True, False),
        ],
    )
    def test_the_wall_says_when_nothing_can_sound_unless_it_is_mute_by_choice(
        self,
        app: App,
        world: World,
        devices: Path,
        asked: list[int],
        wanted: bool,
        there: bool,
        buzzer: bool | None,
        badge: bool,
    ) -> None:
        if there:
            (devices / "pcmC0D0p").touch()
        self.speakers(app, buzzer=buzzer, wanted=wanted)
        app.turn()
        app.turn()
        assert world.badges() == (("No sound",) if badge else ())
        app.close()


class FakeWindow:
    """A stand-in for SDL's window. `there` says whether a television can be found."""

    there = True
    direct = True
    opened = 0
    shows: bool | OSError | None = True
    display = (1920, 1080)
    refused: tuple[int, int] | None = None
    rotate: object = 0

    def __init__(self, *arguments: object, **more: object) -> None:
        if not FakeWindow.there:
            raise DisplayError("kmsdrm not available")
        FakeWindow.opened += 1
        FakeWindow.rotate = more["rotate"]
        self.shown = 0
        self.opened_on = FakeWindow.display

    @property
    def size(self) -> tuple[int, int]:
        return (1920, 1080)

    def sizes(self) -> tuple[int, int]:
        return FakeWindow.display

    def fits(self) -> bool:
        return FakeWindow.display == self.opened_on

    def fds(self) -> Sequence[int]:
        return ()

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        return ()

    def show(self, *arguments: object) -> float:
        self.shown += 1
        return 0.0

    def prepare(self, *arguments: object) -> None: ...

    def warm_up(self, *arguments: object) -> None: ...

    def arrives(self) -> bool | None:
        if isinstance(FakeWindow.shows, OSError):
            raise FakeWindow.shows
        return FakeWindow.shows

    def close(self) -> None: ...


class TestScreen:
    @pytest.fixture
    def connector(self, tmp_path: Path) -> Path:
        """Return the file in which the kernel says whether a television is connected."""
        path = tmp_path / "drm" / "card1-HDMI-A-1" / "status"
        path.parent.mkdir(parents=True)
        path.write_text("connected\n")
        return path

    @pytest.fixture
    def screen(self, app: App, connector: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
        FakeWindow.there, FakeWindow.direct, FakeWindow.opened, FakeWindow.shows = True, True, 0, True
        FakeWindow.display, FakeWindow.refused = (1920, 1080), None
        monkeypatch.setattr(screen_module, "Window", FakeWindow)
        screen = Screen(lambda why: None, size=None, full_screen=True, drm=connector.parents[1])
        app.add_display(screen)
        app.add_task(screen)
        return screen

    def test_unplugged_and_plugged_in_again_while_a_circuit_runs(
        self, app: App, world: World, screen: Screen, connector: Path
    ) -> None:
        screen.open()
        press(app, world)
        connector.write_text("disconnected\n")
        turn(app, world, 2)
        turn(app, world, 2)
        assert phase(app) is Phase.RUNNING
        assert FakeWindow.opened == 1
        connector.write_text("connected\n")
        turn(app, world, 2)
        assert FakeWindow.opened == 2
        assert app.session.elapsed_s == pytest.approx(6)

    def test_the_watchdog_is_asked_to_wait_before_a_window_is_opened(self, screen: Screen, connector: Path) -> None:
        asked: list[tuple[float, int]] = []
        patient = Screen(
            lambda why: None,
            size=None,
            full_screen=True,
            patient_for=lambda seconds: asked.append((seconds, FakeWindow.opened)),
            drm=connector.parents[1],
        )
        patient.open()
        assert asked == [(OPENING_S, 0)]
        assert FakeWindow.opened == 1

    def test_not_there_at_the_start(self, app: App, world: World, screen: Screen, connector: Path) -> None:
        connector.write_text("disconnected\n")
        press(app, world)
        assert phase(app) is Phase.RUNNING
        connector.write_text("connected\n")
        turn(app, world, 2)
        assert FakeWindow.opened == 1

    def test_another_resolution_opens_it_anew(self, app: App, screen: Screen) -> None:
        screen.open()
        screen.reconfigure(app, config.Settings())
        assert FakeWindow.opened == 1
        screen.reconfigure(app, config.Settings(screen=config.ScreenSettings(size=(1280, 720))))
        assert FakeWindow.opened == 2

    @pytest.mark.parametrize("full_screen", [True, False])
    def test_another_rotation_opens_it_anew(self, app: App, screen: Screen, connector: Path, full_screen: bool) -> None:
        turned = Screen(
            lambda why: None, size=(1280, 720), full_screen=full_screen, rotate=90, drm=connector.parents[1]
        )
        turned.open()
        assert FakeWindow.rotate == 90
        settings = config.ScreenSettings(size=(1280, 720), rotate=270)
        for _ in range(2):
            turned.reconfigure(app, config.Settings(screen=settings))
            assert (FakeWindow.opened, FakeWindow.rotate) == (2, 270)

    @pytest.mark.parametrize("direct", [True, False])
    def test_another_resolution_of_the_display_opens_it_anew_once(
        self, app: App, world: World, screen: Screen, direct: bool
    ) -> None:
        FakeWindow.direct = direct
        screen.open()
        for _ in range(5):
            turn(app, world, 1)
        assert FakeWindow.opened == 1
        for opened, display in enumerate([(1280, 720), (1920, 1080), (1280, 720)], 2):
            FakeWindow.display = display
            for _ in range(5):
                turn(app, world, 1)
            assert FakeWindow.opened == opened

    def test_a_window_manager_that_resizes_every_window_is_left_in_peace(
        self, app: App, world: World, screen: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(FakeWindow, "fits", lambda window: False)
        screen.open()
        for _ in range(60):
            turn(app, world, 1)
        assert FakeWindow.opened == 2

    def test_a_mode_that_the_television_does_not_offer_any_more_is_left(
        self, app: App, world: World, screen: Screen, connector: Path
    ) -> None:
        modes = connector.with_name("modes")
        modes.write_text("3840x2160\n1920x1080i\n1280x720\n")
        screen.open()
        for _ in range(5):
            turn(app, world, 1)
        assert FakeWindow.opened == 1
        modes.write_text("1280x720\n1024x768\n")
        for _ in range(5):
            turn(app, world, 1)
        assert FakeWindow.opened == 2

    def test_an_idle_wall_seldom_asks_the_display_for_its_size(
        self, app: App, world: World, screen: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[FakeWindow] = []

        def fits(window: FakeWindow) -> bool:
            asked.append(window)
            return True

        monkeypatch.setattr(FakeWindow, "fits", fits)
        screen.open()
        for _ in range(60):
            turn(app, world, 1)
        assert 0 < len(asked) <= 12

    def test_another_resolution_waits_until_no_cue_is_near(self, app: App, world: World, screen: Screen) -> None:
        screen.open()
        press(app, world)
        FakeWindow.display = (1280, 720)
        for _ in range(20):
            turn(app, world, 0.5)
            assert phase(app) is Phase.RUNNING
        assert FakeWindow.opened == 1
        press(app, world)
        turn(app, world, 2)
        assert phase(app) is Phase.PAUSED
        assert FakeWindow.opened == 2

    def test_a_size_that_the_display_does_not_offer_is_said_on_the_wall(
        self, app: App, world: World, screen: Screen
    ) -> None:
        FakeWindow.refused = (1600, 900)
        screen.open()
        for _ in range(3):
            turn(app, world, 1)
        assert world.badges() == ("Screen has no 1600x900",)
        FakeWindow.refused = None
        for _ in range(3):
            turn(app, world, 1)
        assert world.badges() == ()

    def test_other_figures_open_it_anew_so_that_nothing_old_stays(self, app: App, screen: Screen) -> None:
        screen.open()
        for content in (b"before", b"before", b"after"):
            screen.use_figures(app, library_with(FigureFile(Path("squat.yaml"), content)))
        assert FakeWindow.opened == 3

    def test_without_a_television_other_figures_wait_for_one(self, app: App, screen: Screen) -> None:
        screen.use_figures(app, library_with(FigureFile(Path("squat.yaml"))))
        assert FakeWindow.opened == 0

    def test_a_television_that_sdl_does_not_find_is_tried_again(self, app: App, world: World, screen: Screen) -> None:
        FakeWindow.there = False
        for _ in range(3):
            turn(app, world, 2)
        assert FakeWindow.opened == 0
        FakeWindow.there = True
        turn(app, world, 2)
        assert FakeWindow.opened == 1

    def test_a_picture_that_arrives_is_said_once(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        screen.open()
        for _ in range(200):
            turn(app, world, 1)
        assert self.said(caplog) == ["display: the picture is on the screen"]
        assert FakeWindow.opened == 1
        assert world.badges() == ()

    def test_a_picture_that_does_not_arrive_is_said_and_a_few_new_windows_are_tried(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        FakeWindow.shows = False
        screen.open()
        for _ in range(5):
            turn(app, world, 1)
        assert world.badges() == ("No picture on the screen",)
        assert [record.levelno for record in caplog.records] == [logging.ERROR]
        assert "sudo apt install libegl1" in caplog.text
        for _ in range(600):
            turn(app, world, 1)
        assert FakeWindow.opened == 3
        assert world.badges() == ("No picture on the screen",)

    def test_a_new_window_that_helps_ends_it(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        FakeWindow.shows = False
        screen.open()
        while FakeWindow.opened == 1:
            turn(app, world, 1)
        FakeWindow.shows = True
        for _ in range(200):
            turn(app, world, 1)
        assert self.said(caplog)[-1] == "display: the picture is on the screen"
        assert world.badges() == ()
        assert FakeWindow.opened == 2

    def test_nothing_is_reopened_while_somebody_trains(self, app: App, world: World, screen: Screen) -> None:
        FakeWindow.shows = False
        screen.open()
        press(app, world)
        for _ in range(14):
            turn(app, world, 1)
        assert phase(app) is Phase.RUNNING
        assert world.badges() == ("No picture on the screen",)
        assert FakeWindow.opened == 1
        # A hold ends the circuit.
        turn(app, world, 0, Command.PRESS)
        turn(app, world, 2)
        turn(app, world, 2, Command.RELEASE)
        assert phase(app) is Phase.IDLE
        assert FakeWindow.opened == 2

    def test_one_look_that_meets_a_changing_wall_alarms_nobody(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        screen.open()
        for shows in (None, False, None, False, True):
            FakeWindow.shows = shows
            turn(app, world, 1)
        assert caplog.messages == []
        assert world.badges() == ()

    def test_a_dark_wall_is_looked_at_when_it_wakes(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        FakeWindow.shows = None
        screen.open()
        for _ in range(600):
            turn(app, world, 1)
        assert self.said(caplog) == []
        FakeWindow.shows = True
        turn(app, world, 1)
        assert self.said(caplog) == ["display: the picture is on the screen"]

    def test_a_kernel_that_does_not_tell_alarms_nobody(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        FakeWindow.shows = PermissionError("another program drives the display")
        screen.open()
        for _ in range(200):
            turn(app, world, 1)
        assert self.said(caplog) == [
            "display: the picture may be on the screen, the kernel does not tell: another program drives the display"
        ]
        assert not [record for record in caplog.records if record.levelno > logging.INFO]
        assert world.badges() == ()
        assert FakeWindow.opened == 1

    def test_on_a_desktop_nobody_asks(
        self, app: App, world: World, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        FakeWindow.direct, FakeWindow.shows = False, False
        screen.open()
        for _ in range(200):
            turn(app, world, 1)
        assert self.said(caplog) == []
        assert world.badges() == ()

    def test_each_window_is_looked_at(
        self,
        app: App,
        world: World,
        screen: Screen,
        connector: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.INFO)
        screen.open()
        turn(app, world, 2)
        connector.write_text("disconnected\n")
        turn(app, world, 2)
        connector.write_text("connected\n")
        for _ in range(3):
            turn(app, world, 2)
        assert self.said(caplog) == ["display: the picture is on the screen"] * 2

    def said(self, caplog: pytest.LogCaptureFixture) -> list[str]:
        return [line for line in caplog.messages if line.startswith("display: ")]

    def test_a_connector_that_vanishes_while_it_is_looked_at_is_no_television(
        self, app: App, world: World, screen: Screen, connector: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = connector.parents[1] / "card1-DP-1" / "status"
        gone.parent.mkdir()
        gone.symlink_to("nowhere")
        screen.open()
        turn(app, world, 2)
        connector.write_text("disconnected\n")
        turn(app, world, 2)
        connector.write_text("connected\n")
        turn(app, world, 2)
        assert FakeWindow.opened == 2

        def broken(folder: Path, pattern: str) -> list[Path]:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(Path, "glob", broken)
        turn(app, world, 2)
        assert FakeWindow.opened == 2


def test_the_watched_folder_may_go_and_come_back(app: App, world: World, config_folder: Path) -> None:
    app.add_task(ConfigWatch(config_folder, config.load(config_folder), ()))
    app.turn()
    moved = config_folder.with_name("moved")
    shutil.move(config_folder, moved)
    turn_until(app, world, lambda: isinstance(world.frames[-1].view, ErrorView))
    shutil.move(moved, config_folder)
    turn_until(app, world, lambda: isinstance(world.frames[-1].view, StartView))
