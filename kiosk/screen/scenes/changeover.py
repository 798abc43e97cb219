"""Changeover: the next exercise with how and equipment, or why and muscles, and the time left to rest."""

from __future__ import annotations

from kiosk.screen.display_list import Frame, Item, fading, frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import (
    easier,
    how_or_why,
    last_seconds_panel,
    moving_figure,
    running_footer,
    shrinking_ring,
    state_of,
)
from kiosk.screen.theme import State
from kiosk.screen.widgets.chips import works, you_need
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import STROKE, rest_ring
from kiosk.screen.widgets.tank import ring_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView, Line

_BELOW = "below the ring"
"""Fade group of everything below the ring."""


def draw(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    exercise, accent = view.exercise, state_of(view).accent(kit.palette)
    return frame(
        moving_figure(kit, view, t_s, accent),
        title(kit, exercise.name, exercise.short, prefix="Next:", accent=accent),
        easier(kit, view),
        [] if view.last_seconds else _panel(kit, view),
        how_or_why(kit, view, accent),
        running_footer(kit, view, t_s, accent),
        last_seconds_panel(kit, view, t_s)
        if view.last_seconds
        else shrinking_ring(kit, view, t_s, *rest_ring(kit), STROKE),
    )


def _panel(kit: Kit, view: IntervalView) -> list[Item]:
    return [
        *panel(kit, State.REST),
        *ring_digits(kit, view.seconds, *rest_ring(kit)),
        *fading(_below_the_ring(kit, view), _BELOW),
    ]


def _below_the_ring(kit: Kit, view: IntervalView) -> list[Item]:
    """Return the equipment while how is shown, since both are for beginning, and the muscles while why is shown."""
    things = view.exercise.equipment
    return you_need(kit, things) if things and view.line is Line.HOW else works(kit, view.exercise.muscles)
