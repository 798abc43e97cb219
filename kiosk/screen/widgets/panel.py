"""The right panel: its box, and its head with the icon and the word of the state."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.text import text, width_of

RADIUS = 0.030
PADDING = 0.030
ZONE_TOP = 0.265
"""Top of the clock's zone, which reaches from below the head to the bottom of the panel."""
_HEAD_BASELINE = 0.244


@cached
def panel(kit: Kit, state: State, *, filled: bool = False, right: str = "") -> list[Item]:
    """Return the panel with its head. `filled` is for the last seconds; `right` is a text at the head's right end."""
    layout, palette = kit.layout, kit.palette
    accent = state.accent(palette)
    area = (layout.rx, BODY_TOP, layout.rc, layout.body_bottom - BODY_TOP)
    head = _head(kit, state, palette.ink if filled else accent, right)
    return [box(kit, area, accent if filled else palette.surface, RADIUS), *head]


def _head(kit: Kit, state: State, colour: Colour, right: str) -> list[Item]:
    layout = kit.layout
    cap = 0.030 if layout.narrow else 0.036
    end = layout.x1 - PADDING
    items = [icon(kit, state.icon, (layout.rx + 0.050, 0.226), 0.020, colour)]
    word_x = layout.rx + 0.089
    taken = 0.0
    if right:
        taken = min(width_of(kit, right, Weight.BLACK, cap), 0.45 * layout.rc)
        items.append(
            text(kit, right, Weight.BLACK, cap, colour, (end, _HEAD_BASELINE), width=0.45 * layout.rc, align="right")
        )
    room = end - word_x - taken - (0.02 if right else 0)
    items.append(text(kit, state.word, Weight.BLACK, cap, colour, (word_x, _HEAD_BASELINE), width=room, tracking=0.05))
    return items
