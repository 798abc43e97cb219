"""The error screen for staff: its texts, and the space for texts of any length."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load
from kiosk.errors import ConfigError, DisplayError, PinError, Problem
from kiosk.faults import AFTERWARDS, SHOWN, error_view
from kiosk.screen.scenes import error
from kiosk.view import ErrorView
from tests.screen_checks import context, faults, least_contrast, painted, pixels
from tests.screen_samples import SIZES

ONE = Problem(
    '"six; ty": this is not a duration',
    "write seconds such as 60",
    17,
    7,
    "work",
    Path("/etc/kiosk/circuits/back.yaml"),
)


def problems(count: int, wrong: str, right: str = "") -> list[Problem]:
    """Return problems in one folder, each in a different file."""
    paths = [Path(f"/etc/kiosk/exercises/an-exercise-with-a-very-long-name-{n}.yaml") for n in range(count)]
    return [Problem(wrong, right, line, 1, "name", path) for line, path in enumerate(paths, 1)]


VIEWS = {
    "one": error_view(ConfigError(ONE), "kiosk 0.1.0  ·  192.168.1.37  ·  since 18:42"),
    "many": error_view(ConfigError(*problems(9, "Wörter " * 20, "mehr " * 30)), "x"),
    "pins": error_view(PinError("GPIO17 cannot be the button: another program uses it")),
    "long": ErrorView("E-CONFIG", "Headline " * 9, "what " * 200, "/a/b/c" * 200, "fix " * 200, "footer " * 40),
    "unbroken": ErrorView("E-CONFIG", "W" * 90, "W" * 300, "W" * 900, "W" * 300, "W" * 60),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", VIEWS)
def test_nothing_overflows_or_overlaps(name: str, size: tuple[int, int]) -> None:
    items = error.draw(VIEWS[name], 0.0, context(size)).items
    assert faults(items, context(size).layout) == []
    boxes = [item.rect for item in items if str(item.key).startswith("('box'")]
    assert boxes
    assert max(rect.bottom for rect in boxes) <= context(size).layout.y(error.cards_bottom(context(size))) + 2


@pytest.mark.parametrize("name", ["one", "many", "pins"])
def test_all_can_be_read(name: str) -> None:
    desk = context((1280, 720))
    contrast, text = least_contrast(error.draw(VIEWS[name], 0.0, desk).items, desk)
    assert contrast >= 7, text


def test_the_same_view_has_the_same_pixels() -> None:
    desk = context((800, 480))
    first, second = (painted(error.draw(VIEWS["many"], t_s, desk).items, desk) for t_s in (0.0, 9.0))
    assert pixels(first) == pixels(second)


def test_one_mistake_is_shown_as_what_where_and_fix() -> None:
    view = VIEWS["one"]
    assert (view.code, view.headline) == ("E-CONFIG", "Can’t start")
    assert view.what == 'work: "six; ty": this is not a duration.'
    assert view.where == "/etc/kiosk/circuits/back.yaml, line 17, column 7"
    assert view.fix == f"Write seconds such as 60. {AFTERWARDS}"
    assert view.footer.startswith("kiosk")


def test_of_several_mistakes_the_first_are_shown_and_the_others_counted() -> None:
    view = error_view(ConfigError(ONE, *problems(5, "too long")))
    first, *_, last = view.where.split("\n")
    assert view.what == "6 mistakes in /etc/kiosk."
    assert first == 'circuits/back.yaml, line 17: work: "six; ty": this is not a duration; write seconds such as 60'
    assert len(view.where.split("\n")) == SHOWN + 1
    assert last == "and 3 more"


def test_mistakes_in_different_folders_keep_their_whole_paths() -> None:
    first, second = (Problem("wrong", "right", 1, 1, "x", Path(f"/{folder}/kiosk.yaml")) for folder in "ab")
    view = error_view(ConfigError(first, second))
    assert view.what == "2 mistakes in the config files."
    assert view.where == "/a/kiosk.yaml, line 1: x: wrong; right\n/b/kiosk.yaml, line 1: x: wrong; right"


@pytest.mark.parametrize(
    ("problem", "what", "where", "fix"),
    [
        (
            Problem("there is no circuit", "put a file", path=Path("/x/circuits")),
            "there is no circuit.",
            "/x/circuits",
            "Put a file.",
        ),
        (Problem('there is no circuit "c"', 'did you mean "a"?'), 'there is no circuit "c".', "", 'Did you mean "a"?'),
        (Problem("nothing else known"), "nothing else known.", "", "Correct this."),
        (Problem("no", "", 3, 5, "pin", Path("k/a.yaml")), "pin: no.", "k/a.yaml, line 3, column 5", "Correct this."),
        (Problem("no", path=Path("/k/a\nb.yaml")), "no.", "/k/a\\nb.yaml", "Correct this."),
    ],
)
def test_a_problem_without_a_place_or_a_remedy_is_shown_too(problem: Problem, what: str, where: str, fix: str) -> None:
    view = error_view(ConfigError(problem))
    assert (view.what, view.where, view.fix) == (what, where, f"{fix} {AFTERWARDS}")


def test_every_mistake_of_a_real_folder_is_understood(tmp_path: Path) -> None:
    (tmp_path / "circuits").mkdir()
    (tmp_path / "circuits" / "a.yaml").write_text("name: A\nrounds: 0\nwork: sixty\nexercises: [nothing]\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    view = error_view(caught.value)
    assert view.what == f"{len(caught.value.problems)} mistakes in {tmp_path}."
    assert view.where.startswith("circuits/a.yaml, line 2: rounds: ")


def test_other_errors_have_a_screen_as_well() -> None:
    pins = VIEWS["pins"]
    assert (pins.code, pins.where) == ("E-GPIO", "GPIO17 cannot be the button: another program uses it")
    assert "Space = button" in pins.fix
    assert error_view(DisplayError("there is no display")).what == "there is no display"
