"""A pose, from which the skeleton's joints are computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.figure.vectors import Quaternion, Triple, lerp, slerp, slerp_direction

Space = Literal["world", "chest", "pelvis", "head"]


@dataclass(frozen=True)
class Limb:
    """The target of a wrist or an ankle. Lengths are in body heights."""

    space: Space
    target: Triple
    pole: Triple
    """The direction in which the elbow or knee points."""
    pole_space: Space
    tip: Triple | None
    """The direction of the palm in the target's space, or of the toes in the world."""

    def towards(self, other: Limb, share: float) -> Limb:
        tip = slerp_direction(self.tip, other.tip, share) if self.tip and other.tip else self.tip
        pole = slerp_direction(self.pole, other.pole, share)
        return Limb(self.space, lerp(self.target, other.target, share), pole, self.pole_space, tip)


@dataclass(frozen=True)
class Pose:
    """A pose of the figure, with all values from which the skeleton's joints are computed."""

    anchor_joint: str
    anchor: Triple
    pelvis: Quaternion
    chest: Quaternion
    head: Quaternion
    arm_l: Limb
    arm_r: Limb
    leg_l: Limb
    leg_r: Limb
    effort: float
    """Effort of the worked muscles, 0 to 1."""

    def towards(self, other: Pose, share: float) -> Pose:
        """Return the pose at a share (0 to 1) of the way to another. Targets move straight, rotations along arcs."""
        return Pose(
            self.anchor_joint,
            lerp(self.anchor, other.anchor, share),
            slerp(self.pelvis, other.pelvis, share),
            slerp(self.chest, other.chest, share),
            slerp(self.head, other.head, share),
            self.arm_l.towards(other.arm_l, share),
            self.arm_r.towards(other.arm_r, share),
            self.leg_l.towards(other.leg_l, share),
            self.leg_r.towards(other.leg_r, share),
            self.effort + (other.effort - self.effort) * share,
        )
