"""Count-in: 3-2-1 before a paused circuit goes on. It is amber, because something is about to start."""

from __future__ import annotations

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame
from kiosk.screen.scenes import stations, tasks
from kiosk.screen.scenes.progress import clock_words
from kiosk.screen.scenes.running import Page, last_seconds
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.panel import SETTLED_S
from kiosk.timeline import Kind
from kiosk.view import CountInView, is_break

FIGURE_S = 0.25
"""Interval at which the figure's picture is requested again. The figure stands still, but its picture may not have been
read from its file yet."""
_WORDS = {Kind.CHANGEOVER: "Rest", Kind.ROUND_BREAK: "Break"}
"""Names of two kinds of interval for people. The other kinds are shown with their own names."""


def draw(view: CountInView, t_s: float, context: Context) -> Frame:
    interval, accent = view.under.interval, context.palette.ready
    kind = Kind.ROUND_BREAK if is_break(interval, view.under.between_parts) else interval.kind
    words = _WORDS.get(kind, kind.replace("_", " ").capitalize())
    if interval.at_stations:
        return stations.count_in(view, t_s, context, f"{words} goes on")
    working, listed = interval.works or interval.kind is Kind.SWITCH, tasks.lists_tasks(interval)
    page = Page(view.under, t_s, context.tall() if listed else context, accent)
    left = (tasks.left(page) if listed else page.exercise())._replace(stays_s=FIGURE_S)
    right = last_seconds(page.context, State.READY, view.seconds, SETTLED_S, side=interval.side if working else None)
    if listed:
        # The rows leave no room for a line below them.
        return page.frame(left, right, [])
    goes_on = f"{words} goes on: {clock_words(view.under)}"
    return page.frame(left, right, cue(context, (goes_on,), page.accent))
