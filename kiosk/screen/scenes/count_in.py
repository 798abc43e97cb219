"""Count-in: 3-2-1 before a paused circuit goes on. It is amber, because something is about to start."""

from __future__ import annotations

from kiosk.screen.display_list import Frame, frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import easier, hold_hint, moving_figure, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import cue
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import LAST_SECONDS_GROW, digits_text, work_digits
from kiosk.screen.widgets.title import title
from kiosk.timeline import Kind
from kiosk.view import CountInView

FIGURE_S = 0.25
"""Interval between looks for the picture of the figure, which stands still but may not have been read yet."""
_GOES_ON = {
    Kind.GET_READY: "Get ready",
    Kind.WORK: "Work",
    Kind.EASY: "Easy",
    Kind.SWITCH: "Switch",
    Kind.CHANGEOVER: "Rest",
    Kind.ROUND_BREAK: "Break",
    Kind.REST: "Rest",
}


def draw(view: CountInView, t_s: float, kit: Kit) -> Frame:
    under, accent = view.under, kit.palette.ready
    interval, exercise = under.interval, under.exercise
    working = interval.works or interval.kind is Kind.SWITCH
    side = interval.side if working else None
    left = f"{under.seconds} s" if under.seconds < 100 else digits_text(under.seconds)
    scale = 1.0 if side else LAST_SECONDS_GROW
    return frame(
        title(kit, exercise.name, exercise.short, prefix="" if working else "Next:", accent=accent),
        Frame(moving_figure(kit, under, t_s, accent).items, FIGURE_S),
        easier(kit, under),
        panel(kit, State.READY, filled=True),
        work_digits(kit, view.seconds, kit.palette.ink, sides=side is not None, scale=scale),
        [] if side is None else side_control(kit, side, accent, filled=True),
        hold_hint(kit, under) or cue(kit, (f"{_GOES_ON[interval.kind]} goes on: {left} left",), accent),
        running_footer(kit, under, t_s, accent),
    )
