"""The screens of stations: all tiles can be read, one athlete moves at a time, and little is repainted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import product
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygame import Rect, Surface

from kiosk.circuit import Circuit, Exercise, Lap, Set, Stations, Task, Tasks, Work
from kiosk.look import look
from kiosk.screen.compositor import Compositor, compose
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import FigureMoment, Loop, Shown
from kiosk.screen.scenes import scene_of
from kiosk.session import Command, Session, step
from kiosk.timeline import Kind, Timeline
from kiosk.view import IntervalView, Moment
from kiosk.warm_up import screens
from tests.samples import circuit, exercise, work
from tests.screen_checks import TwoWalls, context, faults, key, least_contrast, painted, rgb
from tests.screen_samples import SIZES, Bars, at, counting_in, paused

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
COUNTS = (2, 3, 4, 6, 8, 9, 12, 13, 18, 24)
NAMES = (
    "Sled push",
    "Kettlebell clean and press",
    "Row",
    "Stability ball Russian twist",
    "WWWWW MMMMMM WWWWW MMMMM WWWWW",
)
LOOP_S = 3.2


class TakingTurns(Bars):
    """Figures for tests with a loop of LOOP_S seconds. They stand still in the middle of their height."""

    def loop(self, name: str) -> Loop | None:
        return Loop(LOOP_S, 0.5)

    def get(self, moment: FigureMoment) -> Shown:
        shown = super().get(moment)
        return shown._replace(stays_s=float("inf")) if moment.still else shown


def task(place: int, *, figure: bool = False) -> Task:
    name = NAMES[place % len(NAMES)]
    amount = ("", "12", "500 m")[place % 3]
    return Task(Exercise("", name, name[:16], figure=f"figure {place}" if figure else None), amount)


def alone(count: int) -> tuple[Tasks, ...]:
    return tuple((task(place),) for place in range(count))


def shown(count: int) -> tuple[Tasks, ...]:
    return tuple((task(place, figure=True),) for place in range(count))


def mixed(count: int) -> tuple[Tasks, ...]:
    return tuple((task(place, figure=place % 3 == 0),) for place in range(count))


def pods(count: int) -> tuple[Tasks, ...]:
    """Return stations of which every other has two exercises, and the last one three."""
    stations = [(task(place, figure=True), task(place + 1))[: 1 + (place + 1) % 2] for place in range(count)]
    return (*stations[:-1], (task(1), task(2), task(3)))


@lru_cache
def timeline(stations: tuple[Tasks, ...], laps: int = 2, sets: int = 1, **changes: Any) -> Timeline:
    lap = Lap(stations, 40, 15, 30, sets)._replace(**changes)
    content = Stations((lap,) * laps, "Everything at once")
    return Timeline.of(Circuit(id="stations", name="Stations", content=content, get_ready_s=10))


def moments(of: Timeline) -> Iterator[tuple[str, Moment]]:
    """Yield a moment of each screen of stations, in each state that it can show."""
    badges = ("no buzzer", "no button: use the keyboard", "clock not set")
    for kind, moves in {(one.kind, one.moves) for one in of.intervals}:
        first = next(one for one in of.intervals if (one.kind, one.moves) == (kind, moves))
        middle_s = first.start_s + first.duration_s / 2
        yield f"{kind} {moves}", at(of, middle_s, badges)
        yield f"{kind} {moves}, last", at(of, first.end_s - 1.5)
        yield f"{kind} {moves}, paused", paused(of, middle_s)
        yield f"{kind} {moves}, held", paused(of, middle_s, 1.2, held=True)
        yield f"{kind} {moves}, count-in", counting_in(of, middle_s)


@cache
def desk(size: tuple[int, int]) -> Context:
    plain = context(size)
    return Context(plain.layout, plain.fonts, TakingTurns())


def words(of: Timeline, elapsed_s: float, size: tuple[int, int] = (1280, 720)) -> list[str]:
    return [text.text for item in compose(at(of, elapsed_s), desk(size)).items for text in item.texts]


def first(of: Timeline, kind: Kind, *, moves: bool = False) -> float:
    return next(one.start_s for one in of.intervals if one.kind is kind and one.moves == moves)


def places(rect: Rect) -> Iterator[tuple[int, int]]:
    return product(range(rect.left, rect.right), range(rect.top, rect.bottom))


@ALL_SIZES
@pytest.mark.parametrize("make", [alone, shown, mixed, pods])
def test_nothing_overflows_or_overlaps(make: Callable[[int], tuple[Tasks, ...]], size: tuple[int, int]) -> None:
    found = []
    for count in COUNTS:
        items = compose(at(timeline(make(count)), 60.0), desk(size)).items
        found += [f"{count}: {fault}" for fault in faults(items, desk(size).layout)]
    if make is not shown:
        for sets in (1, 3):
            for name, moment in moments(timeline(make(8), sets=sets)):
                here = faults(compose(moment, desk(size)).items, desk(size).layout)
                # Notes for the staff are at the screen's edge, as on the start screen.
                found += [f"{name}: {fault}" for fault in here if not fault.endswith("set' leaves the margins")]
    assert found == []


@ALL_SIZES
def test_easy_stations_say_so(size: tuple[int, int]) -> None:
    of = timeline(alone(8), easy=True)
    start_s = first(of, Kind.EASY)
    for after_s in (0.5, 20.0, 38.5):
        items = compose(at(of, start_s + after_s), desk(size)).items
        assert faults(items, desk(size).layout) == []
        found = [text.text for item in items for text in item.texts]
        assert "EASY" in found
        assert "WORK" not in found
        assert least_contrast(items, desk(size))[0] >= 7.0


def test_the_last_seconds_of_easy_stations_are_urgent_only_before_work() -> None:
    rest, straight_on = (timeline(alone(4), easy=True, changeover_s=rest_s) for rest_s in (15.0, 0.0))
    assert "EASY" in words(straight_on, first(straight_on, Kind.EASY) + 38.5)
    assert "EASY" in words(rest, first(rest, Kind.EASY) + 38.5)
    easy, hard = (Lap(alone(4), 40, easy=easy) for easy in (True, False))
    mixed_laps = Timeline.of(Circuit(id="m", name="M", content=Stations((easy, hard)), get_ready_s=10))
    last = [one for one in mixed_laps.intervals if one.kind is Kind.EASY][-1]
    assert "GET READY" in words(mixed_laps, last.end_s - 1.5)


@ALL_SIZES
def test_open_work_and_a_long_hold(size: tuple[int, int]) -> None:
    of = timeline(mixed(8), laps=1, open=True, work_s=3600.0)
    session = step(Session.start_screen((of,), 0.0), 0.0, Command.PRESS).session
    for command in (Command.RELEASE, Command.PRESS, Command.RELEASE):
        session = step(session, 0.1, command).session
    working = step(session, 1000.0).session
    held = step(step(working, 1000.0, Command.PRESS).session, 1001.2).session
    for session, texts in ((working, {"Press when", "done", "16:29"}), (held, {"Keep holding", "to pause"})):
        items = compose(look(session), desk(size)).items
        assert faults(items, desk(size).layout) == []
        assert texts <= {text.text for item in items for text in item.texts} | {"16:29"}


def test_all_text_can_be_read() -> None:
    size = (800, 480)
    for name, moment in moments(timeline(pods(4), sets=2)):
        # Behind the paused screen everything is dark on purpose.
        if "paused" not in name and "held" not in name:
            ratio, text = least_contrast(compose(moment, desk(size)).items, desk(size))
            assert ratio >= 7.0, f"{name}: {text}"


@pytest.mark.parametrize("size", [(480, 800), (768, 1024), (800, 480)])
def test_a_full_tank_does_not_hide_the_word(size: tuple[int, int]) -> None:
    of = timeline(alone(4))
    items = compose(at(of, first(of, Kind.WORK) + 1.5), desk(size)).items
    assert "WORK" in [text.text for item in items for text in item.texts]
    ratio, text = least_contrast(items, desk(size))
    assert ratio >= 7.0, text


@given(st.integers(2, 24), st.booleans(), st.sampled_from(SIZES))
@settings(max_examples=30)
def test_every_station_has_its_number_and_its_name(count: int, figures: bool, size: tuple[int, int]) -> None:
    stations = tuple(
        (Task(exercise(f"Exercise {'abcdefghijklmnopqrstuvwx'[place]}"), "20 m"),) for place in range(count)
    )
    found = " ".join(words(timeline(stations), 60.0, size))
    for place in range(count):
        assert f" {place + 1} " in f" {found} "
        assert f"20 m Exercise {'abcdefghijklmnopqrstuvwx'[place]}" in found


@pytest.mark.parametrize("size", [(800, 480), (1024, 768)])
@pytest.mark.parametrize("count", [4, 8, 12, 24])
def test_arrow_heads_cover_no_text(count: int, size: tuple[int, int]) -> None:
    of = timeline(alone(count))
    items = compose(at(of, first(of, Kind.CHANGEOVER, moves=True) + 4.0), desk(size)).items
    heads = [item for item in items if key(item)[0] == "arrow head"]
    # Each is two triangles. Each row has one more at its left end.
    assert len(heads) >= 2 * (count + 1)
    surfaces = [painted(some, desk(size)) for some in (items, [item for item in items if item not in heads])]
    tile = desk(size).palette.surface
    for text in (text for item in items for text in item.texts):
        letters = [place for place in places(text.ink) if rgb(surfaces[1], place) != tile]
        assert all(rgb(surfaces[0], place) == rgb(surfaces[1], place) for place in letters), text.text


def test_the_wall_says_what_comes_next() -> None:
    of = timeline(alone(3), sets=2)
    work_s = [one.start_s + 5.0 for one in of.intervals if one.works]
    assert {"Next", "Set 2", "1/2"} <= set(words(of, work_s[0]))
    assert "Next: move on" in words(of, work_s[1])
    assert {"Next", "Round break"} <= set(words(of, work_s[5]))
    assert {"Next", "Finish"} <= set(words(of, work_s[-1]))
    assert {"ROTATE", "Time left"} <= set(words(of, first(of, Kind.CHANGEOVER, moves=True) + 1.0))
    assert {"REST", "2/2"} <= set(words(of, first(of, Kind.CHANGEOVER) + 1.0))
    assert {"BREAK", "Round 1", "done"} <= set(words(of, first(of, Kind.ROUND_BREAK, moves=True) + 1.0))
    assert "GET READY" in words(of, first(of, Kind.CHANGEOVER, moves=True) + 13.0)
    assert {"Turn", "1 of 3"} <= set(words(timeline(alone(3), laps=1), 12.0))


def test_the_time_left_says_that_open_work_follows() -> None:
    until_pressed = Work((Set((Task(exercise(), "12"),), 60.0, open=True),))
    of = Timeline.of(circuit(timeline(alone(3), laps=1).circuit.content, until_pressed, rounds=1))
    assert {"Time left", "2+ min"} <= set(words(of, first(of, Kind.CHANGEOVER, moves=True) + 1.0))
    assert {"Time left", "2 min"} <= set(words(timeline(alone(3), laps=1), 52.0))


# --- movement ---------------------------------------------------------------------------------------------------------


def figures(items: list[Item]) -> dict[tuple[int, ...], object]:
    """Return what is shown of each athlete, by place."""
    return {tuple(item.rect): item.key for item in items if key(item)[0] == "figure"}


def test_athletes_move_one_after_the_other_and_each_for_one_loop() -> None:
    of = timeline(shown(4))
    work_s, places, moved = first(of, Kind.WORK), None, list[int]()
    before = figures(compose(at(of, work_s), desk((1280, 720))).items)
    for frame in range(1, floor(8 * LOOP_S / 0.05)):
        now = figures(compose(at(of, work_s + 0.05 * frame), desk((1280, 720))).items)
        places = places or sorted(now, key=lambda place: (place[1] // 100, place[0]))
        changed = [places.index(place) for place in now if now[place] != before[place]]
        moved += [one for one in changed if moved[-1:] != [one]]
        before = now
    # Where a turn ends, the one that stops and the one that begins may differ in the same frame.
    order = [one for at, one in enumerate(moved) if at == 0 or one != moved[at - 1]]
    assert set(order[:4]) == {0, 1, 2, 3}
    assert len(order) <= 2 * 8 + 2


def test_nobody_moves_while_everybody_moves_on() -> None:
    of = timeline(shown(4))
    start_s = first(of, Kind.CHANGEOVER, moves=True)
    seen = [figures(compose(at(of, start_s + at_s), desk((1280, 720))).items) for at_s in (0.1, 1.3, 4.7, 8.2)]
    assert seen[0]
    assert all(one == seen[0] for one in seen)


def test_the_figures_of_the_tiles_are_asked_for_and_the_one_that_moves_first() -> None:
    of = timeline(shown(4))
    work_s = first(of, Kind.WORK)
    asked = {}
    for turn in range(4):
        moment = at(of, work_s + (turn + 0.6) * LOOP_S)
        ahead = scene_of(moment.view).figures_ahead(moment.view, desk((1280, 720)))
        asked[ahead[0].name] = len(ahead)
        drawn = figures(compose(moment, desk((1280, 720))).items)
        assert {one.box_px for one in ahead} == {(width, height) for _, _, width, height in drawn}
        assert {one.ground for one in ahead} == {desk((1280, 720)).palette.surface}
    assert asked == dict.fromkeys((f"figure {place}" for place in range(4)), 4)


def test_the_figures_of_stations_are_asked_for_before_they_begin() -> None:
    before = (work(exercise(), 30, 10), timeline(shown(4), laps=1).circuit.content)
    moment = at(Timeline.of(circuit(*before, rounds=1)), 15.0)
    names = [one.name for one in scene_of(moment.view).figures_ahead(moment.view, desk((1280, 720)))]
    assert names == [f"figure {place}" for place in range(4)]


class TallAndWide(Bars):
    """Figures of which every other one stands and the others lie."""

    def loop(self, name: str) -> Loop | None:
        return Loop(LOOP_S, 0.5, 0.5 if int(name.split()[1]) % 2 else 3.0)


def test_athletes_that_stand_have_higher_boxes_beside_the_number() -> None:
    of = timeline(shown(8))
    moment, plain = at(of, first(of, Kind.WORK)), context((1280, 720))
    seen = Context(plain.layout, plain.fonts, TallAndWide())
    sizes = {one.name: one.box_px for one in scene_of(moment.view).figures_ahead(moment.view, seen)}
    standing, lying = ([sizes[f"figure {place}"] for place in range(8) if place % 2 == odd] for odd in (1, 0))
    assert min(height for _, height in standing) > 1.2 * max(height for _, height in lying)
    assert max(width for width, _ in standing) < min(width for width, _ in lying)
    # A screen that is drawn out of sight fills the same caches.
    out_of_sight = Context(plain.layout, plain.fonts, TallAndWide()).without_figures()
    assert sizes == {one.name: one.box_px for one in scene_of(moment.view).figures_ahead(moment.view, out_of_sight)}


@pytest.mark.parametrize("make", [shown, pods])
def test_small_repaints_equal_full_ones(make: Callable[[int], tuple[Tasks, ...]]) -> None:
    of = timeline(make(4), sets=2, work_s=12.0, changeover_s=8.0)
    walls = TwoWalls((480, 270), TakingTurns)
    session = step(Session.start_screen((of,), 0.0), 0.0, Command.PRESS).session
    presses = {
        0.1: Command.RELEASE,
        0.2: Command.PRESS,
        0.3: Command.RELEASE,
        30.0: Command.PRESS,
        31.0: Command.RELEASE,
    }
    presses |= {33.0: Command.PRESS, 33.1: Command.RELEASE}
    now_s = 0.0
    while now_s < 120.0:
        for press_s in [one for one in presses if one <= now_s]:
            session = step(session, press_s, presses.pop(press_s)).session
        session = step(session, now_s).session
        walls.draw(look(session), now_s)
        now_s += 0.11


def test_a_frame_repaints_one_athlete_and_little_else() -> None:
    of = timeline(shown(12))
    size = (1280, 720)
    for start_s in (first(of, Kind.WORK) + 5.0, first(of, Kind.CHANGEOVER, moves=True) + 2.0):
        wall = Compositor(Surface(size, 0, 32), TakingTurns())
        areas = [wall.draw(at(of, start_s + n / 30), n / 30) for n in range(90)]
        sizes = [sum(rect.width * rect.height for rect in some) for some in areas[1:]]
        assert max(sizes) < 0.10 * size[0] * size[1]
        assert sum(sizes) / len(sizes) < 0.02 * size[0] * size[1]


def test_stations_are_warmed_up_after_exercises() -> None:
    """The first rest and the first work of a class may be those of exercises."""
    parts = (work(exercise(), 30, 10), timeline(alone(3), laps=1).circuit.content)
    views = [moment.view for moment in screens(Session.start_screen((Timeline.of(circuit(*parts, rounds=1)),), 0.0))]
    kinds = {
        (view.interval.kind, view.interval.moves)
        for view in views
        if isinstance(view, IntervalView)
        if len(view.interval.stations) > 1
    }
    assert {(Kind.WORK, False), (Kind.CHANGEOVER, True)} <= kinds


def test_several_at_a_station_have_short_names_where_the_whole_ones_would_be_small() -> None:
    long = Task(exercise("Stability ball back extension", short="Back extension"), "")
    of = timeline(((long, Task(exercise("Rows"), "")),) * 4)
    found = [one for item in compose(at(of, 60.0), desk((1024, 768))).items for one in item.texts]
    assert len([one for one in found if one.text == "Back extension"]) == 4
