"""Arrows that show which way to move."""

from __future__ import annotations

import itertools
import math

from pygame import Vector3

from kiosk.colour import Colour
from kiosk.figure.blend import blend
from kiosk.figure.canvas import Canvas, Circle, Point, circle_points, convex_hull
from kiosk.figure.colours import Paint
from kiosk.figure.model import Figure, JointArrow, PathArrow
from kiosk.figure.skeleton import solve
from kiosk.figure.vectors import mean, unit
from kiosk.figure.viewpoint import Viewpoint

POINTS = 24
WIDTH = 0.017
TIP_LENGTH, TIP_WIDTH = 0.056, 0.064
TIP_ROUNDING = 0.004
GAP = 0.008


def arrow_path(figure: Figure, arrow: JointArrow | PathArrow, view: Viewpoint) -> list[Point]:
    """Return the middle line of an arrow's shaft, as points in pixels. The arrow's head begins at the last point."""
    if isinstance(arrow, PathArrow):
        first, *between, last = (Vector3(point) for point in arrow.points)
        bow = between[0] if between else first.lerp(last, 0.5)
        shares = [i / (POINTS - 1) for i in range(POINTS)]
        return [view.point(first.lerp(bow, u).lerp(bow.lerp(last, u), u)) for u in shares]
    start, end = figure.poses[arrow.start], figure.poses[arrow.end]
    points = []
    for i in range(POINTS):
        share = arrow.span[0] + (arrow.span[1] - arrow.span[0]) * i / (POINTS - 1)
        body = solve(blend(start, end, share))
        joint, pivot = (mean([body[name] for name in names]) for names in (arrow.joints, arrow.pivots))
        x, y = view.point(joint + unit(joint - pivot) * arrow.distance)
        points.append((x + arrow.shift[0] * view.scale, y - arrow.shift[1] * view.scale))
    return points


def arrow_outlines(figure: Figure, view: Viewpoint, grow: float = 0.0) -> list[list[Point]]:
    """Return convex polygons that together make up all arrows of a figure, widened by `grow` body heights."""
    outlines: list[list[Point]] = []
    scale = view.scale
    for arrow in figure.arrows:
        path = arrow_path(figure, arrow, view)
        dots: list[Circle] = [(x, y, (WIDTH / 2 + grow) * scale) for x, y in path]
        for a, b in itertools.pairwise(dots):
            outlines.append(convex_hull([*circle_points(a), *circle_points(b)]))
        (ax, ay), back = path[-4], path[-1]
        length = math.dist((ax, ay), back) or 1.0
        dx, dy = (back[0] - ax) / length, (back[1] - ay) / length
        tip = (back[0] + dx * TIP_LENGTH * scale, back[1] + dy * TIP_LENGTH * scale)
        half = TIP_WIDTH / 2 * scale
        corners = (tip, (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half))
        rounding = (TIP_ROUNDING + grow) * scale
        outlines.append(convex_hull(point for x, y in corners for point in circle_points((x, y, rounding))))
    return outlines


def paint_arrows(canvas: Canvas, figure: Figure, view: Viewpoint, background: Colour) -> None:
    for outline in arrow_outlines(figure, view, GAP):
        canvas.polygon(outline, Paint(background))
    for outline in arrow_outlines(figure, view):
        canvas.polygon(outline, Paint((0, 0, 0), 1.0))
