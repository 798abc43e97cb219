"""The scenes, and the table of the scene for each kind of view.

A new scene is a module with a function `draw(view, t_s, context) -> Frame`, and a line in the table. `kiosk/README.md`
lists all steps, and `kiosk.screen.widgets` says how to write the function.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes import count_in, dim, error, finished, paused, round_break, running, start
from kiosk.timeline import Kind
from kiosk.view import (
    CountInView,
    DarkView,
    DimView,
    ErrorView,
    FinishedView,
    IntervalView,
    PausedView,
    StartView,
    View,
)

Draw = Callable[[Any, float, Context], Frame]
"""Draws a view of its kind with a context. `t_s` is the moment's: seconds since its interval or its screen began."""


class Scene(NamedTuple):
    """How a kind of view is drawn.

    `screen` returns the same for two views that are one screen. When it changes, the body cross-fades, unless the scene
    `cuts`: whatever answers a press must be there at once. `figures_ahead` returns the figures that are shown now and
    soon, with the sizes of their boxes. `footer` is whether the scene has a footer, in which badges stand. `badges` is
    whether the scene shows badges at all.
    """

    draw: Draw
    screen: Callable[[Any], Hashable] = type
    figures_ahead: Callable[[Any, Context], list[SizedFigure]] = lambda view, context: []
    cuts: bool = False
    footer: bool = False
    badges: bool = True


def _place(view: IntervalView) -> Hashable:
    """Return what is one screen: both sides of an exercise, with the switch between them, are one."""
    interval = view.interval
    kind = Kind.WORK if interval.kind is Kind.SWITCH else interval.kind
    return kind, interval.round, interval.station_index, kind is Kind.ROUND_BREAK and view.previews


def _interval(draw: Draw) -> Scene:
    return Scene(draw, _place, running.figures_ahead, footer=True)


def _over_interval(draw: Draw) -> Scene:
    return Scene(
        draw, figures_ahead=lambda view, context: running.figures_ahead(view.under, context), cuts=True, footer=True
    )


SCENES: Mapping[type | Kind, Scene] = MappingProxyType(
    {
        Kind.GET_READY: _interval(running.get_ready),
        Kind.WORK: _interval(running.work),
        Kind.SWITCH: _interval(running.switch),
        Kind.CHANGEOVER: _interval(running.changeover),
        Kind.ROUND_BREAK: _interval(round_break.draw),
        CountInView: _over_interval(count_in.draw),
        PausedView: _over_interval(paused.draw),
        StartView: Scene(start.draw, start.screen, start.figures_ahead),
        DimView: Scene(dim.draw, cuts=True),
        FinishedView: Scene(finished.draw, figures_ahead=lambda view, context: finished.figures_ahead(context)),
        DarkView: Scene(dim.draw_dark, cuts=True, badges=False),
        ErrorView: Scene(error.draw),
    }
)
"""The scene of each kind of view, and of each kind of interval of a running circuit."""


def scene_of(view: View) -> Scene:
    if not isinstance(view, IntervalView):
        return SCENES[type(view)]
    kind = view.interval.kind
    # The end of a round break shows the next exercise, as a changeover does.
    return SCENES[Kind.CHANGEOVER if kind is Kind.ROUND_BREAK and view.previews else kind]
