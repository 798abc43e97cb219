"""Confetti: pieces of paper that fall, sway and turn for a few seconds."""

from __future__ import annotations

from functools import cache
from math import cos, hypot, pi, sin, tau
from random import Random
from typing import NamedTuple

import pygame.gfxdraw
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item

PIECES = 60
LASTS_S = 6.0
_GONE_OVER_S = 0.8
"""Duration of the last part, in which pieces that are still in the air shrink until they are gone."""
_LANDS_OVER = 0.060
"""Height above the floor, in H (the screen's height), at which a piece begins to shrink until it is gone."""
_SEED = 2026
_BEGINS_ABOVE, _BEGINS_BELOW = -0.55, 0.90
"""Range of `Piece.y`. A negative value is above the screen, in H; a positive value is a part of the room's height."""
_CORNERS = 16
"""Number of corners of a round piece."""


class Piece(NamedTuple):
    """A piece. `x` is 0 to 1 across the room. Lengths are in H; `speed`, `turns` and `flips` are per second."""

    x: float
    y: float
    speed: float
    sway: float
    width: float
    height: float
    angle: float
    turns: float
    flips: float


@cache
def pieces() -> tuple[Piece, ...]:
    """Return the pieces, the same ones in every run."""
    random = Random(_SEED)
    return tuple(
        Piece(
            # The pieces are spread across the room, so that no part of it stays empty.
            x=(place * 0.618 + random.uniform(0, 0.1)) % 1.0,
            y=random.uniform(_BEGINS_ABOVE, _BEGINS_BELOW),
            speed=random.uniform(0.15, 0.30),
            sway=random.uniform(0.0, 0.012),
            width=random.uniform(0.016, 0.028),
            height=random.uniform(0.022, 0.042),
            angle=random.uniform(0, pi),
            turns=random.uniform(-0.6, 0.6),
            flips=random.uniform(0.3, 0.9),
        )
        for place in range(PIECES)
    )


def confetti(context: Context, t_s: float, rooms: tuple[Rect, ...]) -> list[Item]:
    """Return the pieces at `t_s` seconds. `rooms` (in pixels) are side by side, and the bottom of each is its floor.

    Each room is one item, because comparing and merging sixty small items costs more than painting a room.
    """
    if not 0 <= t_s < LASTS_S:
        return []
    palette, unit = context.palette, context.layout.unit_px
    colours = (palette.work, palette.muscle, palette.rest, palette.ready, palette.text)
    left, right = rooms[0].left, rooms[-1].right
    seen: list[list[tuple[_Points, Colour]]] = [[] for _ in rooms]
    for place, piece in enumerate(pieces()):
        radius = hypot(piece.width, piece.height) / 2
        reach = (radius + piece.sway) * unit + 2
        at = left + piece.x * (right - left)
        here = next((index for index, room in enumerate(rooms) if at < room.right), len(rooms) - 1)
        room = rooms[here]
        x = min(max(at, room.left + reach), room.right - reach) + piece.sway * unit * sin(tau * piece.flips * t_s)
        begins = piece.y * (unit if piece.y < 0 else room.height)
        y = room.top + begins + piece.speed * t_s * unit
        lands = (room.bottom - y) / unit - radius
        size = min(1.0, (LASTS_S - t_s) / _GONE_OVER_S, lands / _LANDS_OVER)
        if size > 0 and y > room.top - reach:
            corners = _round_corners if place % 4 == 3 else _corners
            seen[here].append((corners(piece, x, y, t_s, size * unit), colours[place % len(colours)]))
    return [_falling(room, tuple(shapes)) for room, shapes in zip(rooms, seen, strict=True)]


_Points = tuple[tuple[int, int], ...]


def _falling(room: Rect, shapes: tuple[tuple[_Points, Colour], ...]) -> Item:
    def paint(surface: Surface) -> None:
        for points, colour in shapes:
            pygame.gfxdraw.filled_polygon(surface, points, colour)
            pygame.gfxdraw.aapolygon(surface, points, colour)

    return Item(room, ("confetti", shapes), paint)


def _round_corners(piece: Piece, x: float, y: float, t_s: float, scale: float) -> _Points:
    """Return the corners of a round piece, in pixels; `scale` is the number of pixels in one H."""
    radius = piece.width * scale / 2
    turns = [tau * corner / _CORNERS for corner in range(_CORNERS)]
    return tuple((round(x + radius * cos(turn)), round(y + radius * sin(turn))) for turn in turns)


def _corners(piece: Piece, x: float, y: float, t_s: float, scale: float) -> _Points:
    """Return the corners of a piece of paper in pixels; `scale` is the number of pixels in one H."""
    # The piece tumbles, so it shows its face and its edge in turn.
    across = piece.width * scale / 2
    down = piece.height * scale / 2 * (0.30 + 0.70 * abs(cos(tau * piece.flips * t_s + piece.angle)))
    angle = piece.angle + tau * piece.turns * t_s
    c, s = cos(angle), sin(angle)
    corners = ((-across, -down), (across, -down), (across, down), (-across, down))
    return tuple((round(x + c * px - s * py), round(y + s * px + c * py)) for px, py in corners)
