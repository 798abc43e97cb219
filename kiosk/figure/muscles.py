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


def _pair(up: float, aside: float, front: float, radius: float, slope: float) -> Callable[[Skeleton], Patch]:
    """Return a patch of the trunk that lies across both sides, `up` the spine; its ends are lower by `slope`."""

    def patch(body: Skeleton) -> Patch:
        shares = (-1.0, -0.5, 0.5, 1.0)
        spheres = [_along_spine(body, up - slope * abs(x), x * aside, front, radius) for x in shares]
        return Patch(spheres, body.spine_axes(up).front * math.copysign(1, front))

    return patch


def _lat(sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        places = ((0.76, 0.060), (0.62, 0.054), (0.48, 0.036))
        spheres = [_along_spine(body, s, sign * aside, -0.026, 0.020) for s, aside in places]
        return Patch(spheres, unit(body.spine_axes(0.6).left * (0.6 * sign) - body.spine_axes(0.6).front))

    return patch


def _traps(body: Skeleton) -> Patch:
    spheres = [_along_spine(body, s, x, -0.020, 0.020) for s, x in ((0.93, -0.052), (1.02, 0.0), (0.93, 0.052))]
    return Patch(spheres, -body.chest.front)


def _upper_arm(side: str, sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        shoulder, elbow, wrist = (body[f"{joint}_{side}"] for joint in ("sh", "el", "wr"))
        down = unit(elbow - shoulder)
        # The inside of the upper arm is the side to which the forearm bends. A straight arm's is to the front.
        inside = perpendicular((wrist - elbow) + body.chest.front * 0.03, down) * sign
        spheres = [Sphere(shoulder + down * along + inside * 0.009, 0.021) for along in (0.060, 0.115)]
        return Patch(spheres, inside)

    return patch


def _calf(side: str) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        knee, ankle = body[f"kn_{side}"], body[f"an_{side}"]
        down = unit(ankle - knee)
        back = -perpendicular(body[f"ball_{side}"] - body[f"heel_{side}"], down)
        return Patch([Sphere(knee + down * 0.045 + back * 0.012, 0.024), Sphere(knee + down * 0.115, 0.018)], back)

    return patch


def _adductor(side: str, sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        hip = body[f"hip_{side}"]
        down = unit(body[f"kn_{side}"] - hip)
        inside = perpendicular(body.pelvis.left * -sign, down)
        spheres = [Sphere(hip + down * along + inside * 0.020, 0.022) for along in (0.085, 0.165)]
        return Patch(spheres, unit(inside + body.pelvis.front))

    return patch


def _hip_flexor(side: str, sign: int) -> Callable[[Skeleton], Patch]:
    def patch(body: Skeleton) -> Patch:
        hip = body[f"hip_{side}"]
        down = unit(body[f"kn_{side}"] - hip)
        front = unit(down.cross(body.pelvis.left))
        spheres = [Sphere(hip - down * 0.025 + front * 0.020, 0.024), Sphere(hip + down * 0.060 + front * 0.022, 0.022)]
        return Patch(spheres, unit(front + body.pelvis.left * sign))

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
    "chest": Muscle("torso", _pair(0.80, 0.058, 0.030, 0.026, 0.05)),
    "upper_back": Muscle("torso", _pair(0.82, 0.060, -0.030, 0.024, 0.10)),
    "traps": Muscle("torso", _traps),
}
for _side, _sign in (("l", 1), ("r", -1)):
    MUSCLES |= {
        f"oblique_{_side}": Muscle("torso", _oblique(_sign)),
        f"lat_{_side}": Muscle("torso", _lat(_sign)),
        f"glute_{_side}": Muscle(f"leg_{_side}", _glute(_side)),
        f"quads_{_side}": Muscle(f"leg_{_side}", _thigh(_side, 1)),
        f"hams_{_side}": Muscle(f"leg_{_side}", _thigh(_side, -1)),
        f"delt_{_side}": Muscle(f"arm_{_side}", _delt(_side)),
        f"forearm_{_side}": Muscle(f"arm_{_side}", _forearm(_side)),
        f"biceps_{_side}": Muscle(f"arm_{_side}", _upper_arm(_side, 1)),
        f"triceps_{_side}": Muscle(f"arm_{_side}", _upper_arm(_side, -1)),
        f"calf_{_side}": Muscle(f"leg_{_side}", _calf(_side)),
        f"adductor_{_side}": Muscle(f"leg_{_side}", _adductor(_side, _sign)),
        f"hip_flexor_{_side}": Muscle(f"leg_{_side}", _hip_flexor(_side, _sign)),
    }
