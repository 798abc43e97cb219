"""The screens of a class: the footer with its parts, the rest between two parts, and the start screen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kiosk.circuit import Amrap, Circuit, Entry, Exercise, ForTime, Lap, Set, Stations, Task, Work
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.entry_words import about_entry, length_text
from kiosk.screen.scenes import scene_of
from kiosk.screen.scenes.paused import words_about
from kiosk.screen.scenes.start import about
from kiosk.screen.scenes.start_list import spot
from kiosk.session import Session
from kiosk.timeline import Timeline
from kiosk.view import IntervalView, Moment, PausedView, StartView
from kiosk.warm_up import screens
from tests.samples import circuit, exercise, rounds_of, work
from tests.screen_checks import TwoWalls, context, faults, icons, least_contrast
from tests.screen_samples import SIZES, at, paused, pressed

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
    "low": class_of(*(easy(f"Jog and gym day {number}") for number in range(6)), AMRAP, several("Yoga", 6, 2)),
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


@cache
def moments(name: str) -> list[tuple[float, Moment]]:
    return [(at_s, at(CLASSES[name], at_s)) for at_s in at_places(CLASSES[name])]


@ALL_SIZES
@pytest.mark.parametrize("name", CLASSES)
def test_nothing_overflows_or_overlaps(name: str, size: tuple[int, int]) -> None:
    found = []
    for at_s, moment in moments(name):
        items = compose(moment, context(size)).items
        found += [f"{at_s}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@pytest.mark.parametrize("state", [State.PAUSED, State.COUNT_IN, State.HELD])
@pytest.mark.parametrize("name", ["usual", "many"])
def test_nothing_overlaps_on_the_screens_above_them(name: str, state: State) -> None:
    found = []
    # What lies over an interval is the same at its start, in its middle and at its end.
    for at_s in at_places(CLASSES[name])[1::3]:
        moment = moment_at([CLASSES[name]], 0, at_s, state, None)
        for size in SIZES:
            items = compose(moment, context(size)).items
            found += [f"{size} {at_s}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@ALL_SIZES
def test_a_press_before_the_rest_may_still_be_held_in_it(size: tuple[int, int]) -> None:
    for count in range(1, 7):
        jogs = (easy(f"Jogging {number}") for number in range(count))
        timeline = class_of(AMRAP._replace(work_s=20), stations(3), *jogs)
        rest_s = rest_before(timeline, 1)
        items = compose(pressed(timeline, rest_s + 0.5, held_s=rest_s - 0.7), context(size)).items
        assert "Keep holding" in [text.text for item in items for text in item.texts]
        assert faults(items, context(size).layout) == []


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


def test_of_several_exercises_with_sets_both_are_told() -> None:
    sets = Work((Set(tasks("Row"), 20, 10),) * 8)
    timeline = class_of(rounds_of(sets, sets)._replace(name="Tabata"), easy("Stretch"))
    third = next(one for one in timeline.intervals if one.set == 3 and one.works)
    assert {"Tabata \u00b7 Set 3/8", "1 of 2"} <= set(words(timeline, third.start_s + 1))


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
    assert about_entry(easy("Walk")) == ("Easy", (), False)
    assert about_entry(Work((Set(tasks("Row"), 20, 10),) * 8)) == ("8 \u00d7 20 s", ("10 Row",), False)
    assert about_entry(Work((Set(tasks("Row"), 90, open=True),) * 3)).heading == "3 sets, self-paced"


def test_how_long_a_part_is() -> None:
    lengths = [length_text(part) for part in class_of(AMRAP, ForTime(600, tasks("Run")), easy("Walk", 80)).parts]
    assert lengths == ["6 min", "cap 10 min", "80 s"]


def test_small_repaints_equal_a_full_one() -> None:
    start_s = rest_before(USUAL, 1)
    walls = TwoWalls((480, 270))
    for frame in range(160):
        at_s = start_s - 4 + 0.47 * frame
        walls.draw(at(USUAL, at_s), 1000 + at_s)


@pytest.mark.parametrize("name", CLASSES)
def test_the_rest_between_parts_is_warmed_up(name: str) -> None:
    views = [moment.view for moment in screens(Session.start_screen((CLASSES[name],), 0.0))]
    assert [view for view in views if isinstance(view, IntervalView) and view.between_parts and not view.previews]


@pytest.mark.parametrize(
    ("part", "into_s", "words_"),
    [(1, 5.0, "Next: Main"), (1, 50.0, "Next: Move 1"), (1, 65.0, "Move 1"), (0, 20.0, "Warm-up")],
)
def test_a_pause_says_what_is_paused(part: int, into_s: float, words_: str) -> None:
    view = paused(USUAL, rest_before(USUAL, part) + into_s).view
    assert isinstance(view, PausedView)
    assert words_about(view) == words_


def test_after_a_power_cut_the_part_is_named() -> None:
    view = paused(USUAL, rest_before(USUAL, 1) + 65).view
    assert isinstance(view, PausedView)
    assert words_about(replace(view, restored=True)) == "Power was cut  \u00b7  Main  \u00b7  Round 1  \u00b7  Move 1"
    warm_up = paused(USUAL, 20.0).view
    assert isinstance(warm_up, PausedView)
    assert words_about(replace(warm_up, restored=True)) == "Power was cut  \u00b7  Warm-up"


# --- the start screen -------------------------------------------------------------------------------------------------


def start(timeline: Timeline, place: int, *, card: bool = False) -> StartView:
    """Return the start screen with the tour at a place."""
    return StartView(timeline.circuit, timeline.known_s, 1, place, card, "18:42", timeline.parts)


def start_words(timeline: Timeline, place: int, size: tuple[int, int] = (1280, 720)) -> list[str]:
    items = compose(Moment(start(timeline, place), 1.0), context(size)).items
    return [text.text for item in items for text in item.texts]


@ALL_SIZES
@pytest.mark.parametrize("name", CLASSES)
def test_nothing_overflows_or_overlaps_on_the_start_screen(name: str, size: tuple[int, int]) -> None:
    timeline, found = CLASSES[name], []
    for place in range(len(timeline.circuit.exercises)):
        for card in (False, True):
            items = compose(Moment(start(timeline, place, card=card), 1.0), context(size)).items
            found += [f"{place} {card}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


def test_the_start_screen_of_a_class_lists_its_parts_one_open() -> None:
    first, in_main = start_words(USUAL, 0), start_words(USUAL, 3)
    assert "4 parts  \u00b7  35 min" in first
    assert {"Warm-up", "Main", "\u00d74", "Finisher", "Cool-down", "5 min", "6 min", "3 min"} <= set(first)
    assert "Move 1" not in first
    assert {f"Move {number}" for number in range(1, 6)} <= set(in_main)
    assert {"10 burpees", "10 climbers"} <= set(start_words(USUAL, 6))


def test_the_tour_visits_every_exercise_of_every_part() -> None:
    for name, timeline in CLASSES.items():
        for place, done in enumerate(timeline.circuit.exercises):
            part, line = spot(start(timeline, place))
            entry = timeline.parts[part].entry
            if isinstance(entry, Stations):
                assert done in [task.exercise for task in entry.laps[0].stations[line]], name
            else:
                assert timeline.parts[part].exercises[line] == done, name


def test_the_exercise_on_tour_is_marked_also_among_many() -> None:
    timeline = class_of(several("Main", 9, 2), easy("Stretch"))
    for place in range(9):
        shown = start_words(timeline, place)
        assert f"Move {place + 1}" in shown
        assert "and 4 more" in shown or "and 5 more" in shown


def test_stations_keep_their_numbers_if_one_has_two_exercises() -> None:
    lap = Lap((tasks("Push"), tasks("Swing", "Squat"), tasks("Row")), 40, 20)
    timeline = Timeline.of(circuit(Stations((lap,)), rounds=1))
    alone = Timeline.of(Circuit(id="s", name="S", content=Stations((lap,))))
    assert {"1 Push", "2 Swing + Squat", "3 Row"} <= set(start_words(timeline, 2))
    assert {"3", "Swing + Squat", "Row"} <= set(start_words(alone, 3))
    assert [spot(start(alone, place)) for place in range(4)] == [(0, 0), (0, 1), (0, 1), (0, 2)]


@pytest.mark.parametrize(
    ("content", "words_"),
    [
        (Amrap(tasks("Row"), 1200), "As many rounds as you can  \u00b7  20 min"),
        (ForTime(600, tasks("Row", "Run")), "As fast as you can  \u00b7  cap 10 min"),
        (stations(8), "8 stations  \u00b7  40 s each  \u00b7  2 rounds  \u00b7  17 min"),
        (
            rounds_of(Work((Set(tasks("Row"), 3600, 10, open=True),) * 8)),
            "1 exercise  \u00b7  8 sets  \u00b7  self-paced",
        ),
        (rounds_of(Work((Set(tasks("Row"), 20, 10),) * 8)), "1 exercise  \u00b7  8 \u00d7 20 s  \u00b7  4 min"),
        (
            Work((Set(tasks("Row", "Run"), 60),) * 30),
            "2 exercises together  \u00b7  60 s  \u00b7  30 rounds  \u00b7  30 min",
        ),
        (
            rounds_of(work(named("Row"), 60), Work((Set(tasks("Run"), 3600, open=True),)), rounds=2),
            "2 exercises  \u00b7  2 rounds  \u00b7  2 min + self-paced",
        ),
    ],
)
def test_what_one_is_in_for(content: Entry, words_: str) -> None:
    timeline = Timeline.of(Circuit(id="any", name="Any", content=content))
    assert about(timeline.circuit, timeline.known_s, timeline.parts)[0] == words_


def test_the_tasks_of_a_list_are_known_by_their_amounts() -> None:
    timeline = Timeline.of(Circuit(id="any", name="Any", content=Amrap(tasks("Row", "Run"), 1200)))
    shown = start_words(timeline, 0)
    assert shown.count("10") == 2
    assert "1" not in shown


def test_amounts_that_are_too_long_to_lead_follow_their_exercises() -> None:
    entry = Work((Set((Task(named("Lunge"), "10 each side"),), 3600, open=True),))
    timeline = Timeline.of(Circuit(id="any", name="Any", content=rounds_of(entry, entry, rounds=3)))
    assert {"1", "2", "Lunge", "10 each side"} <= set(start_words(timeline, 0))


@pytest.mark.parametrize("name", ["usual", "stations", "longest"])
def test_in_portrait_the_parts_are_above_the_clock(name: str) -> None:
    timeline = CLASSES[name]
    for size in ((1080, 1920), (768, 1024)):
        for part in range(1, len(timeline.parts)):
            shown = {
                text.text: text.ink
                for item in drawn(timeline, rest_before(timeline, part) + 1, size)
                for text in item.texts
            }
            top = shown["BREAK"].top
            assert sum(ink.bottom < top for ink in shown.values()) >= 4, "title, part, its length and what is done"


def test_in_portrait_all_stations_are_named_in_the_rest_before_them() -> None:
    shown = words(CLASSES["stations"], rest_before(CLASSES["stations"], 1) + 1, (1080, 1920))
    assert all(any(text.startswith(f"{number} ") for text in shown) for number in range(1, 25))
