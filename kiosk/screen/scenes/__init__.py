"""The scenes, one module each, and the table that says which view is drawn by which.

A new scene is a module with a function `draw(view, t_s, kit) -> Frame`, and a line in the table. `kiosk.screen.widgets`
says how one is written.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kiosk.screen.display_list import Frame
from kiosk.screen.figures import Want
from kiosk.screen.kit import Kit
from kiosk.screen.scenes import (
    changeover,
    count_in,
    dark,
    dim,
    error,
    finished,
    get_ready,
    paused,
    round_break,
    start,
    switch,
    work,
)
from kiosk.screen.scenes.running import figures_ahead
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

Draw = Callable[[Any, float, Kit], Frame]
"""Draws a view of its kind, `t_s` seconds after the view's screen began, with a kit."""


class Scene(NamedTuple):
    """How a kind of view is drawn.

    `screen` names what makes two views one screen: when it changes, the body cross-fades, unless `cuts` (what answers
    a press must be there at once). `wants` names the figures, and the sizes of their boxes, that will be shown now and
    soon. `footer` is whether the scene has one; badges stand in it. `badges` is whether they are shown at all.
    """

    draw: Draw
    screen: Callable[[Any], Hashable] = lambda view: None
    wants: Callable[[Any, Kit], list[Want]] = lambda view, kit: []
    cuts: bool = False
    footer: bool = False
    badges: bool = True


def _place(view: IntervalView) -> Hashable:
    """Name the screen; both sides of an exercise and the switch between them are one: turning round is nothing new."""
    interval = view.interval
    kind = Kind.WORK if interval.kind is Kind.SWITCH else interval.kind
    return kind, interval.round, interval.station_index, kind is Kind.ROUND_BREAK and view.previews


def _interval(draw: Draw) -> Scene:
    return Scene(draw, screen=_place, wants=figures_ahead, footer=True)


SCENES: Mapping[type | Kind, Scene] = MappingProxyType(
    {
        Kind.GET_READY: _interval(get_ready.draw),
        Kind.WORK: _interval(work.draw),
        Kind.SWITCH: _interval(switch.draw),
        Kind.CHANGEOVER: _interval(changeover.draw),
        Kind.ROUND_BREAK: _interval(round_break.draw),
        CountInView: Scene(
            count_in.draw,
            wants=lambda view, kit: figures_ahead(view.under, kit),
            cuts=True,
            footer=True,
        ),
        PausedView: Scene(
            paused.draw,
            wants=lambda view, kit: figures_ahead(view.under, kit),
            cuts=True,
            footer=True,
        ),
        StartView: Scene(start.draw, screen=start.screen, wants=start.figures_ahead),
        DimView: Scene(dim.draw, cuts=True),
        FinishedView: Scene(finished.draw, wants=lambda view, kit: finished.figures_ahead(kit)),
        DarkView: Scene(dark.draw, cuts=True, badges=False),
        ErrorView: Scene(error.draw),
    }
)
"""The scene of each view; a running circuit's are told apart by the kind of interval."""


def scene_of(view: View) -> Scene:
    if not isinstance(view, IntervalView):
        return SCENES[type(view)]
    kind = view.interval.kind
    # The end of a round break shows the next exercise just as a changeover does.
    return SCENES[Kind.CHANGEOVER if kind is Kind.ROUND_BREAK and view.previews else kind]
