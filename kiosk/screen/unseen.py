"""Painting out of sight: a part of the surface is painted, then restored before the surface is flipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pygame import Rect, Surface


@contextmanager
def restored(surface: Surface, rect: Rect) -> Iterator[None]:
    """Return a `with` context in which painting is clipped to `rect`. Afterwards the pixels in `rect` are restored.

    When a picture is first painted on a surface, SDL encodes the picture, which takes ten times as long as painting. It
    is enough to paint a single pixel to have the picture encoded.
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
