"""Work: the largest clock of the wall, the athlete at work, one short cue."""

from __future__ import annotations

from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit, latest
from kiosk.screen.scenes.running import SMOOTH_S, athlete, athlete_stays_s, hold_hint, left_of, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import fading_cue
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import last_seconds_scale, tank, tank_stays, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

ARROWS_S = 10.0
"""For so long arrows show the way; then they would only distract."""
TANK_WAITS_S = 0.05
"""The tank sinks a pixel at a time and nobody sees when: it may wait for the athlete's next picture."""


def draw(view: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    accent = kit.palette.work
    last = view.last_seconds
    scale = last_seconds_scale(view.interval.duration_s - t_s, sides=view.interval.side is not None) if last else 1.0
    return [
        *athlete(kit, view, t_s, accent, arrows=t_s < ARROWS_S),
        *_behind(kit, view),
        *([] if last else tank(kit, left_of(view, t_s))),
        *_before(kit, view, scale),
        *running_footer(kit, view, t_s, accent),
    ]


def frame_s(view: IntervalView, t_s: float, kit: Kit) -> float:
    """Return after how many seconds the next frame may differ from this one, as long as the view stays the same."""
    if view.last_seconds or view.hold is not None:
        return SMOOTH_S
    left = left_of(view, t_s)
    sinks_s = tank_stays(kit, left) * view.interval.duration_s
    stays_s = min(athlete_stays_s(kit, view, t_s, arrows=t_s < ARROWS_S), sinks_s + TANK_WAITS_S)
    if t_s < ARROWS_S:
        stays_s = min(stays_s, ARROWS_S - t_s)
    return max(SMOOTH_S, stays_s)


@latest
def _behind(kit: Kit, view: IntervalView) -> list[Item]:
    """Return what stands still between two seconds and lies behind the tank, or nowhere near it."""
    exercise = view.exercise
    right = f"{view.interval.place + 1} of {len(view.circuit.stations)}"
    return [
        *title(kit, exercise.name, exercise.short),
        *panel(kit, State.WORK, filled=view.last_seconds, right=right),
    ]


@latest
def _before(kit: Kit, view: IntervalView, scale: float) -> list[Item]:
    """Return what lies on the tank, and the lines below the athlete."""
    side, palette, last = view.interval.side, kit.palette, view.last_seconds
    return [
        *work_digits(kit, view.seconds, palette.ink if last else palette.work, sides=side is not None, scale=scale),
        *([] if side is None else side_control(kit, side, palette.work, filled=last)),
        *(hold_hint(kit, view) or fading_cue(kit, view.lines, palette.work)),
    ]
