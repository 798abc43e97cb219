"""`kiosk show`: which moment it draws, what it writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest

from kiosk import config, show
from kiosk.circuit import Sides
from kiosk.cli import main
from kiosk.config import shipped
from kiosk.errors import ConfigError, Problem
from kiosk.figure.contact_sheet import Placed
from kiosk.figure.lint import Finding
from kiosk.moments import HELD_PART, ShowError, State, error_moment, film_moments, moment_at
from kiosk.timeline import Kind, Timeline
from kiosk.view import (
    ChooserView,
    CountInView,
    DimView,
    ErrorView,
    FinishedView,
    IntervalView,
    Moment,
    PausedView,
    StartView,
)
from tests.conftest import ROOT
from tests.pictures import alike, colour_at, put_clip
from tests.samples import circuit, exercise, work

TIMELINES = [Timeline.of(circuit()), Timeline.of(circuit(work(exercise("Clamshell", sides=Sides.EACH), 40), id="b"))]
TOTAL_S = TIMELINES[0].total_s


def at(at_s: float, state: State = State.RUNNING, chosen: int = 0) -> Moment:
    return moment_at(TIMELINES, chosen, at_s, state, "18:42")


# --- which moment -----------------------------------------------------------------------------------------------------


def test_a_time_of_the_circuit_is_the_moment_that_the_wall_would_show() -> None:
    view = at(12.5).view
    assert isinstance(view, IntervalView)
    assert (view.interval.kind, view.seconds, view.hold) == (Kind.WORK, 28, None)
    assert at(12.5).t_s == pytest.approx(2.5)
    first = at(0.0).view
    assert isinstance(first, IntervalView)
    assert first.interval.kind is Kind.GET_READY


def test_a_state_is_what_the_button_made_of_that_time() -> None:
    paused, held, counting = (at(12.5, state).view for state in (State.PAUSED, State.HELD, State.COUNT_IN))
    assert isinstance(paused, PausedView)
    assert paused.hold is None
    assert isinstance(held, PausedView)
    assert held.hold is not None
    assert held.hold.fraction == pytest.approx(HELD_PART, abs=0.02)
    assert isinstance(counting, CountInView)
    assert counting.seconds == 3
    assert paused.under.seconds == held.under.seconds == counting.under.seconds == 28


def test_the_other_screens_have_times_of_their_own() -> None:
    idle, card, dim, done = (at(20.0, state).view for state in (State.IDLE, State.CARD, State.DIM, State.FINISHED))
    assert isinstance(idle, StartView)
    assert isinstance(card, StartView)
    assert (idle.place, idle.card, idle.clock, idle.circuits) == (1, False, "18:42", 2)
    assert (card.place, card.card) == (1, True)
    assert isinstance(dim, DimView)
    assert isinstance(done, FinishedView)
    assert done.seconds == 25
    assert at(700.0, State.IDLE).view.__class__ is StartView
    other = at(0.0, State.IDLE, chosen=1).view
    assert isinstance(other, StartView)
    assert other.circuit.id == "b"


def test_the_chooser_is_for_several_circuits() -> None:
    view = at(2.5, State.CHOOSER, chosen=1).view
    assert isinstance(view, ChooserView)
    assert (view.place, view.seconds, view.hold) == (1, 18, None)
    with pytest.raises(ShowError, match="two circuits"):
        moment_at(TIMELINES[:1], 0, 0.0, State.CHOOSER, None)


def test_a_card_that_the_tour_shows_anyway_is_shown_at_its_time() -> None:
    assert at(10.0, State.CARD) == at(10.0, State.IDLE)


@pytest.mark.parametrize(
    ("at_s", "state", "words"),
    [
        (TOTAL_S, State.RUNNING, "is over after"),
        (TOTAL_S + 9, State.PAUSED, "is over after"),
        (45.0, State.FINISHED, "stays 45 s"),
        (20.0, State.CHOOSER, "stays 20 s"),
        (15.0, State.NOTICE, "stays 15 s"),
        (60.0, State.REFUSED, "stays 60 s"),
        (-1.0, State.IDLE, "before 0:00"),
    ],
)
def test_a_time_that_there_is_not_is_refused(at_s: float, state: State, words: str) -> None:
    with pytest.raises(ShowError, match=words):
        at(at_s, state)


def test_a_film_begins_with_its_picture_and_goes_on_in_time() -> None:
    moments = list(film_moments(TIMELINES, 0, 12.5, 14.5, 30, State.RUNNING, None))
    assert len(moments) == 60
    assert moments[0] == at(12.5)
    assert [moment.t_s for moment in moments] == pytest.approx([2.5 + frame / 30 for frame in range(60)])


def test_a_film_of_a_count_in_goes_on_into_the_circuit() -> None:
    views = [moment.view for moment in film_moments(TIMELINES, 0, 12.5, 16.5, 10, State.COUNT_IN, None)]
    assert isinstance(views[0], CountInView)
    assert isinstance(views[-1], IntervalView)


@pytest.mark.parametrize(("at_s", "until_s"), [(5.0, 5.0), (5.0, 4.0), (0.0, 601.0), (TOTAL_S, TOTAL_S + 1)])
def test_a_span_that_there_is_not_is_refused_before_anything_is_drawn(at_s: float, until_s: float) -> None:
    with pytest.raises(ShowError):
        film_moments(TIMELINES, 0, at_s, until_s, 30, State.RUNNING, None)


# --- pictures ---------------------------------------------------------------------------------------------------------


def shown(*arguments: str) -> int:
    return main(["show", "--size", "320x240", *arguments])


@pytest.mark.parametrize("state", [state for state in State if state is not State.BRIEFING])
def test_every_state_has_a_picture_and_always_the_same_one(state: State, tmp_path: Path) -> None:
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    for out in (first, second):
        assert shown("--config", str(ROOT / "config"), "--state", state, "--at", "12.5", "--out", str(out)) == 0
    assert first.read_bytes() == second.read_bytes()
    assert pygame.image.load(first).get_size() == (320, 240)


def test_it_needs_no_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.display, "init", lambda: pytest.fail("asked for a display"))
    assert shown("--out", str(tmp_path / "frame.png")) == 0
    assert not pygame.display.get_init()


def test_own_pictures_are_drawn_and_move_in_a_film(config_folder: Path, tmp_path: Path) -> None:
    exercise = config_folder / "exercises" / "glute-bridge.yaml"
    exercise.write_text(exercise.read_text().replace("figure: glute-bridge", "picture: bridge"))
    put_clip(config_folder, "bridge", 5)
    film, picture = tmp_path / "film", tmp_path / "picture.png"
    where = ["--config", str(config_folder), "--size", "640x360"]
    assert main(["show", *where, "--at", "3", "--out", str(picture)]) == 0
    assert main(["show", *where, "--film", str(film), "--at", "3", "--until", "3.5", "--fps", "10"]) == 0
    surfaces = [pygame.image.load(path) for path in sorted(film.iterdir())]
    stage = [pygame.image.tostring(one.subsurface((40, 70, 300, 150)), "RGB") for one in surfaces]
    assert len(set(stage)) == 5
    assert alike(colour_at(pygame.image.load(picture), 0.1, 0.6), colour_at(surfaces[0], 0.1, 0.6))


def test_a_film_is_numbered_frames_that_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "film"
    assert shown("--film", str(folder), "--at", "12", "--until", "12.5", "--fps", "8") == 0
    frames = sorted(path.name for path in folder.iterdir())
    assert frames == [f"frame-{number:05}.png" for number in (1, 2, 3, 4)]
    assert len({path.read_bytes() for path in folder.iterdir()}) == 4
    assert capsys.readouterr().out == f"{folder}: 4 frames\n"


def own_figure(folder: Path, name: str) -> Path:
    """Write a figure into a folder and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    bridge = shipped("assets") / "figures" / "glute-bridge.yaml"
    path.write_text(bridge.read_text().replace("id: glute-bridge", f"id: {name}"))
    return path


def test_the_sheet_of_all_figures_has_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def noted(page: Sequence[Placed], *arguments: Any, **named: Any) -> pygame.Surface:
        drawn.extend(one.figure.id for one in page)
        return pygame.Surface((8, 8))

    monkeypatch.setattr("kiosk.show.figures.draw_page", noted)
    assert main(["show", "--figures", "--size", "1000x150", "--out", str(tmp_path / "sheet.png")]) == 0
    names = capsys.readouterr().out.splitlines()
    assert len(names) > 1
    assert names == [str(tmp_path / f"sheet-{page}.png") for page in range(1, len(names) + 1)]
    assert all(Path(name).exists() for name in names)
    assert drawn == sorted(config.shipped_figures())


@pytest.mark.parametrize("folder", ["gym", "gym/figures"])
def test_the_sheet_of_a_folder_has_the_figures_in_it(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_figure(tmp_path / "gym" / "figures", "squat")
    out = tmp_path / "sheet.png"
    assert shown("--figures", str(tmp_path / folder), "--out", str(out)) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert pygame.image.load(out).get_width() == 320


@pytest.mark.parametrize("given", ["name", "file"])
def test_a_strip_is_of_a_figure_by_name_or_file(
    given: str, config_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = own_figure(config_folder / "figures", "hill"), tmp_path / "strip.png"
    if given == "file":
        # Then the rest of the folder does not matter.
        (config_folder / "kiosk.yaml").write_text("rubbish: [")
    figure = "hill" if given == "name" else str(path)
    assert shown("--config", str(config_folder), "--strip", figure, "--out", str(out)) == 0
    assert capsys.readouterr().out.splitlines()[0] == str(out)
    assert pygame.image.load(out).get_size() == (320, 240)


def test_a_strip_comes_with_what_is_wrong_with_the_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("knees", "up", 1.3, "up at 1.30 s: the left knee bends 162 degrees; at most 150")]
    monkeypatch.setattr(show, "lint", lambda figure: found)
    out = tmp_path / "strip.png"
    assert shown("--strip", "glute-bridge", "--out", str(out)) == 0
    assert capsys.readouterr().out == f"{out}\n{found[0].text}\n"


def test_a_figure_of_the_config_folder_is_in_the_pictures_of_the_wall(config_folder: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.png", tmp_path / "after.png"
    at_work = ("--config", str(config_folder), "--at", "4")
    assert shown(*at_work, "--out", str(before)) == 0
    bridge = own_figure(config_folder / "figures", "glute-bridge")
    bridge.write_text(bridge.read_text().replace("yaw: 16", "yaw: 76"))
    assert shown(*at_work, "--out", str(after)) == 0
    assert before.read_bytes() != after.read_bytes()


def test_a_broken_config_folder_can_be_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "circuits").mkdir()
    broken, out = ["--config", str(tmp_path)], tmp_path / "error.png"
    assert shown(*broken, "--state", "error", "--out", str(out)) == 0
    assert out.exists()
    assert shown(*broken, "--out", str(tmp_path / "frame.png")) == 2
    assert "there is no circuit" in capsys.readouterr().err


def test_the_error_screen_of_a_folder_without_errors_is_an_example() -> None:
    folder_error = ConfigError(Problem("no", "yes", 1, 2, "pin", Path("/k/kiosk.yaml")))
    example, error = (error_moment(found).view for found in (None, folder_error))
    assert isinstance(example, ErrorView)
    assert example.code == "E-CONFIG"
    assert isinstance(error, ErrorView)
    assert error.what == "pin: no."


# --- what it refuses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--at", "99:00", "--out", "{}/x.png"], "is over after 18:40"),
        (["--state", "asleep", "--out", "{}/x.png"], 'no state "asleep"; choose from: running, paused'),
        (["--out", "{}/missing/x.png"], "there is no folder"),
        (["--out", "{}/x.jpg"], "ends in .png"),
        (["--clock", "25:00", "--out", "{}/x.png"], "is not a time of day"),
        ([], "--out FILE, or --film DIR"),
        (["--out", "{}/x.png", "--until", "1:00"], "both of them"),
        (["--film", "{}/film"], "both of them"),
        (["--film", "{}", "--until", "0:01"], "this folder is not empty"),
        (["--film", "{}/film", "--state", "error", "--until", "1"], "nothing moves"),
        (["--film", "{}/film", "--figures"], "--out FILE instead"),
        (["--film", "{}/film", "--strip", "clamshell"], "--out FILE instead"),
        (["--out", "{}/x.jpg", "--figures"], "ends in .png"),
        (["--out", "{}/x.png", "--figures", "{}/nowhere"], "nowhere: this folder does not exist"),
        (["--out", "{}/x.png", "--figures", "{}"], "there is no figure"),
        (["--out", "{}/x.png", "--strip", "clamshel"], 'there is no figure "clamshel"; did you mean "clamshell"?'),
        (["--out", "{}/x.png", "--strip", "{}/x.yaml"], "x.yaml: the file does not exist"),
        (["--out", "{}/x.png", "--strip", "glute-bridge", "--flipped"], "leave out --flipped"),
        (["--out", "{}/x.png", "--strip", "clamshell", "--figures"], "either --figures"),
        (["--out", "{}/x.png", "--flipped"], "--flipped is for --strip"),
        (["side-plank", "--out", "{}/x.png"], 'no circuit "side-plank"'),
    ],
)
def test_wrong_options_are_answered_with_one_line(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "something").touch()
    assert shown(*(argument.format(tmp_path) for argument in arguments)) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--size", "big", "is not a size"),
        ("--at", "1:5", "two digits"),
        ("--until", "soon", "not a duration"),
        ("--fps", "90", "from 1 to 60"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(
    option: str, value: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["show", option, value, "--out", "x.png"])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_the_help_names_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["show", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert [state for state in State if state not in told] == []
