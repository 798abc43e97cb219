"""A few rectangles in the place of many: they hold everything, and less than one around it all would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect

from kiosk.screen.figure.merge_rects import merge_rects

SIDES = st.integers(1, 60)
PLACES = st.integers(0, 400)
RECTS = st.lists(st.builds(Rect, PLACES, PLACES, SIDES, SIDES), max_size=30)


@given(RECTS, st.integers(1, 5))
def test_every_rectangle_is_held_by_one_of_few(rects: list[Rect], most: int) -> None:
    covers = merge_rects(rects, most)
    assert len(covers) <= most
    assert all(any(one.contains(rect) for one in covers) for rect in rects)


@given(RECTS, st.integers(1, 5))
def test_it_is_never_more_than_one_around_them_all(rects: list[Rect], most: int) -> None:
    assert sum(map(area, merge_rects(rects, most))) <= sum(map(area, merge_rects(rects, 1)))


def test_what_lies_far_apart_is_told_apart_if_that_saves_much() -> None:
    head, shadow, foot = Rect(0, 0, 90, 90), Rect(0, 300, 90, 90), Rect(300, 300, 90, 90)
    assert merge_rects([foot, head, shadow], 3) == [head, shadow, foot]
    assert sorted(map(area, merge_rects([head, shadow, foot], 2))) == [90 * 90, 90 * 390]
    near = Rect(0, 95, 90, 90)
    assert merge_rects([head, near], 3) == [Rect(0, 0, 90, 185)]
    assert merge_rects([], 3) == []


def area(rect: Rect) -> int:
    return rect.width * rect.height
