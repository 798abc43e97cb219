"""A gym's own figures: in the config folder, checked with everything else, and in place of those of the program."""

# ruff: noqa: E501 (a message stands in one line, as staff see it)
from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.config import check, load, shipped, shipped_figures
from kiosk.config.figures import own_figure
from kiosk.config.problem import ContentError
from kiosk.errors import ConfigError
from kiosk.figure.drawing import Drawing
from kiosk.figure.lint import Finding
from tests.conftest import ROOT
from tests.test_config_properties import SCRAPS

BRIDGE = (shipped("assets") / "figures" / "glute-bridge.yaml").read_text()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a config folder with one exercise, whose figure is the folder's own."""
    monkeypatch.chdir(tmp_path)
    folder = Path("gym")
    for name in ("circuits", "exercises", "figures"):
        (folder / name).mkdir(parents=True)
    (folder / "circuits" / "core.yaml").write_text("{name: Core, work: 30, exercises: [hill]}\n")
    (folder / "exercises" / "hill.yaml").write_text("name: Hill\nfigure: hill\n")
    put(folder, "hill")
    return folder


def put(folder: Path, name: str, old: str = "", new: str = "") -> Path:
    """Write a figure that is like the glute bridge, with `new` instead of `old`."""
    assert old in BRIDGE
    path = folder / "figures" / f"{name}.yaml"
    path.write_text(BRIDGE.replace("id: glute-bridge", f"id: {name}").replace(old, new, 1))
    return path


def problems(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return list(caught.value.lines)


def test_an_exercise_names_one_of_either_kind(folder: Path) -> None:
    (folder / "exercises" / "bridge.yaml").write_text("name: Bridge\nfigure: glute-bridge\n")
    library = load(folder)
    assert [one.figure for one in library.exercises.values()] == ["glute-bridge", "hill"]
    assert library.figures.keys() == {"hill", *shipped_figures()}
    assert library.figures["hill"].load().id == "hill"


def test_one_with_the_name_of_a_shipped_one_goes_before_it(folder: Path) -> None:
    assert load(folder).figures["glute-bridge"].path == shipped("assets") / "figures" / "glute-bridge.yaml"
    path = put(folder, "glute-bridge", "yaw: 16", "yaw: 26")
    figure = load(folder).figures["glute-bridge"]
    assert figure.path == path
    assert figure.load().camera.yaw == 26


def test_mistakes_come_together_with_all_others(folder: Path) -> None:
    put(folder, "hill", "yaw: 16", "yaw: sixteen")
    put(folder, "unused", "still: up", "still: sideways")
    (folder / "exercises" / "hill.yaml").write_text("nam: Hill\nfigure: hill\n")
    assert problems(folder) == [
        'gym/exercises/hill.yaml:1:1: unknown key "nam"; did you mean "name"?',
        'gym/figures/hill.yaml:4:15: camera.yaw: a number is expected here, not "sixteen"',
        'gym/figures/unused.yaml:3:8: still: there is no pose "sideways"; possible here: down, up',
    ]


@pytest.mark.parametrize(("written", "meant"), [("hil", "hill"), ("side-plan", "side-plank")])
def test_a_misspelt_name_may_be_meant_for_either_kind(folder: Path, written: str, meant: str) -> None:
    (folder / "exercises" / "hill.yaml").write_text(f"name: Hill\nfigure: {written}\n")
    assert problems(folder) == [
        f'gym/exercises/hill.yaml:2:9: figure: there is no figure "{written}"; did you mean "{meant}"?'
    ]


def test_its_id_is_the_name_of_its_file(folder: Path) -> None:
    put(folder, "mountain").rename(folder / "figures" / "hill.yaml")
    assert problems(folder) == [
        'gym/figures/hill.yaml:2:5: id: the file is hill.yaml, so the figure cannot be "mountain"; write "id: hill"'
    ]


def test_files_that_cannot_be_figures(folder: Path) -> None:
    (folder / "figures" / "hill 2.yaml").touch()
    (folder / "figures" / "empty.yaml").touch()
    assert problems(folder) == [
        "gym/figures/empty.yaml:1:1: the file is empty; fill it in or delete it",
        "gym/figures/hill 2.yaml: the file's name is not allowed; use letters, digits and hyphens, such as side-plank.yaml",
    ]


def test_another_content_is_another_library(folder: Path) -> None:
    before = load(folder)
    assert load(folder) == before
    put(folder, "hill", "yaw: 16", "yaw: 26")
    assert load(folder) != before


@settings(max_examples=60)
@given(st.data())
def test_any_slip_in_a_good_one_is_a_figure_or_an_error(data: st.DataObject) -> None:
    at, deleted = data.draw(st.integers(0, len(BRIDGE))), data.draw(st.integers(0, 5))
    slipped = BRIDGE[:at] + data.draw(SCRAPS) + BRIDGE[at + deleted :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "glute-bridge.yaml")
        path.write_bytes(slipped.encode("utf-8", "surrogatepass"))
        with suppress(ContentError):
            assert own_figure(path).load().duration_s > 0


class TestCheck:
    def test_draws_them(self, folder: Path) -> None:
        library, _ = check(folder)
        assert "hill" in library.figures

    def test_warns_of_what_no_body_can_do(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        found = [Finding("knees", "up", 1.3, "up at 1.30 s: the left knee bends 162 degrees; at most 150")]
        monkeypatch.setattr("kiosk.figure.lint.lint", lambda figure: found)
        _, (warning,) = check(folder)
        assert str(warning) == f"gym/figures/hill.yaml: {found[0].text}"

    def test_says_which_pose_cannot_be_drawn(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(self: Drawing, pose: object) -> None:
            raise ZeroDivisionError("float division by zero")

        monkeypatch.setattr(Drawing, "whole", failing)
        with pytest.raises(ConfigError) as caught:
            check(folder)
        (line,) = caught.value.lines
        assert line.startswith(
            'gym/figures/hill.yaml: the pose "down" cannot be drawn (float division by zero); compare'
        )

    def test_says_when_the_loop_is_too_long_to_draw(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kiosk.figure.trial.MOST_PICTURES", 5)
        with pytest.raises(ConfigError, match=r"hill\.yaml: the loop has \d+ pictures; shorten its moves, at most 5"):
            check(folder)


def test_without_own_figures_nothing_about_figures_is_read_or_imported() -> None:
    script = "import sys; from kiosk import config; config.load(config.shipped('config')); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert not {"pygame", "kiosk.figure.loading", "kiosk.figure.drawing"} & set(done.stdout.split())


def test_the_check_counts_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder)]) == 0
    assert "gym is fine: 1 circuit, 1 exercise, 1 figure" in capsys.readouterr().out


def test_the_answer_of_a_command_has_no_greeting_of_pygame(folder: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "plan", "--config", str(folder.absolute()), "--json"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("{")
