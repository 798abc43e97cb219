"""The worked muscles: rounded patches inside the outline of a limb, which light up with effort."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from pygame import Vector3

from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.vectors import perpendicular, unit

RING = 0.0045
"""Width of the line around a patch, in body heights. The line has the body's colour, and keeps the patch visible on the
shorts and to colour-blind people."""


class Patch(NamedTuple):
    """A muscle's shape in the world. `facing` is the direction that it faces, None if it is visible from all sides."""

    spheres: list[Sphere]
    facing: Vector3 | None = None
    solid: bool = False
    """Whether the shape is one hull of all spheres, instead of a chain of spheres."""


def _along_spine(body: Skeleton, s: float, aside: float, front: float, radius: float) -> Sphere:
    axes = body.spine_axes(s)
    return Sphere(body.spine_point(s) + axes.left * aside + axes.front * front, radius)


def _front_chain(start: float, end: float, front: float) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        spheres = [_along_spine(body, start + (end - start) * i / 5, 0.0, front, 0.0195) for i in range(6)]
        return Patch(spheres, body.spine_axes((start + end) / 2).front * math.copysign(1, front))

    return patch


def _core(body: Skeleton) -> Patch:
    axes = body.spine_axes(0.38)
    middle = body.spine_point(0.38) + axes.front * 0.008
    corners = [
        Sphere(middle + axes.up * up + axes.left * left, 0.031) for up in (-0.014, 0.024) for left in (-0.034, 0.034)
    ]
    return Patch(corners, axes.front, solid=True)


def _oblique(sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        shares = [0.20 + 0.40 * i / 6 for i in range(7)]
        widths = [0.042 - 0.010 * math.sin(math.pi * (s - 0.16) / 0.5) for s in shares]
        spheres = [_along_spine(body, s, sign * w, 0.008, 0.023) for s, w in zip(shares, widths, strict=True)]
        return Patch(spheres, unit(body.spine_axes(0.4).left * sign + body.spine_axes(0.4).front))

    return patch


def _glutes(body: Skeleton) -> Patch:
    return Patch([_along_spine(body, -0.11, 0.0, -0.022, 0.033), _along_spine(body, 0.05, 0.0, -0.022, 0.031)])


def _glute(side: str) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        hip = body[f"hip_{side}"]
        down = unit(body[f"kn_{side}"] - hip)
        return Patch([Sphere(hip - down * 0.004, 0.034), Sphere(hip + down * 0.065, 0.030)])

    return patch


def _thigh(side: str, sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        hip, knee, ankle = (body[f"{joint}_{side}"] for joint in ("hip", "kn", "an"))
        down = unit(knee - hip)
        # The front of the thigh is the side to which the knee points, away from the shin.
        forward = perpendicular(knee - ankle, down) if (ankle - knee).cross(down).length() > 0.02 else body.pelvis.front
        forward = perpendicular(forward, down) * sign
        return Patch(
            [Sphere(hip + down * 0.060 + forward * 0.016, 0.029), Sphere(knee - down * 0.045 + forward * 0.010, 0.022)]
        )

    return patch


def _delt(side: str) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        shoulder = body[f"sh_{side}"]
        return Patch([Sphere(shoulder, 0.024), Sphere(shoulder + unit(body[f"el_{side}"] - shoulder) * 0.05, 0.020)])

    return patch


def _forearm(side: str) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        elbow = body[f"el_{side}"]
        along = unit(body[f"wr_{side}"] - elbow)
        return Patch([Sphere(elbow + along * 0.03, 0.018), Sphere(elbow + along * 0.10, 0.015)])

    return patch


class Muscle(NamedTuple):
    part: str
    """The part after which the patch is painted."""
    patch: Callable[[Skeleton], Patch]


MUSCLES: dict[str, Muscle] = {
    "abs": Muscle("torso", _front_chain(0.30, 0.70, 0.028)),
    "lower_back": Muscle("torso", _front_chain(0.24, 0.64, -0.028)),
    "core": Muscle("torso", _core),
    "glutes": Muscle("torso", _glutes),
}
for _side, _sign in (("l", 1), ("r", -1)):
    MUSCLES |= {
        f"oblique_{_side}": Muscle("torso", _oblique(_sign)),
        f"glute_{_side}": Muscle(f"leg_{_side}", _glute(_side)),
        f"quads_{_side}": Muscle(f"leg_{_side}", _thigh(_side, 1)),
        f"hams_{_side}": Muscle(f"leg_{_side}", _thigh(_side, -1)),
        f"delt_{_side}": Muscle(f"arm_{_side}", _delt(_side)),
        f"forearm_{_side}": Muscle(f"arm_{_side}", _forearm(_side)),
    }
