"""The rings: a solid ring that shrinks during a rest, and a ring of ticks that go out before something starts."""

from __future__ import annotations

from math import ceil, cos, floor, pi, sin, tau
from typing import NamedTuple, cast

import pygame.draw
from pygame import BLEND_RGBA_MAX, SRCALPHA, Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.shapes import CLEAR
from kiosk.screen.widgets.icons import Point, arc, between, circle_drawer

_GAP = 4 / 180 * pi
"""Angle left free at each end of a tick, in radians."""
_SUBPIXELS = 4


class Circle(NamedTuple):
    """The place of a ring, in H (the screen's height). `radius` reaches to the middle of the stroke."""

    centre: Point
    radius: float
    stroke: float


@cached
def ticks(context: Context, place: Circle, seconds: int, duration_s: float, accent: Colour) -> list[Item]:
    """Return a ring of ticks that go out clockwise from 12 o'clock, with `seconds` of `duration_s` left.

    For a duration of 4 to 12 seconds there is one tick for each second, else there are ten ticks.
    """
    of = ceil(duration_s) if 4 <= duration_s <= 12 else 10
    lit = min(of, ceil(seconds * of / max(1, round(duration_s))))
    spans = [(one * tau / of + _GAP, (one + 1) * tau / of - _GAP) for one in range(of)]
    colours = [context.palette.surface2] * (of - lit) + [accent] * lit
    return [arc(context, *place, span, colour) for span, colour in zip(spans, colours, strict=True)]


def ring(context: Context, place: Circle, left: float, accent: Colour) -> Item:
    """Return a ring with an arc over the part `left` (0 to 1), clockwise from 12 o'clock."""
    unit, middle, track = context.layout.unit_px, context.layout.point(*place.centre), context.palette.surface2
    radius, stroke = place.radius * unit, max(2.0, place.stroke * unit)
    half = int(radius + stroke / 2 + 2)
    rect = Rect(middle[0] - half, middle[1] - half, 2 * half, 2 * half)
    # The end is rounded to half a pixel, so that equal pictures have equal keys.
    steps = ceil(tau * radius * 2)
    end = round(min(1.0, max(0.0, left)) * steps) / steps * tau

    def whole(colour: Colour) -> Surface:
        draw = circle_drawer(radius + stroke / 2, radius - stroke / 2)
        return context.shapes.sprite(("ring", radius, stroke), rect.size, draw, colour)

    def paint(surface: Surface) -> None:
        """Paint the part of the ring inside the surface's clip."""
        seen = surface.get_clip().clip(rect)
        inside = seen.move(-rect.left, -rect.top)
        surface.blit(whole(track), seen, inside)
        if end <= 0:
            return
        part = Surface(seen.size, SRCALPHA, 32)
        part.blit(whole(accent).subsurface(inside), (0, 0), special_flags=BLEND_RGBA_MAX)
        if end < tau:
            x, y = half - inside.left, half - inside.top
            far = [(floor(x + 2 * half * sin(a)), floor(y - 2 * half * cos(a))) for a in between(end, tau, pi / 6)]
            pygame.draw.polygon(part, CLEAR, [(x, y), *far])
        surface.blit(part, seen)
        for angle in (0.0, end):
            cap(surface, middle[0] + radius * sin(angle), middle[1] - radius * cos(angle))

    def cap(surface: Surface, x: float, y: float) -> None:
        """Paint a round end. Its place is in fractions of a pixel, because otherwise the ring's edge would tremble."""
        whole_x, part_x = divmod(round(x * _SUBPIXELS), _SUBPIXELS)
        whole_y, part_y = divmod(round(y * _SUBPIXELS), _SUBPIXELS)
        disc = context.shapes.disc(stroke / 2, accent, (part_x / _SUBPIXELS, part_y / _SUBPIXELS))
        surface.blit(disc, (whole_x - disc.get_width() // 2, whole_y - disc.get_height() // 2))

    def differs(before: Item) -> list[Rect]:
        """Return the rectangle around the arc between the old end and the new end, with their round caps."""
        angles = between(cast(float, before.shows), end, pi / 90)
        xs, ys, reach = [radius * sin(a) for a in angles], [-radius * cos(a) for a in angles], stroke / 2 + 3
        left, top = int(min(xs) - reach) - 1, int(min(ys) - reach) - 1
        size = int(max(xs) + reach) + 2 - left, int(max(ys) + reach) + 2 - top
        return [Rect(middle[0] + left, middle[1] + top, *size).clip(rect)]

    look = ("ring", radius, stroke, track, accent)
    return Item(rect, (*look, end), paint, thing=(*look, middle), differs=differs, shows=end)
