"""The canvas, a surface of twice the final size for smooth edges, and the few shapes that figures are made of."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from functools import cache

import pygame

from kiosk.colour import Colour
from kiosk.figure.colours import Paint

SUPERSAMPLE = 2
"""Factor by which everything is drawn too large. 1 is visibly jagged; 3 looks like 2 and costs twice as much."""

Point = tuple[float, float]
Circle = tuple[float, float, float]
"""A circle as (x, y, radius)."""


@cache
def _round(count: int) -> tuple[Point, ...]:
    return tuple((math.cos(2 * math.pi * i / count), math.sin(2 * math.pi * i / count)) for i in range(count))


def circle_points(circle: Circle, flatten: float = 1.0, count: int = 0) -> list[Point]:
    """Return `count` points on a circle, by default enough for it to look round. `flatten` scales the height."""
    x, y, radius = circle
    count = count or (20 if radius < 12 else 36 if radius < 60 else 52)
    return [(x + radius * c, y + radius * flatten * s) for c, s in _round(count)]


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """Return the corners of the convex hull of some points (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def chain(row: Iterable[Point]) -> list[Point]:
        kept: list[Point] = []
        for x, y in row:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return chain(ordered) + chain(reversed(ordered))


def circles_hull(circles: Iterable[Circle], grow: float = 0.0) -> list[Point]:
    return convex_hull(point for x, y, radius in circles for point in circle_points((x, y, radius + grow)))


def clip_convex(subject: Sequence[Point], window: Sequence[Point]) -> list[Point]:
    """Return the part of `subject` inside `window`; both are convex polygons (Sutherland and Hodgman)."""
    kept = list(subject)
    for (ax, ay), (bx, by) in zip(window, [*window[1:], window[0]], strict=True):
        source, kept = kept, []
        for (px, py), (qx, qy) in zip(source, [*source[1:], *source[:1]], strict=True):
            p = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
            q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
            if p >= 0:
                kept.append((px, py))
            if (p < 0) != (q < 0):
                share = p / (p - q)
                kept.append((px + (qx - px) * share, py + (qy - py) * share))
    return kept


def _tangents(a: Circle, b: Circle) -> list[Point]:
    """Return the corners of the area between two circles' outer tangents; none if one circle lies in the other."""
    (ax, ay, ar), (bx, by, br) = a, b
    distance = math.hypot(bx - ax, by - ay)
    if distance <= abs(ar - br):
        return []
    dx, dy = (bx - ax) / distance, (by - ay) / distance
    cosine = (ar - br) / distance
    sine = math.sqrt(1 - cosine * cosine)
    left = (dx * cosine - dy * sine, dy * cosine + dx * sine)
    right = (dx * cosine + dy * sine, dy * cosine - dx * sine)
    return [
        (ax + left[0] * ar, ay + left[1] * ar),
        (bx + left[0] * br, by + left[1] * br),
        (bx + right[0] * br, by + right[1] * br),
        (ax + right[0] * ar, ay + right[1] * ar),
    ]


class Canvas:
    """A canvas for shapes in supersampled pixels. It has a surface for colours and a surface for shares of accent."""

    def __init__(self, size: tuple[int, int], background: Colour) -> None:
        wide = (size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE)
        self.colour = pygame.Surface(wide, 0, 32)
        self.colour.fill(background)
        # A surface with 8 bits would need a palette, which pygame before 2.1.3 cannot set without a display.
        self._accent = pygame.Surface(wide, 0, 32)
        self._touched = pygame.Rect(0, 0, 0, 0)
        self._accented = pygame.Rect(0, 0, 0, 0)

    @property
    def touched(self) -> pygame.Rect:
        """The area drawn on since the last restart, in supersampled pixels, grown to even borders."""
        return _aligned(self._touched, self.colour.get_rect())

    @property
    def accented(self) -> pygame.Rect:
        """The area drawn on with accent since the last restart, in supersampled pixels, grown to even borders."""
        return _aligned(self._accented, self.colour.get_rect())

    def restart(self, start: pygame.Surface) -> None:
        """Restore the colours from `start`, which has the canvas's size, and clear the accent."""
        self.colour.blit(start, self._touched, self._touched)
        self._accent.fill(0, self._accented)
        self._touched = pygame.Rect(0, 0, 0, 0)
        self._accented = pygame.Rect(0, 0, 0, 0)

    def accent(self) -> pygame.Surface:
        """Return the accented area as a surface, in which grey is the share of accent."""
        surface = pygame.Surface(self.accented.size, 0, 32)
        surface.blit(self._accent, (0, 0), self.accented)
        return surface

    def polygon(self, points: Sequence[Point], paint: Paint) -> None:
        if len(points) < 3:
            return
        rounded = [(int(x + 0.5), int(y + 0.5)) for x, y in points]
        drawn = pygame.draw.polygon(self.colour, paint.colour, rounded)
        self._touched = drawn.union(self._touched) if self._touched else drawn
        if paint.accent:
            grey = round(255 * paint.accent)
            pygame.draw.polygon(self._accent, (grey, grey, grey), rounded)
            self._accented = drawn.union(self._accented) if self._accented else drawn
        elif self._accented and drawn.colliderect(self._accented):
            pygame.draw.polygon(self._accent, (0, 0, 0), rounded)

    def circle(self, circle: Circle, paint: Paint, grow: float = 0.0) -> None:
        self.polygon(circle_points((circle[0], circle[1], circle[2] + grow)), paint)

    def hull(self, circles: Iterable[Circle], paint: Paint, grow: float = 0.0) -> None:
        self.polygon(circles_hull(circles, grow), paint)

    def chain(self, circles: Sequence[Circle], paint: Paint, grow: float = 0.0) -> None:
        """Paint a rounded shape along a row of circles, made of the hulls of every two neighbours."""
        grown = [(x, y, radius + grow) for x, y, radius in circles]
        for circle in grown:
            self.polygon(circle_points(circle), paint)
        for a, b in itertools.pairwise(grown):
            self.polygon(_tangents(a, b), paint)


def shrink(surface: pygame.Surface, area: pygame.Rect | None = None) -> pygame.Surface:
    """Return a surface, or an area with borders at multiples of SUPERSAMPLE, averaged down to the final size."""
    part = surface if area is None else surface.subsurface(area)
    return pygame.transform.smoothscale(part, (part.get_width() // SUPERSAMPLE, part.get_height() // SUPERSAMPLE))


def _aligned(area: pygame.Rect, inside: pygame.Rect) -> pygame.Rect:
    """Return the area grown to borders at multiples of SUPERSAMPLE, then clipped to `inside`."""
    left, top = area.left // SUPERSAMPLE * SUPERSAMPLE, area.top // SUPERSAMPLE * SUPERSAMPLE
    right = -(-area.right // SUPERSAMPLE) * SUPERSAMPLE
    bottom = -(-area.bottom // SUPERSAMPLE) * SUPERSAMPLE
    return pygame.Rect(left, top, right - left, bottom - top).clip(inside)
