"""Switch: turn to the other side. Amber, as all that is about to start; the athlete has turned already."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.get_ready import ready_ticks
from kiosk.screen.scenes.running import athlete, easier, hold_hint, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import banner
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import rest_ring
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import last_seconds_scale, ring_digits, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

WORDS = "SWITCH SIDES"


def draw(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    exercise, accent = view.exercise, kit.palette.ready
    return [
        *title(kit, exercise.name, exercise.short),
        *athlete(kit, view, t_s, accent, turn_s=t_s).items,
        *easier(kit, view),
        *_panel(view, t_s, kit),
        *(hold_hint(kit, view) or [banner(kit, WORDS, accent, t_s)]),
        *running_footer(kit, view, t_s, accent),
    ]


def _panel(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    coming, palette, last = view.interval.side, kit.palette, view.last_seconds
    right = f"{view.interval.place + 1} of {len(view.circuit.stations)}"
    items = panel(kit, State.READY, filled=last, right=right)
    if last:
        scale = last_seconds_scale(view.interval.duration_s - t_s, sides=True)
        items += work_digits(kit, view.seconds, palette.ink, sides=True, scale=scale)
    else:
        centre, radius = rest_ring(kit)
        items += [*ready_ticks(kit, view, centre, radius), *ring_digits(kit, view.seconds, centre, radius)]
    return items if coming is None else [*items, *side_control(kit, coming, palette.ready, filled=last)]
