"""Reads the poses of a figure's file.

A pose is written as its differences from `base`, from another pose (`like`) or from the mirror image of another pose
(`mirror`). It replaces single values, not whole groups.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from math import cos, radians, sin
from typing import Any, cast

import yaml

from kiosk.config.keys import Keys
from kiosk.config.problem import either, wrong
from kiosk.config.values import Read, expected, items, known_name, number, tuple_of
from kiosk.figure.contacts import CONTACTS
from kiosk.figure.load_props import SPACES, triple
from kiosk.figure.pose import BODY, LIMBS, Limb, Pose, Space
from kiosk.figure.skeleton import ANCHORS
from kiosk.figure.vectors import Quaternion, Triple, quaternion

ROTATIONS = ("pelvis", "chest", "head")
MOST_PARTS = 60
"""Maximum number of parts in a list. This is far more than a figure needs."""

Parts = Mapping[tuple[str, str], Any]
"""Values that the file gives for a pose, by key and inner key, such as ("arm_l", "pole")."""


def read_poses(keys: Keys, props: tuple[str, ...]) -> tuple[Collection[str], dict[str, Pose]]:
    """Return the names of the poses, and the poses by name, from the keys of a figure.

    `props` are the parts that the figure's props add to the order. If something is wrong, `keys` gets the problems, and
    poses are missing; without names, the poses could not be read at all.
    """
    axis = keys.optional("mirror", known_name(("x", "z"), "axis"), None)
    order = partial(_order, (*BODY, *props))
    shared: dict[tuple[str, str], Any] = {
        ("near", ""): keys.required("near", _near, None),
        ("order", ""): keys.required("order", order, None),
    }
    base = keys.required("base", partial(_parts, order), None)
    found = keys.required("poses", partial(_all_poses, order, axis, {**shared, **(base or {})}), {})
    poses = {}
    # A base or an order that cannot be read is one mistake. It is not reported again for each pose.
    for name, parts in () if base is None or None in shared.values() else found.items():
        if missing := _missing(parts):
            keys.complain("poses", f"neither {name} nor base gives {', '.join(missing)}", "add it to one of them")
        else:
            poses[name] = _pose(parts)
    return found, poses


def _all_poses(order: Read[Any], axis: str | None, base: Parts, node: yaml.Node) -> dict[str, Parts]:
    """Return the values of all poses by name, each complete with those of the base or of the pose it is like."""
    if not isinstance(node, yaml.MappingNode):
        raise expected(node, "a group of keys")
    keys = Keys(node)
    found: dict[str, Parts] = {}
    for name, _ in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise wrong(name, "a name is expected here")
        read = partial(_one_pose, order, axis, base, found)
        parts = keys.optional(name.value, read, None)
        if parts is not None:
            found[name.value] = parts
    keys.close()
    return found


def _one_pose(order: Read[Any], axis: str | None, base: Parts, before: Mapping[str, Parts], node: yaml.Node) -> Parts:
    keys = Keys(node)
    earlier = known_name(before, "pose above this one") if before else _none_above
    like, mirror = keys.optional("like", earlier, None), keys.optional("mirror", earlier, None)
    if like is not None and mirror is not None:
        keys.complain("mirror", "a pose is either like another one or its mirror image", "remove one of the two")
    if mirror is not None and axis is None:
        keys.complain("mirror", "the figure does not say which way to mirror", "write mirror: x or mirror: z above")
    start = base
    if like is not None:
        start = before[like]
    elif mirror is not None and axis is not None:
        # The camera stays where it is, so the far side and the order of painting are not mirrored.
        start = {**_mirrored(before[mirror], axis), ("near", ""): base["near", ""], ("order", ""): base["order", ""]}
    return _over(start, _read_parts(keys, order))


def _none_above(node: yaml.Node) -> str:
    raise wrong(node, "no pose stands above this one", "write the other pose first")


def _over(start: Parts, parts: Parts) -> Parts:
    """Return the values of a pose over those it starts from. An arm that is aimed no longer reaches for a place."""
    dropped = {(limb, "aim") for limb in LIMBS if (limb, "to") in parts}
    dropped |= {(limb, key) for limb in LIMBS if (limb, "aim") in parts for key in ("to", "by")}
    return {**{place: value for place, value in start.items() if place not in dropped}, **parts}


# --- one pose ---------------------------------------------------------------------------------------------------------


def _parts(order: Read[Any], node: yaml.Node) -> Parts:
    return _read_parts(Keys(node), order)


def _read_parts(keys: Keys, order: Read[Any]) -> Parts:
    parts: dict[tuple[str, str], Any] = {
        ("anchor", ""): keys.optional("anchor", tuple_of(known_name(ANCHORS, "joint to anchor"), triple), None),
        ("effort", ""): keys.optional("effort", _effort, None),
        ("hop", ""): keys.optional("hop", number, None),
        ("near", ""): keys.optional("near", _near, None),
        ("order", ""): keys.optional("order", order, None),
        ("contacts", ""): keys.optional("contacts", items(known_name(CONTACTS, "contact"), 0, MOST_PARTS), None),
    }
    for key in ROTATIONS:
        parts |= _inner(keys, key, {"up": _direction, "front": _direction})
    space = known_name(SPACES, "space")
    place = tuple_of(space, triple)
    for key in LIMBS:
        reads: dict[str, Read[Any]] = {"to": place, "aim": place, "bend": number, "pole": triple, "pole_in": space}
        if key.startswith("arm"):
            reads |= {"palm": triple, "lift": number}
        else:
            reads |= {"toe": triple, "lift": number, "by": known_name(("ankle", "ball"), "joint")}
        parts |= _inner(keys, key, reads)
    keys.close()
    return {place: value for place, value in parts.items() if value is not None}


def _inner(keys: Keys, key: str, reads: Mapping[str, Read[Any]]) -> Parts:
    def read(node: yaml.Node) -> Parts:
        inner = Keys(node)
        found = {(key, name): inner.optional(name, read_one, None) for name, read_one in reads.items()}
        if inner.has("to") and inner.has("aim"):
            inner.complain("aim", "a limb either reaches for a place or is aimed", "remove to or aim")
        inner.close()
        return {place: value for place, value in found.items() if value is not None}

    return keys.optional(key, read, {})


def _missing(parts: Parts) -> list[str]:
    """Return the values that a pose lacks, as they would be written."""
    needed = [("anchor", ""), *((key, inner) for key in ROTATIONS for inner in ("up", "front"))]
    for limb in LIMBS:
        needed += [(limb, "bend" if (limb, "aim") in parts else "to"), (limb, "pole")]
    return [f"{key}: {inner}".rstrip(": ") for key, inner in needed if (key, inner) not in parts]


def _pose(parts: Parts) -> Pose:
    def rotation(key: str) -> Quaternion:
        return quaternion(parts[key, "up"], parts[key, "front"])

    def limb(key: str) -> Limb:
        aimed = (key, "aim") in parts
        space, place = parts[key, "aim" if aimed else "to"]
        return Limb(
            space,
            place,
            parts[key, "bend"] if aimed else None,
            parts[key, "pole"],
            cast(Space, parts.get((key, "pole_in"), "world")),
            parts.get((key, "palm" if key.startswith("arm") else "toe")),
            parts.get((key, "by")) == "ball" and not aimed,
            parts.get((key, "lift"), 0.0),
        )

    joint, place = parts["anchor", ""]
    pelvis, chest, head = (rotation(key) for key in ROTATIONS)
    arm_l, arm_r, leg_l, leg_r = (limb(key) for key in LIMBS)
    near = parts["near", ""]
    return Pose(
        joint,
        place,
        pelvis,
        chest,
        head,
        arm_l,
        arm_r,
        leg_l,
        leg_r,
        parts.get(("effort", ""), (0.0, 0.0)),
        cast(Any, tuple(float(near.get(limb) == "far") for limb in LIMBS)),
        parts["order", ""],
        frozenset(parts.get(("contacts", ""), ())),
        parts.get(("hop", ""), 0.0),
    )


# --- mirror images ----------------------------------------------------------------------------------------------------


def _mirrored(parts: Parts, axis: str) -> Parts:
    """Return the mirror image of a pose, in which left and right are exchanged."""
    return {(_other(key), inner): _reflected(key, inner, value, parts, axis) for (key, inner), value in parts.items()}


def _reflected(key: str, inner: str, value: Any, parts: Parts, axis: str) -> Any:
    if key == "contacts":
        return tuple(map(_other, value))
    if key == "effort":
        return value[::-1]
    if key == "anchor":
        return (_other(value[0]), _flipped(value[1], "world", axis))
    if inner in ("to", "aim"):
        return (value[0], _flipped(value[1], value[0], axis))
    if inner == "pole":
        return _flipped(value, parts.get((key, "pole_in"), "world"), axis)
    if inner == "palm":
        return _flipped(value, parts.get((key, "to"), parts.get((key, "aim"), ("world",)))[0], axis)
    if inner in ("up", "front", "toe"):
        return _flipped(value, "world", axis)
    return value


def _flipped(value: Triple, space: str, axis: str) -> Triple:
    """Return the mirror image of a vector. In the spaces of the body, the first number points to the left."""
    x, y, z = value
    return (x, y, -z) if space == "world" and axis == "z" else (-x, y, z)


def _other(name: str) -> str:
    """Return the name of the part on the other side of the body."""
    if name.endswith("_l"):
        return name[:-2] + "_r"
    return name[:-2] + "_l" if name.endswith("_r") else name


# --- values -----------------------------------------------------------------------------------------------------------


def _direction(node: yaml.Node) -> Triple:
    """Return a direction, written as three numbers or as degrees in the x-y plane, where 0 is right and 90 is up."""
    if isinstance(node, yaml.SequenceNode):
        return triple(node)
    angle = radians(number(node))
    return (cos(angle), sin(angle), 0.0)


def _effort(node: yaml.Node) -> tuple[float, float]:
    """Return the efforts of the left and the right side, written as one number for both or as two numbers."""
    if isinstance(node, yaml.SequenceNode):
        return tuple_of(_share, _share)(node)
    effort = _share(node)
    return effort, effort


def _share(node: yaml.Node) -> float:
    share = number(node)
    if not 0 <= share <= 1:
        raise wrong(node, f"{share:g} is out of range", "write a number from 0 to 1")
    return share


def _near(node: yaml.Node) -> dict[str, str]:
    keys = Keys(node)
    found = {limb: keys.optional(limb, known_name(("near", "far"), "tone"), None) for limb in LIMBS}
    keys.close(lambda key: either(LIMBS))
    return {limb: tone for limb, tone in found.items() if tone is not None}


def _order(parts: tuple[str, ...], node: yaml.Node) -> tuple[str, ...]:
    order = items(known_name(parts, "part"), 1, MOST_PARTS)(node)
    if sorted(order) != sorted(parts):
        raise wrong(node, "the order is not complete", f"name each of {', '.join(sorted(parts))} once")
    return order
