"""The places of rows of tasks, and the sizes that all rows of a list share. Lengths are in H (the screen's height)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Task, Tasks
from kiosk.screen.context import Context, cached
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.widgets.boxes import Area
from kiosk.screen.widgets.text import common_cap, width_of

GAP = 0.015
_LOWEST, _NARROWEST = 0.090, 0.450
"""Minimum height of a row and minimum width of one of two columns. What has no room is shown in pages."""
_IN_A_COLUMN = 5
"""How many tasks are in a column at most, if there can be two."""
PADDING, INSET = 0.030, 0.014
"""Distances of a row's content from its edges: at the sides, and above and below."""
BETWEEN = 0.030
"""Distance between amount, name and athlete."""
_AMOUNT, _AMOUNT_LEAST, _NAME, _NAME_LEAST, _NAME_ALONE = 0.115, 0.050, 0.062, 0.040, 0.080
"""Maximum and minimum cap heights of amounts and names; the last is the maximum where no task has an amount."""
_LARGER = 1.8
"""How much larger the words of a single task are that has no athlete."""
_LARGE_ENOUGH = 0.050
"""Cap height from which on a name is not broken into more lines to become larger."""
_AMOUNT_PART = 0.30
"""Maximum width of the column of amounts, as a part of the row."""
LINE, _DESCENT, _MOST_LINES = 1.42, 0.3, 3
"""Line spacing of a name and the height of its descenders, in cap heights; its maximum number of lines."""
_ABOVE_FROM, _ABOVE_INSET, _ABOVE_LEAST = 0.200, 0.024, 0.046
"""Minimum height of a row with the amount above the name; its inset, and the name's cap height in the lowest one."""
_ATHLETE_FROM, _ATHLETE_LEAST, _ATHLETE_PART = 0.130, 0.180, 0.40
"""Minimum height of a row with an athlete, and the athlete's minimum width; its maximum is a part of the row."""
_SINGLE_FROM = 0.450
"""Minimum height of a row that has its athlete below its words."""
_HAIR = 1e-6


class Grid(NamedTuple):
    """The places of the rows: columns, the number of tasks on a page, and the size of a row."""

    area: Area
    columns: int
    page_size: int
    width: float
    height: float

    def place(self, index: int) -> Area:
        """Return the row of the task at this index."""
        column, row = divmod(index % self.page_size, -(-self.page_size // self.columns))
        x, top, _, _ = self.area
        return x + column * (self.width + GAP), top + row * (self.height + GAP), self.width, self.height


@cached
def grid_of(context: Context, count: int) -> Grid:
    """Return the places of `count` tasks. All pages but the last have equally many."""
    layout = context.layout
    bottom = layout.stage_bottom if layout.portrait else layout.body_bottom
    area = layout.x0, BODY_TOP, layout.lw, bottom - BODY_TOP
    width, height = area[2:]
    in_column = int((height + GAP) / (_LOWEST + GAP) + _HAIR)
    two = (width - GAP) / 2 >= _NARROWEST
    most = 2 * min(in_column, _IN_A_COLUMN) if two else in_column
    page_size = -(-count // -(-count // most))
    columns = 2 if two and page_size > min(in_column, _IN_A_COLUMN) else 1
    rows = -(-page_size // columns)
    return Grid(area, columns, page_size, (width - (columns - 1) * GAP) / columns, (height + GAP) / rows - GAP)


class Sizes(NamedTuple):
    """The sizes that all rows share.

    `column` is the width of the amounts, 0 if they are `above` the names. `athlete` is the width that the athlete
    takes, 0 if there is none; `below` is whether it stands below the words.
    """

    amount_cap: float
    name_cap: float
    column: float = 0.0
    above: bool = False
    athlete: float = 0.0
    below: bool = False

    def athlete_px(self, context: Context, row: Area) -> Rect:
        """Return the athlete's box in a row, in pixels."""
        x, y, width, height = row
        if self.below:
            top = y + self.words_height(height)
            return context.layout.rect(x + PADDING, top, width - 2 * PADDING, y + height - INSET - top)
        return context.layout.rect(x + width - INSET - self.athlete, y + INSET, self.athlete, height - 2 * INSET)

    def words_height(self, height: float) -> float:
        """Return the height of the part of a row that has the words."""
        return 2 * PADDING + max(self.amount_cap, self.name_cap) if self.below else height

    def name_room(self, width: float, *, athlete: bool) -> float:
        """Return the width of the names, with or without an athlete beside them."""
        room = width - 2 * PADDING - (self.column + BETWEEN if self.column else 0.0)
        return room - (self.athlete + BETWEEN - PADDING + INSET if athlete and not self.below else 0.0)

    def gives_athlete(self, task: Task) -> bool:
        """Return whether the row of a task keeps room for an athlete."""
        return self.athlete > 0 and task.exercise.drawn is not None


@cached
def sizes_of(context: Context, tasks: Tasks) -> Sizes:
    """Return the sizes of a list's rows: with the amounts beside the names, or above if they are larger there."""
    grid = grid_of(context, len(tasks))
    single = grid.height >= _SINGLE_FROM
    drawn = any(task.exercise.drawn is not None for task in tasks)
    drawn = drawn and grid.columns == 1 and grid.height >= _ATHLETE_FROM - _HAIR
    larger = _LARGER if single and not drawn else 1.0
    beside = _beside(context, tasks, grid, larger, drawn=drawn, below=drawn and single)
    if beside.below or not _amounts(tasks) or grid.height < _ABOVE_FROM - _HAIR:
        return beside
    above = _above(context, tasks, grid, larger, drawn=drawn)
    return above if above.amount_cap > 1.1 * beside.amount_cap else beside


def _beside(context: Context, tasks: Tasks, grid: Grid, larger: float, *, drawn: bool, below: bool) -> Sizes:
    """Return the sizes with the amounts in a column beside the names."""
    amounts, most = _amounts(tasks), min(larger * _AMOUNT, 0.50 * grid.height)
    cap = common_cap(context, amounts, Weight.BLACK, most, 0.0, _AMOUNT_PART * grid.width)
    cap = max(cap, min(most, _AMOUNT_LEAST))
    column = min(_widest(context, amounts, Weight.BLACK, cap), _AMOUNT_PART * grid.width)
    name_cap = min(larger * _NAME, cap) if amounts else min(larger * _NAME_ALONE, 0.50 * grid.height)
    sizes = Sizes(cap, name_cap, column, below=below)
    if drawn:
        sizes = sizes._replace(athlete=_athlete_width(context, tasks, sizes, grid))
    height = sizes.words_height(grid.height)
    rooms = [sizes.name_room(grid.width, athlete=sizes.gives_athlete(task)) for task in tasks]
    caps = [
        broken_name(context, task.exercise.name, name_cap, room, height).cap
        for task, room in zip(tasks, rooms, strict=True)
    ]
    return sizes._replace(name_cap=max(min(caps), min(_NAME_LEAST, name_cap)))


def _above(context: Context, tasks: Tasks, grid: Grid, larger: float, *, drawn: bool) -> Sizes:
    """Return the sizes with the amounts above the names."""
    room = grid.height - 2 * _ABOVE_INSET
    name_cap = max(_ABOVE_LEAST, min(larger * _NAME, 0.29 * room))
    cap = min(larger * _AMOUNT, room - name_cap - gap_below_amount(name_cap))
    sizes, amounts = Sizes(cap, name_cap, above=True), _amounts(tasks)
    if drawn:
        taken = _widest(context, amounts, Weight.BLACK, cap)
        sizes = sizes._replace(athlete=_athlete_width(context, tasks, sizes, grid, taken))
    width, names = sizes.name_room(grid.width, athlete=drawn), tuple(task.exercise.name for task in tasks)
    return sizes._replace(
        amount_cap=max(_AMOUNT_LEAST, common_cap(context, amounts, Weight.BLACK, cap, 0.0, width)),
        name_cap=max(_NAME_LEAST, common_cap(context, names, Weight.BOLD, name_cap, 0.0, width)),
    )


def gap_below_amount(name_cap: float) -> float:
    """Return the distance between an amount and the name below it."""
    return 0.58 * name_cap


def _athlete_width(context: Context, tasks: Tasks, sizes: Sizes, grid: Grid, taken: float = 0.0) -> float:
    """Return the athlete's width: what the words leave, but not less than its minimum. `taken` is that of amounts."""
    names = [task.exercise.name for task in tasks if task.exercise.drawn is not None]
    needs = max(taken, _widest(context, names, Weight.BOLD, sizes.name_cap))
    free = sizes.name_room(grid.width, athlete=True) - needs
    return max(_ATHLETE_LEAST, min(_ATHLETE_PART * grid.width, free))


def _amounts(tasks: Tasks) -> tuple[str, ...]:
    return tuple(task.amount for task in tasks if task.amount)


def _widest(context: Context, texts: Sequence[str], weight: Weight, cap: float) -> float:
    return max((width_of(context, one, weight, cap) for one in texts), default=0.0)


# --- names ------------------------------------------------------------------------------------------------------------


class Name(NamedTuple):
    """A name, broken into lines for one cap height."""

    cap: float
    lines: tuple[str, ...]


def broken_name(context: Context, words: str, most: float, room: float, height: float) -> Name:
    """Return a name as large as it fits, up to `most`. It has several lines only if it would be small on one."""
    best = Name(0.0, ())
    for count in range(1, min(_MOST_LINES, len(words.split())) + 1):
        lines = _split(context, words, count)
        cap = min(most, (height - 2 * INSET) / (1 + (count - 1) * LINE + _DESCENT))
        cap = common_cap(context, lines, Weight.BOLD, cap, 0.0, room)
        if cap > 1.1 * best.cap:
            best = Name(cap, lines)
        if cap >= min(_LARGE_ENOUGH, most):
            break
    return best


@cached
def _split(context: Context, words: str, count: int) -> tuple[str, ...]:
    """Return the words in `count` lines, the widest of which is as narrow as possible."""
    if count == 1:
        return (words,)
    each = words.split()
    splits = (
        (" ".join(each[:end]), *_split(context, " ".join(each[end:]), count - 1))
        for end in range(1, len(each) - count + 2)
    )
    return min(splits, key=lambda lines: _widest(context, lines, Weight.BOLD, _NAME))
