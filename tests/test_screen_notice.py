"""The screen of a notice: what was taken from a stick, or why it was not."""

from __future__ import annotations

import pytest

from kiosk.notice import MOST_ROWS, Notice, Row
from kiosk.screen.scenes import notice
from kiosk.view import NoticeView
from tests.screen_checks import context, faults, icons, least_contrast
from tests.screen_samples import SIZES

WORDS = "Großmütter heben Ärmel über Köpfe und wieder zurück auf die Matte"
NOTICES = {
    "taken": Notice(
        "3 circuits taken from the stick",
        (Row("Day 1: legs", "24 min"), Row("Day 2: core", "26 min"), Row("Saturday class", "42 min")),
        line="You can pull the stick out now.",
        note="Hold the button on the start screen to choose one.",
    ),
    "many": Notice(
        "222 circuits taken from the stick",
        tuple(Row("W" * 32, "120 min and more") for _ in range(MOST_ROWS)),
        218,
        "You can pull the stick out now.",
        "Hold the button on the start screen to choose one.",
    ),
    "one": Notice("Settings taken from the stick", (Row("Settings", "kiosk.yaml"),), line="You can pull it out now."),
    "copied": Notice("14 circuits copied to the stick", line="You can pull the stick out now.", note=WORDS),
    "refused": Notice(
        "Stick not taken",
        code="E-STICK",
        what='work: "sixty": this is not a duration.',
        where="On the stick: circuits/day-2.yaml, line 17",
        fix="Write seconds such as 60, or minutes and seconds such as 1:30, and put the stick in again.",
        note="Nothing was changed: the wall keeps the workouts it has.",
    ),
    "long": Notice("Headline " * 9, (), 0, "", "note " * 90, "E-STICK", "what " * 90, "/a" * 300, "fix " * 90),
}


def texts(name: str, seconds: int = 15) -> list[str]:
    items = notice.draw(NoticeView(NOTICES[name], seconds), 0.0, context((1920, 1080))).items
    return [text.text for item in items for text in item.texts]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NOTICES)
def test_nothing_overflows_or_overlaps(name: str, size: tuple[int, int]) -> None:
    items = notice.draw(NoticeView(NOTICES[name], 60), 0.0, context(size)).items
    assert faults(items, context(size).layout) == []


@pytest.mark.parametrize("name", ["taken", "refused"])
def test_all_can_be_read(name: str) -> None:
    desk = context((1280, 720))
    contrast, text = least_contrast(notice.draw(NoticeView(NOTICES[name], 9), 0.0, desk).items, desk)
    assert contrast >= 7, text


def test_it_lists_what_was_taken_and_says_what_to_do() -> None:
    said = texts("taken", 9)
    assert said[0] == "3 circuits taken from the stick"
    assert {"Day 1: legs", "24 min", "You can pull the stick out now.", "Press to go on", "Goes on in 9 s"} <= set(said)
    items = notice.draw(NoticeView(NOTICES["taken"], 9), 0.0, context((1280, 720))).items
    assert (icons(items, "stick"), icons(items, "check")) == (1, 3)


def test_more_than_four_are_counted() -> None:
    assert "And 218 more. Hold the button on the start screen to choose one." in texts("many")


def test_an_error_says_what_where_and_how_to_fix_it() -> None:
    said = texts("refused")
    assert {"E-STICK", "Stick not taken", "What", "Where", "Fix", "Press to go on"} <= set(said)
    assert "On the stick: circuits/day-2.yaml, line 17" in said
    assert NOTICES["refused"].note in said
