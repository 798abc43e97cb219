"""The screens of several tasks in one interval: the rows, the clock, the rounds, and what a press does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.circuit import Amrap, Entry, ForTime, Set, Task, Tasks, Work
from kiosk.look import look
from kiosk.screen.compositor import compose
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import Loop
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import scene_of
from kiosk.screen.widgets.task_rows import PAGE_S
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from kiosk.view import Moment
from tests.samples import circuit, exercise, rounds_of
from tests.screen_checks import TwoWalls, context, faults, icons, key, least_contrast, painted, rgb
from tests.screen_samples import SIZES, Blocks, at, longest, paused, pressed

WIDE = "WWWWW MMMMMM WWWWW MMMMM WWWW MM W"
BIG = (1280, 720)
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def task(name: str, amount: str = "", figure: str | None = None) -> Task:
    return Task(exercise(name, id="", cues=(), figure=figure), amount)


THREE = (task("Pull-ups", "5", "pull"), task("Push-ups", "10"), task("Squats", "15", "squat"))
FRAN = (task("Thrusters", "21-15-9", "pull"), task("Pull-ups", "21-15-9"))
MANY = tuple(task(f"Burpees{number}", str(number)) for number in range(1, 31))
LISTS = {
    "one": (task("Burpees", "10", "burpee"),),
    "one word": (task("Burpees"),),
    "two": FRAN,
    "three": THREE,
    "long": (Task(longest("Glute bridge with one leg stretched out"), "10 on each side"), *THREE),
    "widest": (Task(longest(WIDE), "WWWWWWWWWWWWWW"),) * 5,
    "widest many": (Task(longest(WIDE), "WWWWWWWWWWWWWW"),) * 30,
    "seven": MANY[:7],
    "thirty": MANY,
    "no amounts": tuple(task(name) for name in ("Dead hang", "Hollow hold")),
}


def timeline(content: Entry, get_ready_s: float = 10.0) -> Timeline:
    return Timeline.of(circuit(content=content, get_ready_s=get_ready_s))


def items(moment: Moment, size: tuple[int, int] = BIG) -> list[Item]:
    return compose(moment, context(size)).items


def words(moment: Moment, size: tuple[int, int] = BIG) -> list[str]:
    return [text.text for item in items(moment, size) for text in item.texts]


def clock(moment: Moment) -> str:
    """Return the large clock, whose characters are items of their own."""
    left = context(BIG).layout.panel_px.left
    texts = [text for item in items(moment) for text in item.texts if text.ink.left > left]
    return "".join(text.text for text in texts if len(text.text) == 1 and (text.text.isdigit() or text.text == ":"))


AMRAP = timeline(Amrap(THREE, 600))
FOR_TIME = timeline(ForTime(600, FRAN))


def entries(tasks: Tasks) -> dict[str, Entry]:
    found: dict[str, Entry] = {
        "amrap": Amrap(tasks, 3600),
        "for time": ForTime(3600, tasks),
        "together": Work((Set(tasks, 300, 20),) * 12),
        "open": Work((Set(tasks, 3600, 20, open=True),) * 3),
        "easy": Work((Set(tasks, 300, 20, easy=True),)),
    }
    return found if len(tasks) > 1 else {name: found[name] for name in ("amrap", "for time")}


# --- the layout -------------------------------------------------------------------------------------------------------


@ALL_SIZES
@pytest.mark.parametrize("name", LISTS)
def test_nothing_overflows_or_overlaps(name: str, size: tuple[int, int]) -> None:
    badges, found = ("no buzzer", "no button: use the keyboard"), []
    for kind, entry in entries(LISTS[name]).items():
        done = timeline(entry)
        end_s = done.intervals[1].end_s
        for moment in (
            at(done, 3.0),
            at(done, 8.5),
            at(done, 12.0, badges),
            at(done, 30.0),
            at(done, end_s - 1.5),
            pressed(done, 12.5, held_s=11.5),
            pressed(done, end_s - 0.5, held_s=end_s - 1.5),
            pressed(done, 700.0, *(float(second) for second in range(20, 700, 9))),
            paused(timeline(entry), 5.0),
        ):
            found += [f"{kind}: {fault}" for fault in faults(items(moment, size), context(size).layout)]
    assert found == []


@pytest.mark.parametrize("name", ["two", "three", "seven"])
def test_all_can_be_read(name: str) -> None:
    desk = context(BIG)
    for entry in entries(LISTS[name]).values():
        done = timeline(entry)
        for moment in (at(done, 3.0), at(done, 100.0), at(done, done.intervals[1].end_s - 1.5)):
            contrast, text = least_contrast(items(moment), desk)
            assert contrast >= 7, text


def test_a_long_cap_and_a_long_time_fit() -> None:
    for size in SIZES:
        moment = at(timeline(ForTime(3600, FRAN)), 3500.0)
        assert "Cap 1:00:00" in words(moment, size)
        assert faults(items(moment, size), context(size).layout) == []
    assert clock(moment) == "58:10"


def test_on_a_narrow_screen_the_panel_is_as_tall_as_the_rows() -> None:
    for size in SIZES:
        layout = context(size).layout
        boxes = [item.rect for item in items(at(AMRAP, 50.0), size) if key(item)[0] == "box"]
        bottoms = {rect.bottom for rect in boxes if rect.height > layout.px(0.17)}
        bottom = layout.y(context(size).tall().layout.body_bottom if layout.portrait else 0.8)
        assert bottoms >= {bottom}
        assert max(bottoms) == bottom


# --- the rows ---------------------------------------------------------------------------------------------------------


def test_the_rows_say_what_and_how_much_at_work_and_in_the_rest_before() -> None:
    for at_s in (3.0, 60.0):
        assert {"5", "Pull-ups", "10", "Push-ups", "15", "Squats"} <= set(words(at(AMRAP, at_s)))
    assert "Next:" in words(at(AMRAP, 3.0)), "nothing comes after it, so that it is not the first"
    two = timeline(rounds_of(Amrap(THREE, 60), ForTime(60, FRAN)), get_ready_s=5)
    assert "First:" in words(at(two, 3.0))
    rest = Amrap(THREE, 60, rest_s=15)
    assert {"Next:", "As fast as you can", "Thrusters"} <= set(
        words(at(timeline(rounds_of(rest, ForTime(60, FRAN))), 75.0))
    )


def test_the_count_in_shows_the_rows() -> None:
    session = step(Session.start_screen((timeline(Work((Set(THREE, 60),))),), 0.0), 0.0, Command.PRESS).session
    session = step(session, 0.0, Command.RELEASE).session
    for at_s in (20.0, 25.0):
        for command in (Command.PRESS, Command.RELEASE):
            session = step(session, at_s, command).session
    assert {"Pull-ups", "Push-ups", "Squats"} <= set(words(look(step(session, 25.5).session)))


def test_a_long_list_turns_its_pages() -> None:
    done = timeline(Amrap(MANY, 1200))
    pages = [
        set(words(at(done, 10.0 + PAGE_S * page + 1.0))) & {one.exercise.name for one in MANY} for page in range(4)
    ]
    assert [len(page) for page in pages] == [10, 10, 10, 10]
    assert len(set().union(*pages)) == 30
    assert pages[3] == pages[0]


def test_the_wall_redraws_when_a_page_turns() -> None:
    done = timeline(Amrap(MANY, 1200))
    assert compose(at(done, 10.0 + PAGE_S - 0.25), context(BIG)).stays_s <= 0.25


class Turning(Blocks):
    """Figures of which each loop takes two seconds."""

    def loop(self, name: str) -> Loop | None:
        return Loop(2.0, 0.0)


def test_the_athletes_of_the_tasks_take_turns() -> None:
    desk = Context(Layout(*BIG), Fonts(), Turning())

    def athletes(at_s: float) -> list[Item]:
        return [item for item in compose(at(AMRAP, at_s), desk).items if key(item)[0] == "figure"]

    def that_move(at_s: float) -> list[bool]:
        return [one.key != other.key for one, other in zip(athletes(at_s), athletes(at_s + 0.5), strict=True)]

    assert that_move(60.2) == [True, False], "the second task has no figure"
    assert that_move(62.2) == [False, True]
    assert that_move(64.2) == [True, False]
    assert compose(at(AMRAP, 61.9), desk).stays_s <= 0.1 + 1e-6


def test_the_pictures_of_the_athletes_are_asked_for_in_the_size_in_which_they_are_shown() -> None:
    desk = Context(Layout(*BIG), Fonts(), Turning())
    asked = []
    for at_s in (3.0, 60.2, 62.2):
        view = at(AMRAP, at_s).view
        ahead = scene_of(view).figures_ahead(view, desk)
        asked.append([one for one in ahead if one.name != "victory"])
        assert sorted(one.name for one in asked[-1]) == ["pull", "squat"]
        assert {one.ground for one in asked[-1]} == {desk.palette.surface}
    assert set(asked[0]) == set(asked[1]), "work shows the same pictures as the rest before it"
    shown = [item.rect for item in items(at(AMRAP, 60.0)) if key(item)[0] == "figure"]
    assert len(shown) == 2
    for rect, one in zip(shown, sorted(asked[0]), strict=True):
        assert rect.width <= one.box_px[0]
        assert rect.height <= one.box_px[1]


def test_the_hint_on_a_hold_covers_no_row() -> None:
    held = words(pressed(AMRAP, 51.5, held_s=50.0))
    assert {"Keep holding", "to pause", "Pull-ups"} <= set(held)
    assert "Squats" not in held


# --- AMRAP ------------------------------------------------------------------------------------------------------------


def test_an_amrap_counts_down_and_counts_rounds() -> None:
    moment = pressed(AMRAP, 210.0, 60.0, 130.0, 200.0)
    found = words(moment)
    assert {"As many rounds as you can", "rounds", "Press after", "each round"} <= set(found)
    assert clock(moment).startswith("6:40")
    assert {"Round 4", "Last one took 1:10", "Next", "Finish"} <= set(found)
    assert "round" in words(pressed(AMRAP, 210.0, 60.0))
    assert not any(one.startswith("Last one") for one in words(at(AMRAP, 50.0)))


def test_a_press_is_answered_for_600_milliseconds() -> None:
    desk = context(BIG)
    for after_s, answered in ((0.0, True), (0.55, True), (0.65, False)):
        moment = pressed(AMRAP, 60.0 + after_s, 60.0)
        assert ("+1" in words(moment)) is answered
        assert ("Press after" in words(moment)) is not answered
        if answered:
            frame = compose(moment, desk)
            assert frame.stays_s <= 0.6 - after_s + 1e-6
    assert "+1" not in words(at(AMRAP, 10.1)), "no round was counted"


def test_the_tally_pops() -> None:
    def height(after_s: float) -> int:
        return max(
            text.ink.height
            for item in items(pressed(AMRAP, 60.0 + after_s, 20.0, 40.0, 60.0))
            for text in item.texts
            if text.text == "3" and text.ink.left > 640
        )

    assert height(0.0) > height(0.1) > height(0.2) == height(5.0)
    assert height(0.0) == pytest.approx(1.12 * height(5.0), abs=2)


def test_the_current_round_fills_at_the_pace_of_the_last_one() -> None:
    def filled(at_s: float) -> float:
        layout = context(BIG).layout
        bars = [
            item.rect
            for item in items(pressed(AMRAP, at_s, 70.0, 130.0))
            if key(item)[0] == "part of box" and item.rect.top > layout.y(0.85)
        ]
        return max((rect.width for rect in bars), default=0)

    whole = filled(500.0)
    assert filled(130.0) == 0
    assert filled(160.0) == pytest.approx(whole / 2, abs=1)
    assert filled(190.0) == whole


def test_many_rounds_keep_within_their_column() -> None:
    for size in SIZES:
        layout = context(size).layout
        moment = pressed(timeline(Amrap(THREE, 3600)), 1500.0, *(11.0 + 10 * number for number in range(130)))
        bars = [one.rect for one in items(moment, size) if key(one)[0] == "box" and one.rect.top > layout.y(0.9)]
        assert max(rect.right for rect in bars) <= layout.x(layout.x0 + layout.lw) + 1
        assert min(rect.width for rect in bars) >= layout.px(0.009)


@ALL_SIZES
@pytest.mark.parametrize("rounds", [100, 999])
def test_hundreds_of_rounds_stay_in_the_panel(rounds: int, size: tuple[int, int]) -> None:
    presses = [20.0 + number / 4 for number in range(rounds)]
    for at_s in (presses[-1], 590.0, 608.5):
        found = items(pressed(AMRAP, at_s, *presses), size)
        assert str(rounds) in "".join(text.text for item in found for text in item.texts)
        assert faults(found, context(size).layout) == []


def test_the_last_seconds_still_say_that_a_press_counts() -> None:
    moment = pressed(AMRAP, 608.5, 60.0)
    assert {"1 round", "Press after", "each round", "2"} <= set(words(moment))
    panel = context(BIG).layout.panel_px
    at_px = (panel.centerx, panel.top + 40)
    assert rgb(painted(items(moment), context(BIG)), at_px) == context(BIG).palette.work


# --- for time and together --------------------------------------------------------------------------------------------


def test_for_time_counts_up_and_fills_a_tank_until_the_cap() -> None:
    found = words(at(FOR_TIME, 287.0))
    assert {"As fast as you can", "Cap 10:00", "Press when", "all is done", "Test circuit"} <= set(found)
    assert clock(at(FOR_TIME, 287.0)) == "4:37"

    def tank(at_s: float) -> int:
        panel = context(BIG).layout.panel_px
        parts = [one.rect for one in items(at(FOR_TIME, at_s)) if key(one)[0] == "part of box"]
        return max(rect.height for rect in parts if rect.width == panel.width)

    assert tank(100.0) < tank(300.0) < tank(500.0)
    assert tank(310.0) == pytest.approx(context(BIG).layout.px(0.535) / 2, abs=2)


def test_the_last_seconds_before_the_cap_count_down() -> None:
    moment = at(FOR_TIME, 608.5)
    assert {"2", "Press when", "Cap 10:00"} <= set(words(moment))
    assert clock(moment) == "2"


def test_a_held_press_is_seen_to_be_taken() -> None:
    desk, bar = context(BIG), context(BIG).layout.panel_px
    at_px = (bar.centerx, bar.bottom - desk.layout.px(0.045))
    before, during = (painted(items(one), desk) for one in (at(FOR_TIME, 50.1), pressed(FOR_TIME, 50.1, held_s=50.0)))
    assert rgb(before, at_px) == desk.palette.surface2
    assert rgb(during, at_px) == desk.palette.work


def test_tasks_together_have_the_clock_of_an_exercise_or_a_frame_until_the_press() -> None:
    timed, is_open = (timeline(Work((Set(THREE, 60, 20, open=one),) * 3)) for one in (False, True))
    assert {"Set 1 of 3", "Test circuit", "Squats"} <= set(words(at(timed, 40.0)))
    assert not any(one.startswith("Press") for one in words(at(timed, 40.0)))
    assert {"Press when", "done", "Set 1 of 3"} <= set(words(at(is_open, 40.0)))
    assert icons(items(at(timed, 40.0)), "work") == icons(items(at(is_open, 40.0)), "work") == 1


def test_the_footer_names_the_tasks_that_come_next() -> None:
    one, other = Work((Set(FRAN, 60),), rest_s=0), Work((Set(THREE, 60),), "Trio", rest_s=0)
    assert "Pull-ups + 2 more" in words(at(timeline(rounds_of(one, other._replace(name=""))), 30.0))
    assert "Trio" in words(at(timeline(rounds_of(one, other)), 30.0))
    assert "AMRAP" in words(at(timeline(rounds_of(one, Amrap(THREE, 60))), 30.0))


def test_a_class_says_which_part_it_is() -> None:
    named = rounds_of(Amrap(THREE, 300, "Finisher"), ForTime(300, FRAN))
    assert "Finisher, as many rounds as you can" in words(at(timeline(named), 60.0))


# --- small repaints ---------------------------------------------------------------------------------------------------


def film(done: Timeline, start_s: float, lasts_s: float, *presses_s: float) -> Iterator[tuple[Moment, float]]:
    session = step(Session.start_screen((done,), -start_s), -start_s, Command.PRESS).session
    session, now_s, due = step(session, -start_s, Command.RELEASE).session, 0.0, list(presses_s)
    shown = look(session)
    while now_s < lasts_s:
        while due and due[0] <= now_s:
            for command in (Command.PRESS, Command.RELEASE):
                session = step(session, due[0], command).session
            del due[0]
        session = step(session, now_s).session
        moment = look(session)
        shown = moment._replace(view=shown.view) if moment.view == shown.view else moment
        yield shown, now_s
        now_s += 0.083


@pytest.mark.parametrize(
    ("entry", "start_s", "presses_s"),
    [
        (Amrap(THREE, 60), 5.0, (12.0, 17.0, 17.3)),
        (Amrap(MANY, 60), 5.0, (12.0,)),
        (ForTime(30, FRAN), 5.0, ()),
        (ForTime(30, FRAN), 5.0, (20.0,)),
        (Work((Set(THREE, 10, 5, open=True),) * 2), 5.0, (9.0,)),
    ],
    ids=["amrap", "pages", "cap", "for time", "together"],
)
def test_small_repaints_equal_full_ones(entry: Entry, start_s: float, presses_s: tuple[float, ...]) -> None:
    done = timeline(entry)
    walls = TwoWalls((480, 270), Turning)
    for moment, now_s in film(done, start_s, 40.0, *presses_s):
        walls.draw(moment, now_s)
