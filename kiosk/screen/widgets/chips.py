"""Below the ring: the muscles that work, or the equipment."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.flow import Flow, flow
from kiosk.screen.widgets.icons import ball, disc, icon
from kiosk.screen.widgets.panel import PADDING
from kiosk.screen.widgets.text import text

CHIP_CAP, CHIP_LEAST = 0.030, 0.026
_CHIP_HEIGHT = 0.060
_CAP_STEP = 0.001
_CHIP_GAP = 0.40
"""Gap between two chips, in caps, like all lengths that follow."""
_DOT, _DOT_X, _TEXT_X, _CHIP_END = 0.30, 0.93, 1.67, 0.80
_THING_GAP = 1.10
_PICTURE, _PICTURE_ROOM = 0.70, 1.78
"""Radius of the picture before a thing's name, and the width that it takes."""
_THING_SIZES = ((0.036, 1), (0.033, 1), (0.030, 1), (0.030, 2), (0.028, 2), (0.026, 2), (0.024, 2))
"""Cap heights of the things' names, and maximum numbers of rows."""
_BASELINES = ((0.107, 0.038), (0.124, 0.074, 0.028))
"""Baselines of the heading and of one row, or of two rows, measured up from the bottom of the panel."""


@cached
def muscle_chips(
    kit: Kit, muscles: tuple[str, ...], at: tuple[float, float], width: float, *, least: float = CHIP_LEAST
) -> list[Item]:
    """Return one row of chips in `width`, shrunk down to `least`. If they do not fit, the last ones become a number.

    `at` is the top left corner; lengths are in H.
    """
    if not muscles:
        return []
    palette, (left, top) = kit.palette, at
    middle = top + _CHIP_HEIGHT / 2
    steps = round((CHIP_CAP - least) / _CAP_STEP)
    sizes = [(CHIP_CAP - step * _CAP_STEP, 1) for step in range(steps + 1)]
    cap, placed = flow(kit, muscles, width, sizes, gap=_CHIP_GAP, beside=_TEXT_X + _CHIP_END)
    items: list[Item] = []
    for words, _, x, wide, number in placed:
        x, baseline = left + x, middle + cap / 2
        if number:
            items.append(text(kit, words, Weight.BOLD, cap, palette.text2, (x, baseline)))
            continue
        room = wide - (_TEXT_X + _CHIP_END) * cap + 0.002
        items += [
            box(kit, (x, top, wide, _CHIP_HEIGHT), palette.chip, _CHIP_HEIGHT / 2),
            disc(kit, (x + _DOT_X * cap, middle), _DOT * cap, palette.muscle),
            text(kit, words, Weight.BOLD, cap, palette.text, (x + _TEXT_X * cap, baseline), width=room),
        ]
    return items


@cached
def works(kit: Kit, muscles: tuple[str, ...]) -> list[Item]:
    """Return "Works" and the muscles' chips at the bottom of the panel."""
    layout = kit.layout
    x, bottom, width = layout.rx + PADDING, layout.body_bottom, layout.rc - 2 * PADDING
    if not muscles:
        return []
    return [_small_head(kit, "Works", _BASELINES[0][0]), *muscle_chips(kit, muscles, (x, bottom - 0.086), width)]


@cached
def you_need(kit: Kit, things: tuple[str, ...], *, first: int = 0) -> list[Item]:
    """Return "You need" and the things, each with a picture, at the bottom of the panel.

    The `first` of them are needed first. If these do not fit together with the number of the others, they stand alone.
    """
    layout, palette = kit.layout, kit.palette
    if not things:
        return []
    head, names = "You need", [thing[:1].upper() + thing[1:] for thing in things]

    def fitted(some: list[str]) -> Flow:
        return flow(kit, some, layout.rc - 2 * PADDING, _THING_SIZES, gap=_THING_GAP, beside=_PICTURE_ROOM)

    flowed = fitted(names)
    if len(flowed.placed) <= first < len(things):
        head, flowed = "You need first", fitted(names[:first])
    cap = flowed.cap
    head_above, *baselines = _BASELINES[flowed.rows - 1]
    items = [_small_head(kit, head, head_above)]
    for words, row, x, wide, number in flowed.placed:
        x, baseline = layout.rx + PADDING + x, layout.body_bottom - baselines[row]
        if number:
            items.append(text(kit, words, Weight.BOLD, cap, palette.text2, (x, baseline)))
            continue
        items.append(_picture(kit, words, (x + _PICTURE * cap, baseline - cap / 2), cap))
        at, room = (x + _PICTURE_ROOM * cap, baseline), wide - _PICTURE_ROOM * cap + 0.002
        items.append(text(kit, words, Weight.BOLD, cap, palette.text, at, width=room))
    return items


def _picture(kit: Kit, name: str, centre: tuple[float, float], cap: float) -> Item:
    words = name.lower()
    if "ball" in words:
        return ball(kit, centre, _PICTURE * cap)
    if "mat" in words.split():
        return icon(kit, "mat", centre, 0.75 * cap, kit.palette.mat)
    return disc(kit, centre, 0.28 * cap, kit.palette.text2)


def _small_head(kit: Kit, words: str, above: float) -> Item:
    layout = kit.layout
    at = (layout.rx + PADDING, layout.body_bottom - above)
    return text(kit, words, Weight.BOLD, CHIP_CAP, kit.palette.text2, at)
