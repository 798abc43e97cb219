"""Exercises of large collections on every screen and at every size: texts are shortened, but never cut or overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from cProfile import Profile
from functools import cache
from pathlib import Path
from random import Random

import pytest

from kiosk import config
from kiosk.circuit import Exercise, Sides
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.screen.fonts import CUT
from kiosk.timeline import Kind
from kiosk.view import Moment
from tests.collection import collection, timeline, write
from tests.screen_checks import context, faults
from tests.screen_samples import SIZES, at, realistic

COUNT, SAMPLE = 800, 24
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@cache
def screens(one: Exercise, amount: str = "") -> tuple[tuple[str, Moment], ...]:
    """Return a moment of every screen that shows the exercise."""
    return tuple(_screens(one, amount))


def _screens(one: Exercise, amount: str) -> Iterator[tuple[str, Moment]]:
    line = timeline(one, amount)
    first = {interval.kind: interval for interval in reversed(line.intervals)}
    for kind, interval in first.items():
        times = (1.0, 6.0, 14.0, 22.0) if kind is Kind.WORK else (1.0, 6.0, interval.duration_s - 1.0)
        for t_s in times:
            yield f"{kind} at {t_s}", at(line, interval.start_s + t_s)
    yield "preview", at(line, first[Kind.ROUND_BREAK].end_s - 8.0)
    for state in (State.PAUSED, State.COUNT_IN, State.HELD):
        yield state, moment_at([line], 0, 15.0, state, "18:42")
    yield "list", moment_at([line], 0, 1.0, State.IDLE, "18:42")
    beside = timeline(one, amount, realistic())
    yield "list beside a figure", moment_at([beside], 0, 1.0, State.IDLE, "18:42")
    yield "later in the list", moment_at([line], 0, 5.5, State.IDLE, "18:42")
    yield "card", moment_at([line], 0, 0.5, State.CARD, "18:42")


def found_at(size: tuple[int, int], one: Exercise, amount: str = "") -> list[str]:
    desk = context(size)
    return [
        f"{one.id} {one.name!r} {name}: {fault}"
        for name, moment in screens(one, amount)
        for fault in faults(compose(moment, desk).items, desk.layout)
    ]


@ALL_SIZES
def test_nothing_is_cut_or_overlaps(size: tuple[int, int]) -> None:
    # Each half of the sample is shown at every other size: large and small, in landscape and in portrait.
    sample = Random(7).sample(collection(COUNT), SAMPLE)[SIZES.index(size) % 2 :: 2]
    assert [fault for one in sample for fault in found_at(size, one)] == []


def is_shortened(one: Exercise, sizes: Iterable[tuple[int, int]]) -> bool:
    """Return whether some text of the exercise is cut on any screen, or left out of a list there."""
    texts = (
        text.text
        for size in sizes
        for _, moment in screens(one)
        for item in compose(moment, context(size)).items
        for text in item.texts
    )
    return any(text.endswith((CUT, " more")) or re.fullmatch(r"\+\d+", text) for text in texts)


def test_check_lists_what_the_wall_shortens(tmp_path: Path) -> None:
    # There are only the figures that come with the program.
    sample = [one._replace(figure=None) for one in Random(5).sample(collection(COUNT), SAMPLE)]
    write(sample, tmp_path / "config")
    library, warnings = config.check(tmp_path / "config")
    listed = {warning.path.stem for warning in warnings if warning.path is not None}
    assert all(warning.line for warning in warnings)
    exercises = [library.exercises[one.id] for one in sample]
    assert exercises == sample
    usual, all_sizes = ((1920, 1080), (800, 480)), ((1024, 768), (1920, 1080), (800, 480))
    assert [one.id for one in exercises if one.id not in listed and is_shortened(one, usual)] == []
    # Some letters are narrower than others and some lists wider, so a few texts fit although they are long.
    fit = [one.id for one in exercises if one.id in listed and not is_shortened(one, all_sizes)]
    assert len(fit) <= 0.15 * len(listed), fit


def test_twice_as_many_exercises_take_twice_as_long_to_load(tmp_path: Path) -> None:
    counts = []
    for number in (100, 200):
        folder = tmp_path / str(number)
        write([one._replace(figure=None) for one in collection(number)], folder)
        profile = Profile()
        profile.runcall(config.check, folder)
        counts.append(sum(entry.callcount for entry in profile.getstats()))
    assert counts[1] / counts[0] == pytest.approx(2.0, abs=0.3)


@ALL_SIZES
@pytest.mark.parametrize("sides", [Sides.NONE, Sides.EACH])
def test_the_longest_of_everything(size: tuple[int, int], sides: Sides) -> None:
    words = "Stand up straight and press the dumbbells over your head without arching your back, then breathe out "
    one = Exercise(
        id="longest",
        name=(words * 2)[:120],
        short=(words * 2)[:120],
        muscles=("Longissimus thoracis",) * 12,
        why=(words * 4,) * 3,
        how=(words * 4,) * 3,
        steps=(words * 5,) * 12,
        tip=(words * 4,) * 3,
        cues=(words * 2,) * 4,
        equipment=("A very long resistance band with handles",) * 12,
        sides=sides,
    )
    assert found_at(size, one, "as many as you can in that time") == []
    assert found_at(size, one._replace(figure="plank")) == []
    assert found_at(size, one._replace(steps=())) == []
