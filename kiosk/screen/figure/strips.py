"""Strips: the visible parts of a surface with a colour key, cut into strips of a few rows and laid end to end.

93 % of a delta frame is colour key. That compresses well, but decompressing it would take most of the time of reading a
figure.
"""

from __future__ import annotations

import struct

import pygame
from pygame import Rect, Surface

from kiosk.figure.picture import KEY

ROWS = 24
"""Height of a strip in pixels, and the smallest gap that is left out."""
_COUNT, _STRIP = struct.Struct("<I"), struct.Struct("<HHH")


def pack_strips(surface: Surface) -> bytes:
    """Return the visible parts of a surface whose colour key is KEY: where the strips lie, then their RGB pixels."""
    strips = _strips(pygame.mask.from_surface(surface))
    row = Surface((sum(strip.width for strip in strips), ROWS), 0, 32)
    row.fill(KEY)
    x = 0
    for strip in strips:
        row.blit(surface, (x, 0), strip)
        x += strip.width
    places = b"".join(_STRIP.pack(strip.left, strip.top, strip.width) for strip in strips)
    return _COUNT.pack(len(strips)) + places + pygame.image.tostring(row, "RGB")


def unpack_strips(content: bytes, size: tuple[int, int]) -> Surface:
    """Return the surface of this size that `pack_strips` was given, with its colour key.

    Raises ValueError or struct.error for other content.
    """
    (count,) = _COUNT.unpack_from(content)
    begins = _COUNT.size + count * _STRIP.size
    strips = list(_STRIP.iter_unpack(content[_COUNT.size : begins]))
    surface = Surface(size, 0, 32)
    surface.fill(KEY)
    surface.set_colorkey(KEY)
    if not strips:
        return surface
    row = pygame.image.frombuffer(content[begins:], (sum(width for _, _, width in strips), ROWS), "RGB")
    x = 0
    for left, top, width in strips:
        surface.blit(row, (left, top), (x, 0, width, ROWS))
        x += width
    return surface


def most_bytes(size: tuple[int, int]) -> int:
    """Return the maximum length of what `pack_strips` returns for a surface of this size."""
    width, height = size
    bands = -(-height // ROWS)
    # Two strips of a band are at least ROWS apart.
    return _COUNT.size + bands * ((width // ROWS + 1) * _STRIP.size + width * ROWS * 3)


def _strips(shown: pygame.Mask) -> list[Rect]:
    """Return strips that hold every visible pixel; the lowest ones may reach beyond the edge."""
    width, height = shown.get_size()
    strips: list[Rect] = []
    for top in range(0, height, ROWS):
        band = pygame.Mask((width, ROWS))
        band.draw(shown, (0, -top))
        spots: list[Rect] = band.get_bounding_rects()  # type: ignore[assignment]
        right = -ROWS
        for spot in sorted(spots, key=lambda spot: spot.left):
            if spot.left - right < ROWS:
                strips[-1].width = max(right, spot.right) - strips[-1].left
            else:
                strips.append(Rect(spot.left, top, spot.width, ROWS))
            right = strips[-1].right
    return strips
