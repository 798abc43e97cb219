"""Sprites: pictures of a figure, ready to be painted on the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import pygame
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.figure.picture import Layer
from kiosk.screen.unseen import restored

Paint = Callable[[Surface, tuple[int, int]], None]
"""Paints on a surface, where the top left of the figure's box is at a place on it."""


class SpritePart:
    """One layer of a sprite. Equal keys mean equal pixels on whatever lies below."""

    key: Hashable
    rect: Rect
    """The pixels that the part covers, relative to the top left of the figure's box."""
    source: Hashable = None
    """What two parts must have in common for `differs` to compare them; None if they cannot be compared."""
    opaque: bool = False
    """Whether the part hides everything below its `rect`."""

    def differs(self, before: Self) -> Sequence[Rect] | None:
        """Return where this part differs from another of its source, relative to the box; None if that is unknown."""
        return None

    def onto(self, before: Self) -> Paint | None:
        """Return what turns another visible part into this one, if nothing lies over it; None where `draw` must do."""
        return None

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        raise NotImplementedError


class SpriteLayer(SpritePart):
    """A layer that is blitted, or added, to what lies below."""

    def __init__(self, layer: Layer, *, add: bool = False) -> None:
        self.key = layer, add
        self.rect = layer.rect
        self._layer = layer
        self._flags = pygame.BLEND_RGB_ADD if add else 0

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        target.blit(self._layer.surface, self.rect.move(box_topleft), special_flags=self._flags)


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
