"""Exercises of large collections on every screen and at every size: texts are shortened, but never cut or overlap."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from kiosk.circuit import Exercise, Sides
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.timeline import Kind
from kiosk.view import Moment
from tests.collection import collection, timeline
from tests.screen_checks import context, faults
from tests.screen_samples import SIZES, at

COUNT, SAMPLE = 800, 30
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def screens(one: Exercise, amount: str = "") -> Iterator[tuple[str, Moment]]:
    """Yield a moment of every screen that shows the exercise."""
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
    sample = Random(7).sample(collection(COUNT), SAMPLE)
    assert [fault for one in sample for fault in found_at(size, one)] == []


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
