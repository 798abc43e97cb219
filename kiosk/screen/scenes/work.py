"""Work: the largest clock of the wall, the moving figure, and one short cue."""

from __future__ import annotations

from kiosk.plural import count_of
from kiosk.screen.display_list import Frame, frame
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import easier, hold_hint, left_of, moving_figure, running_footer
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import fading_cue
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.sides import side_control
from kiosk.screen.widgets.tank import last_seconds_scale, pop_stays_s, tank, tank_stays, work_digits
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView, PressMeans

ARROWS_S = 10.0
"""Duration of the arrows; after that they would only distract."""
TANK_WAITS_S = 0.1
"""Longest delay of the tank, which may sink a pixel later, together with the figure's next picture."""


_PRESS = {
    PressMeans.DONE: "Press when done",
    PressMeans.ALL_DONE: "Press when all is done",
    PressMeans.ROUND: "Press after each round",
}


def draw(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    exercise = view.exercise
    interval, accent = view.interval, kit.palette.work
    right = f"{interval.place + 1} of {interval.places}"
    if view.tally:
        right = count_of(view.tally.rounds, "round")
    words = (_PRESS[view.press_means],) if view.press_means in _PRESS else view.lines
    return frame(
        _figure(kit, view, t_s),
        easier(kit, view),
        title(kit, exercise.name, exercise.short, prefix=interval.amount, accent=accent),
        panel(kit, State.WORK, filled=view.last_seconds, right=right),
        _tank(kit, view, t_s),
        _digits(kit, view, t_s),
        hold_hint(kit, view) or (fading_cue(kit, words, accent) if words else []),
        running_footer(kit, view, t_s, accent),
    )


def _figure(kit: Kit, view: IntervalView, t_s: float) -> Frame:
    arrows = t_s < ARROWS_S
    items, stays_s = moving_figure(kit, view, t_s, kit.palette.work, arrows=arrows)
    return Frame(items, min(stays_s, ARROWS_S - t_s) if arrows else stays_s)


def _tank(kit: Kit, view: IntervalView, t_s: float) -> Frame:
    if view.last_seconds:
        return Frame([])
    left = left_of(view, t_s)
    return Frame(tank(kit, left), tank_stays(kit, left) * view.interval.duration_s + TANK_WAITS_S)


def _digits(kit: Kit, view: IntervalView, t_s: float) -> Frame:
    """Return the clock, and the side control at the bottom of the panel."""
    side, palette, last = view.interval.side, kit.palette, view.last_seconds
    left_s, sides = view.interval.duration_s - t_s, side is not None
    # In open work the last seconds are before the cap, and the clock that counts up has no room to grow.
    grows = last and not view.interval.open
    scale = last_seconds_scale(left_s, sides=sides) if grows else 1.0
    colour = palette.ink if last else palette.work
    items = work_digits(kit, view.seconds, colour, sides=sides, scale=scale)
    if side is not None:
        items += side_control(kit, side, palette.work, filled=last)
    return Frame(items, pop_stays_s(left_s, sides=sides)) if grows else Frame(items)
