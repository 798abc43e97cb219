"""A pose, from which the skeleton's joints are computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.figure.vectors import Quaternion, Triple

Space = Literal["world", "chest", "pelvis", "head"]
LIMBS = ("arm_l", "arm_r", "leg_l", "leg_r")
BODY = (*LIMBS, "torso", "head")
"""The parts of the body that are painted one after the other."""


@dataclass(frozen=True)
class Limb:
    """The way in which an arm or a leg is placed. Lengths are in body heights.

    A limb either reaches for a place, or its upper bone has a direction and its elbow or knee an angle.
    """

    space: Space
    """The space of `place` or of `aim`, and of the palm's direction."""
    place: Triple
    """The place of the wrist or the ankle, or the direction of the upper bone if there is a `bend`."""
    bend: float | None
    """The angle in degrees by which the elbow or knee is bent, 0 if straight; None if the limb reaches for a place."""
    pole: Triple
    """The direction in which the elbow or knee points."""
    pole_space: Space
    tip: Triple | None
    """The direction of the palm in `space`, or of the toes in the world. None is straight on, or where the pelvis
    faces."""
    by_ball: bool = False
    """Whether `place` is the place of the ball of the foot, so that the heel can rise without sliding."""
    lift: float = 0.0
    """Height of the arc in which a hand or foot travels to or from its place in the world."""


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
    effort: tuple[float, float]
    """Efforts of the worked muscles of the left and the right side, 0 to 1."""
    far: tuple[float, float, float, float]
    """How far away each of LIMBS is, from 0 (near side) to 1 (far side). Limbs on the far side have darker colours."""
    order: tuple[str, ...]
    """The parts in the order of painting, far to near."""
    contacts: frozenset[str]
    """The parts of the body that rest on something, such as heel_l."""
    hop: float = 0.0
    """Height of a hop on the way to or from this pose, in body heights."""
