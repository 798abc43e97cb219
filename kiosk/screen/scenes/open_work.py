"""Open work: so many reps, until somebody presses. The panel has a frame, and nothing in it runs out."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.duration import clock_text
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.scenes.progress import counts_sets
from kiosk.screen.scenes.running import ARROWS_S, Page, work_state
from kiosk.screen.widgets.amount import large_amount
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.panel import (
    PADDING,
    SIDES_HEIGHT,
    beside,
    head_baseline,
    head_cap,
    head_middle,
    panel,
    side_control,
)
from kiosk.screen.widgets.press import PRESS_WHEN_DONE, press_bar, press_bar_area, press_frame
from kiosk.screen.widgets.text import clock, fit, width_of, zeros_for
from kiosk.view import IntervalView

_HEAD_BOTTOM = 0.006
"""Distance from the head's baseline to the room for what is large in the panel, in H (the screen's height)."""
_CLOCK_ICON, _CLOCK_GAP = 0.019, 0.015
_GAP = 0.012
"""Space between the side control and the press bar, in H."""
_LARGEST, _SPACE = 0.290, 0.025
"""Maximum cap height of the clock, and the least space above and below it, in H."""


def draw(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw the amount, or the time since the start if there is none, and what a press means."""
    page = Page(view, t_s, context, work_state(view).accent(context.palette))
    right = _last_seconds(page) if view.last_seconds else _panel(page)
    return page.frame(
        page.exercise(arrows_s=ARROWS_S), right, cue(context, view.lines, page.accent) if view.lines else []
    )


def _panel(page: Page) -> Frame:
    view, context, text_colour = page.view, page.context, page.context.palette.text
    amount, bottom = view.interval.amount, _bottom(page)
    if amount:
        head = [*panel(context, work_state(view)), *_small_clock(context, view.seconds, context.palette.text2)]
        # The head has the clock, so it cannot say which set this is.
        which = page.place.lower() if view.interval.sets > 1 and not counts_sets(view) else ""
        hero = large_amount(context, amount, text_colour, _top(context), bottom, which, width=_width(page))
    else:
        head = panel(context, work_state(view), right=page.place)
        hero = _large_clock(page, clock_text(view.seconds), text_colour)
    return frame(head, press_frame(context, page.accent, page.t_s), hero, _below(page))


def _last_seconds(page: Page) -> Frame:
    """Return the filled panel of the last seconds before the cap. A press still ends the work."""
    view, context = page.view, page.context
    cap = f"Cap {clock_text(view.interval.duration_s)}"
    head = panel(context, work_state(view), filled=True, right=cap)
    digit = _large_clock(page, str(view.left), context.palette.ink)
    return frame(head, digit, _below(page, filled=True))


def _below(page: Page, *, filled: bool = False) -> list[Item]:
    """Return the press bar, and above it the side control if the exercise has two sides."""
    context, side = page.context, page.view.interval.side
    bar = press_bar(context, PRESS_WHEN_DONE, page.accent, filled=page.view.pressed, on_filled=filled)
    if side is None:
        return bar
    bottom = _bar_top(context) - _GAP
    if context.layout.portrait:
        # Beside what is large.
        bottom = (_top(context) + _bar_top(context) + SIDES_HEIGHT) / 2
    return [*side_control(context, side, page.accent, filled=filled, bottom=bottom), *bar]


def _bar_top(context: Context) -> float:
    return press_bar_area(context)[1]


def _bottom(page: Page) -> float:
    """Return the bottom of the room for what is large in the panel, in H."""
    top = _bar_top(page.context)
    return top if page.view.interval.side is None or page.context.layout.portrait else top - _GAP - SIDES_HEIGHT


def _top(context: Context) -> float:
    """Return the top of the room for what is large in the panel, in H."""
    return head_baseline(context) + _HEAD_BOTTOM


def _width(page: Page) -> float:
    """Return the width of the room for what is large in the panel, from its left edge, in H."""
    layout = page.context.layout
    return layout.rc if page.view.interval.side is None or not layout.portrait else beside(page.context) - layout.rx


def _large_clock(page: Page, words: str, colour: Colour) -> list[Item]:
    context, layout = page.context, page.context.layout
    top, bottom, whole = _top(context), _bottom(page), _width(page)
    height = bottom - top
    middle = layout.point(layout.rx + whole / 2, (top + bottom) / 2)
    width, zeros = whole - 2 * PADDING, zeros_for(words)
    # Some digits are a little wider than the zero that is measured.
    _, cap = fit(context, (zeros,), Weight.BLACK, min(_LARGEST, height - 2 * _SPACE), 0.0, 0.97 * width)
    room = layout.rect(layout.rx + PADDING, top, width, height).inflate(2, 2)
    at_px = middle[0], middle[1] + round(cap * layout.unit_px / 2)
    return clock(context, words, Weight.BLACK, cap, colour, at_px, centred=True, room=room)


def _small_clock(context: Context, seconds: int, colour: Colour) -> list[Item]:
    """Return the time since the start at the right end of the panel's head."""
    layout, words = context.layout, clock_text(seconds)
    cap = head_cap(context)
    left = layout.x1 - PADDING - width_of(context, zeros_for(words), Weight.BLACK, cap)
    return [
        icon(context, "clock", (left - _CLOCK_GAP - _CLOCK_ICON, head_middle(context)), _CLOCK_ICON, colour),
        *clock(context, words, Weight.BLACK, cap, colour, layout.point(left, head_baseline(context))),
    ]
