"""Pictures in a form that is quick to show: layers that leave out what the layer below shows already."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from zlib import adler32, crc32

import pygame

from kiosk.screen.figure.palette import RGB
from kiosk.screen.figures import Part
from kiosk.screen.unseen import restored

KEY: RGB = (255, 0, 255)
"""Marks a layer's pixels that are not drawn. No figure has this colour."""
OVERFLOW = 0.10
"""How far a drawing may leave its box, as a share of the box's height: about .05 of the screen's height."""


def canvas_rect(box_px: tuple[int, int]) -> pygame.Rect:
    """Return all that pictures for a box may cover, in pixels, relative to the box's top left."""
    margin = math.ceil(box_px[1] * OVERFLOW)
    return pygame.Rect((0, 0), box_px).inflate(2 * margin, 2 * margin)


@dataclass(frozen=True)
class Layer:
    """A surface and where its top left corner lies, relative to the top left of the figure's box, in pixels."""

    surface: pygame.Surface
    left: int
    top: int

    @property
    def rect(self) -> pygame.Rect:
        return self.surface.get_rect(topleft=(self.left, self.top))

    def flipped(self, width: int) -> Layer:
        """Return the layer mirrored within a box of this width; it is not packed."""
        turned = pygame.transform.flip(self.surface, True, False)
        return Layer(turned, width - self.left - self.surface.get_width(), self.top)

    def packed(self, onto: pygame.Surface | None = None) -> Layer:
        """Pack the surface, if it has a colour key: memory and blits then leave out the pixels that are not drawn.

        SDL does it at the first blit, and anew at the first one onto each other surface: `onto` is the one that it will
        be put on again and again. Returns itself.
        """
        if self.surface.get_colorkey() is not None:
            target = onto or pygame.Surface((1, 1), 0, 32)
            self.surface.set_colorkey(KEY, pygame.RLEACCEL)
            last = pygame.Rect(target.get_width() - 1, target.get_height() - 1, 1, 1)
            with restored(target, last):
                target.blit(self.surface, last)
        return self

    def tinted(self, accent: RGB) -> Layer:
        """Return what this share of accent, as grey, adds for an accent."""
        surface = self.surface.copy()
        surface.fill(accent, special_flags=pygame.BLEND_RGB_MULT)
        return Layer(surface, self.left, self.top)


@dataclass(frozen=True)
class Picture:
    """Either a figure in one pose or its arrows, for any accent: drawn colour + share of accent x accent."""

    colour: Layer
    accent: Layer | None
    """How much accent each pixel has, as grey; None where there is none."""

    def flipped(self, width: int) -> Picture:
        return Picture(self.colour.flipped(width).packed(), self.accent.flipped(width) if self.accent else None)

    def merged(self, accent: RGB, opacity: float) -> Layer:
        """Return a picture with alpha, its accent added, as one layer of an opacity from 0 to 1."""
        surface = self.colour.surface.copy()
        if self.accent:
            tint = self.accent.tinted(accent)
            at = (tint.left - self.colour.left, tint.top - self.colour.top)
            surface.blit(tint.surface, at, special_flags=pygame.BLEND_RGB_ADD)
        surface.fill((255, 255, 255, round(255 * opacity)), special_flags=pygame.BLEND_RGBA_MULT)
        return Layer(surface, self.colour.left, self.colour.top)


@dataclass(frozen=True)
class Stroke:
    """A layer and how it is put on the ones below."""

    layer: Layer
    add: bool = False

    @property
    def key(self) -> Hashable:
        return self

    @property
    def rect(self) -> pygame.Rect:
        return self.layer.rect

    @property
    def source(self) -> None:
        return None

    @property
    def opaque(self) -> bool:
        return False

    def differs(self, before: Stroke) -> None:
        return None

    def onto(self, before: Stroke) -> None:
        return None

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        at = (box_topleft[0] + self.layer.left, box_topleft[1] + self.layer.top)
        target.blit(self.layer.surface, at, special_flags=pygame.BLEND_RGB_ADD if self.add else 0)


@dataclass(frozen=True)
class Sprite:
    """A figure ready to be put on the screen. Equal keys mean equal pictures."""

    key: Hashable
    background: RGB
    parts: Sequence[Part] = field(compare=False)
    """Its layers, far to near: of two pictures of a figure, most have some in common."""

    @cached_property
    def rect(self) -> pygame.Rect:
        """What the picture covers, relative to the top left of the figure's box."""
        first, *others = (part.rect for part in self.parts)
        return first.unionall(others)

    @property
    def offset(self) -> tuple[int, int]:
        """Where `surface` goes, relative to the top left of the figure's box; negative where it overflows."""
        return (self.rect.left, self.rect.top)

    def cut_out(self, desk: pygame.Surface) -> pygame.Surface:
        """Return all in one surface that is transparent (by colour key) outside the figure.

        It is painted on the desk and copied from there, which leaves the desk as it was: layers are packed for one
        surface, the screen, and would have to be packed anew for another one.
        """
        place = pygame.Rect((0, 0), self.rect.size)
        surface = pygame.Surface(place.size, 0, desk)
        with restored(desk, place):
            desk.fill(self.background, place)
            self.draw(desk, (-self.rect.left, -self.rect.top))
            surface.blit(desk, (0, 0), place)
        surface.set_colorkey(self.background)
        return surface

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> pygame.Rect:
        """Put the picture straight on a target that shows the plain background there; quicker than `surface`.

        Returns the part of the target that was changed.
        """
        for part in self.parts:
            part.draw(target, box_topleft)
        return self.rect.move(box_topleft).clip(target.get_rect())


def equal_pixels(a: pygame.Surface, b: pygame.Surface) -> pygame.Mask:
    """Return a mask of where two surfaces of the same size have exactly the same colour."""
    return pygame.mask.from_threshold(a, (0, 0, 0), (1, 1, 1, 255), b)


def keyed_layer(picture: pygame.Surface, same: pygame.Mask, topleft: tuple[int, int]) -> Layer:
    """Return what a picture shows outside of `same`, a mask of its size, cut to size.

    `topleft` is where the picture lies, relative to the top left of the figure's box.
    """
    surface = same.to_surface(picture.copy(), setcolor=KEY, unsetcolor=None)
    surface.set_colorkey(KEY)
    area = surface.get_bounding_rect() or pygame.Rect(0, 0, 1, 1)
    return Layer(surface.subsurface(area).copy(), topleft[0] + area.left, topleft[1] + area.top).packed()


class Shared:
    """Makes of layers that look the same one object: feet that stand still need one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Layer] = {}

    def layer(self, layer: Layer) -> Layer:
        """Return the layer, or the one before it that looks the same at the same place."""
        pixels = layer.surface.get_buffer().raw
        # Two sums and the size tell some hundred pictures apart; hashlib would bring OpenSSL, which takes 3 MB.
        look = (*layer.surface.get_size(), crc32(pixels), adler32(pixels))
        return self._known.setdefault((layer.left, layer.top, *look), layer)
