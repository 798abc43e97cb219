"""The solid shapes of the body in the world: bones with their thickness, slices of the torso, shoes.

Drawing, shadow and fitting all use these shapes, so they always agree. Lengths are in body heights.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from pygame import Vector3

from kiosk.figure.skeleton import HEAD_RADIUS, Skeleton
from kiosk.figure.vectors import perpendicular, unit

UPPER_ARM = (0.036, 0.0365, 0.0345, 0.031, 0.028)
FOREARM = (0.028, 0.030, 0.0285, 0.024, 0.021)
THIGH = (0.056, 0.057, 0.054, 0.0475, 0.041)
SHIN = (0.041, 0.043, 0.0415, 0.0335, 0.026)
"""Radii at equal distances along each bone."""

TORSO = (
    (-0.10, 0.040, 0.054),
    (0.02, 0.046, 0.060),
    (0.20, 0.042, 0.054),
    (0.40, 0.034, 0.048),
    (0.62, 0.046, 0.053),
    (0.80, 0.056, 0.055),
    (0.93, 0.056, 0.046),
)
"""Slices of the torso, as (share of the spine, half the distance between the slice's two spheres, their radius)."""

ANKLE_RADIUS, HEEL_RADIUS, BALL_RADIUS, TOE_RADIUS = 0.0265, 0.030, 0.025, 0.019
"""Radii of the shoe at the ankle, the heel, the ball of the foot and the toes."""
PALM_RADIUS = 0.027
GRIP = 0.65
"""Place of the palm, which grips, as a share of the way from the wrist to the end of the hand."""
TOES_STRAIGHT = 0.98
"""Cosine of the largest angle between foot and toes at which the sole is one straight line."""

NECK_RADIUS, SHOULDER_RADIUS = 0.028, 0.036
CROWN = 0.022
"""Height of the head's second, smaller sphere above the head's centre."""
CROWN_RADIUS = 0.060


class Sphere(NamedTuple):
    centre: Vector3
    radius: float


def profile(radii: Sequence[float], t: float) -> float:
    """Return the radius at share t of a bone, from a Catmull-Rom curve through evenly spaced radii."""
    place = max(0.0, min(1.0, t)) * (len(radii) - 1)
    i = min(int(place), len(radii) - 2)
    u = place - i
    b, c = radii[i], radii[i + 1]
    a = radii[i - 1] if i else 2 * b - c
    d = radii[i + 2] if i + 2 < len(radii) else 2 * c - b
    return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)))


def bone(a: Vector3, b: Vector3, radii: Sequence[float], start: float = 0.0, count: int = 8) -> list[Sphere]:
    """Return spheres along the bone from a to b, from share `start` of the bone to its end."""
    shares = [start + (1 - start) * i / count for i in range(count + 1)]
    return [Sphere(a.lerp(b, t), profile(radii, t)) for t in shares]


def ring(centre: Vector3, axis: Vector3, aside: Vector3, half_width: float, radius: float) -> list[Vector3]:
    """Return points around a body part, on a circle across `axis` that is widened by `half_width` along `aside`."""
    out = perpendicular(axis.cross(aside), axis)
    rim: list[Vector3] = []
    for c, s in ((1.0, 0.0), (0.92, 0.38), (0.71, 0.71), (0.38, 0.92), (0.0, 1.0)):
        for x, y in ((c, s), (c, -s), (-c, s), (-c, -s)):
            rim.append(centre + aside * (x * radius + (half_width if x >= 0 else -half_width)) + out * (y * radius))
    return rim


def torso_width(s: float) -> tuple[float, float]:
    """Return (half width, radius) of the torso at share s of the spine, from a cubic through the slices of TORSO."""
    s = max(TORSO[0][0], min(TORSO[-1][0], s))
    i = next(i for i in range(len(TORSO) - 1) if s <= TORSO[i + 1][0])
    gap = TORSO[i + 1][0] - TORSO[i][0]
    u = (s - TORSO[i][0]) / gap

    def along(column: int) -> float:
        def slope(k: int) -> float:
            before, after = TORSO[max(0, k - 1)], TORSO[min(len(TORSO) - 1, k + 1)]
            return (after[column] - before[column]) / (after[0] - before[0]) * gap

        p, q, m, n = TORSO[i][column], TORSO[i + 1][column], slope(i), slope(i + 1)
        return p + u * (m + u * (3 * (q - p) - 2 * m - n + u * (2 * (p - q) + m + n)))

    return along(1), along(2)


def torso_slice(body: Skeleton, s: float) -> list[Sphere]:
    centre, aside = body.spine_point(s), body.spine_axes(s).left
    half_width, radius = torso_width(s)
    return [Sphere(centre - aside * half_width, radius), Sphere(centre + aside * half_width, radius)]


def torso(body: Skeleton, start: float = -0.10, end: float = 0.93) -> list[list[Sphere]]:
    """Return groups of spheres, whose convex hulls are the trunk from share start to share end of the spine."""
    count = max(2, round((end - start) * 14))
    slices = [torso_slice(body, start + (end - start) * i / count) for i in range(count + 1)]
    groups = [a + b for a, b in itertools.pairwise(slices)]
    if end >= 0.93:
        shoulders = [Sphere(body["sh_l"], SHOULDER_RADIUS), Sphere(body["sh_r"], SHOULDER_RADIUS)]
        groups.append(slices[-1] + shoulders)
        groups.append(torso_slice(body, 0.76) + shoulders)
        groups.append([Sphere(body["neck"], 0.035), *(Sphere(s.centre, 0.035) for s in shoulders)])
    return groups


def arm(body: Skeleton, side: str, start: float = 0.0) -> list[list[Sphere]]:
    """Return the spheres of upper arm, forearm and hand. `start` is the share of the upper arm at which to begin."""
    shoulder, elbow, wrist, hand = (body[f"{joint}_{side}"] for joint in ("sh", "el", "wr", "ha"))
    mitten = [Sphere(wrist, FOREARM[-1]), Sphere(grip(body, side), PALM_RADIUS), Sphere(hand, 0.020)]
    return [bone(shoulder, elbow, UPPER_ARM, start), bone(elbow, wrist, FOREARM), mitten]


def grip(body: Skeleton, side: str) -> Vector3:
    """Return the place of a hand's grip."""
    return body[f"wr_{side}"].lerp(body[f"ha_{side}"], GRIP)


def leg(body: Skeleton, side: str, start: float = 0.0) -> list[list[Sphere]]:
    """Return the spheres of thigh and shin, without the shoe. `start` is the share of the thigh at which to begin."""
    hip, knee, ankle = (body[f"{joint}_{side}"] for joint in ("hip", "kn", "an"))
    return [bone(hip, knee, THIGH, start), bone(knee, ankle, SHIN)]


def shoe(body: Skeleton, side: str) -> list[list[Sphere]]:
    ankle, heel, ball, toe = (body[f"{joint}_{side}"] for joint in ("an", "heel", "ball", "toe"))
    behind, front = Sphere(heel, HEEL_RADIUS), [Sphere(ball, BALL_RADIUS), Sphere(toe, TOE_RADIUS)]
    straight = unit(ball - heel).dot(unit(toe - ball)) > TOES_STRAIGHT
    return [[Sphere(ankle, ANKLE_RADIUS), behind, front[0]], [behind, *front] if straight else front]


def head(body: Skeleton) -> list[Sphere]:
    return [Sphere(body["head"], HEAD_RADIUS), Sphere(body["head"] + body.head.up * CROWN, CROWN_RADIUS)]


def ponytail(body: Skeleton) -> list[Sphere]:
    """Return the spheres of the ponytail, which hangs down beside head and neck and stays above the floor."""
    out, down = unit(body.head.up * -0.15 - body.head.front), Vector3(0, -1, 0)
    # If the head looks at the floor, the tail lies along the nape instead of standing up. If the head hangs, the tail
    # has slid round the back of the head, towards the crown.
    flat = max(0.0, min(1.0, (out.y - 0.2) / 0.6))
    slid = math.pi * max(0.0, min(1.0, (-body.head.up.y - 0.05) / 0.4))
    lies = body.head.up * -math.cos(slid) + body.head.left * math.sin(slid)
    along = unit(out.lerp(unit(lies + out * 0.10), flat))
    out = unit(out.lerp(unit(lies + out), flat))
    lying = flat * (1 - slid / math.pi)
    point = body["head"] + body.head.up * (CROWN / 2) + out * 0.066
    tail = [Sphere(point, 0.014)]
    for radius, length, gravity in ((0.020, 0.028, 0.4), (0.018, 0.034, 1.2), (0.008, 0.036, 2.5)):
        point = point + unit(along + down * (gravity * (1 - lying))) * length
        point = _outside(point, body["head"], HEAD_RADIUS + 0.014)
        point = _outside(point, _nearest(point, body["neck"], body["head"]), NECK_RADIUS + 0.4 * radius)
        point = Vector3(point.x, max(0.018, point.y), point.z)
        tail.append(Sphere(point, radius))
    return tail


def _outside(point: Vector3, centre: Vector3, radius: float) -> Vector3:
    """Return the point, or the point on a sphere that is nearest to it if it lies within the sphere."""
    away = point - centre
    return centre + unit(away) * radius if away.length() < radius else point


def _nearest(point: Vector3, a: Vector3, b: Vector3) -> Vector3:
    """Return the point of the line from a to b that is nearest to a point."""
    along = b - a
    return a.lerp(b, max(0.0, min(1.0, (point - a).dot(along) / along.length_squared())))


def neck(body: Skeleton) -> list[Sphere]:
    return [Sphere(body["neck"], NECK_RADIUS), Sphere(body["neck"].lerp(body["head"], 0.6), NECK_RADIUS)]


def whole_body(body: Skeleton) -> list[list[Sphere]]:
    """Return the whole body in groups of spheres, which are rows for limbs and convex hulls for other parts."""
    groups = [*torso(body), neck(body), head(body), ponytail(body)]
    for side in ("l", "r"):
        groups += arm(body, side) + leg(body, side) + shoe(body, side)
    return groups
