"""Paints the floor: the mat, the shadow on it, and the spot under a figure without a mat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pygame import Vector3

from kiosk.colour import mix
from kiosk.figure.canvas import Canvas, Point, circle_points, clip_convex, convex_hull
from kiosk.figure.colours import FigureColours, Paint
from kiosk.figure.props import Mat
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.viewpoint import Viewpoint

MAT_CORNER = 0.022
MAT_THICKNESS = 0.016
FLATTEST = 0.25
"""Minimum height over width of the mat's corners and of shadows. A low camera would turn them into hairlines."""
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
