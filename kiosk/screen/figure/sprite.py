"""Sprites: pictures of a figure, ready to be painted on the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self
from zlib import adler32, crc32

import pygame
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.figure.picture import KEY, Layer
from kiosk.screen.unseen import restored


def packed(layer: Layer, onto: Surface | None = None) -> Layer:
    """Return the layer, run-length encoded by SDL if it has a colour key: memory and blits skip transparent pixels.

    SDL encodes at the first blit, and again at the first blit onto each other surface. `onto` is the surface that the
    layer will be painted on again and again.
    """
    if layer.surface.get_colorkey() is not None:
        target = onto or Surface((1, 1), 0, 32)
        layer.surface.set_colorkey(KEY, pygame.RLEACCEL)
        last = Rect(target.get_width() - 1, target.get_height() - 1, 1, 1)
        with restored(target, last):
            target.blit(layer.surface, last)
    return layer


class SpritePart:
    """One layer of a sprite. Equal keys mean equal pixels on whatever lies below."""

    @property
    def key(self) -> Hashable:
        return self

    @property
    def rect(self) -> Rect:
        """The pixels that the part covers, relative to the top left of the figure's box."""
        raise NotImplementedError

    @property
    def source(self) -> Hashable:
        """What two parts must have in common for `differs` to compare them; None if they cannot be compared."""
        return None

    @property
    def opaque(self) -> bool:
        """Whether the part hides everything below its `rect`."""
        return False

    def differs(self, before: Self) -> Sequence[Rect] | None:
        """Return where this part differs from another of its source, relative to the box; None if that is unknown."""
        return None

    def onto(self, before: Self) -> Callable[[Surface, tuple[int, int]], None] | None:
        """Return what turns another visible part into this one, if nothing lies over it; None where `draw` must do."""
        return None

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class SpriteLayer(SpritePart):
    """A layer that is blitted, or added, to what lies below."""

    layer: Layer
    add: bool = False

    @property
    def rect(self) -> Rect:
        return self.layer.rect

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        at = (box_topleft[0] + self.layer.left, box_topleft[1] + self.layer.top)
        target.blit(self.layer.surface, at, special_flags=pygame.BLEND_RGB_ADD if self.add else 0)


@dataclass(frozen=True)
class Sprite:
    """A picture of a figure, ready to be painted on the screen. Equal keys mean equal pixels."""

    key: Hashable
    background: Colour
    parts: Sequence[SpritePart] = field(compare=False)
    """The layers, far to near. Most pictures of a figure share some of them."""

    @cached_property
    def rect(self) -> Rect:
        """The pixels that the picture covers, relative to the top left of the figure's box."""
        first, *others = (part.rect for part in self.parts)
        return first.unionall(others)

    @property
    def offset(self) -> tuple[int, int]:
        """Where `cut_out` goes, relative to the top left of the figure's box; negative where it overflows."""
        return (self.rect.left, self.rect.top)

    def cut_out(self, desk: Surface) -> Surface:
        """Return the picture as one surface that is transparent (by colour key) around the figure.

        It is painted on `desk`, a surface of at least its size, and copied from there; the desk is left as it was.
        The layers are encoded for one surface, the screen, and would have to be encoded again for another one.
        """
        place = Rect((0, 0), self.rect.size)
        surface = Surface(place.size, 0, desk)
        with restored(desk, place):
            desk.fill(self.background, place)
            self.draw(desk, (-self.rect.left, -self.rect.top))
            surface.blit(desk, (0, 0), place)
        surface.set_colorkey(self.background)
        return surface

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> Rect:
        """Paint the picture on a target that shows the plain background there, and return the area that changed."""
        for part in self.parts:
            part.draw(target, box_topleft)
        return self.rect.move(box_topleft).clip(target.get_rect())


class LayerPool:
    """Returns one object for all layers that look the same: feet that stand still need one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Layer] = {}

    def layer(self, layer: Layer) -> Layer:
        """Return the layer, or an earlier one that looks the same at the same place."""
        pixels = layer.surface.get_buffer().raw
        # Two checksums and the size tell a few hundred pictures apart. hashlib would load OpenSSL, which takes 3 MB.
        look = (*layer.surface.get_size(), crc32(pixels), adler32(pixels))
        return self._known.setdefault((layer.left, layer.top, *look), layer)
