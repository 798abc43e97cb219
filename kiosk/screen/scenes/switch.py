"""Switch: turn to the other side. It is amber, because something is about to start; the figure turns first."""

from __future__ import annotations

from math import inf

from kiosk.screen.display_list import SMOOTH_S, Frame, Item, frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.get_ready import ready_ticks
from kiosk.screen.scenes.running import easier, hold_hint, moving_figure, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import WIPE_S, banner
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import rest_ring
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import ring_digits, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

WORDS = "SWITCH SIDES"


def draw(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    exercise, accent = view.exercise, kit.palette.ready
    return frame(
        moving_figure(kit, view, t_s, accent, turn_s=t_s),
        title(kit, exercise.name, exercise.short),
        easier(kit, view),
        _panel(kit, view),
        hold_hint(kit, view) or Frame([banner(kit, WORDS, accent, t_s)], SMOOTH_S if t_s < WIPE_S else inf),
        running_footer(kit, view, t_s, accent),
    )


def _panel(kit: Kit, view: IntervalView) -> list[Item]:
    coming, palette, last = view.interval.side, kit.palette, view.last_seconds
    right = f"{view.interval.place + 1} of {view.interval.places}"
    items = panel(kit, State.READY, filled=last, right=right)
    if last:
        items += work_digits(kit, view.seconds, palette.ink, sides=True)
    else:
        centre, radius = rest_ring(kit)
        items += [*ready_ticks(kit, view, centre, radius), *ring_digits(kit, view.seconds, centre, radius)]
    return items if coming is None else [*items, *side_control(kit, coming, palette.ready, filled=last)]
