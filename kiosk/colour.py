"""The type of a colour, and a function that mixes two colours."""

from __future__ import annotations

Colour = tuple[int, int, int]
"""A colour as red, green and blue, each from 0 to 255."""


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return a mix of two colours, from `a` (`share` 0) to `b` (`share` 1), computed for each sRGB channel."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue
