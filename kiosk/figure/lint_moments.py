"""The moments of a figure's loop as the linter sees them: joints, the spheres of all parts, and what rests where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pygame import Vector3

from kiosk.figure import shapes
from kiosk.figure.blend import MOVED
from kiosk.figure.model import Figure
from kiosk.figure.pose import LIMBS, Pose
from kiosk.figure.props import Cuboid, Room, held_spheres
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton, solve
from kiosk.figure.viewpoint import Viewpoint

MOMENTS = 240
"""Number of moments, evenly spaced in the loop, at which a figure is judged. Its key poses come on top."""
SLICES = 14
"""Number of steps along the trunk, as in drawing."""
SIDES = {"l": "left", "r": "right"}
LEG_CONTACTS = ("foot", "heel", "ball", "toe", "instep", "knee")
ARM_CONTACTS = ("hand", "grip", "elbow", "forearm")


class Piece(NamedTuple):
    """A sphere of a part, with its place in the picture."""

    bone: str
    """The name of the bone or prop, such as left thigh."""
    along: float
    """The place along the bone, 0 to 1."""
    centre: Vector3
    radius: float
    x: float
    y: float
    depth: float
    """The distance towards the viewer."""


@dataclass(frozen=True)
class Moment:
    """One moment of a loop."""

    t_s: float
    a: str
    b: str
    """The pose that the figure comes from and the one that it goes to; both are the same while it holds a pose."""
    pose: Pose
    body: Skeleton
    contacts: frozenset[str]
    """The parts that rest on something all the time from pose a to pose b."""
    figure: Figure
    view: Viewpoint

    @property
    def where(self) -> str:
        return self.a if self.a == self.b else f"{self.a} to {self.b}"

    @property
    def held(self) -> bool:
        return self.a == self.b

    @cached_property
    def pieces(self) -> dict[str, list[Piece]]:
        """The spheres of each part of the body and of each held prop. Hair is left out."""
        body, found = self.body, {}
        trunk = [one for i in range(SLICES + 1) for one in shapes.torso_slice(body, -0.10 + 1.03 * i / SLICES)]
        found["torso"] = self._row("trunk", trunk)
        found["head"] = [*self._row("neck", shapes.neck(body)), *self._row("head", shapes.head(body))]
        for side, word in SIDES.items():
            upper, lower, hand = shapes.arm(body, side)
            rows = (("upper arm", upper), ("forearm", lower), ("hand", hand))
            found[f"arm_{side}"] = [one for bone, row in rows for one in self._row(f"{word} {bone}", row)]
            thigh, shin = shapes.leg(body, side)
            foot = [one for group in shapes.shoe(body, side) for one in group]
            rows = (("thigh", thigh), ("shin", shin), ("foot", foot))
            found[f"leg_{side}"] = [one for bone, row in rows for one in self._row(f"{word} {bone}", row)]
        for held in self.figure.held:
            found[held.part] = self._row(held.part.replace("_", " "), held_spheres(held, body))
        return found

    def _row(self, bone: str, spheres: Sequence[Sphere]) -> list[Piece]:
        last, view = max(1, len(spheres) - 1), self.view
        return [
            Piece(bone, i / last, centre, radius, centre.dot(view.right), centre.dot(view.up), centre.dot(view.towards))
            for i, (centre, radius) in enumerate(spheres)
        ]


class Fault(NamedTuple):
    """A place at which a figure breaks a rule. Of each rule and subject, the linter reports the worst one."""

    rule: str
    subject: str
    """What breaks the rule, such as a joint or two parts."""
    by: float
    """How far it is beyond the limit."""
    moment: Moment
    what: str
    """What is wrong, with the number and its limit."""


def moments(figure: Figure) -> list[Moment]:
    """Return the moments of a figure's loop in order of time, each solved once."""
    view = Viewpoint.of(figure.camera)
    times_s = {figure.duration_s * i / MOMENTS for i in range(MOMENTS)}
    found: list[Moment] = []
    known: dict[str, Skeleton] = {}
    begin_s, before = 0.0, figure.loop[-1].pose
    for move in figure.loop:
        reached_s, end_s = begin_s + move.move_s, begin_s + move.move_s + move.hold_s
        stays = staying(figure, before, move.pose)
        for t_s in sorted({reached_s} | {t_s for t_s in times_s if begin_s <= t_s < end_s}):
            # At the very begin of a move the figure is still in the pose before it.
            holds = t_s >= reached_s or t_s == begin_s
            # A pose that is held has one skeleton and one set of spheres for all its moments.
            if holds:
                name = move.pose if t_s >= reached_s else before
                pose = figure.poses[name]
                body = known.setdefault(name, solve(pose))
                found.append(Moment(t_s, name, name, pose, body, pose.contacts, figure, view))
            else:
                pose = figure.at(t_s)
                found.append(Moment(t_s, before, move.pose, pose, solve(pose), stays, figure, view))
        begin_s, before = end_s, move.pose
    return found


def staying(figure: Figure, a: str, b: str) -> frozenset[str]:
    """Return the contacts that last from pose a to pose b: declared in both, and of no limb that is lifted between."""
    start, end = figure.poses[a], figure.poses[b]
    shared, bodies = start.contacts & end.contacts, (solve(start), solve(end))
    for limb in LIMBS:
        kind, side = limb.split("_")
        tip, names = ("an", LEG_CONTACTS) if kind == "leg" else ("wr", ARM_CONTACTS)
        moved = (bodies[0][f"{tip}_{side}"] - bodies[1][f"{tip}_{side}"]).length()
        lifted = max(getattr(start, limb).lift, getattr(end, limb).lift) > 0 and moved > MOVED
        if lifted or (kind == "leg" and max(start.hop, end.hop) > 0):
            shared -= {f"{name}_{side}" for name in names}
    return shared


def spoken(part: str) -> str:
    """Return a part or a contact as a part of a sentence, such as the left arm."""
    name, _, side = part.partition("_")
    return f"the {SIDES[side]} {name}" if side in SIDES else f"the {part.replace('_', ' ')}"


def key_moments(found: Sequence[Moment]) -> Iterator[Moment]:
    """Yield one moment for each pose that the loop reaches."""
    seen: set[str] = set()
    for moment in found:
        if moment.held and moment.a not in seen:
            seen.add(moment.a)
            yield moment


# --- surfaces ---------------------------------------------------------------------------------------------------------


def outside(cuboid: Cuboid, point: Vector3) -> float:
    """Return the distance of a point from a cuboid's surface; negative inside."""
    dx = max(cuboid.x0 - point.x, point.x - cuboid.x1)
    dy = max(cuboid.y0 - point.y, point.y - cuboid.y1)
    dz = max(cuboid.z0 - point.z, point.z - cuboid.z1)
    if dx <= 0 and dy <= 0 and dz <= 0:
        return max(dx, dy, dz)
    return math.sqrt(max(0.0, dx) ** 2 + max(0.0, dy) ** 2 + max(0.0, dz) ** 2)


def gap(room: Room, sphere: Sphere) -> float:
    """Return the gap between a sphere and the nearest surface of the room; negative if the sphere sinks in."""
    centre, radius = sphere
    gaps = [centre.y - radius, *(outside(cuboid, centre) - radius for cuboid in room.cuboids)]
    if room.ball:
        gaps.append((centre - room.ball.sphere.centre).length() - room.ball.radius - radius)
    return min(gaps, key=abs)


def gap_of(room: Room, point: Sequence[Sphere]) -> float:
    """Return the gap of a contact's point, of whose spheres one must touch a surface."""
    return min((gap(room, sphere) for sphere in point), key=abs)
