"""Icons, drawn as shapes: the fonts have no arrows and check marks, and people recognise a shape faster than a word."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import cos, pi, sin

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour, mix
from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit
from kiosk.screen.shapes import CLEAR, WHITE

Point = tuple[float, float]


class _Pen:
    """Draws on a square from -1 to 1, where 1 is `r` pixels and y runs down."""

    def __init__(self, surface: Surface, r: float) -> None:
        self.surface, self.r = surface, r
        self.middle = surface.get_width() / 2

    def at(self, x: float, y: float) -> Point:
        return self.middle + x * self.r, self.middle + y * self.r

    def polygon(self, *points: Point, colour: tuple[int, ...] = WHITE) -> None:
        pygame.draw.polygon(self.surface, colour, [self.at(*point) for point in points])

    def disc(self, x: float, y: float, radius: float, colour: tuple[int, ...] = WHITE) -> None:
        pygame.draw.circle(self.surface, colour, self.at(x, y), radius * self.r)

    def stroke(self, *points: Point, width: float, colour: tuple[int, ...] = WHITE) -> None:
        """Draw a line with round ends and corners."""
        for (x, y), (to_x, to_y) in pairwise(points):
            length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
            across, down = (to_y - y) / length * width / 2, (x - to_x) / length * width / 2
            corners = (x + across, y + down), (to_x + across, to_y + down), (to_x - across, to_y - down)
            self.polygon(*corners, (x - across, y - down), colour=colour)
        for point in points:
            self.disc(*point, width / 2, colour)

    def bar(self, x: float, y: float, width: float, height: float, radius: float) -> None:
        left, top = self.at(x, y)
        rect = Rect(round(left), round(top), round(width * self.r), round(height * self.r))
        pygame.draw.rect(self.surface, WHITE, rect, border_radius=round(radius * self.r))


def _work(pen: _Pen) -> None:
    pen.polygon((-0.72, -0.95), (0.98, 0.0), (-0.72, 0.95))


def _rest(pen: _Pen) -> None:
    pen.disc(0, 0, 1.0)
    pen.disc(0, 0, 0.66, CLEAR)


def _ready(pen: _Pen) -> None:
    for x in (-0.85, 0.05):
        pen.stroke((x, -0.78), (x + 0.72, 0.0), (x, 0.78), width=0.30)


def _pause(pen: _Pen) -> None:
    for x in (-0.86, 0.30):
        pen.bar(x, -0.9, 0.56, 1.8, 0.10)


def _check(pen: _Pen) -> None:
    pen.stroke((-0.80, 0.05), (-0.25, 0.60), (0.85, -0.55), width=0.32)


def _left(pen: _Pen) -> None:
    pen.polygon((-1.0, 0.0), (-0.05, -0.85), (-0.05, 0.85))
    pen.polygon((-0.10, -0.26), (1.0, -0.26), (1.0, 0.26), (-0.10, 0.26))


def _right(pen: _Pen) -> None:
    pen.polygon((1.0, 0.0), (0.05, -0.85), (0.05, 0.85))
    pen.polygon((0.10, -0.26), (-1.0, -0.26), (-1.0, 0.26), (0.10, 0.26))


def _warn(pen: _Pen) -> None:
    corners = [(1.0 * sin(turn), 0.12 - 0.86 * cos(turn)) for turn in (0, 2 * pi / 3, 4 * pi / 3)]
    pen.polygon(*corners)
    pen.stroke(*corners, corners[0], width=0.28)
    pen.stroke((0, -0.28), (0, 0.18), width=0.24, colour=CLEAR)
    pen.disc(0, 0.48, 0.14, CLEAR)


def _mat(pen: _Pen) -> None:
    pen.polygon((-0.55, -0.42), (1.0, -0.42), (0.55, 0.42), (-1.0, 0.42))


_ICONS: dict[str, Callable[[_Pen], None]] = {
    "work": _work,
    "rest": _rest,
    "ready": _ready,
    "pause": _pause,
    "check": _check,
    "left": _left,
    "right": _right,
    "warn": _warn,
    "mat": _mat,
}


def icon(kit: Kit, name: str, centre: Point, radius: float, colour: Colour) -> Item:
    """Return an icon; `centre` and `radius` are in H. The names are the keys of the table above."""
    r = radius * kit.layout.unit_px
    side = 2 * int(1.15 * r + 2)
    x, y = kit.layout.point(*centre)
    rect = Rect(x - side // 2, y - side // 2, side, side)

    def draw(surface: Surface, times: int) -> None:
        _ICONS[name](_Pen(surface, r * times))

    def paint(surface: Surface) -> None:
        surface.blit(kit.shapes.sprite((name, r), rect.size, draw, colour), rect)

    return Item(rect, ("icon", name, r, colour), paint)


def disc(kit: Kit, centre: Point, radius: float, colour: Colour) -> Item:
    """Return a filled disc; `centre` and `radius` are in H."""
    return _discs(kit, "disc", centre, radius, [(0.0, 1.0, colour)])


def button(kit: Kit, centre: Point, radius: float, accent: Colour, glow: float = 1.0) -> Item:
    """Return the picture of the big button; `glow` (0 to 1) is the brightness of its cap."""
    palette = kit.palette
    cap = mix(palette.bg, accent, glow)
    rings = [(0.0, 1.0, palette.line), (0.0, 0.86, palette.surface2)]
    return _discs(kit, "button", centre, radius, [*rings, (0.06, 0.62, mix(cap, palette.bg, 0.45)), (-0.02, 0.62, cap)])


def ball(kit: Kit, centre: Point, radius: float) -> Item:
    """Return a ball with a highlight."""
    colour = kit.palette.ball
    light = mix(colour, (255, 255, 255), 0.35)
    return _discs(kit, "ball", centre, radius, [(0.0, 1.0, colour), (-0.45, 0.28, light)])


def _discs(kit: Kit, name: str, centre: Point, radius: float, parts: list[tuple[float, float, Colour]]) -> Item:
    """Return discs on top of each other. Each part is the offset down and the size, both in radii, and the colour."""
    r = radius * kit.layout.unit_px
    x, y = kit.layout.point(*centre)
    side = 2 * int(r + 2)
    rect = Rect(x - side // 2, y - side // 2, side, side)

    def paint(surface: Surface) -> None:
        for down, size, colour in parts:
            picture = kit.shapes.disc(size * r, colour)
            surface.blit(picture, picture.get_rect(center=(x, y + round(down * r))))

    return Item(rect, (name, r, tuple(parts)), paint)
