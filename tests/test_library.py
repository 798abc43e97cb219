"""The exercises that come with the program: each form card is complete, and large enough to read from the floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from kiosk import config
from kiosk.circuit import Exercise

SHIPPED = config.shipped("config")
CARDS = sorted((SHIPPED / "exercises").glob("*.yaml"))
ALL_CARDS = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)

KEYS = (
    *("name", "short", "muscles", "why", "how", "steps", "tip", "cues"),
    *("equipment", "sides", "first_side", "easier", "figure"),
)
"""The keys of a card in their order, which is the same in all."""
OPTIONAL = {"short", "equipment", "first_side", "easier"}
NAME, SHORT, LINE, STEP, CUE = 32, 16, 34, 76, 27
"""Numbers of characters that are large on the wall."""
MUSCLES = {
    *("Abs", "Biceps", "Calves", "Chest", "Forearms", "Glutes", "Hamstrings", "Hip flexors", "Hips", "Inner thighs"),
    *("Lats", "Lower back", "Obliques", "Quads", "Shoulders", "Triceps", "Upper back"),
}
EQUIPMENT = {
    *("ball", "bench", "box", "chair", "dumbbells", "kettlebell", "mat", "medicine ball", "pull-up bar", "wall"),
}


@pytest.fixture(scope="module")
def exercises() -> Mapping[str, Exercise]:
    return config.load(SHIPPED).exercises


def written(card: Path) -> dict[str, object]:
    content = yaml.safe_load(card.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def test_nothing_is_shortened_on_the_wall() -> None:
    _, warnings = config.check(SHIPPED)
    assert [str(one) for one in warnings] == []


@ALL_CARDS
def test_every_key_is_there_and_in_order(card: Path) -> None:
    keys = list(written(card))
    assert set(KEYS) - OPTIONAL <= set(keys)
    assert keys == sorted(keys, key=KEYS.index)
    assert ("first_side" in keys) == (written(card)["sides"] == "each")


@ALL_CARDS
def test_the_texts_are_large(card: Path, exercises: Mapping[str, Exercise]) -> None:
    one = exercises[card.stem]
    assert len(one.name) <= NAME
    assert len(one.short) <= SHORT
    assert [line for line in (*one.why, *one.how, *one.tip) if len(line) > LINE] == []
    assert [cue for cue in one.cues if len(cue) > CUE] == []
    assert [step for step in one.steps if len(step) > STEP] == []
    assert len(one.why) == len(one.how) == len(one.tip) == 2
    assert 4 <= len(one.steps) <= 6
    assert 2 <= len(one.cues) <= 6


@ALL_CARDS
def test_a_thing_has_the_same_word_everywhere(card: Path, exercises: Mapping[str, Exercise]) -> None:
    one = exercises[card.stem]
    assert one.muscles
    assert set(one.muscles) <= MUSCLES
    assert set(one.equipment) <= EQUIPMENT


def test_no_two_cards_say_the_same(exercises: Mapping[str, Exercise]) -> None:
    texts = Counter(text for one in exercises.values() for text in ((one.short,), one.why, one.how, one.tip))
    assert [text for text, count in texts.items() if count > 1] == []
