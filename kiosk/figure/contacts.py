"""The parts of the body that can rest on a surface, as a pose declares them."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.figure.props import BAR_RADIUS, GRIP
from kiosk.figure.shapes import CROWN, CROWN_RADIUS, SHOULDER_RADIUS, Sphere, torso_slice
from kiosk.figure.skeleton import HEAD_RADIUS, Skeleton

Points = list[list[Sphere]]
"""The points of a contact that rest on a surface. Of each point, one of the spheres does."""


def _joints(*joints: tuple[str, float]) -> Callable[[Skeleton, str], Points]:
    return lambda body, side: [[Sphere(body[f"{joint}_{side}"], radius)] for joint, radius in joints]


def _hand(radius: float) -> Callable[[Skeleton, str], Points]:
    return lambda body, side: [[Sphere(body[f"wr_{side}"].lerp(body[f"ha_{side}"], GRIP), radius)]]


def _trunk(share: float) -> Callable[[Skeleton], Points]:
    return lambda body: [torso_slice(body, share)]


_LIMB: dict[str, Callable[[Skeleton, str], Points]] = {
    "foot": _joints(("heel", 0.030), ("ball", 0.025)),
    "heel": _joints(("heel", 0.030)),
    "ball": _joints(("ball", 0.025)),
    "toe": _joints(("toe", 0.019)),
    "instep": _joints(("an", 0.0265)),
    "knee": _joints(("kn", 0.041)),
    "hand": _hand(0.027),
    # A hand that grips is around the bar: its middle is in the middle of the bar.
    "grip": _hand(-BAR_RADIUS),
    "elbow": _joints(("el", 0.028)),
    "forearm": _joints(("el", 0.028), ("wr", 0.021)),
    "shoulder": _joints(("sh", SHOULDER_RADIUS)),
}
_TRUNK: dict[str, Callable[[Skeleton], Points]] = {
    "seat": _trunk(-0.10),
    "pelvis": _trunk(0.02),
    "waist": _trunk(0.30),
    "chest": _trunk(0.80),
    "head": lambda body: [
        [Sphere(body["head"], HEAD_RADIUS), Sphere(body["head"] + body.head.up * CROWN, CROWN_RADIUS)]
    ],
}
CONTACTS = (*(f"{name}_{side}" for name in _LIMB for side in "lr"), *_TRUNK)
"""The names of all contacts."""


def contact_points(body: Skeleton, contact: str) -> Points:
    """Return the spheres of a contact (one of CONTACTS), point by point."""
    if contact in _TRUNK:
        return _TRUNK[contact](body)
    name, side = contact.split("_")
    return _LIMB[name](body, side)
