"""Plain boxes: filled, outlined, or clipped."""

from __future__ import annotations

from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item, window

Area = tuple[float, float, float, float]
"""A box: its x, y, width and height, in H (the screen's height)."""


def box(context: Context, area: Area, colour: Colour, radius: float = 0.0) -> Item:
    """Return a filled box with round corners. All lengths are in H."""
    return box_px(context, context.layout.rect(*area), colour, context.layout.px(radius))


def box_px(context: Context, rect: Rect, colour: Colour, radius_px: int = 0) -> Item:
    def paint(surface: Surface) -> None:
        context.shapes.fill_round(surface, rect, radius_px, colour)

    return Item(rect, ("box", colour, radius_px), paint, opaque=radius_px == 0)


def outline(context: Context, area: Area, colour: Colour, width: float, radius: float = 0.0) -> Item:
    """Return the border of a box. The border is `width` wide and inside the box; the rest of the box is not painted."""
    return outline_px(context, context.layout.rect(*area), colour, context.layout.px(width), context.layout.px(radius))


def outline_px(context: Context, rect: Rect, colour: Colour, width_px: int, radius_px: int = 0) -> Item:
    def paint(surface: Surface) -> None:
        context.shapes.outline_round(surface, rect, radius_px, width_px, colour)

    return Item(rect, ("outline", colour, width_px, radius_px), paint)


def bar(context: Context, rect: Rect, full: float, radius_px: int) -> list[Item]:
    """Return a bar of which the left part, from 0 to 1, is full."""
    filled = Rect(rect.left, rect.top, round(rect.width * min(1.0, max(0.0, full))), rect.height)
    return [
        box_px(context, rect, context.palette.surface2, radius_px),
        part_of_box(context, rect, filled, context.palette.text2, radius_px),
    ]


def part_of_box(context: Context, rect: Rect, visible: Rect, colour: Colour, radius_px: int = 0) -> Item:
    """Return the part of a box with round corners in `visible`. If `visible` grows, only the new part is painted."""

    def paint(surface: Surface) -> None:
        context.shapes.fill_round(surface, rect, radius_px, colour)

    return window(visible.clip(rect), ("part of box", tuple(rect), colour, radius_px), paint)
