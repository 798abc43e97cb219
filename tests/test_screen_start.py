"""The start screen's tour, and the dimmed start screen."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from kiosk.circuit import Circuit, Exercise, Work
from kiosk.screen.compositor import compose
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import SizedFigure
from kiosk.screen.scenes import dim, scene_of, start
from kiosk.screen.widgets.paragraphs import set_paragraphs, wrap
from kiosk.timeline import Timeline
from kiosk.view import DIM_CLOCK_PLACES, DimView, IntervalView, Moment, StartView
from tests.samples import rounds_of, work
from tests.screen_checks import context, faults, key, least_contrast, painted, pixels
from tests.screen_samples import SIZES, at, circuits, longest, realistic

CIRCUITS = circuits()
STRAINED = [
    pytest.param(size, name, card, id=f"{size[0]}x{size[1]}-{name}-{'card' if card else 'list'}")
    for size in SIZES
    for name in CIRCUITS
    for card in (False, True)
]


@lru_cache(maxsize=len(CIRCUITS))
def total_s(circuit: Circuit) -> float:
    return Timeline.of(circuit).total_s


def view(circuit: Circuit, *, place: int = 0, card: bool = False, several: bool = False) -> StartView:
    return StartView(circuit, total_s(circuit), 3 if several else 1, place, card, "18:42")


def of(*entries: Work, rounds: int = 3) -> Circuit:
    """Return the real circuit with other entries."""
    return replace(CIRCUITS["real"], content=rounds_of(*entries, rounds=rounds, break_s=40))


def drawn(shown: StartView, t_s: float, desk: Context) -> list[Item]:
    return compose(Moment(shown, t_s), desk).items


def texts(shown: StartView, size: tuple[int, int] = (1280, 720)) -> list[str]:
    return [text.text for item in drawn(shown, 0.0, context(size)) for text in item.texts]


@pytest.mark.parametrize(("size", "name", "card"), STRAINED)
def test_nothing_overflows_or_overlaps(size: tuple[int, int], name: str, card: bool) -> None:
    circuit = CIRCUITS[name]
    for several in (False, True):
        for place in {1 % len(circuit.exercises), len(circuit.exercises) - 1}:
            shown = view(circuit, place=place, card=card, several=several)
            assert faults(drawn(shown, 1.0, context(size)), context(size).layout) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("count", [1, 2, 8, 9, 30])
def test_the_list_has_room_for_any_number_of_exercises(count: int, size: tuple[int, int]) -> None:
    circuit = of(*[work(realistic(), 60)] * count)
    for place in {0, count // 2, count - 1}:
        shown = view(circuit, place=place)
        assert faults(drawn(shown, 0.0, context(size)), context(size).layout) == []
        assert str(place + 1) in texts(shown, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("count", [10, 14, 18, 20])
def test_names_on_two_lines_stay_in_their_rows(count: int, size: tuple[int, int]) -> None:
    swings = Exercise("", "Kettlebell swings", "Kettlebell swings")
    shown = view(of(*[work(swings, 60)] * count))
    assert faults(drawn(shown, 0.0, context(size)), context(size).layout) == []


@pytest.mark.parametrize("card", [False, True])
def test_all_can_be_read(card: bool) -> None:
    for name in ("real", "longest"):
        contrast, text = least_contrast(
            drawn(view(CIRCUITS[name], card=card), 0.0, context((1280, 720))), context((1280, 720))
        )
        assert contrast >= 7, text


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("figure", ["longest", None])
def test_the_form_card_has_every_word_of_the_exercise(size: tuple[int, int], figure: str | None) -> None:
    exercise = longest("Lie on your right side and put your elbow under the shoulder, then lift.", figure=figure)
    shown = texts(view(of(work(exercise, 60)), card=True), size)
    joined = " ".join(shown)
    assert [step for step in exercise.steps if " ".join(step.split()) not in joined] == []
    for number in range(1, 7):
        assert str(number) in shown
    for lines in (exercise.why, exercise.tip):
        assert " ".join(" ".join(lines).split()) in joined
    assert exercise.muscles[0].strip() in joined


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_even_the_longest_steps_are_legible_from_2_metres(size: tuple[int, int]) -> None:
    exercise = longest("Lie on your right side and put your elbow under the shoulder, then lift.")
    items = drawn(view(of(work(exercise, 60)), card=True), 0.0, context(size))
    numbers = [text.ink for item in items for text in item.texts if text.text == "6"]
    assert numbers[0].height >= 0.0235 * size[1]


def test_the_meta_line_says_what_one_is_in_for() -> None:
    plank = realistic()
    same = of(work(plank, 60, 10), work(plank, 60, 10))
    assert start.about(same, 1130.0) == (
        "2 exercises  ·  60 s each  ·  3 rounds  ·  19 min",
        "2 exercises  ·  3 rounds  ·  19 min",
    )
    differing = of(work(plank, 60), work(plank, 45), rounds=1)
    assert start.about(differing, 59.6)[0] == "2 exercises  ·  1 round  ·  1 min"
    alone = of(work(plank, 150))
    assert start.about(alone, 3600.0)[0] == "1 exercise  ·  2:30 min  ·  3 rounds  ·  60 min"


@pytest.mark.parametrize("work_s", [45.0, 590.0, 599.5, 600.0, 620.0, 629.9, 660.0, 3599.0])
def test_the_minutes_do_not_change_when_it_begins(work_s: float) -> None:
    made = replace(of(work(realistic(), work_s), rounds=1), get_ready_s=0.0)
    running = at(Timeline.of(made), 0.0).view
    assert isinstance(running, IntervalView)
    assert start.about(made, Timeline.of(made).total_s)[0].endswith(f"  ·  {running.minutes_left} min")


@pytest.mark.parametrize(
    ("work_s", "words"),
    [(7.5, "7.5 s"), (60, "60 s"), (99, "99 s"), (120, "2 min"), (150, "2:30 min"), (3600, "60 min")],
)
def test_how_long_each_exercise_is(work_s: float, words: str) -> None:
    made = of(*[work(realistic(), work_s)] * 2)
    assert f"  ·  {words} each  ·  " in start.about(made, 7200.0)[0]


def test_what_one_needs_is_said_once_also_beside_the_hint_to_the_chooser() -> None:
    needs = "You need: mat + ball"
    circuit = of(work(realistic()._replace(equipment=("mat", "ball")), 60))
    assert texts(view(circuit)).count(needs) == 1
    several = texts(view(circuit, several=True))
    assert several.count(needs) == 1
    assert "Hold to choose a workout" in several
    assert "Hold to choose a workout" not in texts(view(circuit))


def test_an_exercise_without_a_figure_shows_its_steps_in_the_list_too() -> None:
    exercise = realistic()._replace(figure=None)
    shown = texts(view(of(work(exercise, 60))))
    assert exercise.steps[0] in shown


def test_a_start_screen_without_the_time_of_day_shows_none() -> None:
    shown = texts(replace(view(CIRCUITS["real"]), clock=None))
    assert not [text for text in shown if ":" in text and text[:1].isdigit()]


def test_the_same_moment_has_the_same_pixels() -> None:
    for card in (False, True):
        shown = view(CIRCUITS["longest"], card=card)
        first, second = (painted(drawn(shown, 2.5, context((800, 480))), context((800, 480))) for _ in range(2))
        assert pixels(first) == pixels(second)


def test_the_tour_says_ahead_which_pictures_it_needs() -> None:
    shown = view(CIRCUITS["real"])
    scene = scene_of(shown)
    desk = context((1280, 720))
    for card in (False, True):
        listed = replace(shown, card=card)
        names = [key(item)[1] for item in drawn(listed, 0.0, desk) if str(key(item)[0]) == "figure"]
        assert SizedFigure(names[0][0], names[0][2]) == scene.figures_ahead(listed, desk)[0]


def test_list_and_card_of_each_exercise_are_screens_of_their_own() -> None:
    names = {start.screen(view(CIRCUITS["real"], place=place, card=card)) for place in (0, 1) for card in (False, True)}
    assert len(names) == 4


# --- dimmed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("clock", ["20:08", "1:11", None])
def test_the_dimmed_clock_jumps_and_stays_within_the_margins(clock: str | None, size: tuple[int, int]) -> None:
    frames = [dim.draw(DimView(clock, place), 0.0, context(size)).items for place in range(DIM_CLOCK_PLACES)]
    assert [fault for items in frames for fault in faults(items, context(size).layout)] == []
    rects = [items[-1].rect for items in frames]
    assert len({tuple(rect) for rect in rects}) == DIM_CLOCK_PLACES


def test_the_dimmed_screen_is_dim_but_can_be_read() -> None:
    desk = context((1280, 720))
    items = dim.draw(DimView("20:08", 0), 0.0, desk).items
    assert least_contrast(items, desk)[0] >= 7
    surface = painted(items, desk)
    assert max(max(surface.get_at((x, y))[:3]) for x in range(0, 1280, 2) for y in range(0, 720, 2)) < 200


def test_without_the_time_of_day_the_dimmed_screen_says_how_to_wake_it() -> None:
    items = dim.draw(DimView(None, 3), 0.0, context((1280, 720))).items
    assert [text.text for item in items for text in item.texts] == ["Press the button to wake"]


# --- broken lines -----------------------------------------------------------------------------------------------------


def test_even_lines_are_no_more_lines_and_none_is_a_word_alone() -> None:
    desk = context((1920, 1080))
    words = "Point your forearm forward, square to your body."
    assert wrap(desk, words, 0.030, 0.86) == ("Point your forearm forward, square to your", "body.")
    assert wrap(desk, words, 0.030, 0.86, even=True) == ("Point your forearm forward,", "square to your body.")


def test_a_path_breaks_between_its_words() -> None:
    lines = wrap(context((1920, 1080)), "/etc/kiosk/circuits/back-and-core-for-runners.yaml", 0.042, 0.80)
    assert "".join(lines) == "/etc/kiosk/circuits/back-and-core-for-runners.yaml"
    assert lines[0].endswith(("/", "-"))


def test_what_is_too_long_at_the_least_size_is_cut_with_a_sign() -> None:
    desk = context((1280, 720))
    setting = set_paragraphs(desk, ("word " * 200, "more"), 0.5, 0.3, most=0.04, least=0.03)
    assert setting.cap == 0.03
    assert setting.height <= 0.3
    assert setting.paragraphs[-1][-1].endswith(" …")


@pytest.mark.parametrize("name", ["Strength for runners", "Kräftigung für Läuferinnen", "Sprünge und Übungen zu zweit"])
@pytest.mark.parametrize("size", [(1080, 1920), (768, 1024), (480, 800)])
def test_two_lines_of_a_name_do_not_touch(name: str, size: tuple[int, int]) -> None:
    items = drawn(view(replace(CIRCUITS["real"], name=name)), 0.0, context(size))
    assert faults(items, context(size).layout) == []
