"""Pictures, which are made of layers, and their compression. A layer leaves out pixels that the layer below shows."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pygame

from kiosk.colour import Colour

KEY: Colour = (255, 0, 255)
"""Colour of a layer's transparent pixels. No figure has it."""
RAW_DEFLATE = -15
"""zlib's format without a checksum: that takes a third of the time to decompress, and a file has one anyway."""
OVERFLOW = 0.10
"""Maximum distance that a picture may leave its box, in box heights. It is about 0.05 in H (the screen's height)."""


def canvas_rect(box_px: tuple[int, int]) -> pygame.Rect:
    """Return the box with the margin for overflow, in pixels relative to the box's top left."""
    margin = math.ceil(box_px[1] * OVERFLOW)
    return pygame.Rect((0, 0), box_px).inflate(2 * margin, 2 * margin)


@dataclass(frozen=True)
class Layer:
    """A surface and the place of its top left corner, in pixels relative to the top left of the figure's box."""

    surface: pygame.Surface
    left: int
    top: int

    @property
    def rect(self) -> pygame.Rect:
        return self.surface.get_rect(topleft=(self.left, self.top))

    def packed(self) -> PackedLayer:
        alpha = bool(self.surface.get_flags() & pygame.SRCALPHA)
        pixels = zlib.compress(pygame.image.tostring(self.surface, "RGBA" if alpha else "RGB"), 6, wbits=RAW_DEFLATE)
        kind: Kind = "alpha" if alpha else "keyed" if self.surface.get_colorkey() else "plain"
        return PackedLayer(kind, tuple(self.rect), pixels)

    def flipped(self, width: int) -> Layer:
        """Return the layer mirrored within a box of this width."""
        turned = pygame.transform.flip(self.surface, True, False)
        return Layer(turned, width - self.left - self.surface.get_width(), self.top)

    def tinted(self, accent: Colour) -> Layer:
        """Return the layer in the colour of an accent. The layer's grey is the share of accent."""
        surface = self.surface.copy()
        surface.fill(accent, special_flags=pygame.BLEND_RGB_MULT)
        return Layer(surface, self.left, self.top)


Kind = Literal["keyed", "alpha", "plain"]
"""Transparency of a layer: pixels of the colour KEY ("keyed"), alpha, or none ("plain")."""


class PackedLayer(NamedTuple):
    """A compressed layer. `rect` is its place, as left, top, width and height."""

    kind: Kind
    rect: tuple[int, ...]
    pixels: bytes

    def unpacked(self) -> Layer:
        """Return the layer in the pixel format of screens, which blits fastest.

        Raises ValueError, before taking much memory, if the pixels are damaged or their number does not fit the size.
        """
        left, top, width, height = self.rect
        alpha, size = self.kind == "alpha", (width, height)
        length = width * height * (4 if alpha else 3)
        unpacker = zlib.decompressobj(wbits=RAW_DEFLATE)
        try:
            raw = unpacker.decompress(self.pixels, length + 1)
        except zlib.error as error:
            raise ValueError(f"a damaged layer: {error}") from error
        if len(raw) != length or not unpacker.eof:
            raise ValueError("a damaged layer: its size is not the one that was given")
        surface = pygame.Surface(size, pygame.SRCALPHA if alpha else 0, 32)
        flags = pygame.BLEND_RGBA_ADD if alpha else 0
        surface.blit(pygame.image.frombuffer(raw, size, "RGBA" if alpha else "RGB"), (0, 0), special_flags=flags)
        if self.kind == "keyed":
            surface.set_colorkey(KEY)
        return Layer(surface, left, top)


@dataclass(frozen=True)
class Picture:
    """A figure in one pose, or its arrows, for any accent: pixel = drawn colour + share x accent."""

    colour: Layer
    accent: Layer | None
    """The share of accent of each pixel, as grey; None if no pixel has accent."""

    def flipped(self, width: int) -> Picture:
        return Picture(self.colour.flipped(width), self.accent.flipped(width) if self.accent else None)

    def merged(self, accent: Colour, opacity: float) -> Layer:
        """Return a picture with alpha as one layer, with its accent added. `opacity` is from 0 to 1."""
        surface = self.colour.surface.copy()
        if self.accent:
            tint = self.accent.tinted(accent)
            at = (tint.left - self.colour.left, tint.top - self.colour.top)
            surface.blit(tint.surface, at, special_flags=pygame.BLEND_RGB_ADD)
        surface.fill((255, 255, 255, round(255 * opacity)), special_flags=pygame.BLEND_RGBA_MULT)
        return Layer(surface, self.colour.left, self.colour.top)


def equal_pixels(a: pygame.Surface, b: pygame.Surface) -> pygame.Mask:
    """Return the mask of the pixels that are equal in two surfaces of the same size."""
    return pygame.mask.from_threshold(a, (0, 0, 0), (1, 1, 1, 255), b)


def keyed_layer(picture: pygame.Surface, same: pygame.Mask, topleft: tuple[int, int]) -> Layer:
    """Return a layer of a picture's pixels outside the mask `same`, cut to the smallest rectangle.

    `topleft` is the place of the picture, relative to the top left of the figure's box.
    """
    surface = same.to_surface(picture.copy(), setcolor=KEY, unsetcolor=None)
    surface.set_colorkey(KEY)
    area = surface.get_bounding_rect() or pygame.Rect(0, 0, 1, 1)
    return Layer(surface.subsurface(area).copy(), topleft[0] + area.left, topleft[1] + area.top)
