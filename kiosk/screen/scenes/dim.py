"""The start screen after some time: only a clock, which moves from time to time against burn-in. Later it is black."""

from __future__ import annotations

from kiosk.colour import Colour, mix
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box_px
from kiosk.screen.widgets.icons import button
from kiosk.screen.widgets.text import text, width_of
from kiosk.view import DarkView, DimView

BLACK: Colour = (0, 0, 0)
"""Colour of the black screen, darker than the wall's background, because a display that is on should give no light."""
WORDS = "Press the button to wake"
CLOCK_CAP, CLOCK_CAP_PORTRAIT = 0.240, 0.170
WORDS_CAP = 0.036
LIT = 0.62
"""Brightness of the text, 0 to 1. It is just enough for a contrast of 7:1."""
_ORDER = (4, 0, 5, 6, 2, 3, 8, 1, 7)
"""Order of the places in a grid of three by three. The next place is never a neighbour in the same row."""
_WORDS_BELOW = 0.090
_BUTTON, _BUTTON_ROOM = 0.022, 0.062


def draw(view: DimView, t_s: float, context: Context) -> Frame:
    layout, palette = context.layout, context.palette
    cap = CLOCK_CAP_PORTRAIT if layout.portrait else CLOCK_CAP
    colour = mix(palette.bg, palette.text, LIT)
    words_width = _BUTTON_ROOM + width_of(context, WORDS, Weight.BOLD, WORDS_CAP)
    # Use the width of the widest clock, so that the places stay the same all day.
    width = max(words_width, width_of(context, "00:00", Weight.BLACK, cap) if view.clock else 0.0)
    height = cap + _WORDS_BELOW if view.clock else WORDS_CAP
    column, row = _ORDER[view.place % 9] % 3, _ORDER[view.place % 9] // 3
    left = layout.x0 + column / 2 * (layout.fw - width)
    # Leave room for letters that reach below the baseline.
    bottom = layout.bottom - 0.012
    baseline = bottom - (2 - row) / 2 * (bottom - 0.050 - height)
    middle = left + width / 2
    start = middle - words_width / 2
    items = []
    if view.clock:
        at = (middle, baseline - _WORDS_BELOW)
        items.append(text(context, view.clock, Weight.BLACK, cap, colour, at, width=layout.fw, align="tabular"))
    items += [
        button(context, (start + _BUTTON, baseline - WORDS_CAP / 2), _BUTTON, mix(palette.bg, palette.work, LIT)),
        text(context, WORDS, Weight.BOLD, WORDS_CAP, colour, (start + _BUTTON_ROOM, baseline)),
    ]
    return Frame(items)


def draw_dark(view: DarkView, t_s: float, context: Context) -> Frame:
    return Frame([box_px(context, context.layout.screen_px, BLACK)])
