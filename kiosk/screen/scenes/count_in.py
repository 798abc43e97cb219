"""Count-in: 3-2-1 before a paused circuit goes on. It is amber, because something is about to start."""

from __future__ import annotations

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame
from kiosk.screen.scenes.running import Page, last_seconds
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.panel import time_text
from kiosk.timeline import Kind
from kiosk.view import CountInView, is_break

FIGURE_S = 0.25
"""Interval at which the figure's picture is requested again. The figure stands still, but its picture may not have been
read from its file yet."""
_SETTLED_S = 0.5
"""A time before a change at which the digit is not popping. In the count-in, no digit pops."""
_WORDS = {Kind.CHANGEOVER: "Rest", Kind.ROUND_BREAK: "Break"}
"""Names of two kinds of interval for people. The other kinds are shown with their own names."""


def draw(view: CountInView, t_s: float, context: Context) -> Frame:
    page, interval = Page(view.under, t_s, context, context.palette.ready), view.under.interval
    working = interval.works or interval.kind is Kind.SWITCH
    left = page.exercise("" if working else "Next:")._replace(stays_s=FIGURE_S)
    right = last_seconds(context, State.READY, view.seconds, _SETTLED_S, side=interval.side if working else None)
    kind = Kind.ROUND_BREAK if is_break(interval, view.under.between_parts) else interval.kind
    words = _WORDS.get(kind, kind.replace("_", " ").capitalize())
    goes_on = f"{words} goes on: {time_text(view.under.seconds)} left"
    return page.frame(left, right, cue(context, (goes_on,), page.accent))
