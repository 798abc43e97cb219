"""Equipment and muscles on the wall. Those that do not fit shrink, wrap or are counted; none is left out silently."""

from __future__ import annotations

import re

import pytest

from kiosk.circuit import Circuit
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.scenes import scene_of
from kiosk.timeline import Kind, Timeline
from kiosk.view import IntervalView, Line, Moment, StartView
from tests.samples import circuit, exercise, work
from tests.screen_checks import context, faults
from tests.screen_samples import at

SIZES = ((1920, 1080), (1280, 720), (1024, 768), (800, 480))
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
FIVE = ("dumbbell", "barbell", "box", "mat", "band")
SEVERAL = (("dumbbell", "mat", "band"), ("dumbbell", "mat", "band", "kettlebell"))
MUSCLES = ("Obliques", "Quads", "Shoulders", "Forearms", "Hamstrings", "Lower back")


def needing(*equipment: tuple[str, ...], break_s: float = 40) -> Circuit:
    """Return a circuit with one exercise for each of these tuples of equipment."""
    entries = (
        work(exercise(f"Exercise {number}", equipment=things, muscles=MUSCLES), 30, 20)
        for number, things in enumerate(equipment, 1)
    )
    return circuit(*entries, get_ready_s=10, round_break_s=break_s)


def words(items: list[Item]) -> list[str]:
    return [text.text for item in items for text in item.texts]


def frame(moment: Moment, size: tuple[int, int]) -> list[Item]:
    items = compose(moment, context(size)).items
    assert faults(items, context(size).layout) == []
    return items


def start(made: Circuit, size: tuple[int, int], *, circuits: int = 1, card: bool = False) -> str:
    view = StartView(made, Timeline.of(made).total_s, circuits, 0, card, "18:42")
    return " ".join(words(frame(Moment(view, 0.0), size)))


def during(made: Circuit, kind: Kind, after_s: float, size: tuple[int, int]) -> list[str]:
    """Return the texts on the wall, `after_s` after the first interval of this kind began."""
    timeline = Timeline.of(made)
    begins_s = next(one.start_s for one in timeline.intervals if one.kind is kind)
    return words(frame(at(timeline, begins_s + after_s), size))


class TestStartScreen:
    @ALL_SIZES
    @pytest.mark.parametrize("circuits", [1, 3])
    def test_says_all_that_a_circuit_needs(self, circuits: int, size: tuple[int, int]) -> None:
        shown = start(needing(*((thing,) for thing in FIVE)), size, circuits=circuits)
        assert shown.count("You need: dumbbell + barbell + box + mat + band") == 1
        assert "5 exercises" in shown

    @ALL_SIZES
    def test_says_how_long_each_exercise_is_beside_what_one_needs(self, size: tuple[int, int]) -> None:
        shown = start(needing(FIVE[:1], FIVE[1:3]), size, circuits=3)
        assert "2 exercises  ·  30 s each  ·  2 rounds  ·  4 min" in shown
        assert "You need: dumbbell + barbell + box" in shown

    @ALL_SIZES
    @pytest.mark.parametrize("count", [1, 2, 5, 12, 40])
    def test_says_how_many_more_things_there_are(self, count: int, size: tuple[int, int]) -> None:
        things = tuple(f"Thing number {one}"[:12] + str(one) for one in range(count))
        shown = start(needing(*((thing,) for thing in things)), size)
        more = re.search(r"\+ (\d+) more", shown)
        named = sum(f": {thing}" in shown or f"+ {thing}" in shown for thing in things)
        assert named + (int(more[1]) if more else 0) == count
        assert (more is None) is (count <= 5)

    @ALL_SIZES
    def test_says_how_to_get_to_the_other_circuits(self, size: tuple[int, int]) -> None:
        assert "Hold to choose" in start(needing(FIVE[:1]), size, circuits=2)

    @ALL_SIZES
    def test_the_form_card_names_all_muscles(self, size: tuple[int, int]) -> None:
        shown = start(needing(FIVE[:1]), size, card=True)
        assert [muscle for muscle in MUSCLES if muscle not in shown] == []


class TestRests:
    @ALL_SIZES
    def test_get_ready_names_all_that_the_circuit_needs(self, size: tuple[int, int]) -> None:
        shown = during(needing(*((thing,) for thing in FIVE)), Kind.GET_READY, 1.0, size)
        assert [thing for thing in FIVE if thing.capitalize() not in shown] == []

    @ALL_SIZES
    def test_get_ready_names_what_comes_first_and_counts_the_rest(self, size: tuple[int, int]) -> None:
        things = [tuple(f"Thing {number}{letter}" for letter in "abcd") for number in range(8)]
        shown = during(needing(*things), Kind.GET_READY, 1.0, size)
        assert [thing for thing in things[0] if thing not in shown] == []
        named = sum(thing in shown for four in things for thing in four)
        assert f"+{32 - named}" in shown or "You need first" in shown

    @ALL_SIZES
    @pytest.mark.parametrize("things", SEVERAL, ids=len)
    def test_what_an_exercise_needs_is_named_in_the_rest_before_it(
        self, things: tuple[str, ...], size: tuple[int, int]
    ) -> None:
        first, later = needing(things, ("box",)), needing(("box",), things)
        for made, kind, after_s in (
            (first, Kind.GET_READY, 1.0),
            (later, Kind.CHANGEOVER, 1.0),
            (first, Kind.ROUND_BREAK, 26.0),
        ):
            shown = during(made, kind, after_s, size)
            assert [thing for thing in things if thing.capitalize() not in shown] == [], kind
        assert f"You need: {' + '.join(things)}" in during(first, Kind.ROUND_BREAK, 1.0, size)

    @ALL_SIZES
    def test_muscles_without_room_are_counted(self, size: tuple[int, int]) -> None:
        made = needing(("box",), ("mat",))
        shown = during(made, Kind.CHANGEOVER, 6.0, size)
        assert "Works" in shown
        named = sum(muscle in shown for muscle in MUSCLES)
        assert 1 <= named < 6
        assert f"+{6 - named}" in shown

    def test_an_exercise_that_needs_nothing_shows_what_it_works(self) -> None:
        shown = during(needing(("box",), ()), Kind.CHANGEOVER, 1.0, (1280, 720))
        assert "Works" in shown
        assert "You need" not in shown

    @pytest.mark.parametrize("break_s", [7, 10, 20, 25, 30, 40, 41.5])
    def test_the_preview_in_a_break_begins_with_what_one_needs(self, break_s: float) -> None:
        timeline = Timeline.of(needing(FIVE[:1], break_s=break_s))
        rest = next(one for one in timeline.intervals if one.kind is Kind.ROUND_BREAK)
        views = [at(timeline, rest.start_s + tenth / 10).view for tenth in range(int(break_s * 10))]
        first = next(view for view in views if isinstance(view, IntervalView) and view.previews)
        assert first.line is Line.HOW
        assert scene_of(first) is not scene_of(views[0])


@ALL_SIZES
@pytest.mark.parametrize("letter", ["i", "m", "W"])
def test_even_the_widest_names_stay_in_their_room(letter: str, size: tuple[int, int]) -> None:
    things = tuple(number + letter * 11 for number in "1234")
    widest = exercise(equipment=things, muscles=tuple(number + letter * 11 for number in "123456"))
    made = circuit(*[work(widest, 30, 20)] * 2, round_break_s=40)
    start(made, size)
    start(made, size, card=True)
    for kind in (Kind.GET_READY, Kind.CHANGEOVER, Kind.ROUND_BREAK):
        for after_s in (1.0, 6.0):
            during(made, kind, after_s, size)
