"""The finish screen of an AMRAP, of work for time, and of a class with several of them."""

from __future__ import annotations

import pytest

from kiosk.circuit import Amrap, Entry, ForTime, Task, Tasks
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.widgets.confetti import LASTS_S
from kiosk.timeline import Mode
from kiosk.view import FinishedView, Moment, Score
from tests.samples import circuit, exercise, rounds_of, work
from tests.screen_checks import context, faults, least_contrast
from tests.screen_samples import SIZES, longest

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
TWO = (Task(exercise("Thrusters"), "21-15-9"), Task(exercise("Pull-ups"), "21-15-9"))
THREE = (Task(exercise("Pull-ups"), "5"), Task(exercise("Push-ups"), "10"), Task(exercise("Squats"), "15"))
WIDE = (Task(longest("WWWWW MMMMMM WWWWW MMMMM WWWW MM W"), "WWWWWWWWWWWWWW"),) * 30


def for_time(used_s: float = 462.9, *, cap_s: float = 600, capped: bool = False, tasks: Tasks = TWO) -> Score:
    return Score("As fast as you can", Mode.FOR_TIME, tasks, used_s, cap_s, capped)


def amrap(rounds: int, tasks: Tasks = THREE, name: str = "As many rounds as you can") -> Score:
    return Score(name, Mode.AMRAP, tasks, 1200, 1200, True, rounds)


def view(content: Entry, *scores: Score, name: str = "Fran") -> FinishedView:
    return FinishedView(circuit(content=content, name=name), 1930.0, 45, scores)


FRAN = view(ForTime(600, TWO), for_time())
CAPPED = view(ForTime(600, TWO), for_time(600, capped=True))
CINDY = view(Amrap(THREE, 1200), amrap(17), name="Cindy")
CLASS = rounds_of(Amrap(THREE, 1200), ForTime(600, TWO), work(exercise(), 60))
LISTED = view(CLASS, amrap(3, name="Finisher"), for_time(), name="Monday class")
MANY = view(CLASS, *(amrap(number, name=f"Part {number} of a rather long class") for number in range(30)))
VIEWS = {
    "for time": FRAN,
    "hours": view(ForTime(3600, TWO), for_time(3600 + 1799, cap_s=5400)),
    "capped": CAPPED,
    "amrap": CINDY,
    "many rounds": view(Amrap(THREE, 3600), amrap(1000)),
    "one round": view(Amrap(THREE, 1200), amrap(1)),
    "widest": view(ForTime(3600, WIDE), for_time(3599, cap_s=3600, tasks=WIDE), name="W" * 32),
    "listed": LISTED,
    "sets": view(CLASS, *[amrap(12, name="Finisher")] * 8, *[for_time()] * 8, name="W" * 32),
    "many": MANY,
}


def items(finished: FinishedView, t_s: float = 2.0, size: tuple[int, int] = (1280, 720)) -> list[Item]:
    return compose(Moment(finished, t_s), context(size)).items


def words(finished: FinishedView) -> list[str]:
    return [text.text for item in items(finished) for text in item.texts]


def confetti(finished: FinishedView, t_s: float = 2.0, size: tuple[int, int] = (1280, 720)) -> list[Item]:
    return [item for item in items(finished, t_s, size) if str(item.key).startswith("('confetti'")]


def height(finished: FinishedView, words: str) -> int:
    return max(text.ink.height for item in items(finished) for text in item.texts if text.text == words)


@ALL_SIZES
@pytest.mark.parametrize("name", VIEWS)
def test_nothing_overflows_or_overlaps_and_no_confetti_falls_on_text(name: str, size: tuple[int, int]) -> None:
    for t_s in (0.0, 2.0, LASTS_S + 1.0):
        shown, paper = items(VIEWS[name], t_s, size), [one.rect for one in confetti(VIEWS[name], t_s, size)]
        assert faults(shown, context(size).layout) == []
        assert [text.text for item in shown for text in item.texts if text.ink.collidelist(paper) >= 0] == []


@pytest.mark.parametrize("name", ["for time", "capped", "amrap", "listed", "sets"])
def test_all_can_be_read(name: str) -> None:
    contrast, text = least_contrast(items(VIEWS[name], 1.0), context((1280, 720)))
    assert contrast >= 7, text


def test_for_time_tells_the_time_that_the_clock_showed_and_what_was_done() -> None:
    assert {"Done!", "7:42", "Fran", "Cap 10:00", "Pull-ups", "Start screen in 45 s"} <= set(words(FRAN))
    assert "21-15-9: Thrusters," in words(FRAN), "what all have is said once"
    assert height(FRAN, "7:42") > 3 * height(FRAN, "Done!")


def test_the_time_cap_is_no_triumph() -> None:
    assert {"Time cap", "10:00", "Fran"} <= set(words(CAPPED))
    assert "Done!" not in words(CAPPED)
    assert confetti(CAPPED) == []
    assert confetti(FRAN) != []


def test_an_amrap_tells_the_rounds() -> None:
    assert {"Done!", "17", "rounds", "Cindy", "In 20:00", "5 Pull-ups,", "15 Squats"} <= set(words(CINDY))
    assert {"1", "round"} <= set(words(VIEWS["one round"]))
    assert height(CINDY, "17") > 3 * height(CINDY, "Done!")


def test_a_class_lists_what_was_reached() -> None:
    assert {"Done!", "Monday class", "Finisher", "3 rounds", "For time", "7:42", "Total time", "32:10"} <= set(
        words(LISTED)
    )


def test_what_was_done_several_times_is_listed_once() -> None:
    sets = view(CLASS, *(amrap(one, name="Finisher") for one in (4, 4, 3)), for_time(70), for_time(600, capped=True))
    assert {"Finisher", "4 + 4 + 3 rounds", "For time", "1:10, Time cap"} <= set(words(sets))
    assert words(sets).count("Finisher") == 1


def test_of_many_times_the_sum_or_the_best_is_listed() -> None:
    many = [for_time(70 + second) for second in (3, 0, 9, 8)]
    capped = for_time(600, capped=True)
    assert {"36 rounds", "Best 1:10"} <= set(words(view(CLASS, *[amrap(4)] * 9, capped, *many)))
    assert "Time cap" in words(view(CLASS, *[capped] * 5))


def test_a_list_that_is_too_long_says_how_many_are_left_out() -> None:
    found = words(MANY)
    shown = sum(one.startswith("Part ") for one in found)
    assert shown >= 6
    assert f"and {30 - shown} more" in found
    assert "Total time" in found
