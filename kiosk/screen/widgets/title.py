"""The title row: the name of the current or the next thing, such as an exercise."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.widgets.text import fit, phrase

CAP, LEAST = 0.075, 0.055
SMALL_CAP = 0.055
"""Cap height of a title that is not what people look for, in H (the screen's height)."""
_SPACE = 0.0035
"""Difference between the measured space after the prefix and the drawn one, in H (the screen's height)."""


@cached
def title(
    context: Context,
    *names: str,
    prefix: str = "",
    accent: Colour | None = None,
    width: float | None = None,
    cap: float = CAP,
) -> list[Item]:
    """Return the title in `width` (in H). It shrinks, then the next of `names` is tried. `prefix` has the accent."""
    layout, colour = context.layout, context.palette.text
    room = layout.fw if width is None else width
    texts = {f"{prefix} {name}" if prefix else name: name for name in names}
    words, cap = fit(context, tuple(texts), Weight.BLACK, cap, min(cap, LEAST), room + (_SPACE if prefix else 0.0))
    lead, name = (prefix, Weight.BLACK, accent or colour), (texts[words], Weight.BLACK, colour)
    return phrase(context, lead, name, cap, (layout.x0, TITLE_BASELINE), room)
