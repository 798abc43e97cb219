"""The view at each moment of a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import Circuit, EasierOption, Sides
from kiosk.look import later, look
from kiosk.session import Command, Phase, Rules, Session, next_due_s, step
from kiosk.timeline import Kind, Timeline
from kiosk.view import (
    ChooserView,
    CountInView,
    DimView,
    FinishedView,
    Hold,
    HoldAim,
    IntervalView,
    Line,
    PausedView,
    StartView,
)
from tests.samples import circuit, circuits, exercise, work

OPEN = (0, Command.PRESS), (2, None), (2.5, Command.RELEASE)
"""A hold on the start screen that opens the chooser, as times in seconds and commands."""


def running(at_s: float, made: Circuit | None = None) -> Session:
    """Return a session that was started at 0 s and has run until `at_s`."""
    session = Session.start_screen((Timeline.of(made or circuit()),), 0.0)
    session = step(session, 0.0, Command.PRESS).session
    session = step(session, 0.0, Command.RELEASE).session
    if session.phase is Phase.BRIEFING:
        session = step(step(session, 0.0, Command.PRESS).session, 0.0, Command.RELEASE).session
    return step(session, at_s).session


def interval_at(at_s: float, made: Circuit | None = None) -> IntervalView:
    view = look(running(at_s, made)).view
    assert isinstance(view, IntervalView)
    return view


def check_until(session: Session) -> None:
    """Check that the view stays the same until the moment that it gives."""
    moment, until_s = look(session), min(look(session).until_s, next_due_s(session), session.now_s + 100)
    assert until_s >= session.now_s + 1e-7
    for part in (0.3, 0.7, 0.99):
        now_s = session.now_s + part * (until_s - session.now_s) - 2e-6
        then = look(step(session, now_s).session)
        assert then.view == moment.view
        assert then.t_s == pytest.approx(later(moment, session, now_s).t_s, abs=1e-5)


class TestDigits:
    @pytest.mark.parametrize(("at_s", "seconds"), [(0, 10), (0.01, 10), (1, 9), (9, 1), (9.99, 1), (10, 30), (39.5, 1)])
    def test_count_the_seconds_that_are_not_over(self, at_s: float, seconds: int) -> None:
        assert interval_at(at_s).seconds == seconds

    def test_the_last_three_seconds_begin_with_the_first_tick(self) -> None:
        assert not interval_at(36.99).last_seconds
        assert interval_at(37).last_seconds

    @given(circuits(), st.floats(0, 1))
    def test_stay_within_the_interval(self, any_circuit: Circuit, part: float) -> None:
        timeline = Timeline.of(any_circuit)
        moment = look(running(timeline.total_s * part * 0.999, any_circuit))
        assert isinstance(moment.view, IntervalView)
        assert 1 <= moment.view.seconds <= moment.view.interval.duration_s + 1
        assert 0 <= moment.t_s <= moment.view.interval.duration_s

    def test_time_left_is_in_minutes_rounded_up(self) -> None:
        assert interval_at(0).minutes_left == 6, "5:10 in all"
        assert interval_at(309).minutes_left == 1


class TestNext:
    @pytest.mark.parametrize(
        ("at_s", "kind"),
        [(12, Kind.CHANGEOVER), (50, Kind.CHANGEOVER), (100, Kind.ROUND_BREAK), (5, Kind.CHANGEOVER)],
        ids=["first side", "second side", "last of the round", "get ready"],
    )
    def test_is_what_follows_this_exercise(self, at_s: float, kind: Kind) -> None:
        following = interval_at(at_s).next
        assert following is not None
        assert following.kind is kind

    def test_after_the_last_exercise_there_is_none(self) -> None:
        assert interval_at(300).next is None


class TestLines:
    def test_cues_take_turns_with_the_tip(self) -> None:
        made = circuit(work(exercise(cues=("One", "Two")), 60), get_ready_s=0, rounds=1)
        lines = [(view.line, view.lines) for view in (interval_at(at_s, made) for at_s in (0, 8, 16, 24))]
        assert lines[0] == (Line.CUE, ("One",))
        assert lines[1] == (Line.CUE, ("Two",))
        assert lines[2] == (Line.TIP, ("Too hard?", "Hold 10 s, rest 5 s."))
        assert lines[3] == lines[0]

    def test_a_changeover_shows_how_and_then_why(self) -> None:
        assert interval_at(76).line is Line.HOW
        assert interval_at(81).line is Line.WHY

    def test_a_short_changeover_shows_how_only(self) -> None:
        made = circuit(work(exercise(), 30, 8), work(exercise("B"), 30), get_ready_s=0)
        assert {interval_at(30 + second, made).line for second in range(8)} == {Line.HOW}


class TestMovement:
    def test_goes_on_from_the_rest_through_both_sides(self) -> None:
        """The figure's animation begins when the exercise comes onto the screen, and runs on in the next intervals."""
        for at_s in (3, 20, 42, 60):
            moment = look(running(at_s))
            assert isinstance(moment.view, IntervalView)
            assert moment.view.shown_s + moment.t_s == pytest.approx(at_s, abs=1e-5)

    def test_begins_again_with_another_exercise(self) -> None:
        assert interval_at(76).shown_s == 0
        assert interval_at(90).shown_s == 10


class TestEasierLane:
    def test_turns_in_step_with_the_interval(self) -> None:
        lanes = [interval_at(10 + at_s).easier for at_s in (0, 9.5, 10, 14.5, 15, 29.5)]
        assert [(lane.holding, lane.seconds) for lane in lanes if lane] == [
            (True, 10),
            (True, 1),
            (False, 5),
            (False, 1),
            (True, 10),
            (False, 1),
        ]

    def test_never_outlasts_the_work(self) -> None:
        made = circuit(work(exercise(easier=EasierOption(10, 5)), 12), get_ready_s=0, rounds=1)
        lane = interval_at(11, made).easier
        assert lane is not None
        assert (lane.holding, lane.seconds) == (False, 1)

    def test_is_only_there_during_work(self) -> None:
        assert interval_at(5).easier is None
        assert interval_at(42).easier is None


class TestScreens:
    def test_a_round_break_previews_the_next_exercise_towards_its_end(self) -> None:
        made = circuit(work(exercise(), 30), get_ready_s=0, round_break_s=60)
        assert not interval_at(31, made).previews
        assert interval_at(75, made).previews

    def test_the_start_screen_tours_the_exercises_and_their_cards(self) -> None:
        session = Session.start_screen((Timeline.of(circuit()),), 0.0)
        tour = []
        for at_s in (0, 6, 16, 22, 32):
            view = look(step(session, at_s).session, "18:42").view
            assert isinstance(view, StartView)
            tour.append((view.place, view.card))
        assert tour == [(0, False), (0, True), (1, False), (1, True), (0, False)]

    def test_dims_and_moves_its_clock(self) -> None:
        session = Session.start_screen((Timeline.of(circuit()),), 0.0)
        places = {look(step(session, 300 + minute * 60).session).view for minute in range(9)}
        assert all(isinstance(view, DimView) for view in places)
        assert len(places) == 9

    def test_paused_shows_what_is_underneath_standing_still(self) -> None:
        session = step(running(20), 20.5, Command.PRESS).session
        session = step(session, 20.6, Command.RELEASE).session
        moments = [look(step(session, at_s).session) for at_s in (21, 90, 210)]
        views = [moment.view for moment in moments]
        assert all(isinstance(view, PausedView) and view.under.seconds == 20 for view in views)
        assert [view.dimmed for view in views if isinstance(view, PausedView)] == [False, False, True]
        assert {moment.t_s for moment in moments} == {moments[0].t_s}

    def test_a_key_brightens_a_dimmed_pause(self) -> None:
        session = step(running(20), 20, Command.PRESS).session
        session = step(session, 20, Command.RELEASE).session
        session = step(step(session, 300).session, 301, Command.BACK).session
        view = look(session).view
        assert isinstance(view, PausedView)
        assert not view.dimmed
        assert look(session).until_s == pytest.approx(301 + 180, abs=1e-5)

    def test_the_last_minute_of_a_pause_counts_down_in_full_brightness(self) -> None:
        session = step(running(20), 20, Command.PRESS).session
        session = step(session, 20, Command.RELEASE).session
        views = [look(step(session, 20 + at_s).session).view for at_s in (500, 839.9, 840, 841, 899.5)]
        seen = [(view.dimmed, view.ends_in) for view in views if isinstance(view, PausedView)]
        assert seen == [(True, None), (True, None), (False, 60), (False, 59), (False, 1)]

    def test_a_pause_without_a_limit_never_ends_soon(self) -> None:
        session = running(20)._replace(rules=Rules(pause_limit_s=0))
        view = look(step(step(session, 20, Command.PRESS).session, 20, Command.RELEASE).session).view
        assert isinstance(view, PausedView)
        assert view.ends_in is None

    def test_a_hold_fills_up(self) -> None:
        session = step(running(20), 20, Command.PRESS).session
        holds = []
        for at_s in (20.1, 21, 21.99):
            view = look(step(session, at_s).session).view
            assert isinstance(view, PausedView)
            holds.append(view.hold)
        assert holds == [None, Hold(HoldAim.STOP, 30), Hold(HoldAim.STOP, 59)]

    def test_counting_in(self) -> None:
        session = running(20)
        for at_s, command in ((20, Command.PRESS), (20, Command.RELEASE), (30, Command.PRESS), (30, Command.RELEASE)):
            session = step(session, at_s, command).session
        numbers = [look(step(session, at_s).session).view for at_s in (30, 31, 32)]
        assert [view.seconds for view in numbers if isinstance(view, CountInView)] == [3, 2, 1]
        assert isinstance(look(step(session, 33).session).view, IntervalView)

    def test_a_hold_from_the_pause_on_fills_up_over_the_count_in(self) -> None:
        session = running(20)
        for at_s, command in ((20, Command.PRESS), (20, Command.RELEASE), (30, Command.PRESS)):
            session = step(session, at_s, command).session
        view = look(step(session, 31).session).view
        assert isinstance(view, CountInView)
        assert view.under.hold == Hold(HoldAim.STOP, 30)

    def test_finished_counts_down_to_the_start_screen(self) -> None:
        view = look(running(310 + 5.5)).view
        assert view == FinishedView(circuit(), 310, 40)
        assert look(step(running(310 + 5.5), 316, Command.BACK).session).view == FinishedView(circuit(), 310, 45)

    def test_the_chooser_shows_where_the_list_is_and_for_how_long_it_stays(self) -> None:
        session = Session.start_screen((Timeline.of(circuit()),) * 3, 0.0, Rules(skip_and_back=True), chosen=2)
        for at_s, command in OPEN:
            session = step(session, at_s, command).session
        assert look(session).view == ChooserView(session.timelines, 2, 0, 20, skip_and_back=True)
        skipped = look(step(session, 4.5, Command.SKIP).session).view
        assert skipped == ChooserView(session.timelines, 0, 1, 20, skip_and_back=True)
        later_s = step(step(session, 4.5, Command.BACK).session, 6.75).session
        assert look(later_s).view == ChooserView(session.timelines, 1, -1, 18, skip_and_back=True)

    def test_in_the_chooser_a_press_is_seen_at_once_and_a_hold_soon(self) -> None:
        session = Session.start_screen((Timeline.of(circuit()),) * 3, 0.0)
        for at_s, command in (*OPEN, (10, Command.PRESS)):
            session = step(session, at_s, command).session
        views = [look(step(session, at_s).session).view for at_s in (10, 10.2, 11)]
        assert all(isinstance(view, ChooserView) and view.pressed and view.seconds == 20 for view in views)
        holds = [view.hold for view in views if isinstance(view, ChooserView)]
        assert holds == [None, None, Hold(HoldAim.CHOOSE, 30)]

    def test_a_hold_on_the_start_screen_is_to_choose_if_there_is_something_to_choose_from(self) -> None:
        for count, aim in ((1, HoldAim.STOP), (2, HoldAim.CHOOSE)):
            session = step(Session.start_screen((Timeline.of(circuit()),) * count, 0.0), 0, Command.PRESS).session
            view = look(step(session, 1).session).view
            assert isinstance(view, IntervalView)
            assert view.hold == Hold(aim, 30)

    def test_sides(self) -> None:
        plain = circuit(work(exercise(sides=Sides.NONE), 60))
        assert interval_at(12, plain).interval.side is None


class TestChange:
    """Until a moment's `until_s` its view stays the same, so the loop may sleep, and `later` replaces `look`."""

    @given(circuits(), st.floats(0, 1))
    def test_while_a_circuit_runs(self, any_circuit: Circuit, part: float) -> None:
        check_until(running(Timeline.of(any_circuit).total_s * part * 0.999, any_circuit))

    @pytest.mark.parametrize(
        "commands",
        [
            [],
            [(0, Command.PRESS)],
            [(0, Command.PRESS), (0, Command.RELEASE), (20, Command.PRESS)],
            [(0, Command.PRESS), (0, Command.RELEASE), (20, Command.PRESS), (20, Command.RELEASE)],
            [(0, Command.PRESS), (0, Command.RELEASE), (20, Command.PRESS), (20, Command.RELEASE), (29, Command.PRESS)],
            [*OPEN, (4, Command.SKIP)],
            [*OPEN, (4, Command.PRESS)],
        ],
        ids=["start screen", "held at the start", "held", "paused", "counting in", "choosing", "held while choosing"],
    )
    @pytest.mark.parametrize("later_s", [0.1, 0.9, 1.1, 5, 14, 170, 310, 375, 838, 872.3])
    def test_on_the_other_screens(self, commands: list[tuple[float, Command | None]], later_s: float) -> None:
        session = Session.start_screen((Timeline.of(circuit()),) * 2, 0.0)
        for at_s, command in commands:
            session = step(session, at_s, command).session
        check_until(step(session, session.now_s + later_s).session)

    def test_it_comes_with_every_digit(self) -> None:
        session = running(12.25)
        assert look(session).until_s == pytest.approx(13, abs=1e-5)
