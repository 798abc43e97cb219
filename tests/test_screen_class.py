"""The screens of a class: the footer with its parts, and the rest between two parts."""

from __future__ import annotations

import pytest

from kiosk.circuit import Amrap, Entry, Exercise, ForTime, Lap, Set, Stations, Task, Work
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.entry_words import about_entry, length_text
from kiosk.screen.scenes import scene_of
from kiosk.timeline import Timeline
from kiosk.view import IntervalView
from tests.samples import circuit, exercise, rounds_of, work
from tests.screen_checks import context, faults, icons, least_contrast
from tests.screen_samples import SIZES, at

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def named(name: str) -> Exercise:
    return Exercise("", name, name[:16])


def tasks(*names: str) -> tuple[Task, ...]:
    return tuple(Task(named(name), "10") for name in names)


def easy(name: str, work_s: float = 300) -> Work:
    return Work((Set((Task(named(name)),), work_s, 60, easy=True),))


def several(name: str, count: int, rounds: int, work_s: float = 40) -> Entry:
    """Return a block of some exercises in some rounds."""
    done = (work(exercise(f"Move {number}", figure="plank"), work_s, 10) for number in range(1, count + 1))
    return rounds_of(*done, rounds=rounds, break_s=30)._replace(name=name, rest_s=60)


def stations(count: int, name: str = "") -> Stations:
    every = tuple(tasks(f"Station move {number}") for number in range(1, count + 1))
    return Stations((Lap(every, 40, 20, 60),) * 2, name, rest_s=60)


def class_of(*parts: Entry) -> Timeline:
    return Timeline.of(circuit(*parts, rounds=1))


AMRAP = Amrap(tasks("burpees", "climbers", "jacks"), 360, "Finisher", 60)
USUAL = class_of(easy("Warm-up"), several("Main", 5, 4), AMRAP, easy("Cool-down", 180))
CLASSES = {
    "usual": USUAL,
    "two": class_of(easy("Walk"), several("", 1, 8)),
    "many": class_of(*(several(f"Part {number}", number, 1 + number % 3, 5) for number in range(1, 16))),
    "longest": class_of(*(several(f"{'WWWW MMM' * 4}"[: 30 + n], 30, 30, 5) for n in range(2)), easy("W" * 32)),
    "stations": class_of(easy("Warm-up"), stations(24), stations(9, "Second stations"), AMRAP),
    "sets": class_of(Work((Set(tasks("Row"), 20, 10),) * 8, "Tabata", 60), ForTime(600, tasks("Run"), "Ladder", 60)),
}


def drawn(timeline: Timeline, at_s: float, size: tuple[int, int] = (1280, 720)) -> list[Item]:
    return compose(at(timeline, at_s), context(size)).items


def words(timeline: Timeline, at_s: float, size: tuple[int, int] = (1280, 720)) -> list[str]:
    return [text.text for item in drawn(timeline, at_s, size) for text in item.texts]


def rest_before(timeline: Timeline, part: int) -> float:
    """Return the start of the rest before a part."""
    return next(one.start_s for one in timeline.intervals if one.part == part)


def at_places(timeline: Timeline) -> list[float]:
    """Return some moments in the first and the last interval of each kind in each part."""
    found: dict[object, tuple[float, float]] = {}
    for one in timeline.intervals:
        found.setdefault((one.part, one.kind, "first"), (one.start_s, one.duration_s))
        found[one.part, one.kind, "last"] = (one.start_s, one.duration_s)
    return [start_s + part * long_s for start_s, long_s in found.values() for part in (0.02, 0.5, 0.98)]


@ALL_SIZES
@pytest.mark.parametrize("name", CLASSES)
def test_nothing_overflows_or_overlaps(name: str, size: tuple[int, int]) -> None:
    found = []
    for at_s in at_places(CLASSES[name]):
        found += [f"{at_s}: {fault}" for fault in faults(drawn(CLASSES[name], at_s, size), context(size).layout)]
    assert found == []


@pytest.mark.parametrize("state", [State.PAUSED, State.COUNT_IN, State.HELD])
@pytest.mark.parametrize("name", ["usual", "many"])
def test_nothing_overlaps_on_the_screens_above_them(name: str, state: State) -> None:
    found = []
    for size in SIZES:
        for at_s in at_places(CLASSES[name]):
            items = compose(moment_at([CLASSES[name]], 0, at_s, state, None), context(size)).items
            found += [f"{size} {at_s}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@pytest.mark.parametrize("name", ["usual", "stations"])
def test_all_can_be_read(name: str) -> None:
    desk = context((1280, 720))
    for part in range(len(CLASSES[name].parts)):
        for into_s in (5.0, 65.0):
            contrast, text = least_contrast(drawn(CLASSES[name], rest_before(CLASSES[name], part) + into_s), desk)
            assert contrast >= 7, text


# --- the footer -------------------------------------------------------------------------------------------------------


def test_the_current_part_is_open_and_says_its_round() -> None:
    second_round = next(one for one in USUAL.intervals if one.part == 1 and one.round == 2 and one.works)
    shown = words(USUAL, second_round.start_s + 1, (1920, 1080))
    assert {"Main 2/4", "Finisher", "Cool-down"} <= set(shown)


def test_done_parts_have_a_check_mark() -> None:
    counts = [icons(drawn(USUAL, rest_before(USUAL, part) + 59), "check") for part in (1, 2, 3)]
    assert counts == [1, 2, 3]


def test_names_of_done_parts_give_way_first() -> None:
    main, finisher = (words(USUAL, rest_before(USUAL, part) + 65) for part in (1, 2))
    assert "Warm-up" not in main
    assert {"Finisher", "Cool-down"} <= set(main)
    assert {"Main", "Cool-down"} <= set(finisher)


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_of_many_parts_the_current_and_the_next_have_names(size: tuple[int, int]) -> None:
    timeline = CLASSES["many"]
    for part in range(14):
        work_s = next(one.start_s for one in timeline.intervals if one.part == part and one.works) + 0.5
        shown = words(timeline, work_s, size)
        assert any(text.startswith(f"Part {part + 1}") for text in shown)
        assert f"Part {part + 2}" in shown


def test_the_sets_of_a_part_are_counted() -> None:
    timeline = CLASSES["sets"]
    third = next(one for one in timeline.intervals if one.set == 3 and one.works)
    assert {"Tabata 3/8", "Set 3 of 8"} <= set(words(timeline, third.start_s + 1))


def test_the_end_of_a_part_says_which_part_is_next() -> None:
    last = [one for one in USUAL.intervals if one.part == 1][-1]
    assert words(USUAL, last.start_s + 1)[-1] != "AMRAP"
    assert words(USUAL, last.start_s + 1).count("Finisher") == 2, "as a part, and as what is next"


def test_a_single_exercise_does_not_say_that_it_is_one_of_so_many() -> None:
    assert not [text for text in words(USUAL, 20.0) if " of " in text]
    assert "1 of 5" in words(USUAL, rest_before(USUAL, 1) + 65)


# --- between parts ----------------------------------------------------------------------------------------------------


def test_between_parts_the_wall_says_what_comes_next_and_what_it_is() -> None:
    start_s = rest_before(USUAL, 2)
    shown = words(USUAL, start_s + 5)
    assert {"Next:", "Finisher", "As many rounds as you can:", "10 burpees, 10 climbers, 10 jacks"} <= set(shown)
    assert {"BREAK", "6 min", "3 min", "Breathe. Drink some water."} <= set(shown)
    assert shown.count("\u00d74") == 1


def test_at_the_end_of_the_rest_the_first_exercise_is_shown() -> None:
    start_s = rest_before(USUAL, 1)
    listed, exercise_ = at(USUAL, start_s + 44.5).view, at(USUAL, start_s + 45.5).view
    assert isinstance(listed, IntervalView)
    assert isinstance(exercise_, IntervalView)
    assert not listed.previews
    assert exercise_.previews
    assert "Move 1" in words(USUAL, start_s + 45.5)
    assert exercise_.lines == ("Elbow under the shoulder.", "Lift hips and knees.")


def test_a_short_rest_between_parts_is_a_changeover() -> None:
    timeline = class_of(several("One", 2, 1)._replace(rest_s=15), several("Two", 2, 1))
    view = at(timeline, rest_before(timeline, 1) + 1).view
    assert isinstance(view, IntervalView)
    assert view.between_parts
    assert view.previews
    assert view.lines
    assert "REST" in words(timeline, rest_before(timeline, 1) + 1)


def test_the_list_and_the_exercise_are_screens_of_their_own() -> None:
    start_s = rest_before(USUAL, 1)
    views = [at(USUAL, start_s + into_s).view for into_s in (10, 50)]
    assert len({scene_of(view).screen(view) for view in views}) == 2


@pytest.mark.parametrize("count", [4, 9, 16, 24])
def test_everybody_finds_their_station_before_it_begins(count: int) -> None:
    timeline = class_of(easy("Warm-up"), stations(count), easy("Stretch"))
    shown = words(timeline, rest_before(timeline, 1) + 5, (1920, 1080))
    numbers = {text.split()[0] for text in shown if "Station" in text}
    assert {str(number) for number in range(1, count + 1)} <= numbers


def test_what_an_entry_is() -> None:
    assert about_entry(AMRAP).heading == "As many rounds as you can"
    assert about_entry(ForTime(600, tasks("Run"))).things == ("10 Run",)
    assert about_entry(stations(8)).heading == "8 stations, 2 rounds, 40 s each"
    assert about_entry(easy("Walk")) == ("5 min, easy", (), False)


def test_how_long_a_part_is() -> None:
    lengths = [length_text(part) for part in class_of(AMRAP, ForTime(600, tasks("Run")), easy("Walk", 80)).parts]
    assert lengths == ["6 min", "cap 10 min", "80 s"]
