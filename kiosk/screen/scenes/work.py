"""Work: the largest clock of the wall, the athlete at work, one short cue."""

from __future__ import annotations

from kiosk.screen.kit import Kit
from kiosk.screen.piece import Piece
from kiosk.screen.scenes.running import athlete, easier, hold_hint, left_of, work_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import fading_cue
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import last_seconds_scale, pop_stays_s, tank, tank_stays, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

ARROWS_S = 10.0
"""For so long arrows show the way; then they would only distract."""
TANK_WAITS_S = 0.1
"""The tank sinks a pixel at a time and nobody sees when: it may wait for the athlete's next picture."""


def _athlete(view: IntervalView, t_s: float, kit: Kit) -> Piece:
    arrows = t_s < ARROWS_S
    items, stays_s, _ = athlete(kit, view, t_s, kit.palette.work, arrows=arrows)
    return Piece(items, min(stays_s, ARROWS_S - t_s) if arrows else stays_s)


def _behind(view: IntervalView, t_s: float, kit: Kit) -> Piece:
    """Return what stands still between two seconds and lies behind the tank, or nowhere near it."""
    exercise = view.exercise
    right = f"{view.interval.place + 1} of {len(view.circuit.stations)}"
    return Piece(
        [
            *easier(kit, view),
            *title(kit, exercise.name, exercise.short),
            *panel(kit, State.WORK, filled=view.last_seconds, right=right),
        ]
    )


def _tank(view: IntervalView, t_s: float, kit: Kit) -> Piece:
    if view.last_seconds:
        return Piece([])
    left = left_of(view, t_s)
    return Piece(tank(kit, left), tank_stays(kit, left) * view.interval.duration_s, TANK_WAITS_S)


def _before(view: IntervalView, t_s: float, kit: Kit) -> Piece:
    """Return what lies on the tank, and the lines below the athlete."""
    side, palette, last = view.interval.side, kit.palette, view.last_seconds
    left_s, sides = view.interval.duration_s - t_s, side is not None
    scale = last_seconds_scale(left_s, sides=sides) if last else 1.0
    items = [
        *work_digits(kit, view.seconds, palette.ink if last else palette.work, sides=sides, scale=scale),
        *([] if side is None else side_control(kit, side, palette.work, filled=last)),
        *(hold_hint(kit, view) or fading_cue(kit, view.lines, palette.work)),
    ]
    return Piece(items, pop_stays_s(left_s, sides=sides)) if last else Piece(items)


PIECES = (_athlete, _behind, _tank, _before, work_footer)
