"""What a scene is made of: pieces, each of which says for how long it stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

from kiosk.screen.display_list import Item
from kiosk.screen.kit import Kit

SMOOTH_S = 1 / 30
"""From one frame to the next while something moves, at least."""


class Piece(NamedTuple):
    """Items that change together, as long as the view stays the same.

    `stays_s` is for how many seconds of the moment's `t_s` they surely stay as they are, `waits_s` how much longer what
    comes then may wait for another reason to draw a frame.
    """

    items: list[Item]
    stays_s: float = inf
    waits_s: float = 0.0


MakePiece = Callable[[Any, float, Kit], Piece]
"""Makes a piece of a view, its `t_s` and the kit."""


def whole(
    draw: Callable[[Any, float, Kit], list[Item]],
    stays_s: Callable[[Any, float, Kit], float] = lambda view, t_s, kit: SMOOTH_S,
    waits_s: float = 0.0,
) -> tuple[MakePiece, ...]:
    """Return a scene of one piece."""
    return (lambda view, t_s, kit: Piece(draw(view, t_s, kit), stays_s(view, t_s, kit), waits_s),)


def still(draw: Callable[[Any, float, Kit], list[Item]]) -> tuple[MakePiece, ...]:
    """Return a scene in which nothing moves but what the view says."""
    return whole(draw, lambda view, t_s, kit: inf)
