"""The way from one pose to another, and poses that are written as being like others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Vector3

from kiosk.errors import FigureError
from kiosk.figure.blend import blend
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.figure.skeleton import ANKLE_RANGE, Skeleton, solve

BASE = """\
id: test
still: a
camera: {yaw: 0, pitch: 5}
mirror: z
props: {}
near: {arm_l: far, leg_l: far}
order: [arm_l, leg_l, torso, leg_r, head, arm_r]
muscles: [quads_r, quads_l]
base:
  anchor: [pelvis, [0, 0.545, 0]]
  pelvis: {up: 90, front: 0}
  chest: {up: 90, front: 0}
  head: {up: 90, front: 0}
  arm_r: {aim: [world, [0, -1, 0.1]], bend: 10, pole: [-1, 0, 0]}
  arm_l: {aim: [world, [0, -1, -0.1]], bend: 10, pole: [-1, 0, 0]}
  leg_r: {to: [world, [0, 0.04, 0.06]], pole: [1, 0, 0], toe: [1, 0, 0]}
  leg_l: {to: [world, [0, 0.04, -0.06]], pole: [1, 0, 0], toe: [1, 0, 0]}
  contacts: [foot_l, foot_r]
poses:
"""
LOOP = "loop: [[b, 1, 0, inout], [a, 1, 0, inout]]\n"
JOINTS = [f"{joint}_{side}" for joint in ("sh", "el", "wr", "ha", "kn", "an", "ball", "toe") for side in "lr"]


def figure(tmp_path: Path, poses: str) -> Figure:
    path = tmp_path / "test.yaml"
    path.write_text(BASE + poses + LOOP)
    return load_figure(path)


def on_the_way(one: Figure, share: float) -> Skeleton:
    return solve(blend(one.poses["a"], one.poses["b"], share))


@pytest.fixture(scope="module")
def crouching(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    """A figure that goes from standing, with aimed arms, to hands and tiptoes on the floor, held by its neck."""
    return figure(
        tmp_path_factory.mktemp("crouching"),
        """\
  a: {}
  b:
    anchor: [neck, [0.24, 0.33, 0]]
    pelvis: {up: -12, front: -102}
    chest: {up: -2, front: -92}
    arm_r: {to: [world, [0.22, 0.027, 0.12]], pole: [-1, 0.1, 0.6], palm: [1, 0, 0]}
    arm_l: {to: [world, [0.22, 0.027, -0.12]], pole: [-1, 0.1, -0.6], palm: [1, 0, 0]}
    leg_r: {to: [world, [0.05, 0.027, 0.06]], by: ball, pole: [1, 0.3, 0.2], toe: [0.7, -0.7, 0]}
    leg_l: {aim: [pelvis, [0, -0.2, 1]], bend: 90, pole: [0, 0, 1], pole_in: pelvis, toe: [0.7, -0.7, 0]}
""",
    )


@given(st.floats(0, 0.999))
def test_no_joint_jumps_between_poses_that_are_written_differently(crouching: Figure, share: float) -> None:
    before, after = on_the_way(crouching, share), on_the_way(crouching, share + 0.001)
    for joint in JOINTS:
        assert (before[joint] - after[joint]).length() < 0.01, joint


def test_a_move_begins_and_ends_in_its_poses(crouching: Figure) -> None:
    for share, pose in ((1e-9, "a"), (1 - 1e-9, "b")):
        there, on_the_way_there = solve(crouching.poses[pose]), on_the_way(crouching, share)
        for joint in JOINTS:
            assert (there[joint] - on_the_way_there[joint]).length() < 1e-3, joint


def test_a_ball_of_a_foot_stays_while_its_heel_rises(tmp_path: Path) -> None:
    one = figure(
        tmp_path,
        """\
  a: {leg_r: {to: [world, [0.05, 0.027, 0.06]], by: ball}}
  b:
    anchor: [pelvis, [0.05, 0.56, 0]]
    leg_r: {to: [world, [0.05, 0.027, 0.06]], by: ball, toe: [0.6, -0.8, 0]}
""",
    )
    bodies = [on_the_way(one, i / 20) for i in range(21)]
    for body in bodies:
        assert (body["ball_r"] - Vector3(0.05, 0.027, 0.06)).length() < 0.002
        assert body["toe_r"].y == pytest.approx(0.021, abs=0.004)
    assert bodies[-1]["heel_r"].y > bodies[0]["heel_r"].y + 0.05


def test_a_foot_that_travels_is_lifted_and_one_that_stays_is_not(tmp_path: Path) -> None:
    one = figure(
        tmp_path,
        """\
  a: {leg_r: {lift: 0.1}, leg_l: {lift: 0.1}}
  b: {leg_r: {to: [world, [0.2, 0.04, 0.06]]}}
""",
    )
    half = on_the_way(one, 0.5)
    assert half["an_r"].y == pytest.approx(0.14)
    assert half["an_l"].y == pytest.approx(0.04)


def test_a_hop_lifts_the_whole_body(tmp_path: Path) -> None:
    one = figure(tmp_path, "  a: {hop: 0.05}\n  b: {}\n")
    stands, half = solve(one.poses["a"]), on_the_way(one, 0.5)
    for joint in JOINTS:
        assert half[joint].y - stands[joint].y == pytest.approx(0.05, abs=1e-6), joint


def test_a_mirror_image_exchanges_left_and_right(tmp_path: Path) -> None:
    one = figure(
        tmp_path,
        """\
  a:
    chest: {up: [0.1, 1, 0.2], front: [1, 0, 0.3]}
    arm_r: {aim: [chest, [-0.3, 0.2, 1]], bend: 60, pole: [-1, 0, 0.2], pole_in: chest, palm: [0.2, 0.1, 1]}
    arm_l: {to: [head, [0.1, 0.05, 0.1]], pole: [0, -1, -0.5]}
    leg_r: {to: [world, [0.3, 0.04, 0.10]], toe: [1, 0, 0.4]}
    effort: [0.2, 0.9]
    contacts: [foot_l]
  b: {mirror: a}
""",
    )
    there, mirrored = solve(one.poses["a"]), solve(one.poses["b"])
    for joint in JOINTS:
        x, y, z = there[joint]
        other = f"{joint[:-1]}{'r' if joint.endswith('l') else 'l'}"
        assert (mirrored[other] - Vector3(x, y, -z)).length() < 1e-6, joint
    assert one.poses["b"].effort == (0.9, 0.2)
    assert one.poses["b"].contacts == {"foot_r"}
    # The camera does not move, so the far side stays far.
    assert one.poses["b"].far == one.poses["a"].far
    assert one.poses["b"].order == one.poses["a"].order


def test_a_pose_like_another_one_replaces_single_values(tmp_path: Path) -> None:
    one = figure(tmp_path, "  a: {anchor: [pelvis, [0.1, 0.5, 0]], effort: 1}\n  b: {like: a, effort: 0}\n")
    assert one.poses["b"].anchor == (0.1, 0.5, 0.0)
    assert one.poses["b"].effort == (0.0, 0.0)


def test_a_foot_turns_no_further_than_its_ankle_allows(tmp_path: Path) -> None:
    one = figure(tmp_path, "  a: {leg_r: {toe: [0, 1, 0]}}\n  b: {leg_r: {toe: [0.05, -1, 0]}}\n")
    for pose, limit in zip("ab", ANKLE_RANGE, strict=True):
        body = solve(one.poses[pose])
        angle = (body["kn_r"] - body["an_r"]).angle_to(body["ball_r"] - body["heel_r"])
        assert angle == pytest.approx(limit, abs=6)


def test_the_order_changes_half_way_and_the_far_side_fades(tmp_path: Path) -> None:
    one = figure(
        tmp_path,
        """\
  a: {}
  b: {near: {arm_r: far, leg_r: far}, order: [arm_r, leg_r, torso, leg_l, head, arm_l]}
""",
    )
    a, b = one.poses["a"], one.poses["b"]
    assert [blend(a, b, share).order[0] for share in (0.4, 0.6)] == ["arm_l", "arm_r"]
    assert blend(a, b, 0.25).far == (0.75, 0.25, 0.75, 0.25)


@pytest.mark.parametrize(
    ("poses", "complaint"),
    [
        ("  a: {like: b}\n  b: {}\n", "no pose stands above this one; write the other pose first"),
        ("  a: {}\n  b: {mirror: c}\n", 'poses.b.mirror: there is no pose above this one "c"; possible here: a'),
        ("  a: {}\n  b: {mirror: a, like: a}\n", "a pose is either like another one or its mirror image"),
        ("  a: {arm_l: {to: [world, [0, 1, 0]], aim: [world, [0, 1, 0]]}}\n  b: {}\n", "remove to or aim"),
        ("  a: {contacts: [feet]}\n  b: {}\n", 'poses.a.contacts: there is no contact "feet"'),
        ("  a: {effort: [1]}\n  b: {}\n", "poses.a.effort: a list of 2 is expected here, but this has 1"),
        ("  a: {effort: 1.5}\n  b: {}\n", "poses.a.effort: 1.5 is out of range; write a number from 0 to 1"),
        ("  a: {order: [torso]}\n  b: {}\n", "poses.a.order: the order is not complete; name each of"),
    ],
)
def test_a_pose_that_cannot_be_meant_is_an_error(tmp_path: Path, poses: str, complaint: str) -> None:
    with pytest.raises(FigureError) as caught:
        figure(tmp_path, poses)
    assert complaint in "\n".join(map(str, caught.value.problems))
