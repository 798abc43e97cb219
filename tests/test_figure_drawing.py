"""Drawing a figure is repeatable, stays within the box, leaves no seams and is linear in the accent colour."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from kiosk.colour import Colour
from kiosk.figure.canvas import clip_convex, convex_hull
from kiosk.figure.colours import COLOURS
from kiosk.figure.contact_sheet import COLUMNS, arranged, draw_page, shots
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure, Move
from kiosk.figure.picture import KEY, OVERFLOW, Layer
from kiosk.figure.still import draw_figure
from kiosk.figure.strip import strip
from tests.screen_checks import rgb

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
FIGURES = {path.stem: load_figure(path) for path in sorted(FOLDER.glob("*.yaml"))}
BOX = (360, 200)
LIME: Colour = (0xC8, 0xFF, 0x3C)
SKY: Colour = (0x5C, 0xC8, 0xFF)


@pytest.fixture(params=list(FIGURES))
def figure(request: pytest.FixtureRequest) -> Figure:
    return FIGURES[request.param]


def pixels(still: Layer) -> bytes:
    return pygame.image.tostring(still.surface, "RGB")


def put(still: Layer, screen: pygame.Surface, box_topleft: tuple[int, int]) -> pygame.Rect:
    """Paint a still onto the screen; return the rectangle that it covers, in pixels."""
    return screen.blit(still.surface, still.rect.move(box_topleft))


def test_the_same_call_gives_the_same_pixels(figure: Figure) -> None:
    a, b = (draw_figure(figure, 0.7, BOX, accent=LIME, arrows=1.0) for _ in range(2))
    assert a.rect == b.rect
    assert pixels(a) == pixels(b)


def test_every_picture_stays_in_its_place(figure: Figure) -> None:
    margin = round(BOX[1] * OVERFLOW)
    place = pygame.Rect(0, 0, *BOX).inflate(0, 2 * margin)
    for i in range(8):
        still = draw_figure(figure, figure.duration_s * i / 8, BOX, accent=LIME, arrows=1.0)
        assert place.contains(still.rect)


def test_no_pixel_of_a_box_shows_round_the_figure(figure: Figure) -> None:
    screen = pygame.Surface((BOX[0] + 80, BOX[1] + 80), 0, 32)
    screen.fill(COLOURS.background)
    still = draw_figure(figure, figure.still_s, BOX, accent=LIME)
    changed = put(still, screen, (40, 40))
    for corner in (changed.topleft, (changed.right - 1, changed.top), (changed.left, changed.bottom - 1)):
        assert rgb(screen, corner) == COLOURS.background or figure.id == "victory"
    colours = {rgb(screen, (x, y)) for x in range(0, 440, 3) for y in range(0, 280, 3)}
    off_by_one = {tuple(c + d for c in COLOURS.background) for d in (-1, 1)}
    assert KEY not in colours
    assert not any(rgb(screen, (x, changed.top)) in off_by_one for x in range(changed.left, changed.right))


def test_drawing_is_linear_in_the_accent(figure: Figure) -> None:
    lime, black = (pixels(draw_figure(figure, 0.3, BOX, accent=accent)) for accent in (LIME, (0, 0, 0)))
    sky = pixels(draw_figure(figure, 0.3, BOX, accent=SKY))
    assert lime != sky
    shoe = [i for i in range(0, len(lime), 3) if lime[i : i + 3] != black[i : i + 3]]
    assert shoe
    assert all(lime[i + 1] >= black[i + 1] for i in shoe)


def test_flipping_is_mirroring_within_the_box(figure: Figure) -> None:
    plain, flipped = (draw_figure(figure, 0.5, BOX, accent=LIME, arrows=1.0, flipped=f) for f in (False, True))
    assert plain.rect.left == BOX[0] - flipped.rect.right
    mirrored = pygame.transform.flip(plain.surface, True, False)
    assert pygame.image.tostring(mirrored, "RGB") == pixels(flipped)


def test_the_fit_does_not_depend_on_the_time(figure: Figure) -> None:
    if figure.room.mat is None:
        pytest.skip("nothing on screen stays still")
    stills = [draw_figure(figure, figure.duration_s * i / 5, BOX, accent=LIME) for i in range(5)]
    screens = []
    for still in stills:
        screen = pygame.Surface(BOX, 0, 32)
        put(still, screen, (0, 0))
        screens.append(screen)
    # The figure never covers the left end of the mat's edge, and its shadow lies on the mat above the edge.
    edge = pygame.mask.from_threshold(screens[0], COLOURS.mat_edge, (1, 1, 1, 255)).connected_component()
    left = min(x for x, _ in edge.outline()) + 6
    column = [[rgb(screen, (left, y)) == COLOURS.mat_edge for y in range(BOX[1])] for screen in screens]
    assert any(column[0])
    assert all(one == column[0] for one in column)


def test_faded_arrows_are_fainter() -> None:
    figure = FIGURES["glute-bridge"]
    full, faded = (draw_figure(figure, 0.0, BOX, accent=LIME, arrows=opacity) for opacity in (1.0, 0.4))
    green = [
        sum(still.surface.get_at((x, y)).g for x in range(still.rect.width) for y in range(still.rect.height // 3))
        for still in (full, faded)
    ]
    assert green[0] > green[1]


class Labels(list[str]):
    """The texts written on a picture, in order."""

    def __call__(
        self, surface: pygame.Surface, text: str, x: float, baseline: float, cap_px: float, colour: Colour, weight: str
    ) -> None:
        assert surface.get_rect().collidepoint(x, baseline)
        self.append(text)


def test_the_sheet_names_every_figure_and_its_poses() -> None:
    labels, figures = Labels(), [FIGURES["glute-bridge"], FIGURES["clamshell"]]
    ((*page,),) = arranged(figures, 3)
    sheet = draw_page(page, (800, 400), 3, accent=LIME, label=labels, titles=["One", "Two"])
    assert labels == ["1  One", "down", "up", "2  Two", "closed", "open", "other side"]
    assert sheet.get_width() == 800
    assert sheet.get_height() < 400, "the rows that are left over are cut off"


@pytest.mark.parametrize("rows", [1, 2, 8])
def test_every_figure_is_on_one_page_with_all_its_poses_side_by_side(rows: int) -> None:
    figures = [*FIGURES.values()] * 3
    pages = arranged(figures, rows)
    assert [one.number for page in pages for one in page] == list(range(1, len(figures) + 1))
    for page in pages:
        taken = [(one.row, one.column + place) for one in page for place in range(len(shots(one.figure)))]
        assert len(taken) == len(set(taken))
        assert all(0 <= row < rows and column < COLUMNS for row, column in taken)


def test_a_figure_with_more_poses_than_a_row_goes_on_in_the_next() -> None:
    bridge = FIGURES["glute-bridge"]
    names = ["up", *(f"pose-{number}" for number in range(2, COLUMNS + 3))]
    poses = dict.fromkeys(names, bridge.poses["up"])
    many = replace(bridge, poses=poses, loop=tuple(Move(name, 0.5, 0.5, "inout") for name in names), arrows=())
    pages = arranged([bridge, many, bridge], 3)
    assert [(one.row, one.column) for page in pages for one in page] == [(0, 0), (1, 0), (2, 2)]
    labels = Labels()
    draw_page(pages[0], (800, 400), 3, accent=LIME, label=labels)
    assert labels[4:12] == [names[-1], *names[:-1]]


def test_the_strip_shows_eight_moments_of_the_loop_but_no_name() -> None:
    labels, bridge = Labels(), FIGURES["glute-bridge"]
    picture = strip(bridge, (800, 400), accent=LIME, label=labels)
    assert labels == ["0.00 s", "0.50 s", "1.00 s", "1.50 s", "2.00 s", "2.50 s", "3.00 s", "3.50 s"]
    cells = [picture.subsurface((column * 200, row * 200, 200, 200)) for row in range(2) for column in range(4)]
    assert all(len({tuple(cell.get_at((x, y))) for x in range(0, 200, 4) for y in range(200)}) > 3 for cell in cells)


def test_the_strip_of_the_other_side_is_mirrored() -> None:
    plank = FIGURES["side-plank"]
    shown, mirrored = (strip(plank, (800, 400), accent=LIME, flipped=flipped) for flipped in (False, True))
    assert pygame.image.tostring(shown, "RGB") != pygame.image.tostring(mirrored, "RGB")


def test_hull_and_clip() -> None:
    square = convex_hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2)])
    assert len(square) == 4
    clipped = convex_hull(clip_convex(convex_hull([(2, 2), (6, 2), (6, 6), (2, 6)]), square))
    assert sorted(clipped) == [(2, 2), (2, 4), (4, 2), (4, 4)]
    assert clip_convex(convex_hull([(9, 9), (10, 9), (9, 10)]), square) == []
