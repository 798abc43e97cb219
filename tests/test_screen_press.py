"""The press bar and the frame of work that a press ends."""

from __future__ import annotations

import pytest
from pygame import Rect

from kiosk.screen.compositor import changes, repaint
from kiosk.screen.display_list import Item
from kiosk.screen.theme import State
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.press import (
    PRESS_AFTER_EACH_ROUND,
    PRESS_WHEN_ALL_IS_DONE,
    PRESS_WHEN_DONE,
    press_bar,
    press_frame,
)
from tests.screen_checks import context, faults, least_contrast, painted, pixels
from tests.screen_samples import SIZES

WORDS = PRESS_WHEN_DONE, PRESS_WHEN_ALL_IS_DONE, PRESS_AFTER_EACH_ROUND
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@ALL_SIZES
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
@pytest.mark.parametrize("filled", [False, True], ids=["waiting", "pressed"])
def test_the_bar_fits_and_can_be_read(words: tuple[str, str], filled: bool, size: tuple[int, int]) -> None:
    desk = context(size)
    items = [*panel(desk, State.WORK), *press_bar(desk, words, desk.palette.work, filled=filled)]
    assert faults(items, desk.layout) == []
    assert {text.text for item in items for text in item.texts} == {"WORK", *words}
    assert least_contrast(items, desk)[0] >= 7.0


def test_another_text_can_answer_a_press() -> None:
    desk = context((1280, 720))
    items = press_bar(desk, PRESS_AFTER_EACH_ROUND, desk.palette.work, filled=True, instead="+1")
    assert [text.text for item in items for text in item.texts] == ["+1"]


@pytest.mark.parametrize("size", [(480, 270), (800, 480), (1024, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_frame_changes_and_repaints_only_itself(size: tuple[int, int]) -> None:
    desk = context(size)

    def items(t_s: float) -> list[Item]:
        return [*panel(desk, State.WORK), *press_frame(desk, desk.palette.work, t_s).items]

    surface, before, t_s, seen = painted(items(0.0), desk), items(0.0), 0.0, set[bytes]()
    while t_s < 4.0:
        t_s += press_frame(desk, desk.palette.work, t_s).stays_s
        rects = [rect for change in changes(before, items(t_s)) for rect in change.rects]
        assert sum(rect.width * rect.height for rect in rects) < 0.12 * area_of(desk.layout.panel_px)
        repaint(surface, items(t_s), rects, desk.palette.bg)
        assert pixels(surface) == pixels(painted(items(t_s), desk))
        before = items(t_s)
        seen.add(pixels(surface))
    assert len(seen) > 4, "it breathes"


def area_of(rect: Rect) -> int:
    return rect.width * rect.height
