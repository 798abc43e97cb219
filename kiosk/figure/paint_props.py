"""Paints the props: the ball, what stands in the room, and what the hands hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pygame import Vector3

from kiosk.colour import Colour
from kiosk.figure.canvas import Canvas, Point, circle_points, clip_convex, convex_hull
from kiosk.figure.colours import FigureColours, Paint
from kiosk.figure.props import (
    BALL_SQUASH,
    BAND_RADIUS,
    BAR_RADIUS,
    BELL_BELOW,
    BELL_HANDLE,
    BELL_HANDLE_RADIUS,
    BELL_RADIUS,
    DUMBBELL_RADIUS,
    PLATE_RADIUS,
    Ball,
    Cuboid,
    Held,
    bell,
    dumbbell_heads,
    grips,
    medicine_ball,
    plates,
)
from kiosk.figure.shapes import Sphere, ring
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.vectors import mean, perpendicular, unit
from kiosk.figure.viewpoint import Viewpoint

RIDGES = (-0.66, -0.34, -0.02, 0.30, 0.62)
"""Heights of the ball's grooves, from -1 at the floor to 1 at the top."""
RIDGE_WIDTH = 0.014
EDGE = 0.004
"""Radius of a cuboid's rounded edges, in body heights."""


def paint_ball(canvas: Canvas, view: Viewpoint, ball: Ball, colours: FigureColours, gap: float) -> None:
    """Paint a dark ball with its lit part at the upper left, grooves and a highlight; `gap` is in body heights."""
    x, y, radius = view.circle(*ball.sphere)
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
    centre, radius = ball.sphere
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


def paint_cuboids(
    canvas: Canvas, view: Viewpoint, cuboids: Sequence[Cuboid], colours: FigureColours, gap: float
) -> None:
    """Paint cuboids in order, first all of them a little larger in the background's colour."""
    for cuboid in cuboids:
        canvas.hull([view.circle(corner, EDGE + gap) for corner in cuboid.corners], Paint(colours.background))
    for cuboid in cuboids:
        light, mid, dark = colours.gear if cuboid.gear else colours.room
        for axis, sign, paint in ((2, 1, mid), (2, -1, mid), (0, 1, dark), (0, -1, dark), (1, 1, light)):
            if view.towards[axis] * sign > 0.001:
                canvas.hull([view.circle(corner, EDGE) for corner in cuboid.face(axis, sign)], Paint(paint))


def paint_held(canvas: Canvas, view: Viewpoint, held: Held, body: Skeleton, colours: FigureColours, gap: float) -> None:
    """Paint a held prop, first a little larger in the background's colour."""
    light, mid, dark = colours.gear
    hands = grips(held, body)

    def chain(points: Sequence[Vector3], radius: float, colour: Colour, grow: float = 0.0) -> None:
        canvas.chain([view.circle(point, radius) for point in points], Paint(colour), grow * view.scale)

    def hull(spheres: Iterable[Sphere], colour: Colour, grow: float = 0.0) -> None:
        canvas.hull([view.circle(*sphere) for sphere in spheres], Paint(colour), grow * view.scale)

    def disc(centre: Vector3, axis: Vector3, radius: float, half: float, colour: Colour, grow: float = 0.0) -> None:
        aside = perpendicular(Vector3(0, 1, 0) if abs(axis.y) < 0.9 else Vector3(1, 0, 0), axis)
        ends = (ring(centre + axis * place, axis, aside, 0.0, radius + grow) for place in (-half - grow, half + grow))
        canvas.polygon(convex_hull(view.point(point) for end in ends for point in end), Paint(colour))

    for shade, grow in ((colours.background, gap), (None, 0.0)):
        if held.kind == "dumbbell":
            first, second, axis = dumbbell_heads(held, body)
            chain([first, second], 0.012, shade or mid, grow)
            for head in (first, second):
                disc(head, axis, DUMBBELL_RADIUS, 0.020, shade or mid, grow)
            if shade is None:
                # The end that faces the viewer is lighter, so that a head does not look like a ball.
                near = max((first, second), key=lambda head: head.dot(view.towards))
                facing = axis * math.copysign(1, (near - mean(hands)).dot(axis))
                disc(near + facing * 0.020, axis, 0.026, 0.0, light)
        elif held.kind == "kettlebell":
            centre, down = bell(held, body)
            # The handle faces the viewer whatever way the bell is turned. Without it, the bell would be a ball.
            across = view.towards.cross(down)
            aside = unit(across) if across.length() > 0.2 else view.right
            top, low, half = centre - down * BELL_BELOW, centre - down * 0.035, BELL_HANDLE / 2
            loop = [low - aside * half, top - aside * 0.8 * half, top + aside * 0.8 * half, low + aside * half]
            chain(loop, BELL_HANDLE_RADIUS, shade or mid, grow)
            hull([Sphere(centre, BELL_RADIUS)], shade or mid, grow)
            if shade is None:
                hull([Sphere(centre - view.right * 0.018 + view.up * 0.020, 0.016)], light)
        elif held.kind == "barbell":
            first, second, axis = plates(held, body)
            chain([first, second], BAR_RADIUS, shade or light, grow)
            for plate in sorted((first, second), key=lambda plate: plate.dot(view.towards)):
                disc(plate, axis, PLATE_RADIUS, 0.016, shade or dark, grow)
                if shade is None:
                    disc(plate + axis * math.copysign(0.016, axis.dot(view.towards)), axis, 0.098, 0.0, mid)
        elif held.kind == "medicine_ball":
            centre, radius = medicine_ball(held, body)
            hull([Sphere(centre, radius)], shade or mid, grow)
            if shade is None:
                hull([Sphere(centre - view.right * 0.024 + view.up * 0.028, 0.018)], light)
        else:
            for hand, side in zip(hands, held.hands, strict=True):
                chain([hand, body[f"ball_{side}"]], BAND_RADIUS, shade or mid, grow)
                chain([hand, hand + unit(body[f"ball_{side}"] - hand) * 0.03], 0.012, shade or light, grow)
