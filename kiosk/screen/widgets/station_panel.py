"""The panel beside the tiles of stations, which is narrow, in portrait below them: its head, its places, and words."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import Point, icon
from kiosk.screen.widgets.panel import PANEL_RADIUS, Zone
from kiosk.screen.widgets.ring import Circle
from kiosk.screen.widgets.text import common_cap, text

_HEAD_CAP, _NARROW_HEAD_CAP = 0.045, 0.036
_HEAD_Y, _TANK_TOP, _DIGITS_Y, _RING_Y = 0.118, 0.165, 0.405, 0.340
_RADIUS, _STROKE = 0.150, 0.040
_SQUARE, _SQUARE_PART, _SQUARES_Y = 0.080, 0.22, 0.578
_ABOUT_CAP, _ABOUT_BASELINE, _VALUE_CAP, _VALUE_BASELINE = 0.036, 0.672, 0.062, 0.757
_PAD = 0.030
_COLUMN = 0.520
"""Distance in portrait from the left edge of the panel to the column beside the clock, in H (the screen's height)."""


@cached
def narrow_head(context: Context, state: State, *, filled: bool = False) -> list[Item]:
    """Return the panel with the state's icon and word. `filled` is for the last seconds."""
    layout, accent = context.layout, state.accent(context.palette)
    background, colour = (accent, context.palette.ink) if filled else (context.palette.surface, accent)
    if layout.portrait and state is State.EASY:
        # The words are on the tank there, on which violet cannot be read well enough.
        colour = context.palette.text
    cap = _NARROW_HEAD_CAP if layout.narrow else _HEAD_CAP
    places = panel_places(context)
    x, y = places.left + 1.50 * cap, places.head_y
    at, room = (x - 0.95 * cap, y), layout.x1 - _PAD - x
    area = (layout.rx, layout.panel_top, layout.rc, layout.body_bottom - layout.panel_top)
    return [
        box(context, area, background, PANEL_RADIUS),
        icon(context, state.icon, at, 0.52 * cap, colour),
        text(context, state.word, Weight.BLACK, cap, colour, (x, y + cap / 2), width=room, tracking=0.05),
    ]


@cached
def about_lines(context: Context, what: str, value: str, colour: Colour, sets: str = "") -> list[Item]:
    """Return two lines at the bottom of the panel, and the set at their right if there is more than one."""
    layout = context.layout
    left, right = panel_places(context).left, layout.x1 - _PAD
    width, (first, second) = right - left, panel_places(context).about
    room = (width - 0.030) / 2 if sets else width
    cap = common_cap(context, (value, sets), Weight.BLACK, _VALUE_CAP, 0.0, room)
    items = [
        text(context, what, Weight.BOLD, _ABOUT_CAP, colour, (left, first), width=room),
        text(context, value, Weight.BLACK, cap, colour, (left, second), width=room),
    ]
    if sets:
        left = right - room
        items.append(text(context, "Set", Weight.BOLD, _ABOUT_CAP, colour, (left, first), width=room))
        items.append(text(context, sets, Weight.BLACK, cap, colour, (left, second), width=room))
    return items


class Places(NamedTuple):
    """Places in the panel, in H (the screen's height).

    `left` is the left edge of all words, and `about` are the baselines of the two lines below the clock or beside it.
    `squares` are the top left corner, the side and the width of 1, 2, 3.
    """

    left: float
    head_y: float
    about: tuple[float, float]
    squares: tuple[Point, float, float]
    tank_top: float
    circle: Circle
    digits: Point
    digits_cap: float
    digits_width: float


@cached
def panel_places(context: Context) -> Places:
    layout = context.layout
    if layout.portrait:
        left, top, bottom = layout.rx + _COLUMN, layout.panel_top, layout.body_bottom
        middle = layout.rx + _COLUMN / 2, (top + bottom) / 2
        side = (layout.x1 - _PAD - left) / 4.2
        return Places(
            left=left,
            head_y=top + 0.060,
            about=(bottom - 0.125, bottom - 0.040),
            squares=((left, bottom - 0.046 - side), side, layout.x1 - _PAD - left),
            tank_top=top,
            circle=Circle(middle, (bottom - top - _STROKE) / 2 - _PAD, _STROKE),
            digits=middle,
            # The last digits are larger, and pop.
            digits_cap=min(0.72 * (bottom - top), _COLUMN / 1.78),
            digits_width=_COLUMN,
        )
    middle_x, left = layout.rx + layout.rc / 2, layout.rx + _PAD
    radius, width = min(_RADIUS, layout.rc / 2 - _PAD - _STROKE / 2), layout.rc - 2 * _PAD
    side = min(_SQUARE, _SQUARE_PART * width)
    return Places(
        left=left,
        head_y=_HEAD_Y,
        about=(_ABOUT_BASELINE, _VALUE_BASELINE),
        squares=((left, _SQUARES_Y - side / 2), side, width),
        tank_top=_TANK_TOP,
        circle=Circle((middle_x, _RING_Y), radius, _STROKE),
        digits=(middle_x, _DIGITS_Y),
        digits_cap=min(0.350, layout.rc / 1.78),
        digits_width=layout.rc,
    )


def digits_zone(context: Context, seconds: int) -> Zone:
    places, margin = panel_places(context), (0.6 if seconds < 100 else 1.0) * _PAD
    return places.digits, places.digits_cap, places.digits_width - 2 * margin
