"""The rings: a solid ring that shrinks during a rest, and the ticks of "about to start", which go out."""

from __future__ import annotations

from math import ceil, cos, floor, pi, sin, tau
from typing import cast

import pygame.draw
from pygame import SRCALPHA, Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.shapes import CLEAR, WHITE
from kiosk.screen.widgets.panel import PADDING, ZONE_TOP

STROKE = 0.030
_GAP_RAD = 4 / 180 * pi
_SUBPIXELS = 4
_STEP_RAD = pi / 90


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


def ring(kit: Kit, centre: Point, radius: float, stroke: float, left: float, accent: Colour) -> Item:
    """Return a ring with an arc over the part `left` (0 to 1), clockwise from 12 o'clock; lengths are in H."""
    return _Arc(kit, centre, radius, stroke, left, accent).item()


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
        self.rect = Rect(self.middle[0] - self.half, self.middle[1] - self.half, 2 * self.half, 2 * self.half)

    def item(self) -> Item:
        look = ("ring", self.radius, self.stroke, self.kit.palette.surface2, self.accent)
        key, thing = (*look, self.end), (*look, self.middle)
        return Item(self.rect, key, self._paint, thing=thing, differs=self._differs, shows=self.end)

    def _differs(self, before: Item) -> list[Rect]:
        """Return the rectangle around the arc between the two ends, with their caps."""
        was = cast(float, before.shows)
        steps = ceil(abs(self.end - was) / _STEP_RAD) + 1
        turns = [was + (self.end - was) * step / steps for step in range(steps + 1)]
        xs, ys = [self.radius * sin(turn) for turn in turns], [-self.radius * cos(turn) for turn in turns]
        reach = self.stroke / 2 + 3
        left, top = int(min(xs) - reach) - 1, int(min(ys) - reach) - 1
        size = int(max(xs) + reach) + 2 - left, int(max(ys) + reach) + 2 - top
        return [Rect(self.middle[0] + left, self.middle[1] + top, *size).clip(self.rect)]

    def _paint(self, surface: Surface) -> None:
        """Paint the part of the ring inside the surface's clip."""
        rect = surface.get_clip().clip(self.rect)
        inside = rect.move(-self.rect.left, -self.rect.top)
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
            points = [origin] + [(floor(origin[0] + far * sin(a)), floor(origin[1] - far * cos(a))) for a in turns]
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
