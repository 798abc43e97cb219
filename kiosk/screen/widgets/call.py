"""The call to action: what a press of the big button does."""

from __future__ import annotations

from math import cos, tau

from kiosk.colour import mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import button
from kiosk.screen.widgets.text import common_cap, text, width_of

HEIGHT, _HEIGHT_TWO_LINES = 0.105, 0.150
"""Height of the box, in H (the screen's height), with one line and with a note below the words."""
_CAP = 0.048
_NOTE_CAP, _NOTE_LEAST, _NOTE_GAP = 0.034, 0.026, 0.040
_PULSE_S = 2.0
_DARKEST = 0.70
_GLOW_STEPS = 48


def call_to_action(context: Context, words: str, *, note: str = "", t_s: float = 0.0) -> Frame:
    """Return a pill-shaped box at the bottom of the screen with a pulsing button, `words`, and `note` at its right end.

    The pill is not filled with the accent, because it is on the screen for hours.
    """
    glow, stays_s = _glow(t_s), SMOOTH_S
    while stays_s < _PULSE_S and _glow(t_s + stays_s) == glow:
        stays_s += SMOOTH_S
    return Frame(_call(context, words, note, glow), stays_s)


def _glow(t_s: float) -> float:
    """Return the brightness of the button, in steps that are just too small to be seen."""
    glow = (_DARKEST + 1) / 2 + (1 - _DARKEST) / 2 * cos(tau * t_s / _PULSE_S)
    return round(glow * _GLOW_STEPS) / _GLOW_STEPS


def call_top(context: Context, *, note: bool = True) -> float:
    """Return the top of the call to action, in H. In portrait a note is below the words."""
    return context.layout.bottom - (_HEIGHT_TWO_LINES if note and context.layout.portrait else HEIGHT)


def note_fits(context: Context, words: str, note: str) -> bool:
    """Return whether there is room for a note of full size beside the words."""
    left, end = _ends(context)
    taken = width_of(context, note, Weight.BOLD, _NOTE_CAP)
    if not context.layout.portrait:
        taken += width_of(context, words, Weight.BLACK, _CAP) + _NOTE_GAP
    return taken <= end - left


def _ends(context: Context) -> tuple[float, float]:
    """Return the left edge of the words and the right edge of a note, in H (the screen's height)."""
    left = 0.148 if context.layout.portrait else 0.107
    return context.layout.x0 + left, context.layout.x1 - 0.048


@cached
def _call(context: Context, words: str, note: str, glow: float) -> list[Item]:
    layout, palette = context.layout, context.palette
    accent, top = palette.work, call_top(context, note=bool(note))
    height = layout.bottom - top
    middle = top + height / 2
    area = (layout.x0, top, layout.fw, height)
    x, end = _ends(context)
    items = [
        box(context, area, palette.surface, height / 2),
        outline(context, area, mix(palette.surface, accent, 0.55), 0.004, height / 2),
        button(context, (layout.x0 + height / 2, middle), 0.038, accent, glow),
    ]
    if layout.portrait and note:
        cap = common_cap(context, (words,), Weight.BLACK, _CAP, _NOTE_LEAST, end - x)
        at, note_at = (x, middle - 0.007), (x, middle + 0.018 + _NOTE_CAP)
        return [
            *items,
            text(context, words, Weight.BLACK, cap, accent, at, width=end - x),
            text(context, note, Weight.BOLD, _NOTE_CAP, palette.text2, note_at, width=end - x),
        ]
    # The words shrink if the note would have to be smaller than its minimum.
    least = width_of(context, note, Weight.BOLD, _NOTE_LEAST) + _NOTE_GAP if note else 0.0
    cap = common_cap(context, (words,), Weight.BLACK, _CAP, _NOTE_LEAST, end - x - least)
    items.append(text(context, words, Weight.BLACK, cap, accent, (x, middle + cap / 2), width=end - x))
    if note:
        room = end - x - width_of(context, words, Weight.BLACK, cap) - _NOTE_GAP
        at = (end, middle + _NOTE_CAP / 2)
        items.append(text(context, note, Weight.BOLD, _NOTE_CAP, palette.text2, at, width=room, align="right"))
    return items
