"""What is visible in the work that a press ends or counts in, at stations and in a class."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import config
from kiosk.circuit import Amrap, Circuit, Entry, ForTime, Set, Task, Work
from kiosk.look import look
from kiosk.moments import ShowError, State, moment_at
from kiosk.session import Command, Phase, Rules, Session, next_due_s, step
from kiosk.timeline import Kind, Mode, Timeline
from kiosk.view import (
    BriefingView,
    FinishedView,
    Hold,
    HoldAim,
    IntervalView,
    PausedView,
    PressMeans,
    Score,
    StartView,
    Tally,
    View,
)
from tests.samples import any_circuits, circuit, exercise, work
from tests.test_look import check_until, running

TASKS = (Task(exercise("Swings"), "10"), Task(exercise("Squats"), "5"))
OPEN = Work((Set(TASKS[:1], 90, 30, open=True),) * 2)
FOLDER = Path(__file__).parent / "workouts"


def alone(entry: Entry, **changes: object) -> Circuit:
    return circuit(entry, rounds=1, get_ready_s=0, **changes)


def after(entry: Entry, *lived: tuple[float, Command | None]) -> Session:
    session = running(0.0, alone(entry))
    for now_s, command in lived:
        session = step(session, now_s, command).session
        if command is Command.PRESS:
            session = step(session, now_s + 0.1, Command.RELEASE).session
    return session


def interval_view(session: Session) -> IntervalView:
    view = look(session).view
    assert isinstance(view, IntervalView)
    return view


PRESS = Command.PRESS


class TestClock:
    def test_of_open_work_counts_up(self) -> None:
        seen = [
            (view.seconds, view.left)
            for view in (interval_view(after(OPEN, (at_s, None))) for at_s in (0, 0.9, 1, 59.5))
        ]
        assert seen == [(0, 90), (0, 90), (1, 89), (59, 31)]

    def test_its_last_seconds_are_those_before_the_cap(self) -> None:
        assert [interval_view(after(OPEN, (at_s, None))).last_seconds for at_s in (1, 86.9, 87)] == [False, False, True]

    def test_of_an_amrap_counts_down(self) -> None:
        assert interval_view(after(Amrap(TASKS, 600), (60.5, None))).seconds == 540

    def test_the_time_left_leaves_open_work_out(self) -> None:
        view = interval_view(after(OPEN, (10, None)))
        assert (view.minutes_left, view.open_ahead) == (1, True)
        assert not interval_view(running(10)).open_ahead


class TestPress:
    @pytest.mark.parametrize(
        ("entry", "means"),
        [
            (work(exercise(), 60), PressMeans.PAUSE),
            (OPEN, PressMeans.DONE),
            (ForTime(60, TASKS), PressMeans.ALL_DONE),
            (Amrap(TASKS, 60), PressMeans.ROUND),
        ],
    )
    def test_the_view_says_what_it_means(self, entry: Entry, means: PressMeans) -> None:
        assert interval_view(after(entry)).press_means is means

    def test_in_the_rest_after_it_it_pauses(self) -> None:
        assert interval_view(after(OPEN, (10, PRESS))).press_means is PressMeans.PAUSE

    def test_while_it_is_held_the_view_says_so_and_that_it_will_pause(self) -> None:
        session = step(after(OPEN, (10, None)), 10, PRESS).session
        assert interval_view(session).pressed
        held = interval_view(step(session, 11).session)
        assert held.hold == Hold(HoldAim.PAUSE, 30)
        view = look(step(session, 12).session).view
        assert isinstance(view, PausedView)
        assert (view.under.seconds, view.under.pressed) == (10, False)

    def test_it_is_not_pressed_where_it_pauses_or_counts(self) -> None:
        assert not interval_view(step(after(Amrap(TASKS, 60), (10, None)), 10, PRESS).session).pressed


class TestTally:
    def test_grows_with_each_press_and_knows_how_long_the_last_round_took(self) -> None:
        amrap = Amrap(TASKS, 600)
        assert interval_view(after(amrap, (40, None))).tally == Tally(0)
        once, twice = (interval_view(after(amrap, *((at_s, PRESS) for at_s in times))) for times in ((40,), (40, 95)))
        assert once.tally is not None
        assert twice.tally is not None
        assert tuple(once.tally) == pytest.approx((1, 40, 40))
        assert tuple(twice.tally) == pytest.approx((2, 95, 55))

    def test_is_only_in_an_amrap(self) -> None:
        assert interval_view(after(OPEN)).tally is None


class TestFinish:
    def finish(self, session: Session) -> FinishedView:
        view = look(session).view
        assert isinstance(view, FinishedView)
        return view

    def test_of_a_for_time_tells_the_true_time(self) -> None:
        view = self.finish(after(ForTime(600, TASKS, "Ladder"), (205.5, PRESS)))
        assert view.total_s == pytest.approx(205.5)
        (score,) = view.scores
        assert score._replace(used_s=round(score.used_s, 5)) == Score("Ladder", Mode.FOR_TIME, TASKS, 205.5, 600, False)

    def test_at_the_cap_it_says_so(self) -> None:
        (score,) = self.finish(after(ForTime(60, TASKS), (61, None))).scores
        assert (score.name, score.used_s, score.capped) == ("As fast as you can", 60, True)

    def test_of_an_amrap_tells_the_rounds(self) -> None:
        (score,) = self.finish(after(Amrap(TASKS, 60), (20, PRESS), (40, PRESS), (61, None))).scores
        assert (score.mode, score.rounds) == (Mode.AMRAP, 2)

    def test_of_timed_work_has_no_scores(self) -> None:
        assert self.finish(after(work(exercise(), 10), (11, None))).scores == ()


class TestBriefing:
    timeline = Timeline.of(config.load(FOLDER).circuit("stations"))

    def at(self, at_s: float) -> BriefingView:
        view = moment_at([self.timeline], 0, at_s, State.BRIEFING, None).view
        assert isinstance(view, BriefingView)
        return view

    def test_shows_each_station_for_six_seconds_and_when_work_begins(self) -> None:
        assert [(self.at(at_s).place, self.at(at_s).seconds) for at_s in (0, 5.5, 6, 35.9)] == [
            *((0, 46), (0, 41), (1, 40), (5, 11))
        ]
        moment = moment_at([self.timeline], 0, 8, State.BRIEFING, None)
        assert moment.t_s == pytest.approx(2, abs=1e-5)
        assert len(self.at(0).stations) == 6

    @pytest.mark.parametrize("at_s", [0.1, 5.95, 6.5, 30.2, 35.5])
    def test_stays_until_it_says(self, at_s: float) -> None:
        session = Session.start_screen((self.timeline,), 0.0)
        session = step(session, 0.0, PRESS).session
        check_until(step(session, 0.0 + min(at_s, 1.5)).session)
        check_until(step(step(session, 0.1, Command.RELEASE).session, at_s).session)

    def test_ends_and_is_only_before_stations(self) -> None:
        with pytest.raises(ShowError, match="lasts 36 s"):
            self.at(36)
        with pytest.raises(ShowError, match="only before stations"):
            moment_at([Timeline.of(circuit())], 0, 0, State.BRIEFING, None)


class TestClass:
    timeline = Timeline.of(config.load(FOLDER).circuit("class"))

    def at(self, at_s: float) -> IntervalView:
        view = moment_at([self.timeline], 0, at_s, State.RUNNING, None).view
        assert isinstance(view, IntervalView)
        return view

    def test_views_have_its_parts_and_where_one_is(self) -> None:
        names = ["Easy row", "Strength", "Tabata", "Finisher", "Side plank", "Stretch"]
        start = moment_at([self.timeline], 0, 1, State.IDLE, None).view
        assert isinstance(start, StartView)
        assert [part.name for part in start.parts] == names
        for one in self.timeline.intervals:
            view = self.at(one.start_s)
            assert [part.name for part in view.parts] == names
            assert view.interval.part in range(6)

    def test_only_a_rest_between_two_of_them_is_between_parts(self) -> None:
        between = [one for one in self.timeline.intervals if self.at(one.start_s).between_parts]
        assert [(one.kind, one.duration_s) for one in between] == [
            *((Kind.REST, 60), (Kind.REST, 120), (Kind.REST, 120), (Kind.REST, 60), (Kind.CHANGEOVER, 15))
        ]

    def test_the_start_screen_tells_the_known_time(self) -> None:
        start = moment_at([self.timeline], 0, 1, State.IDLE, None).view
        assert isinstance(start, StartView)
        assert start.total_s == self.timeline.known_s == 1825

    def test_a_circuit_of_exercises_has_no_parts(self) -> None:
        assert interval_view(running(12)).parts == ()


def test_exercises_of_which_only_the_name_is_known_have_no_lines_and_no_card() -> None:
    bare = exercise(muscles=(), why=(), how=(), steps=(), tip=(), cues=())
    made = circuit(work(bare, 60, 10), rounds=2, round_break_s=30)
    assert {interval_view(running(at_s, made)).lines for at_s in (1, 12, 72)} == {()}
    session = Session.start_screen((Timeline.of(made),), 0.0, Rules(dim_after_s=0))
    views = [look(step(session, at_s).session).view for at_s in (1, 7, 17)]
    assert [isinstance(view, StartView) and view.card for view in views] == [False] * 3


class TestAnyCircuit:
    @settings(deadline=None)
    @given(any_circuits(), st.floats(0, 0.999), st.lists(st.tuples(st.floats(0, 9), st.booleans()), max_size=8))
    def test_the_view_stays_until_it_says(
        self, any_circuit: Circuit, part: float, presses: list[tuple[float, bool]]
    ) -> None:
        session = running(Timeline.of(any_circuit).total_s * part, any_circuit)
        for wait_s, held in presses:
            session = step(session, session.now_s + wait_s, PRESS).session
            if not held:
                session = step(session, session.now_s + 0.05, Command.RELEASE).session
        if session.phase is Phase.RUNNING and min(look(session).until_s, next_due_s(session)) > session.now_s + 1e-4:
            check_until(session)

    @settings(deadline=None)
    @given(any_circuits(), st.floats(0, 0.999), st.sampled_from([State.RUNNING, State.PAUSED, State.COUNT_IN]))
    def test_every_state_can_be_shown_at_any_time(self, any_circuit: Circuit, part: float, state: State) -> None:
        timeline = Timeline.of(any_circuit)
        view: View = moment_at([timeline], 0, timeline.total_s * part, state, None).view
        assert isinstance(view, IntervalView) is (state is State.RUNNING)
