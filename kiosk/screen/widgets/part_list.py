"""The list of the parts of a class, with one open, which shows what is done in it."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import Point, disc, icon
from kiosk.screen.widgets.text import WORD_SPACE, shortened, text, width_of

GAP = 0.0085
PADDING = 0.033
_END, _BAR, _RADIUS = 0.027, 0.010, 0.018
_ROW_IN_CAPS = 1.75
"""Minimum height of a row, in cap heights of the name in it, which may reach below its baseline."""
_MARK, _MARK_GAP = 0.009, 0.022
"""Radius of the dot at the line that is on show, and the distance of its middle from the words."""
_MORE_HEIGHT, _MORE_CAP = 0.044, 0.030
_COLUMN_GAP = 0.024


class Row(NamedTuple):
    """A part in the list: its name, how often it is done, how long it takes, and whether it is done."""

    name: str
    times: str = ""
    length: str = ""
    done: bool = False


class Inside(NamedTuple):
    """The lines in the open part, in `columns`; `here` is the index of the one on show.

    `indent` is the additional space before the lines, in H (the screen's height).
    """

    lines: tuple[str, ...] = ()
    columns: int = 1
    here: int | None = None
    indent: float = 0.0

    @property
    def height(self) -> int:
        """The number of lines in a column."""
        return -(-len(self.lines) // self.columns)


class Sizes(NamedTuple):
    """The sizes of a list, in H: maximum and minimum height of a row, cap height of a name, cap height, minimum cap
    height and line spacing of the lines, and the space below them.
    """

    row: float
    row_least: float
    name: float
    line: float
    line_least: float
    step: float
    below: float

    def opened(self, row: float, lines: int) -> float:
        """Return the height of the open part."""
        return row + (lines * self.step + self.below if lines else 0.0)


@cached
def part_list(
    context: Context, rows: tuple[Row, ...], current: int, inside: Inside, area: Area, sizes: Sizes, accent: Colour
) -> list[Item]:
    """Return the list in `area` (in H): rows shrink, then only those around the open part are shown."""
    x, y, width, height = area
    row, shown = _fitted(rows, current, inside.height, height, sizes)
    items: list[Item] = []
    for index in shown:
        opened = index == current
        whole = sizes.opened(row, inside.height) if opened else row
        items += _row(context, rows[index], (x, y, width, whole), row, sizes, accent if opened else None)
        if opened:
            items += _lines(context, inside, (x, y + row / 2 + _cap(sizes, row) / 2), width, sizes, accent)
        y += whole + GAP
    left_out = sum(not one.done for index, one in enumerate(rows) if index not in shown)
    if left_out:
        at = (x + PADDING, y + _MORE_HEIGHT / 2 + _MORE_CAP / 2 - 0.002)
        items.append(text(context, f"and {left_out} more", Weight.BOLD, _MORE_CAP, context.palette.text2, at))
    return items


def room_inside(rows: int, height: float, sizes: Sizes, *, beside: int) -> int:
    """Return how many lines the open part may have, so that there is room for that many parts `beside` it."""
    shown = min(rows, 1 + beside)
    others = (shown - 1) * (sizes.row_least + GAP) + (_MORE_HEIGHT + GAP if shown < rows else 0.0)
    return max(0, int((height - others - sizes.row_least - sizes.below) / sizes.step + 1e-9))


def all_fit(rows: int, lines: int, height: float, sizes: Sizes) -> bool:
    """Return whether all parts have room, if the open one has so many lines."""
    return sizes.opened(0.0, lines) + rows * (sizes.row_least + GAP) - GAP <= height


def _fitted(rows: tuple[Row, ...], current: int, lines: int, height: float, sizes: Sizes) -> tuple[float, range]:
    """Return the height of a row, and the rows that are shown."""
    inside, count = sizes.opened(0.0, lines), len(rows)
    for shown in range(count, 0, -1):
        first = max(0, min(current - (shown > 1), count - shown))
        window = range(first, first + shown)
        more = any(not rows[index].done for index in range(count) if index not in window)
        room = height - inside - (_MORE_HEIGHT + GAP if more else 0.0)
        row = (room + GAP) / shown - GAP
        if row >= sizes.row_least - 1e-9:
            break
    return min(sizes.row, row), window


def _cap(sizes: Sizes, row: float) -> float:
    """Return the cap height of a name: never less than that of the lines below it, if the row has room for it."""
    return min(max(sizes.line, sizes.name * min(1.0, row / sizes.row)), row / _ROW_IN_CAPS)


def _row(context: Context, part: Row, area: Area, row: float, sizes: Sizes, accent: Colour | None) -> list[Item]:
    """Return the box of a part and its name, beside an accent if it is open."""
    palette, (x, y, width, height), cap = context.palette, area, _cap(sizes, row)
    colour = palette.text2 if accent is None else palette.text
    items = [box(context, area, palette.surface if accent is None else palette.surface2, _RADIUS)]
    if accent is not None:
        items.append(box(context, (x, y + 0.15 * row, _BAR, height - 0.30 * row), accent, 0.004))
    baseline, left, right = y + row / 2 + cap / 2, x + PADDING, x + width - _END
    if part.done:
        items.append(icon(context, "check", (right - 0.5 * cap, y + row / 2), 0.5 * cap, colour))
        right -= 1.2 * cap
    elif part.length:
        items.append(text(context, part.length, Weight.BOLD, cap, colour, (right, baseline), align="right"))
        right -= width_of(context, part.length, Weight.BOLD, cap)
    times = width_of(context, part.times, Weight.BOLD, cap) + WORD_SPACE * cap if part.times else 0.0
    room = right - left - times - 0.5 * cap
    least = min(cap, 0.030)
    name = shortened(context, part.name, Weight.BOLD, least, room)
    items.append(text(context, name, Weight.BOLD, cap, colour, (left, baseline), width=room, least=least))
    if part.times:
        at = (left + items[-1].rect.width / context.layout.unit_px + WORD_SPACE * cap, baseline)
        items.append(text(context, part.times, Weight.BOLD, cap, accent or colour, at))
    return items


def _lines(context: Context, inside: Inside, at: Point, width: float, sizes: Sizes, accent: Colour) -> list[Item]:
    """Return the lines of the open part. `at` is the left edge of the part and the baseline of its name."""
    palette, items = context.palette, []
    left = at[0] + PADDING + inside.indent
    column = (width - PADDING - inside.indent - _END + _COLUMN_GAP) / inside.columns
    for index, words in enumerate(inside.lines):
        place, down = divmod(index, inside.height)
        x, baseline = left + place * column, at[1] + (down + 1) * sizes.step + 0.003
        colour = palette.text if inside.here in (None, index) else palette.text2
        if inside.here == index:
            items.append(disc(context, (x - _MARK_GAP, baseline - sizes.line / 2), _MARK, accent))
        shorter = shortened(context, words, Weight.BOLD, sizes.line_least, column - _COLUMN_GAP)
        items.append(
            text(
                context,
                words,
                Weight.BOLD,
                sizes.line,
                colour,
                (x, baseline),
                width=column - _COLUMN_GAP,
                least=sizes.line_least,
                instead=(shorter,),
            )
        )
    return items
