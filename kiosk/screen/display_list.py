"""The display list: what a scene returns, far to near.

An item says by its key what its pixels depend on, so the compositor compares two frames without looking at a pixel.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import inf
from typing import NamedTuple

from pygame import Rect, Surface

SMOOTH_S = 1 / 30
"""Interval between frames while something moves."""


class TextBox(NamedTuple):
    """Where an item's text lies: `ink` is what is painted, `room` what the layout gives it. For tests."""

    text: str
    ink: Rect
    room: Rect


class Item(NamedTuple):
    """One thing on the wall.

    `rect` holds every pixel that `paint` may touch; painting is clipped to it. `key` holds everything that those
    pixels depend on besides `rect`. `paint(surface)` draws at the item's place on a surface of the screen's size.

    Items with an equal `thing` in two frames are one thing that changed, and only the rectangles of `differs(before)`
    are repainted (both of their rects where it returns None). An `opaque` one covers all that lies below it. For those
    `onto(before)` may return what paints the difference, and a little around it, on top of the thing as it was.
    Items of one `fade` group (a name) dissolve into what takes their place.
    """

    rect: Rect
    key: Hashable
    paint: Callable[[Surface], None]
    thing: Hashable = None
    differs: Callable[[Item], Sequence[Rect] | None] = lambda before: None
    onto: Callable[[Item], Callable[[Surface], None] | None] = lambda before: None
    shows: object = None
    """What `differs` and `onto` of the next frame's item need to know of this one."""
    opaque: bool = False
    fade: str = ""
    texts: tuple[TextBox, ...] = ()

    @property
    def identity(self) -> Hashable:
        return self.key, tuple(self.rect)


class Frame(NamedTuple):
    """Items, far to near, and for how many seconds they stay as they are while the view stays the same.

    `stays_s` may be a little longer than that where nobody sees the difference: fewer frames cost less.
    """

    items: list[Item]
    stays_s: float = inf


def frame(*parts: Frame | Iterable[Item]) -> Frame:
    """Return parts as one frame, far to near. A plain list of items stays until the view changes."""
    items: list[Item] = []
    stays_s = inf
    for part in parts:
        if isinstance(part, Frame):
            items += part.items
            stays_s = min(stays_s, part.stays_s)
        else:
            items += part
    return Frame(items, stays_s)


def window(rect: Rect, key: Hashable, paint: Callable[[Surface], None], texts: tuple[TextBox, ...] = ()) -> Item:
    """Return a still picture seen through a `rect` that moves: only what the rect gains or loses is repainted."""

    def differs(before: Item) -> list[Rect]:
        return [*outside(rect, before.rect), *outside(before.rect, rect)]

    return Item(rect, key, paint, thing=key, differs=differs, texts=texts)


def clipped(items: Sequence[Item], rect: Rect) -> Item:
    """Return several items as one, clipped to a `rect` that moves."""

    def paint_all(surface: Surface) -> None:
        clip_before = surface.get_clip()
        for item in items:
            surface.set_clip(item.rect.clip(clip_before))
            item.paint(surface)
        surface.set_clip(clip_before)

    texts = tuple(box for item in items for box in item.texts)
    return window(rect, ("clipped", *(item.identity for item in items)), paint_all, texts)


def fading(items: Iterable[Item], group: str) -> list[Item]:
    """Return the items as a fade group."""
    return [item._replace(fade=group) for item in items]


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
