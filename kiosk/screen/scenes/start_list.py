"""The list on the start screen: the exercises, stations or parts of a circuit, and where the tour is."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.circuit import MOST_LISTED, Amrap, Circuit, Entry, Exercise, ForTime, Stations, Task, Work, tasks_of
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.entry_words import length_text, station_name, task_words, times
from kiosk.screen.widgets.boxes import Area
from kiosk.screen.widgets.name_stage import is_name_only
from kiosk.screen.widgets.part_list import GAP as PART_GAP
from kiosk.screen.widgets.part_list import Inside, Row, Sizes, all_fit, part_list, room_inside
from kiosk.screen.widgets.rows import CAP, GAP, HIGHEST, rows
from kiosk.timeline import Part
from kiosk.view import StartView

_WIDE_CAP, _WIDE_HIGHEST, _PORTRAIT_HIGHEST = 0.055, 0.130, 0.160
"""Maximum cap height and height of a row in a list as wide as the screen, in H (the screen's height)."""
_PART_SIZES = Sizes(row=0.068, row_least=0.060, name=0.038, line=0.032, line_least=0.028, step=0.0482, below=0.015)
_WIDE_PART_SIZES = Sizes(row=0.100, row_least=0.064, name=0.048, line=0.038, line_least=0.034, step=0.053, below=0.020)
_PORTRAIT_PART_SIZES = Sizes(
    row=0.120, row_least=0.064, name=0.050, line=0.040, line_least=0.030, step=0.060, below=0.026
)
_ONE_COLUMN = 6
"""Maximum number of rows in one column of a list as wide as the screen."""
_LINES_MOST = 6
_LINE_INDENT = 0.035
_AMOUNT_MOST = 9
"""Maximum number of letters of an amount that leads its exercise, in place of a number."""


def tour_list(context: Context, view: StartView, top: float, bottom: float, accent: Colour) -> list[Item]:
    """Return the list between `top` and `bottom`, at the right, or as wide as the screen if there are no figures."""
    layout, circuit = context.layout, view.circuit
    wide = only_names(circuit.exercises)
    area = (layout.x0, top, layout.fw, bottom - top) if wide else (layout.rx, top, layout.rc, bottom - top)
    cap, highest = (_WIDE_CAP, _PORTRAIT_HIGHEST if layout.portrait else _WIDE_HIGHEST) if wide else (CAP, HIGHEST)
    if view.parts:
        return _part_list(context, view.parts, *spot(view), area, accent, wide=wide)
    exercises, place, (lead, trail) = circuit.exercises, view.place, _amounts(circuit)
    if isinstance(circuit.content, Stations):
        exercises, place, lead, trail = _as_exercises(circuit.content), spot(view)[1], (), ()
    # Amounts at the ends of the rows need the whole width.
    columns = 2 if wide and len(exercises) > _ONE_COLUMN and not trail else 1
    return rows(
        context, exercises, place, area, accent, lead=lead, trail=trail, cap=cap, highest=highest, columns=columns
    )


def list_height(view: StartView) -> float:
    """Return the height, in H, of the list beside or below a figure if all its rows have their full height."""
    if view.parts:
        lines = max(min(len(_lines(part)), _LINES_MOST) for part in view.parts)
        return len(view.parts) * (_PART_SIZES.row + PART_GAP) - PART_GAP + _PART_SIZES.opened(0.0, lines)
    content = view.circuit.content
    shown = len(content.laps[0].stations) if isinstance(content, Stations) else len(view.circuit.exercises)
    return shown * (HIGHEST + GAP) - GAP


def only_names(exercises: tuple[Exercise, ...]) -> bool:
    """Return whether there is nothing to show of any of the exercises but its name."""
    return all(map(is_name_only, exercises))


def card_prefix(view: StartView) -> str:
    """Return what is before the name on a form card: the number in the list, or the amount if that leads there."""
    if view.parts:
        return ""
    lead = _amounts(view.circuit)[0]
    return lead[view.place] if lead else str(spot(view)[1] + 1)


def spot(view: StartView) -> tuple[int, int]:
    """Return where the tour's exercise is: the index of its part, 0 if there are no parts, and of its line there."""
    circuit = view.circuit
    entries = tuple(part.entry for part in view.parts) or (circuit.content,)
    spots = [
        (index, *line) for index, entry in enumerate(entries) for line in _lines_of(entry, in_part=bool(view.parts))
    ]
    if len(spots) <= MOST_LISTED:
        return spots[view.place][:2]
    # Of many exercises, the tour has each once.
    exercise = circuit.exercises[view.place]
    return next((part, line) for part, line, one in spots if one == exercise)


def _lines_of(entry: Entry, *, in_part: bool) -> Iterator[tuple[int, Exercise]]:
    """Yield for each task of an entry the index of its line in the list, and its exercise."""
    if isinstance(entry, Stations):
        yield from ((index, task.exercise) for index, tasks in enumerate(entry.laps[0].stations) for task in tasks)
        return
    exercises = [task.exercise for task in tasks_of(entry)]
    # A part lists each exercise once.
    once = list(dict.fromkeys(exercises))
    yield from ((once.index(one) if in_part else index, one) for index, one in enumerate(exercises))


# --- without parts ----------------------------------------------------------------------------------------------------


def _amounts(circuit: Circuit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the amounts that lead the exercises in place of numbers, and those that follow them: one of both at most.

    The tasks of one list, such as those of an AMRAP, are known by their amounts. In a list as wide as the screen, an
    amount at its end would be too far from the name.
    """
    tasks = _toured(circuit)
    amounts = tuple(task.amount for task in tasks)
    one_list = isinstance(circuit.content, Amrap | ForTime | Work) and len(tasks) > 1
    if (one_list or only_names(circuit.exercises)) and all(0 < len(amount) <= _AMOUNT_MOST for amount in amounts):
        return amounts, ()
    return (), amounts if any(amounts) else ()


def _toured(circuit: Circuit) -> tuple[Task, ...]:
    """Return the task of each of the circuit's exercises."""
    tasks = tuple(tasks_of(circuit.content))
    if len(tasks) <= MOST_LISTED:
        return tasks
    first = {task.exercise: task for task in reversed(tasks)}
    return tuple(first[exercise] for exercise in circuit.exercises)


def _as_exercises(stations: Stations) -> tuple[Exercise, ...]:
    every = stations.laps[0].stations
    return tuple(tasks[0].exercise._replace(short=station_name(tasks)) for tasks in every)


# --- the parts of a class ---------------------------------------------------------------------------------------------


@cached
def _part_list(
    context: Context, parts: tuple[Part, ...], part: int, line: int, area: Area, accent: Colour, *, wide: bool
) -> list[Item]:
    """Return the parts of a class. The open one shows its exercises, a few at a time if there are many."""
    listed = tuple(Row(one.name, times(one.entry), length_text(one)) for one in parts)
    lines, most = _lines(parts[part]), max(min(len(_lines(one)), _LINES_MOST) for one in parts)
    # The sizes are the same whichever part is open.
    largest = _PORTRAIT_PART_SIZES if context.layout.portrait else _WIDE_PART_SIZES
    sizes = largest if wide and all_fit(len(parts), most, area[3], largest) else _PART_SIZES
    size = min(_LINES_MOST, room_inside(len(parts), area[3], sizes, beside=3 if len(parts) <= 4 else 2))
    if len(lines) > size:
        first = line // (size - 1) * (size - 1)
        page = lines[first : first + size - 1]
        lines, line = (*page, f"and {len(lines) - len(page)} more"), line - first
    return part_list(context, listed, part, Inside(lines, here=line, indent=_LINE_INDENT), area, sizes, accent)


def _lines(part: Part) -> tuple[str, ...]:
    """Return the lines about a part: its exercises or its stations. One exercise with the part's name needs none."""
    if isinstance(part.entry, Stations):
        named = map(station_name, part.entry.laps[0].stations)
        return tuple(f"{number} {name}" for number, name in enumerate(named, 1))
    words = {task.exercise: task_words(task) for task in reversed(tuple(tasks_of(part.entry)))}
    lines = tuple(words[exercise] for exercise in part.exercises)
    return () if lines == (part.name,) else lines
