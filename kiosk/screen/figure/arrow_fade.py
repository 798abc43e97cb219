"""The fading of a figure's arrows."""

from __future__ import annotations

from math import inf

from kiosk.figure.model import Figure

FULL_INTO_HOLD_S = 0.4
FADE_S = 0.2
DIMMED = 0.4


def arrow_opacity(figure: Figure, t_s: float) -> float:
    """Return how visible the arrows are at a time in the loop: 1 while the figure moves, then faded to 0.4."""
    faded = (figure.into_hold_s(t_s) - FULL_INTO_HOLD_S) / FADE_S
    return 1.0 - (1.0 - DIMMED) * max(0.0, min(1.0, faded))


def arrows_stay_s(figure: Figure, t_s: float) -> float:
    """Return for how many seconds `arrow_opacity` stays the same, within the same move or hold; 0 while they fade."""
    fades_in_s = FULL_INTO_HOLD_S - figure.into_hold_s(t_s)
    if fades_in_s > 0:
        return fades_in_s
    return 0.0 if fades_in_s > -FADE_S else inf
