"""Many small things as one picture.

A frame that answers a press finds nothing of what it needs in the processor's caches, and each thing that it touches
costs about as much as a thousand pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from pygame import RLEACCEL, Rect, Surface

from kiosk.screen.borrowed import borrowed
from kiosk.screen.display_list import Item
from kiosk.screen.theme import Colour


def joined(items: Sequence[Item], ground: Colour) -> Item:
    """Return items that lie on nothing but the colour `ground` as one, whose picture is made when it is first painted.

    Only what differs from the ground is kept of it.
    """
    rect = items[0].rect.unionall([item.rect for item in items[1:]])
    key = ("joined", ground, *(item.identity for item in items))
    texts = tuple(box for item in items for box in item.texts)
    left, picture = list(items), Surface((0, 0))

    def paint(surface: Surface) -> None:
        nonlocal picture
        if left:
            picture = _picture(surface, left, rect, ground)
            left.clear()
        surface.blit(picture, rect)

    return Item(rect, key, paint, texts=texts)


def _picture(surface: Surface, items: Sequence[Item], rect: Rect, ground: Colour) -> Surface:
    """Paint the items where they belong, for they can be painted nowhere else, and leave the surface as it was."""
    picture = Surface(rect.size, 0, surface)
    with borrowed(surface, rect):
        surface.fill(ground)
        for item in items:
            surface.set_clip(item.rect.clip(rect))
            item.paint(surface)
        picture.blit(surface, (0, 0), rect)
    picture.set_colorkey(ground, RLEACCEL)
    return picture
