"""One picture dissolving into the next."""

from __future__ import annotations

from pygame import Rect, Surface

NEARLY_OPAQUE = 254
"""SDL needs fifteen times as long to blend with an alpha of 255 as with any other."""


class Fade:
    """What a region of a surface showed before, dissolving for `lasts_s` seconds since `since_s`."""

    def __init__(self, surface: Surface, region: Rect, since_s: float, lasts_s: float) -> None:
        self.region = region
        self._since_s = since_s
        self._lasts_s = lasts_s
        self._before = Surface(region.size, 0, surface)
        self._before.blit(surface, (0, 0), region)

    def left(self, now_s: float) -> float:
        """Return how much of the picture before is still seen, 0 to 1."""
        return min(1.0, max(0.0, 1.0 - (now_s - self._since_s) / self._lasts_s))

    def paint(self, surface: Surface, now_s: float) -> None:
        """Put what is left of the picture before on the one that takes its place."""
        self._before.set_alpha(min(NEARLY_OPAQUE, round(255 * self.left(now_s))))
        surface.blit(self._before, self.region)
