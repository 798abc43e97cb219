"""The tiles of stations: a number, what is done there, and the athlete who shows it, for all stations at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil, sqrt
from typing import NamedTuple

from kiosk.circuit import Task, Tasks
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.entry_words import task_words
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import Layout
from kiosk.screen.widgets.athletes import Athlete
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.paragraphs import CAP_STEP, Lines, wrap
from kiosk.screen.widgets.text import text, width_of

TOP, BOTTOM = 0.050, 0.800
GAP = 0.012
_RADIUS = 0.025
_PAD, _PAD_ABOVE, _PAD_BELOW = 0.018, 0.024, 0.028
_LINE = 1.46
"""Line spacing of names, in cap heights."""
_AIR = 0.012
"""Least distance between a number or a name and an athlete."""
_DIVIDER = 0.004
_HALF = 0.260
"""Least width of the parts of a tile in which several exercises stand side by side."""
_NAME, _NAME_LEAST, _NAME_ALONE, _NAMES_ALONE = 0.055, 0.0375, 0.070, 0.090
"""Largest and least cap height that all names share, and the largest of a name and of all names without athletes."""
_STACKED, _STACKED_LEAST, _STACK_GAP = 0.050, 0.036, 0.040
_STACK_ROOM, _ROWS_NUMBER, _ROWS_NAME = 0.058, 0.076, 0.039
"""Least height of each exercise of a stack in portrait. Where it is lower, there is one text beside a number of this
cap height, and this is that of the text."""
_MORE = 1.3
"""How much larger the numbers are at least if there is no athlete."""
_LARGEST_NUMBER, _NUMBER_PART = 0.300, 0.55
_ATHLETE_LEAST = 0.070
"""Least size of an athlete, as the side of a square of the same area. A smaller one could not be made out."""
_TINY = 0.010


class _Form(NamedTuple):
    """How up to `most` stations are shown: in how many columns, with which cap height of numbers.

    `name` is the largest cap height of names beside the number, None if they are below it and there may be athletes.
    """

    most: int
    columns: int
    number: float
    name: float | None = None


_WIDE = (
    _Form(4, 2, 0.112),
    _Form(6, 3, 0.100),
    _Form(8, 4, 0.088),
    _Form(12, 4, 0.076),
    _Form(18, 3, 0.060, 0.039),
    _Form(24, 3, 0.043, 0.030),
)
_NARROW = (
    _Form(4, 2, 0.112),
    _Form(6, 3, 0.088),
    _Form(9, 3, 0.076),
    _Form(12, 2, 0.060, 0.039),
    _Form(16, 2, 0.043, 0.030),
    _Form(24, 3, 0.043, 0.030),
)
_PORTRAIT = (
    _Form(8, 2, 0.112),
    _Form(12, 3, 0.076),
    _Form(18, 2, 0.060, 0.039),
    _Form(24, 2, 0.043, 0.030),
)
_TALL_FROM = 1.5
"""Height, in H (the screen's height), above which a screen in portrait has these forms."""
_POD_NUMBER = 0.100


class Tiles(NamedTuple):
    """The tiles: what stands still on them, their athletes in number order, and their areas."""

    items: list[Item]
    athletes: tuple[Athlete, ...]
    areas: tuple[Area, ...]
    columns: int
    words_only: bool


class _Name(NamedTuple):
    lines: Lines
    cap: float

    @property
    def height(self) -> float:
        return (1 + (len(self.lines) - 1) * _LINE) * self.cap


class _Cell(NamedTuple):
    """What one exercise of a station takes of its tile: from `x` on, `width` without the padding, and the whole height.

    `first` is whether the number is in this part.
    """

    task: Task
    tile: Area
    x: float
    width: float
    first: bool

    @property
    def bottom(self) -> float:
        return self.tile[1] + self.tile[3] - _PAD_BELOW


@cached
def tiles(context: Context, stations: tuple[Tasks, ...], accent: Colour) -> Tiles:
    """Return a tile for each station. All of them are alike, so that one finds a number fast."""
    form = next(form for form in _forms(context.layout) if len(stations) <= form.most)
    areas = _areas(context.layout, len(stations), form.columns)
    items = [box(context, area, context.palette.surface, _RADIUS) for area in areas]
    if form.name is not None:
        items += _rows(context, stations, areas, form.number, form.name, accent)
        return Tiles(items, (), areas, form.columns, words_only=True)
    both = list(zip(areas, stations, strict=True))
    stacked = [(area, tasks) for area, tasks in both if len(tasks) > 1 and area[2] / len(tasks) < _HALF]
    if context.layout.portrait and stacked and _stack_room(stacked, form.number) < _STACK_ROOM:
        areas = _areas(context.layout, len(stations), 2)
        items = [box(context, area, context.palette.surface, _RADIUS) for area in areas]
        items += _rows(context, stations, areas, min(form.number, _ROWS_NUMBER), _ROWS_NAME, accent)
        return Tiles(items, (), areas, 2, words_only=True)
    cells = [cell for area, tasks in both if (area, tasks) not in stacked for cell in _cells(area, tasks)]
    in_halves = any(not cell.first for cell in cells)
    number = min(form.number, _POD_NUMBER) if in_halves else form.number
    boxes, names, fitting = _set_cells(context, cells, number, len(stations), beside=not in_halves)
    number = number if stacked else fitting
    items += _stacks(context, stacked, number, accent)
    items += _numbers(context, areas, number, accent)
    for cell, name in zip(cells, names, strict=True):
        items += _name(context, cell.task, name, (cell.x, cell.bottom - name.height + name.cap), accent)
        if not cell.first:
            _, y, _, height = cell.tile
            area = (cell.x - _PAD - _DIVIDER / 2, y + _PAD_ABOVE, _DIVIDER, height - 2 * _PAD_ABOVE)
            items.append(box(context, area, context.palette.line))
    athletes = []
    for cell, free in zip(cells, boxes, strict=True):
        if free is not None and cell.task.exercise.drawn is not None:
            athletes.append(Athlete(cell.task.exercise.drawn, context.layout.rect(*free)))
    return Tiles(items, tuple(athletes), areas, form.columns, words_only=False)


def _forms(layout: Layout) -> tuple[_Form, ...]:
    if layout.portrait:
        return _PORTRAIT if layout.h > _TALL_FROM else _NARROW
    return _NARROW if layout.narrow else _WIDE


def _areas(layout: Layout, count: int, columns: int) -> tuple[Area, ...]:
    rows = ceil(count / columns)
    width = (layout.lw - (columns - 1) * GAP) / columns
    height = (layout.stage_bottom - TOP - (rows - 1) * GAP) / rows
    places = (divmod(one, columns) for one in range(count))
    return tuple(
        (layout.x0 + column * (width + GAP), TOP + row * (height + GAP), width, height) for row, column in places
    )


def _numbers(context: Context, areas: Sequence[Area], cap: float, accent: Colour) -> list[Item]:
    """Return the number of each station, at the top left of its tile."""
    return [
        text(context, str(number), Weight.BLACK, cap, accent, (x + _PAD, y + _PAD_ABOVE + cap), width=width - 2 * _PAD)
        for number, (x, y, width, _) in enumerate(areas, 1)
    ]


def _number_width(context: Context, count: int, cap: float) -> float:
    return width_of(context, "0" * len(str(count)), Weight.BLACK, cap)


def _cells(area: Area, tasks: Tasks) -> list[_Cell]:
    x, _, width, _ = area
    part = width / len(tasks)
    return [_Cell(task, area, x + at * part + _PAD, part - 2 * _PAD, at == 0) for at, task in enumerate(tasks)]


def _set_cells(
    context: Context, cells: Sequence[_Cell], number: float, count: int, *, beside: bool
) -> tuple[list[Area | None], list[_Name], float]:
    """Return the boxes of the athletes, the names, and the cap height of the numbers.

    A name that has no athlete above it is larger, and so are the numbers if there is no athlete at all.
    """
    if not cells:
        return [], [], number
    height, shown = cells[0].tile[3], [cell.task.exercise.drawn is not None for cell in cells]
    boxes: list[Area | None] = [None] * len(cells)
    for _ in range(2):
        least = number if any(shown) else _MORE * number
        under = height - _PAD_ABOVE - least - _AIR - _PAD_BELOW
        titled, alone = ([cell for cell, has in zip(cells, shown, strict=True) if has is one] for one in (True, False))
        largest = _NAME_ALONE if titled else _NAMES_ALONE
        below, large = _names(context, titled, _NAME, 2, under), _names(context, alone, largest, 3, under)
        names = [next(below if has else large) for has in shown]
        if not any(shown):
            break
        boxes = _boxes(context, cells, names, number, count, beside=beside)
        placed = zip(cells, boxes, shown, strict=True)
        sizes = [_size(context, cell, area) for cell, area, has in placed if area and has]
        if min(sizes) >= _ATHLETE_LEAST:
            return [area if has else None for area, has in zip(boxes, shown, strict=True)], names, number
        shown, boxes = [False] * len(cells), [None] * len(cells)
    room = min(height - _PAD_ABOVE - _PAD_BELOW - 2 * _AIR - name.height for name in names)
    width = min(cell.width for cell in cells)
    wide = number * width / _number_width(context, count, number)
    return boxes, names, max(number, min(room, _LARGEST_NUMBER, _NUMBER_PART * height, wide))


def _boxes(
    context: Context, cells: Sequence[_Cell], names: Sequence[_Name], number: float, count: int, *, beside: bool
) -> list[Area | None]:
    """Return the box above each name: below the number, or beside it if the athlete is larger there."""
    right = _number_width(context, count, number) + _AIR

    def free(cell: _Cell, name: _Name, left: float, top: float) -> Area:
        y = cell.tile[1] + top
        return cell.x + left, y, cell.width - left, cell.bottom - name.height - _AIR - y

    boxes: list[Area | None] = []
    for cell, name in zip(cells, names, strict=True):
        below = free(cell, name, 0.0, _PAD_ABOVE + number + _AIR)
        beside_it = free(cell, name, right, _PAD)
        larger = beside and _size(context, cell, beside_it) > _size(context, cell, below)
        boxes.append(beside_it if larger else below)
    return boxes


def _size(context: Context, cell: _Cell, area: Area) -> float:
    """Return the size of a cell's athlete in a box, as the side of a square of the same area; 0 without an athlete."""
    figure = cell.task.exercise.drawn
    loop = context.figures.loop(figure) if figure is not None else None
    return 0.0 if loop is None else sqrt(loop.shape) * max(0.0, min(area[2] / loop.shape, area[3]))


# --- names ------------------------------------------------------------------------------------------------------------


def _words(task: Task) -> Lines:
    """Return the amount and the name, and the same with the short name."""
    return task.words, task_words(task)


def _names(context: Context, cells: Sequence[_Cell], most: float, lines: int, height: float) -> Iterator[_Name]:
    """Return the names, in the largest cap height in which all of them fit; a name that is too long has its own."""
    # Under an athlete, the short name leaves more room for it.
    texts = [(_words(cell.task)[cell.task.exercise.drawn is not None :], cell.width) for cell in cells]
    return iter(_fitted(context, texts, most, _NAME_LEAST, lines, height))


def _fitted(
    context: Context, texts: Sequence[tuple[Lines, float]], most: float, least: float, lines: int, height: float
) -> list[_Name]:
    """Return texts, each with its width, in one cap height from `most` down to `least`, if they fit.

    They have as many `lines` and as much `height` at most. Each text is given with shorter ones to take instead if it
    does not fit in `least`. If none of them does, the last one is smaller than the other texts.
    """

    def at(step: int, words: str, width: float) -> _Name:
        cap = most - step * CAP_STEP
        return _Name(wrap(context, words, cap, width), cap)

    def fits(one: tuple[str, float], step: int) -> bool:
        words, width = one
        name = at(step, words, width)
        longest = max((width_of(context, one, Weight.BOLD, name.cap) for one in words.split()), default=0.0)
        return len(name.lines) <= lines and name.height <= height + 1e-9 and longest <= width

    def first(low: int, high: int, good: Callable[[int], bool]) -> int:
        return low + bisect_left(range(low, high), True, key=good)

    smallest, last = round((most - least) / CAP_STEP), round((most - _TINY) / CAP_STEP)
    taken = [(next((one for one in words if fits((one, width), smallest)), words[-1]), width) for words, width in texts]
    together = first(0, smallest, lambda step: all(fits(one, step) for one in taken))
    return [at(first(together, last, partial(fits, one)), *one) for one in taken]


def _name(context: Context, task: Task, name: _Name, at: tuple[float, float], accent: Colour) -> list[Item]:
    """Return the lines of a name. The amount before it is in the accent. `at` is where the first baseline begins."""
    (x, baseline), before, items = at, len(task.amount.split()), []
    for line in name.lines:
        words = line.split()
        lead, rest = " ".join(words[:before]), " ".join(words[before:])
        before = max(0, before - len(words))
        whole = width_of(context, line, Weight.BOLD, name.cap)
        if lead:
            items.append(text(context, lead, Weight.BOLD, name.cap, accent, (x, baseline)))
        if rest:
            left = x + whole - width_of(context, rest, Weight.BOLD, name.cap) if lead else x
            items.append(text(context, rest, Weight.BOLD, name.cap, context.palette.text, (left, baseline)))
        baseline += _LINE * name.cap
    return items


# --- words only -------------------------------------------------------------------------------------------------------


def _rows(
    context: Context, stations: Sequence[Tasks], areas: Sequence[Area], number: float, most: float, accent: Colour
) -> list[Item]:
    """Return a number at the left of each tile and what is done at its right, both in the middle of the height."""
    _, _, width, height = areas[0]
    column = _number_width(context, len(stations), number) + _PAD
    room = width - 2 * _PAD - column
    joined = [tuple(" + ".join(words) for words in zip(*map(_words, tasks), strict=True)) for tasks in stations]
    names = _fitted(context, [(words, room) for words in joined], most, 0.8 * most, 2, height - 2 * _AIR)
    items = []
    for place, (tasks, name, (x, y, _, _)) in enumerate(zip(stations, names, areas, strict=True), 1):
        middle = y + height / 2
        items.append(text(context, str(place), Weight.BLACK, number, accent, (x + _PAD, middle + number / 2)))
        at = (x + _PAD + column, middle - name.height / 2 + name.cap)
        items += _name(context, tasks[0], name, at, accent)
    return items


def _stack_room(stacked: Sequence[tuple[Area, Tasks]], number: float) -> float:
    """Return the height of each exercise of a stack below a number of this cap height."""
    height, most = stacked[0][0][3], max(len(tasks) for _, tasks in stacked)
    return (height - _PAD_ABOVE - number - 2 * _AIR - _PAD_BELOW - (most - 1) * _STACK_GAP) / most


def _stacks(context: Context, stacked: Sequence[tuple[Area, Tasks]], number: float, accent: Colour) -> list[Item]:
    """Return the exercises of each tile below each other, because there is no room for them side by side."""
    if not stacked:
        return []
    _, _, width, height = stacked[0][0]
    items, room, each = [], width - 2 * _PAD, _stack_room(stacked, number)
    flat = [(_words(task), room) for _, tasks in stacked for task in tasks]
    names = iter(_fitted(context, flat, _STACKED, _STACKED_LEAST, 2, each))
    for (x, y, _, _), tasks in stacked:
        mine = [(task, next(names)) for task in tasks]
        top = y + height - _PAD_BELOW - sum(name.height for _, name in mine) - (len(mine) - 1) * _STACK_GAP
        for at, (task, name) in enumerate(mine):
            if at:
                # It is a little below the middle, because letters reach below their baseline.
                area = (x + _PAD, top - 0.4 * _STACK_GAP - _DIVIDER / 2, room, _DIVIDER)
                items.append(box(context, area, context.palette.line))
            items += _name(context, task, name, (x + _PAD, top + name.cap), accent)
            top += name.height + _STACK_GAP
    return items
