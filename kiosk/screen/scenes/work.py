"""Work: the largest clock of the wall, the athlete at work, one short cue."""

from __future__ import annotations

from kiosk.screen.display_list import Item, fading
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import athlete, hold_hint, left_of, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import FADE, cue
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import last_seconds_scale, tank, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

ARROWS_S = 10.0
"""For so long arrows show the way; then they would only distract."""


def draw(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    exercise, accent = view.exercise, kit.palette.work
    return [
        *title(kit, exercise.name, exercise.short),
        *athlete(kit, view, t_s, accent, arrows=t_s < ARROWS_S),
        *_panel(view, t_s, kit),
        *(hold_hint(kit, view) or fading(cue(kit, view.lines, accent), FADE)),
        *running_footer(kit, view, t_s, accent),
    ]


def _panel(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    side, palette, last = view.interval.side, kit.palette, view.last_seconds
    right = f"{view.interval.place + 1} of {len(view.circuit.stations)}"
    scale = last_seconds_scale(view.interval.duration_s - t_s, sides=side is not None) if last else 1.0
    return [
        *panel(kit, State.WORK, filled=last, right=right),
        *([] if last else tank(kit, left_of(view, t_s))),
        *work_digits(kit, view.seconds, palette.ink if last else palette.work, sides=side is not None, scale=scale),
        *([] if side is None else side_control(kit, side, palette.work, filled=last)),
    ]
