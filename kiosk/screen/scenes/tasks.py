"""Several tasks in one interval: an AMRAP, a list for time, or tasks together; and the rest before it."""

from __future__ import annotations

from math import inf

from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.scenes import easy
from kiosk.screen.scenes.progress import name_of, title_prefix
from kiosk.screen.scenes.running import Page, hold_words, rest_accent, work_state
from kiosk.screen.theme import State
from kiosk.screen.widgets.names import you_need
from kiosk.screen.widgets.panel import PADDING, head_baseline, head_cap, head_end, panel, tank
from kiosk.screen.widgets.press import (
    PRESS_AFTER_EACH_ROUND,
    PRESS_WHEN_ALL_IS_DONE,
    PRESS_WHEN_DONE,
    press_bar,
    press_bar_area,
    press_frame,
)
from kiosk.screen.widgets.task_rows import task_rows
from kiosk.screen.widgets.text import text
from kiosk.screen.widgets.title import title
from kiosk.screen.widgets.work_clock import (
    amrap_places,
    clock_cap,
    last_digit,
    tally,
    work_clock,
)
from kiosk.timeline import AMRAP, FOR_TIME, Interval, Kind, Mode
from kiosk.view import IntervalView, Tally

COUNTED_S = 0.6
"""Time for which the press bar shows that a round was counted."""
_BAR_HEIGHT = 0.146
_HEAD_GAP = 0.020
_HINT_ABOVE = 0.085 + 0.015
"""Distance from the cue's baseline up to the rows that the hint on a hold does not cover, in H."""


def lists_tasks(interval: Interval) -> bool:
    """Return whether the screens of this module show the interval: stations have screens of their own."""
    return interval.lists_tasks and not interval.at_stations


def work(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the tasks, the clock, and what a press means; in an AMRAP also how many rounds are done."""
    context, interval = context.tall(), view.interval
    if interval.kind is Kind.EASY and not interval.open:
        page, right = easy.clock_of(view, t_s, context)
        return page.frame(left(page), right, [])
    page = Page(view, t_s, context, work_state(view).accent(context.palette))
    if view.tally is not None:
        right = _amrap(page, view.tally)
    else:
        right = _until_pressed(page) if interval.open else page.working()
    return page.frame(left(page), right, [])


def ahead(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the tasks that come next, what they need, and the seconds until they begin."""
    context = context.tall()
    if view.interval.kind is Kind.GET_READY:
        page = Page(view, t_s, context, context.palette.ready)
        things = you_need(context, view.circuit.equipment, first=len(view.exercise.equipment))
        return page.frame(left(page), page.resting(State.READY, things, notes=bool(things)), [])
    page = Page(view, t_s, context, rest_accent(view, context))
    needs = you_need(context, view.exercise.equipment)
    return page.frame(left(page), page.resting(State.REST, needs, notes=bool(needs)), [])


def left(page: Page) -> Frame:
    """Return the title and the rows of tasks."""
    context, view, prefix = page.context, page.view, title_prefix(page.view)
    if view.next is None and view.interval.kind is Kind.GET_READY:
        # Where nothing follows, there is no first.
        prefix = "Next:"
    above = context.layout.cue_baseline - _HINT_ABOVE if hold_words(context, view.hold) else inf
    return frame(
        title(context, *names(view), prefix=prefix, accent=page.accent),
        task_rows(context, view.interval.tasks, page.t_s, page.accent, shown_s=view.shown_s, above=above),
    )


def names(view: IntervalView) -> tuple[str, ...]:
    """Return what the title says, then what it says if there is too little room. Other exercises have their names."""
    exercise = view.exercise
    if not lists_tasks(view.interval):
        return exercise.name, exercise.short
    said = next((one for one in (AMRAP, FOR_TIME) if one[1] == exercise.short), None)
    if said is None:
        return name_of(view), exercise.short
    # Elsewhere the name is that of the whole circuit, which everybody knows.
    if view.parts and view.interval.block:
        return f"{view.interval.block}, {said[0][:1].lower()}{said[0][1:]}", *said
    return said


# --- the panel --------------------------------------------------------------------------------------------------------


def _amrap(page: Page, counted: Tally) -> Frame:
    """Return the time left over a tank, the tally, and the bar, which answers a press."""
    context, view, accent = page.context, page.view, page.accent
    since_s = page.t_s - counted.since_s if counted.rounds else inf
    answers = since_s < COUNTED_S
    area, last, answer = _bar(context), view.last_seconds, "+1" if answers else ""
    words = PRESS_AFTER_EACH_ROUND
    bar = Frame(
        press_bar(context, words, accent, area=area, filled=answers, instead=answer, on_filled=last),
        COUNTED_S - since_s if answers else inf,
    )
    bottom = area[1]
    if last:
        note = count_of(counted.rounds, "round")
        head = panel(context, State.WORK, filled=True, right=note)
        return frame(head, last_digit(context, view.seconds, page.left_s, bottom), bar)
    longest_s = view.interval.duration_s
    places = amrap_places(context, longest_s, bottom)
    return frame(
        panel(context, State.WORK),
        tank(context, page.part_left, longest_s),
        work_clock(context, view.seconds, places.clock_cap, accent, places.clock_middle),
        tally(context, counted.rounds, since_s, places.tally_baseline),
        bar,
    )


def _until_pressed(page: Page) -> Frame:
    """Return the framed panel of work that a press ends. For time, its tank is full at the cap."""
    context, view, accent, state = page.context, page.view, page.accent, work_state(page.view)
    for_time, cap_s, left_s = view.interval.mode is Mode.FOR_TIME, view.interval.duration_s, view.left or 0
    words = PRESS_WHEN_ALL_IS_DONE if for_time else PRESS_WHEN_DONE
    area, pressed, last = _bar(context), view.pressed, view.last_seconds
    bar = press_bar(context, words, accent, area=area, filled=pressed, on_filled=last)
    bottom, note = area[1], f"Cap {clock_text(cap_s)}" if for_time else page.place
    if last:
        head = panel(context, state, filled=True, right=note)
        return frame(head, last_digit(context, left_s, page.left_s, bottom), bar)
    cap = clock_cap(context, cap_s - 1)
    return frame(
        panel(context, state),
        tank(context, page.part_left, cap_s, fills=True) if for_time else [],
        press_frame(context, accent, page.t_s),
        _head_right(context, state, note),
        work_clock(context, view.seconds, cap, context.palette.text, (head_baseline(context) + bottom) / 2),
        bar,
    )


def _head_right(context: Context, state: State, words: str) -> list[Item]:
    """Return a quiet text at the right end of the panel's head, in the room that the word at the left leaves."""
    if not words:
        return []
    layout, cap = context.layout, head_cap(context)
    end = layout.x1 - PADDING
    at, room = (end, head_baseline(context)), end - head_end(context, state) - _HEAD_GAP
    return [text(context, words, Weight.BOLD, cap, context.palette.text2, at, width=room, align="right")]


def _bar(context: Context) -> tuple[float, float, float, float]:
    return press_bar_area(context, _BAR_HEIGHT)
