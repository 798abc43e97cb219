"""The side control: LEFT and RIGHT, with the side that works filled."""

from __future__ import annotations

from kiosk.circuit import Side
from kiosk.colour import Colour, mix
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.panel import PADDING
from kiosk.screen.widgets.text import cap_that_fits, text

HEIGHT = 0.105
_GAP = 0.012
_RADIUS = 0.020


@cached
def side_control(kit: Kit, active: Side, accent: Colour, *, filled: bool = False) -> list[Item]:
    """Return the control at the bottom of the panel. `filled` is whether the panel is filled with the accent."""
    layout, palette = kit.layout, kit.palette
    width = (layout.rc - 2 * PADDING - _GAP) / 2
    top = layout.body_bottom - PADDING - HEIGHT
    cap = cap_that_fits(kit, ("LEFT", "RIGHT"), Weight.BLACK, 0.040, 0.030, width - 0.020)
    items = []
    for place, side in enumerate(Side):
        area = (layout.rx + PADDING + place * (width + _GAP), top, width, HEIGHT)
        if side is active:
            items.append(box(kit, area, palette.ink if filled else accent, _RADIUS))
            colour = accent if filled else palette.ink
        else:
            edge = mix(accent, palette.ink, 0.35) if filled else mix(accent, palette.tank, 0.35)
            items.append(outline(kit, area, edge, 0.004, _RADIUS))
            colour = palette.ink if filled else palette.text
        at = (area[0] + width / 2, top + HEIGHT / 2 + cap / 2)
        items.append(text(kit, side.value.upper(), Weight.BLACK, cap, colour, at, width=width - 0.020, align="centre"))
    return items
