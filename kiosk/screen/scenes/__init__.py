"""The scenes, one module each, and the table that says which view is drawn by which.

A new scene is a module with a function (view, t_s, kit) -> list[Item], and a line in the table; how one is written
says `kiosk.screen.widgets`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kiosk.screen.display_list import Item
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
from kiosk.screen.scenes.running import SMOOTH_S, figures_ahead
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

STILL_S = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """How a kind of view is drawn.

    `draw` gets a view of its kind, the seconds `t_s` since the view's screen began, and the kit. `screen` names what
    makes two views one screen: when it changes, the body cross-fades, unless `cuts` (what answers a press must be
    there at once). `frame_s` is after how many seconds the next frame may differ from this one, as long as the view
    stays the same.
    `wants` names the figures, and the sizes of their boxes, that will be shown now and soon.
    `footer` is whether the scene has one; badges stand in it. `badges` is whether they are shown at all.
    """

    draw: Callable[[Any, float, Kit], list[Item]]
    screen: Callable[[Any], Hashable] = lambda view: None
    frame_s: Callable[[Any, float, Kit], float] = lambda view, t_s, kit: SMOOTH_S
    wants: Callable[[Any, Kit], list[Want]] = lambda view, kit: []
    cuts: bool = False
    footer: bool = False
    badges: bool = True


def _place(view: IntervalView) -> Hashable:
    """Name the screen; both sides of an exercise and the switch between them are one: turning round is nothing new."""
    interval = view.interval
    kind = Kind.WORK if interval.kind is Kind.SWITCH else interval.kind
    return kind, interval.round, interval.place, kind is Kind.ROUND_BREAK and view.previews


def _interval(draw: Callable[[IntervalView, float, Kit], list[Item]]) -> Scene:
    return Scene(draw, screen=_place, wants=figures_ahead, footer=True)


SCENES: Mapping[type | Kind, Scene] = MappingProxyType(
    {
        Kind.GET_READY: _interval(get_ready.draw),
        Kind.WORK: replace(_interval(work.draw), frame_s=work.frame_s),
        Kind.SWITCH: _interval(switch.draw),
        Kind.CHANGEOVER: _interval(changeover.draw),
        Kind.ROUND_BREAK: _interval(round_break.draw),
        CountInView: Scene(
            count_in.draw,
            frame_s=lambda view, t_s, kit: SMOOTH_S if view.under.hold else 0.25,
            wants=lambda view, kit: figures_ahead(view.under, kit),
            cuts=True,
            footer=True,
        ),
        PausedView: Scene(
            paused.draw,
            frame_s=lambda view, t_s, kit: SMOOTH_S if view.hold else STILL_S,
            wants=lambda view, kit: figures_ahead(view.under, kit),
            cuts=True,
            footer=True,
        ),
        StartView: Scene(start.draw, screen=start.screen, frame_s=start.frame_s, wants=start.figures_ahead),
        DimView: Scene(dim.draw, frame_s=lambda view, t_s, kit: STILL_S, cuts=True),
        FinishedView: Scene(finished.draw, wants=lambda view, kit: finished.figures_ahead(kit)),
        DarkView: Scene(dark.draw, frame_s=lambda view, t_s, kit: STILL_S, cuts=True, badges=False),
        ErrorView: Scene(error.draw, frame_s=lambda view, t_s, kit: STILL_S),
    }
)
"""The scene of each view; a running circuit's are told apart by the kind of interval."""


def scene_of(view: View) -> Scene:
    if not isinstance(view, IntervalView):
        return SCENES[type(view)]
    kind = view.interval.kind
    # The end of a round break shows the next exercise just as a changeover does.
    return SCENES[Kind.CHANGEOVER if kind is Kind.ROUND_BREAK and view.previews else kind]
