"""The call to action: what a press of the big button does."""

from __future__ import annotations

from math import cos, tau

from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, kept
from kiosk.screen.piece import SMOOTH_S
from kiosk.screen.theme import mix
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import button
from kiosk.screen.widgets.text import text, width_of

TOP, HEIGHT = 0.845, 0.105
_PULSE_S = 2.0
_DARKEST = 0.70
_PULSE_STEPS = 12


def call_to_action(kit: Kit, words: str, *, note: str = "", t_s: float = 0.0) -> list[Item]:
    """Return the pill at the screen's bottom with the pulsing button; `note` stands at its right end if it fits.

    The pill is never filled: it stays for hours.
    """
    return _call(kit, words, note, _glow(t_s))


def pulse_stays_s(t_s: float) -> float:
    """Return for how many seconds the button looks the same."""
    stays_s = SMOOTH_S
    while stays_s < _PULSE_S and _glow(t_s + stays_s) == _glow(t_s):
        stays_s += SMOOTH_S
    return stays_s


def _glow(t_s: float) -> float:
    glow = (_DARKEST + 1) / 2 + (1 - _DARKEST) / 2 * cos(tau * t_s / _PULSE_S)
    return round(glow * _PULSE_STEPS * 4) / (_PULSE_STEPS * 4)


@kept
def _call(kit: Kit, words: str, note: str, glow: float) -> list[Item]:
    layout, palette = kit.layout, kit.palette
    accent, middle = palette.work, TOP + HEIGHT / 2
    area = (layout.x0, TOP, layout.fw, HEIGHT)
    x, end = layout.x0 + 0.107, layout.x1 - 0.048
    items = [
        box(kit, area, palette.surface, HEIGHT / 2),
        outline(kit, area, mix(palette.surface, accent, 0.55), 0.004, HEIGHT / 2),
        button(kit, (layout.x0 + HEIGHT / 2, middle), 0.038, accent, glow),
        text(kit, words, Weight.BLACK, 0.048, accent, (x, middle + 0.024), width=end - x),
    ]
    left = end - x - width_of(kit, words, Weight.BLACK, 0.048) - 0.040
    if note and width_of(kit, note, Weight.BOLD, 0.034) <= left:
        items.append(
            text(kit, note, Weight.BOLD, 0.034, palette.text2, (end, middle + 0.017), width=left, align="right")
        )
    return items
