"""The display list: the items that a scene returns, far to near.

An item's key is everything that its pixels depend on, so the compositor compares frames without looking at pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import inf
from typing import NamedTuple

from pygame import Rect, Surface

SMOOTH_S = 1 / 30
"""Interval between frames while something moves."""


class TextBox(NamedTuple):
    """The place of an item's text, for tests: `ink` is the painted area, `room` the area reserved for the text."""

    text: str
    ink: Rect
    room: Rect


class Item(NamedTuple):
    """A part of the picture that is painted and compared as a whole.

    `paint(surface)` paints the item at its place on a surface of the screen's size. The painting is clipped to `rect`.
    `key` contains everything that the pixels depend on besides `rect`.

    Items with the same `thing` in two consecutive frames show one thing that changed. Then only the rectangles that
    `differs(before)` returns are repainted (both items' rects if it returns None). An `opaque` item hides everything
    below it. Its `onto(before)` may return a function that paints the change directly over the old item. That function
    may also paint a little around the change. `fade` names a fade group. When a group changes, the group cross-fades.
    """

    rect: Rect
    key: Hashable
    paint: Callable[[Surface], None]
    thing: Hashable = None
    differs: Callable[[Item], Sequence[Rect] | None] = lambda before: None
    onto: Callable[[Item], Callable[[Surface], None] | None] = lambda before: None
    shows: object = None
    """Data of this item for `differs` and `onto` of the next frame's item."""
    opaque: bool = False
    fade: str = ""
    texts: tuple[TextBox, ...] = ()

    @property
    def identity(self) -> Hashable:
        return self.key, tuple(self.rect)


class Frame(NamedTuple):
    """Items, far to near, and the number of seconds for which they stay the same if the view stays the same.

    `stays_s` may be a little too long if nobody would see the difference, because fewer frames cost less.
    """

    items: list[Item]
    stays_s: float = inf


def frame(*parts: Frame | Iterable[Item]) -> Frame:
    """Return the parts, far to near, as one frame. A plain list of items stays the same until the view changes."""
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
    """Return an item for the part of a still picture in `rect`. If `rect` changes, only the difference is repainted."""

    def differs(before: Item) -> list[Rect]:
        return [*outside(rect, before.rect), *outside(before.rect, rect)]

    return Item(rect, key, paint, thing=key, differs=differs, texts=texts)


def clipped(items: Sequence[Item], rect: Rect) -> Item:
    """Return the items as one item, clipped to `rect`, which may move."""

    def paint_all(surface: Surface) -> None:
        clip_before = surface.get_clip()
        for item in items:
            surface.set_clip(item.rect.clip(clip_before))
            item.paint(surface)
        surface.set_clip(clip_before)

    texts = tuple(box for item in items for box in item.texts)
    return window(rect, ("clipped", *(item.identity for item in items)), paint_all, texts)


def fading(items: Iterable[Item], group: str) -> list[Item]:
    """Return the items with `group` as their fade group."""
    return [item._replace(fade=group) for item in items]


def outside(rect: Rect, hole: Rect) -> list[Rect]:
    """Return the part of `rect` outside `hole`, as up to four rectangles."""
    inner = rect.clip(hole)
    if not inner:
        return [rect]
    parts = (
        Rect(rect.left, rect.top, rect.width, inner.top - rect.top),
        Rect(rect.left, inner.bottom, rect.width, rect.bottom - inner.bottom),
        Rect(rect.left, inner.top, inner.left - rect.left, inner.height),
        Rect(inner.right, inner.top, rect.right - inner.right, inner.height),
    )
    return [part for part in parts if part]
