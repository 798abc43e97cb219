"""What the page says in words: what somebody else has changed, and whether changes last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.editor.overview import lasts
from kiosk.editor.wording import MOST, differences

TITLES = {"squat": "Squat", "plank": "Side plank"}


def exercises(*names: str) -> list[dict[str, Any]]:
    return [{"exercise": name} for name in names]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({"rounds": 3}, {"rounds": 4}, ["Rounds: 3 is now 4"]),
        ({"rounds": 3}, {}, ["Rounds: 3 is gone"]),
        ({}, {"round_break": "1:30"}, ["Round break: is now 1:30"]),
        ({"easy": True}, {"easy": False}, ["Easy: yes is now no"]),
        ({"work": [20, 40]}, {"work": [20, 30]}, ["Work: 20, 40 is now 20, 30"]),
        ({"work": 1}, {"work": True}, ["Work: 1 is now yes"]),
        ({"easier": {"hold": 10}}, {"easier": {"hold": 8}}, ["Easier: Hold: 10 is now 8"]),
        ({"muscles": ["Abs"]}, {"muscles": ["Abs", "Hips"]}, ["Muscles: Abs is now Abs, Hips"]),
        ({"exercises": exercises("squat")}, {"exercises": exercises("squat", "plank")}, ["Added: Side plank"]),
        ({"exercises": exercises("squat", "plank")}, {"exercises": exercises("plank")}, ["Removed: Squat"]),
        ({"exercises": exercises("squat", "plank")}, {"exercises": exercises("plank", "squat")}, ["Moved: Side plank"]),
        (
            {"exercises": [{"name": "Main", "exercises": exercises("squat")}]},
            {"exercises": [{"name": "Main", "exercises": [{"exercise": "squat", "work": 30}]}]},
            ["Main: Squat: Work: is now 30"],
        ),
        (
            {"exercises": [{"amrap": "12:00", "exercises": exercises("squat")}]},
            {"exercises": [{"amrap": "10:00", "exercises": exercises("squat")}]},
            ["AMRAP: Time: 12:00 is now 10:00"],
        ),
        ({"name": "A"}, {"name": "A"}, []),
    ],
)
def test_what_somebody_else_has_changed(old: dict[str, Any], new: dict[str, Any], lines: list[str]) -> None:
    assert differences(old, new, TITLES) == lines


def test_another_workout_is_told_in_few_lines() -> None:
    lines = differences({"exercises": exercises(*"abcdefghi")}, {"exercises": exercises(*"klmnopqrs")})
    assert len(lines) == MOST
    assert lines[-1] == "And 7 more."


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        ("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n", True),
        ("1 0 0:1 / / rw - overlay overlay rw\n", False),
        ("1 0 0:1 / / rw - overlay overlay rw\n2 1 8:1 / {folder} rw - ext4 /dev/sda1 rw\n", True),
        ("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:2 / {folder} rw shared:1 - tmpfs tmpfs rw\n", False),
        ("", True),
        ("nonsense\n", True),
    ],
)
def test_whether_changes_last(tmp_path: Path, mounts: str, expected: bool) -> None:
    file = tmp_path / "mountinfo"
    file.write_text(mounts.format(folder=str(tmp_path)))
    assert lasts(tmp_path / "kiosk", file) is expected


def test_without_a_list_of_mounts_they_last(tmp_path: Path) -> None:
    assert lasts(tmp_path, tmp_path / "none") is True
