"""The scenes, and the table that gives the scene of each kind of view.

To add a scene, write a module with a function `draw(view, t_s, context) -> Frame`, and add a line to the table.
`kiosk/README.md` lists all steps, and `kiosk.screen.widgets` says how to write the function.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes import (
    briefing,
    chooser,
    count_in,
    dim,
    easy,
    error,
    notice,
    open_work,
    part_break,
    paused,
    phone,
    round_break,
    running,
    scores,
    start,
    stations,
    tasks,
)
from kiosk.timeline import Kind, Mode
from kiosk.view import (
    BriefingView,
    ChooserView,
    CountInView,
    DarkView,
    DimView,
    ErrorView,
    FinishedView,
    IntervalView,
    NoticeView,
    PausedView,
    PhoneView,
    StartView,
    View,
    is_break,
)

Draw = Callable[[Any, float, Context], Frame]
"""A function that draws one kind of view. `t_s` is the time in seconds since the view's interval or screen began."""


class Scene(NamedTuple):
    """A description of how one kind of view is drawn.

    `screen` returns equal values for two views that share one screen. When the value changes, the body cross-fades,
    unless the scene `cuts`, because an answer to a press must be there at once. `figures_ahead` returns the figures
    that are shown now and soon, with the sizes of their boxes. `footer` is whether the scene has a footer, which then
    holds the badges. `badges` is whether the scene shows badges at all.
    """

    draw: Draw
    screen: Callable[[Any], Hashable] = type
    figures_ahead: Callable[[Any, Context], list[SizedFigure]] = lambda view, context: []
    cuts: bool = False
    footer: bool = False
    badges: bool = True


def _place(view: IntervalView) -> Hashable:
    """Return the value of `Scene.screen`. It is equal for both sides of an exercise and the switch between them."""
    interval = view.interval
    working = interval.works or interval.kind is Kind.SWITCH
    return working or interval.kind, interval.step, not working and view.previews


def _figures_ahead(view: IntervalView, context: Context) -> list[SizedFigure]:
    follow = () if view.next is None else view.next.stations
    ahead = running.figures_ahead(view, context)
    return [*ahead, *stations.tile_figures(context, follow)] if len(follow) > 1 else ahead


def _interval(draw: Draw) -> Scene:
    return Scene(draw, _place, _figures_ahead, footer=True)


def _over_interval(draw: Draw) -> Scene:
    return Scene(draw, figures_ahead=lambda view, context: _figures_ahead(view.under, context), cuts=True, footer=True)


SCENES: Mapping[type | Kind, Scene] = MappingProxyType(
    {
        Kind.GET_READY: _interval(running.get_ready),
        Kind.WORK: _interval(running.work),
        Kind.EASY: _interval(easy.draw),
        Kind.SWITCH: _interval(running.switch),
        Kind.CHANGEOVER: _interval(running.changeover),
        Kind.REST: _interval(running.changeover),
        Kind.ROUND_BREAK: _interval(round_break.draw),
        BriefingView: Scene(briefing.draw, lambda view: view.place, briefing.figures_ahead),
        CountInView: _over_interval(count_in.draw),
        PausedView: _over_interval(paused.draw),
        StartView: Scene(start.draw, start.screen, start.figures_ahead),
        ChooserView: Scene(chooser.draw, figures_ahead=chooser.figures_ahead),
        DimView: Scene(dim.draw, cuts=True),
        FinishedView: Scene(scores.draw, figures_ahead=scores.figures_ahead),
        DarkView: Scene(dim.draw_dark, cuts=True, badges=False),
        NoticeView: Scene(notice.draw),
        PhoneView: Scene(phone.draw, lambda view: view.state),
        ErrorView: Scene(error.draw),
    }
)
"""The scene of each kind of view, and of each kind of interval of a running circuit."""

TASK_SCENES: Mapping[Kind, Scene] = MappingProxyType(
    {
        Kind.GET_READY: _interval(tasks.ahead),
        Kind.WORK: _interval(tasks.work),
        Kind.EASY: _interval(tasks.work),
        Kind.CHANGEOVER: _interval(tasks.ahead),
        Kind.REST: _interval(tasks.ahead),
    }
)
"""The scene of each kind of interval with a list of tasks, and of the rests before it."""

OPEN_WORK = _interval(open_work.draw)
"""The scene of open work on one exercise."""
_PART_BREAK = _interval(part_break.draw)
"""The scene of a rest between two parts of a class."""

# Tiles stay where they are, so nothing fades. The footer's label is elsewhere, so badges are placed below the footer.
_STATIONS = Scene(stations.draw, lambda view: "stations", stations.figures_ahead)
_OVER_STATIONS = {
    kind: SCENES[kind]._replace(
        figures_ahead=lambda view, context: stations.figures_ahead(view.under, context), footer=False
    )
    for kind in (CountInView, PausedView)
}


def scene_of(view: View) -> Scene:
    if isinstance(view, CountInView | PausedView) and view.under.interval.at_stations:
        return _OVER_STATIONS[type(view)]
    if not isinstance(view, IntervalView):
        return SCENES[type(view)]
    if view.between_parts and is_break(view.interval, between_parts=True) and not view.previews:
        return _PART_BREAK
    if view.interval.at_stations:
        return _STATIONS
    kind = view.interval.kind
    if view.interval.mode is Mode.OPEN and not view.interval.lists_tasks:
        return OPEN_WORK
    if is_break(view.interval, view.between_parts):
        # The end of a break shows the next exercise, as a changeover does.
        if not view.previews:
            return SCENES[kind]
        kind = Kind.CHANGEOVER
    if tasks.lists_tasks(view.interval) and kind in TASK_SCENES:
        return TASK_SCENES[kind]
    return SCENES[kind]
