"""Small helpers for directions and rotations in the figure's world: x right, y up, z towards the viewer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from pygame import Vector3

Triple = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]
"""A rotation as (w, x, y, z) of length 1."""

NEARLY_ZERO = 1e-9

NEVER_QUITE_STRAIGHT = 1e-4
"""Length by which a straight limb stays short of its full length, so that its pole says which way the limb folds."""


class Axes(NamedTuple):
    """Three perpendicular unit vectors: a body part's own left, up and front."""

    left: Vector3
    up: Vector3
    front: Vector3

    def place(self, local: Triple) -> Vector3:
        """Return the world vector for a (left, up, front) triple."""
        return self.left * local[0] + self.up * local[1] + self.front * local[2]

    def local(self, vector: Vector3) -> Triple:
        """Return the (left, up, front) triple of a world vector."""
        return (vector.dot(self.left), vector.dot(self.up), vector.dot(self.front))


def triple(vector: Vector3) -> Triple:
    return (vector.x, vector.y, vector.z)


def unit(vector: Vector3) -> Vector3:
    """Return the vector scaled to length 1; a vector without length stays as it is."""
    length = vector.length()
    return vector / length if length > NEARLY_ZERO else Vector3(vector)


def mean(vectors: Sequence[Vector3]) -> Vector3:
    total = Vector3(0, 0, 0)
    for vector in vectors:
        total += vector
    return total / len(vectors)


def perpendicular(vector: Vector3, axis: Vector3) -> Vector3:
    """Return the unit vector closest to `vector` that is perpendicular to the unit vector `axis`."""
    across = vector - axis * vector.dot(axis)
    if across.length() < NEARLY_ZERO:
        across = axis.cross(Vector3(0, 0, 1) if abs(axis.z) < 0.9 else Vector3(1, 0, 0))
    return unit(across)


def lerp(a: Triple, b: Triple, share: float) -> Triple:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def slerp_direction(a: Triple, b: Triple, share: float) -> Triple:
    """Return direction a turned by a share of the shorter arc towards direction b. The result has length 1."""
    start, end = unit(Vector3(a)), unit(Vector3(b))
    angle = math.acos(max(-1.0, min(1.0, start.dot(end))))
    side = perpendicular(end, start)
    turned = start * math.cos(angle * share) + side * math.sin(angle * share)
    return (turned.x, turned.y, turned.z)


def quaternion(up: Triple, front: Triple) -> Quaternion:
    """Return the rotation of a body part whose top points `up` and which faces `front`.

    `front` need not be perpendicular to `up`. Only the perpendicular part of `front` counts.
    """
    y = unit(Vector3(up))
    z = perpendicular(Vector3(front), y)
    x = y.cross(z)
    # Shepperd's method: divide by the largest of the four components.
    squares = (1 + x.x + y.y + z.z, 1 + x.x - y.y - z.z, 1 - x.x + y.y - z.z, 1 - x.x - y.y + z.z)
    largest = squares.index(max(squares))
    half = math.sqrt(squares[largest]) / 2
    quarter = 0.25 / half
    if largest == 0:
        return (half, (y.z - z.y) * quarter, (z.x - x.z) * quarter, (x.y - y.x) * quarter)
    if largest == 1:
        return ((y.z - z.y) * quarter, half, (x.y + y.x) * quarter, (z.x + x.z) * quarter)
    if largest == 2:
        return ((z.x - x.z) * quarter, (x.y + y.x) * quarter, half, (y.z + z.y) * quarter)
    return ((x.y - y.x) * quarter, (z.x + x.z) * quarter, (y.z + z.y) * quarter, half)


def slerp(a: Quaternion, b: Quaternion, share: float) -> Quaternion:
    """Return the rotation at a share of the shorter way from a to b, at constant speed."""
    cosine = sum(p * q for p, q in zip(a, b, strict=True))
    sign = -1.0 if cosine < 0 else 1.0
    angle = math.acos(min(1.0, abs(cosine)))
    if angle < 1e-6:
        return a
    keep = math.sin(angle * (1 - share)) / math.sin(angle)
    take = math.sin(angle * share) / math.sin(angle) * sign
    w, x, y, z = (p * keep + q * take for p, q in zip(a, b, strict=True))
    return (w, x, y, z)


def axes(rotation: Quaternion) -> Axes:
    w, x, y, z = rotation
    return Axes(
        Vector3(1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)),
        Vector3(2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)),
        Vector3(2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)),
    )


def bend(root: Vector3, target: Vector3, pole: Vector3, upper: float, lower: float) -> tuple[Vector3, Vector3]:
    """Return the middle joint and the end joint of a limb that reaches from root to target.

    This is two-bone inverse kinematics. The middle joint bends towards `pole`. If the target is out of reach, the limb
    is straight and ends short of the target.
    """
    aim = unit(target - root)
    reach = max(abs(upper - lower), min(upper + lower - NEVER_QUITE_STRAIGHT, (target - root).length()))
    along = (upper**2 - lower**2 + reach**2) / (2 * reach) if reach > NEARLY_ZERO else upper
    aside = math.sqrt(max(0.0, upper**2 - along**2))
    return root + aim * along + perpendicular(pole, aim) * aside, root + aim * reach


def fold(
    root: Vector3, aim: Vector3, pole: Vector3, degrees: float, upper: float, lower: float
) -> tuple[Vector3, Vector3]:
    """Return the middle joint and the end joint of a limb whose upper bone points along `aim`.

    The middle joint is bent by an angle, away from `pole`.
    """
    along, angle = unit(aim), math.radians(degrees)
    middle = root + along * upper
    return middle, middle + (along * math.cos(angle) - perpendicular(pole, along) * math.sin(angle)) * lower
