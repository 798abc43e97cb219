"""Opening hours in kiosk.yaml."""

from pathlib import Path

import pytest

from kiosk.config import load
from kiosk.config.hours import ALL_DAY
from kiosk.errors import ConfigError
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("circuits", "exercises"):
        (tmp_path / name).symlink_to(ROOT / "config" / name)
    return tmp_path


def hours(folder: Path, yaml: str) -> tuple[tuple[int, int] | None, ...]:
    (folder / "kiosk.yaml").write_text(f"television:\n  open: {yaml}\n")
    return load(folder).settings.television.hours


def test_one_span_for_all_days(folder: Path) -> None:
    assert hours(folder, "6:00-22:30") == ((360, 1350),) * 7


def test_past_midnight(folder: Path) -> None:
    assert hours(folder, "18:00 - 2:00")[0] == (1080, 120)


def test_always(folder: Path) -> None:
    assert hours(folder, "always") == (ALL_DAY,) * 7


def test_days_that_are_left_out_are_open(folder: Path) -> None:
    week = hours(folder, "{saturday: 9:00-18:00, sunday: closed}")
    assert week == (ALL_DAY,) * 5 + ((540, 1080), None)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("6-22", '2:9: television.open: "6-22" are not opening hours; write always, closed, or from when to when'),
        ("6:00-25:00", "2:9: television.open: there is no 25:00; write a time from 0:00 to 24:00"),
        ("6:00-6:00", '2:9: television.open: "6:00-6:00" opens and closes at the same time; write always or closed'),
        ("{sonday: closed}", '2:10: unknown key "sonday"; did you mean "sunday"?'),
        ("", "2:8: television.open: opening hours are missing"),
    ],
)
def test_says_what_is_wrong(folder: Path, yaml: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        hours(folder, yaml)
    assert str(caught.value).startswith(f"{folder}/kiosk.yaml:{message}")
