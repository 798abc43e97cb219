"""Draws a whole figure, which is fitted into its box, drawn too large, then averaged down for smooth edges."""

from __future__ import annotations

from collections.abc import Iterable

import pygame

from kiosk.figure import shapes
from kiosk.figure.arrows import GAP as ARROW_GAP
from kiosk.figure.arrows import arrow_outlines, paint_arrows
from kiosk.figure.body import GAP, BodyPainter
from kiosk.figure.canvas import SUPERSAMPLE, Canvas, Point, shrink
from kiosk.figure.colours import COLOURS, FigureColours, Paint
from kiosk.figure.floor import ground_spot, mat_side, paint_ground_spot, paint_mat, paint_shadow
from kiosk.figure.model import Figure
from kiosk.figure.paint_props import paint_ball, paint_cuboids, paint_held
from kiosk.figure.picture import Layer, Picture, canvas_rect, equal_pixels, keyed_layer
from kiosk.figure.pose import Pose
from kiosk.figure.props import held_spheres
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton, solve
from kiosk.figure.viewpoint import Viewpoint

FIT_SAMPLES = 24
PADDING = 0.04
"""Share of the box that stays free, counting both sides together."""
MAT_OVERFLOW = 0.025
"""Maximum distance, in body heights, by which the mat's lower edge may leave the box."""


class Drawing:
    """A drawing of a figure that is fitted into a box, for any pose. The box and all places are in pixels."""

    def __init__(
        self, figure: Figure, box_px: tuple[int, int], colours: FigureColours = COLOURS, only: Pose | None = None
    ) -> None:
        """Fit the whole loop into the box, with its arrows; or `only` one pose, which is larger then."""
        self.figure = figure
        self.colours = colours
        self.canvas_rect = canvas_rect(box_px)
        self._margin = -self.canvas_rect.left
        self._view = fit(figure, box_px, self._margin, only)
        self._canvas = Canvas(self.canvas_rect.size, colours.background)
        self._empty = shrink(self._canvas.colour)
        if figure.room.mat:
            paint_mat(self._canvas, self._view, figure.room.mat, colours)
        self._start = self._canvas.colour.copy()

    def whole(self, pose: Pose) -> Picture:
        """Return the whole picture of a pose, without arrows."""
        self._paint(pose)
        shown = shrink(self._canvas.colour)
        colour = keyed_layer(shown, equal_pixels(shown, self._empty), self.canvas_rect.topleft)
        return Picture(colour, self._accent_layer())

    def arrows(self) -> Picture | None:
        """Return a picture of the figure's arrows and their gap, or None. It has alpha, because arrows fade."""
        if not self.figure.arrows:
            return None
        self._canvas.restart(self._start)
        paint_arrows(self._canvas, self.figure, self._view, self.colours.background)
        area = self._canvas.touched
        blended = pygame.Surface(area.size, pygame.SRCALPHA, 32)
        blended.fill((*self.colours.background, 0))
        for grow, colour in ((ARROW_GAP, self.colours.background), (0.0, (0, 0, 0))):
            for outline in arrow_outlines(self.figure, self._view, grow):
                points = [(int(x + 0.5) - area.left, int(y + 0.5) - area.top) for x, y in outline]
                pygame.draw.polygon(blended, (*colour, 255), points)
        return Picture(self._layer(shrink(blended), area), self._accent_layer())

    def _paint(self, pose: Pose) -> None:
        body = solve(pose)
        canvas, view, figure = self._canvas, self._view, self.figure
        canvas.restart(self._start)
        if figure.room.mat:
            groups = shadow_groups(body)
            if figure.room.ball:
                groups.append([figure.room.ball.sphere])
            groups += [[Sphere(corner, 0.0) for corner in cuboid.corners] for cuboid in figure.room.cuboids]
            groups += [held_spheres(held, body) for held in figure.held if held.kind != "band"]
            paint_shadow(canvas, view, figure.room.mat, groups, Paint(self.colours.shadow))
        else:
            paint_ground_spot(canvas, view, body, self.colours)
        painter = BodyPainter(figure, body, view, canvas, self.colours)
        held = {one.part: one for one in figure.held}
        for part in pose.order:
            if part == "ball" and figure.room.ball:
                paint_ball(canvas, view, figure.room.ball, self.colours, GAP)
            elif part in figure.room.blocks:
                paint_cuboids(canvas, view, figure.room.blocks[part], self.colours, GAP)
            elif part in held:
                paint_held(canvas, view, held[part], body, self.colours, GAP)
            else:
                painter.paint(part)

    def _accent_layer(self) -> Layer | None:
        area = self._canvas.accented
        return self._layer(shrink(self._canvas.accent()), area) if area else None

    def _layer(self, surface: pygame.Surface, area: pygame.Rect) -> Layer:
        return Layer(surface, area.left // SUPERSAMPLE - self._margin, area.top // SUPERSAMPLE - self._margin)


def fit(figure: Figure, box_px: tuple[int, int], margin: int, only: Pose | None = None) -> Viewpoint:
    """Return the view that fits the whole loop and the arrows into the box, or only one pose without arrows."""
    view = Viewpoint.of(figure.camera)
    points: list[Point] = []
    moments = (figure.at(figure.duration_s * i / FIT_SAMPLES) for i in range(FIT_SAMPLES))
    for pose in [only] if only else moments:
        body = solve(pose)
        for group in [*shapes.whole_body(body), *(held_spheres(held, body) for held in figure.held)]:
            points += _corners(view, group)
        if not figure.room.mat:
            x, y, radius = view.circle(*ground_spot(body))
            points += [(x - radius, y), (x + radius, y)]
    if figure.room.ball:
        points += _corners(view, [figure.room.ball.sphere])
    for cuboid in figure.room.cuboids:
        points += [view.point(corner) for corner in cuboid.corners]
    for outline in () if only else arrow_outlines(figure, view):
        points += outline
    lowest = max(y for _, y in points)
    if figure.room.mat:
        mat = mat_side(figure.room.mat, view)
        points += [(x, min(y, max(lowest, max(y for _, y in mat) - MAT_OVERFLOW))) for x, y in mat]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width, height = box_px
    scale = SUPERSAMPLE * (1 - PADDING) * min(width / (right - left), height / (bottom - top))
    middle_x = SUPERSAMPLE * (width / 2 + margin) - (left + right) / 2 * scale
    middle_y = SUPERSAMPLE * (height / 2 + margin) - (top + bottom) / 2 * scale
    return view.scaled(scale, (middle_x, middle_y))


def shadow_groups(body: Skeleton) -> list[list[shapes.Sphere]]:
    """Return the body as a few groups of spheres, whose convex hulls are precise enough for a shadow."""
    groups = [*shapes.torso(body)[::3], shapes.head(body), shapes.neck(body)]
    for side in ("l", "r"):
        for limb in (*shapes.arm(body, side), *shapes.leg(body, side)):
            groups.append(limb[::4] if len(limb) > 4 else limb)
        groups += shapes.shoe(body, side)
    return groups


def _corners(view: Viewpoint, spheres: Iterable[shapes.Sphere]) -> list[Point]:
    found: list[Point] = []
    for sphere in spheres:
        x, y, radius = view.circle(*sphere)
        found += [(x - radius, y - radius), (x + radius, y + radius)]
    return found
