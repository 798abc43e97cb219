"""The finished screen of a circuit with an AMRAP or work for time: how many rounds were done, or how long it took."""

from __future__ import annotations

from kiosk.circuit import Amrap, ForTime, Tasks
from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP, TITLE_BASELINE
from kiosk.screen.scenes import finished
from kiosk.screen.scenes.finished import (
    WORD_BASELINE_PORTRAIT,
    celebration,
    free_areas,
    go_again,
    scores_top,
    texts_end,
)
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.call import call_top
from kiosk.screen.widgets.confetti import LASTS_S
from kiosk.screen.widgets.names import flow
from kiosk.screen.widgets.text import fit, text, width_of
from kiosk.timeline import AMRAP, FOR_TIME, Mode
from kiosk.view import TIME_CAP, FinishedView, Score

_DONE, _TOTAL = "Done!", "Total time"
_WORD_CAP, _HERO_CAP, _UNIT_CAP, _HERO_MIDDLE = 0.075, 0.300, 0.110, 0.345
_HERO_CAP_PORTRAIT, _CARD_ABOVE = 0.180, 0.028
"""In portrait: cap height of what is large, and distance from the card to the call to action, in H."""
_CARD_TOP, _CARD_HEIGHT, _PADDING, _RADIUS = 0.557, 0.243, 0.030, 0.025
_NAME_CAP, _NOTE_CAP, _NAME_LEAST, _NAME_BASELINE = 0.055, 0.042, 0.036, 0.094
_TASKS_SIZES = ((1, (0.042, 0.040, 0.038, 0.036)), (2, (0.036, 0.034, 0.032, 0.030)))
"""Cap heights of the tasks, in H (the screen's height), on one line and on two."""
_TASKS_MIDDLE, _TASKS_LINE, _TASKS_GAP = 0.173, 1.60, 0.45
"""Distance of their middle from the top of the card; line spacing and the space between two tasks, in cap heights."""
_LIST_WORD_CAP, _FEW = 0.165, 4
"""Cap height of the word above fewer results than _FEW; above more it is smaller."""
_ROWS_BOTTOM, _ROW_GAP, _ROW_HIGHEST, _ROW_LOWEST, _ROW_RADIUS = 0.800, 0.0085, 0.110, 0.060, 0.018
_ROW_CAP, _ROW_PADDING, _ROWS_BELOW = 0.050, 0.026, 0.075
_EACH = 4
"""Number of results under one name up to which each is listed."""
_VALUE_PART = 0.62
"""Maximum width of a row's value, as a part of the row."""


def draw(view: FinishedView, t_s: float, context: Context) -> Frame:
    """Draw what was reached: large if the circuit is one list against the clock, else in a list of its parts."""
    if not view.scores:
        return finished.draw(view, t_s, context)
    if isinstance(view.circuit.content, Amrap | ForTime):
        return _single(view, view.scores[0], t_s, context)
    return _several(view, t_s, context)


def figures_ahead(view: FinishedView, context: Context) -> list[SizedFigure]:
    return finished.figures_ahead(context, scored=bool(view.scores))


# --- a single list ----------------------------------------------------------------------------------------------------


def _single(view: FinishedView, score: Score, t_s: float, context: Context) -> Frame:
    layout, palette = context.layout, context.palette
    word, colour = (TIME_CAP, palette.text) if score.out_of_time else (_DONE, palette.work)
    most, at = (_LIST_WORD_CAP, WORD_BASELINE_PORTRAIT) if layout.portrait else (_WORD_CAP, TITLE_BASELINE)
    if layout.portrait and word == TIME_CAP:
        # Its last letter reaches down to the figure.
        most *= 0.75
    _, cap = fit(context, (word,), Weight.BLACK, most, 0.0, layout.lw)
    word_end = layout.x0 + width_of(context, word, Weight.BLACK, cap)
    # There is no confetti when the time was up; the figure jumps once and again, as after the confetti.
    free = () if word == TIME_CAP else free_areas(context, word_end, 0.165, scored=True)
    return frame(
        celebration(context, t_s + LASTS_S if word == TIME_CAP else t_s, free, scored=True),
        [text(context, word, Weight.BLACK, cap, colour, (layout.x0, at), width=layout.lw)],
        _hero(context, score),
        _card(context, view.circuit.name, score),
        go_again(view, t_s, context),
    )


@cached
def _hero(context: Context, score: Score) -> list[Item]:
    """Return the time, or the number of rounds, as large as it fits."""
    layout, colour = context.layout, context.palette.text
    width, most, middle = texts_end(context) - layout.x0, _HERO_CAP, _HERO_MIDDLE
    if layout.portrait:
        most, middle = _HERO_CAP_PORTRAIT, scores_top(context) + _HERO_CAP_PORTRAIT / 2
    if score.mode is not Mode.AMRAP:
        words, cap = fit(context, (score.time,), Weight.BLACK, most, 0.0, width)
        return [text(context, words, Weight.BLACK, cap, colour, (layout.x0, middle + cap / 2), width=width)]
    number, unit = count_of(score.rounds, "round").split()
    wide, gap = width_of(context, number, Weight.BLACK, most), 0.3 * _UNIT_CAP
    whole = wide + gap + width_of(context, unit, Weight.BLACK, _UNIT_CAP)
    # A hundredth less, because widths are rounded to pixels.
    scale = min(1.0, 0.99 * width / whole)
    x, baseline = layout.x0 + (wide + gap) * scale, middle + most * scale / 2
    return [
        text(context, number, Weight.BLACK, most * scale, colour, (layout.x0, baseline)),
        text(context, unit, Weight.BLACK, _UNIT_CAP * scale, colour, (x, baseline)),
    ]


@cached
def _card(context: Context, name: str, score: Score) -> list[Item]:
    """Return the card that says what was done."""
    layout, palette = context.layout, context.palette
    x, width = layout.x0, texts_end(context) - layout.x0
    left, end, room = x + _PADDING, x + width - _PADDING, width - 2 * _PADDING
    note = f"{'Cap' if score.mode is Mode.FOR_TIME else 'In'} {clock_text(score.cap_s)}"
    note = "" if score.out_of_time else note
    name_room = room - (width_of(context, note, Weight.BOLD, _NOTE_CAP) + 0.030 if note else 0.0)
    top = _card_top(context)
    baseline = top + _NAME_BASELINE
    at = (left, baseline)
    items = [
        box(context, (x, top, width, _CARD_HEIGHT), palette.surface, _RADIUS),
        text(context, name, Weight.BLACK, _NAME_CAP, palette.text, at, width=name_room, least=_NAME_LEAST),
    ]
    if note:
        items.append(text(context, note, Weight.BOLD, _NOTE_CAP, palette.text2, (end, baseline), align="right"))
    return [*items, *_tasks(context, score.tasks, (left, end))]


def _card_top(context: Context) -> float:
    layout = context.layout
    return call_top(context) - _CARD_ABOVE - _CARD_HEIGHT if layout.portrait else _CARD_TOP


def _tasks(context: Context, tasks: Tasks, between: tuple[float, float]) -> list[Item]:
    """Return the tasks on one line or two, `between` a left and a right edge."""
    (left, end), sizes = between, [(cap, rows) for rows, caps in _TASKS_SIZES for cap in caps]
    cap, placed = flow(context, _task_words(tasks), end - left, sizes, gap=_TASKS_GAP, number="and {} more".format)
    rows = 1 + placed[-1].row
    first = _card_top(context) + _TASKS_MIDDLE + cap / 2 - (rows - 1) * _TASKS_LINE * cap / 2
    return [
        text(
            context,
            one.words,
            Weight.BOLD,
            cap,
            context.palette.text2 if one.number else context.palette.text,
            (left + one.x, first + one.row * _TASKS_LINE * cap),
            width=one.width + 0.002,
        )
        for one in placed
    ]


def _task_words(tasks: Tasks) -> list[str]:
    """Return the words of each task. An amount that all have is said once."""
    amount = tasks[0].amount
    common = len(tasks) > 1 and amount and all(task.amount == amount for task in tasks)
    said = [task.exercise.name if common else task.words for task in tasks]
    words = [f"{one}," for one in said[:-1]] + said[-1:]
    return [f"{amount}: {words[0]}", *words[1:]] if common else words


# --- several ----------------------------------------------------------------------------------------------------------


def _several(view: FinishedView, t_s: float, context: Context) -> Frame:
    layout, palette = context.layout, context.palette
    results, end = listed(view.scores), texts_end(context)
    few = len(results) < _FEW
    cap, baseline, top = (_LIST_WORD_CAP, 0.300, 0.445) if few else (_WORD_CAP, TITLE_BASELINE, BODY_TOP)
    at: tuple[float, float] | None = (layout.x0, 0.395) if few else None
    if layout.portrait:
        cap, baseline, top = _LIST_WORD_CAP, WORD_BASELINE_PORTRAIT, scores_top(context) + _ROWS_BELOW
        at = layout.x0, top - 0.034
    word_end = layout.x0 + width_of(context, _DONE, Weight.BLACK, cap)
    at = at or (word_end + 0.040, TITLE_BASELINE)
    beside = few or layout.portrait
    free = free_areas(context, word_end, 0.328, scored=True) if beside else free_areas(context, end, 0.0)
    return frame(
        celebration(context, t_s, free, scored=True),
        [
            text(context, _DONE, Weight.BLACK, cap, palette.work, (layout.x0, baseline)),
            text(context, view.circuit.name, Weight.BOLD, 0.045, palette.text, at, width=end - at[0]),
        ],
        _rows(context, results, clock_text(view.total_s), top),
        go_again(view, t_s, context),
    )


def listed(scores: tuple[Score, ...]) -> tuple[tuple[str, str], ...]:
    """Return the names with what was reached. What was done several times under one name is listed once."""
    names = dict.fromkeys((score.name, score.mode) for score in scores)
    found = []
    for name, mode in names:
        here = [score for score in scores if (score.name, score.mode) == (name, mode)]
        # A list without a name of its own has a whole sentence as its name.
        found.append((dict((AMRAP, FOR_TIME)).get(name, name), _result(here)))
    return tuple(found)


def _result(scores: list[Score]) -> str:
    """Return what was reached in one list: each time, or the sum or the best if it was done many times."""
    if len(scores) == 1:
        return scores[0].result
    if scores[0].mode is Mode.AMRAP:
        rounds = [score.rounds for score in scores]
        return " + ".join(map(str, rounds)) + " rounds" if len(rounds) <= _EACH else count_of(sum(rounds), "round")
    if len(scores) <= _EACH:
        return ", ".join(score.result for score in scores)
    best = min(scores, key=lambda score: (score.out_of_time, score.used_s))
    return best.result if best.out_of_time else f"Best {best.result}"


@cached
def _rows(context: Context, results: tuple[tuple[str, str], ...], total: str, top: float) -> list[Item]:
    """Return a row for each result and one for the total time, from `top` on."""
    layout, palette = context.layout, context.palette
    bottom = call_top(context) - _CARD_ABOVE if layout.portrait else _ROWS_BOTTOM
    width, height = texts_end(context) - layout.x0, bottom - top
    most = int((height + _ROW_GAP) / (_ROW_LOWEST + _ROW_GAP)) - 1
    if len(results) > most:
        results = (*results[: most - 1], (f"and {len(results) - most + 1} more", ""))
    rows = (*results, (_TOTAL, total))
    row = min(_ROW_HIGHEST, (height + _ROW_GAP) / len(rows) - _ROW_GAP)
    cap, room = min(_ROW_CAP, 0.5 * row), width - 2 * _ROW_PADDING
    left, end = layout.x0 + _ROW_PADDING, layout.x0 + width - _ROW_PADDING
    items = []
    for index, (name, value) in enumerate(rows):
        y = top + index * (row + _ROW_GAP)
        baseline = y + row / 2 + cap / 2
        items.append(box(context, (layout.x0, y, width, row), palette.surface, _ROW_RADIUS))
        taken = 0.0
        if value:
            words, value_cap = fit(context, (value,), Weight.BLACK, cap, 0.0, _VALUE_PART * room)
            taken, at = width_of(context, words, Weight.BLACK, value_cap) + _ROW_PADDING, (end, baseline)
            items.append(text(context, words, Weight.BLACK, value_cap, palette.text, at, align="right"))
        colour = palette.text2 if index >= len(results) or not value else palette.text
        items.append(text(context, name, Weight.BOLD, cap, colour, (left, baseline), width=room - taken))
    return items
