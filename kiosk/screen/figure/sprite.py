"""A figure ready to be put on the screen: its layers, packed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from zlib import adler32, crc32

import pygame

from kiosk.colour import Colour
from kiosk.figure.picture import KEY, Layer
from kiosk.screen.figures import Part
from kiosk.screen.unseen import restored


def packed(layer: Layer, onto: pygame.Surface | None = None) -> Layer:
    """Pack a layer's surface, if it has a colour key: memory and blits then leave out the pixels that are not drawn.

    SDL does it at the first blit, and again at the first one onto each other surface: `onto` is the one that it will
    be put on again and again. Returns the layer.
    """
    if layer.surface.get_colorkey() is not None:
        target = onto or pygame.Surface((1, 1), 0, 32)
        layer.surface.set_colorkey(KEY, pygame.RLEACCEL)
        last = pygame.Rect(target.get_width() - 1, target.get_height() - 1, 1, 1)
        with restored(target, last):
            target.blit(layer.surface, last)
    return layer


@dataclass(frozen=True)
class SpriteLayer:
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

    def differs(self, before: SpriteLayer) -> None:
        return None

    def onto(self, before: SpriteLayer) -> None:
        return None

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        at = (box_topleft[0] + self.layer.left, box_topleft[1] + self.layer.top)
        target.blit(self.layer.surface, at, special_flags=pygame.BLEND_RGB_ADD if self.add else 0)


@dataclass(frozen=True)
class Sprite:
    """A figure ready to be put on the screen. Equal keys mean equal pictures."""

    key: Hashable
    background: Colour
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


class LayerPool:
    """Makes of layers that look the same one object: feet that stand still need one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Layer] = {}

    def layer(self, layer: Layer) -> Layer:
        """Return the layer, or the one before it that looks the same at the same place."""
        pixels = layer.surface.get_buffer().raw
        # Two sums and the size tell some hundred pictures apart; hashlib would bring OpenSSL, which takes 3 MB.
        look = (*layer.surface.get_size(), crc32(pixels), adler32(pixels))
        return self._known.setdefault((layer.left, layer.top, *look), layer)
