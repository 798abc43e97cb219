"""The doctor's findings, and its advice for each of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import pytest
from gpiozero.pins.mock import MockFactory

from kiosk import config, doctor
from kiosk.doctor import checks, hands_on
from kiosk.doctor.finding import Finding, Result
from kiosk.doctor.machine import Machine
from kiosk.doctor.report import as_text
from kiosk.session import Command
from kiosk.system.graphics import NO_PICTURE
from tests.conftest import ROOT
from tests.test_hardware_button import HeldPin

DRAWN_WITH = "display: KMSDRM, 1920 x 1080"
MODEL = "Raspberry Pi 4 Model B Rev 1.4"


class Pretended(Machine):
    """A machine whose programs print what the test sets in `programs`."""

    programs: dict[str, str]
    lacks: list[str]

    def __init__(self, root: Path, **said: str) -> None:
        super().__init__(root)
        object.__setattr__(self, "programs", said)
        object.__setattr__(self, "lacks", [])

    def has_program(self, name: str) -> bool:
        return name.replace("-", "_") in self.programs

    def output_of(self, *command: str) -> str | None:
        return self.programs.get(command[0].replace("-", "_"))

    def missing_libraries(self, names: Sequence[str]) -> list[str]:
        return self.lacks


def put(root: Path, path: str, text: str = "") -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def pi(tmp_path: Path) -> Pretended:
    put(tmp_path, "proc/device-tree/model", f"{MODEL}\0")
    return Pretended(tmp_path)


class TestChecks:
    def test_board(self, pi: Pretended, tmp_path: Path) -> None:
        assert checks.board(pi) == Finding("board", Result.OK, MODEL)
        assert checks.board(Pretended(tmp_path / "nothing")).result is Result.WARNING

    @pytest.mark.parametrize(
        ("said", "result", "found"),
        [
            (None, Result.WARNING, "unknown: the firmware does not report it"),
            ("throttled=0x0", Result.OK, "enough voltage, cool enough"),
            ("throttled=0x50000", Result.WARNING, "since power-on: too little voltage, throttled"),
            ("throttled=0x50005", Result.FAILED, "now: too little voltage, throttled"),
            ("throttled=0x80008", Result.FAILED, "now: too hot"),
            ("what?", Result.WARNING, "unknown: the firmware does not report it"),
        ],
    )
    def test_power(self, tmp_path: Path, said: str | None, result: Result, found: str) -> None:
        finding = checks.power(Pretended(tmp_path, **({"vcgencmd": said} if said else {})))
        assert (finding.result, finding.found) == (result, found)

    def test_display(self, pi: Pretended) -> None:
        assert checks.display(pi).result is Result.WARNING
        put(pi.root, "sys/class/drm/card1-HDMI-A-1/status", "disconnected\n")
        put(pi.root, "sys/class/drm/card1-HDMI-A-2/status", "disconnected\n")
        assert checks.display(pi).found == "no television at HDMI-A-1, HDMI-A-2"
        put(pi.root, "sys/class/drm/card1-HDMI-A-1/status", "connected\n")
        put(pi.root, "sys/class/drm/card1-HDMI-A-1/modes", "1920x1080\n1280x720\n")
        assert checks.display(pi) == Finding("display", Result.OK, "HDMI-A-1 1920x1080")
        assert checks.display(pi, (1280, 720)).result is Result.OK
        finding = checks.display(pi, (1600, 900))
        assert finding.result is Result.WARNING
        assert finding.found == "HDMI-A-1 1920x1080; it does not offer screen.size (1600x900)"
        assert finding.to_do.endswith("auto or to one of these: 1920x1080, 1280x720")
        pi.programs["journalctl"] = "display: KMSDRM, 1920 x 1080"
        assert checks.display(pi).found == "HDMI-A-1 1920x1080; KMSDRM, 1920 x 1080"
        pi.lacks.append("libGL.so.1")
        finding = checks.display(pi)
        assert (finding.result, finding.to_do) == (Result.FAILED, "sudo apt install libgl1")

    @pytest.mark.parametrize(
        ("said", "result", "found"),
        [
            ("display: the picture is on the screen\n" + DRAWN_WITH, Result.OK, "the picture is on the screen"),
            (
                f"{NO_PICTURE}; do this\n" + DRAWN_WITH,
                Result.FAILED,
                "the picture does not arrive on the screen",
            ),
            # A new window has opened since, and it is not known yet whether its picture arrives.
            (f"{DRAWN_WITH}\n{NO_PICTURE}; do this", Result.OK, ""),
        ],
    )
    def test_display_with_what_the_kiosk_has_seen_there(
        self, pi: Pretended, said: str, result: Result, found: str
    ) -> None:
        put(pi.root, "sys/class/drm/card1-HDMI-A-1/status", "connected\n")
        put(pi.root, "sys/class/drm/card1-HDMI-A-1/modes", "1920x1080\n")
        pi.programs["journalctl"] = said
        finding = checks.display(pi)
        whole = f"HDMI-A-1 1920x1080; KMSDRM, 1920 x 1080; {found}".removesuffix("; ")
        assert (finding.result, finding.found) == (result, whole)
        assert ("sudo apt install" in finding.to_do) is (result is Result.FAILED)

    @pytest.mark.parametrize(
        ("state", "result", "found"),
        [
            ("LoadState=not-found\nActiveState=inactive", Result.WARNING, "not installed"),
            ("LoadState=loaded\nActiveState=failed", Result.FAILED, "failed"),
            ("LoadState=loaded\nUnitFileState=enabled\nActiveState=inactive", Result.FAILED, "inactive"),
            ("LoadState=loaded\nUnitFileState=disabled\nActiveState=inactive", Result.WARNING, "switched off"),
            ("LoadState=loaded\nActiveState=active\nStatusText=start screen\nNRestarts=0", Result.OK, "start screen"),
            ("LoadState=loaded\nActiveState=active\nNRestarts=3", Result.WARNING, "restarted 3 times"),
        ],
    )
    def test_service(self, tmp_path: Path, state: str, result: Result, found: str) -> None:
        finding = checks.service(Pretended(tmp_path, systemctl=state))
        assert finding.result is result
        assert found in finding.found

    def test_sound(self, pi: Pretended, tmp_path: Path) -> None:
        alone = config.Settings(buzzer=config.BuzzerSettings(kind=config.BuzzerKind.NONE))
        finding = checks.sound(pi, config.Settings())
        assert (finding.result, finding.found) == (Result.WARNING, "no loudspeakers")
        assert "speakers: off" in finding.to_do
        finding = checks.sound(pi, alone)
        assert (finding.result, finding.found) == (Result.FAILED, "no loudspeakers; the wall is mute")
        assert checks.sound(Pretended(tmp_path / "nothing"), alone).result is Result.WARNING
        off = config.Speakers.OFF
        assert checks.sound(pi, config.Settings(speakers=off)).found == "only the buzzer, by kiosk.yaml"
        assert checks.sound(pi, alone._replace(speakers=off)) == Finding("sound", Result.OK, "none, by kiosk.yaml")

        for number, card in enumerate(("vc4hdmi0", "Headphones")):
            put(pi.root, f"proc/asound/card{number}/id", f"{card}\n")
            put(pi.root, f"proc/asound/card{number}/pcm0p/info")
        put(pi.root, "proc/asound/card2/id", "Microphone\n")
        put(pi.root, "proc/asound/card2/pcm0c/info")
        assert checks.sound(pi, alone) == Finding("sound", Result.OK, "vc4hdmi0, Headphones")
        pi.programs["journalctl"] = "sound: the loudspeakers are open"
        assert checks.sound(pi, alone).result is Result.OK
        pi.programs["journalctl"] = "sound: no loudspeakers: ALSA: No such device"
        finding = checks.sound(pi, alone)
        assert finding.result is Result.FAILED
        assert finding.found == ("vc4hdmi0, Headphones; no loudspeakers: ALSA: No such device; the wall is mute")
        assert "Switch the television on" in finding.to_do

    def test_cec(self, tmp_path: Path) -> None:
        assert "black" in checks.cec(Pretended(tmp_path)).to_do
        put(tmp_path, "dev/cec0")
        assert "v4l-utils" in checks.cec(Pretended(tmp_path)).to_do
        assert checks.cec(Pretended(tmp_path, cec_ctl="")).result is Result.OK

    def test_clock(self, tmp_path: Path) -> None:
        machine = Pretended(tmp_path)
        assert checks.clock(machine).result is Result.OK
        (tmp_path / "run/systemd/timesync").mkdir(parents=True)
        assert checks.clock(machine).result is Result.WARNING
        put(tmp_path, "run/systemd/timesync/synchronized")
        assert checks.clock(machine).result is Result.OK

    def test_pins_say_what_is_wrong(self, pi: Pretended, tmp_path: Path) -> None:
        # The machine that runs the test has no pins, although the pretended model is a Pi.
        assert checks.pins(pi, config.Settings()).result is Result.FAILED
        assert checks.pins(Pretended(tmp_path / "nothing"), config.Settings()).result is Result.WARNING


class TestReport:
    def test_as_json_and_its_exit_status(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert doctor.run(ROOT / "config", as_json=True, machine=Pretended(tmp_path)) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["ok"] is True
        assert [check["name"] for check in said["checks"]] == [
            *(
                "board",
                "config",
                "groups",
                "pins",
                "display",
                "sound",
                "fonts",
                "storage",
                "clock",
                "power",
                "cec",
                "service",
            )
        ]
        assert all(set(check) == {"name", "result", "found", "to_do"} for check in said["checks"])
        assert all(check["to_do"] for check in said["checks"] if check["result"] != "ok")

    def test_a_broken_config_fails_with_all_its_errors(
        self, tmp_path: Path, config_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (config_folder / "kiosk.yaml").write_text("pins: 3\ncircuit: shrot\n")
        assert doctor.run(config_folder, machine=Pretended(tmp_path)) == 1
        said = capsys.readouterr().out
        assert "config   FAILED" in said
        assert "kiosk.yaml:1:1" in said
        assert "kiosk.yaml:2:10" in said

    def test_a_finding_is_one_line_and_what_to_do_below(self) -> None:
        finding = Finding("cec", Result.WARNING, "no HDMI-CEC", "Nothing.")
        assert as_text(finding) == f"cec      !      no HDMI-CEC\n{'':16}-> Nothing."


@pytest.fixture
def factory() -> Iterator[MockFactory]:
    factory = MockFactory()
    yield factory
    factory.reset()


class TestHandsOn:
    def test_the_buzzer_sounds_and_is_off_afterwards(
        self, factory: MockFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hands_on, "SOUND_S", 0.3)
        asked: list[int] = []
        pin = factory.pin(27)

        def ask(question: str) -> str:
            asked.append(pin.state)
            return "y"

        finding = hands_on.buzzer(factory, config.BuzzerSettings(), ask)
        assert finding.result is Result.OK
        assert asked == [0]
        assert any(state.state for state in pin.states)

    def test_a_buzzer_that_nobody_heard(self, factory: MockFactory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hands_on, "SOUND_S", 0.01)
        finding = hands_on.buzzer(factory, config.BuzzerSettings(), lambda question: "no")
        assert finding.result is Result.FAILED
        assert "transistor" in finding.to_do

    def test_an_input_that_has_ended_is_no_answer(self, factory: MockFactory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hands_on, "SOUND_S", 0.01)
        monkeypatch.setattr("sys.stdin", io.StringIO())
        finding = hands_on.buzzer(factory, config.BuzzerSettings(), input)
        assert finding.result is Result.WARNING
        assert "nobody said" in finding.found

    def test_no_buzzer_by_choice(self, factory: MockFactory) -> None:
        settings = config.BuzzerSettings(kind=config.BuzzerKind.NONE)
        assert hands_on.buzzer(factory, settings, lambda question: "n").result is Result.OK

    def test_a_press_is_shown_with_its_bounces(self, factory: MockFactory) -> None:
        pin = factory.pin(17)
        said: list[str] = []

        def say(line: str) -> None:
            said.append(line)
            if line.startswith("Press"):
                Thread(target=bounce).start()

        def bounce() -> None:
            for _ in range(3):
                pin.drive_low()
                pin.drive_high()

        finding = hands_on.button(factory, config.ButtonSettings(), say, within_s=5, settles_s=0.2)
        assert finding.result is Result.OK
        assert "6 edges" in finding.found
        assert [line.split()[-1] for line in said[1:]] == ["down", "up"] * 3

    def test_a_normally_closed_contact(self) -> None:
        factory = MockFactory(pin_class=HeldPin)
        pin = factory.pin(17)
        said: list[str] = []

        def say(line: str) -> None:
            said.append(line)
            if line.startswith("Press"):
                Thread(target=lambda: (pin.drive_high(), pin.drive_low())).start()

        finding = hands_on.button(factory, config.ButtonSettings(), say, within_s=5, settles_s=0.2)
        assert [line.split()[-1] for line in said[1:]] == ["up", "down"]
        assert finding.result is Result.FAILED
        assert "normally closed" in finding.to_do
        assert "marked NO" in finding.to_do

    def test_a_button_that_somebody_held_already(self) -> None:
        finding = hands_on.judge([(Command.RELEASE, 10.0)], config.ButtonSettings())
        assert finding.result is Result.WARNING
        assert finding.to_do.startswith("Run the doctor again")

    def test_a_noisy_line_comes_to_an_end_and_is_named(self, factory: MockFactory) -> None:
        pin, over = factory.pin(17), Event()
        said: list[str] = []

        def noise() -> None:
            while not over.wait(0.005):
                pin.drive_low()
                pin.drive_high()

        noisy = Thread(target=noise, daemon=True)
        noisy.start()
        try:
            settings = config.ButtonSettings()
            finding = hands_on.button(factory, settings, said.append, within_s=60, settles_s=30, at_most_s=0.3)
        finally:
            over.set()
            noisy.join()
        assert finding.result is Result.FAILED
        assert re.fullmatch(r"GPIO17: noise: \d+ edges in 0.3 s", finding.found)
        assert "twist" in finding.to_do
        assert len(said) <= 1 + hands_on.EDGES_SHOWN + 1
        assert re.fullmatch(r"  and \d+ more", said[-1])

    def test_nobody_presses(self, factory: MockFactory) -> None:
        finding = hands_on.button(factory, config.ButtonSettings(), lambda line: None, within_s=0.05)
        assert finding.result is Result.FAILED

    def test_a_button_that_bounces_longer_than_the_debouncing(self) -> None:
        edges = [(Command.PRESS, 10.0), (Command.RELEASE, 10.02), (Command.PRESS, 10.03), (Command.RELEASE, 10.3)]
        finding = hands_on.judge(edges, config.ButtonSettings(debounce_s=0.02))
        assert finding.result is Result.WARNING
        assert "bouncing 30.0 ms" in finding.found
        assert "0.030" in finding.to_do
