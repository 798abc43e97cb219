"""The amount of work that a press ends: the largest thing on the wall, with its unit below it."""

from __future__ import annotations

import re

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.text import fit, text, width_of

_LARGEST, _UNIT, _NARROW_UNIT = 0.290, 0.055, 0.045
_GAP = 0.0345
"""Space above the number, between number and unit, and below the unit, in H (the screen's height)."""
_LEAST_STACKED, _LEAST_WITH_NOTE = 0.100, 0.065
"""Cap height of a number that would be so small above its unit that the unit stands beside it instead, in H."""
_BESIDE_CAP, _BESIDE_UNIT, _BESIDE_SPACE = 0.110, 0.45, 0.19
"""Cap height of a number with its unit beside it; that of the unit, and the space between, as parts of it."""
_DOT = " · "
_NUMBER = r"\d[\d.,:]*"
_AMOUNT = re.compile(rf"({_NUMBER}(?:(?: to | or | ?[x×/+–-] ?){_NUMBER})*) ?(\D.*)?")
"""A number, or several such as 15 to 24, and what they count."""


def number_and_unit(amount: str) -> tuple[str, str]:
    """Return an amount as the number and what it counts, so 12 reps for 12. Without a number it has no unit."""
    match = _AMOUNT.fullmatch(amount)
    return (match[1], match[2] or "reps") if match else (amount, "")


@cached
def large_amount(
    context: Context,
    amount: str,
    colour: Colour,
    top: float,
    bottom: float,
    note: str = "",
    *,
    width: float | None = None,
) -> list[Item]:
    """Return the amount in the panel between `top` and `bottom` (in H), as large as it fits.

    `note` follows the unit if that is below the number. `width` is that of the room, from the panel's left edge on, the
    whole panel's if it is None.
    """
    layout, whole = context.layout, context.layout.rc if width is None else width
    number, unit = number_and_unit(amount)
    words = _DOT.join(filter(None, (unit, note)))
    width, middle, height = whole - 2 * _GAP, layout.rx + whole / 2, bottom - top
    below = _NARROW_UNIT if layout.narrow or note or height < 0.300 else _UNIT
    room = height - below - 3 * _GAP if words else height - 2 * _GAP
    # Beside the number there is no room for the note.
    if words and room < (_LEAST_WITH_NOTE if note and layout.portrait else _LEAST_STACKED):
        return _beside(context, number, unit, colour, top, bottom, whole)
    _, cap = fit(context, (number,), Weight.BLACK, min(_LARGEST, room), 0.0, width)
    gap = (height - cap - below) / 3 if words else (height - cap) / 2
    at = (middle, top + gap + cap)
    items = [text(context, number, Weight.BLACK, cap, colour, at, width=width, align="centre")]
    if words:
        at = (middle, bottom - gap)
        items.append(text(context, words, Weight.BOLD, below, colour, at, width=width, align="centre"))
    return items


def _beside(
    context: Context, number: str, unit: str, colour: Colour, top: float, bottom: float, room: float
) -> list[Item]:
    layout, width = context.layout, room - 2 * _GAP

    def whole(cap: float) -> float:
        alone = width_of(context, number, Weight.BLACK, cap)
        return alone + _BESIDE_SPACE * cap + width_of(context, unit, Weight.BOLD, _BESIDE_UNIT * cap) if unit else alone

    cap = min(_BESIDE_CAP, bottom - top - 2 * _GAP)
    # A hundredth less, because widths are rounded to pixels.
    cap = min(cap, 0.99 * cap * width / whole(cap))
    left, baseline = layout.rx + (room - whole(cap)) / 2, (top + bottom + cap) / 2
    right = left + whole(cap)
    items = [text(context, number, Weight.BLACK, cap, colour, (left, baseline))]
    if unit:
        items.append(text(context, unit, Weight.BOLD, _BESIDE_UNIT * cap, colour, (right, baseline), align="right"))
    return items
