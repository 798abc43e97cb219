"""Names in rows, of muscles and of equipment. Names shrink to fit, then wrap, then a number replaces some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import Point, ball, disc, icon
from kiosk.screen.widgets.panel import PADDING, beside, zone_middle
from kiosk.screen.widgets.text import text, width_of

CHIP_CAP, CHIP_LEAST = 0.030, 0.026
_CHIP_HEIGHT = 0.060
_CAP_STEP = 0.001
_CHIP_GAP = 0.40
"""Gap between two chips, in cap heights. The lengths from here to `_THING_TEXT` are in cap heights too."""
_DOT, _DOT_X, _CHIP_TEXT, _CHIP_END = 0.30, 0.93, 1.67, 0.80
_THING_GAP = 1.10
_PICTURE, _THING_TEXT = 0.70, 1.78
"""Radius of the picture before a thing's name, and the width reserved for the picture."""
_THING_SIZES = ((0.036, 1), (0.033, 1), (0.030, 1), (0.030, 2), (0.028, 2), (0.026, 2), (0.024, 2))
"""Sizes of the things' names: cap height, in H (the screen's height), and maximum number of rows."""
_BASELINES = ((0.107, 0.038), (0.124, 0.074, 0.028))
"""Baselines of the heading and of one row, or of two rows, in H above the bottom of the panel."""
_HEADING, _ROW, _MOST_ROWS = 0.060, 0.072, 4
"""Heights of the heading and of a row in the column beside the clock in portrait, in H, and the most rows."""
_PORTRAIT_CAPS = (0.036, 0.033, 0.030, 0.028, 0.026, 0.024)


class Name(NamedTuple):
    """A name and its place: its row, its `x` from the left edge of the room, and its `width`, both in H.

    `number` is whether `words` are the number of names left out, instead of a name.
    """

    words: str
    row: int
    x: float
    width: float
    number: bool = False


def flow(
    context: Context,
    names: Sequence[str],
    room: float,
    sizes: Sequence[tuple[float, int]],
    *,
    gap: float,
    beside: float = 0.0,
    number: Callable[[int], str] = "+{}".format,
) -> tuple[float, list[Name]]:
    """Return the cap height and the names in the first of `sizes` (cap height and number of rows) with room for all.

    If no size has room, the last size is used, and `number` makes a text of the number of names left out. The first
    name is always shown, shrunk if necessary. `room` is the width of a row in H. `gap` is the space between two names,
    and `beside` is the space that a name takes besides its letters, for a picture. Both are in cap heights.
    """
    for cap, rows in sizes:
        placed = _placed(context, names, room, cap, gap, beside)
        if placed[-1].row < rows:
            return cap, placed
    for shown in range(len(names) - 1, 0, -1):
        placed = _placed(context, names[:shown], room, cap, gap, beside)
        words = number(len(names) - shown)
        width = width_of(context, words, Weight.BOLD, cap)
        x = placed[-1].x + placed[-1].width + gap * cap
        if placed[-1].row < rows and x + width <= room:
            break
    else:
        # There is not enough room for even the first name and the number.
        x = room - width
        placed = [Name(names[0], 0, 0.0, x - gap * cap)]
    return cap, [*placed, Name(words, placed[-1].row, x, width, number=True)]


def _placed(context: Context, names: Sequence[str], room: float, cap: float, gap: float, beside: float) -> list[Name]:
    placed: list[Name] = []
    row, x = 0, 0.0
    for name in names:
        width = width_of(context, name, Weight.BOLD, cap) + beside * cap
        if x > 0 and x + width > room:
            row, x = row + 1, 0.0
        placed.append(Name(name, row, x, min(width, room)))
        x += width + gap * cap
    return placed


@cached
def muscle_chips(
    context: Context, muscles: tuple[str, ...], at: Point, width: float, *, least: float = CHIP_LEAST, rows: int = 1
) -> list[Item]:
    """Return `rows` of chips in `width`, shrunk down to `least`. If they do not fit, a number replaces the last ones.

    `at` is the top left corner; lengths are in H.
    """
    if not muscles:
        return []
    steps = round((CHIP_CAP - least) / _CAP_STEP)
    sizes = [(CHIP_CAP - step * _CAP_STEP, rows) for step in range(steps + 1)]
    cap, names = flow(context, muscles, width, sizes, gap=_CHIP_GAP, beside=_CHIP_TEXT + _CHIP_END)
    left, items = at[0], list[Item]()
    for name in names:
        top = at[1] + name.row * _ROW
        middle = top + _CHIP_HEIGHT / 2
        if not name.number:
            items.append(
                box(context, (left + name.x, top, name.width, _CHIP_HEIGHT), context.palette.chip, _CHIP_HEIGHT / 2)
            )
            items.append(disc(context, (left + name.x + _DOT_X * cap, middle), _DOT * cap, context.palette.muscle))
        items.append(_text(context, name, cap, (left, middle + cap / 2), _CHIP_TEXT, _CHIP_END))
    return items


def _text(context: Context, name: Name, cap: float, row: Point, before: float, after: float = 0.0) -> Item:
    """Return the name's words in the row that begins at `row`, with space (in cap heights) `before` and `after`."""
    (x, baseline), palette = row, context.palette
    if name.number:
        return text(context, name.words, Weight.BOLD, cap, palette.text2, (x + name.x, baseline))
    at, room = (x + name.x + before * cap, baseline), name.width - (before + after) * cap + 0.002
    return text(context, name.words, Weight.BOLD, cap, palette.text, at, width=room)


@cached
def works(context: Context, muscles: tuple[str, ...]) -> list[Item]:
    """Return "Works" and the muscles' chips at the bottom of the panel or, in portrait, beside the clock."""
    if not muscles:
        return []
    layout = context.layout
    if layout.portrait:
        x, top = beside(context), _column_top(context)
        at, width = (x, top + _HEADING), layout.x1 - PADDING - x
        chips = muscle_chips(context, muscles, at, width, rows=_rows(context))
        return [_heading(context, "Works", (x, top + CHIP_CAP)), *chips]
    x, bottom = layout.rx + PADDING, layout.body_bottom
    chips = muscle_chips(context, muscles, (x, bottom - 0.086), layout.rc - 2 * PADDING)
    return [_heading(context, "Works", (x, bottom - _BASELINES[0][0])), *chips]


@cached
def you_need(
    context: Context,
    things: tuple[str, ...],
    *,
    first: int = 0,
    bottom: float | None = None,
    left: float | None = None,
    right: float | None = None,
) -> list[Item]:
    """Return "You need" and the things, each with a picture, at the bottom of the panel, which is at `bottom` if given.

    In portrait they are beside the clock. `left` and `right` are the edges of their room, if it is not as wide as the
    panel. The `first` things are needed first. If they do not fit together with the number of the others, only they are
    shown.
    """
    if not things:
        return []
    layout, heading, shown = context.layout, "You need", [thing[:1].upper() + thing[1:] for thing in things]
    # A place at the bottom of some panel is not beside the clock.
    portrait = layout.portrait and bottom is None
    if left is None:
        left = beside(context) if portrait else layout.rx + PADDING
    room = (layout.x1 - PADDING if right is None else right) - left
    sizes = [(cap, _rows(context)) for cap in _PORTRAIT_CAPS] if portrait else _THING_SIZES
    bottom = layout.body_bottom if bottom is None else bottom

    def fitted(some: list[str]) -> tuple[float, list[Name]]:
        return flow(context, some, room, sizes, gap=_THING_GAP, beside=_THING_TEXT)

    cap, names = fitted(shown)
    if len(names) <= first < len(things):
        heading, (cap, names) = "You need first", fitted(shown[:first])
    if portrait:
        top = _column_top(context)
        first_baseline, *baselines = (top + CHIP_CAP, *(top + 0.110 + row * _ROW for row in range(_MOST_ROWS)))
    else:
        first_baseline, *baselines = (bottom - above for above in _BASELINES[names[-1].row])
    items = [_heading(context, heading, (left, first_baseline))]
    for name in names:
        x, baseline = left, baselines[name.row]
        if not name.number:
            items.append(_picture(context, name.words, (x + name.x + _PICTURE * cap, baseline - cap / 2), cap))
        items.append(_text(context, name, cap, (x, baseline), _THING_TEXT))
    return items


def _picture(context: Context, name: str, centre: Point, cap: float) -> Item:
    words = name.lower()
    if "ball" in words:
        return ball(context, centre, _PICTURE * cap)
    if "mat" in words.split():
        return icon(context, "mat", centre, 0.75 * cap, context.palette.mat)
    return disc(context, centre, 0.28 * cap, context.palette.text2)


def _column_top(context: Context) -> float:
    """Return the top of the column beside the clock in portrait, in H. It does not depend on the number of names."""
    return zone_middle(context) - (_HEADING + _rows(context) * _ROW) / 2


def _rows(context: Context) -> int:
    """Return for how many rows there is room in the column beside the clock in portrait."""
    layout = context.layout
    room = 2 * (layout.body_bottom - PADDING - zone_middle(context))
    return min(_MOST_ROWS, int((room - _HEADING) / _ROW))


def _heading(context: Context, words: str, at: Point) -> Item:
    return text(context, words, Weight.BOLD, CHIP_CAP, context.palette.text2, at)
