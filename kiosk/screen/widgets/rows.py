"""The list of a circuit's exercises, with one highlighted. A long list is shown in pages."""

from __future__ import annotations

from kiosk.circuit import Exercise
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import page_dots
from kiosk.screen.widgets.paragraphs import few_lines, line_items, tight_line
from kiosk.screen.widgets.text import LEGIBLE, common_cap, text, width_of

GAP = 0.0085
HIGHEST, LOWEST = 0.104, 0.060
"""Maximum and minimum height of a row, in H (the screen's height)."""
CAP, LEAST = 0.038, 0.030
_NUMBER_X, _END = 0.035, 0.025
_NUMBER_GAP = 0.75
"""Gap between number and name, in cap heights."""
_BETWEEN = "    "
"""Minimum space between a name and the text at the right end of its row."""
_TWO_PADDING, _DESCENDER = 0.007, 0.32
"""Least room above and below a name that needs two lines, in H, and in cap heights."""
_BAR = 0.010
_COLUMN_GAP = 0.020


@cached
def rows(
    context: Context,
    exercises: tuple[Exercise, ...],
    place: int,
    area: Area,
    accent: Colour,
    *,
    lead: tuple[str, ...] = (),
    trail: tuple[str, ...] = (),
    cap: float = CAP,
    highest: float = HIGHEST,
    columns: int = 1,
) -> list[Item]:
    """Return the rows of the page that has `place`. `area` is in H, and dots for the pages are just below `area`.

    Before each name is its number, or its text of `lead`. The texts of `trail` are at the right ends, if there is room
    for all of them. `cap` and `highest` are the maximum cap height and height of a row.
    """
    palette, count, (left, top, width, height) = context.palette, len(exercises), area
    pages = -(-count // (columns * int((height + GAP) / (LOWEST + GAP) + 1e-9)))
    size = -(-count // pages)
    in_column = -(-size // columns)
    width = (width - (columns - 1) * _COLUMN_GAP) / columns
    first = place // size * size
    row = min(highest, (height + GAP) / in_column - GAP)
    cap = max(LEAST, min(cap, 0.42 * row))
    number_x = _NUMBER_X
    widest = max(width_of(context, one, Weight.BLACK, cap) for one in lead or ("0" * len(str(count)),))
    name_x = number_x + widest + _NUMBER_GAP * cap
    room = width - _END - name_x
    names = tuple(one.short for one in exercises)
    if trail:
        both = tuple(f"{name}{_BETWEEN}{after}" if after else name for name, after in zip(names, trail, strict=True))
        with_trail = common_cap(context, both, Weight.BOLD, cap, LEAST, room)
        # If one of them had no room, all are left out.
        cap, trail = (cap, ()) if with_trail < LEAST else (with_trail, trail)
    # One very long name must not make all others small.
    cap = max(LEAST, common_cap(context, names, Weight.BOLD, cap, LEAST, room))
    number_middle = (number_x + name_x - _NUMBER_GAP * cap) / 2
    items: list[Item] = []
    for index, exercise in enumerate(exercises[first : first + size], first):
        column, down = divmod(index - first, in_column)
        here, x, y = index == place, left + column * (width + _COLUMN_GAP), top + down * (row + GAP)
        fill, number, name = (
            (palette.surface2, accent, palette.text) if here else (palette.surface, palette.text2, palette.text2)
        )
        baseline = y + row / 2 + cap / 2
        items.append(box(context, (x, y, width, row), fill, 0.018))
        if here:
            items.append(box(context, (x, y + 0.18 * row, _BAR, 0.64 * row), accent, 0.004))
        at, name_at = (x + number_middle, baseline), (x + name_x, baseline)
        if lead:
            end = (x + name_x - _NUMBER_GAP * cap, baseline)
            items.append(text(context, lead[index], Weight.BLACK, cap, number, end, align="right"))
        else:
            items.append(text(context, str(index + 1), Weight.BLACK, cap, number, at, align="tabular"))
        if width_of(context, exercise.short, Weight.BOLD, LEAST) <= room:
            items.append(text(context, exercise.short, Weight.BOLD, cap, name, name_at, width=room, least=LEAST))
        else:
            items += _two_lines(context, exercise.short, (x + name_x, y, room, row), name)
        if trail and trail[index]:
            end = (x + width - _END, baseline)
            items.append(text(context, trail[index], Weight.BOLD, cap, name, end, align="right"))
    return [*items, *page_dots(context, (left + number_x, top + height + 0.022), pages, place // size)]


def _two_lines(context: Context, name: str, area: Area, colour: Colour) -> list[Item]:
    """Return a name that is too long for one line, centred vertically in `area`."""
    (x, y, room, row), line = area, tight_line(name)
    most = min(LEAST, (row - 2 * _TWO_PADDING) / (1 + line), row / (1 + line + 2 * _DESCENDER))
    cap, words = few_lines(context, name, 2, room, most=most, least=min(most, LEGIBLE))
    height = cap * (1 + (len(words) - 1) * line)
    return line_items(context, words, cap, colour, (x, y + (row - height) / 2 + cap), room, line=line)
