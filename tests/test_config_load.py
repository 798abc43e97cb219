"""Loading a config folder without errors: the values read, the files that count, and the choice of the folder."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from pathlib import Path

import pytest

from kiosk.circuit import Block, Circuit, EasierOption, Round, Set, Side, Sides, Work
from kiosk.config import (
    ButtonSettings,
    BuzzerKind,
    BuzzerSettings,
    Page,
    PinFactory,
    ScreenSettings,
    Settings,
    Speakers,
    check,
    folder,
    load,
    locate,
    rotation,
    shipped,
)
from kiosk.errors import ConfigError
from kiosk.session import Command, Phase, Rules, Session, step
from kiosk.timeline import Timeline
from tests.conftest import USUAL

SHIPPED = shipped("config")
EXERCISE = """\
name: Side plank
muscles: [Obliques]
why: Strong sides
how: [Elbow under shoulder, lift the hips]
steps: [Lift the hips]
tip: Do not sag
"""
CIRCUIT = "{name: Core, rounds: 2, work: 0:30, exercises: [plank]}\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("exercises/plank.yaml", EXERCISE)
    put("circuits/core.yaml", CIRCUIT)
    return Path("config")


def put(name: str, text: str | bytes) -> None:
    path = Path("config", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return list(caught.value.lines)


def first_round(circuit: Circuit) -> Round:
    """Return the first round of a circuit that is a block."""
    assert isinstance(circuit.content, Block)
    return circuit.content.rounds[0]


def sets(circuit: Circuit) -> list[tuple[Set, ...]]:
    """Return the sets of each exercise of the first round."""
    entries = first_round(circuit).entries
    return [entry.sets for entry in entries if isinstance(entry, Work)]


class TestShipped:
    def test_the_circuit_on_the_start_screen_takes_18_minutes_40(self) -> None:
        circuit = load(SHIPPED).circuit(USUAL)
        assert Timeline.of(circuit).total_s == 18 * 60 + 40
        assert (circuit.id, circuit.rounds) == (USUAL, 3)
        assert circuit.equipment == ("ball", "mat")

    def test_its_exercises_in_order(self) -> None:
        circuit = load(SHIPPED).circuit(USUAL)
        exercises = circuit.exercises
        assert [(one.id, one.name, one.sides, one.figure) for one in exercises] == [
            ("back-extension", "Stability ball back extension", Sides.NONE, "ball-back-extension"),
            ("russian-twist", "Stability ball Russian twist", Sides.ALTERNATE, "ball-russian-twist"),
            ("side-plank", "Side plank", Sides.EACH, "side-plank"),
            ("glute-bridge", "Glute bridge", Sides.NONE, "glute-bridge"),
            ("clamshell", "Side-lying clamshell", Sides.EACH, "clamshell"),
        ]
        assert [one.muscles for one in exercises] == [
            ("Lower back", "Abs"),
            ("Abs", "Glutes", "Hamstrings", "Hips", "Lower back"),
            ("Obliques", "Quads", "Shoulders", "Forearms"),
            ("Glutes", "Abs"),
            ("Hips", "Glutes"),
        ]
        assert [one.easier for one in exercises] == [None, None, EasierOption(10, 5), None, None]

    def test_every_form_card_fills_its_lines(self) -> None:
        for one in load(SHIPPED).exercises.values():
            assert len(one.why) == len(one.how) == len(one.tip) == 2
            assert len(one.steps) >= 4
            assert len(one.cues) >= 2

    def test_kiosk_yaml_shows_the_defaults(self) -> None:
        assert load(SHIPPED).settings == Settings(circuit=USUAL)

    def test_kiosk_yaml_has_every_key(self, tmp_path: Path) -> None:
        shown = set((SHIPPED / "kiosk.yaml").read_text("utf-8").replace(":", " ").split())
        in_code = {
            key.removesuffix("_s")
            for kind in (Settings, ButtonSettings, BuzzerSettings, ScreenSettings)
            for key in kind._fields
        }
        assert in_code <= shown

    def test_kiosk_yaml_is_not_needed(self, tmp_path: Path) -> None:
        shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
        (tmp_path / "kiosk.yaml").unlink()
        assert load(tmp_path).settings == Settings()


class TestExercise:
    def test_what_may_be_left_out(self, config: Path) -> None:
        plank = load(config).exercises["plank"]
        assert (plank.id, plank.name, plank.short) == ("plank", "Side plank", "Side plank")
        assert (plank.why, plank.how) == (("Strong sides",), ("Elbow under shoulder", "lift the hips"))
        assert (plank.cues, plank.equipment, plank.sides, plank.figure) == ((), (), Sides.NONE, None)

    def test_every_key(self, config: Path) -> None:
        extra = "short: Plank\nsides: each\nfirst_side: left\neasier: {hold: 0:10, rest: 5}\nfigure: side-plank\n"
        put("exercises/plank.yaml", EXERCISE + extra + "cues: [One, Two]\nequipment: [mat]\n")
        plank = load(config).exercises["plank"]
        assert (plank.short, plank.sides, plank.first_side) == ("Plank", Sides.EACH, Side.LEFT)
        assert (plank.easier, plank.figure) == (EasierOption(10, 5), "side-plank")
        assert (plank.cues, plank.equipment) == (("One", "Two"), ("mat",))

    def test_text_may_be_at_the_limit_and_of_any_script(self, config: Path) -> None:
        put("exercises/plank.yaml", EXERCISE.replace("Side plank", "Unterarmstütz é").replace("Do not sag", "x" * 34))
        plank = load(config).exercises["plank"]
        assert plank.name == "Unterarmstütz é"
        assert plank.tip == ("x" * 34,)

    def test_that_no_circuit_uses_is_checked_too(self, config: Path) -> None:
        put("exercises/other.yaml", EXERCISE)
        assert set(load(config).exercises) == {"other", "plank"}
        put("exercises/other.yaml", EXERCISE.replace("name: Side plank\n", ""))
        assert problems(config) == ['config/exercises/other.yaml:1:1: the key "name" is missing; add it']


class TestCircuit:
    def test_defaults(self, config: Path) -> None:
        (circuit,) = load(config).circuits
        ((only,),) = sets(circuit)
        assert (circuit.id, circuit.name, circuit.rounds) == ("core", "Core", 2)
        assert (circuit.get_ready_s, first_round(circuit).break_s) == (10, 30)
        assert (only.work_s, only.changeover_s, only.switch_s) == (30, 10, 5)

    def test_an_exercise_has_times_of_its_own(self, config: Path) -> None:
        times = "work: 40, changeover: 0, switch: 1.5, get_ready: 0, round_break: 1:05.25"
        own = "{exercise: plank, work: 1:30, changeover: 20, switch: 0}"
        put("circuits/core.yaml", f"{{name: Core, rounds: 1, {times}, exercises: [plank, {own}, plank]}}")
        (circuit,) = load(config).circuits
        assert (circuit.get_ready_s, first_round(circuit).break_s) == (0, 65.25)
        assert [(one.work_s, one.changeover_s, one.switch_s) for (one,) in sets(circuit)] == [
            (40, 0, 1.5),
            (90, 20, 0),
            (40, 0, 1.5),
        ]

    def test_they_are_in_the_order_in_which_people_count(self, config: Path) -> None:
        for number, name in enumerate(("Day 10", "day 2", "Cindy", "Day 1", "DAY 2: legs", "abs")):
            put(f"circuits/{number}.yaml", CIRCUIT.replace("Core", f"'{name}'"))
        names = [circuit.name for circuit in load(config).circuits]
        assert names == ["abs", "Cindy", "Core", "Day 1", "day 2", "DAY 2: legs", "Day 10"]

    def test_those_that_the_settings_name_come_first(self, config: Path) -> None:
        for name in ("day-1", "day-2", "abs"):
            put(f"circuits/{name}.yaml", CIRCUIT.replace("Core", name))
        put("kiosk.yaml", "order: [day-2, gone, core]\n")
        library = load(config)
        assert [circuit.id for circuit in library.circuits] == ["day-2", "core", "abs", "day-1"]
        assert library.circuits[library.usual].id == "abs"

    def test_a_name_in_the_order_without_a_circuit_is_a_warning(self, config: Path) -> None:
        put("kiosk.yaml", "order:\n- coer\n")
        (warning,) = check(config)[1]
        assert str(warning).endswith('kiosk.yaml:2:3: order: there is no circuit "coer"; did you mean "core"?')

    def test_those_with_the_same_title_are_in_the_order_of_their_file_names(self, config: Path) -> None:
        for name in ("day-10", "Day-1", "day-2", "day-2-legs", "day-1b"):
            put(f"circuits/{name}.yaml", CIRCUIT)
        ids = [circuit.id for circuit in load(config).circuits]
        assert ids == ["core", "Day-1", "day-1b", "day-2", "day-2-legs", "day-10"]

    def test_the_usual_one_is_the_one_that_the_settings_name_or_the_first_by_file_name(self, config: Path) -> None:
        for name in ("back", "arms", "legs"):
            put(f"circuits/{name}.yml", CIRCUIT.replace("Core", f"Z {name}"))
        library = load(config)
        assert library.circuits[library.usual].id == "arms"
        put("kiosk.yaml", "circuit: back\n")
        library = load(config)
        assert library.circuits[library.usual].id == "back"

    def test_a_broken_one_is_not_unknown(self, config: Path) -> None:
        put("kiosk.yaml", "circuit: core\n")
        put("exercises/plank.yaml", "- broken\n")
        (problem,) = problems(config)
        assert problem.startswith("config/exercises/plank.yaml:1:1: a group of keys is expected")


class TestSettings:
    def test_every_key(self, config: Path) -> None:
        put(
            "kiosk.yaml",
            """\
circuit: core
order: [core]
page: off
pause_limit: 20:00
button: {pin: 5, skip_pin: 6, back_pin: 13, active_low: no, debounce: 0.01, hold: 1.5}
buzzer: {pin: 19, kind: passive, active_high: false}
pin_factory: rpigpio
screen: {size: 1920x1080, rotate: 270, dim_after: 0}
speakers: off
""",
        )
        assert load(config).settings == Settings(
            circuit="core",
            order=("core",),
            page=Page.OFF,
            pause_limit_s=1200,
            button=ButtonSettings(pin=5, skip_pin=6, back_pin=13, active_low=False, debounce_s=0.01, hold_s=1.5),
            buzzer=BuzzerSettings(pin=19, kind=BuzzerKind.PASSIVE, active_high=False),
            pin_factory=PinFactory.RPIGPIO,
            screen=ScreenSettings(size=(1920, 1080), dim_after_s=0, rotate=270),
            speakers=Speakers.OFF,
        )

    def test_the_rotation_is_known_in_spite_of_mistakes_elsewhere(self, config: Path) -> None:
        put("kiosk.yaml", "screen: {rotate: 90, size: large}\nspeakers: loud\n")
        with pytest.raises(ConfigError):
            load(config)
        assert rotation(config) == 90

    @pytest.mark.parametrize("text", ["screen: {rotate: 45}", "screen: 90", "screen: [", "", "rotate"])
    def test_without_a_rotation_that_can_be_read_the_picture_is_not_turned(self, config: Path, text: str) -> None:
        put("kiosk.yaml", text)
        assert rotation(config) == 0

    def test_without_a_folder_the_picture_is_not_turned(self, tmp_path: Path) -> None:
        assert rotation(tmp_path / "none") == 0

    def test_a_pause_may_last_forever(self, config: Path) -> None:
        put("kiosk.yaml", "pause_limit: 0\n")
        assert load(config).settings.pause_limit_s == 0

    def test_the_shortest_times_leave_time_for_the_press_after_the_one_that_wakes(self, config: Path) -> None:
        put("kiosk.yaml", "button: {hold: 10}\nscreen: {dim_after: 10}\ntelevision: {sleep_after: 30}\n")
        settings = load(config).settings
        rules = Rules(settings.button.hold_s, settings.screen.dim_after_s)
        session = Session.start_screen((Timeline.of(load(config).circuits[0]),), 0.0, rules)
        session = step(session, 100).session
        for at_s, command in ((100, Command.PRESS), (100.2, Command.RELEASE), (108, Command.PRESS), (117.9, None)):
            session = step(session, at_s, command).session
        assert session.phase is Phase.RUNNING, "woken, pressed, and held for nearly as long as a hold takes"

    def test_a_buzzer_that_is_not_there_leaves_its_pin_free(self, config: Path) -> None:
        put("kiosk.yaml", "button: {pin: 27}\nbuzzer: {kind: none}\n")
        assert load(config).settings.button.pin == 27


class TestFiles:
    def test_a_byte_order_mark_and_any_line_ends(self, config: Path) -> None:
        put("exercises/plank.yaml", b"\xef\xbb\xbf" + EXERCISE.replace("\n", "\r\n").encode())
        assert load(config).exercises["plank"].name == "Side plank"
        put("exercises/plank.yaml", b"\xef\xbb\xbf" + EXERCISE.replace("\n", "\r\n").replace("tip", "tpi").encode())
        assert problems(config) == ['config/exercises/plank.yaml:6:1: unknown key "tpi"; did you mean "tip"?']

    def test_hidden_files_backups_and_others_do_not_count(self, config: Path) -> None:
        for name in (".plank.yaml", ".plank.yaml.swp", "plank.yaml~", "README.md", "notes.txt"):
            put(f"exercises/{name}", "- nonsense")
            put(f"circuits/{name}", "- nonsense")
        assert set(load(config).exercises) == {"plank"}

    def test_no_folder(self, config: Path) -> None:
        expected = "a folder with circuits, exercises and kiosk.yaml is expected here"
        assert problems(Path("confg")) == [f"confg: this folder does not exist; {expected}"]
        assert problems(config / "circuits/core.yaml") == [f"config/circuits/core.yaml: this is a file; {expected}"]

    def test_no_circuit(self, config: Path) -> None:
        expected = "there is no circuit; put a file such as back-and-core-for-runners.yaml into this folder"
        (config / "circuits/core.yaml").unlink()
        assert problems(config) == [f"config/circuits: {expected}"]
        (config / "circuits").rmdir()
        assert problems(config) == [f"config/circuits: {expected}"]

    def test_no_exercises(self, config: Path) -> None:
        shutil.rmtree(config / "exercises")
        (problem,) = problems(config)
        assert 'exercises: there is no exercise "plank"; there are none yet: add one' in problem

    def test_a_folder_in_a_files_place(self, config: Path) -> None:
        (config / "kiosk.yaml").mkdir()
        (config / "exercises/side.yaml").mkdir()
        expected = "this is a folder; a file is expected here"
        assert problems(config) == [f"config/exercises/side.yaml: {expected}", f"config/kiosk.yaml: {expected}"]

    def test_a_file_in_a_folders_place(self, config: Path) -> None:
        shutil.rmtree(config / "exercises")
        put("exercises", "")
        assert problems(config)[1] == "config/exercises: this is a file; a folder is expected here"

    def test_a_link_to_nowhere_and_a_pipe(self, config: Path) -> None:
        (config / "kiosk.yaml").symlink_to("nowhere.yaml")
        os.mkfifo(config / "exercises/pipe.yaml")
        assert problems(config) == [
            "config/exercises/pipe.yaml: this is not an ordinary file; replace it with one",
            "config/kiosk.yaml: the file does not exist",
        ]

    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (PermissionError(13, "no"), "the kiosk may not read this file; allow it: chmod a+r"),
            (OSError(5, "Input/output error"), "the file cannot be read (Input/output error)"),
        ],
    )
    def test_a_file_that_cannot_be_read(
        self, error: OSError, expected: str, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path, mode: str) -> None:
            raise error

        put("kiosk.yaml", "circuit: core\n")
        monkeypatch.setattr(Path, "open", refuse)
        assert f"config/kiosk.yaml: {expected}" in problems(config)

    def test_a_folder_that_cannot_be_read(self, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        expected = "the folder cannot be read (Permission denied); allow the kiosk to read it: chmod a+rx"
        assert f"config/circuits: {expected}" in problems(config)

    def test_a_name_with_control_characters_stays_in_its_line(self, config: Path) -> None:
        put("exercises/a\nb.yaml", EXERCISE)
        (problem,) = problems(config)
        assert problem.startswith("config/exercises/a\\nb.yaml: the file's name is not allowed")


class TestLocate:
    @pytest.fixture(autouse=True)
    def _nothing_set(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("KIOSK_CONFIG", raising=False)
        monkeypatch.setattr(folder, "SYSTEM_FOLDER", tmp_path / "etc")
        monkeypatch.chdir(tmp_path)

    def test_the_argument_goes_before_the_variable(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("mine", "theirs", "etc"):
            (tmp_path / name).mkdir()
        monkeypatch.setenv("KIOSK_CONFIG", "theirs")
        assert locate(Path("mine")) == tmp_path / "mine"
        assert locate() == tmp_path / "theirs"
        monkeypatch.setenv("KIOSK_CONFIG", "")
        assert locate() == tmp_path / "etc"

    def test_what_is_shipped_is_the_last_resort(self) -> None:
        assert locate() == SHIPPED
        assert SHIPPED.is_absolute()
        assert shipped("assets").is_dir()

    def test_an_installed_program_has_it_beside_its_code(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder, "PACKAGE", tmp_path / "kiosk")
        (tmp_path / "config").mkdir()
        assert locate() == tmp_path / "config"
        (tmp_path / "kiosk/shipped/config").mkdir(parents=True)
        assert locate() == tmp_path / "kiosk/shipped/config"

    def test_nothing_shipped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder, "PACKAGE", tmp_path / "kiosk")
        with pytest.raises(ConfigError, match="this folder is missing; install the kiosk again"):
            locate()

    def test_a_path_that_is_not_a_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        expected = "must name a folder with circuits and exercises"
        with pytest.raises(ConfigError) as caught:
            locate(Path("nowhere"))
        assert caught.value.lines == (f"nowhere: this folder does not exist; --config {expected}",)
        (tmp_path / "file").touch()
        monkeypatch.setenv("KIOSK_CONFIG", "file")
        with pytest.raises(ConfigError) as caught:
            locate()
        assert caught.value.lines == (f"file: this is a file; $KIOSK_CONFIG {expected}",)


class TestManyMisspeltNames:
    """A config folder in which every exercise's name is wrong, as after a renaming."""

    def fill(self, exercises: int, circuits: int) -> None:
        for number in range(exercises):
            put(f"exercises/exercise-{number:03}-of-many.yaml", EXERCISE)
        for circuit in range(circuits):
            names = [f"exrecise-{(30 * circuit + place) % exercises:03}-of-many" for place in range(30)]
            put(f"circuits/c{circuit:03}.yaml", CIRCUIT.replace("plank", ", ".join(names)))

    def test_each_of_a_hundred_is_told_what_was_meant(self, config: Path) -> None:
        self.fill(exercises=90, circuits=3)
        found = problems(config)
        assert len(found) == 90
        meant = r'"exrecise-(\d+)-of-many"; did you mean "exercise-\1-of-many"\?'
        assert all(re.search(meant, line) for line in found)

    def test_nobody_waits_for_thousands_of_suggestions(self, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        compared = 0
        ratio = difflib.SequenceMatcher.real_quick_ratio

        def counting(matcher: difflib.SequenceMatcher[str]) -> float:
            nonlocal compared
            compared += 1
            return ratio(matcher)

        monkeypatch.setattr(difflib.SequenceMatcher, "real_quick_ratio", counting)
        self.fill(exercises=100, circuits=60)
        found = problems(config)
        assert len(found) == 1800
        assert all("did you mean" in line or "possible here" in line for line in found)
        assert compared <= 10_000
        # The limit on suggestions is per reading, so the next reading makes suggestions again.
        assert "did you mean" in problems(config)[0]
