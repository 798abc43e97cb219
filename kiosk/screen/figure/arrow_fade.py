"""When the arrows are bright."""

from __future__ import annotations

from kiosk.screen.figure.pose import Figure

FULL_INTO_HOLD_S = 0.4
FADE_S = 0.2
DIMMED = 0.4


def arrow_opacity(figure: Figure, t_s: float) -> float:
    """How visible the arrows are at a time in the loop: fully while the figure moves, then faded to 40 %."""
    faded = (figure.held_s(t_s) - FULL_INTO_HOLD_S) / FADE_S
    return 1.0 - (1.0 - DIMMED) * max(0.0, min(1.0, faded))
