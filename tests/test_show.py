"""`kiosk show`: which moment it draws, what it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from kiosk import show
from kiosk.circuit import Sides
from kiosk.cli import main
from kiosk.errors import ConfigError, Problem
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


def test_a_film_is_numbered_frames_that_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "film"
    assert shown("--film", str(folder), "--at", "12", "--until", "12.5", "--fps", "8") == 0
    frames = sorted(path.name for path in folder.iterdir())
    assert frames == [f"frame-{number:05}.png" for number in (1, 2, 3, 4)]
    assert len({path.read_bytes() for path in folder.iterdir()}) == 4
    assert capsys.readouterr().out == f"{folder}: 4 frames\n"


def test_the_sheet_shows_all_figures(tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    assert main(["show", "--figures", "--size", "400x600", "--out", str(out)]) == 0
    sheet = pygame.image.load(out)
    row = 600 // len(show.figures())
    for number in range(len(show.figures())):
        part = sheet.subsurface((0, number * row, 400, row - 1))
        assert len({tuple(part.get_at((x, y))) for x in range(0, 400, 3) for y in range(0, row - 1, 3)}) > 5


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
