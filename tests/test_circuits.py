"""The circuits that are shipped: what a coach would look for in each of them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest

from kiosk import config
from kiosk.circuit import Tasks
from kiosk.screen.entry_words import whole_minutes
from kiosk.timeline import Interval, Kind, Mode, Timeline
from tests.conftest import ROOT, USUAL

FOLDER = ROOT / "config"
NAMES = sorted(path.stem for path in (FOLDER / "circuits").iterdir())
NUMBERS = {"six": 6, "seven": 7, "eight": 8}
SAME_MUSCLES = {"boxing-rounds", "tabata"}
"""Circuits in which the same muscles are meant to work several times in a row."""
NO_WARM_UP = {USUAL, "seven-minute"}
"""Circuits that begin with light exercises instead of a warm-up."""


@cache
def library() -> config.Library:
    return config.load(FOLDER)


def timeline(name: str) -> Timeline:
    return Timeline.of(library().circuit(name))


def work(name: str) -> list[Interval]:
    """Return the work of a circuit in order, without what is easy."""
    return [one for one in timeline(name).intervals if one.kind is Kind.WORK]


def first_muscles(tasks: Tasks) -> list[str]:
    return [task.exercise.muscles[0] for task in tasks]


def in_a_row(one: Interval) -> list[str]:
    """Return the first muscles that somebody trains in an interval, and then, in an AMRAP, in its next round."""
    muscles = first_muscles(one.tasks)
    return [*muscles, muscles[0]] if one.mode is Mode.AMRAP else muscles


def repeated(name: str) -> list[str]:
    """Return the muscles that are the first ones of two exercises in a row."""
    found, steps = [], {one.step: one for one in work(name) if not one.stations}
    rows = [in_a_row(one) for one in steps.values()]
    for row in rows:
        found += [one for one, then in pairwise(row) if one == then]
    found += [row[-1] for row, then in pairwise(rows) if row[-1] == then[0]]
    for stations in {one.stations for one in work(name) if one.stations}:
        # After the last station somebody moves on to the first one.
        around = [first_muscles(tasks) for tasks in (*stations, stations[0])]
        found += [here[-1] for here, there in pairwise(around) if here[-1] == there[0]]
    return found


def test_the_one_on_the_start_screen_is_the_first_in_the_list() -> None:
    assert library().circuits[library().usual].id == USUAL
    assert [library().usual, NAMES[0]] == [0, USUAL], "by title, and by file name if kiosk.yaml names none"


@pytest.mark.parametrize("name", NAMES)
def test_takes_what_its_name_says(name: str) -> None:
    made = timeline(name)
    found = {
        "minute": made.known_s / 60,
        "round": max(max(one.sets, one.rounds) for one in made.intervals),
        "station": max(len(one.stations) for one in made.intervals),
    }
    words = re.findall(r"(\w+)[- ](minute|round|station)", made.circuit.name.casefold())
    assert [(NUMBERS[number], of) for number, of in words] == [(found[of], of) for _, of in words]


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_lists_it(name: str) -> None:
    row = rf"^\| `{name}` \| .+ \| (\d+) \| (.+) \|$"
    ((minutes, needs),) = re.findall(row, (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    equipment = library().circuit(name).equipment
    assert int(minutes) == whole_minutes(timeline(name).listed_s)
    assert len(needs.split(", ")) == len(equipment)
    assert [thing for thing in equipment if thing not in needs] == []


@pytest.mark.parametrize("name", NAMES)
def test_begins_with_a_warm_up(name: str) -> None:
    first = next(one for one in timeline(name).intervals if one.works)
    assert (first.kind is Kind.EASY) is (name not in NO_WARM_UP)


@pytest.mark.parametrize("name", NAMES)
def test_no_muscle_comes_first_twice_in_a_row_unless_meant(name: str) -> None:
    assert bool(repeated(name)) is (name in SAME_MUSCLES), repeated(name)


@pytest.mark.parametrize("name", NAMES)
def test_there_is_time_to_get_into_the_next_position(name: str) -> None:
    made = timeline(name)
    assert all(one.duration_s >= 10 for one in made.intervals if one.kind is Kind.CHANGEOVER)
    at_once = [
        then.exercise.name
        for one, then in pairwise(made.intervals)
        if one.works and then.works and one.exercise != then.exercise
    ]
    # In an EMOM what is left of the minute is the rest.
    assert bool(at_once) is (name == "full-body-emom"), at_once


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_has_a_figure_and_its_muscles(name: str) -> None:
    done = library().circuit(name).exercises
    assert [one.name for one in done if not (one.figure and one.muscles)] == []
