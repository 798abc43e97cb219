"""The compositor repaints little, and the result equals a full redraw, pixel for pixel."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from weakref import ref

import pygame
import pytest
from pygame import RLEACCEL, SRCALPHA, Rect, Surface

from kiosk.circuit import Lap, Stations, Task
from kiosk.look import look
from kiosk.screen.compositor import (
    LINES_FADE_S,
    SCREEN_FADE_S,
    SHIFT_EVERY_S,
    SHIFT_WAITS_S,
    Compositor,
    changes,
    compose,
    merged,
    paint_unseen,
    picture,
    repaint,
)
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item, clipped, window
from kiosk.screen.fonts import OPEN_FONTS, Weight
from kiosk.screen.layout import Layout
from kiosk.screen.scenes.paused import words_about
from kiosk.session import Command, Session, step
from kiosk.timeline import Kind, Timeline
from kiosk.view import DarkView, IntervalView, Moment, PausedView
from tests.samples import circuit, exercise
from tests.screen_checks import TwoWalls, rgb
from tests.screen_samples import Bars, Blocks, at, circuits, paused

SIZE, PORTRAIT = (480, 270), (270, 480)
CIRCUIT = circuits()["real"]
TIMELINE = Timeline.of(CIRCUIT)
PRESSES = {7.0: Command.PRESS, 7.1: Command.RELEASE, 8.5: Command.PRESS, 8.6: Command.RELEASE}
"""Commands by their time in seconds: a pause at 7 s, and a resume at 8.5 s."""


def film(start_s: float, lasts_s: float, every_s: float, first_s: float = 1000.0) -> Iterator[tuple[Moment, float]]:
    """Yield the moments of the circuit from `start_s` on, each with its time in seconds, with a pause in between.

    As in the app, moments with equal views share one view object.
    """
    session = step(Session.start_screen((TIMELINE,), first_s - start_s), 0.0, Command.PRESS).session
    session = step(session, 0.0, Command.RELEASE).session
    presses = {first_s + at_s: command for at_s, command in PRESSES.items()}
    now_s, shown = first_s, look(session)
    while now_s < first_s + lasts_s:
        for press_s in [one for one in presses if one <= now_s]:
            session = step(session, press_s, presses.pop(press_s)).session
        session = step(session, now_s).session
        moment = look(session)
        shown = moment._replace(view=shown.view) if moment.view == shown.view else moment
        yield shown, now_s
        now_s += every_s


def place_of(wall: Compositor) -> tuple[float, float]:
    return wall.context.layout.origin_px


def starts(kind: Kind) -> list[float]:
    return [interval.start_s for interval in TIMELINE.intervals if interval.kind is kind]


@pytest.mark.parametrize(
    "start_s",
    [0.0, starts(Kind.SWITCH)[0] - 9.0, starts(Kind.CHANGEOVER)[0] - 5.0, starts(Kind.ROUND_BREAK)[0] - 3.0],
    ids=["get ready", "switch", "changeover", "round break"],
)
@pytest.mark.parametrize("size", [SIZE, PORTRAIT], ids=["landscape", "portrait"])
def test_a_minute_of_small_repaints_equals_a_minute_of_full_ones(size: tuple[int, int], start_s: float) -> None:
    walls = TwoWalls(size)
    for moment, now_s in film(start_s, 60.0, 0.093):
        walls.draw(moment, now_s)


@pytest.mark.parametrize("figures", [Blocks, Bars])
def test_at_the_moments_it_asks_for_it_shows_what_a_full_redraw_shows(figures: type[Blocks]) -> None:
    """The picture also becomes right again after one of these moments was missed."""
    small, full = (Compositor(Surface(SIZE, 0, 32), figures()) for _ in range(2))
    start_s, now_s, shown, missed = starts(Kind.WORK)[0] - 4.0, 1000.0, None, False
    session = step(Session.start_screen((TIMELINE,), now_s - start_s), 0.0, Command.PRESS).session
    session = step(session, 0.0, Command.RELEASE).session
    for frame in range(500):
        session = step(session, now_s).session
        moment = look(session)
        shown = moment if shown is None or moment.view != shown.view else moment._replace(view=shown.view)
        small.draw(shown, now_s)
        full.repaint_all = True
        full.draw(shown, now_s)
        if not missed:
            assert pixels(small) == pixels(full), f"{now_s - 1000:.3f} s, {describe(moment)}"
        changes_s, missed = look(session).until_s, frame % 10 == 9
        small.prepare(lambda: False)
        now_s = min(changes_s, now_s + small.stays_s(now_s) + (0.05 if missed else 0.0))
    assert now_s > 1015.0


def test_what_changed_lies_in_the_returned_rectangles() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    for moment, now_s in film(starts(Kind.SWITCH)[0] - 2.0, 12.0, 0.21):
        before = wall.surface.copy()
        for rect in wall.draw(moment, now_s):
            before.blit(wall.surface, rect, rect)
        assert pygame.image.tostring(before, "RGB") == pixels(wall)


def test_a_frame_of_work_repaints_the_figure_and_little_else() -> None:
    wall = Compositor(Surface((1280, 720), 0, 32))
    start_s = starts(Kind.WORK)[1] + 11.0
    painted = [area_of(wall.draw(at(TIMELINE, start_s + n / 30), n / 30)) for n in range(150)]
    assert max(painted[1:]) < 0.12 * 1280 * 720
    assert sum(painted[1:]) / 149 < 0.008 * 1280 * 720


def test_nothing_is_repainted_while_nothing_changes() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    moment = paused(TIMELINE, 30.0)
    assert wall.draw(moment, 0.0) == [Rect(0, 0, *SIZE)]
    assert [wall.draw(moment, n / 2) for n in range(1, 40)] == [[]] * 39


def test_a_still_picture_moves_a_little_every_minute() -> None:
    wall = Compositor(Surface((1280, 720), 0, 32))
    moment, now_s, seen = paused(TIMELINE, 30.0), 0.0, set()
    for _ in range(16):
        changed = wall.draw(moment, now_s)
        assert changed == [Rect(0, 0, 1280, 720)]
        seen.add(pixels(wall))
        assert not wall.draw(moment, now_s + 3.0)
        before_s, now_s = now_s, now_s + 3.0 + wall.stays_s(now_s + 3.0)
        assert now_s - before_s == 60.0
    assert len(seen) == 8


def test_the_picture_moves_when_another_view_begins_and_not_right_before_a_cue() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    # The shift becomes due 10 ms before the digit changes.
    first_s, seen = 2 * SHIFT_EVERY_S + 0.010 - 2.0, list[tuple[float, tuple[float, float]]]([(0.0, (0.0, 0.0))])
    for moment, now_s in film(starts(Kind.WORK)[0] + 20.0, 4.0, 0.002, first_s=first_s):
        wall.draw(moment, now_s)
        if place_of(wall) != seen[-1][1]:
            seen.append((now_s - first_s, place_of(wall)))
    assert [at_s for at_s, _ in seen[2:]] == [pytest.approx(2.0, abs=0.003)]


def test_a_press_is_answered_before_the_picture_moves() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    wall.draw(at(TIMELINE, starts(Kind.WORK)[0] + 20.0), 0.0)
    place = place_of(wall)
    wall.draw(paused(TIMELINE, 30.0), SHIFT_EVERY_S + 5.0)
    assert place_of(wall) == place


def test_a_screen_that_was_shown_opens_no_font_after_the_picture_has_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a font takes a millisecond, while somebody waits for the answer to a press."""
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    pause, opened = paused(TIMELINE, 30.0), list[int]()
    wall.draw(pause, 0.0)
    # Fonts of other sizes replace the open fonts.
    for cap_px in range(10, 10 + OPEN_FONTS):
        wall.context.fonts.line("Other", Weight.BLACK, cap_px, (255, 255, 255))

    def opening(file: str, size: int) -> pygame.font.Font:
        opened.append(size)
        return pygame.font.Font(file, size)

    monkeypatch.setattr("kiosk.screen.fonts.Font", opening)
    before = place_of(wall)
    wall.draw(pause, SHIFT_EVERY_S + SHIFT_WAITS_S)
    assert place_of(wall) != before
    assert opened == []


def test_a_new_screen_cross_fades_but_a_press_is_answered_at_once() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    end_s = starts(Kind.CHANGEOVER)[0]
    wall.draw(at(TIMELINE, end_s - 0.02), 0.0)
    moment = at(TIMELINE, end_s + 0.01)
    wall.draw(moment, 0.03)
    fading = pixels(wall)
    wall.draw(moment, 0.03 + SCREEN_FADE_S)
    assert pixels(wall) != fading
    faded = pixels(wall)
    assert wall.draw(moment, 0.04 + SCREEN_FADE_S) == []

    wall.draw(paused(TIMELINE, end_s + 0.01), 1.0)
    at_once = pixels(wall)
    assert at_once != faded
    assert wall.draw(paused(TIMELINE, end_s + 0.01), 1.1) == []


@pytest.mark.parametrize("size", [(480, 270), (540, 960)])
def test_a_press_while_a_screen_fades_leaves_nothing_of_it(size: tuple[int, int]) -> None:
    places = tuple((Task(exercise(f"Move {number}")),) for number in range(4))
    timeline = Timeline.of(circuit(content=Stations((Lap(places, 40, 15),)), get_ready_s=10))
    start = look(Session.start_screen((timeline,), 0.0))
    wall = Compositor(Surface(size, 0, 32), Blocks())
    wall.draw(start, 0.0)
    wall.draw(at(timeline, 0.1), 0.1)
    moment = paused(timeline, 0.2)
    wall.draw(moment, 0.2)
    drawn = pixels(wall)
    wall.repaint_all = True
    wall.draw(moment, 0.3)
    assert pixels(wall) == drawn


def test_turning_to_the_other_side_is_no_new_screen() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    for boundary_s in (starts(Kind.SWITCH)[0], starts(Kind.SWITCH)[0] + 5.0):
        wall.draw(at(TIMELINE, boundary_s - 0.02), boundary_s)
        moment = at(TIMELINE, boundary_s + 1.0)
        wall.draw(moment, boundary_s + 0.02)
        assert wall.draw(moment, boundary_s + 0.1) == []


def test_a_cue_dissolves_into_the_next_one() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    first = at(TIMELINE, starts(Kind.WORK)[0] + 7.98)
    wall.draw(first, 0.0)
    assert isinstance(first.view, IntervalView)
    second = first._replace(view=replace(first.view, lines=("Another cue",)))
    wall.draw(second, 0.1)
    dissolving = pixels(wall)
    wall.draw(second, 0.1 + LINES_FADE_S)
    assert pixels(wall) != dissolving
    assert wall.draw(second, 0.2 + LINES_FADE_S) == []


def test_the_wall_says_when_it_wants_the_next_frame() -> None:
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    moment = at(TIMELINE, 3.0)
    wall.draw(moment, 0.0)
    assert wall.stays_s(0.0) == pytest.approx(1 / 30, abs=1e-5)
    wall.draw(paused(TIMELINE, 3.0), 1.0)
    # Nothing moves except the whole picture, against burn-in.
    assert wall.stays_s(1.0) == SHIFT_EVERY_S + SHIFT_WAITS_S - 1.0


def test_a_sleeping_wall_is_dark_all_over_badges_too() -> None:
    dark = picture(Moment(DarkView(), 0.0, ("no buzzer",)), SIZE)
    assert {tuple(dark.get_at((x, y))) for x in range(0, SIZE[0], 3) for y in range(SIZE[1])} == {(0, 0, 0, 255)}


def test_a_circuit_that_a_power_cut_interrupted_says_so() -> None:
    moment = paused(TIMELINE, 30.0)
    assert isinstance(moment.view, PausedView)
    assert words_about(moment.view).startswith("Side plank")
    offered = replace(moment.view, restored=True)
    assert words_about(offered) == "Power was cut  ·  Round 1  ·  Side plank"
    words = [text.text for item in compose(Moment(offered, 0.0), Context(Layout(*SIZE))).items for text in item.texts]
    assert {"Press", "to resume", "Hold", "to discard"} <= set(words)


# --- the display list ---


def item(rect: tuple[int, int, int, int], key: str) -> Item:
    return Item(Rect(rect), key, lambda surface: None)


def window_at(rect: tuple[int, int, int, int]) -> Item:
    return window(Rect(rect), "tank", lambda surface: None)


def solid(rect: tuple[int, int, int, int], colour: tuple[int, int, int], *, opaque: bool) -> Item:
    return Item(Rect(rect), colour, lambda surface: surface.fill(colour) and None, opaque=opaque)


def where(before: list[Item], after: list[Item]) -> list[Rect]:
    return [rect for change in changes(before, after) for rect in change.rects]


def test_equal_frames_need_no_repaint() -> None:
    assert where([item((0, 0, 5, 5), "a")], [item((0, 0, 5, 5), "a")]) == []


def test_what_moves_is_repainted_where_it_was_and_where_it_is() -> None:
    before, after = [item((0, 0, 5, 5), "a")], [item((9, 0, 5, 5), "a")]
    assert where(before, after)[::-1] == [Rect(0, 0, 5, 5), Rect(9, 0, 5, 5)]


def test_of_a_window_only_the_difference_is_repainted() -> None:
    before, after = [window_at((0, 10, 50, 90))], [window_at((0, 12, 50, 88))]
    assert where(before, after) == [Rect(0, 10, 50, 2)]
    assert where(after, before) == [Rect(0, 10, 50, 2)]


def test_of_a_thing_that_changed_only_what_it_says_is_repainted() -> None:
    differing: dict[object, list[Rect]] = {"low": [Rect(1, 2, 3, 4)]}
    before = item((0, 0, 50, 50), "low")._replace(thing="figure", shows="low")
    after = item((0, 0, 50, 50), "high")._replace(thing="figure", differs=lambda old: differing[old.shows])
    assert where([before], [after]) == [Rect(1, 2, 3, 4)]
    other = after._replace(thing="ball")
    assert where([before], [other]) == [Rect(0, 0, 50, 50)] * 2
    unknown = after._replace(differs=lambda old: None)
    assert where([before], [unknown]) == [Rect(0, 0, 50, 50)] * 2


def test_what_lies_below_something_opaque_is_not_painted() -> None:
    below = Item(Rect(0, 0, 9, 9), "below", lambda surface: pytest.fail("painted though nobody would see it"))
    surface = Surface((9, 9), 0, 32)
    repaint(surface, [below, solid((0, 0, 9, 9), (9, 9, 9), opaque=True)], [Rect(2, 2, 3, 3)], (1, 1, 1))
    assert rgb(surface, (3, 3)) == (9, 9, 9)
    half = [solid((0, 0, 9, 9), (5, 5, 5), opaque=False), solid((0, 0, 3, 9), (9, 9, 9), opaque=True)]
    repaint(surface, half, [Rect(2, 2, 3, 3)], (1, 1, 1))
    assert [surface.get_at((x, 3))[0] for x in (2, 3)] == [9, 5]


def test_the_background_shows_round_something_opaque() -> None:
    surface = Surface((9, 9), 0, 32)
    items = [solid((2, 0, 3, 2), (5, 5, 5), opaque=False), solid((0, 1, 9, 4), (9, 9, 9), opaque=True)]
    surface.fill((200, 0, 0))
    repaint(surface, items, [Rect(1, 0, 8, 9)], (1, 1, 1))
    seen = [[surface.get_at((x, y))[0] for x in (0, 1, 3, 8)] for y in (0, 1, 4, 5, 8)]
    assert seen == [[200, 1, 5, 1], [200, 9, 9, 9], [200, 9, 9, 9], [200, 1, 1, 1], [200, 1, 1, 1]]


@pytest.mark.parametrize("left", [2, -3, 8, 50])
def test_packing_leaves_the_surface_as_it_was(left: int) -> None:
    surface, picture = Surface((9, 9), 0, 32), Surface((5, 5), SRCALPHA, 32)
    surface.fill((1, 2, 3))
    surface.set_clip(Rect(0, 0, 4, 4))
    picture.fill((200, 100, 50, 128))
    picture.set_alpha(255, RLEACCEL)
    paint_unseen(surface, Item(Rect(left, 1, 5, 5), "picture", lambda target: target.blit(picture, (left, 1)) and None))
    assert picture.mustlock() is (left < 9)
    assert surface.get_clip() == Rect(0, 0, 4, 4)
    assert {rgb(surface, (x, y)) for x in range(9) for y in range(9)} == {(1, 2, 3)}


def test_a_new_order_repaints_what_may_be_covered_now() -> None:
    a, b = item((0, 0, 5, 5), "a"), item((3, 3, 5, 5), "b")
    assert Rect(3, 3, 5, 5) in where([a, b], [b, a])


def test_near_rectangles_are_joined_and_far_ones_are_not() -> None:
    screen = Rect(0, 0, 100, 100)
    assert merged([Rect(0, 0, 10, 10), Rect(10, 0, 10, 10)], screen) == [Rect(0, 0, 20, 10)]
    assert len(merged([Rect(0, 0, 10, 10), Rect(80, 80, 10, 10)], screen)) == 2
    assert merged([Rect(90, 90, 50, 50), Rect(300, 0, 5, 5)], screen) == [Rect(90, 90, 10, 10)]


def test_items_together_show_only_through_their_rectangle() -> None:
    surface = Surface((10, 10), 0, 32)
    red = Item(Rect(0, 0, 10, 10), "red", lambda target: target.fill((255, 0, 0)) and None)
    whole = clipped([red], Rect(2, 2, 3, 3))
    surface.set_clip(whole.rect)
    whole.paint(surface)
    assert tuple(surface.get_at((3, 3))) == (255, 0, 0, 255)
    assert tuple(surface.get_at((6, 6))) == (0, 0, 0, 255)


def describe(moment: Moment) -> str:
    view = moment.view
    under = view if isinstance(view, IntervalView) else getattr(view, "under", None)
    return f"{type(view).__name__} {under and under.interval.kind} {under and under.seconds}"


def pixels(wall: Compositor) -> bytes:
    return pygame.image.tostring(wall.surface, "RGB")


def area_of(rects: list[Rect]) -> int:
    return sum(rect.width * rect.height for rect in rects)


def test_what_was_drawn_before_a_shift_does_not_linger_in_memory() -> None:
    """In a reference cycle, the old context would keep an exercise's pictures in memory for minutes."""
    wall = Compositor(Surface(SIZE, 0, 32), Blocks())
    gc.disable()
    try:
        for moment, now_s in film(starts(Kind.SWITCH)[0] - 3.0, 6.0, 0.5, first_s=SHIFT_EVERY_S):
            wall.draw(moment, now_s)
        before = ref(wall.context)
        wall.draw(moment, 2 * SHIFT_EVERY_S + SHIFT_WAITS_S)
        assert before() is None
    finally:
        gc.enable()
