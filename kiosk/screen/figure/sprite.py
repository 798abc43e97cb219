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
"""A function that paints on a surface. The pair of numbers is the top left of the figure's box, in pixels."""


class SpritePart:
    """One layer of a sprite. Parts with equal keys paint equal pixels if the pixels below are equal."""

    key: Hashable
    rect: Rect
    """The rectangle that the part covers, in pixels, relative to the top left of the figure's box."""
    source: Hashable = None
    """Origin of the part. `differs` compares only parts of the same source, and no part whose source is None."""
    opaque: bool = False
    """Whether the part hides everything below its `rect`."""

    def differs(self, before: Self) -> Sequence[Rect] | None:
        """Return the rectangles, relative to the box, that differ from `before` (same source); None if unknown."""
        return None

    def onto(self, before: Self) -> Paint | None:
        """Return a function that paints the change from `before`, if nothing hides it; None if only `draw` works."""
        return None

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        raise NotImplementedError


class SpriteLayer(SpritePart):
    """A layer that is blitted over the pixels below, or added to them."""

    def __init__(self, layer: Layer, *, add: bool = False) -> None:
        self.key = layer, add
        self.rect = layer.rect
        self._layer = layer
        self._flags = pygame.BLEND_RGB_ADD if add else 0

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        target.blit(self._layer.surface, self.rect.move(box_topleft), special_flags=self._flags)


@dataclass(frozen=True)
class Sprite:
    """A picture of a figure, ready to be painted on the screen. Sprites with equal keys have equal pixels."""

    key: Hashable
    background: Colour
    parts: Sequence[SpritePart] = field(compare=False)
    """The layers, far to near. Most pictures of a figure share some layers."""

    @cached_property
    def rect(self) -> Rect:
        """The rectangle that the picture covers, in pixels, relative to the top left of the figure's box."""
        first, *others = (part.rect for part in self.parts)
        return first.unionall(others)

    def cut_out(self, desk: Surface) -> Surface:
        """Return the picture as one surface that is transparent (by colour key) around the figure.

        The picture is painted on `desk`, a surface of at least its size, and copied from there. Then `desk` is
        restored. SDL has encoded the layers for the screen, and would have to encode them again for another `desk`.
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
        """Paint the picture where `target` shows the `background`, and return the rectangle that changed."""
        for part in self.parts:
            part.draw(target, box_topleft)
        return self.rect.move(box_topleft).clip(target.get_rect())
