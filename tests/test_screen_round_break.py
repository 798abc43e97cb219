"""The round break: which round comes next, how many there are, and what to do during the break."""

from __future__ import annotations

import pytest

from kiosk.circuit import Circuit
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.scenes import round_break
from kiosk.timeline import Kind, Timeline
from tests.samples import circuit
from tests.screen_checks import context, faults, icons, key
from tests.screen_samples import SIZES, at

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def texts(items: list[Item]) -> list[str]:
    return [text.text for item in items for text in item.texts]


def first_break(made: Circuit, size: tuple[int, int] = (1280, 720), after_s: float = 0.9) -> list[Item]:
    """Return the items on the screen, `after_s` after the first break began."""
    timeline = Timeline.of(made)
    begins_s = next(one.start_s for one in timeline.intervals if one.kind is Kind.ROUND_BREAK)
    return compose(at(timeline, begins_s + after_s), context(size)).items


def test_eight_rounds_are_eight_tokens() -> None:
    items = round_break.round_tokens(context((1920, 1080)), 3, 8, (9, 9, 9))
    assert icons(items, "check") == 3
    assert texts(items) == ["4", "5", "6", "7", "8"]


@ALL_SIZES
@pytest.mark.parametrize("rounds", [7, 8, 9, 12, 20, 99])
def test_any_number_of_rounds_tells_the_next_one_and_how_many_there_are(rounds: int, size: tuple[int, int]) -> None:
    for done in range(1, rounds):
        items = round_break.round_tokens(context(size), done, rounds, (9, 9, 9))
        assert faults(items, context(size).layout) == []
        shown = texts(items)
        assert shown[0] == str(done + 1)
        assert shown[-1] == str(rounds)
        left_out = rounds - len(shown) - icons(items, "check")
        dots = sum(item.rect.width < context(size).layout.px(0.03) for item in items if key(item)[0] == "disc")
        assert (dots > 0) is (left_out > 0)


def test_where_not_all_have_room_the_first_the_last_and_those_around_the_next_one_show() -> None:
    assert round_break.shown_rounds(4, 8, 8) == (1, 2, 3, 4, 5, 6, 7, 8)
    assert round_break.shown_rounds(2, 99, 6) == (1, 2, 3, 4, 5, 99)
    assert round_break.shown_rounds(50, 99, 6) == (1, 48, 49, 50, 51, 99)
    assert round_break.shown_rounds(99, 99, 6) == (1, 95, 96, 97, 98, 99)


@pytest.mark.parametrize(
    ("break_s", "words"), [(10.0, "Breathe."), (19.9, "Breathe."), (30.0, "Breathe. Drink some water.")]
)
def test_only_a_long_break_tells_to_drink(break_s: float, words: str) -> None:
    assert words in texts(first_break(circuit(round_break_s=break_s)))
