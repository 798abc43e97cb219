"""Round tokens: discs for the rounds, done, next and to come."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, kept
from kiosk.screen.theme import Colour
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import disc, icon
from kiosk.screen.widgets.ring import circle
from kiosk.screen.widgets.text import text

_MIDDLE_Y = 0.370
_LARGEST = 0.120
_MOST = 6
"""More rounds would make the tokens too small; then those around the next one show."""
_GAP_IN_RADII = 1.1
_STROKE = 0.010
_LINK = 0.008


@kept
def round_tokens(kit: Kit, done: int, rounds: int, accent: Colour) -> list[Item]:
    """Return a token for each round, joined by links: `done` rounds are ticked off, the next one is in the accent."""
    layout, palette = kit.layout, kit.palette
    shown = min(rounds, _MOST)
    first = min(max(1, done - _MOST // 2 + 1), rounds - shown + 1)
    radius = min(_LARGEST, layout.lw / (2 * shown + _GAP_IN_RADII * (shown - 1)))
    # Three tokens span the column; fewer keep the same gap and stay on the left.
    gap = min((layout.lw - 2 * radius * shown) / max(1, shown - 1), 1.2 * radius)
    items: list[Item] = []
    for place, round_ in enumerate(range(first, first + shown)):
        x = layout.x0 + radius + place * (2 * radius + gap)
        if place:
            link = (x - radius - gap + 0.16 * gap, _MIDDLE_Y - _LINK / 2, 0.68 * gap, _LINK)
            items.append(box(kit, link, palette.surface2, _LINK / 2))
        if round_ <= done:
            items.append(disc(kit, (x, _MIDDLE_Y), radius, palette.text2))
            items.append(icon(kit, "check", (x, _MIDDLE_Y), 0.5 * radius, palette.ink))
            continue
        coming = round_ == done + 1
        items.append(circle(kit, (x, _MIDDLE_Y), radius, _STROKE, accent if coming else palette.surface2))
        cap = 0.62 * radius
        at = (x, _MIDDLE_Y + cap / 2)
        colour = accent if coming else palette.text2
        items.append(text(kit, str(round_), Weight.BLACK, cap, colour, at, width=1.4 * radius, align="centre"))
    return items
