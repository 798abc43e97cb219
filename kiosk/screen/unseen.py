"""Painting that nobody sees: a part of the surface is painted on and restored before anything is flipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pygame import Rect, Surface


@contextmanager
def restored(surface: Surface, rect: Rect) -> Iterator[None]:
    """Clip painting to `rect` in here, and restore its pixels afterwards.

    SDL packs a picture when it is first painted on a surface, and that takes ten times as long as painting it. A single
    pixel is enough for it.
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
