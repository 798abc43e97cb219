"""Workouts of every kind on the screens there are: nothing overlaps, nothing is cut, and a press is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import config
from kiosk.look import look
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import compose
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from kiosk.warm_up import screens
from tests.screen_checks import context, faults

TIMELINES = [Timeline.of(circuit) for circuit in config.load(Path(__file__).parent / "workouts").circuits]
SIZES = ((1280, 720), (800, 480), (1024, 768), (1080, 1920), (480, 800))
ALL = pytest.mark.parametrize("timeline", TIMELINES, ids=lambda one: one.circuit.id)
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def moments(timeline: Timeline) -> dict[tuple[object, ...], float]:
    """Return a time in each interval that looks different."""
    found: dict[tuple[object, ...], float] = {}
    for one in timeline.intervals:
        key = (one.kind, one.exercise.name, one.side, one.mode)
        for part in (0.01, 0.5, 0.99):
            found.setdefault((*key, part), one.start_s + part * one.duration_s)
    return found


def words(timeline: Timeline, at_s: float, state: State = State.RUNNING) -> list[str]:
    items = compose(moment_at([timeline], 0, at_s, state, "18:42"), context((1280, 720))).items
    return [text.text for item in items for text in item.texts]


@ALL
@ALL_SIZES
def test_nothing_overflows_or_overlaps(timeline: Timeline, size: tuple[int, int]) -> None:
    found = []
    for name, at_s in moments(timeline).items():
        for state in (State.RUNNING, State.PAUSED, State.HELD, State.COUNT_IN):
            items = compose(moment_at([timeline], 0, at_s, state, "18:42"), context(size)).items
            found += [f"{name} {state}: {fault}" for fault in faults(items, context(size).layout)]
    for state in (State.IDLE, State.CARD, State.FINISHED, *([State.BRIEFING] if timeline.briefed else [])):
        items = compose(moment_at([timeline], 0, 1.0, state, "18:42"), context(size)).items
        found += [f"{state}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@pytest.mark.parametrize("size", [*SIZES, (768, 1024)])
@pytest.mark.parametrize("at_s", [0.5, 1.5])
def test_the_briefing_has_room_for_the_hint_on_a_hold(at_s: float, size: tuple[int, int]) -> None:
    (timeline,) = (one for one in TIMELINES if one.circuit.id == "stations")
    session = step(Session.start_screen((timeline, timeline), 0.0), 0.0, Command.PRESS).session
    items = compose(look(step(session, at_s).session), context(size)).items
    assert "to choose a workout" in [text.text for item in items for text in item.texts]
    assert faults(items, context(size).layout) == []


@ALL
def test_all_screens_can_be_warmed_up(timeline: Timeline) -> None:
    for moment in screens(Session.start_screen((timeline,), 0.0)):
        compose(moment, context((1280, 720)))


def test_the_wall_says_what_a_press_means() -> None:
    by_name = {timeline.circuit.id: timeline for timeline in TIMELINES}
    assert {"Press after", "each round", "0", "rounds"} <= set(words(by_name["amrap"], 20.0))
    assert {"Press when", "all is done", "Cap 15:00"} <= set(words(by_name["for-time"], 20.0))
    assert {"Press when", "done", "8"} <= set(words(by_name["class"], 380.0))
    assert "to pause" in words(by_name["class"], 380.0, State.HELD)
    assert "15" in words(by_name["emom"], 20.0), "the amount, before the name"
