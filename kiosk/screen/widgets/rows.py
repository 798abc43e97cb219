"""The list of a circuit's exercises, with one highlighted. A long list is shown in pages."""

from __future__ import annotations

from kiosk.circuit import Exercise
from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import disc
from kiosk.screen.widgets.text import common_cap, text, width_of

GAP = 0.0085
HIGHEST, LOWEST = 0.104, 0.060
"""Maximum and minimum height of a row, in H."""
CAP, LEAST = 0.038, 0.030
_NUMBER_X, _END = 0.035, 0.025
_NUMBER_GAP = 0.75
"""Gap between number and name, in caps."""
_BAR = 0.010
_DOT, _DOT_STEP = 0.006, 0.026


@cached
def rows(kit: Kit, exercises: tuple[Exercise, ...], place: int, area: Area, accent: Colour) -> list[Item]:
    """Return the rows of the page that `place` is on. `area` is in H; dots for the pages are just below it."""
    palette = kit.palette
    x, top, width, height = area
    pages = _pages(len(exercises), height)
    size = -(-len(exercises) // pages)
    page = place // size
    row = min(HIGHEST, (height + GAP) / size - GAP)
    cap = max(LEAST, min(CAP, 0.42 * row))
    text_x = x + _NUMBER_X + _number_column(kit, len(exercises), cap)
    room = x + width - _END - text_x
    cap = common_cap(kit, tuple(one.short for one in exercises), Weight.BOLD, cap, LEAST, room)
    items: list[Item] = []
    for index in range(page * size, min(len(exercises), (page + 1) * size)):
        here = index == place
        y = top + (index - page * size) * (row + GAP)
        baseline = y + row / 2 + cap / 2
        number, name = (accent, palette.text) if here else (palette.text2, palette.text2)
        items.append(box(kit, (x, y, width, row), palette.surface2 if here else palette.surface, 0.018))
        if here:
            items.append(box(kit, (x, y + 0.18 * row, _BAR, 0.64 * row), accent, 0.004))
        middle = x + _NUMBER_X + (text_x - _NUMBER_GAP * cap - x - _NUMBER_X) / 2
        items.append(text(kit, str(index + 1), Weight.BLACK, cap, number, (middle, baseline), align="tabular"))
        items.append(
            text(kit, exercises[index].short, Weight.BOLD, cap, name, (text_x, baseline), width=room, least=LEAST)
        )
    return items + _dots(kit, pages, page, (x + _NUMBER_X, top + height + 0.022))


def _pages(count: int, height: float) -> int:
    most = int((height + GAP) / (LOWEST + GAP) + 1e-9)
    return -(-count // most)


def _number_column(kit: Kit, count: int, cap: float) -> float:
    return width_of(kit, "0" * len(str(count)), Weight.BLACK, cap) + _NUMBER_GAP * cap


def _dots(kit: Kit, pages: int, page: int, at: tuple[float, float]) -> list[Item]:
    if pages == 1:
        return []
    palette, (x, y) = kit.palette, at
    colours = [palette.text if one == page else palette.line for one in range(pages)]
    return [disc(kit, (x + one * _DOT_STEP, y), _DOT, colour) for one, colour in enumerate(colours)]
