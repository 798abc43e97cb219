"""The easier option's lane: a slim row below the figure that counts its holds and rests beside the main clock.

The lane is smaller than the clock. It says the same thing in four ways, so that people can read it from the floor: a
word, the seconds, an icon, and one cell for each second. A cell is tall and solid for a hold, low and hollow for a
rest.
"""

from __future__ import annotations

from math import ceil

from kiosk.circuit import EasierOption
from kiosk.colour import mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.text import common_cap, text, width_of
from kiosk.view import EasierLane

_LABEL, _WORDS = "Easier", ("HOLD", "REST")
_HEIGHT = 0.070
_RADIUS, _PADDING = 0.018, 0.024
_WORD_CAP, _SECONDS_CAP, _LABEL_CAP = 0.040, 0.048, 0.032
_TALL, _LOW = 0.036, 0.018
_MOST_CELLS, _LEAST_CELL = 30, 0.006
_CELL_GAP = 0.006


@cached
def easier_lane(context: Context, option: EasierOption, lane: EasierLane | None) -> list[Item]:
    """Return the lane. `lane` says whether to hold or rest, and for how many more seconds. Before work it is None."""
    layout, palette = context.layout, context.palette
    x, end, middle = layout.x0 + _PADDING, layout.x0 + layout.lw - _PADDING, layout.lane_top + _HEIGHT / 2
    items = [
        box(context, (layout.x0, layout.lane_top, layout.lw, _HEIGHT), palette.surface, _RADIUS),
        text(context, _LABEL, Weight.BOLD, _LABEL_CAP, palette.text2, (x, middle + _LABEL_CAP / 2)),
    ]
    x += width_of(context, _LABEL, Weight.BOLD, _LABEL_CAP) + 0.034
    if lane is None:
        words, at = f"hold {option.hold_s:g} s, rest {option.rest_s:g} s", (x, middle + _LABEL_CAP / 2)
        return [*items, text(context, words, Weight.BOLD, _LABEL_CAP, palette.text, at, width=end - x)]
    state, word = (State.WORK, _WORDS[0]) if lane.holding else (State.REST, _WORDS[1])
    colour = state.accent(palette)
    # Words and seconds have fixed widths, so that nothing moves.
    widest = "0" * max(len(str(ceil(option.hold_s))), len(str(ceil(option.rest_s))))
    cap = common_cap(context, (widest,), Weight.BLACK, _SECONDS_CAP, 0.030, 0.110)
    words_width = max(width_of(context, one, Weight.BLACK, _WORD_CAP, 0.05) for one in _WORDS)
    word_x = x + 0.054
    seconds_end = word_x + words_width + 0.024 + width_of(context, widest, Weight.BLACK, cap)
    at, seconds_at = (word_x, middle + _WORD_CAP / 2), (seconds_end, middle + cap / 2)
    return [
        *items,
        icon(context, state.icon, (x + 0.016, middle), 0.018, colour),
        text(context, word, Weight.BLACK, _WORD_CAP, colour, at, tracking=0.05),
        text(context, str(lane.seconds), Weight.BLACK, cap, palette.text, seconds_at, align="right"),
        *_cells(context, lane, seconds_end + 0.030, end),
    ]


def _cells(context: Context, lane: EasierLane, left: float, right: float) -> list[Item]:
    """Return one cell for each second, dark if the second is over. Return none if the cells would be too narrow."""
    palette, holds, rests = context.palette, ceil(lane.option.hold_s), ceil(lane.option.rest_s)
    width = (right - left - _CELL_GAP * (holds + rests)) / (holds + rests)
    if holds + rests > _MOST_CELLS or width < _LEAST_CELL:
        return []
    middle = context.layout.lane_top + _HEIGHT / 2
    gone = (holds if lane.holding else holds + rests) - lane.seconds
    items = []
    for one in range(holds + rests):
        holding = one < holds
        height, colour = (_TALL, palette.work) if holding else (_LOW, palette.rest)
        if one < gone:
            colour = palette.surface2
        elif holding is not lane.holding:
            colour = mix(palette.surface, colour, 0.5)
        # The gap between holds and rests is wider.
        x = left + one * (width + _CELL_GAP) + (0 if holding else _CELL_GAP)
        area = (x, middle - height / 2, width, height)
        items.append(box(context, area, colour, 0.004) if holding else outline(context, area, colour, 0.004, 0.004))
    return items
