"""Briefing: the stations before the circuit begins, one after the other, so that everybody finds theirs."""

from __future__ import annotations

from kiosk.circuit import Exercise, Tasks
from kiosk.duration import clock_text
from kiosk.screen.display_list import Frame, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import hold_hint_of, stage_box
from kiosk.screen.widgets.call import call_to_action
from kiosk.screen.widgets.form_card import shown_side
from kiosk.screen.widgets.rows import rows
from kiosk.screen.widgets.stage import stage
from kiosk.screen.widgets.title import title
from kiosk.view import BriefingView

TOP, HEIGHT = 0.170, 0.630


def draw(view: BriefingView, t_s: float, kit: Kit) -> Frame:
    layout, accent = kit.layout, kit.palette.work
    exercises = tuple(map(_exercise, view.stations))
    here = exercises[view.place]
    return frame(
        title(kit, here.name, here.short, prefix=str(view.place + 1), accent=accent),
        rows(kit, exercises, view.place, (layout.rx, TOP, layout.rc, HEIGHT), accent),
        stage(kit, here, t_s, stage_box(kit, here), accent, side=shown_side(here)),
        hold_hint_of(kit, view.hold),
        call_to_action(kit, "Press to start now", note=f"Starts in {clock_text(view.seconds)}", t_s=t_s),
    )


def figures_ahead(view: BriefingView, kit: Kit) -> list[SizedFigure]:
    """Return the figures of this station and the next."""
    stations = [*view.stations[view.place :], view.stations[0]][:2]
    exercises = [_exercise(tasks) for tasks in stations]
    return [(one.figure, stage_box(kit, one).size) for one in exercises if one.figure is not None]


def _exercise(tasks: Tasks) -> Exercise:
    """Return what is done at a station: of several exercises, the first one under the names of all."""
    first, *others = (task.exercise for task in tasks)
    if not others:
        return first
    return first._replace(name=" + ".join(task.exercise.name for task in tasks), short=f"{first.short} +")
