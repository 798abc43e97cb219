"""Reads a figure's file. Like the config, all problems are reported at once, each with its line and column."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast
from zlib import crc32

import yaml

from kiosk.config.document import document
from kiosk.config.keys import Keys
from kiosk.config.problem import ContentError
from kiosk.config.reading import decode, read_bytes
from kiosk.config.values import Read, duration, file_name, items, known_name, number, truth, tuple_of
from kiosk.errors import FigureError
from kiosk.figure.load_pose import read_poses
from kiosk.figure.load_props import pair, props, triple
from kiosk.figure.model import EASINGS, Camera, Figure, JointArrow, Move, PathArrow, Side
from kiosk.figure.muscles import MUSCLES
from kiosk.figure.props import Room
from kiosk.figure.skeleton import solve

LONGEST_MOVE_S = 60.0
MOST_ITEMS = 60
"""Maximum number of a loop's moves, of muscles and of arrows. This is far more than a figure needs."""


def load_figure(path: Path, content: bytes | None = None) -> Figure:
    """Return the figure in a file, which is not read again if its content is given.

    Raises FigureError with all problems of the file.
    """
    try:
        content = read_bytes(path) if content is None else content
        return _figure(document(decode(content)), path, digest_of(content))
    except ContentError as error:
        raise FigureError(*error.within(path)) from error


def digest_of(content: bytes) -> str:
    """Return a text that changes with a file's content."""
    return f"{crc32(content):08x}"


def _figure(node: yaml.Node, path: Path, digest: str) -> Figure:
    keys = Keys(node)
    id_ = keys.required("id", file_name("a figure"), "")
    side = keys.optional("side", known_name(("left", "right"), "side"), None)
    camera = keys.required("camera", _camera, Camera(0, 0))
    room, held = keys.required("props", props, (Room(), ()))
    muscles = keys.required("muscles", items(known_name(tuple(MUSCLES), "muscle"), 0, MOST_ITEMS), ())
    shoulder_gap = keys.optional("shoulder_gap", truth, False)
    if id_ and id_ != path.stem:
        keys.complain("id", f'the file is {path.name}, so the figure cannot be "{id_}"', f'write "id: {path.stem}"')
    names, poses = read_poses(keys, (*room.parts, *(one.part for one in held)))
    # If the poses cannot be read, their names are unknown. Then any name is allowed, to report only the one mistake.
    pose = known_name(names, "pose") if names else file_name("a pose")
    loop = keys.required("loop", items(_move(pose), 1, MOST_ITEMS), ())
    stills = keys.required("still", partial(_stills, pose), ())
    for still in stills:
        if loop and still not in {move.pose for move in loop}:
            keys.complain("still", f'the loop never reaches "{still}"', "write one of its poses")
    if loop and sum(move.move_s + move.hold_s for move in loop) <= 0:
        keys.complain("loop", "the loop takes no time", "give a move or a hold some seconds")
    joint = known_name(solve(next(iter(poses.values()))).joints, "joint") if poses else file_name("a joint")
    arrows = keys.optional("arrows", items(partial(_arrow, pose, joint), 0, MOST_ITEMS), ())
    keys.close()
    return Figure(
        id=id_,
        stills=stills,
        side=cast(Side | None, side),
        camera=camera,
        room=room,
        held=held,
        muscles=muscles,
        arrows=arrows,
        shoulder_gap=shoulder_gap,
        poses=poses,
        loop=loop,
        path=path,
        digest=digest,
    )


def _stills(pose: Read[str], node: yaml.Node) -> tuple[str, ...]:
    return items(pose, 1, 2)(node) if isinstance(node, yaml.SequenceNode) else (pose(node),)


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
        points = keys.required("path", items(triple, 2, 3), ())
        keys.close()
        return PathArrow(points)
    arrow = JointArrow(
        keys.required("joint", items(joint, 1, MOST_ITEMS), ()),
        keys.required("pivot", items(joint, 1, MOST_ITEMS), ()),
        keys.required("from", pose, ""),
        keys.required("to", pose, ""),
        keys.required("dist", number, 0.0),
        keys.optional("span", pair, (0.0, 1.0)),
        keys.optional("shift", pair, (0.0, 0.0)),
    )
    keys.close()
    return arrow
