"""The hair: a cap on the head, cut off by a plane, and how it looks from the camera."""

from __future__ import annotations

import math

from pygame import Vector3

from kiosk.figure.canvas import Point, circle_points, convex_hull
from kiosk.figure.shapes import CROWN
from kiosk.figure.skeleton import HEAD_RADIUS, Skeleton
from kiosk.figure.vectors import perpendicular, unit
from kiosk.figure.viewpoint import Viewpoint

HAIRLINE = 0.12
"""Hair covers the part of the head more than this (of a radius) from its middle, upwards and backwards."""
VOLUME = 1.05
"""How much larger than the head the hair is."""
HEIGHT = (HEAD_RADIUS + CROWN / 2) / HEAD_RADIUS
"""The head is a little higher than wide."""
STEPS = 24


def hair_faces(body: Skeleton, view: Viewpoint) -> float:
    """Return how much the middle of the hair looks at the viewer: -1 is the face from straight ahead, 1 the back."""
    return _middle(body).dot(view.towards)


def _middle(body: Skeleton) -> Vector3:
    return unit(body.head.up * 0.55 - body.head.front * 0.80)


def hair_cap(body: Skeleton, view: Viewpoint) -> list[Point]:
    """Return the outline of the visible hair.

    The head is taken as a stretched ball. In the space where that ball is round, the visible hair is bounded by a
    part of the ball's outline and by a part of the hairline, which meet.
    """
    axes = body.head
    centre = body["head"] + axes.up * (CROWN / 2)

    def place(direction: Vector3) -> Point:
        stretched = direction + axes.up * (direction.dot(axes.up) * (HEIGHT - 1))
        return view.point(centre + stretched * (HEAD_RADIUS * VOLUME))

    # The same stretch applied to the view's direction gives the outline of the stretched ball.
    viewer = unit(view.towards - axes.up * (view.towards.dot(axes.up) * (1 - 1 / HEIGHT)))
    middle = _middle(body)
    facing = middle.dot(viewer)
    slant = math.sqrt(max(0.0, 1 - facing * facing))
    ring = math.sqrt(1 - HAIRLINE * HAIRLINE)
    if slant <= HAIRLINE:
        if facing < 0:
            return []
        # Seen from straight behind, the whole hairline faces the viewer.
        return convex_hull(circle_points((*view.point(centre), HEAD_RADIUS * VOLUME * view.scale), 1.0))
    near = perpendicular(viewer, middle)
    across = middle.cross(near)
    reach = math.acos(max(-1.0, min(1.0, -HAIRLINE * facing / (ring * slant))))
    # From in front the hair ends straight, like a fringe: the true line would leave next to nothing of it to see.
    line = (
        []
        if facing < 0
        else [
            middle * HAIRLINE + (near * math.cos(angle) + across * math.sin(angle)) * ring
            for angle in (reach * (1 - 2 * i / STEPS) for i in range(STEPS + 1))
        ]
    )
    outward = perpendicular(middle, viewer)
    aside = viewer.cross(outward)
    half = math.acos(HAIRLINE / slant)
    outline = [
        outward * math.cos(angle) + aside * math.sin(angle)
        for angle in (half * (2 * i / STEPS - 1) for i in range(STEPS + 1))
    ]
    # Go on round the outline from the end at which the hairline stopped.
    if line and (line[-1] - outline[0]).length() > (line[-1] - outline[-1]).length():
        outline.reverse()
    return [place(direction) for direction in (*line, *outline)]
