"""The linter: every figure that comes with the kiosk is clean, and each kind of fault is found by its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.figure.lint import Finding, lint
from kiosk.figure.loading import load_figure

FOLDER = Path(__file__).parents[1] / "assets" / "figures"

SQUAT = """
id: squat
still: down
camera: {yaw: 24, pitch: 8}
props: {mat: [-0.36, 0.40, -0.26, 0.26]}
near: {arm_l: far, leg_l: far}
order: [arm_l, leg_l, torso, leg_r, head, arm_r]
muscles: []
base:
  anchor: [pelvis, [0, 0.530, 0]]
  pelvis: {up: 90, front: 0}
  chest: {up: 90, front: 0}
  head: {up: 90, front: 0}
  arm_r: {aim: [world, [0.12, -1, 0.14]], bend: 12, pole: [-1, 0, 0.2]}
  arm_l: {aim: [world, [0.12, -1, -0.14]], bend: 12, pole: [-1, 0, -0.2]}
  leg_r: {to: [world, [0, 0.04, 0.095]], pole: [1, 0, 0.3], toe: [1, 0, 0.28]}
  leg_l: {to: [world, [0, 0.04, -0.095]], pole: [1, 0, -0.3], toe: [1, 0, -0.28]}
  contacts: [foot_l, foot_r]
poses:
  up: {}
  down:
    anchor: [pelvis, [-0.150, 0.262, 0]]
    pelvis: {up: 57, front: -33}
    chest: {up: 60, front: -30}
    head: {up: 78, front: -12}
    arm_r: {aim: [world, [1, 0.02, 0.06]], bend: 6, pole: [0, -1, 0.4]}
    arm_l: {aim: [world, [1, 0.02, -0.06]], bend: 6, pole: [0, -1, -0.4]}
loop: [[down, 1.2, 0.5, inout], [up, 1.0, 0.2, inout]]
"""
"""A squat without a fault. Each bad example changes one or two places of it."""

MAT, ORDER = "props: {mat: [-0.36, 0.40, -0.26, 0.26]}", "order: [arm_l, "
ARM_R, LEG_R = "aim: [world, [0.12, -1, 0.14]], bend: 12", "pole: [1, 0, 0.3], toe: [1, 0, 0.28]"
UP, DOWN, LOOP = "up: {}", "  down:\n", "[[down, 1.2, 0.5, inout], [up, 1.0, 0.2, inout]]"

BAD: list[tuple[str, str, dict[str, str]]] = [
    (
        "knee",
        "up at 0.00 s: the right knee bends 154.0 degrees; at most 150",
        {UP: "up: {leg_r: {aim: [world, [1, 0, 0.05]], bend: 154, pole: [0, 1, 0]}, contacts: [foot_l]}"},
    ),
    ("elbow", "the right elbow bends 156.0 degrees; at most 150", {ARM_R: "aim: [world, [0.12, -1, 0.14]], bend: 156"}),
    ("hip", "the right hip stretches backwards", {UP: "up: {pelvis: {up: 136, front: 46}}"}),
    (
        "hip",
        "the right thigh turns outwards",
        {UP: "up: {leg_r: {aim: [world, [0, -0.34, 0.94]], bend: 60, pole: [0, 1, 1]}, contacts: [foot_l]}"},
    ),
    ("neck", "the head turns against the chest 65.0 degrees; at most 60", {UP: "up: {head: {up: 25, front: -65}}"}),
    ("trunk", "80.0 degrees; at most 75", {UP: "up: {chest: {up: 10, front: -80}, head: {up: 20, front: -70}}"}),
    ("knee over toes", "the right knee points", {LEG_R: "pole: [1, 0, 0.3], toe: [1, 0, 1.2]"}),
    ("pole", "the pole of the right leg lies", {LEG_R: "pole: [0.25, 1, 0.08], toe: [1, 0, 0.28]"}),
    ("reach", "the right wrist misses its place by", {UP: "up: {arm_r: {to: [world, [0.5, 0.9, 0.2]]}}"}),
    (
        "speed",
        "the right hand moves 7.3 body heights a second; at most 7",
        {ARM_R: "aim: [world, [-1, -0.6, 0.14]], bend: 12", LOOP: "[[down, 0.165, 0.5, in], [up, 1.0, 0.2, inout]]"},
    ),
    (
        "speed",
        "the right hand moves 0.28 from picture to picture; at most 0.25",
        {
            ARM_R: "aim: [world, [-0.9, -0.65, 0.14]], bend: 12",
            LOOP: "[[down, 0.2, 0.5, inout], [up, 0.2, 0.2, inout]]",
        },
    ),
    ("pictures", "the loop has 101 pictures; at most 90", {LOOP: "[[down, 4.0, 0.5, inout], [up, 1.0, 0.2, inout]]"}),
    (
        "contacts",
        "the right hand is 0.470 above what it rests on; at most 0.010",
        {DOWN: "  down:\n    contacts: [foot_l, foot_r, hand_r]\n"},
    ),
    ("contacts", "the figure declares no contacts", {"  contacts: [foot_l, foot_r]\n": ""}),
    ("contacts", "the pose declares no contacts, but the left foot touches something", {UP: "up: {contacts: []}"}),
    (
        "drift",
        "the right heel slides by 0.020 while it rests; at most 0.008",
        {DOWN: "  down:\n    leg_r: {to: [world, [0.02, 0.04, 0.095]]}\n"},
    ),
    (
        "drift",
        "the right heel slides by",
        {
            DOWN: "  down:\n    leg_r: {to: [world, [0.02, 0.04, 0.095]]}\n    contacts: [foot_l]\n",
            LOOP: "[[down, 1.2, 0.2, inout], [up, 1.0, 0.2, inout]]",
        },
    ),
    (
        "floor",
        "the right foot is 0.018 deep in the floor; at most 0.014",
        {UP: "up: {leg_r: {to: [world, [0, 0.020, 0.095]]}, contacts: [foot_l]}"},
    ),
    (
        "block",
        "the trunk is 0.020 deep in the wall; at most 0.014",
        {MAT: "props: {wall: {at: [-0.2, 0]}}", ORDER: "order: [wall, arm_l, "},
    ),
    (
        "ball",
        "the left thigh is 0.015 deep in the ball; at most 0.014",
        {MAT: "props: {ball: {at: [-0.34, 0], r: 0.165}}", ORDER: "order: [ball, arm_l, "},
    ),
    (
        "balance",
        "the mass centre is 0.019 outside the support; at most 0.010",
        {"{up: 57, front: -33}": "{up: 80, front: -10}", "{up: 60, front: -30}": "{up: 90, front: 0}"},
    ),
    (
        "through",
        "the left shin is 0.037 deep in the right shin; at most 0.035",
        {UP: "up: {leg_r: {to: [world, [0, 0.06, -0.08]], lift: 0.06}, contacts: [foot_l]}"},
    ),
    (
        "hand on body",
        "the right hand is 0.062 deep in the head; at most 0.045",
        {UP: "up: {arm_r: {to: [head, [-0.07, 0.01, 0]], pole: [-1, 0, 0], pole_in: chest, palm: [1, 0, 0]}}"},
    ),
    (
        "held in body",
        "the medicine ball is 0.044 deep in the trunk; at most 0.030",
        {
            MAT: "props: {medicine_ball: {}}",
            "head, arm_r]": "head, medicine_ball, arm_r]",
            UP: """up:
    arm_r: {to: [chest, [-0.09, -0.14, 0.07]], pole: [-1, -0.3, 0], pole_in: chest, palm: [1, 0, 0]}
    arm_l: {to: [chest, [0.09, -0.14, 0.07]], pole: [1, -0.3, 0], pole_in: chest, palm: [-1, 0, 0]}""",
        },
    ),
    (
        "order",
        "the right arm is painted under the torso",
        {"torso, leg_r, head, arm_r]": "arm_r, torso, leg_r, head]"},
    ),
    (
        "swap",
        "the left leg and the right leg change their order of painting while they overlap",
        {UP: "up: {order: [arm_l, leg_r, leg_l, torso, head, arm_r]}"},
    ),
]
"""The rule that is broken, what the linter says, and the places that differ from the good squat."""


def found(tmp_path: Path, changes: dict[str, str]) -> list[Finding]:
    text = SQUAT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "squat.yaml"
    path.write_text(text)
    return lint(load_figure(path))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_figure_is_without_a_fault(path: Path) -> None:
    assert [finding.text for finding in lint(load_figure(path))] == []


def test_a_good_figure_is_without_a_fault(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == []


@pytest.mark.parametrize(("rule", "text", "changes"), BAD, ids=[f"{rule}: {text}"[:50] for rule, text, _ in BAD])
def test_a_fault_is_found_by_its_rule_alone(tmp_path: Path, rule: str, text: str, changes: dict[str, str]) -> None:
    findings = found(tmp_path, changes)
    assert {finding.rule for finding in findings} == {rule}, findings
    assert any(text in finding.text for finding in findings), findings
