"""The fading of a figure's arrows."""

from __future__ import annotations

from math import inf

from kiosk.figure.model import Figure

FULL_INTO_HOLD_S = 0.4
FADE_S = 0.2
DIMMED = 0.4
LEVELS = 10
"""Levels of the fade: they are enough, and each is a picture to keep."""


def arrows_shown(figure: Figure, t_s: float) -> tuple[float, float]:
    """Return how visible the arrows are at a time in the loop, and for how many seconds, within a move or hold.

    They are fully visible (1) while the figure moves, then fade to DIMMED.
    """
    into_fade_s = figure.into_hold_s(t_s) - FULL_INTO_HOLD_S
    faded = round(max(0.0, min(1.0, into_fade_s / FADE_S)) * LEVELS) / LEVELS
    stays_s = -into_fade_s if into_fade_s < 0 else 0.0 if into_fade_s < FADE_S else inf
    return 1.0 - (1.0 - DIMMED) * faded, stays_s
