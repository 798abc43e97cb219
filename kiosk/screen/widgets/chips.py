"""What stands below the ring: the muscles that work, or the things that one needs."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, kept
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import ball, disc, icon
from kiosk.screen.widgets.panel import PADDING
from kiosk.screen.widgets.text import text, width_of

CHIP_CAP = 0.030
_CHIP_GAP = 0.012
_DOT_X, _TEXT_X, _CHIP_END = 0.028, 0.050, 0.024
_THING_CAP = 0.036


@kept
def muscle_chips(kit: Kit, muscles: tuple[str, ...], at: tuple[float, float], width: float) -> list[Item]:
    """Return one row of chips, as many as fit into `width`; `at` is its left top corner, all in H."""
    palette = kit.palette
    x, top = at
    end, height = x + width, 2 * CHIP_CAP
    items: list[Item] = []
    for muscle in muscles:
        wide = _TEXT_X + width_of(kit, muscle, Weight.BOLD, CHIP_CAP) + _CHIP_END
        if x + wide > end and items:
            break
        wide = min(wide, end - x)
        items += [
            box(kit, (x, top, wide, height), palette.chip, height / 2),
            disc(kit, (x + _DOT_X, top + height / 2), 0.009, palette.muscle),
            text(
                kit,
                muscle,
                Weight.BOLD,
                CHIP_CAP,
                palette.text,
                (x + _TEXT_X, top + height / 2 + CHIP_CAP / 2),
                width=wide - _TEXT_X - _CHIP_END + 0.002,
            ),
        ]
        x += wide + _CHIP_GAP
    return items


@kept
def works(kit: Kit, muscles: tuple[str, ...]) -> list[Item]:
    """Return "Works" and the muscles' chips at the panel's bottom."""
    layout = kit.layout
    x, bottom, width = layout.rx + PADDING, layout.body_bottom, layout.rc - 2 * PADDING
    if not muscles:
        return []
    return [_small_head(kit, "Works"), *muscle_chips(kit, muscles, (x, bottom - 0.086), width)]


@kept
def you_need(kit: Kit, things: tuple[str, ...]) -> list[Item]:
    """Return "You need" and the things, each with a picture, at the panel's bottom."""
    layout, palette = kit.layout, kit.palette
    if not things:
        return []
    items = [_small_head(kit, "You need")]
    x, end = layout.rx + PADDING, layout.x1 - PADDING
    baseline = layout.body_bottom - 0.038
    middle = baseline - _THING_CAP / 2
    for place, thing in enumerate(things):
        words = thing[:1].upper() + thing[1:]
        wide = 0.064 + width_of(kit, words, Weight.BOLD, _THING_CAP)
        if x + wide > end and place > 0:
            break
        if "ball" in thing.lower():
            items.append(ball(kit, (x + 0.025, middle), 0.025))
        elif "mat" in thing.lower().split():
            items.append(icon(kit, "mat", (x + 0.027, middle), 0.027, palette.mat))
        else:
            items.append(disc(kit, (x + 0.025, middle), 0.010, palette.text2))
        room = end - x - 0.064
        items.append(text(kit, words, Weight.BOLD, _THING_CAP, palette.text, (x + 0.064, baseline), width=room))
        x += wide + 0.040
    return items


def _small_head(kit: Kit, words: str) -> Item:
    layout = kit.layout
    at = (layout.rx + PADDING, layout.body_bottom - 0.107)
    return text(kit, words, Weight.BOLD, CHIP_CAP, kit.palette.text2, at)
