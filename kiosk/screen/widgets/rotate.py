"""Signs that everybody moves on: arrow heads between the tiles, a ring of arrow heads, and 1 to 2 to 3 in squares."""

from __future__ import annotations

from math import ceil, cos, hypot, pi, sin, tau

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour, mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.shapes import WHITE
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import Point, between, icon, shape
from kiosk.screen.widgets.ring import Circle
from kiosk.screen.widgets.text import text
from kiosk.screen.widgets.tiles import GAP, Tiles

PASS_S = 1.0
"""Time in which the arrow heads brighten once, one after the other."""
_HEAD, _SMALL_HEAD = (0.036, 0.080), (0.026, 0.052)
"""Width and height of an arrow head, and of one where there are only words. With its edge it is within the paddings."""
_CUT_OUT = 0.004
"""Width of the edge in the colour of the background by which an arrow head is set off."""
_DIM = 0.70
_OF = 10
_TIP, _SPACE = 0.16, 0.05
"""How far the tip of an arrow of the ring reaches ahead, and the space between two, in radians."""
_NUMBERS = ("1", "2", "3")
_ARROW = 0.38
"""Half the width of an arrow between two squares, as a part of the space between them."""


def arrow_heads(context: Context, tiles: Tiles, t_s: float, accent: Colour) -> Frame:
    """Return arrow heads from each tile to the next one. They brighten in the order of the numbers."""
    count = len(tiles.areas)
    bright = int(t_s / PASS_S * count + 1e-9) % count
    dim = mix(context.palette.bg, accent, _DIM)
    items = []
    for place, (x, y, width, height) in enumerate(tiles.areas):
        ends = [(place, x + width + GAP / 2)]
        if place % tiles.columns == 0:
            # It comes from the end of the row before, or from the last tile.
            ends.append(((place - 1) % count, x - GAP / 2))
        for number, at in ends:
            colour = accent if number == bright else dim
            items += _head(context, (at, y + height / 2), colour, small=tiles.words_only)
    return Frame(items, PASS_S / count - t_s % (PASS_S / count))


@cached
def _head(context: Context, centre: Point, colour: Colour, *, small: bool) -> list[Item]:
    (x, y), (width, height) = centre, _SMALL_HEAD if small else _HEAD
    steep = height / 2 / width
    slant = hypot(1.0, steep)
    # The same distance from all three sides.
    wide = width + _CUT_OUT * (1 + slant / steep)
    high = height * (1 + _CUT_OUT / width) + 2 * _CUT_OUT * slant
    left = x - width / 2
    return [
        _triangle(context, (left - _CUT_OUT, wide), high, y, context.palette.bg),
        _triangle(context, (left, width), height, y, colour),
    ]


def _triangle(context: Context, across: tuple[float, float], height: float, middle: float, colour: Colour) -> Item:
    """Return a triangle that points to the right. `across` is its left edge and its width."""
    (left, width), layout = across, context.layout
    rect = layout.rect(left, middle - height / 2, width, height)

    def draw(surface: Surface, times: int) -> None:
        right, bottom = rect.width * times, rect.height * times
        pygame.draw.polygon(surface, WHITE, [(0, 0), (right, bottom / 2), (0, bottom)])

    return shape(context, rect, ("arrow head", tuple(rect.size)), draw, colour)


@cached
def arrow_ring(context: Context, place: Circle, seconds: int, duration_s: float, accent: Colour) -> list[Item]:
    """Return a ring of ten arrows that go out clockwise from 12 o'clock, with `seconds` of `duration_s` left."""
    lit = min(_OF, ceil(seconds * _OF / max(1, round(duration_s))))
    return [_arrow(context, place, one, accent if one >= _OF - lit else context.palette.surface2) for one in range(_OF)]


def _arrow(context: Context, place: Circle, number: int, colour: Colour) -> Item:
    """Return an arrow of the ring: a piece of it with a tip at one end and a notch at the other."""
    layout, step = context.layout, tau / _OF
    start, end = number * step + _SPACE, (number + 1) * step - _SPACE
    middle, half = place.radius * layout.unit_px, place.stroke / 2 * layout.unit_px
    angles = between(start, end - _TIP, pi / 90)
    outer = [(middle + half, angle) for angle in angles]
    inner = [(middle - half, angle) for angle in reversed(angles)]
    points = [(r * sin(a), -r * cos(a)) for r, a in (*outer, (middle, end), *inner, (middle, start + _TIP))]
    left, top = int(min(x for x, _ in points)) - 2, int(min(y for _, y in points)) - 2
    right, bottom = int(max(x for x, _ in points)) + 2, int(max(y for _, y in points)) + 2

    def draw(surface: Surface, times: int) -> None:
        pygame.draw.polygon(surface, WHITE, [((x - left) * times, (y - top) * times) for x, y in points])

    x, y = layout.point(*place.centre)
    rect = Rect(x + left, y + top, right - left, bottom - top)
    return shape(context, rect, ("ring arrow", round(middle, 2), round(half, 2), number), draw, colour)


@cached
def squares(context: Context, at: Point, side: float, width: float, cap: float, colour: Colour) -> list[Item]:
    """Return 1, 2 and 3 in squares with arrows between them, in `width`. `at` is the top left corner."""
    (x, y), palette = at, context.palette
    step = (width - side) / (len(_NUMBERS) - 1)
    items = []
    for place, number in enumerate(_NUMBERS):
        left = x + place * step
        items.append(box(context, (left, y, side, side), palette.surface2, 0.12 * side))
        baseline = y + side / 2 + cap / 2
        items.append(
            text(context, number, Weight.BLACK, cap, palette.text, (left + side / 2, baseline), align="centre")
        )
        if place:
            centre = (left - (step - side) / 2, y + side / 2)
            items.append(icon(context, "right", centre, _ARROW * (step - side), colour))
    return items
