"""Athletes side by side on cards: they take turns to move, and the others stand in their key pose."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from pygame import Rect

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, frame
from kiosk.screen.figures import FigureMoment, Loop, SizedFigure
from kiosk.screen.widgets.stage import figure


class Athlete(NamedTuple):
    """A figure on a card, and its box in pixels."""

    figure: str
    box: Rect


class _Turn(NamedTuple):
    """Which athlete moves, for how many seconds already, and for how many more."""

    place: int
    into_s: float
    left_s: float


def athletes(context: Context, shown: tuple[Athlete, ...], accent: Colour, t_s: float | None) -> Frame:
    """Return the athletes. They move one after the other, each for one loop. Without a `t_s` all stand still."""
    turn = None if t_s is None or not shown else _turn(context, shown, t_s)
    parts = []
    for place, (name, area) in enumerate(shown):
        loop = context.figures.loop(name) or Loop(0.0, 0.0)
        moment = FigureMoment(name, loop.key_s, area.size, accent, ground=context.palette.surface, still=True)
        if turn is not None and turn.place == place and loop.duration_s:
            moment = moment._replace(t_s=loop.key_s + turn.into_s, still=False)
            parts.append(figure(context, moment, area.topleft))
        else:
            parts.append(_standing(context, moment, area.topleft))
    return frame(*parts, Frame([], inf if turn is None else turn.left_s))


def moving_first(context: Context, shown: tuple[Athlete, ...], t_s: float) -> list[SizedFigure]:
    """Return the athletes' figures with the sizes of their boxes: the one that moves at `t_s`, then the next ones."""
    first = _turn(context, shown, t_s).place
    return [SizedFigure(one.figure, one.box.size, context.palette.surface) for one in shown[first:] + shown[:first]]


def _turn(context: Context, of: tuple[Athlete, ...], t_s: float) -> _Turn:
    loops = [context.figures.loop(one.figure) for one in of]
    lengths_s = [0.0 if loop is None else loop.duration_s for loop in loops]
    into_s = t_s % sum(lengths_s) if any(lengths_s) else 0.0
    for place, length_s in enumerate(lengths_s):
        if into_s < length_s:
            return _Turn(place, into_s, length_s - into_s)
        into_s -= length_s
    return _Turn(0, 0.0, inf)


def _standing(context: Context, moment: FigureMoment, topleft: tuple[int, int]) -> Frame:
    """Return a figure that stands still. Its items are made once, because a dozen of them would cost every frame."""
    key = (_standing, moment, topleft)
    found = context.cache.get(key)
    if found is None:
        found = figure(context, moment, topleft)
        if found.items and found.stays_s == inf:
            context.cache[key] = found
    return found
