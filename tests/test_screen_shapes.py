"""Shapes have smooth edges and exact pixels inside and outside, and are drawn once for all colours."""

from __future__ import annotations

import pygame
import pytest
from pygame import Rect, Surface

from kiosk.screen.shapes import WHITE, Shapes
from tests.screen_checks import pixels, rgb

SIZE = (41, 41)
LIME, SKY = (200, 255, 60), (92, 200, 255)


class Disc:
    """A function that draws a disc and counts its calls."""

    drawn = 0

    def __call__(self, surface: Surface, times: int) -> None:
        self.drawn += 1
        pygame.draw.circle(surface, WHITE, (20.5 * times, 20.5 * times), 18 * times)


def test_another_colour_is_not_another_drawing() -> None:
    shapes, disc = Shapes(), Disc()
    for colour in (LIME, SKY, LIME):
        sprite = shapes.sprite("disc", SIZE, disc, colour)
        assert rgb(sprite, (20, 20)) == colour
        assert [sprite.get_at(point).a for point in ((20, 20), (0, 0))] == [255, 0]
    assert disc.drawn == 1


def test_a_shape_leaves_what_it_does_not_cover_and_blends_at_its_edge() -> None:
    surface = Surface(SIZE, 0, 32)
    surface.fill((10, 13, 18))
    shapes, disc = Shapes(), Disc()
    for _ in range(2):
        surface.blit(shapes.sprite("disc", SIZE, disc, LIME), (0, 0))
        assert rgb(surface, (0, 0)) == (10, 13, 18)
        assert rgb(surface, (20, 20)) == LIME
    greens = {surface.get_at((x, 20)).g for x in range(41)}
    assert any(13 < green < 255 for green in greens)


@pytest.mark.parametrize("size", [(160, 30), (31, 31), (12, 60), (5, 4), (1, 9)])
@pytest.mark.parametrize("radius_px", [0, 1, 6, 15])
def test_a_small_box_is_full_and_looks_the_same_from_every_side(size: tuple[int, int], radius_px: int) -> None:
    surface, box = Surface((170, 70), 0, 32), Rect((3, 4), size)
    surface.fill((10, 13, 18))
    Shapes().fill_round(surface, box, radius_px, LIME)
    assert rgb(surface, box.center) == LIME
    whole = surface.subsurface(box)
    for across, down in ((True, False), (False, True)):
        assert pixels(pygame.transform.flip(whole, across, down)) == pixels(whole.copy())
    surface.fill((10, 13, 18), box)
    assert {rgb(surface, point) for point in _points(surface.get_rect())} == {(10, 13, 18)}


@pytest.mark.parametrize("clip", [Rect(0, 0, 300, 200), Rect(190, 10, 30, 300), Rect(20, 140, 260, 9)])
def test_a_large_box_fills_just_its_rectangle(clip: Rect) -> None:
    surface, box = Surface((300, 200), 0, 32), Rect(5, 7, 211, 140)
    surface.set_clip(clip)
    Shapes().fill_round(surface, box, 20, LIME)
    inside = box.inflate(-40, 0).clip(clip)
    assert {rgb(surface, point) for point in _points(inside)} == {LIME}
    outside = [point for point in _points(surface.get_rect()) if not box.clip(clip).collidepoint(point)]
    assert {rgb(surface, point) for point in outside} == {(0, 0, 0)}


def _points(rect: Rect) -> list[tuple[int, int]]:
    return [(x, y) for x in range(rect.left, rect.right) for y in range(rect.top, rect.bottom)]


def test_the_shape_not_asked_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.screen.shapes.CACHED_BYTES", 3 * 41 * 41 * 4)
    shapes, disc = Shapes(), Disc()
    first, second, *_ = (shapes.sprite("disc", SIZE, disc, (shade, 0, 0)) for shade in (1, 2, 3))
    assert shapes.sprite("disc", SIZE, disc, (1, 0, 0)) is first
    shapes.sprite("disc", SIZE, disc, (4, 0, 0))
    assert shapes.sprite("disc", SIZE, disc, (1, 0, 0)) is first
    assert shapes.sprite("disc", SIZE, disc, (2, 0, 0)) is not second
    assert disc.drawn == 1
