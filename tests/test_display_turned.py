"""The picture turned for a television on its side, tested with a window of SDL's dummy driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest
from pygame import Surface

from kiosk.display.window import Painter, Window
from kiosk.screen.compositor import Compositor
from kiosk.timeline import Kind, Timeline
from tests.screen_samples import Bars, at, circuits
from tests.test_screen_compositor import film, starts

SIZE = (640, 360)
TURNS = (0, 90, 180, 270)

Open = Callable[[int], tuple[Window, Surface]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a function that opens a window, turned by some degrees, and returns it and its painter's surface."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    windows: list[Window] = []

    def open_(rotate: int) -> tuple[Window, Surface]:
        surfaces: list[Surface] = []

        def make_painter(surface: Surface) -> Painter:
            surfaces.append(surface)
            return Compositor(surface, Bars())

        windows.append(Window(make_painter, lambda why: None, size=SIZE, rotate=rotate))
        return windows[-1], surfaces[0]

    yield open_
    for window in windows:
        window.close()


def pixels(surface: Surface) -> bytes:
    return pygame.image.tostring(surface, "RGB")


@pytest.mark.parametrize("rotate", TURNS)
def test_the_window_shows_the_turned_picture_after_every_partly_repainted_frame(opened: Open, rotate: int) -> None:
    window, canvas = opened(rotate)
    for moment, now_s in (*film(0.0, 16.0, 0.093), *film(starts(Kind.SWITCH)[0] - 2.0, 9.0, 0.093, 1016.0)):
        window.show(moment, now_s)
        assert pixels(pygame.display.get_surface()) == pixels(pygame.transform.rotate(canvas, -rotate))


@pytest.mark.parametrize("rotate", TURNS)
def test_it_is_turned_clockwise(opened: Open, rotate: int) -> None:
    window, canvas = opened(rotate)
    window.show(at(Timeline.of(circuits()["real"]), 12.0), 100.0)
    shown = pygame.display.get_surface()
    width, height = shown.get_size()
    # Where the canvas has its top left corner, and where its directions lead.
    corner = {0: (0, 0), 90: (width - 1, 0), 180: (width - 1, height - 1), 270: (0, height - 1)}[rotate]
    down = {0: (0, 1), 90: (-1, 0), 180: (0, -1), 270: (1, 0)}[rotate]
    right = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotate]
    colours: set[tuple[int, ...]] = set()
    for x in range(0, canvas.get_width(), 3):
        for y in range(0, canvas.get_height() // 5, 3):
            place = corner[0] + x * right[0] + y * down[0], corner[1] + x * right[1] + y * down[1]
            assert shown.get_at(place) == canvas.get_at((x, y))
            colours.add(tuple(canvas.get_at((x, y))))
    assert len(colours) > 10


@pytest.mark.parametrize(("rotate", "size"), [(0, (640, 360)), (90, (360, 640)), (180, (640, 360)), (270, (360, 640))])
def test_on_its_side_the_picture_is_in_portrait_but_the_window_is_not(
    opened: Open, rotate: int, size: tuple[int, int]
) -> None:
    window, canvas = opened(rotate)
    assert canvas.get_size() == size
    assert window.size == pygame.display.get_surface().get_size() == SIZE
    assert window.fits()
    assert window.refused is None


def test_without_a_turn_the_painter_draws_on_the_window_itself(opened: Open) -> None:
    _, canvas = opened(0)
    assert canvas is pygame.display.get_surface()


def test_a_window_that_was_covered_is_shown_again_as_it_was(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    window, canvas = opened(90)
    window.show(at(Timeline.of(circuits()["real"]), 12.0), 100.0)
    flips: list[bytes] = []
    monkeypatch.setattr(pygame.display, "flip", lambda: flips.append(pixels(pygame.display.get_surface())))
    pygame.event.post(pygame.event.Event(pygame.VIDEOEXPOSE))
    window.read(101.0)
    assert set(flips) == {pixels(pygame.transform.rotate(canvas, -90))}
