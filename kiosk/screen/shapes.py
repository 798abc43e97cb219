"""Flat shapes with smooth edges. A shape is drawn several times too large, then scaled down, coloured and cached.

pygame's own thick arcs and circles have holes and jagged edges.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable

import pygame.draw
import pygame.image
import pygame.mask
import pygame.transform
from pygame import BLEND_RGBA_ADD, BLEND_RGBA_MAX, BLEND_RGBA_MIN, RLEACCEL, SRCALPHA, Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.lru import LruCache, bytes_of

WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
FINE, COARSE = 8, 4
"""Scales at which small shapes and large shapes are drawn, before they are scaled down."""
FINE_UP_TO_PX = 48
WHOLE_UP_TO_PX = 160
"""Maximum size in pixels of a box that is kept as a picture."""
CACHED_BYTES = 8_000_000
"""Size of the cache of coloured shapes, in bytes before SDL encodes them."""
CACHED_MASKS = 200

Draw = Callable[[Surface, int], None]
"""A function that draws a shape in WHITE on a clear surface. The number is the scale, such as FINE."""


class Shapes:
    """The shapes of one wall, with their caches."""

    def __init__(self) -> None:
        self._sprites: LruCache[Surface] = LruCache(CACHED_BYTES, bytes_of)
        self._masks: LruCache[bytes] = LruCache(CACHED_MASKS)
        """Compressed masks of shapes. They are needed only when a shape gets a new colour."""

    def sprite(self, key: Hashable, size: tuple[int, int], draw: Draw, colour: Colour) -> Surface:
        """Return the picture of a shape in a colour. `key` identifies the shape that `draw` draws."""

        def coloured() -> Surface:
            return _tinted(self._masks.get((key, size), lambda: _mask(size, draw)), size, colour)

        return self._sprites.get((key, size, colour), coloured)

    def disc(self, radius_px: float, colour: Colour, part: tuple[float, float] = (0.0, 0.0)) -> Surface:
        """Return a picture with a disc in its middle. `part` moves the disc right and down by fractions of a pixel."""
        side = 2 * int(radius_px + 2)

        def draw(surface: Surface, times: int) -> None:
            centre = ((side / 2 + part[0]) * times, (side / 2 + part[1]) * times)
            pygame.draw.circle(surface, WHITE, centre, radius_px * times)

        return self.sprite(("disc", radius_px, part), (side, side), draw, colour)

    def fill_round(self, surface: Surface, rect: Rect, radius_px: int, colour: Colour) -> None:
        """Fill a rectangle with round corners."""
        radius = min(radius_px, rect.width // 2, rect.height // 2)
        across, seen = rect.inflate(-2 * radius, 0), surface.get_clip()
        if radius < 1 or across.contains(seen) or rect.inflate(0, -2 * radius).contains(seen):
            # No corner has to be painted. This is the usual case for things that move in a box.
            surface.fill(colour, rect)
        elif max(rect.size) <= WHOLE_UP_TO_PX:
            key = ("box", radius), rect.size, colour
            surface.blit(self._sprites.get(key, lambda: self._box(rect, radius, colour)), rect)
        else:
            self._fill_parts(surface, rect, radius, colour)

    def outline_round(self, surface: Surface, rect: Rect, radius_px: int, width_px: int, colour: Colour) -> None:
        """Draw the border of a rectangle with round corners, inside `rect`. Only the border is painted."""
        radius = min(radius_px, rect.width // 2, rect.height // 2)
        across, down = rect.width - 2 * radius, rect.height - 2 * radius
        for top in (rect.top, rect.bottom - width_px):
            _fill(surface, colour, Rect(rect.left + radius, top, across, width_px))
        for left in (rect.left, rect.right - width_px):
            _fill(surface, colour, Rect(left, rect.top + radius, width_px, down))
        if radius >= 1:
            self._corners(surface, rect, radius, width_px, colour)

    def _box(self, rect: Rect, radius: int, colour: Colour) -> Surface:
        """Return the picture of a small box, which is faster to blit than to fill in parts."""
        box = Surface(rect.size, SRCALPHA, 32)
        box.fill((*colour, 0))
        # Blending with transparent pixels would make the colour one step darker.
        self._fill_parts(box, box.get_rect(), radius, colour, BLEND_RGBA_MAX)
        box.set_alpha(255, RLEACCEL)
        return box

    def _fill_parts(self, surface: Surface, rect: Rect, radius: int, colour: Colour, flags: int = 0) -> None:
        _fill(surface, colour, rect.inflate(-2 * radius, 0))
        _fill(surface, colour, Rect(rect.left, rect.top + radius, radius, rect.height - 2 * radius))
        _fill(surface, colour, Rect(rect.right - radius, rect.top + radius, radius, rect.height - 2 * radius))
        self._corners(surface, rect, radius, radius, colour, flags)

    def _corners(self, surface: Surface, rect: Rect, radius: int, width: int, colour: Colour, flags: int = 0) -> None:
        def draw(large: Surface, times: int) -> None:
            middle = (radius * times, radius * times)
            pygame.draw.circle(large, WHITE, middle, radius * times)
            if width < radius:
                pygame.draw.circle(large, CLEAR, middle, (radius - width) * times)

        corners = self.sprite(("corners", width), (2 * radius, 2 * radius), draw, colour)
        for x, left in ((rect.left, 0), (rect.right - radius, radius)):
            for y, top in ((rect.top, 0), (rect.bottom - radius, radius)):
                surface.blit(corners, (x, y), (left, top, radius, radius), flags)


def _fill(surface: Surface, colour: Colour, rect: Rect) -> None:
    """Fill a rectangle that is narrower than the screen.

    SDL's own fill is several times slower for such a rectangle. On a PC it bypasses the cache, and waits for memory at
    both ends of each row.
    """
    if rect.width > 0 and rect.height > 0:
        left, top, right, bottom = rect.left, rect.top, rect.right - 1, rect.bottom - 1
        pygame.draw.polygon(surface, colour, ((left, top), (right, top), (right, bottom), (left, bottom)))


def _mask(size: tuple[int, int], draw: Draw) -> bytes:
    times = FINE if max(size) <= FINE_UP_TO_PX else COARSE
    large = Surface((size[0] * times, size[1] * times), SRCALPHA, 32)
    large.fill(CLEAR)
    draw(large, times)
    exact = _exact(pygame.transform.smoothscale(large, size))
    return zlib.compress(pygame.image.tostring(exact, "RGBA"), 1)


def _exact(mask: Surface) -> Surface:
    """Return the mask with pure white and full opacity restored, because scaling may change both by a visible step."""
    mask.fill(CLEAR, special_flags=BLEND_RGBA_MAX)
    solid = pygame.mask.from_surface(mask, 252)
    mask.blit(solid.to_surface(setcolor=(0, 0, 0, 3), unsetcolor=(0, 0, 0, 0)), (0, 0), special_flags=BLEND_RGBA_ADD)
    return mask


def _tinted(mask: bytes, size: tuple[int, int], colour: Colour) -> Surface:
    sprite = Surface(size, SRCALPHA, 32)
    sprite.fill((*colour, 255))
    white = pygame.image.frombuffer(zlib.decompress(mask), size, "RGBA")
    sprite.blit(white, (0, 0), special_flags=BLEND_RGBA_MIN)
    # SDL run-length encodes the sprite at the first blit. This skips empty pixels, such as three quarters of a ring.
    sprite.set_alpha(255, RLEACCEL)
    return sprite
