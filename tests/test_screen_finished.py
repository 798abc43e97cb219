"""The finish screen: the text about what was done, the jumping figure and the confetti."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pygame import Rect

from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes import finished, scene_of
from kiosk.screen.widgets.confetti import LASTS_S, PIECES, confetti, pieces
from kiosk.view import FinishedView
from tests.samples import rounds_of, work
from tests.screen_checks import context, faults, key, least_contrast, painted, pixels
from tests.screen_samples import SIZES, circuits, realistic

CIRCUITS = circuits()
REAL = FinishedView(CIRCUITS["real"], 1120.0, 45)
LONGEST = FinishedView(replace(CIRCUITS["steps"], name="Kräftiger Rücken für Läuferinnen"), 99 * 3600.0 + 59, 45)
WIDEST = FinishedView(replace(CIRCUITS["steps"], name="W" * 32), 99 * 3600.0 + 59, 45)


def texts(view: FinishedView) -> list[str]:
    return [text.text for item in finished.draw(view, 7.0, context((1280, 720))).items for text in item.texts]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", [REAL, LONGEST, WIDEST], ids=["real", "longest", "widest"])
def test_nothing_overflows_or_overlaps_and_no_confetti_falls_on_text(view: FinishedView, size: tuple[int, int]) -> None:
    for t_s in (0.0, 3.0, 8.0):
        items = finished.draw(view, t_s, context(size)).items
        assert faults(items, context(size).layout) == []
        paper = [item.rect for item in items if str(item.key).startswith("('confetti'")]
        assert len(paper) == (0 if t_s > LASTS_S else 2)
        assert [text.text for item in items for text in item.texts if text.ink.collidelist(paper) >= 0] == []


@pytest.mark.parametrize("view", [REAL, LONGEST], ids=["real", "longest"])
def test_all_can_be_read_while_confetti_falls(view: FinishedView) -> None:
    desk = context((1280, 720))
    contrast, text = least_contrast(finished.draw(view, 1.0, desk).items, desk)
    assert contrast >= 7, text


def test_it_says_what_was_done() -> None:
    assert {"Done!", REAL.circuit.name, "15", "exercises", "3", "rounds", "18:40", "total time"} <= set(texts(REAL))
    assert "Start screen in 45 s" in texts(REAL)
    once = replace(REAL, circuit=replace(REAL.circuit, content=rounds_of(work(realistic(), 40))), total_s=3661.0)
    assert {"1", "exercise", "round", "1:01:01"} <= set(texts(once))


def test_confetti_is_the_same_every_time_moves_and_is_gone_after_6_seconds() -> None:
    desk, room = context((1280, 720)), (Rect(600, 0, 680, 600),)
    assert len(pieces()) == PIECES
    assert [item.key for item in confetti(desk, 1.0, room)] == [item.key for item in confetti(desk, 1.0, room)]
    assert confetti(desk, 1.0, room)[0].key != confetti(desk, 1.1, room)[0].key
    assert confetti(desk, 6.0, room) == []


def test_confetti_stays_in_its_room() -> None:
    desk, room = context((1280, 720)), Rect(600, 0, 680, 600)
    for frame in range(60):
        for item in confetti(desk, frame / 10, (room,)):
            corners = [point for points, _ in key(item)[1] for point in points]
            assert all(room.left <= x < room.right and y < room.bottom for x, y in corners)


def test_the_same_moment_has_the_same_pixels() -> None:
    desk = context((800, 480))
    first, second = (painted(finished.draw(REAL, 2.0, desk).items, desk) for _ in range(2))
    assert pixels(first) == pixels(second)


def test_he_jumps_all_the_time_at_first_and_every_4_seconds_later() -> None:
    assert finished.jump_time(5.0) == 5.0
    assert finished.jump_time(6.5) == finished.jump_time(10.5) == 0.5
    assert finished.jump_time(9.0) == finished.jump_time(9.9) == finished.JUMP_S


def test_the_picture_of_the_jump_is_asked_for() -> None:
    desk = context((1280, 720))
    assert scene_of(REAL).figures_ahead(REAL, desk) == [SizedFigure("victory", finished.figure_box(desk).size)]
