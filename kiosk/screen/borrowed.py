"""Painting what nobody sees: a piece of the surface is borrowed and put back before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pygame import Rect, Surface


@contextmanager
def borrowed(surface: Surface, rect: Rect) -> Iterator[None]:
    """Let what is painted in here touch nothing but `rect`, and put back what was there.

    A single pixel is enough for SDL to pack a picture, which it does when one is first painted, and which takes ten
    times as long as painting it.
    """
    clip_before = surface.get_clip()
    before = Surface(rect.size, 0, surface)
    before.blit(surface, (0, 0), rect)
    surface.set_clip(rect)
    try:
        yield
    finally:
        surface.set_clip(rect)
        surface.blit(before, rect)
        surface.set_clip(clip_before)
