"""Reading a figure's file, with complaints that name the file and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians, sin
from pathlib import Path
from typing import Any, get_args
from zlib import crc32

import yaml

from kiosk.errors import FigureError
from kiosk.figure.model import EASINGS, Ball, Camera, Figure, JointArrow, Mat, Move, PathArrow, Side
from kiosk.figure.muscles import MUSCLES
from kiosk.figure.pose import Limb, Pose, Space
from kiosk.figure.skeleton import solve
from kiosk.figure.vectors import Quaternion, Triple, quaternion

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which is ten times as fast, wherever PyYAML was built with it."""
LIMBS = ("arm_l", "arm_r", "leg_l", "leg_r")
PARTS = (*LIMBS, "torso", "head", "ball")
ANCHORS = ("pelvis", "neck", "sh_l", "sh_r")
AXES_OF = ("pelvis", "chest", "head")
FIGURE_KEYS = (
    *("id", "still", "side", "camera", "props", "near", "shoulder_gap", "order"),
    *("muscles", "arrows", "base", "poses", "loop"),
)
POSE_KEYS = ("anchor", *AXES_OF, *LIMBS, "fx")


def load_figure(path: Path) -> Figure:
    """Read one figure.

    Raises FigureError when the file cannot be read or anything in it has the wrong type, is missing or is unknown.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FigureError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        document = yaml.load(content, _LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FigureError(f"{path}: is not YAML: {error}") from error
    top = _Node(document, str(path))
    return _figure(top, path, f"{crc32(content):08x}")


class _Node:
    """A value in the file together with where it is."""

    def __init__(self, value: Any, where: str) -> None:
        self.value = value
        self.where = where

    def fail(self, problem: str) -> FigureError:
        return FigureError(f"{self.where}: {problem}")

    def has(self, key: str) -> bool:
        return key in self.mapping()

    def mapping(self, allowed: Sequence[str] | None = None) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            raise self.fail(f"should be a mapping, is {self.value!r}")
        for key in self.value:
            # YAML 1.1 reads the keys on, off, yes and no as booleans.
            if not isinstance(key, str):
                raise self.fail(f"the key {key!r} is not text")
            if allowed is not None and key not in allowed:
                raise self.fail(f"unknown key {key!r}; known are {', '.join(allowed)}")
        return self.value

    def __getitem__(self, key: str) -> _Node:
        if not self.has(key):
            raise self.fail(f"{key!r} is missing")
        return _Node(self.value[key], f"{self.where}: {key}")

    def items(self, count: int | None = None) -> list[_Node]:
        if not isinstance(self.value, list) or (count is not None and len(self.value) != count):
            size = "a list" if count is None else f"a list of {count}"
            raise self.fail(f"should be {size}, is {self.value!r}")
        return [_Node(item, f"{self.where}[{index}]") for index, item in enumerate(self.value)]

    def number(self) -> float:
        # -.13 without a leading zero is text in YAML 1.1, and True is an int in Python.
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.fail(f"should be a number, is {self.value!r}")
        return float(self.value)

    def seconds(self) -> float:
        if self.number() < 0:
            raise self.fail(f"should not be negative, is {self.value!r}")
        return self.number()

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fail(f"should be true or false, is {self.value!r}")
        return self.value

    def text(self, allowed: Sequence[str] | None = None) -> str:
        if not isinstance(self.value, str) or (allowed is not None and self.value not in allowed):
            choice = "text" if allowed is None else "one of " + ", ".join(allowed)
            raise self.fail(f"should be {choice}, is {self.value!r}")
        return self.value

    def texts(self, allowed: Sequence[str] | None = None) -> tuple[str, ...]:
        return tuple(item.text(allowed) for item in self.items())

    def numbers(self, count: int) -> list[float]:
        return [item.number() for item in self.items(count)]

    def pair(self) -> tuple[float, float]:
        a, b = self.numbers(2)
        return (a, b)

    def triple(self) -> Triple:
        x, y, z = self.numbers(3)
        return (x, y, z)


def _figure(top: _Node, path: Path, digest: str) -> Figure:
    top.mapping(FIGURE_KEYS)
    poses = {name: _pose(top["base"], top["poses"][name]) for name in top["poses"].mapping()}
    loop = tuple(_move(item, tuple(poses)) for item in top["loop"].items())
    if sum(move.move_s + move.hold_s for move in loop) <= 0:
        raise top["loop"].fail("takes no time")
    still = top["still"].text([move.pose for move in loop])
    props = top["props"]
    props.mapping(("ball", "mat"))
    order = top["order"].texts(PARTS)
    needed = set(PARTS) - (set() if props.has("ball") else {"ball"})
    if len(order) != len(set(order)) or set(order) != needed:
        raise top["order"].fail(f"should name each of {', '.join(sorted(needed))} once")
    camera = top["camera"]
    camera.mapping(("yaw", "pitch"))
    side: Side | None = None
    if top.has("side"):
        side = "left" if top["side"].text(get_args(Side)) == "left" else "right"
    near = top["near"]
    near.mapping(LIMBS)
    joints = tuple(solve(poses[still]).joints)
    return Figure(
        id=top["id"].text(),
        still=still,
        side=side,
        camera=Camera(camera["yaw"].number(), camera["pitch"].number()),
        ball=_ball(props["ball"]) if props.has("ball") else None,
        mat=Mat(*props["mat"].numbers(4)) if props.has("mat") else None,
        far=frozenset(limb for limb in near.mapping() if near[limb].text(("near", "far")) == "far"),
        order=order,
        muscles=top["muscles"].texts(tuple(MUSCLES)),
        arrows=tuple(_arrow(item, tuple(poses), joints) for item in top["arrows"].items()) if top.has("arrows") else (),
        shoulder_gap=top.has("shoulder_gap") and top["shoulder_gap"].flag(),
        poses=poses,
        loop=loop,
        path=path,
        digest=digest,
    )


def _ball(node: _Node) -> Ball:
    node.mapping(("at", "r"))
    return Ball(*node["at"].pair(), node["r"].number())


def _move(node: _Node, poses: Sequence[str]) -> Move:
    pose, move_s, hold_s, easing = node.items(4)
    return Move(pose.text(poses), move_s.seconds(), hold_s.seconds(), easing.text(tuple(EASINGS)))


def _arrow(node: _Node, poses: Sequence[str], joints: Sequence[str]) -> JointArrow | PathArrow:
    if node.has("path"):
        node.mapping(("path",))
        points = node["path"].items()
        if len(points) not in (2, 3):
            raise node["path"].fail("should be two or three points")
        return PathArrow(tuple(point.triple() for point in points))
    node.mapping(("joint", "pivot", "from", "to", "dist", "span", "shift"))
    return JointArrow(
        node["joint"].texts(joints),
        node["pivot"].texts(joints),
        node["from"].text(poses),
        node["to"].text(poses),
        node["dist"].number(),
        node["span"].pair() if node.has("span") else (0.0, 1.0),
        node["shift"].pair() if node.has("shift") else (0.0, 0.0),
    )


def _pose(base: _Node, changes: _Node) -> Pose:
    """Return a key pose: `base` with what the pose itself says in place of it, down to the single direction."""
    base.mapping(POSE_KEYS)
    changes.mapping(POSE_KEYS)

    def part(key: str, inner: str) -> _Node | None:
        for node in (changes, base):
            if node.has(key) and node[key].has(inner):
                return node[key][inner]
        return None

    def needed(key: str, inner: str) -> _Node:
        found = part(key, inner)
        if found is None:
            raise changes.fail(f"neither the pose nor base says {key}: {inner}")
        return found

    def rotation(key: str) -> Quaternion:
        for node in (changes, base):
            if node.has(key):
                node[key].mapping(("up", "front"))
        return quaternion(_direction(needed(key, "up")), _direction(needed(key, "front")))

    def limb(key: str) -> Limb:
        tip_key = "palm" if key.startswith("arm") else "toe"
        for node in (changes, base):
            if node.has(key):
                node[key].mapping(("to", "pole", "pole_in", tip_key))
        space, target = needed(key, "to").items(2)
        pole_in, tip = part(key, "pole_in"), part(key, tip_key)
        return Limb(
            _space(space),
            target.triple(),
            needed(key, "pole").triple(),
            _space(pole_in) if pole_in else "world",
            tip.triple() if tip else None,
        )

    anchor = changes["anchor"] if changes.has("anchor") else base["anchor"]
    joint, place = anchor.items(2)
    effort = changes["fx"].number() if changes.has("fx") else 0.0
    return Pose(
        joint.text(ANCHORS),
        place.triple(),
        rotation("pelvis"),
        rotation("chest"),
        rotation("head"),
        limb("arm_l"),
        limb("arm_r"),
        limb("leg_l"),
        limb("leg_r"),
        effort,
    )


def _space(node: _Node) -> Space:
    wanted = node.text(get_args(Space))
    found: Space
    for found in get_args(Space):
        if found == wanted:
            return found
    raise AssertionError(wanted)


def _direction(node: _Node) -> Triple:
    """Return a number is an angle in the x-y plane in degrees, 0 right and 90 up; otherwise x, y, z."""
    if isinstance(node.value, list):
        return node.triple()
    angle = radians(node.number())
    return (cos(angle), sin(angle), 0.0)
