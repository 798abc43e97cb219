"""A colour, and mixing two of them."""

from __future__ import annotations

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return `a` moved by `share` (0 to 1) towards `b`, each sRGB channel on its own."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue
