"""The session in work that a press ends or counts in: what a press and a hold mean, tallies, and the true time."""

from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.circuit import Amrap, Circuit, Entry, ForTime, Lap, Set, Side, Sides, Stations, Task, Work
from kiosk.session import COUNT_IN_S, TOO_LATE_S, Command, Phase, Result, Rules, Session, next_due_s, step
from kiosk.timeline import Cue, Interval, Kind, Mode, Timeline
from tests.samples import any_circuits, circuit, exercise, work
from tests.test_session import BOOT_S, Player, planned

TASKS = (Task(exercise("Swings"), "10"), Task(exercise("Squats"), "5"))
AMRAP, FOR_TIME = Amrap(TASKS, 600), ForTime(600, TASKS)


def of(*entries: Entry) -> Player:
    """Return a player that has started a circuit of the entries, without time to get ready, at 0 s."""
    return Player.of(circuit(*entries, rounds=1, get_ready_s=0), circuit(name="Other")).press(0)


def sets(count: int, rest_s: float = 30.0, cap_s: float = 120.0) -> Work:
    """Return sets of open work."""
    return Work((Set(TASKS[:1], cap_s, rest_s, open=True),) * count)


def interval(player: Player) -> Interval:
    return player.session.interval


def at(player: Player) -> tuple[Phase, float]:
    """Return the phase and the elapsed time."""
    return player.phase, round(player.elapsed_s, 5)


def results(player: Player) -> list[Result]:
    return [
        Result(
            one.interval,
            None if one.used_s is None else round(one.used_s, 5),
            tuple(round(lap_s, 5) for lap_s in one.laps_s),
        )
        for one in player.session.results
    ]


def laps(player: Player, index: int = 0) -> list[float]:
    return [round(lap_s, 5) for lap_s in player.session.result(index).laps_s]


class TestOpenWork:
    def test_a_press_ends_it_at_its_own_moment(self) -> None:
        player = of(sets(3)).press(20.5)
        assert interval(player).kind == "changeover"
        assert player.at(25).elapsed_s == pytest.approx(120 + 4.5)
        assert player.cues == [Cue.PRESS, Cue.GO, Cue.PRESS, Cue.CHANGE]
        assert results(player) == [Result(0, 20.5)]

    def test_it_goes_on_until_the_button_is_let_go(self) -> None:
        player = of(sets(3)).at(20, Command.PRESS)
        assert interval(player).open
        assert player.at(21.5, Command.RELEASE).session.interval_index == 1
        assert player.elapsed_s == pytest.approx(120 + 1.5), "the rest began with the press"

    def test_a_press_in_the_rest_pauses(self) -> None:
        assert of(sets(3)).press(20).press(30).phase is Phase.PAUSED

    def test_its_cap_ends_it_too(self) -> None:
        player = of(sets(2)).until(121)
        assert interval(player).kind == "changeover"
        assert player.session.results == ()
        assert player.cues[-4:] == [Cue.TICK, Cue.TICK, Cue.TICK, Cue.CHANGE]

    def test_a_press_that_its_cap_overtook_ends_nothing_else(self) -> None:
        player = of(sets(2)).until(119.5).at(119.5, Command.PRESS).at(120.5).at(120.6, Command.RELEASE)
        assert (player.phase, player.session.interval_index) == (Phase.RUNNING, 1)

    def test_the_true_time_is_what_was_really_used(self) -> None:
        player = of(sets(3)).press(20).press(20 + 30 + 15).press(20 + 30 + 15 + 30 + 7)
        assert player.phase is Phase.FINISHED
        assert player.session.true_s == pytest.approx(20 + 30 + 15 + 30 + 7)
        assert [one.used_s for one in player.session.results] == pytest.approx([20, 15, 7])
        assert player.cues[-1] is Cue.FINISH

    def test_a_pause_is_not_in_it(self) -> None:
        player = of(sets(1)).press(20, held_s=3)
        assert at(player) == (Phase.PAUSED, 20)
        assert player.press(100).until(103).press(110).phase is Phase.FINISHED
        assert player.session.true_s == pytest.approx(20 + 7)

    def test_both_sides_are_ended_by_a_press_each(self) -> None:
        plank = exercise(sides=Sides.EACH)
        player = of(Work((Set((Task(plank),), 60, switch_s=5, open=True),))).press(12)
        assert (interval(player).kind, interval(player).side) == (Kind.SWITCH, Side.LEFT)
        player.at(17.5)
        assert (interval(player).open, interval(player).side) == (True, Side.LEFT)
        assert player.press(30).phase is Phase.FINISHED
        assert player.session.true_s == pytest.approx(30)


class TestForTime:
    def test_a_press_finishes_it_with_the_true_time(self) -> None:
        player = of(FOR_TIME).press(222.25)
        assert player.phase is Phase.FINISHED
        assert player.session.true_s == pytest.approx(222.25)
        assert results(player) == [Result(0, 222.25)]
        assert player.cues[-1] is Cue.FINISH

    def test_without_a_press_the_cap_ends_it(self) -> None:
        player = of(FOR_TIME).until(600)
        assert player.phase is Phase.FINISHED
        assert player.session.results == ()
        assert player.session.true_s == 600

    def test_a_press_just_after_the_cap_starts_nothing(self) -> None:
        player = of(FOR_TIME).until(600).press(600 + TOO_LATE_S - 0.5)
        assert player.phase is Phase.FINISHED
        assert player.press(610).phase is Phase.RUNNING

    def test_in_a_class_it_goes_on(self) -> None:
        player = of(FOR_TIME, work(exercise(), 60)).press(100)
        assert (player.phase, interval(player).exercise.name) == (Phase.RUNNING, "Side plank")


class TestAmrap:
    def test_a_press_counts_a_round_at_once(self) -> None:
        player = of(AMRAP).at(50, Command.PRESS)
        assert laps(player) == [50]
        assert player.phase is Phase.RUNNING
        assert player.cues[-1] is Cue.TALLY
        player.at(50.1, Command.RELEASE).press(110).press(171)
        assert laps(player) == [50, 110, 171]
        assert player.at(200).elapsed_s == pytest.approx(200)

    def test_its_time_ends_it_and_the_tally_stays(self) -> None:
        player = of(AMRAP).press(50).press(110).until(600)
        assert player.phase is Phase.FINISHED
        assert results(player) == [Result(0, None, (50, 110))]
        assert player.session.true_s == 600

    def test_a_press_that_is_known_after_the_end_still_counts(self) -> None:
        player = of(AMRAP).until(600.02)
        assert player.phase is Phase.FINISHED
        player.at(599.99, Command.PRESS).at(600.2, Command.RELEASE)
        assert (player.phase, len(laps(player))) == (Phase.FINISHED, 1)
        assert player.press(601).phase is Phase.FINISHED, "people go on pressing"
        assert len(laps(player)) == 1

    def test_back_takes_one_round_off_and_only_then_goes_back(self) -> None:
        player = of(work(exercise(), 60), AMRAP).until(61).press(100).press(150).at(200, Command.BACK)
        assert laps(player, 1) == [40]
        assert player.elapsed_s == pytest.approx(200)
        assert laps(player.at(201, Command.BACK), 1) == []
        assert player.at(202, Command.BACK).elapsed_s == pytest.approx(60)
        assert player.at(203, Command.BACK).elapsed_s == pytest.approx(0)
        assert player.session.results == ()

    def test_back_takes_one_off_in_a_pause_too(self) -> None:
        player = of(AMRAP).press(50).press(100).press(120, held_s=3)
        assert player.phase is Phase.PAUSED
        player.at(130, Command.BACK)
        assert (player.phase, laps(player)) == (Phase.PAUSED, [50])

    def test_skip_ends_it_and_keeps_the_tally(self) -> None:
        player = of(AMRAP, work(exercise(), 60)).press(50).at(80, Command.SKIP)
        assert results(player) == [Result(0, 80, (50,))]
        assert interval(player).exercise.name == "Side plank"

    def test_two_of_them_have_a_tally_each(self) -> None:
        player = of(AMRAP, AMRAP).press(50).press(100).until(601).press(700)
        assert [len(laps(player, index)) for index in (0, 1)] == [2, 1]

    def test_starting_again_begins_at_0(self) -> None:
        player = of(AMRAP).press(50).until(600).press(610)
        assert (player.phase, player.session.results, player.session.jumped_s) == (Phase.RUNNING, (), 0)

    def test_another_button_counts_while_the_one_that_started_it_is_down(self) -> None:
        player = Player.of(circuit(AMRAP, get_ready_s=0)).at(0, Command.PRESS).at(0.5, Command.PRESS)
        assert laps(player) == [0.5]
        assert player.cues == [Cue.PRESS, Cue.GO], "the click gives way"

    def test_rounds_stay_in_order_though_a_press_of_another_button_is_known_late(self) -> None:
        player = of(AMRAP).press(50)
        session = step(player.session, player.session.now_s - 0.2, Command.PRESS).session
        first_s, second_s = session.results[0].laps_s
        assert second_s >= first_s
        held = step(session, session.now_s + 3).session
        assert held.phase is Phase.PAUSED
        assert held.results[0].laps_s == (first_s,)

    def test_the_press_that_starts_it_counts_nothing(self) -> None:
        assert of(AMRAP).session.results == ()


@pytest.mark.parametrize("entry", [sets(1), FOR_TIME, AMRAP], ids=["open", "for time", "amrap"])
class TestHold:
    def test_pauses_first_at_the_moment_of_the_press(self, entry: Entry) -> None:
        player = of(entry).at(50, Command.PRESS).at(51.9)
        assert at(player) == (Phase.RUNNING, 51.9)
        assert at(player.at(52)) == (Phase.PAUSED, 50)
        assert player.cues[-1] is Cue.PAUSE
        assert player.session.results in ((), (Result(0),)), "nothing is done, nothing is counted"
        player.at(53, Command.RELEASE)
        assert player.phase is Phase.PAUSED

    def test_that_outlasts_the_circuit_leaves_its_result_on_the_wall(self, entry: Entry) -> None:
        player = of(entry)
        cap_s = interval(player).duration_s
        player.until(cap_s - 1).at(cap_s - 1, Command.PRESS).until(cap_s + 5).at(cap_s + 5, Command.RELEASE)
        assert player.phase is Phase.FINISHED

    def test_then_a_press_goes_on(self, entry: Entry) -> None:
        player = of(entry).press(50, held_s=3).press(60).until(60 + COUNT_IN_S + 1)
        assert player.phase is Phase.RUNNING
        assert player.elapsed_s == pytest.approx(51)

    def test_and_a_hold_leaves(self, entry: Entry) -> None:
        player = of(entry).press(50, held_s=3).press(60, held_s=3)
        assert player.phase is Phase.IDLE
        assert player.session.timeline.circuit.name == "Test circuit"

    def test_after_a_stall_it_is_still_a_hold(self, entry: Entry) -> None:
        player = of(entry).at(50, Command.PRESS).at(55, Command.RELEASE)
        assert at(player) == (Phase.PAUSED, 50)

    def test_that_outlasts_the_work_pauses_in_it(self, entry: Entry) -> None:
        made = of(entry, work(exercise(), 60))
        cap_s = interval(made).duration_s
        player = made.until(cap_s - 1).at(cap_s - 1, Command.PRESS).until(cap_s + 1.5, 0.1)
        assert at(player) == (Phase.PAUSED, cap_s - 1)
        player.heard.clear()
        player.at(cap_s + 2, Command.RELEASE).press(cap_s + 10).until(cap_s + 16, 0.1)
        assert player.cues[-1] is Cue.CHANGE, "what was heard during the hold is heard again"

    def test_a_press_in_the_count_in_pauses_as_ever(self, entry: Entry) -> None:
        player = of(entry).press(50, held_s=3).press(60).press(61)
        assert at(player) == (Phase.PAUSED, 50)

    def test_on_the_start_screen_still_opens_the_chooser(self, entry: Entry) -> None:
        player = Player.of(circuit(entry, get_ready_s=0), circuit(name="Other")).press(0, held_s=3)
        assert (player.phase, player.session.results) == (Phase.CHOOSING, ())

    def test_the_loop_wakes_for_it(self, entry: Entry) -> None:
        assert next_due_s(of(entry).at(50, Command.PRESS).session) == BOOT_S + 52

    def test_a_power_cut_changes_nothing(self, entry: Entry) -> None:
        player = of(entry).press(50, held_s=3)
        before = player.session
        again = Player(Session.start_screen(before.timelines, BOOT_S))
        again.session = again.session.restoring(0, before.kept_s, before.jumped_s, before.results)
        assert again.press(1).until(5).elapsed_s == pytest.approx(51)


class TestBriefing:
    """A circuit that begins with stations shows them first, 6 s each."""

    def player(self, **changes: float) -> Player:
        stations = tuple((Task(exercise(f"Station {number}")),) for number in range(4))
        made = circuit(content=Stations((Lap(stations, 30, 10),)), **{"get_ready_s": 5, **changes})
        return Player.of(made, circuit(name="Other"))

    def test_comes_between_the_press_and_get_ready(self) -> None:
        player = self.player().press(0)
        assert player.phase is Phase.BRIEFING
        assert next_due_s(player.session) == BOOT_S + 24
        assert player.until(23.9).phase is Phase.BRIEFING
        assert at(player.at(25)) == (Phase.RUNNING, 1)
        assert player.cues == [Cue.PRESS]

    def test_a_press_begins_at_once(self) -> None:
        assert at(self.player().press(0).press(7).at(9)) == (Phase.RUNNING, 2)

    def test_a_hold_stops_it_and_from_the_start_screen_chooses(self) -> None:
        stopped = self.player().press(0).press(7, held_s=3)
        assert (stopped.phase, stopped.session.timeline.circuit.name) == (Phase.IDLE, "Test circuit")
        assert self.player().press(0, held_s=3).phase is Phase.CHOOSING

    def test_a_hold_sounds_no_go(self) -> None:
        player = self.player(get_ready_s=0).press(0).at(7, Command.PRESS).until(8.9)
        assert Cue.GO not in player.cues
        assert player.at(9).phase is Phase.IDLE
        assert self.player(get_ready_s=0).press(0).press(7).cues[-1] is Cue.GO

    def test_skip_and_back_go_from_station_to_station(self) -> None:
        player = self.player().press(0).at(3, Command.SKIP)
        assert next_due_s(player.session) == pytest.approx(BOOT_S + 3 + 18)
        player.at(4, Command.BACK)
        assert next_due_s(player.session) == pytest.approx(BOOT_S + 4 + 24)
        for second in range(5, 9):
            player.at(second, Command.SKIP)
        assert at(player) == (Phase.RUNNING, 0)

    def test_other_circuits_have_none(self) -> None:
        assert Player.of(circuit()).press(0).phase is Phase.RUNNING
        one = circuit(content=Stations((Lap((TASKS[:1],), 30),)))
        assert Player.of(one).press(0).phase is Phase.RUNNING


def test_skip_in_timed_work_is_not_in_the_true_time() -> None:
    player = of(work(exercise(), 60), work(exercise("B"), 60)).at(10, Command.SKIP).until(70)
    assert player.phase is Phase.FINISHED
    assert player.session.true_s == pytest.approx(70)


def test_going_back_adds_what_is_done_twice() -> None:
    player = of(work(exercise(), 60)).until(30).at(30, Command.BACK).until(90)
    assert player.phase is Phase.FINISHED
    assert player.session.true_s == pytest.approx(90)


_frames = st.lists(st.floats(0.05, 0.99), min_size=1, max_size=20)
_commands = st.lists(st.tuples(st.floats(0, 20), st.sampled_from(Command)), max_size=60)


class TestAnyCircuit:
    @settings(deadline=None, max_examples=60)
    @given(any_circuits(), _frames)
    def test_its_cues_sound_in_any_frame_pattern(self, any_circuit: Circuit, frames_s: list[float]) -> None:
        player, now_s = Player.of(any_circuit).start(), 0.0
        for frame_s in cycle(frames_s):
            now_s += frame_s
            while player.phase is Phase.RUNNING and next_due_s(player.session) < BOOT_S + now_s:
                player.at(next_due_s(player.session) - BOOT_S)
            if player.at(now_s).phase is not Phase.RUNNING:
                break
        assert [cue for cue in player.cues if cue is not Cue.PRESS] == [due.cue for due in planned(any_circuit)][1:]
        assert player.session.true_s == pytest.approx(player.session.timeline.total_s)

    @settings(deadline=None)
    @given(any_circuits(), _commands)
    def test_any_commands_keep_the_session_sane(
        self, any_circuit: Circuit, commands: list[tuple[float, Command]]
    ) -> None:
        player, now_s = Player.of(any_circuit, circuit(), rules=Rules(hold_s=1.0)), 0.0
        for wait_s, command in commands:
            now_s += wait_s
            session = player.at(now_s, command).session
            timeline = session.timeline
            assert 0 <= session.elapsed_s <= timeline.total_s + 1e-6
            assert next_due_s(session) > session.now_s - 1e-6
            assert session.true_s >= -1e-6
            assert [one.interval for one in session.results] == sorted({one.interval for one in session.results})
            for result in session.results:
                interval = timeline.intervals[result.interval]
                assert interval.mode is not Mode.TIMED
                assert list(result.laps_s) == sorted(result.laps_s)
                assert all(0 <= lap_s <= interval.duration_s for lap_s in result.laps_s)
                assert result.used_s is None or 0 <= result.used_s <= interval.duration_s
            assert (session.phase is Phase.IDLE) <= (session.results == () and session.jumped_s == 0)

    @settings(deadline=None)
    @given(any_circuits(), st.lists(st.floats(0.5, 40), max_size=30))
    @example(circuit(sets(3), AMRAP, FOR_TIME), [5.0] * 20)
    def test_a_press_means_what_the_interval_says(self, any_circuit: Circuit, waits_s: list[float]) -> None:
        player, now_s = Player.of(any_circuit).start(), 0.0
        for wait_s in waits_s:
            now_s += wait_s
            player.at(now_s)
            if player.phase is not Phase.RUNNING:
                break
            before, index = player.session, player.session.interval_index
            pressed = before.timeline.intervals[index]
            after = player.press(now_s, held_s=0).session
            if pressed.mode is Mode.TIMED:
                assert (after.phase, after.results) == (Phase.PAUSED, before.results)
                player.press(now_s, held_s=0)
                now_s += COUNT_IN_S
                player.at(now_s)
            elif pressed.mode is Mode.AMRAP:
                assert after.phase is Phase.RUNNING
                assert after.elapsed_s == pytest.approx(before.elapsed_s)
                assert len(after.result(index).laps_s) == len(before.result(index).laps_s) + 1
            else:
                assert after.result(index).used_s == pytest.approx(before.elapsed_s - pressed.start_s, abs=1e-5)
                assert after.elapsed_s == pytest.approx(pressed.end_s, abs=1e-5)
                assert after.true_s == pytest.approx(before.true_s, abs=1e-5)

    @settings(deadline=None)
    @given(any_circuits(), st.floats(0, 0.999), st.floats(0.1, 500))
    def test_a_pause_and_a_power_cut_lose_nothing_in_any_interval(
        self, any_circuit: Circuit, part: float, pause_s: float
    ) -> None:
        at_s = Timeline.of(any_circuit).total_s * part
        player = Player.of(any_circuit).start().at(at_s)
        here = player.session.interval
        if player.phase is not Phase.RUNNING or (here.mode is not Mode.TIMED and here.end_s - at_s < 3):
            return
        player.press(at_s, held_s=0 if player.session.interval.mode is Mode.TIMED else 3)
        paused = player.session
        assert paused.phase is Phase.PAUSED
        assert paused.elapsed_s == pytest.approx(at_s, abs=1e-5)
        cut = Session.start_screen(paused.timelines, 0.0).restoring(0, paused.kept_s, paused.jumped_s, paused.results)
        for session in (paused, cut):
            now_s = session.now_s + pause_s
            if session.restored:
                now_s = min(now_s, 290)
            for command in (Command.PRESS, Command.RELEASE):
                session = step(session, now_s, command).session
            session = step(session, now_s + COUNT_IN_S).session
            assert session.phase is Phase.RUNNING
            assert session.elapsed_s == pytest.approx(at_s, abs=1e-5)
            assert (session.results, session.jumped_s) == (paused.results, paused.jumped_s)
