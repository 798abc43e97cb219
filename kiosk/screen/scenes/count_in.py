"""Count-in: 3-2-1 before a paused circuit goes on. It is amber, because something is about to start."""

from __future__ import annotations

from kiosk.screen.display_list import Frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import last_seconds, left_column, page
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.panel import time_text
from kiosk.timeline import Kind
from kiosk.view import CountInView

FIGURE_S = 0.25
"""Interval between looks for the picture of the figure, which stands still but may not have been read yet."""
_WORDS = {Kind.CHANGEOVER: "Rest", Kind.ROUND_BREAK: "Break"}
"""What people call some kinds of interval; the others have their own names."""


def draw(view: CountInView, t_s: float, kit: Kit) -> Frame:
    under, accent = view.under, kit.palette.ready
    kind = under.interval.kind
    working = kind in (Kind.WORK, Kind.SWITCH)
    left = left_column(kit, under, t_s, accent, prefix="" if working else "Next:")
    right = last_seconds(kit, State.READY, view.seconds, 0.5, side=under.interval.side if working else None)
    words = _WORDS.get(kind, kind.replace("_", " ").capitalize())
    below = cue(kit, (f"{words} goes on: {time_text(under.seconds)} left",), accent)
    return page(kit, under, t_s, accent, left._replace(stays_s=FIGURE_S), right, below)
