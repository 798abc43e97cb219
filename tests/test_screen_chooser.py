"""The chooser on the screen: the list around the circuit on show, what is said about it, and what the button does."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from kiosk import config
from kiosk.circuit import Amrap, Block, Circuit, ForTime, Lap, Round, Set, Stations, Task, Work
from kiosk.look import look
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.scenes import chooser
from kiosk.screen.widgets.circuits import MOVES_S, length
from kiosk.session import CHOOSER_S, Command, Rules, Session, step
from kiosk.timeline import Timeline
from kiosk.view import ChooserView, Hold, HoldAim, Moment
from kiosk.warm_up import screens
from tests.samples import circuit, exercise, work
from tests.screen_checks import TwoWalls, context, faults, icons, least_contrast
from tests.screen_samples import SIZES, realistic

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
WIDE, NARROW, TALL = (1920, 1080), (1024, 768), (1080, 1920)
WORKOUTS = tuple(Timeline.of(one) for one in config.load(Path(__file__).parent / "workouts").circuits)
LONG = (
    "Der wöchentliche Übungsparcours für sehr fortgeschrittene Läuferinnen",
    "W" * 60,
    "MMMMMMMM WWWWWWW MMMMMM",
)


def named(*names: str) -> tuple[Timeline, ...]:
    return tuple(Timeline.of(circuit(work(realistic(), 60), name=name)) for name in names)


def numbered(count: int) -> tuple[Timeline, ...]:
    return named(*(f"Day {number}" for number in range(1, count + 1)))


def of(*content: Work | Block | Stations | Amrap | ForTime, rounds: int = 1) -> Timeline:
    return Timeline.of(circuit(*content, rounds=rounds, get_ready_s=0, round_break_s=0))


def outermost(content: Block | Stations | Amrap | ForTime) -> Timeline:
    return Timeline.of(Circuit(id="c", name="Test", content=content))


def items(view: ChooserView, size: tuple[int, int] = WIDE, t_s: float = 5.0) -> list[Item]:
    return compose(Moment(view, t_s), context(size)).items


def texts(view: ChooserView, size: tuple[int, int] = WIDE, t_s: float = 5.0) -> list[str]:
    return [text.text for item in items(view, size, t_s) for text in item.texts]


def names_in_rows(view: ChooserView, size: tuple[int, int] = WIDE) -> list[str]:
    """Return the names "Day ..." in the list, from top to bottom."""
    found = [text for item in items(view, size) for text in item.texts if text.text.startswith("Day ")]
    return [text.text for text in sorted(found, key=lambda text: text.ink.top)]


def views() -> dict[str, ChooserView]:
    """Return the views that are hardest to fit, by name."""
    long = (*named(*LONG), *numbered(6))
    hold = Hold(HoldAim.CHOOSE, 36)
    made = {f"long {place}": ChooserView(long, place, 0, 20) for place in range(len(LONG))}
    made |= {f"workout {place}": ChooserView(WORKOUTS, place, 1, 7) for place in range(len(WORKOUTS))}
    made |= {f"{count} circuits": ChooserView(numbered(count), 1, 0, 20) for count in (2, 3, 5, 12, 60)}
    for pressed, keys in product((False, True), repeat=2):
        made[f"{pressed} {keys}"] = ChooserView(numbered(60), 59, 0, 20, pressed, None, keys)
        made[f"held {keys}"] = ChooserView(numbered(60), 59, 0, 20, True, hold, keys)
    return made


@ALL_SIZES
@pytest.mark.parametrize("name", views())
def test_every_text_fits(name: str, size: tuple[int, int]) -> None:
    assert faults(items(views()[name], size), context(size).layout, 0.048) == []


@pytest.mark.parametrize("size", [WIDE, NARROW, (800, 480), (480, 800)])
@pytest.mark.parametrize("name", ["workout 0", "True False", "held True", "held False"])
def test_every_text_can_be_read(name: str, size: tuple[int, int]) -> None:
    ratio, text = least_contrast(items(views()[name], size), context(size))
    assert ratio >= 7, text


@pytest.mark.parametrize(
    ("count", "place", "rows"),
    [
        (2, 0, [1, 2]),
        (2, 1, [2, 1]),
        (3, 0, [3, 1, 2]),
        (5, 0, [4, 5, 1, 2, 3]),
        (6, 0, [5, 6, 1, 2, 3, 4]),
        (12, 3, [2, 3, 4, 5, 6, 7]),
        (12, 11, [10, 11, 12, 1, 2, 3]),
        (60, 0, [59, 60, 1, 2, 3, 4]),
    ],
)
def test_each_circuit_has_one_row_around_the_one_on_show(count: int, place: int, rows: list[int]) -> None:
    view = ChooserView(numbered(count), place, 0, 20)
    assert names_in_rows(view) == [f"Day {number}" for number in rows]
    assert f"{place + 1} of {count}" in texts(view)


@pytest.mark.parametrize("size", [WIDE, NARROW, TALL])
def test_the_row_with_the_choice_never_moves(size: tuple[int, int]) -> None:
    places = set()
    for count, place in ((2, 0), (3, 2), (12, 7), (60, 59)):
        shown = items(ChooserView(numbered(count), place, 0, 20), size)
        (ink,) = (text.ink for item in shown for text in item.texts if text.text == f"Day {place + 1}")
        places.add((ink.left, ink.bottom))
    assert max(x for x, _ in places) - min(x for x, _ in places) <= 1
    assert len({bottom for _, bottom in places}) == 1


@pytest.mark.parametrize("count", [2, 3, 6, 12])
@pytest.mark.parametrize("moved", [1, -1])
def test_the_list_moves_by_a_row_in_120_ms(count: int, moved: int) -> None:
    view = ChooserView(numbered(count), 1, moved, 20)

    def height(t_s: float) -> float:
        shown = [text.ink for item in items(view, t_s=t_s) for text in item.texts if text.text == "Day 2"]
        return sum(ink.centery for ink in shown[:1])

    assert chooser.draw(view, 0.0, context(WIDE)).stays_s < 0.05
    there = height(MOVES_S)
    way = [moved * (height(t_s) - there) for t_s in (0.0, 0.03, 0.06, MOVES_S)]
    assert way == sorted(way, reverse=True)
    assert way[0] > 10, "the next circuit comes from below, the one before from above"
    assert height(10.0) == there == height_of_still(count)


def height_of_still(count: int) -> float:
    shown = items(ChooserView(numbered(count), 1, 0, 20))
    return next(float(text.ink.centery) for item in shown for text in item.texts if text.text == "Day 2")


class TestAbout:
    def test_exercises_and_rounds(self) -> None:
        assert chooser.about(of(*[work(exercise(), 60)] * 5, rounds=4)) == ("5 exercises", "60 s each, 4 rounds")
        assert chooser.about(of(work(exercise(), 60), work(exercise(), 30))) == ("2 exercises",)
        assert chooser.about(of(work(exercise(), 300))) == ("1 exercise", "5:00")

    def test_stations(self) -> None:
        turns = tuple((Task(exercise(str(number))),) for number in range(8))
        stations = outermost(Stations((Lap(turns, 40, 20),) * 3))
        assert chooser.about(stations) == ("8 stations", "40 s each, 3 rounds")

    def test_parts(self) -> None:
        parts = tuple(Block((Round((work(exercise(), 60),)),), name) for name in ("Warm-up", "Main"))
        assert chooser.about(outermost(Block((Round(parts),))))[0] == "2 parts"

    def test_work_against_the_clock(self) -> None:
        tasks = (Task(exercise("Swings"), "10"), Task(exercise("Squats")))
        assert " ".join(chooser.about(outermost(Amrap(tasks, 600)))) == "As many rounds as you can"
        assert chooser.about(outermost(ForTime(600, tasks))) == ("2 exercises", "As fast as you can")

    def test_the_length_is_what_is_known(self) -> None:
        tasks = (Task(exercise("Swings"), "10"),)
        assert length(of(work(exercise(), 60), rounds=20)) == "20 min"
        assert length(of(ForTime(600, tasks))) == "10 min"
        assert length(of(Work((Set(tasks, 3600, 120, open=True),) * 5))) == "8+ min"
        assert length(of(Work((Set(tasks, 3600, open=True),)))) == ""

    def test_without_a_figure_the_exercises_are_named(self) -> None:
        tasks = tuple(Task(exercise(f"Exercise {number}", figure=None), "12") for number in range(1, 31))
        shown = texts(ChooserView((outermost(ForTime(600, tasks)), *numbered(1)), 0, 0, 20))
        assert "12 Exercise 1" in shown
        named_ = sum(text.startswith("12 Exercise") for text in shown)
        assert f"and {30 - named_} more" in shown

    def test_it_names_the_equipment(self) -> None:
        assert {"You need", "Mat", "Stability ball"} <= set(texts(ChooserView(numbered(2), 0, 0, 20)))

    def test_the_figures_of_the_neighbours_are_ready(self) -> None:
        made = [of(work(realistic()._replace(figure=figure), 60)) for figure in ("here", "next", "far", "before")]
        ahead = chooser.figures_ahead(ChooserView(tuple(made), 0, 0, 20), context(WIDE))
        assert [one.name for one in ahead] == ["here", "next", "before", "here"]


class TestButton:
    def test_says_what_a_press_and_a_hold_do(self) -> None:
        wide = texts(ChooserView(numbered(3), 0, 0, 17))
        assert {"Press", "for the next", "Hold", "to choose", "Back in 17 s"} <= set(wide)
        assert not any(text.startswith("Back in") for text in texts(ChooserView(numbered(3), 0, 0, 17), NARROW))

    @pytest.mark.parametrize("size", [WIDE, NARROW, TALL])
    def test_says_that_there_are_buttons_for_skip_and_back(self, size: tuple[int, int]) -> None:
        view = ChooserView(numbered(3), 0, 0, 20, skip_and_back=True)
        assert "skip or back" in texts(view, size)
        assert (icons(items(view, size), "left"), icons(items(view, size), "right")) == (1, 1)
        assert icons(items(ChooserView(numbered(3), 0, 0, 20), size), "left") == 0

    @pytest.mark.parametrize("size", [WIDE, NARROW, TALL])
    def test_a_press_shows_at_once_and_then_as_a_hold(self, size: tuple[int, int]) -> None:
        up, down = (ChooserView(numbered(3), 0, 0, 20, pressed) for pressed in (False, True))
        held = ChooserView(numbered(3), 0, 0, 20, True, Hold(HoldAim.CHOOSE, 30))
        keys = [[item.key for item in items(view, size)] for view in (up, down, held)]
        assert keys[0] != keys[1] != keys[2] != keys[0]

    @pytest.mark.parametrize(("size", "whole"), [(NARROW, 0.925), (TALL, 0.900)])
    def test_on_a_narrow_or_tall_screen_a_line_runs_out(self, size: tuple[int, int], whole: float) -> None:
        def line(t_s: float, pressed: bool = False) -> int:
            shown = items(ChooserView(numbered(3), 0, 0, 20, pressed), size, t_s)
            (width,) = (item.rect.width for item in shown if str(item.key).startswith("('part of box'"))
            return width

        assert line(0.0) == line(9.0, pressed=True) == pytest.approx(whole * size[0], abs=2)
        assert line(CHOOSER_S / 2) == pytest.approx(line(0.0) / 2, abs=1)
        assert line(CHOOSER_S - 0.02) <= 2


def test_it_is_warmed_up_if_there_is_something_to_choose_from() -> None:
    for count in (1, 2):
        warmed = [moment.view for moment in screens(Session.start_screen(numbered(count), 0.0))]
        assert sum(isinstance(view, ChooserView) for view in warmed) == count - 1


@pytest.mark.parametrize("size", [(480, 270), (480, 360), (270, 480)], ids=["wide", "narrow", "tall"])
def test_small_repaints_equal_full_ones(size: tuple[int, int]) -> None:
    walls = TwoWalls(size)
    presses = [(0.2, Command.PRESS), (2.5, Command.RELEASE), (3.1, Command.PRESS), (3.2, Command.RELEASE)]
    presses += [(3.3, Command.SKIP), (3.5, Command.BACK), (5.0, Command.BACK), (6.0, Command.PRESS)]
    session = Session.start_screen(WORKOUTS, 1000.0, Rules(skip_and_back=size[1] == 270))
    for frame in range(260):
        now_s = 1000.0 + frame * 0.034
        while presses and presses[0][0] + 1000.0 <= now_s:
            at_s, command = presses.pop(0)
            session = step(session, 1000.0 + at_s, command).session
        session = step(session, now_s).session
        walls.draw(look(session), now_s)
    assert not presses
