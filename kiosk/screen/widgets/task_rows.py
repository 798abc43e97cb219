"""The rows of tasks: what is done in one interval, and how much of it. A long list is shown in pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from kiosk.circuit import Task, Tasks
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.athletes import Athlete, athletes, moving_first
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.icons import DOT_STEP, page_dots
from kiosk.screen.widgets.paragraphs import line_items
from kiosk.screen.widgets.task_sizes import (
    BETWEEN,
    LINE,
    PADDING,
    Name,
    Sizes,
    broken_name,
    gap_below_amount,
    grid_of,
    sizes_of,
)
from kiosk.screen.widgets.text import text

PAGE_S = 8.0
"""Time for which each page is shown."""
_RADIUS = 0.025
_SHORT_BELOW = 0.034
"""Cap height, in H (the screen's height), below which the short name is shown instead."""
_DOTS_BELOW = 0.022


def task_rows(
    context: Context, tasks: Tasks, t_s: float, accent: Colour, *, shown_s: float = 0.0, above: float = inf
) -> Frame:
    """Return the rows of the page that is shown at `t_s`. Tasks with a figure have athletes, which take turns to move.

    Their movement began `shown_s` before `t_s` 0. Rows with words that reach below `above` (in H) are left out,
    because something covers them.
    """
    pages = _pages(context, tasks)
    page = int(t_s // PAGE_S) % pages
    limit = inf if above == inf else context.layout.y(above)
    still = [item for row in _rows(context, tasks, page, accent) if _bottom(row) <= limit for item in row]
    shown = tuple(one for one in _athletes(context, tasks, page) if one.box.bottom <= limit)
    return frame(
        Frame(still, PAGE_S - t_s % PAGE_S if pages > 1 else inf),
        athletes(context, shown, accent, shown_s + t_s),
        _dots(context, tasks, page),
    )


def sized_figures(context: Context, tasks: Tasks, t_s: float, shown_s: float) -> list[SizedFigure]:
    """Return the figures of the rows with the sizes of their boxes, those of the page that is shown at `t_s` first."""
    pages = _pages(context, tasks)
    first = int(t_s // PAGE_S) % pages
    order = [_athletes(context, tasks, (first + page) % pages) for page in range(pages)]
    return [one for shown in order for one in moving_first(context, shown, shown_s + t_s)]


@cached
def _athletes(context: Context, tasks: Tasks, page: int) -> tuple[Athlete, ...]:
    """Return the athletes of a page, one for each task that has a figure, if there is room for them."""
    grid, sizes = grid_of(context, len(tasks)), sizes_of(context, tasks)
    first, found = page * grid.page_size, []
    for index, task in enumerate(tasks[first : first + grid.page_size], first):
        name = task.exercise.drawn
        if name is not None and sizes.gives_athlete(task):
            found.append(Athlete(name, sizes.athlete_px(context, grid.place(index))))
    return tuple(found)


def _pages(context: Context, tasks: Tasks) -> int:
    return -(-len(tasks) // grid_of(context, len(tasks)).page_size)


@cached
def _rows(context: Context, tasks: Tasks, page: int, accent: Colour) -> list[list[Item]]:
    """Return the items of each row of a page, without athletes."""
    grid, sizes = grid_of(context, len(tasks)), sizes_of(context, tasks)
    first = page * grid.page_size
    shown = enumerate(tasks[first : first + grid.page_size], first)
    return [_row(context, task, grid.place(index), sizes, accent) for index, task in shown]


def _row(context: Context, task: Task, row: Area, sizes: Sizes, accent: Colour) -> list[Item]:
    x, y, width, height = row
    card = box(context, row, context.palette.surface, _RADIUS)
    height, left = sizes.words_height(height), x + PADDING
    middle, room = y + height / 2, sizes.name_room(width, athlete=sizes.gives_athlete(task))
    if sizes.above and task.amount:
        return [card, *_above(context, task, sizes, accent, (left, middle), room)]
    items = [card]
    if task.amount:
        at, column = (left + sizes.column, middle + sizes.amount_cap / 2), sizes.column + 0.002
        items.append(
            text(context, task.amount, Weight.BLACK, sizes.amount_cap, accent, at, width=column, align="right")
        )
    name = _name(context, task, sizes.name_cap, room, height)
    baseline = middle + name.cap / 2 - name.cap * LINE * (len(name.lines) - 1) / 2
    at = left + (sizes.column + BETWEEN if sizes.column else 0.0), baseline
    return [*items, *line_items(context, name.lines, name.cap, context.palette.text, at, room, line=LINE)]


def _above(
    context: Context, task: Task, sizes: Sizes, accent: Colour, middle_left: tuple[float, float], room: float
) -> list[Item]:
    """Return an amount with the name below it."""
    (x, middle), cap, name_cap = middle_left, sizes.amount_cap, sizes.name_cap
    top, gap = middle - (cap + gap_below_amount(name_cap) + name_cap) / 2, gap_below_amount(name_cap)
    at, name, instead = (x, top + cap + gap + name_cap), task.exercise.name, (task.exercise.short,)
    colour, least = context.palette.text, 0.8 * name_cap
    return [
        text(context, task.amount, Weight.BLACK, cap, accent, (x, top + cap), width=room),
        text(context, name, Weight.BOLD, name_cap, colour, at, width=room, least=least, instead=instead),
    ]


def _name(context: Context, task: Task, most: float, room: float, height: float) -> Name:
    """Return a task's name, in its short form if it would be too small."""
    name = broken_name(context, task.exercise.name, most, room, height)
    if name.cap >= min(_SHORT_BELOW, most):
        return name
    return max(name, broken_name(context, task.exercise.short, most, room, height))


def _bottom(row: Sequence[Item]) -> int:
    return max(one.ink.bottom for item in row for one in item.texts)


@cached
def _dots(context: Context, tasks: Tasks, page: int) -> list[Item]:
    """Return a dot for each page below the rows, nothing if there is only one."""
    (x, top, width, height), pages = grid_of(context, len(tasks)).area, _pages(context, tasks)
    first = x + width / 2 - (pages - 1) / 2 * DOT_STEP, top + height + _DOTS_BELOW
    return page_dots(context, first, pages, page)
