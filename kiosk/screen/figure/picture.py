"""Pictures in a form that is quick to show: layers that leave out what the layer below shows already."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pygame

from kiosk.screen.figure.palette import RGB

KEY: RGB = (255, 0, 255)
"""Marks a layer's pixels that are not drawn. No figure has this colour."""


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
        """Return the layer mirrored within a box of this width."""
        turned = pygame.transform.flip(self.surface, True, False)
        if self.surface.get_colorkey() is not None:
            leave_out_key(turned)
        return Layer(turned, width - self.left - self.surface.get_width(), self.top)


@dataclass(frozen=True)
class Picture:
    """Either a figure in one pose or its arrows, for any accent: drawn colour + share of accent x accent."""

    colour: Layer
    accent: Layer | None
    """How much accent each pixel has, as grey; None where there is none."""

    def flipped(self, width: int) -> Picture:
        return Picture(self.colour.flipped(width), self.accent.flipped(width) if self.accent else None)

    def tinted(self, accent: RGB) -> Layer | None:
        """Return what has to be added to the colour for an accent."""
        if self.accent is None:
            return None
        surface = self.accent.surface.copy()
        surface.fill(accent, special_flags=pygame.BLEND_RGB_MULT)
        return Layer(surface, self.accent.left, self.accent.top)

    def merged(self, accent: RGB, opacity: float) -> Layer:
        """Return a picture with alpha, its accent added, as one layer of an opacity from 0 to 1."""
        surface = self.colour.surface.copy()
        if tint := self.tinted(accent):
            at = (tint.left - self.colour.left, tint.top - self.colour.top)
            surface.blit(tint.surface, at, special_flags=pygame.BLEND_RGB_ADD)
        surface.fill((255, 255, 255, round(255 * opacity)), special_flags=pygame.BLEND_RGBA_MULT)
        return Layer(surface, self.colour.left, self.colour.top)


@dataclass(frozen=True)
class Stroke:
    """A layer and how it is put on the ones below."""

    layer: Layer
    add: bool = False


@dataclass(frozen=True)
class Part:
    """One layer of a figure. Equal parts are equal pixels, put on what lies below."""

    stroke: Stroke

    @property
    def key(self) -> Hashable:
        return self.stroke

    @property
    def rect(self) -> pygame.Rect:
        return self.stroke.layer.rect

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        layer = self.stroke.layer
        at = (box_topleft[0] + layer.left, box_topleft[1] + layer.top)
        target.blit(layer.surface, at, special_flags=pygame.BLEND_RGB_ADD if self.stroke.add else 0)


@dataclass(frozen=True)
class Sprite:
    """A figure ready to be put on the screen. Equal keys mean equal pictures."""

    key: Hashable
    background: RGB
    strokes: Sequence[Stroke] = field(compare=False)

    @cached_property
    def rect(self) -> pygame.Rect:
        """What the picture covers, relative to the top left of the figure's box."""
        first, *others = (stroke.layer.rect for stroke in self.strokes)
        return first.unionall(others)

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Its layers one by one: of two pictures of a figure, most have the lowest one in common."""
        return [Part(stroke) for stroke in self.strokes]

    @property
    def offset(self) -> tuple[int, int]:
        """Where `surface` goes, relative to the top left of the figure's box; negative where it overflows."""
        return (self.rect.left, self.rect.top)

    @cached_property
    def surface(self) -> pygame.Surface:
        """All in one surface that is transparent (by colour key) outside the figure; made on first use."""
        surface = pygame.Surface(self.rect.size, 0, 32)
        surface.fill(self.background)
        self.draw(surface, (-self.rect.left, -self.rect.top))
        surface.set_colorkey(self.background)
        return surface

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> pygame.Rect:
        """Put the picture straight on a target that shows the plain background there; quicker than `surface`.

        Returns the part of the target that was changed.
        """
        for part in self.parts:
            part.draw(target, box_topleft)
        return self.rect.move(box_topleft).clip(target.get_rect())


def leave_out_key(surface: pygame.Surface) -> None:
    """Make blits of a surface skip the pixels that have the colour KEY, and its memory not hold them."""
    surface.set_colorkey(KEY, pygame.RLEACCEL)
    # SDL packs a surface when it is first blitted; until then one picture takes 1 or 2 MB.
    pygame.Surface((1, 1), 0, 32).blit(surface, (0, 0))


def equal_pixels(a: pygame.Surface, b: pygame.Surface) -> pygame.Mask:
    """Return a mask of where two surfaces of the same size have exactly the same colour."""
    return pygame.mask.from_threshold(a, (0, 0, 0), (1, 1, 1, 255), b)


def keyed_difference(picture: pygame.Surface, below: pygame.Surface) -> pygame.Surface:
    """Return the picture with KEY wherever it is the same as what lies below it."""
    surface = pygame.Surface(picture.get_size(), 0, 32)
    surface.blit(picture, (0, 0))
    return equal_pixels(picture, below).to_surface(surface, setcolor=KEY, unsetcolor=None)
