"""What has to be painted when one frame follows another, and painting it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pygame import Rect, Surface

from kiosk.screen.borrowed import borrowed
from kiosk.screen.display_list import Change, Item, area_of, merged, outside
from kiosk.screen.kit import Kit
from kiosk.screen.theme import Colour


class Dab(NamedTuple):
    """One thing to paint, cut to `clip`."""

    clip: Rect
    paint: Callable[[Surface], None]


class Painting(NamedTuple):
    """What makes a frame of the one before it, to be done in this order, and the rectangles in which that shows."""

    dabs: list[Dab]
    areas: list[Rect]

    def on(self, surface: Surface) -> None:
        clip_before = surface.get_clip()
        for clip, paint in self.dabs:
            surface.set_clip(clip)
            paint(surface)
        surface.set_clip(clip_before)


def repainted(items: Sequence[Item], areas: Sequence[Rect], background: Colour) -> Painting:
    """Return all of some areas anew: the background where it may show, then every item that reaches into them."""

    def fill(surface: Surface) -> None:
        surface.fill(background)

    dabs: list[Dab] = []
    rects = [item.rect for item in items]
    for area in areas:
        reaching = area.collidelistall(rects)
        opaque = [at for at in reaching if items[at].opaque]
        covering = [at for at in opaque if rects[at].contains(area)]
        if covering:
            reaching = reaching[reaching.index(covering[-1]) :]
        else:
            covered = max((rects[at].clip(area) for at in opaque), key=area_of, default=Rect(area.topleft, (0, 0)))
            dabs += [Dab(part, fill) for part in outside(area, covered)]
        dabs += [Dab(rects[at].clip(area), items[at].paint) for at in reaching]
    return Painting(dabs, list(areas))


def following(items: Sequence[Item], changes: Iterable[Change], kit: Kit) -> Painting:
    """Return what makes these items of those before them, from what changed."""
    dabs: list[Dab] = []
    seen: list[Rect] = []
    anew: list[Rect] = []
    for change in changes:
        quick, rest = _onto(items, change)
        dabs += quick
        seen += change.rects
        anew += rest
    screen = kit.layout.screen_px
    painting = repainted(items, merged(anew, screen), kit.palette.bg)
    return Painting([*dabs, *painting.dabs], merged(seen, screen))


def _onto(items: Sequence[Item], change: Change) -> tuple[list[Dab], Sequence[Rect]]:
    """Return what makes a thing of what it was, and the rectangles that have to be painted instead."""
    item, before = change.item, change.before
    if item is None or before is None or not item.opaque or item.rect != before.rect:
        return [], change.rects
    if (put := item.onto(before)) is None:
        return [], change.rects
    over = [one.rect for one in items[items.index(item) + 1 :] if one.rect.colliderect(item.rect)]
    if not over:
        return [Dab(item.rect, put)], []
    # What lies over it must not be touched.
    free = [rect for rect in change.rects if rect.collidelist(over) < 0]
    return [Dab(rect, put) for rect in free], [rect for rect in change.rects if rect not in free]


def pack(surface: Surface, item: Item) -> None:
    """Make all that painting the item needs, and leave the surface as it was."""
    with borrowed(surface, Rect(item.rect.clip(surface.get_rect()).topleft, (1, 1))):
        item.paint(surface)
