"""The briefing before stations: each of them, one after the other, beside the list of all."""

from __future__ import annotations

import pytest

from kiosk.circuit import Exercise, Lap, Stations, Task, Tasks
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes import scene_of
from kiosk.session import BRIEFED_S
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise
from tests.screen_checks import TwoWalls, context, faults, icons, key, least_contrast
from tests.screen_samples import SIZES, longest

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def of(*stations: Tasks) -> Timeline:
    return Timeline.of(circuit(Stations((Lap(stations, 40, 20),))))


def several(count: int) -> Timeline:
    return of(*((Task(exercise(f"Move {number}", figure="plank")),) for number in range(1, count + 1)))


PLANK, BARE = exercise(figure="plank"), Exercise("", "Battle ropes", "Battle ropes")
LONGEST = longest("WWWWW MMMMMM WWWWW MMMMM WWWW MM W MMMMMMMM WWWWWWW MMMMM WWWWWW MMMMM WWWWWW")
MIXED = of(
    (Task(PLANK, "12"),),
    (Task(BARE, "500 m"),),
    (Task(PLANK, "10"), Task(BARE, "5 each")),
    (Task(BARE, "10"), Task(BARE._replace(name="Goblet squats"), "5"), Task(BARE, "20")),
    (Task(LONGEST, "10 each side"),),
    (Task(LONGEST._replace(figure=None)), Task(LONGEST)),
    (Task(Exercise("", LONGEST.name, LONGEST.short), "10 each side"), Task(Exercise("", LONGEST.name, LONGEST.short))),
)


def drawn(timeline: Timeline, at_s: float, desk: Context) -> list[Item]:
    return compose(moment_at([timeline], 0, at_s, State.BRIEFING, None), desk).items


def words(timeline: Timeline, at_s: float, size: tuple[int, int] = (1280, 720)) -> list[str]:
    return [text.text for item in drawn(timeline, at_s, context(size)) for text in item.texts]


@ALL_SIZES
@pytest.mark.parametrize("timeline", [several(2), several(8), several(12), several(13), several(24), MIXED])
def test_nothing_overflows_or_overlaps(timeline: Timeline, size: tuple[int, int]) -> None:
    found = []
    for place in range(len(timeline.briefed)):
        items = drawn(timeline, place * BRIEFED_S + 3.0, context(size))
        found += [f"{place}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


def test_all_can_be_read() -> None:
    desk = context((1280, 720))
    for at_s in (0.5, 3.0, 5.9, 9.0):
        contrast, text = least_contrast(drawn(several(8), at_s, desk), desk)
        assert contrast >= 7, text


def test_it_says_which_station_is_on_show_and_when_it_starts() -> None:
    shown = words(several(8), 2 * BRIEFED_S + 1)
    assert {"Move 3", "Station 3 of 8", "Elbow under the shoulder.", "Lift hips and knees."} <= set(shown)
    assert shown.count("3") == 2, "large, and in the list"
    assert "Press to start now" in shown
    assert "Starts in 0:45" in shown


def test_stations_that_were_shown_have_a_check_mark() -> None:
    desk = context((1280, 720))
    assert [icons(drawn(several(8), place * BRIEFED_S + 1, desk), "check") for place in range(8)] == list(range(8))


def test_from_thirteen_stations_on_the_list_is_in_pages() -> None:
    twelve, thirteen = words(several(12), 1.0), words(several(13), 1.0)
    assert {"1", "12", "Move 12"} <= set(twelve)
    assert "Move 7" in thirteen
    assert "Move 8" not in thirteen
    assert {"Move 8", "Move 13"} <= set(words(several(13), 7 * BRIEFED_S + 1))


def test_amounts_and_tasks_are_told() -> None:
    at = [words(MIXED, place * BRIEFED_S + 1, (1920, 1080)) for place in range(4)]
    assert "12" in at[0]
    assert "500 m Battle ropes" in " ".join(at[1])
    assert {"10 Side plank", "5 each Battle ropes"} <= set(at[2])
    assert "10 Battle ropes 5 Goblet squats 20 Battle ropes" in " ".join(at[3])


def test_the_station_on_show_fills_as_its_time_passes() -> None:
    desk = context((1280, 720))
    widths = []
    for at_s in (0.5, 2.0, 5.5):
        fill = next(item for item in drawn(several(8), at_s, desk) if key(item)[0] == "part of box")
        widths.append(fill.rect.width / desk.layout.panel_px.width)
    assert widths == pytest.approx([0.5 / 6, 2 / 6, 5.5 / 6], abs=0.01)


@pytest.mark.parametrize("timeline", [several(3), MIXED])
def test_it_says_ahead_which_pictures_it_needs(timeline: Timeline) -> None:
    desk = context((1280, 720))
    ahead: set[object] = set()
    for place in range(len(timeline.briefed)):
        moment = moment_at([timeline], 0, place * BRIEFED_S + 1, State.BRIEFING, None)
        figures = {
            SizedFigure(key(item)[1][0], key(item)[1][2])
            for item in compose(moment, desk).items
            if key(item)[0] == "figure"
        }
        assert figures <= (ahead or figures)
        ahead = set(scene_of(moment.view).figures_ahead(moment.view, desk))
        assert figures <= ahead


def test_small_repaints_equal_a_full_one() -> None:
    walls = TwoWalls((480, 270))
    for frame in range(90):
        at_s = 0.21 * frame
        walls.draw(moment_at([MIXED], 0, at_s, State.BRIEFING, None), 1000 + at_s)


@pytest.mark.parametrize("count", [6, 7, 12])
def test_in_portrait_all_stations_are_listed_below_the_one_on_show(count: int) -> None:
    shown = {text.text: text.ink for item in drawn(several(count), 3.0, context((1080, 1920))) for text in item.texts}
    assert all(f"Move {number}" in shown for number in range(1, count + 1))
    assert shown["Move 2"].top > shown["Lift hips and knees."].bottom
