"""What a frame consists of, and where it differs from the one before.

A scene returns items, far to near. An item says by its key what its pixels depend on, so two frames are compared
without looking at a single pixel, and only what differs is painted, in small rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from pygame import Rect, Surface


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
    painted again (both of their rects where it returns None). An `opaque` one leaves nothing of what lies below it. For
    those `onto(before)` may return what paints that difference, and a little around it, on the thing as it was.
    Items of one `fade` group (a name) dissolve into what takes their place.
    """

    rect: Rect
    key: Hashable
    paint: Callable[[Surface], None]
    thing: Hashable = None
    differs: Callable[[Item], Sequence[Rect] | None] = lambda before: None
    onto: Callable[[Item], Callable[[Surface], None] | None] = lambda before: None
    shows: object = None
    """What `differs` and `onto` of the next frame's item has to know of this one."""
    opaque: bool = False
    fade: str = ""
    texts: tuple[TextBox, ...] = ()

    @property
    def identity(self) -> Hashable:
        return self.key, tuple(self.rect)


def window(rect: Rect, key: Hashable, paint: Callable[[Surface], None], texts: tuple[TextBox, ...] = ()) -> Item:
    """Return a picture that stands still, seen through a `rect` that moves: only what that gains or loses changes."""

    def differs(before: Item) -> list[Rect]:
        return [*outside(rect, before.rect), *outside(before.rect, rect)]

    return Item(rect, key, paint, thing=key, differs=differs, texts=texts)


def fading(items: Iterable[Item], group: str) -> list[Item]:
    """Return the items as a fade group."""
    return [item._replace(fade=group) for item in items]


class Change(NamedTuple):
    """Where something differs, and the item that is there now, if it is one that was there before, and changed."""

    rects: Sequence[Rect]
    item: Item | None = None
    before: Item | None = None


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Return where two frames may differ."""
    if len(before) == len(after):
        # Most items are the very same objects in the same places, and what did not change its place keeps its order.
        pairs = [pair for pair in zip(before, after, strict=True) if pair[0] is not pair[1]]
        pairs = [(old, one) for old, one in pairs if old.identity != one.identity]
        return _between([old for old, _ in pairs], [one for _, one in pairs])
    were = {item.identity: item for item in before}
    are = {item.identity: item for item in after}
    if [one for one in were if one in are] != [one for one in are if one in were]:
        # What lay behind may lie in front now: rare, and not worth being clever about.
        return [Change([item.rect]) for item in (*before, *after)]
    gone = [item for identity, item in were.items() if identity not in are]
    return _between(gone, [item for identity, item in are.items() if identity not in were])


def _between(gone: Sequence[Item], new: Sequence[Item]) -> list[Change]:
    things = {item.thing: item for item in gone if item.thing is not None}
    found: list[Change] = []
    for item in new:
        before = things.get(item.thing)
        where = None if before is None else item.differs(before)
        if before is None or where is None:
            found.append(Change([item.rect]))
        else:
            found.append(Change(where, item, before))
            del things[item.thing]
    left = [*(item for item in gone if item.thing is None), *things.values()]
    return [*found, *(Change([item.rect]) for item in left)]


def merged(rects: Iterable[Rect], within: Rect) -> list[Rect]:
    """Join rectangles where one around them is hardly bigger than they are, and cut them to `within`."""
    joined: list[tuple[int, Rect]] = []
    # The largest first: it takes in most of the others at once.
    for rect in sorted((rect.clip(within) for rect in rects), key=area_of, reverse=True):
        size, rest = area_of(rect), rect
        if size == 0:
            break
        again = True
        while again:
            again = False
            for other in joined:
                union = rest.union(other[1])
                if area_of(union) <= 1.15 * (size + other[0]):
                    joined.remove(other)
                    size, rest, again = area_of(union), union, True
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


def outside(rect: Rect, hole: Rect) -> list[Rect]:
    """Return what of `rect` lies outside `hole`, as up to four rectangles."""
    inner = rect.clip(hole)
    if area_of(inner) == 0:
        return [rect]
    parts = [
        Rect(rect.left, rect.top, rect.width, inner.top - rect.top),
        Rect(rect.left, inner.bottom, rect.width, rect.bottom - inner.bottom),
        Rect(rect.left, inner.top, inner.left - rect.left, inner.height),
        Rect(inner.right, inner.top, rect.right - inner.right, inner.height),
    ]
    return [part for part in parts if area_of(part) > 0]


def area_of(rect: Rect) -> int:
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
