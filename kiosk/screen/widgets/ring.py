"""The rings: a solid ring that shrinks during a rest, and the ticks of "about to start", which go out."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import atan2, ceil, cos, pi, sin, tau
from typing import NamedTuple

import pygame.draw
from pygame import SRCALPHA, Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.shapes import CLEAR, WHITE
from kiosk.screen.widgets.panel import PADDING, ZONE_TOP

STROKE = 0.030
_CELLS = 4
"""Number of rows and columns of items in a ring, so that its moving end repaints only a sixteenth of it."""
_GAP_RAD = 4 / 180 * pi
_SUBPIXELS = 4


Point = tuple[float, float]


def rest_ring(kit: Kit) -> tuple[Point, float]:
    """Return centre and radius of the ring's middle line, in H, with room for what stands below the ring."""
    layout = kit.layout
    radius = min((layout.body_bottom - BODY_TOP - 0.260) / 2 - 0.016, layout.rc / 2 - 0.050)
    return (layout.rx + layout.rc / 2, ZONE_TOP + 0.016 + radius), radius


def break_ring(kit: Kit, stroke: float) -> tuple[Point, float]:
    """Return centre and radius of the larger ring, which has the panel for itself."""
    layout = kit.layout
    top = ZONE_TOP + 0.012
    radius = min(0.2175, (layout.body_bottom - PADDING - top - stroke) / 2, (layout.rc - stroke) / 2 - PADDING)
    return (layout.rx + layout.rc / 2, top + stroke / 2 + radius), radius


def circle(kit: Kit, centre: Point, radius: float, stroke: float, colour: Colour) -> Item:
    """Return the border of a disc of `radius`, `stroke` wide inwards, in H."""
    unit = kit.layout.unit_px
    r, width = radius * unit, max(1.0, stroke * unit)
    side = 2 * int(r + 2)
    x, y = kit.layout.point(*centre)
    rect = Rect(x - side // 2, y - side // 2, side, side)

    def draw(surface: Surface, times: int) -> None:
        middle = (side / 2 * times, side / 2 * times)
        pygame.draw.circle(surface, WHITE, middle, r * times)
        pygame.draw.circle(surface, CLEAR, middle, (r - width) * times)

    def paint(surface: Surface) -> None:
        surface.blit(kit.shapes.sprite(("circle", r, width), rect.size, draw, colour), rect)

    return Item(rect, ("circle", r, width, colour), paint)


def ring(kit: Kit, centre: Point, radius: float, stroke: float, left: float, accent: Colour) -> list[Item]:
    """Return a ring with an arc over the part `left` (0 to 1), clockwise from 12 o'clock; lengths are in H."""
    arc = _Arc(kit, centre, radius, stroke, left, accent)
    return [arc.cell(cell) for cell in _cells(arc.half)]


@cached
def ticks(kit: Kit, centre: Point, radius: float, stroke: float, lit: int, of: int, accent: Colour) -> list[Item]:
    """Return a ring of `of` ticks, of which the last `lit` are lit: they go out clockwise from 12 o'clock."""
    return [
        _tick(kit, centre, radius, stroke, one, of, accent if one >= of - lit else kit.palette.surface2)
        for one in range(of)
    ]


def tick_count(duration_s: float) -> int:
    """Return the number of ticks for a duration: one a second for 4 to 12 seconds, else ten."""
    return ceil(duration_s) if 4 <= duration_s <= 12 else 10


def arc(kit: Kit, centre: Point, radius: float, stroke: float, part: float, colour: Colour) -> Item:
    """Return a small arc over `part` of the circle, clockwise from 12 o'clock, without a track."""
    return _sector(kit, "arc", centre, radius, stroke, (0.0, part * tau), colour)


def _tick(kit: Kit, centre: Point, radius: float, stroke: float, one: int, of: int, colour: Colour) -> Item:
    span = (one * tau / of + _GAP_RAD, (one + 1) * tau / of - _GAP_RAD)
    return _sector(kit, "tick", centre, radius, stroke, span, colour)


def _sector(
    kit: Kit,
    name: str,
    centre: Point,
    radius: float,
    stroke: float,
    span: tuple[float, float],
    colour: Colour,
) -> Item:
    unit = kit.layout.unit_px
    outer, inner = (radius + stroke / 2) * unit, (radius - stroke / 2) * unit
    start, end = span
    steps = max(2, ceil((end - start) / (pi / 90)))
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    there_and_back = [(outer, a) for a in turns] + [(inner, a) for a in reversed(turns)]
    points = [(r * sin(a), -r * cos(a)) for r, a in there_and_back]
    left, top = int(min(x for x, _ in points)) - 2, int(min(y for _, y in points)) - 2
    size = int(max(x for x, _ in points)) + 2 - left, int(max(y for _, y in points)) + 2 - top
    x, y = kit.layout.point(*centre)
    rect = Rect(x + left, y + top, *size)

    def draw(surface: Surface, times: int) -> None:
        pygame.draw.polygon(surface, WHITE, [((px - left) * times, (py - top) * times) for px, py in points])

    key = (name, round(outer, 2), round(inner, 2), round(start, 5), round(end, 5))

    def paint(surface: Surface) -> None:
        surface.blit(kit.shapes.sprite(key, size, draw, colour), rect)

    return Item(rect, (*key, colour), paint)


class _Cell(NamedTuple):
    """A cell of the ring's square, and the angles between which it lies, clockwise from 12 o'clock."""

    number: int
    inside: Rect
    first: float
    last: float


@cache
def _cells(half: int) -> tuple[_Cell, ...]:
    """Return the cells of a ring's square, whose sides are twice `half` pixels."""
    edges = [round(2 * half * i / _CELLS) for i in range(_CELLS + 1)]
    cells: list[_Cell] = []
    for row, column in product(range(_CELLS), repeat=2):
        left, top = edges[column], edges[row]
        inside = Rect(left, top, edges[column + 1] - left, edges[row + 1] - top)
        about = atan2(inside.centerx - half, half - inside.centery) % tau
        corners = [inside.topleft, inside.topright, inside.bottomleft, inside.bottomright]
        turns = [atan2(x - half, half - y) % tau for x, y in corners if (x, y) != (half, half)]
        # 12 o'clock is 0 for the cells on its right, and a full turn for those on its left.
        turns = [turn + tau if about > pi and turn < pi / 2 else turn for turn in turns]
        cells.append(_Cell(len(cells), inside, min(turns), max(turns)))
    return tuple(cells)


class _Arc:
    """A ring in pixels. Its end is rounded to half a pixel, so that equal pictures have equal keys."""

    def __init__(self, kit: Kit, centre: Point, radius: float, stroke: float, left: float, accent: Colour) -> None:
        unit = kit.layout.unit_px
        self.kit, self.accent = kit, accent
        self.middle = kit.layout.point(*centre)
        self.radius, self.stroke = radius * unit, max(2.0, stroke * unit)
        self.half = int(self.radius + self.stroke / 2 + 2)
        steps = ceil(tau * self.radius * 2)
        self.end = round(min(1.0, max(0.0, left)) * steps) / steps * tau
        self.margin = (self.stroke / 2 + 2) / (self.radius - self.stroke / 2)

    def cell(self, place: _Cell) -> Item:
        seen = min(max(self.end, place.first - self.margin), place.last + self.margin)
        rect = place.inside.move(self.middle[0] - self.half, self.middle[1] - self.half)

        def paint(surface: Surface) -> None:
            self._paint(surface, place.inside, rect)

        track = self.kit.palette.surface2
        return Item(rect, ("ring", self.radius, self.stroke, place.number, seen, track, self.accent), paint)

    def _paint(self, surface: Surface, inside: Rect, rect: Rect) -> None:
        surface.blit(self._ring(self.kit.palette.surface2), rect, inside)
        if self.end <= 0:
            return
        part = Surface(rect.size, SRCALPHA, 32)
        part.blit(self._ring(self.accent).subsurface(inside), (0, 0), special_flags=pygame.BLEND_RGBA_MAX)
        if self.end < tau:
            far = 2.0 * self.half
            steps = max(1, ceil((tau - self.end) / (pi / 6)))
            turns = [self.end + (tau - self.end) * step / steps for step in range(steps + 1)]
            origin = (self.half - inside.left, self.half - inside.top)
            points = [origin] + [(origin[0] + far * sin(a), origin[1] - far * cos(a)) for a in turns]
            pygame.draw.polygon(part, CLEAR, points)
        surface.blit(part, rect)
        for turn in (0.0, self.end):
            self._cap(surface, turn)

    def _cap(self, surface: Surface, turn: float) -> None:
        """Paint a round end, at a place in fractions of a pixel, because else the ring's edge would tremble."""
        x, y = self.middle[0] + self.radius * sin(turn), self.middle[1] - self.radius * cos(turn)
        whole_x, part_x = divmod(round(x * _SUBPIXELS), _SUBPIXELS)
        whole_y, part_y = divmod(round(y * _SUBPIXELS), _SUBPIXELS)
        disc = self.kit.shapes.disc(self.stroke / 2, self.accent, (part_x / _SUBPIXELS, part_y / _SUBPIXELS))
        surface.blit(disc, (whole_x - disc.get_width() // 2, whole_y - disc.get_height() // 2))

    def _ring(self, colour: Colour) -> Surface:
        half, radius, stroke = self.half, self.radius, self.stroke

        def draw(surface: Surface, times: int) -> None:
            middle = (half * times, half * times)
            pygame.draw.circle(surface, WHITE, middle, (radius + stroke / 2) * times)
            pygame.draw.circle(surface, CLEAR, middle, (radius - stroke / 2) * times)

        return self.kit.shapes.sprite(("ring", radius, stroke), (2 * half, 2 * half), draw, colour)
