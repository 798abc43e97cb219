"""What a frame consists of, and what has to be painted again when one frame follows another.

A scene returns items, far to near. An item says by its key what its pixels depend on, so two frames are compared
without looking at a single pixel, and only what differs is painted, in small rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from pygame import Rect, Surface

from kiosk.screen.borrowed import borrowed
from kiosk.screen.theme import Colour


class TextBox(NamedTuple):
    """Where an item's text lies: `ink` is what is painted, `room` what the layout gives it. For tests."""

    text: str
    ink: Rect
    room: Rect


class Item(NamedTuple):
    """One thing on the wall.

    `rect` holds every pixel that `paint` may touch; painting is clipped to it. `key` holds everything that those
    pixels depend on besides `rect`. `paint(surface)` draws at the item's place on a surface of the screen's size.

    Items with an equal `thing` in two frames are one thing that changed, and only where `differs(before)` says is
    painted again (both of their rects where it returns None). An `opaque` one leaves nothing of what lies below it.
    Items of one `fade` group (a name) dissolve into what takes their place.
    """

    rect: Rect
    key: Hashable
    paint: Callable[[Surface], None]
    thing: Hashable = None
    differs: Callable[[Item], Sequence[Rect] | None] = lambda before: None
    shows: object = None
    """What `differs` of the next frame's item has to know of this one."""
    opaque: bool = False
    fade: str = ""
    texts: tuple[TextBox, ...] = ()

    @property
    def identity(self) -> Hashable:
        return self.key, tuple(self.rect)


def window(rect: Rect, key: Hashable, paint: Callable[[Surface], None], texts: tuple[TextBox, ...] = ()) -> Item:
    """Return a picture that stands still, seen through a `rect` that moves: only what that gains or loses changes."""

    def differs(before: Item) -> list[Rect]:
        return [*_outside(rect, before.rect), *_outside(before.rect, rect)]

    return Item(rect, key, paint, thing=key, differs=differs, texts=texts)


def fading(items: Iterable[Item], group: str) -> list[Item]:
    """Return the items as a fade group."""
    return [item._replace(fade=group) for item in items]


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Rect]:
    """Return the rectangles in which two frames may differ."""
    if len(before) == len(after):
        # Most items are the very same objects in the same places, and what did not change its place keeps its order.
        pairs = [pair for pair in zip(before, after, strict=True) if pair[0] is not pair[1]]
        pairs = [(old, one) for old, one in pairs if old.identity != one.identity]
        return _between([old for old, _ in pairs], [one for _, one in pairs])
    were = {item.identity: item for item in before}
    are = {item.identity: item for item in after}
    if [one for one in were if one in are] != [one for one in are if one in were]:
        # What lay behind may lie in front now: rare, and not worth being clever about.
        return [item.rect for item in (*before, *after)]
    gone = [item for identity, item in were.items() if identity not in are]
    return _between(gone, [item for identity, item in are.items() if identity not in were])


def _between(gone: Sequence[Item], new: Sequence[Item]) -> list[Rect]:
    things = {item.thing: item for item in gone if item.thing is not None}
    rects: list[Rect] = []
    for item in new:
        before = things.get(item.thing)
        where = None if before is None else item.differs(before)
        if before is None or where is None:
            rects.append(item.rect)
        else:
            rects += where
            del things[item.thing]
    rects += [item.rect for item in gone if item.thing is None]
    rects += [item.rect for item in things.values()]
    return [rect for rect in rects if rect.width > 0 and rect.height > 0]


def merged(rects: Iterable[Rect], within: Rect) -> list[Rect]:
    """Join rectangles where one around them is hardly bigger than they are, and cut them to `within`."""
    joined: list[tuple[int, Rect]] = []
    # The largest first: it takes in most of the others at once.
    for rect in sorted((rect.clip(within) for rect in rects), key=_area, reverse=True):
        size, rest = _area(rect), rect
        if size == 0:
            break
        again = True
        while again:
            again = False
            for other in joined:
                union = rest.union(other[1])
                if _area(union) <= 1.15 * (size + other[0]):
                    joined.remove(other)
                    size, rest, again = _area(union), union, True
                    break
        joined.append((size, rest))
    return [rect for _, rect in joined]


def stripes(items: Iterable[Item], within: Rect) -> list[Rect]:
    """Return rows of the whole width that hold all items; between them there is nothing but background."""
    rows: list[Rect] = []
    for top, bottom in sorted((item.rect.top, item.rect.bottom) for item in items):
        if rows and top <= rows[-1].bottom:
            rows[-1].height = max(rows[-1].bottom, bottom) - rows[-1].top
        else:
            rows.append(Rect(within.left, top, within.width, bottom - top))
    return [row.clip(within) for row in rows]


def paint(surface: Surface, items: Sequence[Item], areas: Iterable[Rect], background: Colour) -> None:
    """Paint all of some areas anew: the background where it may show, then every item that reaches into them."""
    clip_before = surface.get_clip()
    rects = [item.rect for item in items]
    for area in areas:
        reaching = area.collidelistall(rects)
        opaque = [at for at in reaching if items[at].opaque]
        covering = [at for at in opaque if rects[at].contains(area)]
        if covering:
            reaching = reaching[reaching.index(covering[-1]) :]
        else:
            surface.set_clip(area)
            covered = max((rects[at].clip(area) for at in opaque), key=_area, default=Rect(area.topleft, (0, 0)))
            for part in _outside(area, covered):
                surface.fill(background, part)
        for at in reaching:
            surface.set_clip(rects[at].clip(area))
            items[at].paint(surface)
    surface.set_clip(clip_before)


def pack(surface: Surface, item: Item) -> None:
    """Make all that painting the item needs, and leave the surface as it was."""
    with borrowed(surface, Rect(item.rect.clip(surface.get_rect()).topleft, (1, 1))):
        item.paint(surface)


def _outside(rect: Rect, hole: Rect) -> list[Rect]:
    """Return what of `rect` lies outside `hole`, as up to four rectangles."""
    inner = rect.clip(hole)
    if inner.width == 0 or inner.height == 0:
        return [rect]
    return [
        Rect(rect.left, rect.top, rect.width, inner.top - rect.top),
        Rect(rect.left, inner.bottom, rect.width, rect.bottom - inner.bottom),
        Rect(rect.left, inner.top, inner.left - rect.left, inner.height),
        Rect(inner.right, inner.top, rect.right - inner.right, inner.height),
    ]


def _area(rect: Rect) -> int:
    return rect.width * rect.height


def together(items: Sequence[Item], rect: Rect) -> Item:
    """Return several items as one, of which only what a `rect` that moves lets through shows."""

    def paint_all(surface: Surface) -> None:
        clip_before = surface.get_clip()
        for item in items:
            surface.set_clip(item.rect.clip(clip_before))
            item.paint(surface)
        surface.set_clip(clip_before)

    texts = tuple(box for item in items for box in item.texts)
    return window(rect, ("together", *(item.identity for item in items)), paint_all, texts)
