"""How late the figure's pictures are on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from kiosk.figure.model import Figure
from kiosk.timeline import Kind
from kiosk.view import IntervalView, Moment
from tests.bench.figures import shipped_figures

Frame = tuple[float, float, str | None, float, float]
"""The moment shown, the moment at which it was on the screen, the figure's id, since when the figure is shown without a
break (seconds of the circuit), and the second of its animation."""


def frame_of(moment: Moment, now_s: float, done_s: float) -> Frame | None:
    """Return the frame that shows a moment of a circuit at `now_s` and was there at `done_s`; None without figure."""
    view = moment.view
    if not isinstance(view, IntervalView) or not (view.previews or view.interval.kind is Kind.WORK):
        return None
    since_s = round(view.interval.start_s - view.shown_s, 3)
    return now_s, done_s, view.exercise.figure, since_s, view.shown_s + moment.t_s


def changes(frames: Sequence[Frame]) -> Iterator[tuple[float, float]]:
    """Yield when each frame that has another picture of the figure was there, and how long that had been due.

    A frame that comes after several changes is one, as late as the first of them.
    """
    figures = {figure.id: figure for figure in shipped_figures()}
    for (looked_s, _, name, began_s, t_s), (_, done_s, next_name, next_began_s, next_t_s) in pairwise(frames):
        if name is None or (name, began_s) != (next_name, next_began_s):
            continue
        change_s = _next_change_s(figures[name], t_s, next_t_s)
        if change_s is not None:
            yield done_s, done_s - (looked_s + change_s - t_s)


def _next_change_s(figure: Figure, from_s: float, until_s: float) -> float | None:
    """Return the first moment after `from_s`, to a millisecond, at which the figure's picture changes."""
    shown = figure.step(from_s)
    moments = (min(from_s + ms / 1000, until_s) for ms in range(1, ceil((until_s - from_s) * 1000) + 1))
    return next((at_s for at_s in moments if figure.step(at_s) != shown), None)
