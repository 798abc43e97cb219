"""Reads the props of a figure's file."""

from __future__ import annotations

from functools import partial
from typing import cast

import yaml

from kiosk.config.keys import Keys
from kiosk.config.values import Read, known_name, number, tuple_of
from kiosk.figure import props as shapes
from kiosk.figure.pose import Space
from kiosk.figure.props import Ball, Cuboid, Held, HeldKind, Mat, Room
from kiosk.figure.vectors import Triple

SPACES = ("world", "chest", "pelvis", "head")
BOTH = ("l", "r")

_NO_AXIS: tuple[Space, Triple | None] = ("world", None)

pair = tuple_of(number, number)
triple = tuple_of(number, number, number)


def props(node: yaml.Node) -> tuple[Room, tuple[Held, ...]]:
    """Return the props of a figure. Raises ContentError."""
    keys = Keys(node)
    ball = keys.optional("ball", _ball, None)
    mat = keys.optional("mat", lambda mat: Mat(*tuple_of(number, number, number, number)(mat)), None)
    blocks = {name: keys.optional(name, read, ()) for name, read in _BLOCKS.items()}
    held = [one for name, read in _HELD.items() for one in keys.optional(name, read, ())]
    keys.close()
    return Room(ball, mat, {name: block for name, block in blocks.items() if block}), tuple(held)


def _ball(node: yaml.Node) -> Ball:
    keys = Keys(node)
    x, z = keys.required("at", pair, (0.0, 0.0))
    radius = keys.required("r", number, 0.0)
    keys.close()
    return Ball(x, z, radius)


def _box(node: yaml.Node) -> tuple[Cuboid, ...]:
    return shapes.box(*_at(node))


def _wall(node: yaml.Node) -> tuple[Cuboid, ...]:
    return shapes.wall(*_at(node))


def _at(node: yaml.Node) -> tuple[float, float]:
    keys = Keys(node)
    at = keys.required("at", pair, (0.0, 0.0))
    keys.close()
    return at


def _bench(node: yaml.Node) -> tuple[Cuboid, ...]:
    return shapes.bench(*_turned(node, "along", ("x", "z")))


def _bar(node: yaml.Node) -> tuple[Cuboid, ...]:
    return shapes.bar(*_turned(node, "along", ("x", "z")))


def _chair(node: yaml.Node) -> tuple[Cuboid, ...]:
    return shapes.chair(*_turned(node, "faces", ("left", "right", "front")))


def _turned(node: yaml.Node, key: str, ways: tuple[str, ...]) -> tuple[float, float, str]:
    keys = Keys(node)
    x, z = keys.required("at", pair, (0.0, 0.0))
    way = keys.required(key, known_name(ways, "direction"), ways[0])
    keys.close()
    return x, z, way


def _dumbbells(node: yaml.Node) -> tuple[Held, ...]:
    keys = Keys(node)
    hands = keys.optional("hands", _hands, BOTH)
    space, axis = keys.required("axis", _axis, _NO_AXIS)
    keys.close()
    return tuple(Held(f"dumbbell_{side}", "dumbbell", (side,), space, axis) for side in hands)


def _kettlebell(node: yaml.Node) -> tuple[Held, ...]:
    keys = Keys(node)
    hands = keys.optional("hands", _hands, BOTH)
    space, axis = keys.optional("hangs", _axis, _NO_AXIS)
    keys.close()
    return (Held("kettlebell", "kettlebell", hands, space, axis),)


def _between_hands(kind: HeldKind, node: yaml.Node) -> tuple[Held, ...]:
    """Return a prop that takes both hands, and no keys."""
    Keys(node).close()
    return (Held(kind, kind, BOTH),)


def _band(node: yaml.Node) -> tuple[Held, ...]:
    keys = Keys(node)
    hands = keys.optional("hands", _hands, BOTH)
    keys.close()
    return (Held("band", "band", hands),)


def _hands(node: yaml.Node) -> tuple[str, ...]:
    word = known_name(("left", "right", "both"), "hand")(node)
    return BOTH if word == "both" else (word[0],)


def _axis(node: yaml.Node) -> tuple[Space, Triple]:
    space, axis = tuple_of(known_name(SPACES, "space"), triple)(node)
    return cast(Space, space), axis


_BLOCKS = {"box": _box, "bench": _bench, "chair": _chair, "wall": _wall, "bar": _bar}
_HELD: dict[str, Read[tuple[Held, ...]]] = {
    "dumbbells": _dumbbells,
    "kettlebell": _kettlebell,
    "barbell": partial(_between_hands, "barbell"),
    "medicine_ball": partial(_between_hands, "medicine_ball"),
    "band": _band,
}
