"""Changeover: the next exercise, how it goes and why, what it works, and the rest that is left."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import (
    athlete,
    easier,
    how_or_why,
    last_seconds_panel,
    left_of,
    running_footer,
    state_of,
)
from kiosk.screen.theme import State
from kiosk.screen.widgets.chips import works
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import STROKE, rest_ring, ring
from kiosk.screen.widgets.tank import ring_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView


def draw(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    exercise, accent = view.exercise, state_of(view).accent(kit.palette)
    return [
        *title(kit, exercise.name, exercise.short, prefix="Next:", accent=accent),
        *athlete(kit, view, t_s, accent).items,
        *easier(kit, view),
        *_panel(view, t_s, kit),
        *how_or_why(kit, view, accent),
        *running_footer(kit, view, t_s, accent),
    ]


def _panel(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    if view.last_seconds:
        return last_seconds_panel(kit, view, t_s, State.READY)
    centre, radius = rest_ring(kit)
    return [
        *panel(kit, State.REST),
        *ring(kit, centre, radius, STROKE, left_of(view, t_s), kit.palette.rest),
        *ring_digits(kit, view.seconds, centre, radius),
        *works(kit, view.exercise.muscles),
    ]
