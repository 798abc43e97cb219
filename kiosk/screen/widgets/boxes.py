"""Plain boxes: filled, outlined, or clipped."""

from __future__ import annotations

from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.display_list import Item, window
from kiosk.screen.kit import Kit

Area = tuple[float, float, float, float]
"""x, y, width and height in H."""


def box(kit: Kit, area: Area, colour: Colour, radius: float = 0.0) -> Item:
    """Return a filled box with round corners; all lengths in H."""
    return box_px(kit, kit.layout.rect(*area), colour, kit.layout.px(radius))


def box_px(kit: Kit, rect: Rect, colour: Colour, radius_px: int = 0) -> Item:
    def paint(surface: Surface) -> None:
        kit.shapes.fill_round(surface, rect, radius_px, colour)

    return Item(rect, ("box", colour, radius_px), paint, opaque=radius_px == 0)


def outline(kit: Kit, area: Area, colour: Colour, width: float, radius: float = 0.0) -> Item:
    """Return the border of a box, `width` wide inwards; the inside is left as it is."""
    return outline_px(kit, kit.layout.rect(*area), colour, kit.layout.px(width), kit.layout.px(radius))


def outline_px(kit: Kit, rect: Rect, colour: Colour, width_px: int, radius_px: int = 0) -> Item:
    def paint(surface: Surface) -> None:
        kit.shapes.outline_round(surface, rect, radius_px, width_px, colour)

    return Item(rect, ("outline", colour, width_px, radius_px), paint)


def part_of_box(kit: Kit, rect: Rect, visible: Rect, colour: Colour, radius_px: int = 0) -> Item:
    """Return the part of a round box inside `visible`. When that grows, only the new part is painted."""

    def paint(surface: Surface) -> None:
        kit.shapes.fill_round(surface, rect, radius_px, colour)

    return window(visible.clip(rect), ("part of box", tuple(rect), colour, radius_px), paint)
