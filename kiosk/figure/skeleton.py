"""The skeleton's lengths, and the places of its joints in a pose.

Lengths are in body heights, and come from the study on which the drawings are based. The floor is y = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Vector3

from kiosk.figure.pose import Limb, Pose, Space
from kiosk.figure.vectors import Axes, Quaternion, axes, bend, perpendicular, slerp, unit

SPINE = 0.295
SPINE_STEPS = 10
NECK = 0.112
"""Distance from the base of the neck to the centre of the head."""
HEAD_RADIUS = 0.064
SHOULDER_ASIDE, SHOULDER_BELOW = 0.094, 0.048
HIP_ASIDE, HIP_BELOW = 0.052, 0.020
UPPER_ARM, FOREARM, HAND = 0.160, 0.142, 0.050
THIGH, SHIN = 0.250, 0.240

STIFF_ENDS = 0.08
"""Share of the spine, at each end, that does not bend."""


@dataclass(frozen=True)
class Skeleton:
    """A skeleton in a pose, with the joints in the world and the rotations that drawing needs."""

    joints: dict[str, Vector3]
    """Joints by name: pelvis, neck, head, and with _l or _r: sh, el, wr, ha (hand), hip, kn, an, heel, ball, toe."""
    spine: tuple[Vector3, ...]
    """Points from the pelvis to the base of the neck, in SPINE_STEPS equal steps."""
    pelvis: Axes
    chest: Axes
    head: Axes
    effort: float
    _ends: tuple[Quaternion, Quaternion]

    def __getitem__(self, joint: str) -> Vector3:
        return self.joints[joint]

    def spine_point(self, s: float) -> Vector3:
        """Return the point at share s of the spine. Below 0 and above 1 the spine goes on straight."""
        if s <= 0:
            return self.spine[0] + self.pelvis.up * (s * SPINE)
        if s >= 1:
            return self.spine[-1] + self.chest.up * ((s - 1) * SPINE)
        index = int(s * SPINE_STEPS)
        return self.spine[index].lerp(self.spine[index + 1], s * SPINE_STEPS - index)

    def spine_axes(self, s: float) -> Axes:
        return axes(slerp(*self._ends, bend_share(s)))


def bend_share(s: float) -> float:
    """Return the share of the turn from pelvis to chest at share s of the spine."""
    return max(0.0, min(1.0, (s - STIFF_ENDS) / (1 - 2 * STIFF_ENDS)))


def solve(pose: Pose) -> Skeleton:
    """Return the skeleton in a pose."""
    pelvis_axes, chest_axes, head_axes = axes(pose.pelvis), axes(pose.chest), axes(pose.head)
    spine = [Vector3(0, 0, 0)]
    for i in range(SPINE_STEPS):
        up = axes(slerp(pose.pelvis, pose.chest, bend_share((i + 0.5) / SPINE_STEPS))).up
        spine.append(spine[-1] + up * (SPINE / SPINE_STEPS))

    def shoulder(sign: int) -> Vector3:
        return spine[-1] - chest_axes.up * SHOULDER_BELOW + chest_axes.left * (SHOULDER_ASIDE * sign)

    anchors = {"pelvis": spine[0], "neck": spine[-1], "sh_l": shoulder(1), "sh_r": shoulder(-1)}
    shift = Vector3(pose.anchor) - anchors[pose.anchor_joint]
    spine = [point + shift for point in spine]

    joints = {"pelvis": spine[0], "neck": spine[-1]}
    joints["head"] = spine[-1] + unit(head_axes.up * 0.75 + chest_axes.up * 0.25) * NECK
    spaces = {
        "world": (Vector3(0, 0, 0), Axes(Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))),
        "pelvis": (joints["pelvis"], pelvis_axes),
        "chest": (joints["neck"], chest_axes),
        "head": (joints["head"], head_axes),
    }
    for name, sign, arm, leg in (("l", 1, pose.arm_l, pose.leg_l), ("r", -1, pose.arm_r, pose.leg_r)):
        # The shoulder follows the arm a little, and most when the arm reaches up.
        target, pole = _aims(arm, spaces)
        reach = unit(target - shoulder(sign))
        root = shoulder(sign) + reach * (0.010 + 0.022 * max(0.0, reach.dot(chest_axes.up)))
        elbow, wrist = bend(root, target, pole, UPPER_ARM, FOREARM)
        palm = spaces[arm.space][1].place(arm.tip) if arm.tip else wrist - elbow
        joints |= {f"sh_{name}": root, f"el_{name}": elbow, f"wr_{name}": wrist}
        joints[f"ha_{name}"] = wrist + unit(palm) * HAND

        target, pole = _aims(leg, spaces)
        hip = spine[0] - pelvis_axes.up * HIP_BELOW + pelvis_axes.left * (HIP_ASIDE * sign)
        knee, ankle = bend(hip, target, pole, THIGH, SHIN)
        toes = unit(Vector3(leg.tip or (1, 0, 0)))
        sole = perpendicular(ankle - knee, toes)
        joints |= {f"hip_{name}": hip, f"kn_{name}": knee, f"an_{name}": ankle}
        joints[f"heel_{name}"] = ankle - toes * 0.030 + sole * 0.0072
        joints[f"ball_{name}"] = ankle + toes * 0.055 + sole * 0.013
        joints[f"toe_{name}"] = ankle + toes * 0.085 + sole * 0.019
    return Skeleton(joints, tuple(spine), pelvis_axes, chest_axes, head_axes, pose.effort, (pose.pelvis, pose.chest))


def travel(a: Pose, b: Pose) -> float:
    """Return the longest distance, in body heights, that any joint moves between pose a and pose b."""
    start, end = solve(a), solve(b)
    return max((start[joint] - end[joint]).length() for joint in start.joints)


def _aims(limb: Limb, spaces: dict[str, tuple[Vector3, Axes]]) -> tuple[Vector3, Vector3]:
    """Return a limb's target and pole in the world."""

    def rotated(space: Space, local: tuple[float, float, float]) -> Vector3:
        return spaces[space][1].place(local)

    origin = spaces[limb.space][0]
    return origin + rotated(limb.space, limb.target), rotated(limb.pole_space, limb.pole)
