"""Paints the body, part by part, from far to near.

Every part is painted twice, first a little larger in the background's colour, then in its own colour. This leaves a
dark gap, which separates limbs that cross. Where a limb joins the trunk there is no gap, so that no seam shows.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from pygame import Vector3

from kiosk.colour import mix
from kiosk.figure import shapes
from kiosk.figure.canvas import Canvas, Circle, circle_points, convex_hull
from kiosk.figure.colours import FigureColours, Paint
from kiosk.figure.hair import hair_cap, hair_faces
from kiosk.figure.model import Figure
from kiosk.figure.muscles import MUSCLES, RING
from kiosk.figure.pose import LIMBS
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.vectors import unit
from kiosk.figure.viewpoint import Viewpoint

GAP = 0.0085
CLOTH = 0.0035
"""Thickness of the shorts, in body heights. Without it, the body would show as a hairline at their edges."""
WAIST = 0.17
"""Upper end of the shorts, as a share of the spine."""
HEM = 0.50
"""Lower end of the shorts, as a share of the thigh."""
LEG_SEAM, ARM_SEAM = 0.075, 0.088
"""Distances in the picture from hip and shoulder, in body heights, within which a limb has no gap at the trunk."""
SEAM_FADE = 0.03
"""Distance in body heights over which the gap grows to its full width."""


class BodyPainter:
    """A painter of one pose of a figure. `painted` has the parts that are painted already."""

    def __init__(self, figure: Figure, body: Skeleton, view: Viewpoint, canvas: Canvas, colours: FigureColours) -> None:
        self.figure = figure
        self.body = body
        self.view = view
        self.canvas = canvas
        self.colours = colours
        self.gap = GAP * view.scale
        self.painted: set[str] = set()

    def paint(self, part: str) -> None:
        """Paint a part, which is the torso, the head or a limb such as arm_l, and the muscles on this part."""
        if part == "torso":
            self._torso()
        elif part == "head":
            self._head()
        elif part.startswith("arm"):
            self._arm(part)
        else:
            self._leg(part)
        self.painted.add(part)
        for name in self.figure.muscles:
            if MUSCLES[name].part in self._patched(part, name):
                self._muscle(name)

    def _patched(self, part: str, name: str) -> set[str]:
        """Return the parts whose patches are painted after a part: its own, and those that it would cut.

        A near leg grows out of the trunk and cuts the glutes. Seen from the front, its shorts cut the other leg's
        patch at the hip.
        """
        if not (part.startswith("leg") and self._grows_out(part)):
            return {part}
        cut = {"torso"} if name == "glutes" else set()
        return {part} | cut | self._near_legs()

    def _near_legs(self) -> set[str]:
        """Return the legs on the near side that are painted already."""
        return {leg for leg in ("leg_l", "leg_r") if leg in self.painted and not self._is_far(leg)}

    def _grows_out(self, part: str) -> bool:
        """Return whether a limb is on the near side and over the trunk, so that no gap may cut off the limb."""
        return not self._is_far(part) and "torso" in self.painted

    def _far(self, part: str) -> float:
        """Return how far away a part is, from 0 (near side) to 1 (far side)."""
        return self.body.pose.far[LIMBS.index(part)] if part in LIMBS else 0.0

    def _is_far(self, part: str) -> bool:
        return self._far(part) > 0.5

    def _circles(self, spheres: Sequence[Sphere]) -> list[Circle]:
        return [self.view.circle(*sphere) for sphere in spheres]

    def _chain(self, spheres: Sequence[Sphere], paint: Paint, grow: float = 0.0) -> None:
        self.canvas.chain(self._circles(spheres), paint, grow)

    def _hull(self, spheres: Sequence[Sphere], paint: Paint, grow: float = 0.0) -> None:
        self.canvas.hull(self._circles(spheres), paint, grow)

    @property
    def _background(self) -> Paint:
        return Paint(self.colours.background)

    def _skin(self, part: str) -> Paint:
        return Paint(mix(self.colours.body, self.colours.far_body, self._far(part)))

    def _tube(self, rings: Sequence[list[Vector3]], start: Sequence[Sphere], paint: Paint) -> None:
        """Paint a tube along rings of points. The spheres of `start` close its start; its end is cut off straight."""
        outlines = [[self.view.point(point) for point in ring] for ring in rings]
        if start:
            cap = [point for circle in self._circles(start) for point in circle_points(circle)]
            outlines.insert(0, cap)
        for a, b in itertools.pairwise(outlines):
            self.canvas.polygon(convex_hull([*a, *b]), paint)

    # The trunk

    def _torso(self) -> None:
        groups = shapes.torso(self.body)
        for group in groups:
            self._hull(group, self._background, self.gap)
        for group in groups:
            self._hull(group, self._skin("torso"))
        self._torso_shorts(WAIST)
        if self.body.spine_axes(WAIST).up.dot(self.view.towards) > 0:
            # The trunk points towards the viewer, so it is painted again, over the edge of the shorts.
            rings = [self._torso_ring(s, 0.0) for s in (WAIST, 0.25, 0.33)]
            self._tube(rings, (), self._skin("torso"))
        if "head" in self.painted:
            self._neck()

    def _torso_ring(self, s: float, cloth: float) -> list[Vector3]:
        half_width, radius = shapes.torso_width(s)
        turned = self.body.spine_axes(s)
        return shapes.ring(self.body.spine_point(s), turned.up, turned.left, half_width, radius + cloth)

    def _torso_shorts(self, end: float) -> None:
        start = [Sphere(s.centre, s.radius + CLOTH) for s in shapes.torso_slice(self.body, -0.10)]
        shares = [s for s in (-0.06, -0.02, 0.02, 0.06, 0.10, 0.14) if s < end]
        rings = [self._torso_ring(s, CLOTH) for s in (*shares, end)]
        self._tube(rings, start, Paint(self.colours.shorts))

    # Limbs

    def _arm(self, part: str) -> None:
        side = part[-1]
        upper, fore, mitten = shapes.arm(self.body, side)
        seam = self._arm_seam(part)
        self._limb_gap(upper, seam, upper[0])
        self._limb_gap(fore, seam, upper[0])
        self._hull(mitten, self._background, self.gap)
        self._chain(upper, self._skin(part))
        self._chain(fore, self._skin(part))
        self._hull(mitten, self._skin(part))

    def _limb_gap(self, spheres: Sequence[Sphere], seam: float, root: Sphere) -> None:
        """Paint a limb's gap, which begins at a distance of `seam` body heights from the root.

        The distance is measured in the picture, not along the limb. So the gap never cuts into the trunk beside the
        root, even when the limb points at the viewer.
        """
        if seam <= 0:
            self._chain(spheres, self._background, self.gap)
            return
        x, y = self.view.point(root.centre)
        grown: list[Circle] = []
        for cx, cy, radius in self._circles(spheres):
            away = math.hypot(cx - x, cy - y) / self.view.scale - seam
            grown.append((cx, cy, radius + self.gap * max(0.0, min(1.0, 1 + away / SEAM_FADE))))
        self.canvas.chain(grown, self._background)

    def _arm_seam(self, part: str) -> float:
        """Return the distance from the shoulder at which an arm's gap begins, in body heights.

        The distance is ARM_SEAM if the chest is seen from the front and the arm points away from the trunk, and 0
        otherwise. Between these two it changes gradually, so that nothing jumps while the figure turns.
        """
        side = part[-1]
        if self.figure.shoulder_gap or not self._grows_out(part):
            return 0.0
        outwards = self.body.chest.left * (1 if side == "l" else -1)
        points_out = unit(self.body[f"el_{side}"] - self.body[f"sh_{side}"]).dot(outwards) / 0.2
        frontal = (0.75 - abs(self.body.chest.left.dot(self.view.towards))) / 0.30
        return ARM_SEAM * max(0.0, min(1.0, frontal, points_out))

    def _leg(self, part: str) -> None:
        side = part[-1]
        far = self._far(part)
        thigh, shin = shapes.leg(self.body, side)
        grows_out = self._grows_out(part)
        seam = LEG_SEAM if grows_out else 0.0
        shoe = shapes.shoe(self.body, side)
        self._limb_gap(thigh, seam, thigh[0])
        self._limb_gap(shin, seam, thigh[0])
        for hull in shoe:
            self._hull(hull, self._background, self.gap)
        if grows_out and not self._near_legs():
            self._torso_shorts(0.07)
        self._chain(thigh, self._skin(part))
        self._chain(shin, self._skin(part))
        self._leg_shorts(side, Paint(mix(self.colours.shorts, self.colours.far_shorts, far)))
        if (self.body[f"kn_{side}"] - self.body[f"hip_{side}"]).dot(self.view.towards) > 0:
            # The thigh points towards the viewer, so it is painted again, over the edge of the shorts.
            self._tube([self._thigh_ring(side, t, 0.0) for t in (HEM, 0.7, 0.85)], (), self._skin(part))
            self._chain(shapes.leg(self.body, side, 0.85)[0], self._skin(part))
            self._chain(shin, self._skin(part))
        for hull in shoe:
            self._hull(hull, self.colours.shoe_at(far))

    def _thigh_ring(self, side: str, t: float, cloth: float) -> list[Vector3]:
        hip, knee = self.body[f"hip_{side}"], self.body[f"kn_{side}"]
        along = unit(knee - hip)
        aside = Vector3(1, 0, 0) if abs(along.x) < 0.8 else Vector3(0, 0, 1)
        aside = unit(aside - along * aside.dot(along))
        return shapes.ring(hip.lerp(knee, t), along, aside, 0.0, shapes.profile(shapes.THIGH, t) + cloth)

    def _leg_shorts(self, side: str, paint: Paint) -> None:
        hip = Sphere(self.body[f"hip_{side}"], shapes.THIGH[0] + CLOTH)
        self._tube([self._thigh_ring(side, t, CLOTH) for t in (0.12, 0.25, 0.38, HEM)], [hip], paint)

    # The head

    def _neck(self) -> None:
        """Paint the neck. It has no dark gap, and covers those of head and trunk, so that no seam shows."""
        self._chain(shapes.neck(self.body), self._skin("torso"))

    def _head(self) -> None:
        tail = shapes.ponytail(self.body)
        # The ponytail shrinks to nothing behind a head that is seen from the front and under a head that lies on the
        # floor or on a bench. It would look like a lump there.
        facing = (hair_faces(self.body, self.view) + 0.80) / 0.25
        looks_up = self.body.head.front.y > 0
        height = self.body["head"].y - (self.figure.room.height_below(self.body["head"]) if looks_up else 0)
        shown = max(0.0, min(1.0, facing, (height - 0.08) / 0.05))
        root = tail[0].centre
        tail = [Sphere(root.lerp(sphere.centre, shown), sphere.radius * shown) for sphere in tail]
        behind = (tail[1].centre - self.body["head"]).dot(self.view.towards) < 0
        if behind and shown:
            self._ponytail(tail, self.gap * shown)
        head = shapes.head(self.body)
        self._hull(head, self._background, self.gap)
        self._neck()
        self._hull(head, self._skin("head"))
        self.canvas.polygon(hair_cap(self.body, self.view), Paint(self.colours.hair))
        if shown and not behind:
            self._ponytail(tail, self.gap * shown)

    def _ponytail(self, tail: Sequence[Sphere], gap: float) -> None:
        self._chain(tail, self._background, gap)
        self._chain(tail, Paint(self.colours.hair))

    # Muscles

    def _muscle(self, name: str) -> None:
        patch = MUSCLES[name].patch(self.body)
        shown = 1.0
        if patch.facing is not None:
            shown = max(0.0, min(1.0, (patch.facing.dot(self.view.towards) + 0.65) / 0.35))
        if shown <= 0:
            return
        body = self._skin(MUSCLES[name].part).colour
        left, right = self.body.pose.effort
        effort = left if name.endswith("_l") else right if name.endswith("_r") else max(left, right)
        lit = mix(body, self.colours.muscle, 0.30 + 0.70 * effort)
        draw = self._hull if patch.solid else self._chain
        draw(patch.spheres, Paint(body), RING * self.view.scale)
        draw(patch.spheres, Paint(mix(body, lit, shown)))
