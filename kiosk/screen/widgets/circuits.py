"""The list of circuits, in rows. It is circular, and moves past the row with the entry on show."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.phone import SHORT_TITLE, TITLE
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, clipped, frame
from kiosk.screen.entry_words import whole_minutes
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP, Layout
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.paragraphs import CAP_STEP, wrap
from kiosk.screen.widgets.rows import GAP
from kiosk.screen.widgets.text import fit, shortened, text, width_of
from kiosk.timeline import Timeline
from kiosk.view import ChooserView

TOP, BOTTOM = BODY_TOP, 0.800
"""Top and bottom of the list, in H (the screen's height)."""
_PORTRAIT_ROOM = 0.282
"""Room in portrait for what is below the panel: the time left, and two cards one above the other."""
_PORTRAIT_PANEL, _PORTRAIT_PANEL_GROWS = 0.330, 0.380
"""Height of the panel below the list in portrait, on a screen of 3:4, and its part of what a screen is taller."""
_PORTRAIT_GAP = 0.024
ROWS, CHOICE = 6, 2
"""Number of rows, and the index of the row with the entry on show, which never moves."""
CHOICE_HEIGHT = 0.140
MOVES_S = 0.120
"""Time in which the list moves by a row."""
_ROW_X, _ROW_END = 0.032, 0.028
_CAP_MOST = 0.62
"""Maximum cap height of a name, as a part of its row."""
_ROW_CAP, _ROW_NARROW_CAP, _ROW_LEAST = 0.042, 0.036, 0.030
_CHOICE_CAP, _CHOICE_NARROW_CAP, _CHOICE_LEAST = 0.055, 0.045, 0.042
"""Cap heights of a name in one line, in H (the screen's height)."""
_TWO_LINES_CAP, _TWO_LINES_LEAST, _TWO_LINES_STEP = 0.038, 0.030, 1.50
_TIME_GAP = 0.030
_ICON, _ICON_GAP = 0.030, 0.022


def circuits(context: Context, view: ChooserView, t_s: float) -> Frame:
    """Return the rows around the entry on show, `t_s` seconds after the list moved."""
    return frame(_slots(context), _names(context, view, t_s))


def length(timeline: Timeline) -> str:
    """Return how long a circuit takes as its row gives it, nothing if almost nothing is known."""
    minutes = whole_minutes(timeline.listed_s)
    if not timeline.takes_longer:
        return f"{minutes} min"
    return f"{minutes}+ min" if timeline.listed_s >= 60 else ""


def panel_area(layout: Layout) -> Area:
    """Return the place of the panel about the circuit on show: beside the list, in portrait below it."""
    if not layout.portrait:
        return layout.rx, TOP, layout.rc, BOTTOM - TOP
    height = _PORTRAIT_PANEL + _PORTRAIT_PANEL_GROWS * (layout.h - 4 / 3)
    return layout.x0, layout.bottom - _PORTRAIT_ROOM - height, layout.fw, height


def _list_bottom(layout: Layout) -> float:
    return panel_area(layout)[1] - _PORTRAIT_GAP if layout.portrait else BOTTOM


class _Entry(NamedTuple):
    """An entry of the list: its name and how long it takes. `chosen` is whether it is the one on show.

    An entry that is no circuit has an `icon` in front of its name, and a `short` name.
    """

    name: str
    length: str
    chosen: bool
    icon: str = ""
    short: str = ""


def _row(layout: Layout, row: int) -> Area:
    """Return the place of a row; rows -1 and ROWS are just outside the list."""
    height = (_list_bottom(layout) - TOP - CHOICE_HEIGHT - (ROWS - 1) * GAP) / (ROWS - 1)
    y = TOP + row * (height + GAP) + (CHOICE_HEIGHT - height if row > CHOICE else 0.0)
    return layout.x0, y, layout.lw, CHOICE_HEIGHT if row == CHOICE else height


@cached
def _slots(context: Context) -> list[Item]:
    """Return the boxes of the rows. They stand still, and the names move past them."""
    palette, items = context.palette, []
    for row in range(ROWS):
        colour, radius = (palette.surface2, 0.025) if row == CHOICE else (palette.surface, 0.018)
        items.append(box(context, _row(context.layout, row), colour, radius))
    x, y, _, height = _row(context.layout, CHOICE)
    return [*items, box(context, (x, y + 0.14 * height, 0.010, 0.72 * height), palette.work, 0.004)]


def _names(context: Context, view: ChooserView, t_s: float) -> Frame:
    """Return the names in the rows, or on their way to them."""
    # Each entry has one row, so there are empty rows if there are few entries. The next one is always there.
    rows = sorted((CHOICE, CHOICE + 1, CHOICE - 1, CHOICE + 2, CHOICE - 2, CHOICE + 3)[: view.entries])
    moved = view.moved
    # The movement begins one frame in the past, so that its first frame already shows something new.
    way_s = min(MOVES_S, t_s + SMOOTH_S) if moved else MOVES_S
    if way_s >= MOVES_S:
        return Frame(_still(context, tuple((row, _entry(view, row)) for row in rows)))
    back = (1.0 - way_s / MOVES_S) ** 2
    # The entry that leaves the list is still there.
    rows.append(min(rows) - 1 if moved > 0 else max(rows) + 1)
    items: list[Item] = []
    for row in rows:
        here, before = (_middle(context.layout, one) for one in (row, row + moved))
        items += _words(context, _entry(view, row), here + back * (before - here))
    layout = context.layout
    return Frame([clipped(items, layout.rect(layout.x0, TOP, layout.lw, _list_bottom(layout) - TOP))], SMOOTH_S)


def _entry(view: ChooserView, row: int) -> _Entry:
    timeline = view.timeline(row - CHOICE)
    if timeline is None:
        return _Entry(TITLE, "", row == CHOICE, "phone", SHORT_TITLE)
    return _Entry(timeline.circuit.name, length(timeline), row == CHOICE)


def _middle(layout: Layout, row: int) -> float:
    _, y, _, height = _row(layout, row)
    return y + height / 2


@cached
def _still(context: Context, entries: tuple[tuple[int, _Entry], ...]) -> list[Item]:
    return [item for row, entry in entries for item in _words(context, entry, _middle(context.layout, row))]


def _words(context: Context, entry: _Entry, middle: float) -> list[Item]:
    """Return the name at the left and the length at the right of a row."""
    layout, palette, narrow = context.layout, context.palette, context.layout.narrow
    if entry.chosen:
        weight, cap, least = Weight.BLACK, _CHOICE_NARROW_CAP if narrow else _CHOICE_CAP, _CHOICE_LEAST
        colour, accent = palette.text, palette.work
    else:
        weight, cap, least = Weight.BOLD, _ROW_NARROW_CAP if narrow else _ROW_CAP, _ROW_LEAST
        colour = accent = palette.text2
        cap = min(cap, _CAP_MOST * _row(layout, 0)[3])
    x, end = layout.x0 + _ROW_X, layout.x0 + layout.lw - _ROW_END
    items = []
    if entry.icon:
        items.append(icon(context, entry.icon, (x + _ICON, middle), _ICON, accent))
        x += 2 * _ICON + _ICON_GAP
    room = end - x
    if entry.length:
        at = (end, middle + cap / 2)
        items.append(text(context, entry.length, weight, cap, accent, at, align="right"))
        room -= width_of(context, entry.length, weight, cap) + _TIME_GAP
    cap, lines = context.cached(("chooser name", entry, room), lambda: _name(context, entry, weight, cap, least, room))
    baseline = middle + cap / 2 - (len(lines) - 1) * _TWO_LINES_STEP * cap / 2
    for line in lines:
        items.append(text(context, line, weight, cap, colour, (x, baseline), width=room))
        baseline += _TWO_LINES_STEP * cap
    return items


def _name(
    context: Context, entry: _Entry, weight: Weight, cap: float, least: float, room: float
) -> tuple[float, list[str]]:
    """Return the cap height and the lines of a name: it shrinks, wraps if it is on show, and is cut in the end."""
    names = (entry.name, entry.short) if entry.short and not entry.chosen else (entry.name,)
    words, fitted = fit(context, names, weight, cap, least, room)
    if fitted >= least - 1e-9:
        return fitted, [words]
    if not entry.chosen:
        return least, [shortened(context, entry.name, weight, least, room)]
    cap = _TWO_LINES_CAP + CAP_STEP
    while cap > _TWO_LINES_LEAST + 1e-9:
        cap -= CAP_STEP
        # The lines are measured in the lighter weight.
        lines = wrap(context, entry.name, cap, 0.95 * room)
        if len(lines) <= 2 and " ".join(lines).split() == entry.name.split():
            return cap, list(lines)
    return cap, [lines[0], shortened(context, " ".join(lines[1:]), weight, cap, room)]
