"""Reads a figure's file. Like the config, all problems are reported at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from math import cos, radians, sin
from pathlib import Path
from typing import Any, cast
from zlib import crc32

import yaml

from kiosk.config.document import document
from kiosk.config.keys import Keys
from kiosk.config.problem import ContentError, either, wrong
from kiosk.config.reading import decode, read_bytes
from kiosk.config.values import Read, duration, expected, file_name, items, known_name, number, truth, tuple_of
from kiosk.errors import FigureError
from kiosk.figure.model import EASINGS, Ball, Camera, Figure, JointArrow, Mat, Move, PathArrow, Side
from kiosk.figure.muscles import MUSCLES
from kiosk.figure.pose import Limb, Pose, Space
from kiosk.figure.skeleton import solve
from kiosk.figure.vectors import Quaternion, Triple, quaternion

LIMBS = ("arm_l", "arm_r", "leg_l", "leg_r")
PARTS = (*LIMBS, "torso", "head", "ball")
ANCHORS = ("pelvis", "neck", "sh_l", "sh_r")
SPACES = ("world", "chest", "pelvis", "head")
ROTATIONS = ("pelvis", "chest", "head")
LONGEST_MOVE_S = 60.0
MOST_ITEMS = 60
"""Maximum number of a loop's moves, and of parts, muscles or arrows. This is far more than a figure needs."""

Parts = Mapping[tuple[str, str], Any]
"""Values that the file gives for a pose, by key and inner key, such as ("arm_l", "pole").

A pose replaces single values of `base`, not whole groups.
"""


def load_figure(path: Path) -> Figure:
    """Return the figure in a file. Raises FigureError with all problems of the file."""
    try:
        content = read_bytes(path)
        return _figure(document(decode(content)), path, f"{crc32(content):08x}")
    except ContentError as error:
        raise FigureError(*error.within(path)) from error


def _figure(node: yaml.Node, path: Path, digest: str) -> Figure:
    keys = Keys(node)
    base = keys.required("base", _pose_parts, None)
    parts = keys.required("poses", _by_name(_pose_parts), {})
    # If the poses cannot be read, their names are unknown. Then any name is allowed, to report only the one mistake.
    pose = known_name(parts, "pose") if parts else file_name("a pose")
    loop = keys.required("loop", items(_move(pose), 1, MOST_ITEMS), ())
    still = keys.required("still", pose, "")
    ball, mat = keys.required("props", _props, (None, None))
    order = keys.required("order", items(known_name(PARTS, "part"), 1, MOST_ITEMS), ())
    id_ = keys.required("id", file_name("a figure"), "")
    side = keys.optional("side", known_name(("left", "right"), "side"), None)
    camera = keys.required("camera", _camera, Camera(0, 0))
    near = keys.required("near", _by_name(known_name(("near", "far"), "tone")), {})
    muscles = keys.required("muscles", items(known_name(tuple(MUSCLES), "muscle"), 0, MOST_ITEMS), ())
    shoulder_gap = keys.optional("shoulder_gap", truth, False)
    if loop and still and still not in {move.pose for move in loop}:
        keys.complain("still", f'the loop never reaches "{still}"', "write one of its poses")
    if loop and sum(move.move_s + move.hold_s for move in loop) <= 0:
        keys.complain("loop", "the loop takes no time", "give a move or a hold some seconds")
    needed = set(PARTS) - (set() if ball else {"ball"})
    if keys.has("order") and (len(order) != len(set(order)) or set(order) != needed):
        keys.complain("order", "the order is not complete", f"name each of {', '.join(sorted(needed))} once")
    for limb in set(near) - set(LIMBS):
        keys.complain("near", f'there is no limb "{limb}"', f"write {either(LIMBS)}")
    poses = {}
    # A base that cannot be read is one mistake. It is not reported again for each pose.
    for name, of_pose in () if base is None else parts.items():
        both = {**(base or {}), **of_pose}
        if missing := [f"{key}: {inner}" for key, inner in _NEEDED if (key, inner) not in both]:
            keys.complain("poses", f"neither {name} nor base gives {', '.join(missing)}", "add it to one of them")
        else:
            poses[name] = _pose(both)
    joint = known_name(solve(next(iter(poses.values()))).joints, "joint") if poses else file_name("a joint")
    arrows = keys.optional("arrows", items(partial(_arrow, pose, joint), 0, MOST_ITEMS), ())
    keys.close()
    return Figure(
        id=id_,
        still=still,
        side=cast(Side | None, side),
        camera=camera,
        ball=ball,
        mat=mat,
        far=frozenset(limb for limb, tone in near.items() if tone == "far"),
        order=order,
        muscles=muscles,
        arrows=arrows,
        shoulder_gap=shoulder_gap,
        poses=poses,
        loop=loop,
        path=path,
        digest=digest,
    )


_pair = tuple_of(number, number)
_triple = tuple_of(number, number, number)


def _props(node: yaml.Node) -> tuple[Ball | None, Mat | None]:
    keys = Keys(node)
    ball = keys.optional("ball", _ball, None)
    mat = keys.optional("mat", lambda mat: Mat(*tuple_of(number, number, number, number)(mat)), None)
    keys.close()
    return ball, mat


def _ball(node: yaml.Node) -> Ball:
    keys = Keys(node)
    x, z = keys.required("at", _pair, (0.0, 0.0))
    radius = keys.required("r", number, 0.0)
    keys.close()
    return Ball(x, z, radius)


def _camera(node: yaml.Node) -> Camera:
    keys = Keys(node)
    yaw, pitch = keys.required("yaw", number, 0.0), keys.required("pitch", number, 0.0)
    keys.close()
    return Camera(yaw, pitch)


def _move(pose: Read[str]) -> Read[Move]:
    seconds = duration(0, LONGEST_MOVE_S)
    read = tuple_of(pose, seconds, seconds, known_name(tuple(EASINGS), "easing"))
    return lambda node: Move(*read(node))


def _arrow(pose: Read[str], joint: Read[str], node: yaml.Node) -> JointArrow | PathArrow:
    keys = Keys(node)
    if keys.has("path"):
        points = keys.required("path", items(_triple, 2, 3), ())
        keys.close()
        return PathArrow(points)
    arrow = JointArrow(
        keys.required("joint", items(joint, 1, MOST_ITEMS), ()),
        keys.required("pivot", items(joint, 1, MOST_ITEMS), ()),
        keys.required("from", pose, ""),
        keys.required("to", pose, ""),
        keys.required("dist", number, 0.0),
        keys.optional("span", _pair, (0.0, 1.0)),
        keys.optional("shift", _pair, (0.0, 0.0)),
    )
    keys.close()
    return arrow


# --- poses ----------------------------------------------------------------------------------------------------------


def _pose_parts(node: yaml.Node) -> Parts:
    keys = Keys(node)
    parts: dict[tuple[str, str], Any] = {}
    anchor = keys.optional("anchor", tuple_of(known_name(ANCHORS, "joint to anchor"), _triple), None)
    if anchor is not None:
        parts["anchor", "at"] = anchor
    effort = keys.optional("fx", number, None)
    if effort is not None:
        parts["fx", ""] = effort
    for key in ROTATIONS:
        parts |= _inner(keys, key, {"up": _direction, "front": _direction})
    for key in LIMBS:
        space = known_name(SPACES, "space")
        tip = "palm" if key.startswith("arm") else "toe"
        parts |= _inner(keys, key, {"to": tuple_of(space, _triple), "pole": _triple, "pole_in": space, tip: _triple})
    keys.close()
    return parts


def _inner(keys: Keys, key: str, reads: Mapping[str, Read[Any]]) -> Parts:
    def read(node: yaml.Node) -> Parts:
        inner = Keys(node)
        found = {(key, name): inner.optional(name, read_one, None) for name, read_one in reads.items()}
        inner.close()
        return {place: value for place, value in found.items() if value is not None}

    return keys.optional(key, read, {})


_NEEDED = (
    ("anchor", "at"),
    *((key, inner) for key in ROTATIONS for inner in ("up", "front")),
    *((key, inner) for key in LIMBS for inner in ("to", "pole")),
)
"""Keys and inner keys that must be in each pose or in `base`."""


def _pose(parts: Parts) -> Pose:
    def rotation(key: str) -> Quaternion:
        return quaternion(parts[key, "up"], parts[key, "front"])

    def limb(key: str) -> Limb:
        space, target = parts[key, "to"]
        tip = parts.get((key, "palm" if key.startswith("arm") else "toe"))
        return Limb(space, target, parts[key, "pole"], cast(Space, parts.get((key, "pole_in"), "world")), tip)

    joint, place = parts["anchor", "at"]
    pelvis, chest, head = (rotation(key) for key in ROTATIONS)
    arm_l, arm_r, leg_l, leg_r = (limb(key) for key in LIMBS)
    return Pose(joint, place, pelvis, chest, head, arm_l, arm_r, leg_l, leg_r, parts.get(("fx", ""), 0.0))


def _direction(node: yaml.Node) -> Triple:
    """Return a direction, written as three numbers or as degrees in the x-y plane, where 0 is right and 90 is up."""
    if isinstance(node, yaml.SequenceNode):
        return _triple(node)
    angle = radians(number(node))
    return (cos(angle), sin(angle), 0.0)


def _by_name(read: Read[Any]) -> Read[dict[str, Any]]:
    """Return a reader of a group whose keys are names that the file defines."""

    def read_all(node: yaml.Node) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise expected(node, "a group of keys")
        keys = Keys(node)
        found = {name: keys.optional(name, read, None) for name in _names(node)}
        keys.close()
        return found

    return read_all


def _names(node: yaml.MappingNode) -> Iterable[str]:
    for name, _ in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise wrong(name, "a name is expected here")
        yield name.value
