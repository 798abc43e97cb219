"""Badges: short notes at the edge of the screen about missing things, such as a buzzer."""

from __future__ import annotations

from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.text import DOT, text, width_of

_CAP, _LEAST = 0.024, 0.020


@cached
def badges(context: Context, notes: tuple[str, ...], left: float, baseline: float) -> list[Item]:
    """Return the notes to the right of `left`, in H (the screen's height). Notes that do not fit become a number."""
    layout, palette = context.layout, context.palette
    room = layout.x1 - left - 0.050
    for shown in range(len(notes), 0, -1):
        more = len(notes) - shown
        words = DOT.join(notes[:shown]) + (f"  +{more}" if more else "")
        if width_of(context, words, Weight.BOLD, _LEAST) <= room:
            break
    else:
        words = notes[0] if len(notes) == 1 else f"{len(notes)} notes"
    item = text(
        context, words, Weight.BOLD, _CAP, palette.text2, (layout.x1, baseline), width=room, least=_LEAST, align="right"
    )
    start = (item.rect.left - layout.x(0)) / layout.unit_px
    return [icon(context, "warn", (start - 0.026, baseline - 0.011), 0.015, palette.error), item]
