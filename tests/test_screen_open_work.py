"""Open work on the wall: the amount or the clock, what a press means, and the answer to it."""

from __future__ import annotations

import pytest

from kiosk.circuit import Circuit, Exercise, Set, Sides, Task, Work
from kiosk.look import look
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.widgets.amount import number_and_unit
from kiosk.screen.widgets.press import press_bar_area
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise, rounds_of, work
from tests.screen_checks import TwoWalls, context, contrast, faults, painted, rgb
from tests.screen_samples import SIZES

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
AMOUNTS = ("", "12", "500 m", "15 to 24", "10 each side", "max", "WWWWWWWWWWWWWW", "88 WWWWWWWWWWW")
READY_S, CAP_S = 10.0, 120.0


def open_circuit(done: Exercise, amount: str, sets: int = 1, rest_s: float = 60.0) -> Circuit:
    entry = Work((Set((Task(done, amount),), CAP_S, rest_s, 5.0, open=True),) * sets)
    return Circuit(id="open", name="Open", content=rounds_of(entry), get_ready_s=READY_S)


def session_at(one: Circuit, at_s: float) -> Session:
    session = step(Session.start_screen((Timeline.of(one),), 0.0), 0.0, Command.PRESS).session
    return step(step(session, 0.0, Command.RELEASE).session, at_s).session


def items_of(session: Session, size: tuple[int, int] = (1280, 720)) -> list[Item]:
    return compose(look(session), context(size)).items


def words(session: Session, size: tuple[int, int] = (1280, 720)) -> list[str]:
    return [text.text for item in items_of(session, size) for text in item.texts]


@ALL_SIZES
@pytest.mark.parametrize("sides", [Sides.NONE, Sides.EACH])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_everything_fits(amount: str, sides: Sides, size: tuple[int, int]) -> None:
    one = open_circuit(exercise(sides=sides, figure="plank"), amount, sets=3)
    found = []
    for at_s in (READY_S + 2.0, READY_S + CAP_S - 1.5):
        session = session_at(one, at_s)
        for moment in (session, step(session, at_s, Command.PRESS).session):
            found += faults(items_of(moment, size), context(size).layout, 0.048)
    assert found == []


@pytest.mark.parametrize("size", [(800, 480), (1024, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("at_s", [2.0, CAP_S - 1.5], ids=["open", "last seconds"])
@pytest.mark.parametrize("pressed", [False, True], ids=["waiting", "pressed"])
def test_everything_can_be_read(at_s: float, pressed: bool, size: tuple[int, int]) -> None:
    session = session_at(open_circuit(exercise(sides=Sides.EACH), "12"), READY_S + at_s)
    if pressed:
        session = step(session, session.now_s, Command.PRESS).session
    items, desk = items_of(session, size), context(size)
    surface = painted(items, desk)
    # The background of a clock's digits cannot be measured, because their neighbours are in it.
    texts = [text for item in items for text in item.texts if len(text.text) > 1]
    assert {text.text: ratio for text in texts if (ratio := contrast(surface, text.ink)) < 7.0} == {}


def test_the_amount_is_the_largest_text_and_the_clock_is_small() -> None:
    session = session_at(open_circuit(exercise(), "12", sets=3), READY_S + 23.4)
    texts = {text.text: text.ink.height for item in items_of(session) for text in item.texts}
    assert {"12", "reps", "Press when", "done", "Set 1/3", "Next", "Rest 60 s"} <= set(texts)
    assert max(texts, key=lambda text: texts[text]) == "12"
    assert texts["3"] < 0.25 * texts["12"], "the clock"


def test_without_an_amount_the_clock_is_the_largest_text() -> None:
    session = session_at(open_circuit(exercise(), ""), READY_S + 83.0)
    tall = sorted((text.ink.height, text.text) for item in items_of(session) for text in item.texts)[-3:]
    assert sorted(text for _, text in tall) == ["1", "2", "3"]


def test_before_the_cap_the_last_seconds_count_down() -> None:
    session = session_at(open_circuit(exercise(), "12"), READY_S + CAP_S - 1.5)
    assert {"2", "Cap 2:00", "Press when", "done"} <= set(words(session))


@pytest.mark.parametrize("at_s", [2.0, CAP_S - 1.5], ids=["open", "last seconds"])
def test_the_bar_answers_while_the_button_is_down(at_s: float) -> None:
    session, desk = session_at(open_circuit(exercise(), "12"), READY_S + at_s), context((1280, 720))
    x, y, width, height = press_bar_area(desk)
    free = desk.layout.point(x + 0.95 * width, y + 0.8 * height)
    before = rgb(painted(items_of(session), desk), free)
    session = step(session, session.now_s + 0.01, Command.PRESS).session
    down = rgb(painted(items_of(session), desk), free)
    assert before != down
    session = step(session, session.now_s + 0.1, Command.RELEASE).session
    assert "Press when" not in words(session)


def test_little_is_repainted_and_it_equals_a_full_redraw() -> None:
    walls = TwoWalls((480, 270))
    session = session_at(open_circuit(exercise(sides=Sides.EACH, figure=None, steps=()), "12"), 5.0)
    whole, areas, now_s = 480 * 270, list[int](), 5.0
    presses = {16.0: Command.PRESS, 16.3: Command.RELEASE, 21.5: Command.PRESS, 21.7: Command.RELEASE}
    while now_s < 26.0:
        for press_s in [one for one in presses if one <= now_s]:
            session = step(session, press_s, presses.pop(press_s)).session
        session = step(session, now_s).session
        painted_rects = walls.draw(look(session), now_s)
        if 13.0 < now_s < 16.0:
            areas.append(sum(rect.width * rect.height for rect in painted_rects))
        now_s += 0.093
    assert max(areas) < 0.08 * whole


def test_what_comes_next_is_said_in_another_way_than_by_the_same_name() -> None:
    rest = session_at(open_circuit(exercise(), "12", sets=2), READY_S + 1.0)
    assert "Rest 60 s" in words(rest)
    no_rest = session_at(open_circuit(exercise(), "12", sets=2, rest_s=0.0), READY_S + 1.0)
    assert "Set 2" in words(no_rest)
    rounds = session_at(circuit(work(exercise(), 30), rounds=3, round_break_s=0), READY_S + 1.0)
    assert "Round 2" in words(rounds)


def test_a_round_of_a_minute_is_called_minute() -> None:
    minutes = circuit(work(exercise(), 60, amount="12"), rounds=10, round_break_s=0)
    for at_s, says in ((125.0 + READY_S, {"3 of 10", "Minute 3/10", "Minute 4", "12"}), (5.0, {"Minute 1/10"})):
        assert says <= set(words(session_at(minutes, at_s)))
    assert "Minute 10/10" in words(session_at(minutes, 545.0 + READY_S))
    for other in (
        circuit(work(exercise(), 60), rounds=10, round_break_s=10),
        circuit(work(exercise(), 45), rounds=10, round_break_s=0),
        circuit(work(exercise(), 60), work(exercise("Clamshell"), 60), rounds=5, round_break_s=0),
    ):
        assert not [one for one in words(session_at(other, 20.0)) if "Minute" in one]


def test_the_head_says_which_set_where_the_footer_shows_rounds() -> None:
    tabata = Work((Set((Task(exercise(), ""),), 20.0, 10.0),) * 8)
    other = work(exercise("Clamshell"), 20, 10)
    one = Circuit(id="t", name="T", content=rounds_of(tabata, other, rounds=2, break_s=30), get_ready_s=READY_S)
    assert {"Set 2 of 8", "Round 1/2"} <= set(words(session_at(one, READY_S + 35.0)))
    one = Circuit(id="t", name="T", content=rounds_of(tabata, other), get_ready_s=READY_S)
    assert {"1 of 2", "Set 2/8"} <= set(words(session_at(one, READY_S + 35.0)))


@ALL_SIZES
@pytest.mark.parametrize("sides", [Sides.NONE, Sides.EACH])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_in_rounds_the_set_stands_at_the_unit(amount: str, sides: Sides, size: tuple[int, int]) -> None:
    sets = Work((Set((Task(exercise(sides=sides), amount),), CAP_S, 60.0, open=True),) * 18)
    one = Circuit(id="t", name="T", content=rounds_of(sets, rounds=2, break_s=30), get_ready_s=READY_S)
    session = session_at(one, READY_S + 2.0)
    assert faults(items_of(session, size), context(size).layout, 0.048) == []
    if sides is Sides.NONE and amount == "12":
        assert "reps · set 1 of 18" in words(session, size)


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        ("12", ("12", "reps")),
        ("500 m", ("500", "m")),
        ("5km", ("5", "km")),
        ("15 to 24", ("15 to 24", "reps")),
        ("8-10", ("8-10", "reps")),
        ("1,5 km", ("1,5", "km")),
        ("10 each side", ("10", "each side")),
        ("max", ("max", "")),
        ("3 x 5", ("3 x 5", "reps")),
    ],
)
def test_an_amount_is_split_after_its_number(amount: str, parts: tuple[str, str]) -> None:
    assert number_and_unit(amount) == parts
