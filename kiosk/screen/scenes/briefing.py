"""The briefing shows the stations one after the other before the circuit begins, so that everybody finds theirs."""

from __future__ import annotations

from kiosk.circuit import Exercise, Tasks
from kiosk.duration import clock_text
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes.running import hold_words, stage_box
from kiosk.screen.widgets.call import call_to_action
from kiosk.screen.widgets.form_card import shown_side
from kiosk.screen.widgets.rows import rows
from kiosk.screen.widgets.stage import stage
from kiosk.screen.widgets.title import title
from kiosk.view import BriefingView

TOP, BOTTOM = 0.170, 0.800


def draw(view: BriefingView, t_s: float, context: Context) -> Frame:
    layout, accent = context.layout, context.palette.work
    exercises = tuple(map(_exercise, view.stations))
    here, area = exercises[view.place], (layout.rx, TOP, layout.rc, BOTTOM - TOP)
    hint = hold_words(context, view.hold)
    return frame(
        title(context, here.name, here.short, prefix=str(view.place + 1), accent=accent),
        # On a narrow screen the hint is as wide as the screen.
        [] if hint and layout.narrow else rows(context, exercises, view.place, area, accent),
        stage(context, here, t_s, stage_box(context, here), accent, side=shown_side(here), arrows=True),
        hint,
        call_to_action(context, "Press to start now", note=f"Starts in {clock_text(view.seconds)}", t_s=t_s),
    )


def figures_ahead(view: BriefingView, context: Context) -> list[SizedFigure]:
    """Return the figures of this station and the next, with the sizes of their boxes."""
    stations = [*view.stations[view.place :], view.stations[0]][:2]
    exercises = [_exercise(tasks) for tasks in stations]
    return [SizedFigure(one.figure, stage_box(context, one).size) for one in exercises if one.figure is not None]


def _exercise(tasks: Tasks) -> Exercise:
    """Return what is done at a station: of several exercises the first one, under the names of all."""
    first, *others = (task.exercise for task in tasks)
    if not others:
        return first
    return first._replace(name=" + ".join(task.exercise.name for task in tasks), short=f"{first.short} +")
