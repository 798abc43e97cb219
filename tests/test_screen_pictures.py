"""A gym's own pictures on the wall: where a figure would be, in a box with round corners, and a clip loops in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pygame import Rect, Surface

from kiosk import config
from kiosk.circuit import Exercise, Side, Sides
from kiosk.figure.colours import COLOURS
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose, picture
from kiosk.screen.context import Context
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figures import FigureMoment, SizedFigure
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import scene_of
from kiosk.screen.theme import Palette
from kiosk.show.figures import figures_in
from kiosk.timeline import Timeline
from kiosk.view import Moment
from tests.pictures import FLOOR, WALL, alike, colour_at, put_clip, put_photo
from tests.samples import circuit, exercise, work
from tests.screen_checks import TwoWalls, context, faults, key, rgb
from tests.screen_samples import SIZES, at
from tests.test_golden import compare

FULL, NARROW, SMALL = (1920, 1080), (1024, 768), (640, 360)
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
LIME = Palette().work
BOX = (160, 90)
DARK_WALL = (110, 100, 89)
"""The wall of the photo as it is shown."""
CIRCUITS = {
    "class": "{name: Ours, work: 30, changeover: 10, exercises: [swing, rope, climb, squat]}",
    "stations": "{name: Stations, work: 30, changeover: 10, stations: [swing, rope, climb, squat]}",
    "amrap": "{name: Rounds, amrap: 5:00, exercises: [{exercise: swing, amount: 10}, {exercise: rope, amount: 20}]}",
}
EXERCISES = {
    "swing": "{name: Kettlebell swings, picture: swing, cues: [Snap your hips], steps: [Hold it, Swing it]}",
    "rope": "{name: Battle ropes, picture: rope}",
    "climb": "{name: Rope climb, picture: climb, why: [It is high up], steps: [Grab it, Go up], muscles: [Arms]}",
    "squat": "{name: Squat, figure: squat}",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> config.Library:
    """Return a library with a wide photo, a clip, a tall photo, and a figure of the program's."""
    folder = tmp_path_factory.mktemp("gym")
    for kind, files in (("circuits", CIRCUITS), ("exercises", EXERCISES)):
        (folder / kind).mkdir()
        for name, text in files.items():
            (folder / kind / f"{name}.yaml").write_text(text)
    put_photo(folder, "swing.jpg")
    put_clip(folder, "rope", 4)
    put_photo(folder, "climb.jpg", (180, 320))
    return config.load(folder)


@pytest.fixture(scope="module")
def figures(library: config.Library) -> DrawnFigures:
    return DrawnFigures(figures_in(library.figures), library.pictures.values())


def timeline(library: config.Library, name: str) -> Timeline:
    return Timeline.of(library.circuit(name))


def own(**changes: Any) -> Exercise:
    return exercise("Kettlebell swings", figure=None, picture="swing", **changes)


def of(*exercises: Exercise) -> Timeline:
    entries = [work(one, 60, 10, 5) for one in exercises]
    return Timeline.of(circuit(*entries, name="Ours"))


def shown(moment: Moment, desk: Context) -> list[Rect]:
    """Return the rectangles in which the pictures of a moment are."""
    return [item.rect for item in compose(moment, desk).items if key(item)[0] == "figure"]


@ALL_SIZES
@pytest.mark.parametrize("sides", [Sides.NONE, Sides.EACH])
def test_nothing_is_cut_or_overlaps(size: tuple[int, int], sides: Sides) -> None:
    found = []
    for one in (own(sides=sides), Exercise("", "Swings", "Swings", picture="swing", sides=sides)):
        line = of(one, one)
        screens = {f"at {at_s}": at(line, at_s) for at_s in (2.0, 12.0, 40.0, 72.0, 76.0, 84.0)}
        screens |= {state: moment_at([line], 0, 1.0, state, "18:42") for state in (State.IDLE, State.CARD)}
        for name, moment in screens.items():
            items = compose(moment, context(size)).items
            found += [f"{one.steps} {name}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@pytest.mark.parametrize(
    ("name", "at_s", "size"),
    [("photo", 22.0, FULL), ("photo", 22.0, NARROW), ("clip", 55.25, SMALL), ("tall", 105.0, SMALL)],
)
def test_looks_as_it_did(
    library: config.Library, figures: DrawnFigures, name: str, at_s: float, size: tuple[int, int]
) -> None:
    surface = picture(at(timeline(library, "class"), at_s), size, figures)
    compare(surface, f"own-{name}-{size[0]}x{size[1]}")


class TestPlace:
    def desk(self, figures: DrawnFigures, size: tuple[int, int] = FULL) -> Context:
        return Context(Layout(*size), Fonts(), figures)

    @ALL_SIZES
    def test_it_takes_the_left_column(
        self, library: config.Library, figures: DrawnFigures, size: tuple[int, int]
    ) -> None:
        desk = self.desk(figures, size)
        layout = desk.layout
        (place,) = shown(at(timeline(library, "class"), 22.0), desk)
        assert place.left == layout.x(layout.x0)
        assert place.right == layout.x(layout.x0 + layout.lw)
        assert place.top == layout.y(0.170)
        assert place.bottom == layout.y(layout.stage_bottom)

    def test_the_start_screen_shows_the_same_picture(self, library: config.Library, figures: DrawnFigures) -> None:
        line, desk = timeline(library, "class"), self.desk(figures)
        (place,) = shown(moment_at([line], 0, 1.0, State.IDLE, None), desk)
        (later,) = shown(at(line, 22.0), desk)
        assert place.size == later.size
        assert place.left == later.left

    @pytest.mark.parametrize("state", [State.CARD, State.BRIEFING, State.CHOOSER])
    def test_other_screens_have_it_too(self, library: config.Library, figures: DrawnFigures, state: State) -> None:
        name = "stations" if state is State.BRIEFING else "class"
        moment = moment_at([timeline(library, name)] * 3, 0, 2.0, state, None)
        assert len(shown(moment, self.desk(figures))) == 1

    def test_a_card_is_still_and_alike_for_photo_clip_and_figure(
        self, library: config.Library, figures: DrawnFigures
    ) -> None:
        line, desk = timeline(library, "stations"), self.desk(figures)
        first, later = (
            {str(key(item)[1]) for item in compose(at(line, at_s), desk).items if key(item)[0] == "figure"}
            for at_s in (40.0, 40.7)
        )
        own_ones = {one for one in first if "'@" in one}
        assert len(own_ones) == 3
        assert own_ones <= later

    def test_rows_of_tasks_have_it(self, library: config.Library, figures: DrawnFigures) -> None:
        assert len(shown(at(timeline(library, "amrap"), 30.0), self.desk(figures))) == 2

    def test_with_a_picture_there_are_no_steps_during_work(
        self, library: config.Library, figures: DrawnFigures
    ) -> None:
        items = compose(at(timeline(library, "class"), 22.0), self.desk(figures)).items
        words = [text.text for item in items for text in item.texts]
        assert "Snap your hips" in words
        assert "Hold it" not in words

    def test_it_is_neither_mirrored_nor_turned(self) -> None:
        one = own(sides=Sides.EACH, first_side=Side.LEFT)
        desk = context(FULL)
        ends = [interval.start_s for interval in of(one, one).intervals if interval.side is not None]
        moments = [at(of(one, one), start_s + 0.1) for start_s in ends[:4]]
        keys = [key(item) for moment in moments for item in compose(moment, desk).items]
        assert {of_item[1][4] for of_item in keys if of_item[0] == "figure"} == {None}
        assert "figure cut out" not in {of_item[0] for of_item in keys}


class TestPixels:
    def shown(self, figures: DrawnFigures, name: str, t_s: float = 0.0, **changes: Any) -> Surface:
        """Return what is painted in a box, around which there are 10 pixels of the ground."""
        moment = FigureMoment(name, t_s, BOX, LIME, **changes)
        sprite = figures.get(moment).sprite
        assert sprite is not None
        surface = Surface((BOX[0] + 20, BOX[1] + 20), 0, 32)
        surface.fill(moment.ground)
        sprite.draw(surface, (10, 10))
        return surface

    def test_a_wide_photo_fills_the_box_but_for_round_corners(self, figures: DrawnFigures) -> None:
        surface = self.shown(figures, "@swing")
        for corner in ((10, 10), (10 + BOX[0] - 1, 10 + BOX[1] - 1)):
            assert alike(rgb(surface, corner), COLOURS.background)
        assert alike(colour_at(surface, 0.5, 0.14), DARK_WALL)
        assert alike(colour_at(surface, 0.08, 0.5), DARK_WALL)

    def test_beside_a_tall_photo_there_is_surface(self, figures: DrawnFigures) -> None:
        surface = self.shown(figures, "@climb")
        assert colour_at(surface, 0.15, 0.5) == Palette().surface
        assert alike(colour_at(surface, 0.5, 0.14), DARK_WALL)

    def test_a_clip_moves_ten_times_a_second_and_begins_again(self, figures: DrawnFigures) -> None:
        frames = [self.shown(figures, "@rope", tenth / 10).get_buffer().raw for tenth in range(8)]
        assert len(set(frames)) == 4
        assert frames[:4] == frames[4:]
        assert figures.get(FigureMoment("@rope", 0.52, BOX, LIME)).stays_s == pytest.approx(0.08)

    def test_on_a_card_a_clip_stands_still(self, figures: DrawnFigures) -> None:
        first, later = (self.shown(figures, "@rope", t_s, ground=Palette().surface) for t_s in (0.0, 0.2))
        assert first.get_buffer().raw == later.get_buffer().raw
        assert figures.get(FigureMoment("@rope", 0.2, BOX, LIME, ground=Palette().surface)).stays_s == float("inf")

    def test_what_there_is_not_is_not_shown(self, figures: DrawnFigures) -> None:
        assert figures.get(FigureMoment("@nothing", 0.0, BOX, LIME)).sprite is None

    @pytest.mark.parametrize(("circuit", "from_s"), [("class", 52.0), ("class", 90.5), ("stations", 14.0)])
    def test_small_repaints_equal_full_ones(self, library: config.Library, circuit: str, from_s: float) -> None:
        walls = TwoWalls((640, 360), lambda: DrawnFigures(figures_in(library.figures), library.pictures.values()))
        line = timeline(library, circuit)
        for tick in range(12):
            walls.draw(at(line, from_s + tick / 4), tick / 4)


def test_a_running_circuit_has_all_its_pictures_drawn_at_once(library: config.Library, figures: DrawnFigures) -> None:
    """Once they are drawn it does not matter what happens to their files."""
    desk, moment = Context(Layout(*FULL), Fonts(), figures), at(timeline(library, "class"), 3.0)
    ahead = scene_of(moment.view).figures_ahead(moment.view, desk)
    assert {one.name for one in ahead} == {"@swing", "@rope", "@climb"}
    assert ahead[0] == SizedFigure("@swing", shown(moment, desk)[0].size)


def test_the_photo_that_the_tests_draw_is_what_they_think(tmp_path: Path) -> None:
    import pygame

    surface = pygame.image.load(put_photo(tmp_path, "a.jpg"))
    assert alike(colour_at(surface, 0.5, 0.05), WALL)
    assert alike(colour_at(surface, 0.05, 0.95), FLOOR)
