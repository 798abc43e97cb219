"""The name of an exercise as its picture, for an exercise that has neither a figure, a picture nor steps."""

from __future__ import annotations

from kiosk.circuit import Exercise
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.paragraphs import CAP_STEP, Setting, line_items, set_paragraphs, tight_line, wrap
from kiosk.screen.widgets.text import fit, text

_LARGEST, _LINES, _LEAST_OF_LINES, _LEAST = 0.150, 3, 0.075, 0.036
"""Maximum cap height, and the number of lines down to the next cap height. A longer name has more lines and shrinks
to the last cap height, all in H (the screen's height)."""
_LEAD_CAP, _LEAD_LEAST, _LEAD_GAP = 0.075, 0.040, 0.055
_RADIUS = 0.030
_PADDING, _NARROW_PADDING = 0.050, 0.036
_ABOVE_AND_BELOW = 0.048
"""Least distance of capitals and baselines from the box's edges, which leaves room for accents and descenders."""


def is_name_only(exercise: Exercise) -> bool:
    """Return whether the exercise has nothing that the stage can show except its name."""
    return exercise.drawn is None and not exercise.steps


@cached
def name_stage(
    context: Context, name: str, area: Area, least_height: float, accent: Colour, *, lead: str = ""
) -> list[Item]:
    """Return the name in a box, left-aligned and centred vertically, and `lead` above it in the accent.

    The name is as large as it fits into a box of `least_height` (in H). So it does not change its size when the box
    becomes lower because a cue appears below it.
    """
    palette, (x, top, width, height) = context.palette, area
    padding = _NARROW_PADDING if context.layout.narrow else _PADDING
    room = width - 2 * padding
    items = [box(context, area, palette.surface, _RADIUS)]
    lead_cap = fit(context, (lead,), Weight.BLACK, _LEAD_CAP, _LEAD_LEAST, room)[1] if lead else 0.0
    lead_height = lead_cap + _LEAD_GAP if lead else 0.0
    setting = _largest(context, name, room, least_height - 2 * _ABOVE_AND_BELOW - lead_height)
    y = top + (height - setting.height - lead_height) / 2
    if lead:
        items.append(text(context, lead, Weight.BLACK, lead_cap, accent, (x + padding, y + lead_cap), width=room))
    at = (x + padding, y + lead_height + setting.cap)
    for lines in setting.paragraphs:
        items += line_items(context, lines, setting.cap, palette.text, at, room, line=setting.line, weight=Weight.BLACK)
    return items


def name_area(context: Context, bottom: float) -> Area:
    """Return the box of the name in the left column, down to `bottom`. Lengths are in H."""
    return context.layout.x0, BODY_TOP, context.layout.lw, bottom - BODY_TOP


def _largest(context: Context, name: str, width: float, height: float) -> Setting:
    """Return the name in the largest size in which it fits: in few lines of whole words if possible."""
    line = tight_line(name)
    steps = round((_LARGEST - _LEAST_OF_LINES) / CAP_STEP)
    for step in range(0, steps + 1, 3):
        cap = _LARGEST - step * CAP_STEP
        lines = wrap(context, name, cap, width, weight=Weight.BLACK)
        setting = Setting(cap, [lines], 0.0, line)
        if len(lines) <= _LINES and setting.height <= height and " ".join(lines) == " ".join(name.split()):
            return setting
    return set_paragraphs(
        context, [name], width, height, most=_LEAST_OF_LINES, least=_LEAST, line=line, weight=Weight.BLACK
    )
