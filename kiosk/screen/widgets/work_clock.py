"""The panel's clock in minutes and seconds above the press bar, and the tally of rounds below it."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.duration import clock_text
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.icons import Point
from kiosk.screen.widgets.panel import PADDING, head_baseline
from kiosk.screen.widgets.text import clock, fit, text, width_of, zeros_for

CLOCK_CAP, _WITH_TALLY_CAP, _LAST_CAP = 0.200, 0.170, 0.350
"""Maximum cap heights of the clock, of the clock above a tally, and of the last digits, in H (the screen's height)."""
_TALLY_CAP, _TALLY_WORD_CAP, _TALLY_GAP = 0.105, 0.055, 0.026
_LEAST_GAP = 0.034
"""Least space above, between and below the clock and the tally in portrait, where the clock is as large as it fits."""
_GROW, _POP_S, _POP_STEPS = 0.12, 0.18, 6
"""Additional scale with which a pop begins, its length, and the number of its steps. Each size is a font of its own."""


def clock_cap(context: Context, longest_s: float, most: float = CLOCK_CAP) -> float:
    """Return the cap height, in H, in which every time up to `longest_s` fits, so that the size never changes."""
    zeros = zeros_for(clock_text(longest_s))
    return fit(context, (zeros,), Weight.BLACK, most, 0.0, 0.97 * _room(context))[1]


@cached
def work_clock(context: Context, seconds: int, cap: float, colour: Colour, middle_y: float) -> list[Item]:
    """Return a time in minutes and seconds, in the middle of the panel's width."""
    return _centred(context, clock_text(seconds), cap, cap, colour, middle_y)


def last_digit(context: Context, seconds: int, left_s: float, bottom: float) -> Frame:
    """Return the digit of the last seconds on the filled panel, down to `bottom` (in H). Each digit pops."""
    height = bottom - head_baseline(context)
    cap, middle_y = min(_LAST_CAP, 0.80 * height), (head_baseline(context) + bottom) / 2
    scale, stays_s = pop(-left_s % 1.0)
    items = _centred(context, str(seconds), cap, cap * scale, context.palette.ink, middle_y, keep=scale == 1.0)
    return Frame(items, stays_s)


def tally(context: Context, rounds: int, since_s: float, baseline: float) -> Frame:
    """Return the number of counted rounds, which pops when one was counted less than _POP_S before (`since_s`)."""
    layout, colour = context.layout, context.palette.text
    digits, words = str(rounds), "round" if rounds == 1 else "rounds"
    scale, stays_s = pop(since_s)
    wide = width_of(context, "0" * len(digits), Weight.BLACK, _TALLY_CAP)
    whole = wide + _TALLY_GAP + width_of(context, words, Weight.BOLD, _TALLY_WORD_CAP)
    # Three digits are too wide for a narrow panel.
    fits = min(1.0, _room(context) / whole)
    still_cap, wide, whole = fits * _TALLY_CAP, fits * wide, fits * whole
    left = layout.rx + (layout.rc - whole) / 2
    cap, unit = still_cap * scale, layout.unit_px
    at_px = layout.x(left + wide / 2), layout.y(baseline) + round((cap - still_cap) * unit / 2)
    room = layout.rect(left - 0.1 * wide, baseline - 1.2 * still_cap, 1.2 * wide, 1.4 * still_cap).inflate(2, 2)
    number = clock(context, digits, Weight.BLACK, cap, colour, at_px, centred=True, room=room, keep=scale == 1.0)
    word = text(
        context,
        words,
        Weight.BOLD,
        fits * _TALLY_WORD_CAP,
        colour,
        (left + whole, baseline),
        align="right",
        width=_room(context),
    )
    return Frame([*number, word], stays_s)


class AmrapPlaces(NamedTuple):
    """The clock's cap height, the y of its middle, and the tally's baseline, in H, with equal gaps."""

    clock_cap: float
    clock_middle: float
    tally_baseline: float


def amrap_places(context: Context, longest_s: float, bottom: float) -> AmrapPlaces:
    """Return the places of an AMRAP's clock and tally between the head and `bottom` (in H)."""
    cap = clock_cap(context, longest_s, _WITH_TALLY_CAP)
    if context.layout.portrait:
        cap = min(cap, bottom - head_baseline(context) - _TALLY_CAP - 3 * _LEAST_GAP)
    gap = (bottom - head_baseline(context) - cap - _TALLY_CAP) / 3
    return AmrapPlaces(cap, head_baseline(context) + gap + cap / 2, bottom - gap)


def pop(since_s: float) -> tuple[float, float]:
    """Return the scale of what popped up `since_s` seconds ago, and for how many seconds it stays so."""
    if not 0 <= since_s < _POP_S:
        return 1.0, inf
    step_s = _POP_S / _POP_STEPS
    left = 1.0 - since_s // step_s / _POP_STEPS
    return 1.0 + _GROW * left**2, step_s - since_s % step_s


def _room(context: Context) -> float:
    return context.layout.rc - 2 * PADDING


def _centred(
    context: Context, words: str, cap: float, scaled: float, colour: Colour, middle_y: float, *, keep: bool = True
) -> list[Item]:
    layout, width = context.layout, _room(context)
    middle: Point = layout.rx + layout.rc / 2, middle_y
    height = 1.2 * max(cap, scaled)
    room = layout.rect(middle[0] - width / 2, middle_y - height / 2, width, height).inflate(2, 2)
    at_px = layout.x(middle[0]), layout.y(middle_y) + round(scaled * layout.unit_px / 2)
    return clock(context, words, Weight.BLACK, scaled, colour, at_px, centred=True, room=room, keep=keep)
