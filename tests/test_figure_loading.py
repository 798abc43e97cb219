"""Loading a figure's file: the timing of its moves, and the messages about wrong files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import FigureError
from kiosk.figure.loading import load_figure

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
BRIDGE = load_figure(FOLDER / "glute-bridge.yaml")
TWIST = load_figure(FOLDER / "ball-russian-twist.yaml")
JUMP = load_figure(FOLDER / "victory.yaml")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (FOLDER / "glute-bridge.yaml").read_text()
    assert old in text
    path = tmp_path / "glute-bridge.yaml"
    path.write_text(text.replace(old, new))
    return path


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("yaw: 16", "yaw: sixteen", ':4:15: camera.yaw: a number is expected here, not "sixteen"'),
        ("yaw: 16", "yaw: -.16", 'camera.yaw: "-.16": a number has a digit before the point; write one, as in 0.16'),
        ("[0, 0.064, 0]", "[0, 0.064]", "base.anchor: a list of 3 is expected here, but this has 2"),
        ("muscles: [glutes", "muscles: [gluteus", 'muscles: there is no muscle "gluteus"; did you mean "glutes"?'),
        ("still: up", "still: sideways", 'still: there is no pose "sideways"; possible here: down, up'),
        ("still: up", "still: up\nspeed: 3", ':4:1: unknown key "speed"'),
        ("still: up", "still: up\noff: 3", ':4:1: unknown key "off"'),
        ("leg_r, head", "head", "order: the order is not complete; name each of"),
        ("[up, 1.2,", "[up, -1.2,", 'loop: "-1.2" is out of range; write a duration from 0 to 1:00'),
        ("poses:", "posses:", 'unknown key "posses"; did you mean "poses"?'),
        ("  pelvis: {up: 180, front: 90}\n", "", "poses: neither down nor base gives pelvis: up, pelvis: front"),
    ],
)
def test_an_error_names_file_line_and_key(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(FigureError) as caught:
        load_figure(path)
    # One mistake gives one message.
    (problem,) = caught.value.problems
    assert problem.path == path
    assert complaint in str(problem)


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    path = changed(tmp_path, "yaw: 16", "yaw: sixteen")
    path.write_text(path.read_text().replace("still: up", "still: sideways").replace("inout]", "inside]"))
    with pytest.raises(FigureError) as caught:
        load_figure(path)
    assert {problem.key for problem in caught.value.problems} == {"camera.yaw", "still", "loop"}


@pytest.mark.parametrize("content", [b"", b"- a list", b"id: [", b"\xff\xfe\x00"])
def test_rubbish_is_a_figure_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.yaml"
    path.write_bytes(content)
    with pytest.raises(FigureError):
        load_figure(path)


def test_a_missing_file_is_a_figure_error(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match="does not exist"):
        load_figure(tmp_path / "nobody.yaml")


def test_another_file_has_another_digest(tmp_path: Path) -> None:
    assert load_figure(changed(tmp_path, "yaw: 16", "yaw: 17")).digest != BRIDGE.digest


def test_loop_times() -> None:
    assert BRIDGE.duration_s == pytest.approx(4.0)
    assert BRIDGE.into_hold_s(0.5) < 0
    assert BRIDGE.into_hold_s(BRIDGE.still_s) > 0
    assert BRIDGE.at(BRIDGE.still_s) == BRIDGE.poses["up"]
    assert BRIDGE.at(0.0).effort == (0.0, 0.0)
    assert BRIDGE.side is None
    assert load_figure(FOLDER / "side-plank.yaml").side == "right"


@given(st.floats(-1000, 1000))
def test_every_time_has_a_picture_that_is_made(t_s: float) -> None:
    for figure in (BRIDGE, TWIST):
        assert any(figure.step(t_s) in row for row in figure.rows)


@given(st.floats(0, 1000), st.floats(0, 0.99))
def test_a_picture_stays_for_as_long_as_it_says(t_s: float, part: float) -> None:
    for figure in (BRIDGE, TWIST, JUMP):
        step, stays_s = figure.shown(t_s)
        assert 0 < stays_s <= figure.duration_s
        assert figure.shown(t_s + part * stays_s)[0] == step
        at_s = (t_s + stays_s + 1e-6) % figure.duration_s
        # The picture need not change where the loop begins again.
        assert figure.shown(at_s)[0] != step or at_s < 1e-3


@given(st.floats(0, 1.2))
def test_a_move_and_its_reverse_share_pictures(into_s: float) -> None:
    up = BRIDGE.step(into_s)
    down = BRIDGE.step(2.2 + 1.5 * (1 - into_s / 1.2))
    # At a border between two pictures, either picture is right.
    assert abs(up.share - down.share) < 0.1
    assert {up.a, up.b} == {down.a, down.b} or up.share in (0, 1) or down.share in (0, 1)


def test_the_picture_is_close_to_the_pose_it_stands_for() -> None:
    effort: Callable[[float], float] = lambda t_s: BRIDGE.at(t_s).effort[0]  # noqa: E731
    for i in range(400):
        t_s = i / 100
        assert BRIDGE.pose_of(BRIDGE.step(t_s)).effort[0] == pytest.approx(effort(t_s), abs=0.04)


def test_pictures_are_few_and_in_order() -> None:
    (row,) = BRIDGE.rows
    assert len(row) == len({step.name for step in row}) <= 40
    assert (row[0].name, row[-1].name) == ("down", "up")
    assert [step.share for step in row[1:-1]] == sorted(step.share for step in row[1:-1])
    assert BRIDGE.still_step in row
    # A move and its reverse share one row of pictures; three moves in a loop have three rows.
    assert [len(figure.rows) for figure in (TWIST, JUMP)] == [2, 3]
