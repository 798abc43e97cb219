"""What the wall may show next: after a press, and when time brings another screen."""

import pytest

from kiosk.circuit import Station
from kiosk.coming import coming, same_until_s, screen_ends_s
from kiosk.session import Command, Session, step
from kiosk.timeline import Kind, Timeline
from kiosk.view import CountInView, DimView, FinishedView, IntervalView, PausedView, StartView, View, look
from tests.samples import circuit, exercise

TIMELINE = Timeline.of(circuit())
START = Session.start_screen((TIMELINE,), 100.0)


def running(elapsed_s: float, start: Session = START) -> Session:
    session = step(step(start, 100.0, Command.PRESS).session, 100.1, Command.RELEASE).session
    return step(session, 100.0 + elapsed_s).session


def views(session: Session) -> list[View]:
    return [moment.view for moment in coming(session, "18:42")]


def test_from_the_start_screen_the_circuit_or_the_next_page_of_the_tour() -> None:
    page, pressed = views(START)
    assert isinstance(pressed, IntervalView)
    assert pressed.interval.kind is Kind.GET_READY
    assert isinstance(page, StartView)
    assert page.card
    assert page.clock == "18:42"


def test_from_an_interval_the_pause_or_the_next_one_and_after_the_last_one_the_end() -> None:
    after, paused = views(running(12.0))
    assert isinstance(paused, PausedView)
    assert paused.under == look(running(12.0)).view
    assert isinstance(after, IntervalView)
    assert after.interval == TIMELINE.intervals[2]
    assert isinstance(views(running(TIMELINE.total_s - 2))[0], FinishedView)


@pytest.mark.parametrize("elapsed_s", [0.0, 9.999_999_9, 10.0, 12.3])
def test_an_interval_is_on_the_screen_until_it_ends(elapsed_s: float) -> None:
    session = running(elapsed_s)
    view = look(session).view
    assert isinstance(view, IntervalView)
    assert screen_ends_s(session) == pytest.approx(100.0 + view.interval.end_s, abs=1e-5)


def test_a_pause_is_foreseen_anew_when_its_clock_loses_a_digit() -> None:
    began = running(10.0)
    view = look(began).view
    assert isinstance(view, IntervalView)
    assert view.interval.duration_s > 10
    ends_s = screen_ends_s(began)
    at_s = same_until_s(began)
    (_, before), (_, after) = coming(began), coming(step(began, at_s + 1e-6).session)
    assert isinstance(before.view, PausedView)
    assert isinstance(after.view, PausedView)
    assert (len(str(before.view.under.seconds)), len(str(after.view.under.seconds))) == (2, 1)
    assert same_until_s(step(began, at_s + 1e-3).session) == ends_s


def test_before_a_short_screen_what_follows_it_too() -> None:
    short = Timeline.of(circuit(Station(exercise(), 60, 4), Station(exercise(), 60, 4), get_ready_s=3))
    start = Session.start_screen((short,), 100.0)
    _, work, get_ready = views(start)
    assert isinstance(get_ready, IntervalView)
    assert isinstance(work, IntervalView)
    assert [get_ready.interval, work.interval] == list(short.intervals[:2])
    after, changeover, paused = views(running(5.0, start))
    assert isinstance(changeover, IntervalView)
    assert isinstance(after, IntervalView)
    assert [changeover.interval, after.interval] == list(short.intervals[2:4])
    assert isinstance(paused, PausedView)


def test_from_a_pause_only_what_a_press_brings() -> None:
    paused = step(running(12.0), 113.0, Command.PRESS).session
    (counting,) = views(paused)
    assert isinstance(counting, CountInView)


def test_from_a_dark_wall_the_start_screen() -> None:
    dimmed = step(START, START.dims_at_s + 1).session
    assert isinstance(look(dimmed).view, DimView)
    assert isinstance(views(dimmed)[-1], StartView)
