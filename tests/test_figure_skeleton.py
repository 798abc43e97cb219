"""The skeleton compared with joint positions from another implementation."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from pygame import Vector3

from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.figure.shapes import ponytail
from kiosk.figure.skeleton import (
    ANKLE_RANGE,
    FOREARM,
    HAND,
    NECK,
    SHIN,
    SPINE,
    SPINE_STEPS,
    THIGH,
    UPPER_ARM,
    solve,
)

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
FIGURES = {path.stem: load_figure(path) for path in sorted(FOLDER.glob("*.yaml"))}

STUDY = Path(__file__).parent / "study"
"""The first figures as the study had them. Their poses stay as they are; those of the kiosk's figures may change."""

# For each key pose: each joint with x, y, z in body heights, as solved in the study behind the figures.
VECTORS: dict[str, str] = {
    "ball-back-extension.down": """
        pelvis -0.148 0.322 0; neck 0.131 0.315 0; head 0.212 0.238 0; sh_l 0.118 0.324 -0.09; sh_r 0.118 0.324 0.09
        el_l 0.182 0.215 -0.188; el_r 0.182 0.215 0.188; wr_l 0.25 0.255 -0.07; wr_r 0.25 0.255 0.07
        hip_l -0.166 0.313 -0.052; hip_r -0.166 0.313 0.052; kn_l -0.385 0.193 -0.061; kn_r -0.385 0.193 0.061
        an_l -0.606 0.1 -0.07; an_r -0.606 0.1 0.07
    """,
    "ball-back-extension.up": """
        pelvis -0.148 0.322 0; neck 0.115 0.456 0; head 0.215 0.507 0; sh_l 0.096 0.454 -0.09; sh_r 0.096 0.454 0.09
        el_l 0.218 0.474 -0.191; el_r 0.218 0.474 0.191; wr_l 0.207 0.548 -0.07; wr_r 0.207 0.548 0.07
        hip_l -0.166 0.313 -0.052; hip_r -0.166 0.313 0.052; kn_l -0.385 0.193 -0.061; kn_r -0.385 0.193 0.061
        an_l -0.606 0.1 -0.07; an_r -0.606 0.1 0.07
    """,
    "ball-russian-twist.mid": """
        pelvis -0.23 0.335 0; neck 0.062 0.376 0; head 0.174 0.38 0; sh_l 0.014 0.38 0.091; sh_r 0.014 0.38 -0.091
        el_l 0 0.536 0.057; el_r 0 0.536 -0.057; wr_l -0.01 0.673 0.02; wr_r -0.01 0.673 -0.02
        hip_l -0.25 0.332 0.052; hip_r -0.25 0.332 -0.052; kn_l -0.494 0.28 0.065; kn_r -0.494 0.28 -0.065
        an_l -0.5 0.04 0.075; an_r -0.5 0.04 -0.075
    """,
    "ball-russian-twist.left": """
        pelvis -0.23 0.335 0; neck 0.061 0.385 -0.002; head 0.172 0.391 -0.002; sh_l 0.032 0.288 0.02
        sh_r -0.004 0.466 -0.002; el_l 0.029 0.341 0.171; el_r 0.007 0.452 0.157; wr_l 0.028 0.394 0.302
        wr_r 0.02 0.433 0.298; hip_l -0.249 0.325 0.051; hip_r -0.251 0.34 -0.051; kn_l -0.494 0.28 0.064
        kn_r -0.493 0.28 -0.064; an_l -0.5 0.04 0.075; an_r -0.5 0.04 -0.075
    """,
    "ball-russian-twist.right": """
        pelvis -0.23 0.335 0; neck 0.061 0.385 0.002; head 0.172 0.391 0.002; sh_l -0.004 0.466 0.002
        sh_r 0.032 0.288 -0.02; el_l 0.007 0.452 -0.157; el_r 0.029 0.341 -0.171; wr_l 0.02 0.433 -0.298
        wr_r 0.028 0.394 -0.302; hip_l -0.251 0.34 0.051; hip_r -0.249 0.325 -0.051; kn_l -0.493 0.28 0.064
        kn_r -0.494 0.28 -0.064; an_l -0.5 0.04 0.075; an_r -0.5 0.04 -0.075
    """,
    "side-plank.low": """
        pelvis 0.331 0.115 0; neck 0.097 0.286 0; head 0.017 0.364 0; sh_l 0.208 0.299 0.001; sh_r 0.05 0.183 0.006
        el_l 0.361 0.343 -0.003; el_r 0.034 0.023 0.004; wr_l 0.304 0.216 0.02; wr_r 0 0.026 0.142
        hip_l 0.368 0.157 0; hip_r 0.332 0.06 0; kn_l 0.564 0.138 0.154; kn_r 0.544 0.061 0.133; an_l 0.742 0.092 0
        an_r 0.742 0.036 0
    """,
    "side-plank.high": """
        pelvis 0.262 0.225 0; neck -0.024 0.297 0; head -0.132 0.327 0; sh_l 0.055 0.374 0.001; sh_r 0 0.186 0.006
        el_l 0.19 0.459 0.001; el_r 0 0.026 0; wr_l 0.225 0.322 0.02; wr_r 0 0.026 0.142; hip_l 0.294 0.271 0
        hip_r 0.269 0.17 0; kn_l 0.524 0.183 0.044; kn_r 0.51 0.102 0.005; an_l 0.742 0.092 0; an_r 0.741 0.036 0
    """,
    "side-plank.breathe": """
        pelvis 0.265 0.226 0; neck -0.021 0.297 0; head -0.129 0.328 0; sh_l 0.06 0.372 0.001; sh_r 0 0.186 0.006
        el_l 0.194 0.459 0; el_r 0 0.026 0; wr_l 0.225 0.322 0.02; wr_r 0 0.026 0.142; hip_l 0.296 0.272 0
        hip_r 0.273 0.171 0; kn_l 0.525 0.184 0.046; kn_r 0.513 0.104 0.024; an_l 0.742 0.092 0; an_r 0.742 0.036 0
    """,
    "glute-bridge.down": """
        pelvis 0.295 0.064 0; neck 0 0.064 0; head -0.112 0.064 0; sh_l 0.058 0.062 -0.094; sh_r 0.058 0.062 0.096
        el_l 0.167 0.053 -0.211; el_r 0.15 0.056 0.226; wr_l 0.245 0.026 -0.095; wr_r 0.245 0.026 0.125
        hip_l 0.315 0.064 -0.052; hip_r 0.315 0.064 0.052; kn_l 0.447 0.274 -0.081; kn_r 0.447 0.274 0.081
        an_l 0.5 0.04 -0.085; an_r 0.5 0.04 0.085
    """,
    "glute-bridge.up": """
        pelvis 0.274 0.172 0; neck 0 0.064 0; head -0.112 0.056 0; sh_l 0.056 0.076 -0.094; sh_r 0.055 0.076 0.095
        el_l 0.166 0.058 -0.209; el_r 0.15 0.062 0.224; wr_l 0.245 0.026 -0.095; wr_r 0.245 0.026 0.125
        hip_l 0.292 0.181 -0.052; hip_r 0.292 0.181 0.052; kn_l 0.518 0.279 -0.095; kn_r 0.518 0.279 0.095
        an_l 0.5 0.04 -0.085; an_r 0.5 0.04 0.085
    """,
    "clamshell.closed": """
        pelvis 0.294 0.104 0; neck 0 0.13 0; head -0.11 0.111 0; sh_l 0.064 0.217 -0.021; sh_r 0.01 0.036 0.021
        el_l 0.165 0.341 -0.015; el_r -0.15 0.035 0.025; wr_l 0.22 0.213 0.01; wr_r -0.29 0.034 0
        hip_l 0.319 0.154 0; hip_r 0.308 0.05 0; kn_l 0.496 0.134 0.176; kn_r 0.489 0.045 0.173; an_l 0.655 0.1 0
        an_r 0.655 0.04 0
    """,
    "clamshell.open": """
        pelvis 0.294 0.104 0; neck 0 0.13 0; head -0.11 0.111 0; sh_l 0.064 0.217 -0.021; sh_r 0.01 0.036 0.021
        el_l 0.165 0.341 -0.015; el_r -0.15 0.035 0.025; wr_l 0.22 0.213 0.01; wr_r -0.29 0.034 0
        hip_l 0.319 0.154 0; hip_r 0.308 0.05 0; kn_l 0.517 0.264 0.107; kn_r 0.489 0.045 0.173; an_l 0.655 0.1 0
        an_r 0.655 0.04 0
    """,
    "victory.stand": """
        pelvis 0 0.545 0; neck 0 0.84 0; head 0 0.952 0; sh_l 0.107 0.819 0.003; sh_r -0.107 0.819 0.003
        el_l 0.207 0.93 -0.053; el_r -0.207 0.93 -0.053; wr_l 0.215 1.045 0.03; wr_r -0.215 1.045 0.03
        hip_l 0.052 0.525 0; hip_r -0.052 0.525 0; kn_l 0.098 0.281 0.029; kn_r -0.098 0.281 0.029
        an_l 0.13 0.045 0; an_r -0.13 0.045 0
    """,
    "victory.crouch": """
        pelvis 0 0.44 -0.04; neck 0 0.729 0.009; head 0 0.84 0.027; sh_l 0.1 0.677 -0.011; sh_r -0.1 0.677 -0.011
        el_l 0.193 0.644 -0.138; el_r -0.193 0.644 -0.138; wr_l 0.26 0.52 -0.12; wr_r -0.26 0.52 -0.12
        hip_l 0.052 0.42 -0.04; hip_r -0.052 0.42 -0.04; kn_l 0.118 0.247 0.128; kn_r -0.118 0.247 0.128
        an_l 0.13 0.045 0; an_r -0.13 0.045 0
    """,
    "victory.jump": """
        pelvis 0 0.7 0; neck 0 0.995 0; head 0 1.107 0; sh_l 0.108 0.973 0.003; sh_r -0.108 0.973 0.003
        el_l 0.211 1.083 -0.048; el_r -0.211 1.083 -0.048; wr_l 0.23 1.2 0.03; wr_r -0.23 1.2 0.03
        hip_l 0.052 0.68 0; hip_r -0.052 0.68 0; kn_l 0.12 0.44 0.021; kn_r -0.12 0.44 0.021; an_l 0.15 0.235 -0.1
        an_r -0.15 0.235 -0.1
    """,
}

SAMPLES = 24


def rows() -> Iterator[tuple[str, str, str, tuple[float, float, float]]]:
    for name, lines in VECTORS.items():
        figure, pose = name.split(".")
        for line in lines.strip().splitlines():
            for entry in line.split(";"):
                if entry.strip():
                    joint, x, y, z = entry.split()
                    yield figure, pose, joint, (float(x), float(y), float(z))


def test_a_figure_is_called_like_its_file() -> None:
    assert all(figure.id == name for name, figure in FIGURES.items())


@pytest.mark.parametrize("name", VECTORS)
def test_joints_are_where_the_study_has_them(name: str) -> None:
    figure_id, pose = name.split(".")
    body = solve(load_figure(STUDY / f"{figure_id}.yaml").poses[pose])
    for figure, its_pose, joint, expected in rows():
        if (figure, its_pose) == (figure_id, pose):
            assert (body[joint] - Vector3(expected)).length() < 0.003, joint


BONES = [("neck", "head", NECK)] + [
    (f"{a}_{side}", f"{b}_{side}", length)
    for side in "lr"
    for a, b, length in (
        ("sh", "el", UPPER_ARM),
        ("el", "wr", FOREARM),
        ("wr", "ha", HAND),
        ("hip", "kn", THIGH),
        ("kn", "an", SHIN),
    )
]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))
def test_bones_keep_their_length(figure: Figure) -> None:
    for i in range(SAMPLES):
        body = solve(figure.at(figure.duration_s * i / SAMPLES))
        for a, b, length in BONES:
            assert (body[a] - body[b]).length() == pytest.approx(length, abs=1e-6), (a, b)
        for lower, upper in itertools.pairwise(body.spine):
            assert (lower - upper).length() == pytest.approx(SPINE / SPINE_STEPS, abs=1e-6)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))
def test_ankles_turn_no_further_than_they_can(figure: Figure) -> None:
    for i in range(SAMPLES):
        body = solve(figure.at(figure.duration_s * i / SAMPLES))
        for side in "lr":
            shin, foot = body[f"kn_{side}"] - body[f"an_{side}"], body[f"ball_{side}"] - body[f"heel_{side}"]
            # The sole is not quite parallel to the toes' direction.
            assert ANKLE_RANGE[0] - 4 <= shin.angle_to(foot) <= ANKLE_RANGE[1] + 4


@pytest.mark.parametrize("name", ["cat-cow.cat", "forward-fold.fold", "seated-reach.down"])
def test_the_hair_of_a_hanging_head_hangs(name: str) -> None:
    figure, pose = name.split(".")
    body = solve(FIGURES[figure].poses[pose])
    root, *_, end = ponytail(body)
    assert end.centre.y < min(root.centre.y, body["head"].y)
