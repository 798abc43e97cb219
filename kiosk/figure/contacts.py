"""The parts of the body that can rest on a surface, as a pose declares them."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.figure import shapes
from kiosk.figure.props import BAR_RADIUS
from kiosk.figure.shapes import Sphere
from kiosk.figure.skeleton import Skeleton

Points = list[list[Sphere]]
"""The points of a contact that rest on a surface. Of each point, one of the spheres does."""


def _joints(*joints: tuple[str, float]) -> Callable[[Skeleton, str], Points]:
    return lambda body, side: [[Sphere(body[f"{joint}_{side}"], radius)] for joint, radius in joints]


def _hand(radius: float) -> Callable[[Skeleton, str], Points]:
    return lambda body, side: [[Sphere(shapes.grip(body, side), radius)]]


def _trunk(share: float) -> Callable[[Skeleton], Points]:
    return lambda body: [shapes.torso_slice(body, share)]


_HEEL, _BALL, _ELBOW = ("heel", shapes.HEEL_RADIUS), ("ball", shapes.BALL_RADIUS), ("el", shapes.FOREARM[0])
_LIMB: dict[str, Callable[[Skeleton, str], Points]] = {
    "foot": _joints(_HEEL, _BALL),
    "heel": _joints(_HEEL),
    "ball": _joints(_BALL),
    "toe": _joints(("toe", shapes.TOE_RADIUS)),
    "instep": _joints(("an", shapes.ANKLE_RADIUS)),
    "knee": _joints(("kn", shapes.SHIN[0])),
    "hand": _hand(shapes.PALM_RADIUS),
    # A hand that grips is around the bar: its middle is in the middle of the bar.
    "grip": _hand(-BAR_RADIUS),
    "elbow": _joints(_ELBOW),
    "forearm": _joints(_ELBOW, ("wr", shapes.FOREARM[-1])),
    "shoulder": _joints(("sh", shapes.SHOULDER_RADIUS)),
}
_TRUNK: dict[str, Callable[[Skeleton], Points]] = {
    "seat": _trunk(-0.10),
    "pelvis": _trunk(0.02),
    "waist": _trunk(0.30),
    "chest": _trunk(0.80),
    "head": lambda body: [shapes.head(body)],
}
CONTACTS = (*(f"{name}_{side}" for name in _LIMB for side in "lr"), *_TRUNK)
"""The names of all contacts."""


def contact_points(body: Skeleton, contact: str) -> Points:
    """Return the spheres of a contact (one of CONTACTS), point by point."""
    if contact in _TRUNK:
        return _TRUNK[contact](body)
    name, side = contact.split("_")
    return _LIMB[name](body, side)
