"""The props with their dimensions: what stands in the room, and what the hands hold.

Lengths are in body heights. At a height of 1.70 m, a bench is 42 cm high, a box 40 cm, and a bar hangs at 2.23 m.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pygame import Vector3

from kiosk.figure.pose import Space
from kiosk.figure.shapes import Sphere, grip
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.vectors import Triple, mean, unit

BALL_SQUASH = 0.95
"""Height over width of a ball that carries a person."""
BAR_RADIUS = 0.012
BAND_RADIUS = 0.008
BELL_RADIUS, BELL_BELOW = 0.058, 0.112
"""Radius of a kettlebell, and the distance of its centre from the grip."""
BELL_HANDLE, BELL_HANDLE_RADIUS = 0.076, 0.0125
MEDICINE_BALL_RADIUS = 0.075
DUMBBELL_HALF, DUMBBELL_RADIUS = 0.054, 0.034
"""Distance of the middle of a dumbbell's head from the grip, and the head's radius."""
BARBELL_HALF, PLATE_RADIUS = 0.52, 0.105

THIN = 0.03
"""Greatest width of legs and posts."""

HeldKind = Literal["dumbbell", "kettlebell", "barbell", "medicine_ball", "band"]


@dataclass(frozen=True)
class Ball:
    x: float
    z: float
    radius: float

    @property
    def sphere(self) -> Sphere:
        return Sphere(Vector3(self.x, self.radius * BALL_SQUASH, self.z), self.radius)


@dataclass(frozen=True)
class Mat:
    x0: float
    x1: float
    z0: float
    z1: float


@dataclass(frozen=True)
class Cuboid:
    """An upright cuboid. Gear is blue, and what belongs to the room is grey."""

    x0: float
    x1: float
    y0: float
    y1: float
    z0: float
    z1: float
    gear: bool = True

    @property
    def thin(self) -> bool:
        """Whether this is a leg or a post."""
        return max(self.x1 - self.x0, self.z1 - self.z0) <= THIN

    @property
    def corners(self) -> list[Vector3]:
        return [Vector3(x, y, z) for x in (self.x0, self.x1) for y in (self.y0, self.y1) for z in (self.z0, self.z1)]

    def face(self, axis: int, sign: int) -> list[Vector3]:
        """Return the corners of the face that looks along an axis (0 to 2) in the direction of a sign (1 or -1)."""
        edge = ((self.x0, self.x1), (self.y0, self.y1), (self.z0, self.z1))[axis][sign > 0]
        return [corner for corner in self.corners if corner[axis] == edge]


@dataclass(frozen=True)
class Room:
    """What stays where it is while the figure moves."""

    ball: Ball | None = None
    mat: Mat | None = None
    blocks: Mapping[str, tuple[Cuboid, ...]] = field(default_factory=dict)
    """The other props by part, such as a bench. Each is made of cuboids, in the order of painting."""

    @property
    def cuboids(self) -> list[Cuboid]:
        return [cuboid for block in self.blocks.values() for cuboid in block]

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that must have a place in the order of painting."""
        return (*(("ball",) if self.ball else ()), *self.blocks)

    def height_below(self, point: Vector3) -> float:
        """Return the height of the box, bench or chair below a point; 0 if only the floor is below it."""
        tops = [
            cuboid.y1
            for cuboid in self.cuboids
            if cuboid.x0 <= point.x <= cuboid.x1 and cuboid.z0 <= point.z <= cuboid.z1 and cuboid.y1 <= point.y
        ]
        return max(tops, default=0.0)


@dataclass(frozen=True)
class Held:
    """A prop in one hand or between both hands."""

    part: str
    """The name in the order of painting, such as dumbbell_l."""
    kind: HeldKind
    hands: tuple[str, ...]
    """The hands, each l or r."""
    space: Space = "world"
    axis: Triple | None = None
    """The direction of a dumbbell's handle, or the direction in which a kettlebell hangs; None hangs in line with the
    arms."""


# --- what stands in the room ------------------------------------------------------------------------------------------


def box(x: float, z: float) -> tuple[Cuboid, ...]:
    return (Cuboid(x - 0.17, x + 0.17, 0, 0.235, z - 0.20, z + 0.20),)


def bench(x: float, z: float, along: str) -> tuple[Cuboid, ...]:
    """Return a bench whose seat is 0.60 long, along x or z."""
    dx, dz = (0.30, 0.13) if along == "x" else (0.13, 0.30)
    return (*_legs(x, z, dx - 0.02, dz - 0.02, 0.205), Cuboid(x - dx, x + dx, 0.205, 0.245, z - dz, z + dz))


def chair(x: float, z: float, faces: str) -> tuple[Cuboid, ...]:
    """Return a chair whose back is on the left if it faces right, on the right if it faces left, else behind it."""
    seat = Cuboid(x - 0.13, x + 0.13, 0.225, 0.250, z - 0.14, z + 0.14)
    legs = _legs(x, z, 0.118, 0.128, 0.225)
    if faces == "front":
        return (Cuboid(x - 0.13, x + 0.13, 0.250, 0.540, z - 0.14, z - 0.115), *legs, seat)
    at = x - 0.13 if faces == "right" else x + 0.105
    return (*legs, seat, Cuboid(at, at + 0.025, 0.250, 0.540, z - 0.14, z + 0.14))


def wall(x: float, z: float) -> tuple[Cuboid, ...]:
    """Return a piece of wall whose surface is at x, on the left of the figure."""
    return (Cuboid(x - 0.04, x, 0, 0.98, z - 0.29, z + 0.29, gear=False),)


def bar(x: float, z: float, along: str) -> tuple[Cuboid, ...]:
    """Return a pull-up bar with its posts, along x or z. The middle of the bar is at height 1.31."""
    r, half = BAR_RADIUS, 0.42
    dx, dz = (half, r) if along == "x" else (r, half)
    posts = [(x - dx + r, z), (x + dx - r, z)] if along == "x" else [(x, z - dz + r), (x, z + dz - r)]
    return (
        *(Cuboid(px - r, px + r, 0, 1.31, pz - r, pz + r, gear=False) for px, pz in posts),
        Cuboid(x - dx, x + dx, 1.31 - r, 1.31 + r, z - dz, z + dz),
    )


def _legs(x: float, z: float, dx: float, dz: float, height: float) -> tuple[Cuboid, ...]:
    places = [(x + sx * dx, z + sz * dz) for sz in (-1, 1) for sx in (-1, 1)]
    return tuple(Cuboid(px - 0.012, px + 0.012, 0, height, pz - 0.012, pz + 0.012) for px, pz in places)


# --- what the hands hold ----------------------------------------------------------------------------------------------


def grips(held: Held, body: Skeleton) -> list[Vector3]:
    """Return the places of the hands' grips."""
    return [grip(body, side) for side in held.hands]


def bell(held: Held, body: Skeleton) -> tuple[Vector3, Vector3]:
    """Return the centre of a kettlebell, and the direction from the grip to the centre."""
    at = mean(grips(held, body))
    down = _axis(held, body) or unit(at - mean([body[f"sh_{side}"] for side in held.hands]))
    return at + down * BELL_BELOW, down


def dumbbell_heads(held: Held, body: Skeleton) -> tuple[Vector3, Vector3, Vector3]:
    """Return the middles of a dumbbell's two heads, and the direction from the first to the second."""
    at, axis = mean(grips(held, body)), _axis(held, body) or Vector3(0, 0, 1)
    return at - axis * DUMBBELL_HALF, at + axis * DUMBBELL_HALF, axis


def plates(held: Held, body: Skeleton) -> tuple[Vector3, Vector3, Vector3]:
    """Return the middles of a barbell's two plates, and the direction from the first to the second."""
    left, right = grips(held, body)
    at, axis = mean([left, right]), unit(left - right)
    return at - axis * BARBELL_HALF, at + axis * BARBELL_HALF, axis


def medicine_ball(held: Held, body: Skeleton) -> Sphere:
    return Sphere(mean(grips(held, body)), MEDICINE_BALL_RADIUS)


def held_spheres(held: Held, body: Skeleton) -> list[Sphere]:
    """Return spheres that a held prop fills, for fitting, for the shadow and for finding faults. A band has none."""
    if held.kind == "dumbbell":
        return [Sphere(head, DUMBBELL_RADIUS) for head in dumbbell_heads(held, body)[:2]]
    if held.kind == "kettlebell":
        return [Sphere(bell(held, body)[0], BELL_RADIUS)]
    if held.kind == "barbell":
        return [Sphere(plate, PLATE_RADIUS) for plate in plates(held, body)[:2]]
    return [medicine_ball(held, body)] if held.kind == "medicine_ball" else []


def _axis(held: Held, body: Skeleton) -> Vector3 | None:
    return None if held.axis is None else unit(body.axes(held.space).place(held.axis))
