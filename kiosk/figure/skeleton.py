"""The skeleton's lengths, and the places of its joints in a pose.

Lengths are in body heights, and come from the study on which the drawings are based. The floor is y = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pygame import Vector3

from kiosk.figure.pose import Limb, Pose, Space
from kiosk.figure.vectors import NEARLY_ZERO, Axes, axes, bend, fold, perpendicular, slerp, unit

SPINE = 0.295
SPINE_STEPS = 10
NECK = 0.112
"""Distance from the base of the neck to the centre of the head."""
HEAD_RADIUS = 0.064
SHOULDER_ASIDE, SHOULDER_BELOW = 0.094, 0.048
HIP_ASIDE, HIP_BELOW = 0.052, 0.020
UPPER_ARM, FOREARM, HAND = 0.160, 0.142, 0.050
THIGH, SHIN = 0.250, 0.240

ANKLE_FORWARD, ANKLE_BELOW = 0.055, 0.013
"""Distances of the ball of the foot from the ankle, along the toes and along the sole's direction."""
TOE_LENGTH = 0.030
"""Distance of the toes' end from the ball of the foot."""
ANKLE_RANGE = (58.0, 155.0)
"""Smallest and largest angle between shin and foot, in degrees. The foot turns no further, whatever its toes aim at."""
BALL_ROUNDS = 6
"""Number of corrections until the ankle fits the ball of a foot, exact to a tenth of a pixel."""

ANCHORS = ("pelvis", "neck", "sh_l", "sh_r", "ankles", "knees")
"""Joints by which a pose places the body. The ankles are those of straight legs in line with the pelvis, and the knees
those of such thighs: a plank turns about them."""

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
    pose: Pose

    def __getitem__(self, joint: str) -> Vector3:
        return self.joints[joint]

    def axes(self, space: Space) -> Axes:
        """Return the axes of a space."""
        return {"world": WORLD, "pelvis": self.pelvis, "chest": self.chest, "head": self.head}[space]

    def spine_point(self, s: float) -> Vector3:
        """Return the point at share s of the spine. Below 0 and above 1 the spine goes on straight."""
        if s <= 0:
            return self.spine[0] + self.pelvis.up * (s * SPINE)
        if s >= 1:
            return self.spine[-1] + self.chest.up * ((s - 1) * SPINE)
        index = int(s * SPINE_STEPS)
        return self.spine[index].lerp(self.spine[index + 1], s * SPINE_STEPS - index)

    def spine_axes(self, s: float) -> Axes:
        return axes(slerp(self.pose.pelvis, self.pose.chest, bend_share(s)))


def bend_share(s: float) -> float:
    """Return the share of the turn from pelvis to chest at share s of the spine."""
    return max(0.0, min(1.0, (s - STIFF_ENDS) / (1 - 2 * STIFF_ENDS)))


WORLD = Axes(Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))


def solve(pose: Pose) -> Skeleton:
    """Return the skeleton in a pose."""
    pelvis, chest, head = axes(pose.pelvis), axes(pose.chest), axes(pose.head)
    spine = [Vector3(0, 0, 0)]
    for i in range(SPINE_STEPS):
        up = axes(slerp(pose.pelvis, pose.chest, bend_share((i + 0.5) / SPINE_STEPS))).up
        spine.append(spine[-1] + up * (SPINE / SPINE_STEPS))

    def shoulder(sign: int) -> Vector3:
        return spine[-1] - chest.up * SHOULDER_BELOW + chest.left * (SHOULDER_ASIDE * sign)

    anchors = {
        "pelvis": spine[0],
        "neck": spine[-1],
        "sh_l": shoulder(1),
        "sh_r": shoulder(-1),
        "knees": spine[0] - pelvis.up * (HIP_BELOW + THIGH),
        "ankles": spine[0] - pelvis.up * (HIP_BELOW + THIGH + SHIN),
    }
    shift = Vector3(pose.anchor) - anchors[pose.anchor_joint]
    spine = [point + shift for point in spine]

    joints = {"pelvis": spine[0], "neck": spine[-1]}
    joints["head"] = spine[-1] + unit(head.up * 0.75 + chest.up * 0.25) * NECK
    spaces: Spaces = {
        "world": (Vector3(0, 0, 0), WORLD),
        "pelvis": (joints["pelvis"], pelvis),
        "chest": (joints["neck"], chest),
        "head": (joints["head"], head),
    }
    for name, sign, arm, leg in (("l", 1, pose.arm_l, pose.leg_l), ("r", -1, pose.arm_r, pose.leg_r)):
        joints |= _arm(name, arm, shoulder(sign), spaces)
        joints |= _leg(name, leg, spine[0] - pelvis.up * HIP_BELOW + pelvis.left * (HIP_ASIDE * sign), spaces)
    return Skeleton(joints, tuple(spine), pelvis, chest, head, pose)


Spaces = dict[str, tuple[Vector3, Axes]]
"""The origin and the axes of each space."""


def _arm(name: str, arm: Limb, shoulder: Vector3, spaces: Spaces) -> dict[str, Vector3]:
    origin, turned = spaces[arm.space]
    aim, pole = turned.place(arm.place), spaces[arm.pole_space][1].place(arm.pole)
    # The shoulder follows the arm a little, and most when the arm reaches up.
    wrist = origin + aim if arm.bend is None else fold(shoulder, aim, pole, arm.bend, UPPER_ARM, FOREARM)[1]
    reach = unit(wrist - shoulder)
    root = shoulder + reach * (0.010 + 0.022 * max(0.0, reach.dot(spaces["chest"][1].up)))
    if arm.bend is None:
        elbow, wrist = bend(root, wrist, pole, UPPER_ARM, FOREARM)
    else:
        elbow, wrist = fold(root, aim, pole, arm.bend, UPPER_ARM, FOREARM)
    palm = turned.place(arm.tip) if arm.tip else wrist - elbow
    return {f"sh_{name}": root, f"el_{name}": elbow, f"wr_{name}": wrist, f"ha_{name}": wrist + unit(palm) * HAND}


def _leg(name: str, leg: Limb, hip: Vector3, spaces: Spaces) -> dict[str, Vector3]:
    origin, turned = spaces[leg.space]
    aim, pole = turned.place(leg.place), spaces[leg.pole_space][1].place(leg.pole)
    wanted = unit(Vector3(leg.tip) if leg.tip else spaces["pelvis"][1].front)
    toes, target = wanted, origin + aim
    for _ in range(BALL_ROUNDS if leg.by_ball else 1):
        if leg.bend is None:
            knee, ankle = bend(hip, target, pole, THIGH, SHIN)
        else:
            knee, ankle = fold(hip, aim, pole, leg.bend, THIGH, SHIN)
        toes = _within_range(wanted, knee - ankle)
        sole = perpendicular(ankle - knee, toes)
        target = origin + aim - toes * ANKLE_FORWARD - sole * ANKLE_BELOW
    joints = {f"hip_{name}": hip, f"kn_{name}": knee, f"an_{name}": ankle}
    joints[f"heel_{name}"] = ankle - toes * 0.030 + sole * 0.0072
    joints[f"ball_{name}"] = ball = ankle + toes * ANKLE_FORWARD + sole * ANKLE_BELOW
    along = toes * TOE_LENGTH + sole * 0.006
    if leg.by_ball and toes.y < 0 and math.hypot(toes.x, toes.z) > NEARLY_ZERO:
        # The toes bend on the floor when the heel rises.
        along = unit(Vector3(toes.x, 0, toes.z)) * TOE_LENGTH - Vector3(0, 0.006, 0)
    joints[f"toe_{name}"] = ball + along
    return joints


def _within_range(toes: Vector3, shin: Vector3) -> Vector3:
    """Return the toes' direction, turned so far that its angle to the shin (from ankle to knee) is in ANKLE_RANGE."""
    along = unit(shin)
    angle = math.degrees(math.acos(max(-1.0, min(1.0, along.dot(toes)))))
    right = math.radians(max(ANKLE_RANGE[0], min(ANKLE_RANGE[1], angle)))
    if abs(math.degrees(right) - angle) < NEARLY_ZERO:
        return toes
    return along * math.cos(right) + perpendicular(toes, along) * math.sin(right)
