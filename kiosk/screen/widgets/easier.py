"""The easier option's lane: a slim row below the figure that counts its holds and rests beside the main clock.

It says the same thing four times, so that people can read it from the floor although it is smaller than the clock: a
word, the seconds, an icon, and one cell a second, which is tall and solid for a hold, low and hollow for a rest.
"""

from __future__ import annotations

from math import ceil

from kiosk.circuit import EasierOption
from kiosk.colour import Colour, mix
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.text import cap_that_fits, text, width_of
from kiosk.view import EasierLane

_LABEL, _WORDS = "Easier", ("HOLD", "REST")
TOP, HEIGHT = 0.604, 0.070
_RADIUS = 0.018
_WORD_CAP, _SECONDS_CAP, _LABEL_CAP = 0.040, 0.048, 0.032
_TALL, _LOW = 0.036, 0.018
_MOST_CELLS = 30
_CELL_GAP = 0.006


@cached
def easier_lane(kit: Kit, option: EasierOption, lane: EasierLane | None) -> list[Item]:
    """Return the lane. `lane` is whether to hold or to rest, and for how many more seconds; None before work."""
    layout, palette = kit.layout, kit.palette
    middle, end = TOP + HEIGHT / 2, layout.x0 + layout.lw - 0.024
    x = layout.x0 + 0.024
    items = [box(kit, (layout.x0, TOP, layout.lw, HEIGHT), palette.surface, _RADIUS)]
    items.append(text(kit, _LABEL, Weight.BOLD, _LABEL_CAP, palette.text2, (x, middle + _LABEL_CAP / 2)))
    x += width_of(kit, _LABEL, Weight.BOLD, _LABEL_CAP) + 0.034
    if lane is None:
        words = f"hold {option.hold_s:g} s, rest {option.rest_s:g} s"
        cap = _LABEL_CAP
        at = (x, middle + cap / 2)
        return [*items, text(kit, words, Weight.BOLD, cap, palette.text, at, width=end - x)]
    now, x = _now(kit, option, lane, x, middle)
    return [*items, *now, *_cells(kit, lane, x + 0.030, end, middle)]


def _now(kit: Kit, option: EasierOption, lane: EasierLane, x: float, middle: float) -> tuple[list[Item], float]:
    """Return icon, word and seconds, and their right edge. They have fixed widths, so that nothing moves."""
    palette = kit.palette
    colour = palette.work if lane.holding else palette.rest
    state = State.WORK if lane.holding else State.REST
    widest = "0" * max(len(str(ceil(option.hold_s))), len(str(ceil(option.rest_s))))
    cap = cap_that_fits(kit, (widest,), Weight.BLACK, _SECONDS_CAP, 0.030, 0.110)
    word_x = x + 0.054
    slot = max(width_of(kit, word, Weight.BLACK, _WORD_CAP, 0.05) for word in _WORDS)
    end = word_x + slot + 0.024 + width_of(kit, widest, Weight.BLACK, cap)
    word = _WORDS[0] if lane.holding else _WORDS[1]
    return [
        icon(kit, state.icon, (x + 0.016, middle), 0.018, colour),
        text(kit, word, Weight.BLACK, _WORD_CAP, colour, (word_x, middle + _WORD_CAP / 2), tracking=0.05),
        text(kit, str(lane.seconds), Weight.BLACK, cap, palette.text, (end, middle + cap / 2), align="right"),
    ], end


def _cells(kit: Kit, lane: EasierLane, left: float, right: float, middle: float) -> list[Item]:
    """Return one cell a second, dark if it is over; nothing if the cells would be too narrow."""
    option = lane.option
    holds, rests = ceil(option.hold_s), ceil(option.rest_s)
    width = (right - left - _CELL_GAP * (holds + rests)) / (holds + rests)
    if holds + rests > _MOST_CELLS or width < 0.006:
        return []
    gone = holds - lane.seconds if lane.holding else holds + rests - lane.seconds
    items = []
    for one in range(holds + rests):
        holding = one < holds
        # The gap between holds and rests is wider.
        x = left + one * (width + _CELL_GAP) + (0 if holding else _CELL_GAP)
        height = _TALL if holding else _LOW
        area = (x, middle - height / 2, width, height)
        colour = _cell_colour(kit, holding, one < gone, holding is lane.holding)
        items.append(box(kit, area, colour, 0.004) if holding else outline(kit, area, colour, 0.004, 0.004))
    return items


def _cell_colour(kit: Kit, holding: bool, gone: bool, now: bool) -> Colour:
    palette = kit.palette
    if gone:
        return palette.surface2
    colour = palette.work if holding else palette.rest
    return colour if now else mix(palette.surface, colour, 0.5)
