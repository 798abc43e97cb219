"""Blends two poses into a pose on the way from one to the other."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from pygame import Vector3

from kiosk.figure.pose import LIMBS, Limb, Pose, Space
from kiosk.figure.skeleton import Skeleton, solve
from kiosk.figure.vectors import Axes, Triple, lerp, perpendicular, slerp, slerp_direction, triple, unit

PAIRS_KEPT = 64
MOVED = 0.04
"""Distance in body heights beyond which a moving hand or foot is lifted in full. What stays is not lifted."""


def blend(a: Pose, b: Pose, share: float) -> Pose:
    """Return the pose at a share (0 to 1) of the way from a to b. Places move straight, rotations along arcs."""
    if share <= 0 or share >= 1:
        return b if share >= 1 else a
    a, b = _matched(a, b)
    hop = max(a.hop, b.hop) * _arc(share)
    arm_l, arm_r, leg_l, leg_r = (
        _blend_limb(getattr(a, name), getattr(b, name), share, hop if name.startswith("leg") else 0.0) for name in LIMBS
    )
    far = [p + (q - p) * share for p, q in zip(a.far, b.far, strict=True)]
    left, right = (p + (q - p) * share for p, q in zip(a.effort, b.effort, strict=True))
    return Pose(
        a.anchor_joint,
        _raised(lerp(a.anchor, b.anchor, share), hop),
        slerp(a.pelvis, b.pelvis, share),
        slerp(a.chest, b.chest, share),
        slerp(a.head, b.head, share),
        arm_l,
        arm_r,
        leg_l,
        leg_r,
        (left, right),
        (far[0], far[1], far[2], far[3]),
        b.order if share > 0.5 else a.order,
        a.contacts & b.contacts,
    )


def travel(a: Pose, b: Pose) -> float:
    """Return the longest distance, in body heights, that any joint moves between pose a and pose b."""
    start, end = solve(a), solve(b)
    straight = max((start[joint] - end[joint]).length() for joint in start.joints)
    return straight + 2 * max(a.hop, b.hop)


def _blend_limb(a: Limb, b: Limb, share: float, hop: float) -> Limb:
    tip = slerp_direction(a.tip, b.tip, share) if a.tip and b.tip else None
    pole = slerp_direction(a.pole, b.pole, share)
    if a.bend is not None and b.bend is not None:
        bend = a.bend + (b.bend - a.bend) * share
        return Limb(a.space, slerp_direction(a.place, b.place, share), bend, pole, a.pole_space, tip)
    place = lerp(a.place, b.place, share)
    if a.space == "world":
        moved = (Vector3(b.place) - Vector3(a.place)).length()
        lift = max(a.lift, b.lift) * min(1.0, moved / MOVED)
        place = _raised(place, hop + lift * _arc(share))
    return Limb(a.space, place, None, pole, a.pole_space, tip, a.by_ball)


def _arc(share: float) -> float:
    """Return the height of an arc that is 1 half-way and 0 at both ends."""
    return 4 * share * (1 - share)


def _raised(place: Triple, height: float) -> Triple:
    return (place[0], place[1] + height, place[2])


@lru_cache(PAIRS_KEPT)
def _matched(a: Pose, b: Pose) -> tuple[Pose, Pose]:
    """Return two poses as poses that can be blended value by value.

    Where they are described in different ways, such as by the place of a hand and by the direction of an arm, both are
    described in the same way. The joints of either pose stay where they are.
    """
    bodies = solve(a), solve(b)
    poses = [a, b]
    if a.anchor_joint != b.anchor_joint:
        poses = [
            replace(pose, anchor_joint="pelvis", anchor=triple(body["pelvis"]))
            for pose, body in zip(poses, bodies, strict=True)
        ]
    arms_l, arms_r, legs_l, legs_r = (
        _matched_limbs(name, (getattr(a, name), getattr(b, name)), bodies) for name in LIMBS
    )
    poses = [
        replace(pose, arm_l=arms_l[i], arm_r=arms_r[i], leg_l=legs_l[i], leg_r=legs_r[i])
        for i, pose in enumerate(poses)
    ]
    return poses[0], poses[1]


def _matched_limbs(name: str, limbs: tuple[Limb, Limb], bodies: tuple[Skeleton, Skeleton]) -> list[Limb]:
    kind, side = name.split("_")
    own: Space = "chest" if kind == "arm" else "pelvis"
    aimed = any(limb.bend is not None for limb in limbs)
    placed = any(limb.bend is None for limb in limbs)
    spaces = {limb.space for limb in limbs}
    space = limbs[0].space if len(spaces) == 1 else own if aimed else "world"
    pole_space = limbs[0].pole_space if limbs[0].pole_space == limbs[1].pole_space else own
    by_ball = any(limb.by_ball for limb in limbs) and not aimed
    tips = any(limb.tip for limb in limbs)
    matched = []
    for limb, body in zip(limbs, bodies, strict=True):
        pole = _turned(limb.pole, body.axes(limb.pole_space), body.axes(pole_space))
        root, middle, end = (body[f"{joint}_{side}"] for joint in JOINTS[kind])
        bend: float | None = None
        if aimed and placed:
            bend = unit(middle - root).angle_to(unit(end - middle))
            place = body.axes(space).local(unit(middle - root))
            # The limb bends away from its pole, by so little that a straight limb has no pole of its own.
            if bend > 1:
                pole = body.axes(pole_space).local(-perpendicular(end - middle, unit(middle - root)))
        elif aimed:
            bend = limb.bend
            place = _turned(limb.place, body.axes(limb.space), body.axes(space))
        elif by_ball and not limb.by_ball:
            place = triple(body[f"ball_{side}"])
        elif limb.space == space:
            place = limb.place
        else:
            place = triple(end)
        tip = limb.tip
        if kind == "arm" and tips:
            tip = body.axes(space).local(unit(body[f"ha_{side}"] - end))
        elif kind == "leg" and tips and tip is None:
            tip = triple(unit(body[f"ball_{side}"] - body[f"heel_{side}"]))
        matched.append(Limb(space, place, bend, pole, pole_space, tip, by_ball, limb.lift))
    return matched


JOINTS = {"arm": ("sh", "el", "wr"), "leg": ("hip", "kn", "an")}


def _turned(direction: Triple, of: Axes, to: Axes) -> Triple:
    return direction if of is to else to.local(of.place(direction))
