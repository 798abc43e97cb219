"""Computes the outline of the hair as the camera sees it. The hair is a cap on the head, cut off by a plane."""

from __future__ import annotations

import math

from pygame import Vector3

from kiosk.figure.canvas import Point, circle_points, convex_hull
from kiosk.figure.shapes import CROWN
from kiosk.figure.skeleton import HEAD_RADIUS, Skeleton
from kiosk.figure.vectors import perpendicular, unit
from kiosk.figure.viewpoint import Viewpoint

HAIRLINE = 0.12
"""Distance of the plane from the middle of the head, upwards and backwards, in head radii. Hair is beyond the plane."""
VOLUME = 1.05
"""Size of the hair over the size of the head."""
HEIGHT = (HEAD_RADIUS + CROWN / 2) / HEAD_RADIUS
"""Height of the head over its width."""
STEPS = 24


def hair_faces(body: Skeleton, view: Viewpoint) -> float:
    """Return how much the hair faces the viewer, from -1 (head seen from the front) to 1 (head seen from behind)."""
    return _middle(body).dot(view.towards)


def _middle(body: Skeleton) -> Vector3:
    return unit(body.head.up * 0.55 - body.head.front * 0.80)


def hair_cap(body: Skeleton, view: Viewpoint) -> list[Point]:
    """Return the outline of the visible hair.

    The head is a stretched ball. In the space where that ball is round, the visible hair lies between a part of the
    ball's outline and a part of the hairline. The ends of these two parts meet.
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
        # If the head is seen from directly behind, the whole hairline faces the viewer.
        return convex_hull(circle_points((*view.point(centre), HEAD_RADIUS * VOLUME * view.scale), 1.0))
    near = perpendicular(viewer, middle)
    across = middle.cross(near)
    reach = math.acos(max(-1.0, min(1.0, -HAIRLINE * facing / (ring * slant))))
    # From the front the hair ends in a straight line, like a fringe. With the true hairline almost no hair would show.
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
    # Continue with the end of the outline that is nearer to the end of the hairline.
    if line and (line[-1] - outline[0]).length() > (line[-1] - outline[-1]).length():
        outline.reverse()
    return [place(direction) for direction in (*line, *outline)]
