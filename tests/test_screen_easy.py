"""Easy work on the wall: calm, until work follows."""

from __future__ import annotations

import pytest

from kiosk.circuit import Circuit, Entry, Exercise, Set, Sides, Task, Work
from kiosk.screen.compositor import compose
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import FigureMoment, Figures, Shown
from kiosk.screen.layout import Layout
from kiosk.screen.scenes.running import EASY_SPEED
from kiosk.screen.theme import Palette
from kiosk.timeline import Timeline
from tests.samples import exercise, rounds_of, work
from tests.screen_checks import TwoWalls, context, faults, least_contrast, pixels
from tests.screen_samples import SIZES, at

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
EASY = exercise("Brisk walk", figure="walk", tip=())


def easy(done: Exercise, work_s: float = 90.0, amount: str = "", rest_s: float = 0.0) -> Work:
    return Work((Set((Task(done, amount),), work_s, rest_s, 5.0, easy=True),))


def timeline(*entries: Entry) -> Timeline:
    return Timeline.of(Circuit(id="easy", name="Easy", content=rounds_of(*entries), get_ready_s=0))


def items_of(one: Timeline, at_s: float, size: tuple[int, int] = (1280, 720)) -> list[Item]:
    return compose(at(one, at_s), context(size)).items


def words(one: Timeline, at_s: float) -> set[str]:
    return {text.text for item in items_of(one, at_s) for text in item.texts}


@ALL_SIZES
@pytest.mark.parametrize("sides", [Sides.NONE, Sides.EACH])
def test_everything_fits(sides: Sides, size: tuple[int, int]) -> None:
    one = timeline(easy(exercise(sides=sides, figure="plank"), 260.0, "10 each side"), work(EASY, 30))
    found = []
    for at_s in (0.1, 20.0, 70.0, 126.0, 129.9, 150.0, 220.0, 258.0):
        found += faults(items_of(one, at_s, size), context(size).layout, 0.048)
    assert found == []


@pytest.mark.parametrize("size", [(800, 480), (1024, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("at_s", [2.0, 32.0, 55.0, 88.5], ids=["full", "minute", "low", "last seconds"])
def test_everything_can_be_read(at_s: float, size: tuple[int, int]) -> None:
    ratio, what = least_contrast(items_of(timeline(easy(EASY)), at_s, size), context(size))
    assert ratio >= 7.0, what


def test_it_has_its_own_word() -> None:
    assert {"EASY", "Brisk walk"} <= words(timeline(easy(EASY)), 5.0)
    assert "WORK" not in words(timeline(easy(EASY)), 5.0)


def test_only_work_that_follows_at_once_is_announced() -> None:
    hard, other = work(exercise("Run"), 60), easy(exercise("Slow walk"))
    assert "GET READY" in words(timeline(easy(EASY), hard), 88.5)
    assert "GET READY" not in words(timeline(easy(EASY), other), 88.5)
    assert "GET READY" not in words(timeline(easy(EASY)), 88.5)
    assert "GET READY" not in words(timeline(easy(EASY, rest_s=20.0), hard), 88.5)
    both_sides = timeline(easy(exercise(sides=Sides.EACH)), hard)
    assert "GET READY" not in words(both_sides, 43.5), "the other side follows"
    assert "GET READY" in words(both_sides, both_sides.intervals[2].end_s - 1.5)


class Seen(Figures):
    """Figures that keep the moments that they were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[FigureMoment] = []

    def get(self, moment: FigureMoment) -> Shown:
        self.moments.append(moment)
        return Shown(None, 1.0)


def test_the_figure_is_slower_and_in_violet() -> None:
    figures = Seen()
    desk = Context(Layout(480, 270), figures=figures)
    for at_s in (0.0, 10.0, 20.0):
        compose(at(timeline(easy(EASY)), at_s), desk)
    assert [round(moment.t_s, 3) for moment in figures.moments] == [0.0, 10 * EASY_SPEED, 20 * EASY_SPEED]
    assert {moment.accent for moment in figures.moments} == {Palette().easy}


@pytest.mark.parametrize("start_s", [0.0, 40.0, 80.0], ids=["full", "half", "empty"])
def test_only_the_strip_at_the_surface_is_repainted_and_that_is_enough(start_s: float) -> None:
    walls = TwoWalls((480, 270))
    one, areas, now_s = timeline(easy(exercise(steps=(), cues=(), tip=()))), list[int](), start_s
    seen = set[bytes]()
    while now_s < start_s + 9.9:
        rects = walls.draw(at(one, now_s), now_s)
        areas.append(sum(rect.width * rect.height for rect in rects))
        seen.add(pixels(walls.small.surface))
        now_s += max(0.01, walls.small.stays_s(now_s))
    assert len(seen) > 60, "it drifts"
    panel = context((480, 270)).layout.panel_px
    assert sum(areas[1:]) / len(areas[1:]) < 0.25 * panel.width * panel.height
