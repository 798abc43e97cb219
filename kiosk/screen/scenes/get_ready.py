"""Get ready: the first exercise, the equipment of the circuit, and the seconds until it begins."""

from __future__ import annotations

from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import easier, how_or_why, last_seconds_panel, moving_figure, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.chips import you_need
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import STROKE, rest_ring, tick_count, ticks
from kiosk.screen.widgets.tank import ring_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView


def draw(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    exercise, accent = view.exercise, kit.palette.ready
    return frame(
        moving_figure(kit, view, t_s, accent),
        title(kit, exercise.name, exercise.short, prefix="First:", accent=accent),
        easier(kit, view),
        how_or_why(kit, view, accent),
        running_footer(kit, view, t_s, accent),
        last_seconds_panel(kit, view, t_s) if view.last_seconds else _panel(kit, view),
    )


def _panel(kit: Kit, view: IntervalView) -> list[Item]:
    centre, radius = rest_ring(kit)
    return [
        *panel(kit, State.READY),
        *ready_ticks(kit, view, centre, radius),
        *ring_digits(kit, view.seconds, centre, radius),
        *you_need(kit, view.circuit.equipment, first=len(view.exercise.equipment)),
    ]


def ready_ticks(kit: Kit, view: IntervalView, centre: tuple[float, float], radius: float) -> list[Item]:
    """Return the ticks of "about to start", one a second if the time is short enough."""
    of = tick_count(view.interval.duration_s)
    lit = min(of, -(-view.seconds * of // max(1, round(view.interval.duration_s))))
    return ticks(kit, centre, radius, STROKE, lit, of, kit.palette.ready)
