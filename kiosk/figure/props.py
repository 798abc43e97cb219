"""Props: the mat, the ball, and the shadow on the floor."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pygame import Vector3

from kiosk.colour import mix
from kiosk.figure.canvas import Canvas, Point, circle_points, clip_convex, convex_hull
from kiosk.figure.colours import FigureColours, Paint
from kiosk.figure.model import Ball, Mat
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.viewpoint import Viewpoint

MAT_CORNER = 0.022
MAT_THICKNESS = 0.016
FLATTEST = 0.25
"""Minimum height over width of the mat's corners and of shadows. A low camera would turn them into hairlines."""

BALL_SQUASH = 0.95
"""Height over width of a ball that carries a person."""
RIDGES = (-0.66, -0.34, -0.02, 0.30, 0.62)
"""Heights of the ball's grooves, from -1 at the floor to 1 at the top."""
RIDGE_WIDTH = 0.014

SPOT_RADIUS = 0.22
"""Radius of the spot under a figure that has no mat."""


def mat_top(mat: Mat, view: Viewpoint, corner_points: int = 0) -> list[Point]:
    flatten = max(FLATTEST, view.floor_flattening)
    corners = [Vector3(x, 0, z) for x in (mat.x0, mat.x1) for z in (mat.z0, mat.z1)]
    return convex_hull(
        point for corner in corners for point in circle_points(view.circle(corner, MAT_CORNER), flatten, corner_points)
    )


def mat_side(mat: Mat, view: Viewpoint) -> list[Point]:
    """Return the outline of the whole mat with its thickness. The mat's top is painted over this outline."""
    top = mat_top(mat, view)
    return convex_hull([*top, *((x, y + MAT_THICKNESS * view.scale) for x, y in top)])


def paint_mat(canvas: Canvas, view: Viewpoint, mat: Mat, colours: FigureColours) -> None:
    canvas.polygon(mat_side(mat, view), Paint(colours.mat_edge))
    canvas.polygon(mat_top(mat, view), Paint(colours.mat))


def paint_shadow(canvas: Canvas, view: Viewpoint, mat: Mat, groups: Iterable[Sequence[Sphere]], paint: Paint) -> None:
    """Paint the shadow of all groups straight down on the mat. It is opaque, so that nothing is darkened twice."""
    edge = mat_top(mat, view, corner_points=8)
    flatten = max(FLATTEST, view.floor_flattening)
    for group in groups:
        outline = convex_hull(
            point
            for sphere in group
            for point in circle_points(
                view.circle(Vector3(sphere.centre.x, 0, sphere.centre.z), sphere.radius), flatten, 24
            )
        )
        canvas.polygon(clip_convex(outline, edge), paint)


def ground_spot(body: Skeleton) -> Sphere:
    """Return the spot under the feet. It shrinks while the feet are in the air, so that a jump looks like a jump."""
    feet = (body["toe_l"] + body["toe_r"] + body["heel_l"] + body["heel_r"]) / 4
    height = min(body[joint].y for joint in ("toe_l", "toe_r", "heel_l", "heel_r"))
    return Sphere(Vector3(feet.x, 0, feet.z), SPOT_RADIUS * (1 - 1.6 * max(0.0, min(0.4, height))))


def paint_ground_spot(canvas: Canvas, view: Viewpoint, body: Skeleton, colours: FigureColours) -> None:
    spot = ground_spot(body)
    canvas.polygon(circle_points(view.circle(*spot), 0.16), Paint(mix(colours.background, colours.mat, 0.75)))


def ball_sphere(ball: Ball) -> Sphere:
    return Sphere(Vector3(ball.x, ball.radius * BALL_SQUASH, ball.z), ball.radius)


def paint_ball(canvas: Canvas, view: Viewpoint, ball: Ball, colours: FigureColours, gap: float) -> None:
    """Paint a dark ball with its lit part at the upper left, grooves and a highlight; `gap` is in body heights."""
    x, y, radius = view.circle(*ball_sphere(ball))
    # Height over width of the outline of a squashed ball, seen from a little above.
    height = math.hypot(BALL_SQUASH * math.sqrt(1 - view.floor_flattening**2), view.floor_flattening)
    outline = convex_hull(circle_points((x, y, radius), height))
    canvas.polygon(circle_points((x, y, radius + gap * view.scale), height), Paint(colours.background))
    canvas.polygon(outline, Paint(colours.ball_dark))
    lit = circle_points((x - 0.05 * radius, y - 0.075 * radius, radius * 0.985), height)
    canvas.polygon(clip_convex(convex_hull(lit), outline), Paint(colours.ball))
    for level in RIDGES:
        lower, upper = (_latitude(ball, view, level + side * RIDGE_WIDTH) for side in (-1, 1))
        canvas.polygon([*lower, *reversed(upper)], Paint(colours.ball_dark))
    shine = circle_points((x - 0.36 * radius, y - 0.62 * radius, 0.17 * radius), 0.5)
    canvas.polygon(shine, Paint(colours.ball_light))


def _latitude(ball: Ball, view: Viewpoint, level: float) -> list[Point]:
    """Return the visible part of a horizontal circle on the ball, from its left end to its right end."""
    centre, radius = ball_sphere(ball)
    width = math.sqrt(max(0.0, 1 - level * level))
    # On a squashed ball the normal's height is divided by the squash. Points whose normal faces the viewer are visible.
    slope = level / BALL_SQUASH * view.towards.y / max(1e-6, width * math.hypot(view.towards.x, view.towards.z))
    half = math.acos(max(-1.0, min(1.0, -slope)))
    middle = math.atan2(view.towards.z, view.towards.x)
    points = []
    for i in range(33):
        angle = middle + half * (1 - i / 16)
        aside = Vector3(math.cos(angle) * width, level * BALL_SQUASH, math.sin(angle) * width)
        points.append(view.point(centre + aside * radius))
    return points
