"""Icons, discs, circles and arcs, drawn as shapes.

The fonts have no arrows and check marks, and people recognise a shape faster than a word.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import pairwise
from math import ceil, cos, pi, sin
from typing import NamedTuple

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour, mix
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.shapes import CLEAR, WHITE, Draw

Point = tuple[float, float]
_PAGE_DOT, DOT_STEP = 0.006, 0.026
"""Radius of a dot that stands for a page, and the distance from one to the next, in H (the screen's height)."""


class _Pen(NamedTuple):
    """A pen that draws on a square from -1 to 1 in x and y. 1 is `r` pixels, and y runs down."""

    surface: Surface
    r: float

    def at(self, x: float, y: float) -> Point:
        middle = self.surface.get_width() / 2
        return middle + x * self.r, middle + y * self.r

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


def _rest(pen: _Pen) -> None:
    pen.disc(0, 0, 1.0)
    pen.disc(0, 0, 0.66, CLEAR)


def _rotate(pen: _Pen) -> None:
    """Draw an open circle with an arrow head, clockwise."""
    pen.disc(0, 0.12, 0.88)
    pen.disc(0, 0.12, 0.54, CLEAR)
    pen.polygon((0.0, 0.12), (0.0, -1.1), (1.2, -1.1), (1.2, -0.30), colour=CLEAR)
    pen.polygon((0.0, -1.05), (0.78, -0.58), (0.0, -0.11))


def _ready(pen: _Pen) -> None:
    for x in (-0.85, 0.05):
        pen.stroke((x, -0.78), (x + 0.72, 0.0), (x, 0.78), width=0.30)


def _pause(pen: _Pen) -> None:
    for x in (-0.86, 0.30):
        pen.bar(x, -0.9, 0.56, 1.8, 0.10)


def _arrow(pen: _Pen, right: int) -> None:
    """Draw an arrow to the right (1) or to the left (-1)."""
    pen.polygon((right, 0.0), (0.05 * right, -0.85), (0.05 * right, 0.85))
    pen.polygon((0.10 * right, -0.26), (-right, -0.26), (-right, 0.26), (0.10 * right, 0.26))


def _warn(pen: _Pen) -> None:
    corners = [(sin(turn), 0.12 - 0.86 * cos(turn)) for turn in (0, 2 * pi / 3, 4 * pi / 3)]
    pen.polygon(*corners)
    pen.stroke(*corners, corners[0], width=0.28)
    pen.stroke((0, -0.28), (0, 0.18), width=0.24, colour=CLEAR)
    pen.disc(0, 0.48, 0.14, CLEAR)


def _easy(pen: _Pen) -> None:
    for y in (-0.34, 0.34):
        points = [(x / 12, y - 0.19 * sin(1.5 * pi * x / 12)) for x in range(-11, 12)]
        pen.stroke(*points, width=0.25)


def _stick(pen: _Pen) -> None:
    """Draw a USB stick with its plug up."""
    pen.bar(-0.62, -0.42, 1.24, 1.42, 0.16)
    pen.bar(-0.42, -1.0, 0.84, 0.70, 0.06)
    for x in (-0.24, 0.06):
        pen.polygon((x, -0.82), (x + 0.18, -0.82), (x + 0.18, -0.60), (x, -0.60), colour=CLEAR)


def _phone(pen: _Pen) -> None:
    """Draw a phone with its screen."""
    pen.bar(-0.60, -1.0, 1.20, 2.0, 0.20)
    pen.polygon((-0.42, -0.72), (0.42, -0.72), (0.42, 0.58), (-0.42, 0.58), colour=CLEAR)
    pen.disc(0, 0.79, 0.11, CLEAR)


def _clock(pen: _Pen) -> None:
    pen.disc(0, 0, 1.0)
    pen.disc(0, 0, 0.78, CLEAR)
    pen.stroke((0, -0.48), (0, 0.04), (0.34, 0.26), width=0.22)


_ICONS: dict[str, Callable[[_Pen], None]] = {
    "work": lambda pen: pen.polygon((-0.72, -0.95), (0.98, 0.0), (-0.72, 0.95)),
    "easy": _easy,
    "rest": _rest,
    "rotate": _rotate,
    "ready": _ready,
    "pause": _pause,
    "check": lambda pen: pen.stroke((-0.80, 0.05), (-0.25, 0.60), (0.85, -0.55), width=0.32),
    "left": lambda pen: _arrow(pen, -1),
    "right": lambda pen: _arrow(pen, 1),
    "warn": _warn,
    "clock": _clock,
    "stick": _stick,
    "phone": _phone,
    "mat": lambda pen: pen.polygon((-0.55, -0.42), (1.0, -0.42), (0.55, 0.42), (-1.0, 0.42)),
}


def icon(context: Context, name: str, centre: Point, radius: float, colour: Colour) -> Item:
    """Return an icon. `centre` and `radius` are in H (the screen's height). `name` is a key of the table above."""
    r = radius * context.layout.unit_px

    def draw(surface: Surface, times: int) -> None:
        _ICONS[name](_Pen(surface, r * times))

    return shape(context, _square(context, centre, 1.15 * r), ("icon", name, r), draw, colour)


def shape(context: Context, rect: Rect, key: tuple[Hashable, ...], draw: Draw, colour: Colour) -> Item:
    """Return an item of one colour that fills `rect` (in pixels). `key` identifies the shape that `draw` draws."""

    def paint(surface: Surface) -> None:
        surface.blit(context.shapes.sprite(key, rect.size, draw, colour), rect)

    return Item(rect, (*key, colour), paint)


def _square(context: Context, centre: Point, half_px: float) -> Rect:
    x, y = context.layout.point(*centre)
    half = int(half_px + 2)
    return Rect(x - half, y - half, 2 * half, 2 * half)


# --- discs and circles ------------------------------------------------------------------------------------------------


def disc(context: Context, centre: Point, radius: float, colour: Colour) -> Item:
    """Return a filled disc; `centre` and `radius` are in H."""
    return _discs(context, "disc", centre, radius, [(0.0, 1.0, colour)])


def button(context: Context, centre: Point, radius: float, accent: Colour, glow: float = 1.0) -> Item:
    """Return the picture of the big button; `glow` (0 to 1) is the brightness of its cap."""
    palette = context.palette
    cap = mix(palette.bg, accent, glow)
    rings = [(0.0, 1.0, palette.line), (0.0, 0.86, palette.surface2)]
    return _discs(
        context, "button", centre, radius, [*rings, (0.06, 0.62, mix(cap, palette.bg, 0.45)), (-0.02, 0.62, cap)]
    )


def ball(context: Context, centre: Point, radius: float) -> Item:
    """Return a ball with a highlight."""
    colour = context.palette.ball
    light = mix(colour, (255, 255, 255), 0.35)
    return _discs(context, "ball", centre, radius, [(0.0, 1.0, colour), (-0.45, 0.28, light)])


def _discs(context: Context, name: str, centre: Point, radius: float, parts: list[tuple[float, float, Colour]]) -> Item:
    """Return discs on top of each other. Each part is an offset down and a size, both times `radius`, and a colour."""
    r, (x, y) = radius * context.layout.unit_px, context.layout.point(*centre)

    def paint(surface: Surface) -> None:
        for down, size, colour in parts:
            picture = context.shapes.disc(size * r, colour)
            surface.blit(picture, picture.get_rect(center=(x, y + round(down * r))))

    return Item(_square(context, centre, r), (name, r, tuple(parts)), paint)


def page_dots(context: Context, first: Point, pages: int, page: int) -> list[Item]:
    """Return a dot for each of several pages, from `first` on, that of the page with index `page` in white."""
    (x, y), palette = first, context.palette
    return [
        disc(context, (x + one * DOT_STEP, y), _PAGE_DOT, palette.text if one == page else palette.line)
        for one in range(pages if pages > 1 else 0)
    ]


def circle(context: Context, centre: Point, radius: float, stroke: float, colour: Colour) -> Item:
    """Return the border of a disc of `radius`. The border is `stroke` wide, inwards. Both lengths are in H."""
    r, width = radius * context.layout.unit_px, max(1.0, stroke * context.layout.unit_px)
    return shape(context, _square(context, centre, r), ("circle", r, width), circle_drawer(r, r - width), colour)


def circle_drawer(outer_px: float, inner_px: float) -> Draw:
    """Return a function that draws a disc with a hole, in the middle of a surface."""

    def draw(surface: Surface, times: int) -> None:
        middle = surface.get_rect().center
        pygame.draw.circle(surface, WHITE, middle, outer_px * times)
        pygame.draw.circle(surface, CLEAR, middle, inner_px * times)

    return draw


def arc(
    context: Context, centre: Point, radius: float, stroke: float, span: tuple[float, float], colour: Colour
) -> Item:
    """Return an arc between two angles, in radians clockwise from 12 o'clock. `radius` reaches to its middle line."""
    unit, (x, y), (start, end) = context.layout.unit_px, context.layout.point(*centre), span
    outer, inner = (radius + stroke / 2) * unit, (radius - stroke / 2) * unit
    angles = between(start, end, pi / 90)
    there_and_back = [(outer, a) for a in angles] + [(inner, a) for a in reversed(angles)]
    points = [(r * sin(a), -r * cos(a)) for r, a in there_and_back]
    left, top = int(min(x for x, _ in points)) - 2, int(min(y for _, y in points)) - 2
    right, bottom = int(max(x for x, _ in points)) + 2, int(max(y for _, y in points)) + 2

    def draw(surface: Surface, times: int) -> None:
        pygame.draw.polygon(surface, WHITE, [((px - left) * times, (py - top) * times) for px, py in points])

    key = ("arc", round(outer, 2), round(inner, 2), round(start, 5), round(end, 5))
    return shape(context, Rect(x + left, y + top, right - left, bottom - top), key, draw, colour)


def between(start: float, end: float, step: float) -> list[float]:
    """Return three or more evenly spaced numbers from `start` to `end`, at most a `step` apart."""
    count = max(2, ceil(abs(end - start) / step))
    return [start + (end - start) * place / count for place in range(count + 1)]
