"""The briefing shows the stations one after the other before the circuit begins, so that everybody finds theirs."""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Exercise, Tasks
from kiosk.colour import mix
from kiosk.duration import clock_text
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, frame
from kiosk.screen.entry_words import station_name
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP, TITLE_BASELINE
from kiosk.screen.scenes.running import hold_words
from kiosk.screen.widgets.boxes import Area, box, part_of_box
from kiosk.screen.widgets.call import call_to_action, call_top
from kiosk.screen.widgets.form_card import shown_side
from kiosk.screen.widgets.icons import icon, page_dots
from kiosk.screen.widgets.name_stage import is_name_only
from kiosk.screen.widgets.paragraphs import line_items, set_paragraphs
from kiosk.screen.widgets.stage import overhang_of, stage
from kiosk.screen.widgets.text import common_cap, shortened, text, width_of
from kiosk.screen.widgets.title import title
from kiosk.session import BRIEFED_S
from kiosk.view import BriefingView

BOTTOM = 0.800
"""Bottom of both columns in landscape, in H (the screen's height)."""
_PORTRAIT_LIST, _PORTRAIT_ONE_COLUMN, _COLUMN_GAP = 0.44, 6, 0.020
"""In portrait the list is below the station: maximum part of the height that it takes, the most stations in one column,
and the gap between two columns."""
_PORTRAIT_GAP, _PORTRAIT_CALL_GAP = 0.055, 0.050
"""Gaps above and below the list in portrait. The dots for the pages are in the lower one."""
_WHERE_CAP, _WHERE_GAP = 0.045, 0.045
_NUMBER_CAP, _SMALL_NUMBER_CAP, _NUMBER_TOP, _NUMBER_GAP = 0.200, 0.150, 0.180, 0.030
"""Cap height of the station's number, the same on a narrow screen or of two digits, its top, and the gap after it."""
_STAGE_TOP, _STAGE_ABOVE = 0.200, 0.145
_LINES_ABOVE, _LINE_CAP, _LINE_LEAST = (0.080, 0.018), 0.040, 0.030
"""The figure's top, the distance of its bottom from that of the column, and the same for the baselines of the lines."""
_NAME_MOST, _NAME_LEAST, _PORTRAIT_NAME_LEAST, _NAME_GAP = 0.100, 0.050, 0.036, 0.060
"""Maximum and minimum cap heights of what is done, where that is all there is to show, and the gap above it."""
_GAP, _RADIUS, _BAR = 0.0085, 0.018, 0.010
_ROW_MOST, _PAGE = 0.104, 12
_NUMBER_X, _NAME_X, _END, _CHECK = 0.033, 0.018, 0.027, 0.44
"""Spaces in a row before and after the number and at the end, and the size of a check mark in cap heights."""
_NAME_ROW_LEAST = 0.028
_FILLED = 0.16


def draw(view: BriefingView, t_s: float, context: Context) -> Frame:
    layout, tasks = context.layout, view.stations[view.place]
    here, number = _exercise(tasks), str(view.place + 1)
    hint = hold_words(context, view.hold)
    # The hint is as wide as a narrow screen, and in portrait it is where the list is.
    hidden = bool(hint) and (layout.narrow or layout.portrait)
    words = _words(context, tasks, len(view.stations))
    return frame(
        _heading(context, view.circuit.name, view.stations, view.place),
        _number(context, number, len(view.stations)),
        _picture(context, here, t_s, len(view.stations)),
        [] if hidden else _list(context, view.stations, view.place, t_s),
        [*words, *hint] if layout.portrait else hint or words,
        call_to_action(context, "Press to start now", note=f"Starts in {clock_text(view.seconds)}", t_s=t_s),
    )


def figures_ahead(view: BriefingView, context: Context) -> list[SizedFigure]:
    """Return the figures of this station and the next, with the sizes of their boxes."""
    stations = [*view.stations[view.place :], view.stations[0]][:2]
    shown, count = [_exercise(tasks) for tasks in stations], len(view.stations)
    return [SizedFigure(one.drawn, _box(context, one, count).size) for one in shown if one.drawn is not None]


def _exercise(tasks: Tasks) -> Exercise:
    """Return what is done at a station: of several exercises the first one, under the names of all."""
    first, *others = (task.exercise for task in tasks)
    if not others:
        return first
    # The how of the first one would not tell what the others are.
    return first._replace(name=" + ".join(task.exercise.name for task in tasks), short=station_name(tasks), how=())


@cached
def _heading(context: Context, circuit: str, stations: tuple[Tasks, ...], place: int) -> list[Item]:
    """Return the title, with the amount if there is one task, and which of the stations it is.

    The title is the circuit's name if all that is known of the exercise is a name, which is large then.
    """
    layout, tasks, exercise = context.layout, stations[place], _exercise(stations[place])
    where = f"Station {place + 1} of {len(stations)}"
    end = (layout.x1, TITLE_BASELINE)
    width = layout.fw - width_of(context, where, Weight.BOLD, _WHERE_CAP) - _WHERE_GAP
    amount, accent = tasks[0].amount if len(tasks) == 1 else "", context.palette.work
    names, amount = ((circuit,), "") if is_name_only(exercise) else ((exercise.name, exercise.short), amount)
    return [
        *title(context, *names, prefix=amount, accent=accent, width=width),
        text(context, where, Weight.BOLD, _WHERE_CAP, context.palette.text2, end, align="right"),
    ]


def _number_cap(context: Context, stations: int) -> float:
    return _SMALL_NUMBER_CAP if context.layout.narrow or stations > 9 else _NUMBER_CAP


def _number(context: Context, number: str, stations: int) -> list[Item]:
    cap = _number_cap(context, stations)
    at = (context.layout.x0, _NUMBER_TOP + cap)
    return [text(context, number, Weight.BLACK, cap, context.palette.work, at)]


def _box(context: Context, exercise: Exercise, stations: int) -> Rect:
    """Return the figure's box, in pixels, beside the widest number: all stations have boxes of the same size."""
    layout, left = context.layout, _stage_x(context, stations)
    bottom = _column_bottom(context, stations) - _STAGE_ABOVE
    return layout.rect(left, _STAGE_TOP, layout.x0 + layout.lw + overhang_of(exercise) - left, bottom - _STAGE_TOP)


def _column_bottom(context: Context, stations: int) -> float:
    """Return the bottom of the column about the station on show, in H. In portrait it is above the list."""
    return _list_top(context, stations) - _PORTRAIT_GAP if context.layout.portrait else BOTTOM


def _picture(context: Context, exercise: Exercise, t_s: float, stations: int) -> Frame:
    if is_name_only(exercise):
        return Frame([])
    side, accent = shown_side(exercise), context.palette.work
    return stage(context, exercise, t_s, _box(context, exercise, stations), accent, side=side, arrows=True)


@cached
def _stage_x(context: Context, stations: int) -> float:
    widest = "0" * len(str(stations))
    return context.layout.x0 + width_of(context, widest, Weight.BLACK, _number_cap(context, stations)) + _NUMBER_GAP


@cached
def _words(context: Context, tasks: Tasks, stations: int) -> list[Item]:
    """Return how to do the exercise, or what the tasks are. Without a picture these are all there is, and large."""
    layout, colour, exercise = context.layout, context.palette.text, _exercise(tasks)
    if is_name_only(exercise):
        return _large(context, tasks, stations)
    lines = exercise.how or (tuple(task.words for task in tasks) if len(tasks) > 1 else ())
    lines = lines if len(lines) <= len(_LINES_ABOVE) else (", ".join(lines),)
    cap = common_cap(context, lines, Weight.BOLD, _LINE_CAP, _LINE_LEAST, layout.lw)
    bottom = _column_bottom(context, stations)
    return [
        text(context, words, Weight.BOLD, cap, colour, (layout.x0, bottom - above), width=layout.lw)
        for words, above in zip(lines, _LINES_ABOVE, strict=False)
    ]


def _large(context: Context, tasks: Tasks, stations: int) -> list[Item]:
    """Return what is done in large lines below the number."""
    layout, colour = context.layout, context.palette.text
    top, words = _NUMBER_TOP + _number_cap(context, stations) + _NAME_GAP, tuple(task.words for task in tasks)
    height = _column_bottom(context, stations) - top
    least = _PORTRAIT_NAME_LEAST if layout.portrait else _NAME_LEAST
    setting = set_paragraphs(context, words, layout.lw, height, most=_NAME_MOST, least=least, gap=0.1)
    items: list[Item] = []
    for lines, down in zip(setting.paragraphs, setting.offsets, strict=False):
        at = (layout.x0, top + setting.cap + down)
        items += line_items(context, lines, setting.cap, colour, at, layout.lw)
    return items


# --- the list ---------------------------------------------------------------------------------------------------------


def _list(context: Context, stations: tuple[Tasks, ...], place: int, t_s: float) -> Frame:
    """Return the list of all stations. The one on show fills, as its time passes; those shown have a check mark."""
    palette, radius_px = context.palette, context.layout.px(_RADIUS)
    rect = context.layout.rect(*_row(context, len(stations), place))
    filled = Rect(*rect.topleft, round(rect.width * min(1.0, max(0.0, t_s / BRIEFED_S))), rect.height)
    colour = mix(palette.surface2, palette.work, _FILLED)
    fill = [part_of_box(context, rect, filled, colour, radius_px)] if filled.width else []
    below, above = _rows(context, stations, place)
    return Frame([*below, *fill, *above], max(SMOOTH_S, BRIEFED_S / rect.width))


def _row(context: Context, stations: int, place: int) -> Area:
    """Return the row of a station in the list, which is in pages if there are many."""
    layout, size = context.layout, _page_size(stations)
    columns, in_column, step = _steps(context, stations)
    width = (layout.rc - (columns - 1) * _COLUMN_GAP) / columns
    column, down = divmod(place % size, in_column)
    return layout.rx + column * (width + _COLUMN_GAP), _list_top(context, stations) + down * step, width, step - _GAP


def _steps(context: Context, stations: int) -> tuple[int, int, float]:
    """Return the number of columns, that of rows in a column, and the distance between two rows in H."""
    size, height = _page_size(stations), BOTTOM - BODY_TOP
    columns = 2 if context.layout.portrait and size > _PORTRAIT_ONE_COLUMN else 1
    if context.layout.portrait:
        height = _PORTRAIT_LIST * (_list_bottom(context) - BODY_TOP)
    in_column = -(-size // columns)
    return columns, in_column, min(_ROW_MOST + _GAP, (height + _GAP) / in_column)


def _list_top(context: Context, stations: int) -> float:
    if not context.layout.portrait:
        return BODY_TOP
    _, in_column, step = _steps(context, stations)
    return _list_bottom(context) - in_column * step + _GAP


def _list_bottom(context: Context) -> float:
    return call_top(context) - _PORTRAIT_CALL_GAP if context.layout.portrait else BOTTOM


def _page_size(stations: int) -> int:
    pages = -(-stations // _PAGE)
    return -(-stations // pages)


@cached
def _rows(context: Context, stations: tuple[Tasks, ...], place: int) -> tuple[list[Item], list[Item]]:
    """Return the boxes of the rows on the page, and what is in them."""
    palette, size = context.palette, _page_size(len(stations))
    first = place // size * size
    page = range(first, min(first + size, len(stations)))
    cap = min(0.040, max(0.030, 0.46 * _row(context, len(stations), place)[3]))
    number_width = width_of(context, "0" * len(str(len(stations))), Weight.BLACK, cap)
    boxes, words = [], []
    for index in page:
        here, (x, y, width, height) = index == place, _row(context, len(stations), index)
        fill, number, colour = palette.surface, palette.text2, palette.text2
        if here:
            fill, number, colour = palette.surface2, palette.work, palette.text
            words.append(box(context, (x, y + 0.18 * height, _BAR, 0.64 * height), palette.work, 0.004))
        boxes.append(box(context, (x, y, width, height), fill, _RADIUS))
        baseline, left, right = y + height / 2 + cap / 2, x + _NUMBER_X, x + width - _END
        middle, name_x = (left + number_width / 2, baseline), left + number_width + _NAME_X
        words.append(text(context, str(index + 1), Weight.BLACK, cap, number, middle, align="tabular"))
        if index < place:
            words.append(icon(context, "check", (right - _CHECK * cap, y + height / 2), _CHECK * cap, colour))
        # All names have room for a check mark, so that none changes its size when it gets one.
        room = right - 3 * _CHECK * cap - name_x
        name = station_name(stations[index])
        shorter = shortened(context, name, Weight.BOLD, _NAME_ROW_LEAST, room)
        at = (name_x, baseline)
        words.append(
            text(context, name, Weight.BOLD, cap, colour, at, width=room, least=_NAME_ROW_LEAST, instead=(shorter,))
        )
    first_dot = context.layout.rx + _NUMBER_X, _list_bottom(context) + 0.020
    boxes += page_dots(context, first_dot, -(-len(stations) // size), place // size)
    return boxes, words
