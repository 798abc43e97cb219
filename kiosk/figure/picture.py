"""Pictures: layers that leave out what the layer below shows already, and how they are compressed."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pygame

from kiosk.colour import Colour

KEY: Colour = (255, 0, 255)
"""Colour of a layer's transparent pixels. No figure has it."""
BANDS = 16
"""Parts of the height of a layer that are compressed without what is transparent beside them."""
OVERFLOW = 0.10
"""How far a picture may leave its box, as a share of the box's height: about .05 of the screen's height."""


def canvas_rect(box_px: tuple[int, int]) -> pygame.Rect:
    """Return the area that pictures for a box may cover, in pixels relative to the box's top left."""
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
        alpha, keyed = bool(self.surface.get_flags() & pygame.SRCALPHA), bool(self.surface.get_colorkey())
        parts = _bands(self.surface) if keyed else [self.surface.get_rect()]
        raw = [pygame.image.tostring(self.surface.subsurface(part), "RGBA" if alpha else "RGB") for part in parts]
        kind: Kind = "alpha" if alpha else "keyed" if keyed else "plain"
        return PackedLayer(kind, tuple(self.rect), tuple(map(tuple, parts)), zlib.compress(b"".join(raw), 6))

    def flipped(self, width: int) -> Layer:
        """Return the layer mirrored within a box of this width."""
        turned = pygame.transform.flip(self.surface, True, False)
        return Layer(turned, width - self.left - self.surface.get_width(), self.top)

    def tinted(self, accent: Colour) -> Layer:
        """Return the layer, which is a share of accent as grey, in the colour of an accent."""
        surface = self.surface.copy()
        surface.fill(accent, special_flags=pygame.BLEND_RGB_MULT)
        return Layer(surface, self.left, self.top)


Kind = Literal["keyed", "alpha", "plain"]
"""Whether a layer has transparent pixels of the colour KEY, alpha, or neither."""


class PackedLayer(NamedTuple):
    """A compressed layer. `rect` is its place, as left, top, width and height; `parts` are those of it with pixels.

    93 % of a delta frame is transparent. That compresses well, but decompressing all of it takes twice as long.
    """

    kind: Kind
    rect: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...]
    pixels: bytes

    def unpacked(self) -> Layer:
        """Return the layer in the pixel format of screens, which blits fastest.

        Raises ValueError for pixels that are damaged, or more or less than its parts hold, before taking much memory.
        """
        left, top, *size = self.rect
        whole, parts, alpha = pygame.Rect(0, 0, *size), list(map(pygame.Rect, self.parts)), self.kind == "alpha"
        lengths = [part.width * part.height * (4 if alpha else 3) for part in parts]
        outside = any(min(part.size) <= 0 or not whole.contains(part) for part in parts)
        if outside or sum(lengths) > whole.width * whole.height * 4:
            raise ValueError("a damaged layer: its parts are larger than the whole")
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(self.pixels, sum(lengths) + 1)
        except zlib.error as error:
            raise ValueError(f"a damaged layer: {error}") from error
        if len(raw) != sum(lengths) or not unpacker.eof:
            raise ValueError("a damaged layer: its size is not the one that was given")
        surface = pygame.Surface(whole.size, pygame.SRCALPHA if alpha else 0, 32)
        if self.kind == "keyed":
            surface.fill(KEY)
            surface.set_colorkey(KEY)
        begin, flags = 0, pygame.BLEND_RGBA_ADD if alpha else 0
        for part, length in zip(parts, lengths, strict=True):
            pixels = raw[begin : begin + length]
            surface.blit(
                pygame.image.frombuffer(pixels, part.size, "RGBA" if alpha else "RGB"), part, special_flags=flags
            )
            begin += length
        return Layer(surface, left, top)


@dataclass(frozen=True)
class Picture:
    """A figure in one pose, or its arrows, for any accent: pixel = drawn colour + share x accent."""

    colour: Layer
    accent: Layer | None
    """The share of accent of each pixel, as grey; None if no pixel has any."""

    def flipped(self, width: int) -> Picture:
        return Picture(self.colour.flipped(width), self.accent.flipped(width) if self.accent else None)

    def merged(self, accent: Colour, opacity: float) -> Layer:
        """Return the picture, which has alpha, as one layer: its accent added, at an opacity from 0 to 1."""
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
    """Return the pixels of a picture outside the mask `same`, cut to size.

    `topleft` is the place of the picture, relative to the top left of the figure's box.
    """
    surface = same.to_surface(picture.copy(), setcolor=KEY, unsetcolor=None)
    surface.set_colorkey(KEY)
    area = surface.get_bounding_rect() or pygame.Rect(0, 0, 1, 1)
    return Layer(surface.subsurface(area).copy(), topleft[0] + area.left, topleft[1] + area.top)


def visible_in(surface: pygame.Surface, area: pygame.Rect) -> pygame.Rect:
    """Return the rectangle around the visible pixels in an area of a surface with a colour key."""
    return surface.subsurface(area).get_bounding_rect().move(area.topleft)


def _bands(surface: pygame.Surface) -> list[pygame.Rect]:
    """Return what is visible in each band of a surface with a colour key, without empty ones."""
    whole = surface.get_rect()
    rows = -(-whole.height // BANDS)
    bands = [pygame.Rect(0, top, whole.width, rows).clip(whole) for top in range(0, whole.height, rows)]
    return [visible for band in bands if (visible := visible_in(surface, band))]
