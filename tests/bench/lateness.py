"""Delay of the figure's pictures and of the cues: from when each was due until it was on the screen, or heard."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from kiosk.figure.model import Figure
from kiosk.timeline import Kind
from kiosk.view import IntervalView, Moment
from tests.bench.figures import shipped_figures

Frame = tuple[float, float, str | None, float, float]
"""A frame: the moment it shows and when it was on the screen (monotonic seconds), the figure's id, when that figure
appeared (seconds of the circuit), and the time in its animation (seconds)."""
SeenCue = tuple[str, float, float]
"""A cue: its name, when it was planned, and when the buzzer was given it (monotonic seconds)."""


def heard(cues: Sequence[SeenCue], edges: Sequence[float]) -> Iterator[tuple[float, float]]:
    """For each cue that was heard, yield when it was planned and its delay, in seconds.

    A cue is heard when the buzzer's pin goes on; `edges` are these moments, in ascending order.
    """
    for _, planned_s, given_s in cues:
        at = bisect_left(edges, given_s)
        if at < len(edges):
            yield planned_s, edges[at] - planned_s


def frame_of(moment: Moment, now_s: float, done_s: float) -> Frame | None:
    """Return the frame for `moment` at `now_s`, on the screen at `done_s`; None for a view without a figure."""
    view = moment.view
    if not isinstance(view, IntervalView) or not (view.previews or view.interval.kind is Kind.WORK):
        return None
    since_s = round(view.interval.start_s - view.shown_s, 3)
    return now_s, done_s, view.exercise.figure, since_s, view.shown_s + moment.t_s


def changes(frames: Sequence[Frame]) -> Iterator[tuple[float, float]]:
    """For each frame with a new picture of the figure, yield when it was on the screen and its delay, in seconds.

    If several pictures were due since the last frame, the delay is counted from the first of them.
    """
    figures = {figure.id: figure for figure in shipped_figures()}
    for (looked_s, _, name, began_s, t_s), (_, done_s, next_name, next_began_s, next_t_s) in pairwise(frames):
        if name is None or (name, began_s) != (next_name, next_began_s):
            continue
        change_s = _next_change_s(figures[name], t_s, next_t_s)
        if change_s is not None:
            yield done_s, done_s - (looked_s + change_s - t_s)


def _next_change_s(figure: Figure, from_s: float, until_s: float) -> float | None:
    """Return when the figure's picture first changes after `from_s`, to the millisecond; None if not by `until_s`."""
    shown = figure.step(from_s)
    moments = (min(from_s + ms / 1000, until_s) for ms in range(1, ceil((until_s - from_s) * 1000) + 1))
    return next((at_s for at_s in moments if figure.step(at_s) != shown), None)
