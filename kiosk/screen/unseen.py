"""Painting out of sight: a part of the surface is painted on, and restored before it is flipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pygame import Rect, Surface


@contextmanager
def restored(surface: Surface, rect: Rect) -> Iterator[None]:
    """Return a context in which painting is clipped to `rect`; its pixels are restored afterwards.

    SDL encodes a picture when it is first painted on a surface, which takes ten times as long as painting it. Painting
    a single pixel is enough for that.
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
