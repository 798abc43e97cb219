"""Packing ahead: SDL packs a picture when it is first painted, and that takes ten times as long as painting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pygame import Rect, Surface


@contextmanager
def one_pixel(surface: Surface, at: tuple[int, int]) -> Iterator[None]:
    """Let what is painted in here touch a single pixel, which is enough to be packed, and put that back."""
    spot, clip_before = Rect(at, (1, 1)), surface.get_clip()
    before = Surface(spot.size, 0, surface)
    before.blit(surface, (0, 0), spot)
    surface.set_clip(spot)
    try:
        yield
    finally:
        surface.blit(before, spot)
        surface.set_clip(clip_before)
