"""Exercises with only some of the fields, or with no more than a name: the rest takes the places of what is missing."""

from __future__ import annotations

import os
from itertools import product
from typing import Any

import pygame
import pytest
from pygame import Surface

from kiosk.circuit import Circuit, EasierOption, Exercise, Sides
from kiosk.look import look
from kiosk.moments import State, moment_at
from kiosk.screen.compositor import Compositor, compose, picture
from kiosk.screen.display_list import TextBox
from kiosk.session import Command, Session, step
from kiosk.timeline import Kind, Timeline
from kiosk.view import Moment
from tests.samples import rounds_of, work
from tests.screen_checks import context, faults, least_contrast
from tests.screen_samples import SIZES, Blocks, at, counting_in, moments
from tests.test_golden import GOLDEN, PORTRAIT, TOLERANCE, means
from tests.test_golden import SIZE as GOLDEN_SIZE

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
FIELDS: dict[str, dict[str, Any]] = {
    "figure": {"figure": "plank"},
    "steps": {"steps": ("Stand on one leg.", "Lean forward with a straight back until you feel it.", "Come back up.")},
    "why": {"why": ("Strong hips keep your knees straight",), "tip": ("Is it too hard?", "Hold on to a wall")},
    "how": {"how": ("Soft knee, flat back",), "cues": ("Flat back",)},
    "muscles": {"muscles": ("Hamstrings", "Glutes")},
    "equipment": {"equipment": ("dumbbell",)},
    "sides": {"sides": Sides.EACH, "easier": EasierOption(10, 5)},
}
SOME = [kept for kept in product((False, True), repeat=len(FIELDS)) if sum(kept) in (0, 1, 2, 3)]


def exercise(name: str = "Single-leg deadlift", *fields: str) -> Exercise:
    changes = {key: value for field in fields for key, value in FIELDS[field].items()}
    return Exercise(id="plain", name=name, short=name, **changes)


def timeline(one: Exercise, amount: str = "") -> Timeline:
    content = rounds_of(work(one, 60, 20, 5, amount), work(one, 30, 20, 5), rounds=2, break_s=60.0)
    return Timeline.of(Circuit(id="c", name="Strength for runners", content=content, get_ready_s=10))


def texts(moment: Moment, size: tuple[int, int] = (1280, 720)) -> list[TextBox]:
    return [text for item in compose(moment, context(size)).items for text in item.texts]


def words(moment: Moment) -> list[str]:
    return [text.text for text in texts(moment)]


def working(one: Exercise, amount: str = "") -> Moment:
    return at(timeline(one, amount), 40.0)


def start_screens(line: Timeline) -> dict[str, Moment]:
    return {state: moment_at([line], 0, 1.0, state, "18:42") for state in (State.IDLE, State.CARD)}


@ALL_SIZES
def test_nothing_is_cut_or_overlaps_whatever_is_missing(size: tuple[int, int]) -> None:
    found = []
    for kept in SOME:
        fields = [field for field, there in zip(FIELDS, kept, strict=True) if there]
        one = exercise("Single-leg deadlift", *fields)
        line = timeline(one)
        screens = {f"at {at_s}": at(line, at_s) for at_s in (2.0, 12.0, 40.0, 72.0, 76.0)} | start_screens(line)
        for name, moment in screens.items():
            items = compose(moment, context(size)).items
            found += [f"{fields} {name}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


@ALL_SIZES
@pytest.mark.parametrize(
    "name",
    ["Plank", "Single-leg deadlift", "Alternating dumbbell bench press with a neutral grip and a pause", "W" * 70],
)
def test_a_name_alone_fits_in_every_state(name: str, size: tuple[int, int]) -> None:
    found = []
    content = timeline(exercise(name, "sides"), "40 m").circuit
    for moment_name, moment in moments(content).items():
        items = compose(moment, context(size)).items
        found += [f"{moment_name}: {fault}" for fault in faults(items, context(size).layout)]
    assert found == []


def test_the_name_is_the_picture_and_the_title_says_which_circuit() -> None:
    shown = {text.text: text for text in texts(working(exercise()))}
    assert {"Strength for runners", "Single-leg", "deadlift"} <= set(shown)
    assert shown["deadlift"].ink.height > 2 * shown["Strength for runners"].ink.height


def test_an_amount_stands_above_the_name() -> None:
    shown = {text.text: text for text in texts(working(exercise(), "40 m"))}
    assert shown["40 m"].ink.bottom < shown["Single-leg"].ink.top


def test_the_name_has_the_same_size_with_a_cue_below_it() -> None:
    line = timeline(exercise())
    going, going_on = (
        {text.text: text.ink for text in texts(one)} for one in (at(line, 40.0), counting_in(line, 40.0))
    )
    assert going["deadlift"].size == going_on["deadlift"].size
    assert going["deadlift"].top > going_on["deadlift"].top, "without a cue it is in the middle of a higher box"


def test_the_order_is_figure_then_steps_then_name() -> None:
    assert "deadlift" in words(working(exercise()))
    assert "Stand on one leg." in words(working(exercise("Single-leg deadlift", "steps")))
    with_figure = working(exercise("Single-leg deadlift", "steps", "figure"))
    assert not {"deadlift", "Stand on one leg."} & set(words(with_figure))
    assert any("figure" in str(item.key) for item in compose(with_figure, context((1280, 720))).items)


@pytest.mark.parametrize("fields", [(), ("muscles",), ("equipment",), ("how",)])
def test_there_is_no_form_card_without_anything_to_put_on_it(fields: tuple[str, ...]) -> None:
    line = timeline(exercise("Single-leg deadlift", *fields))
    assert "Strength for runners" in words(moment_at([line], 0, 9.0, State.IDLE, "18:42"))


def test_steps_without_anything_beside_them_have_the_whole_width() -> None:
    alone, beside = (
        {text.text: text for text in texts(start_screens(timeline(exercise("Plank", *fields)))[State.CARD])}
        for fields in (("steps",), ("steps", "why"))
    )
    assert alone["Stand on one leg."].ink.left < beside["Stand on one leg."].ink.left


def test_the_ring_takes_the_place_of_missing_muscles_and_equipment() -> None:
    def seconds_high(*fields: str) -> int:
        shown = texts(at(timeline(exercise("Plank", *fields)), 72.0))
        return next(text.ink.height for text in shown if text.text == "1")

    assert seconds_high() > seconds_high("muscles")


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_text_has_a_contrast_of_7_to_1(size: tuple[int, int]) -> None:
    for moment in (working(exercise(), "40 m"), at(timeline(exercise()), 2.0), at(timeline(exercise()), 76.0)):
        contrast, where = least_contrast(compose(moment, context(size)).items, context(size))
        assert contrast >= 7.0, where


def test_small_repaints_equal_full_ones() -> None:
    line = timeline(exercise("Single-leg deadlift", "sides"), "40 m")
    small, full = (Compositor(Surface((480, 270), 0, 32), Blocks()) for _ in range(2))
    session = step(Session.start_screen((line,), 0.0), 0.0, Command.PRESS).session
    session = step(session, 0.1, Command.RELEASE).session
    turn_s = next(one.start_s for one in line.intervals if one.kind is Kind.SWITCH)
    for part in range(160):
        session = step(session, turn_s - 8.0 + part * 0.093).session
        if part in (100, 130):
            session = step(session, session.now_s, Command.PRESS).session
        if part in (128, 132):
            session = step(session, session.now_s, Command.RELEASE).session
        for wall in (small, full):
            full.repaint_all = True
            wall.draw(look(session), session.now_s)
        before, after = (pygame.image.tobytes(wall.surface, "RGB") for wall in (small, full))
        assert before == after, part


@pytest.mark.parametrize(
    ("name", "fields", "size"),
    [("name-only", (), GOLDEN_SIZE), ("steps-only", ("steps",), GOLDEN_SIZE), ("portrait-name-only", (), PORTRAIT)],
)
def test_looks_as_it_did(name: str, fields: tuple[str, ...], size: tuple[int, int]) -> None:
    computed = picture(working(exercise("Single-leg deadlift", *fields)), size, Blocks())
    path = GOLDEN / f"{name}.png"
    if "KIOSK_NEW_GOLDEN" in os.environ:
        pygame.image.save(computed, path)
    expected = pygame.image.load(path)
    assert max(abs(a - b) for a, b in zip(means(expected), means(computed), strict=True)) <= TOLERANCE
