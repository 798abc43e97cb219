"""The props of a figure, and stills that are fitted to their own pose."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from kiosk.errors import FigureError
from kiosk.figure.colours import COLOURS
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.figure.still import draw_figure, draw_still

LIME = (0xC8, 0xFF, 0x28)
BOX = (320, 240)

STANDING = """\
id: test
still: {still}
camera: {{yaw: 25, pitch: 8}}
props: {{{props}}}
near: {{arm_l: far, leg_l: far}}
order: [{parts}arm_l, leg_l, torso, leg_r, head, arm_r]
muscles: []
base:
  anchor: [pelvis, [0, 0.545, 0]]
  pelvis: {{up: 90, front: 0}}
  chest: {{up: 90, front: 0}}
  head: {{up: 90, front: 0}}
  arm_r: {{aim: [world, [1, 0, 0.1]], bend: 10, pole: [0, -1, 0]}}
  arm_l: {{aim: [world, [1, 0, -0.1]], bend: 10, pole: [0, -1, 0]}}
  leg_r: {{to: [world, [0, 0.04, 0.06]], pole: [1, 0, 0], toe: [1, 0, 0]}}
  leg_l: {{to: [world, [0, 0.04, -0.06]], pole: [1, 0, 0], toe: [1, 0, 0]}}
poses:
  stand: {{}}
  sit: {{anchor: [pelvis, [-0.2, 0.25, 0]], leg_r: {{pole: [1, 1, 0]}}, leg_l: {{pole: [1, 1, 0]}}}}
loop: [[sit, 1, 0, inout], [stand, 1, 0, inout]]
"""

PROPS = {
    "ball": ("ball: {at: [-0.4, 0], r: 0.165}", "ball"),
    "box": ("box: {at: [-0.4, 0]}", "box"),
    "bench": ("bench: {at: [-0.4, 0], along: x}", "bench"),
    "chair": ("chair: {at: [-0.4, 0], faces: right}", "chair"),
    "bar": ("bar: {at: [-0.2, 0], along: z}", "bar"),
    "dumbbells": ("dumbbells: {axis: [world, [0, 0, 1]]}", "dumbbell_l, dumbbell_r"),
    "a kettlebell": ("kettlebell: {hands: right, hangs: [world, [0, -1, 0]]}", "kettlebell"),
    "a barbell": ("barbell: {}", "barbell"),
    "a medicine ball": ("medicine_ball: {}", "medicine_ball"),
    "a band": ("band: {hands: left}", "band"),
}


def figure(tmp_path: Path, props: str = "", parts: str = "", still: str = "sit") -> Figure:
    path = tmp_path / "test.yaml"
    path.write_text(STANDING.format(props=props, parts=parts and f"{parts}, ", still=still))
    return load_figure(path)


def count(surface: pygame.Surface, colour: tuple[int, int, int]) -> int:
    return pygame.mask.from_threshold(surface, colour, (1, 1, 1, 255)).count()


def rows_of(surface: pygame.Surface, colour: tuple[int, int, int]) -> list[int]:
    """Return the rows of a surface that have a pixel of a colour."""
    pixels = pygame.mask.from_threshold(surface, colour, (1, 1, 1, 255))
    width, height = surface.get_size()
    return [y for y in range(height) if any(pixels.get_at((x, y)) for x in range(width))]


@pytest.mark.parametrize("name", PROPS)
def test_gear_is_blue_and_moves_only_in_hands(tmp_path: Path, name: str) -> None:
    one = figure(tmp_path, *PROPS[name])
    plain = draw_figure(figure(tmp_path), 0.0, BOX, accent=LIME)
    stands, sits = (draw_figure(one, t_s, BOX, accent=LIME) for t_s in (0.0, 1.0))
    assert count(plain.surface, COLOURS.ball) == 0
    assert count(stands.surface, COLOURS.ball) > 5
    tops = [rows_of(still.surface, COLOURS.ball)[0] + still.top for still in (stands, sits)]
    held = bool(one.held)
    assert (tops[1] - tops[0] > 20) == held


def test_a_wall_is_grey(tmp_path: Path) -> None:
    one = draw_figure(figure(tmp_path, "wall: {at: [-0.5, 0]}", "wall"), 0.0, BOX, accent=LIME)
    assert count(one.surface, COLOURS.mat) > 500
    assert count(one.surface, COLOURS.ball) == 0


@pytest.mark.parametrize(
    ("props", "parts", "complaint"),
    [
        ("box: {at: [0, 0]}", "", "order: the order is not complete; name each of"),
        ("", "box", 'order: there is no part "box"'),
        ("chair: {at: [0, 0], faces: up}", "chair", 'props.chair.faces: there is no direction "up"'),
        ("kettlebell: {hands: two}", "kettlebell", 'props.kettlebell.hands: there is no hand "two"'),
        ("dumbbells: {}", "dumbbell_l, dumbbell_r", 'the key "axis" is missing'),
        ("kettle: {}", "", 'unknown key "kettle"'),
        ("medicine_ball: {r: 3}", "medicine_ball", 'unknown key "r"'),
    ],
)
def test_wrong_props_are_errors(tmp_path: Path, props: str, parts: str, complaint: str) -> None:
    with pytest.raises(FigureError) as caught:
        figure(tmp_path, props, parts)
    assert complaint in "\n".join(map(str, caught.value.problems))


def body_height(surface: pygame.Surface) -> int:
    rows = rows_of(surface, COLOURS.body)
    return rows[-1] - rows[0]


def test_a_still_is_as_large_as_its_own_pose_allows(tmp_path: Path) -> None:
    one = figure(tmp_path)
    in_the_loop = draw_figure(one, one.still_s, BOX, accent=LIME).surface
    assert body_height(draw_still(one, BOX, accent=LIME)) > 1.2 * body_height(in_the_loop)


def test_a_still_of_two_poses_shows_both_side_by_side(tmp_path: Path) -> None:
    still = draw_still(figure(tmp_path, still="[sit, stand]"), BOX, accent=LIME)
    halves = [still.subsurface((left, 0, BOX[0] // 2, BOX[1])) for left in (0, BOX[0] // 2)]
    assert all(count(half, COLOURS.body) > 500 for half in halves)
    assert body_height(halves[1]) > body_height(halves[0])


def lowest(surface: pygame.Surface, colour: tuple[int, int, int]) -> int:
    """Return the lower end of what has a colour, in pixels."""
    return rows_of(surface, colour)[-1] + 1


def test_a_ponytail_does_not_hang_through_a_bench(tmp_path: Path) -> None:
    lying = STANDING.replace("[pelvis, [0, 0.545, 0]]", "[neck, [-0.15, 0.30, 0]]")
    lying = lying.replace("{{up: 90, front: 0}}", "{{up: 180, front: 90}}")
    path = tmp_path / "test.yaml"
    path.write_text(lying.format(props="bench: {at: [0, 0], along: x}", parts="bench, ", still="stand"))
    one = load_figure(path)
    picture = draw_figure(one, one.still_s, BOX, accent=LIME).surface
    assert lowest(picture, COLOURS.hair) <= lowest(picture, COLOURS.gear[0])
