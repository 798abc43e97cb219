"""The title row: what is done now, or what comes next."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.widgets.text import WORD_SPACE, text, width_of

CAP, LEAST = 0.075, 0.055


@cached
def title(
    kit: Kit, name: str, short: str | None = None, *, prefix: str = "", accent: Colour | None = None, width: float = 0.0
) -> list[Item]:
    """Return the title, fitted as a whole: it shrinks, then becomes `short`. `width` is in H, 0 for the full width."""
    layout, palette = kit.layout, kit.palette
    room = width or layout.fw
    cap, shown = _fit(kit, prefix, (name,) if short is None else (name, short), room)
    x, items = layout.x0, []
    if prefix:
        items.append(text(kit, prefix, Weight.BLACK, cap, accent or palette.text, (x, TITLE_BASELINE)))
        x += width_of(kit, prefix, Weight.BLACK, cap) + WORD_SPACE * cap
    # The name fits exactly; a pixel of rounding must not make it smaller than its prefix.
    left = layout.x0 + room - x + 1 / layout.unit_px
    items.append(text(kit, shown, Weight.BLACK, cap, palette.text, (x, TITLE_BASELINE), width=left))
    return items


def _fit(kit: Kit, prefix: str, names: tuple[str, ...], room: float) -> tuple[float, str]:
    unit = kit.layout.unit_px
    for name in names:
        last = name is names[-1]
        # The room that the prefix takes shrinks with the cap height; two or three rounds are enough.
        cap = CAP
        for _ in range(8):
            taken = width_of(kit, prefix, Weight.BLACK, cap) + WORD_SPACE * cap if prefix else 0.0
            width_px = int((room - taken) * unit)
            least = 0.02 if last else LEAST
            fitted = kit.fonts.fit((name,), Weight.BLACK, cap * unit, least * unit, width_px)
            if fitted.cap_px / unit >= cap * 0.99:
                return cap, name
            cap = max(fitted.cap_px / unit, cap * 0.93)
            if cap < LEAST and not last:
                break
    return cap, names[-1]
