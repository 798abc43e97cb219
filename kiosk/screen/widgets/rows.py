"""The list of a circuit's exercises, with one highlighted. A long list is shown in pages."""

from __future__ import annotations

from kiosk.circuit import Exercise
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import disc
from kiosk.screen.widgets.paragraphs import few_lines, line_items, tight_line
from kiosk.screen.widgets.text import LEGIBLE, common_cap, text, width_of

GAP = 0.0085
HIGHEST, LOWEST = 0.104, 0.060
"""Maximum and minimum height of a row, in H (the screen's height)."""
CAP, LEAST = 0.038, 0.030
_NUMBER_X, _END = 0.035, 0.025
_NUMBER_GAP = 0.75
"""Gap between number and name, in cap heights."""
_TWO_PADDING = 0.007
"""Least room above and below a name that needs two lines, in H."""
_BAR = 0.010
_DOT, _DOT_STEP = 0.006, 0.026


@cached
def rows(context: Context, exercises: tuple[Exercise, ...], place: int, area: Area, accent: Colour) -> list[Item]:
    """Return the rows of the page that has `place`. `area` is in H, and dots for the pages are just below `area`."""
    palette, count, (x, top, width, height) = context.palette, len(exercises), area
    pages = -(-count // int((height + GAP) / (LOWEST + GAP) + 1e-9))
    size = -(-count // pages)
    first = place // size * size
    row = min(HIGHEST, (height + GAP) / size - GAP)
    cap = max(LEAST, min(CAP, 0.42 * row))
    number_x = x + _NUMBER_X
    name_x = number_x + width_of(context, "0" * len(str(count)), Weight.BLACK, cap) + _NUMBER_GAP * cap
    room = x + width - _END - name_x
    # One very long name must not make all others small.
    cap = max(LEAST, common_cap(context, tuple(one.short for one in exercises), Weight.BOLD, cap, LEAST, room))
    number_middle = (number_x + name_x - _NUMBER_GAP * cap) / 2
    items: list[Item] = []
    for index, exercise in enumerate(exercises[first : first + size], first):
        here, y = index == place, top + (index - first) * (row + GAP)
        fill, number, name = (
            (palette.surface2, accent, palette.text) if here else (palette.surface, palette.text2, palette.text2)
        )
        baseline = y + row / 2 + cap / 2
        items.append(box(context, (x, y, width, row), fill, 0.018))
        if here:
            items.append(box(context, (x, y + 0.18 * row, _BAR, 0.64 * row), accent, 0.004))
        at, name_at = (number_middle, baseline), (name_x, baseline)
        items.append(text(context, str(index + 1), Weight.BLACK, cap, number, at, align="tabular"))
        if width_of(context, exercise.short, Weight.BOLD, LEAST) <= room:
            items.append(text(context, exercise.short, Weight.BOLD, cap, name, name_at, width=room, least=LEAST))
            continue
        line = tight_line(exercise.short)
        two = min(LEAST, (row - 2 * _TWO_PADDING) / (1 + line))
        small, words = few_lines(context, exercise.short, 2, room, most=two, least=min(two, LEGIBLE))
        height = small * (1 + (len(words) - 1) * line)
        first_at = (name_x, y + (row - height) / 2 + small)
        items += line_items(context, words, small, name, first_at, room, line=line)
    for page in range(pages) if pages > 1 else ():
        colour = palette.text if page == place // size else palette.line
        items.append(disc(context, (number_x + page * _DOT_STEP, top + height + 0.022), _DOT, colour))
    return items
