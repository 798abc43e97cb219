"""Drawing a whole figure: fitted into its box, drawn too large, then averaged down for smooth edges."""

from __future__ import annotations

from collections.abc import Iterable

import pygame

from kiosk.figure import shapes
from kiosk.figure.arrows import GAP as ARROW_GAP
from kiosk.figure.arrows import arrow_outlines, paint_arrows
from kiosk.figure.body import GAP, BodyPainter
from kiosk.figure.canvas import SUPERSAMPLE, Canvas, Point, shrink
from kiosk.figure.colours import COLOURS, FigureColours, Paint
from kiosk.figure.model import Figure, Step
from kiosk.figure.picture import Layer, Picture, canvas_rect, equal_pixels, keyed_layer
from kiosk.figure.pose import Pose
from kiosk.figure.props import (
    ball_sphere,
    ground_spot,
    mat_side,
    paint_ball,
    paint_ground_spot,
    paint_mat,
    paint_shadow,
)
from kiosk.figure.skeleton import Skeleton, solve
from kiosk.figure.viewpoint import Viewpoint

FIT_SAMPLES = 24
PADDING = 0.04
"""Share of the box that stays free, both sides together."""
MAT_OVERFLOW = 0.025
"""How much of the mat's lower edge may leave the box (body heights)."""


class Drawing:
    """Draws the pictures of a figure that is fitted into a box. Box and offsets are in pixels."""

    def __init__(self, figure: Figure, box_px: tuple[int, int], colours: FigureColours = COLOURS) -> None:
        self.figure = figure
        self.colours = colours
        covers = canvas_rect(box_px)
        self._margin = -covers.left
        self._view = fit(figure, box_px, self._margin)
        self._canvas = Canvas(covers.size, colours.background)
        self._empty = shrink(self._canvas.colour)
        if figure.mat:
            paint_mat(self._canvas, self._view, figure.mat, colours)
        self._start = self._canvas.colour.copy()
        self._bare = shrink(self._start)
        self._commons: dict[str, pygame.Surface] = {}

    def whole(self, pose: Pose) -> Picture:
        """Return the whole picture of a pose, without arrows."""
        self._paint(pose)
        return Picture(self._layer_over(shrink(self._canvas.colour), self._empty), self._accent_layer())

    def under(self, group: str) -> Picture:
        """Return the picture that lies under all pictures of a group: what they have in common, without accent."""
        return Picture(self._layer_over(self._common(group), self._empty), None)

    def step(self, step: Step) -> Picture:
        """Return the picture of a step, without what `under` shows for its group."""
        self._paint(self.figure.pose_of(step))
        shown = shrink(self._canvas.colour)
        accent = self._accent_layer()
        return Picture(self._layer_over(shown, self._common(self.figure.group(step))), accent)

    def arrows(self) -> Picture | None:
        """Return the figure's arrows with their gap, as a surface with alpha because they fade."""
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

    def _common(self, group: str) -> pygame.Surface:
        """Return mat, ball, and whatever else is the same in all poses of a group.

        It need not be exact: each picture holds all its differences from this, which only makes them small.
        """
        if group not in self._commons:
            shots = []
            for pose in self.figure.groups[group]:
                self._paint(self.figure.poses[pose])
                shots.append(shrink(self._canvas.colour))
            same = pygame.mask.Mask(shots[0].get_size(), fill=True)
            for shot in shots[1:]:
                same = same.overlap_mask(equal_pixels(shots[0], shot), (0, 0))
            self._commons[group] = same.to_surface(self._bare.copy(), setsurface=shots[0], unsetcolor=None)
        return self._commons[group]

    def _paint(self, pose: Pose) -> None:
        body = solve(pose)
        canvas, view, figure = self._canvas, self._view, self.figure
        canvas.restart(self._start)
        if figure.mat:
            groups = shadow_groups(body)
            if figure.ball:
                groups.append([ball_sphere(figure.ball)])
            paint_shadow(canvas, view, figure.mat, groups, Paint(self.colours.shadow))
        else:
            paint_ground_spot(canvas, view, body, self.colours)
        painter = BodyPainter(figure, body, view, canvas, self.colours)
        for part in figure.order:
            if part == "ball" and figure.ball:
                paint_ball(canvas, view, figure.ball, self.colours, GAP)
            else:
                painter.paint(part)

    def _layer_over(self, picture: pygame.Surface, below: pygame.Surface) -> Layer:
        return keyed_layer(picture, equal_pixels(picture, below), (-self._margin, -self._margin))

    def _accent_layer(self) -> Layer | None:
        area = self._canvas.accented
        return self._layer(shrink(self._canvas.accent()), area) if area else None

    def _layer(self, surface: pygame.Surface, area: pygame.Rect) -> Layer:
        return Layer(surface, area.left // SUPERSAMPLE - self._margin, area.top // SUPERSAMPLE - self._margin)


def fit(figure: Figure, box_px: tuple[int, int], margin: int) -> Viewpoint:
    """Return the view that fits the whole loop into the box; it is the same for every picture."""
    view = Viewpoint.of(figure.camera)
    points: list[Point] = []
    for i in range(FIT_SAMPLES):
        body = solve(figure.at(figure.duration_s * i / FIT_SAMPLES))
        for group in shapes.whole_body(body):
            points += _corners(view, group)
        if not figure.mat:
            x, y, radius = view.circle(*ground_spot(body))
            points += [(x - radius, y), (x + radius, y)]
    if figure.ball:
        points += _corners(view, [ball_sphere(figure.ball)])
    for outline in arrow_outlines(figure, view):
        points += outline
    lowest = max(y for _, y in points)
    if figure.mat:
        mat = mat_side(figure.mat, view)
        points += [(x, min(y, max(lowest, max(y for _, y in mat) - MAT_OVERFLOW))) for x, y in mat]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width, height = box_px
    scale = SUPERSAMPLE * (1 - PADDING) * min(width / (right - left), height / (bottom - top))
    middle_x = SUPERSAMPLE * (width / 2 + margin) - (left + right) / 2 * scale
    middle_y = SUPERSAMPLE * (height / 2 + margin) - (top + bottom) / 2 * scale
    return view.scaled(scale, (middle_x, middle_y))


def shadow_groups(body: Skeleton) -> list[list[shapes.Sphere]]:
    """Return the body in a few convex groups, enough for a shadow."""
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
