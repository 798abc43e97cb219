"""Turns the picture for a television that hangs on its side or upside down."""

from __future__ import annotations

from collections.abc import Iterable

import pygame.transform
from pygame import Rect, Surface


class Turned:
    """A canvas to draw on, whose picture appears on the window turned clockwise by `degrees`: 90, 180 or 270.

    Turning by right angles moves whole pixels, so the window shows exactly what was drawn.
    """

    def __init__(self, window: Surface, degrees: int) -> None:
        width, height = window.get_size()
        self._window = window
        self._degrees = degrees
        self.canvas = Surface((width, height) if degrees == 180 else (height, width), 0, window)
        """The surface to draw on. It has the window's format, so that copying is fast."""

    def copy(self, changed: Iterable[Rect]) -> list[Rect]:
        """Copy rectangles of the canvas to the window, and return where they are there."""
        return [self._copy(rect.clip(self.canvas.get_rect())) for rect in changed]

    def _copy(self, rect: Rect) -> Rect:
        # pygame turns counterclockwise.
        part = pygame.transform.rotate(self.canvas.subsurface(rect), -self._degrees)
        return self._window.blit(part, self._place(rect))

    def _place(self, rect: Rect) -> tuple[int, int]:
        """Return the top left corner, on the window, of a rectangle of the canvas."""
        width, height = self.canvas.get_size()
        if self._degrees == 90:
            return height - rect.bottom, rect.left
        if self._degrees == 180:
            return width - rect.right, height - rect.bottom
        return rect.top, width - rect.right
