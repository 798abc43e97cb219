"""Easy work, such as a warm-up or a walk: violet and calm. Only what follows may be urgent."""

from __future__ import annotations

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, frame
from kiosk.screen.scenes.running import ARROWS_S, Page, last_seconds
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.easy import easy_digits, wavy_tank
from kiosk.screen.widgets.panel import panel, side_control
from kiosk.timeline import Kind
from kiosk.view import IntervalView


def draw(view: IntervalView, t_s: float, context: Context) -> Frame:
    """Draw a calm clock and the slower figure. In the last seconds, work that follows is announced."""
    page, right = clock_of(view, t_s, context)
    below = cue(context, view.lines, page.accent) if view.lines else []
    return page.frame(page.exercise(arrows_s=ARROWS_S), right, below)


def clock_of(view: IntervalView, t_s: float, context: Context) -> tuple[Page, Frame]:
    """Return the page in its accent, and the panel."""
    starting = view.last_seconds and work_follows(view)
    page = Page(view, t_s, context, context.palette.ready if starting else context.palette.easy)
    return page, last_seconds(context, State.READY, view.seconds, page.left_s) if starting else _panel(page)


def _panel(page: Page) -> Frame:
    view, context, side = page.view, page.context, page.view.interval.side
    return frame(
        panel(context, State.EASY, right=page.place),
        wavy_tank(context, page.t_s, view.interval.duration_s),
        easy_digits(context, view.seconds, sides=side is not None),
        [] if side is None else side_control(context, side, page.accent),
    )


def work_follows(view: IntervalView) -> bool:
    """Return whether hard work comes next, without a rest between."""
    interval, coming = view.interval, view.next
    other_side = interval.side is not None and interval.side is interval.exercise.first_side
    return coming is not None and coming.kind is Kind.WORK and not other_side
