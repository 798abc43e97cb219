"""The session, and how commands and time change it. The tests pass the time in, so none of them sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.circuit import Circuit, Sides
from kiosk.session import Command, Phase, Rules, Session, next_due_s, step
from kiosk.signals import audible, length_s
from kiosk.timeline import Cue, DueCue, Timeline
from tests.samples import circuit, circuits, exercise, work

BOOT_S = 5_000.25
"""An arbitrary time on the monotonic clock, in seconds. No result may depend on it."""


@dataclass
class Player:
    """A session that is stepped, and each cue that it gave, with its time in seconds since BOOT_S."""

    session: Session
    heard: list[tuple[float, Cue]] = field(default_factory=list)

    @classmethod
    def of(cls, *made: Circuit, rules: Rules | None = None) -> Player:
        timelines = tuple(Timeline.of(one) for one in made or (circuit(),))
        return cls(Session.start_screen(timelines, BOOT_S, rules))

    def at(self, second_s: float, command: Command | None = None) -> Player:
        self.session, cues = step(self.session, BOOT_S + second_s, command)
        self.heard += [(second_s, cue) for cue in cues]
        return self

    def press(self, second_s: float, *, held_s: float = 0.1) -> Player:
        self.at(second_s, Command.PRESS)
        if held_s < self.session.rules.hold_s:
            return self.at(second_s + held_s, Command.RELEASE)
        return self.at(second_s + self.session.rules.hold_s).at(second_s + held_s, Command.RELEASE)

    def start(self) -> Player:
        """Start the circuit at 0 s, without its briefing."""
        self.press(0, held_s=0)
        return self.press(0, held_s=0) if self.phase is Phase.BRIEFING else self

    def until(self, second_s: float, steps_s: float = 0.5) -> Player:
        """Step in frames of `steps_s` until `second_s`."""
        now_s = self.session.now_s - BOOT_S
        while now_s + steps_s < second_s:
            now_s += steps_s
            self.at(now_s)
        return self.at(second_s)

    @property
    def phase(self) -> Phase:
        return self.session.phase

    @property
    def elapsed_s(self) -> float:
        return self.session.elapsed_s

    @property
    def cues(self) -> list[Cue]:
        return [cue for _, cue in self.heard]


class TestPress:
    def test_starts(self) -> None:
        player = Player.of().press(3)
        assert player.phase is Phase.RUNNING
        assert player.at(5).elapsed_s == pytest.approx(2)
        assert player.cues == [Cue.PRESS]

    def test_pauses_at_the_moment_of_the_press(self) -> None:
        player = Player.of().press(0).press(4.321)
        assert player.phase is Phase.PAUSED
        assert player.at(100).elapsed_s == pytest.approx(4.321, abs=1e-9)
        assert player.cues[-1] is Cue.PAUSE

    def test_counts_even_when_the_loop_learns_of_it_late(self) -> None:
        """A press in the queue keeps its own moment, even if a frame was drawn before the press was read."""
        player = Player.of().press(0).at(4.0)
        player.at(4.321, Command.PRESS).at(6)
        assert player.elapsed_s == pytest.approx(4.321, abs=1e-9)

    def test_counts_from_its_edge_though_the_debounced_pin_tells_of_it_after_the_next_frame(self) -> None:
        player = Player.of().press(0).at(6)
        assert player.at(5.98, Command.PRESS).elapsed_s == pytest.approx(5.98)
        assert player.session.now_s == BOOT_S + 6

    def test_never_turns_time_back_by_more_than_a_debounce_can_take(self) -> None:
        player = Player.of().press(0).at(6)
        assert player.at(1, Command.PRESS).elapsed_s == pytest.approx(5.75)

    def test_that_is_older_than_what_happened_meanwhile_counts_from_then(self) -> None:
        player = Player.of(circuit(rounds=1)).press(0).until(145)
        assert player.phase is Phase.FINISHED
        assert player.at(144.99, Command.PRESS).at(145.5).elapsed_s == pytest.approx(0.5)

    def test_resumes_after_a_count_in(self) -> None:
        player = Player.of().press(0).press(4).until(60)
        player.heard.clear()
        player.press(60)
        assert player.phase is Phase.COUNTING_IN
        player.until(62.9)
        assert player.elapsed_s == pytest.approx(4)
        assert player.until(64).phase is Phase.RUNNING
        assert player.elapsed_s == pytest.approx(5)
        assert player.cues == [Cue.PRESS, Cue.TICK, Cue.TICK, Cue.RESUME]

    def test_during_the_count_in_pauses_again(self) -> None:
        player = Player.of().press(0).press(4).press(60).press(61)
        assert player.phase is Phase.PAUSED
        assert player.until(120).elapsed_s == pytest.approx(4)

    def test_after_the_finish_starts_again(self) -> None:
        player = Player.of(circuit(rounds=1)).press(0).until(160).press(170)
        assert player.phase is Phase.RUNNING
        assert player.at(171).elapsed_s == pytest.approx(1)

    def test_on_a_dimmed_start_screen_only_wakes(self) -> None:
        player = Player.of().at(301)
        assert player.session.dimmed
        player.press(302, held_s=3)
        assert player.phase is Phase.IDLE
        assert not player.session.dimmed
        assert player.press(306).phase is Phase.RUNNING

    def test_never_dims_when_the_gym_says_so(self) -> None:
        assert not Player.of(rules=Rules(dim_after_s=0)).at(1e6).session.dimmed


class TestHold:
    def test_stops_a_running_circuit(self) -> None:
        player = Player.of().press(0).at(20, Command.PRESS)
        assert player.phase is Phase.PAUSED, "a press acts on the down edge"
        assert player.at(21.9).phase is Phase.PAUSED
        assert player.at(22).phase is Phase.IDLE
        assert player.at(30, Command.RELEASE).phase is Phase.IDLE

    def test_stops_a_paused_circuit_before_the_count_in_ends(self) -> None:
        player = Player.of().press(0).press(5).at(20, Command.PRESS)
        assert player.phase is Phase.COUNTING_IN
        assert player.at(22).phase is Phase.IDLE

    def test_on_the_start_screen_undoes_the_start(self) -> None:
        player = Player.of(circuit()).at(1, Command.PRESS)
        assert player.phase is Phase.RUNNING
        assert player.at(3).phase is Phase.IDLE

    def test_on_the_finish_screen_goes_back_to_the_start_screen(self) -> None:
        player = Player.of(circuit(rounds=1), circuit(name="Other")).press(0).until(160).press(170, held_s=2)
        assert player.phase is Phase.IDLE
        assert player.session.timeline.circuit.name == "Test circuit"

    def test_counts_from_the_press_even_after_a_stall(self) -> None:
        assert Player.of().press(0).at(20, Command.PRESS).at(25, Command.RELEASE).phase is Phase.IDLE

    def test_that_is_let_go_early_is_a_press(self) -> None:
        assert Player.of().press(0).press(20, held_s=1.99).at(30).phase is Phase.PAUSED

    def test_takes_as_long_as_the_gym_says(self) -> None:
        player = Player.of(rules=Rules(hold_s=4)).press(0).at(20, Command.PRESS)
        assert player.at(23.9).phase is Phase.PAUSED
        assert player.at(24).phase is Phase.IDLE


class TestStartWithoutGetReady:
    """A press on the start screen may become a hold, and a hold starts nothing."""

    def player(self, **changes: float) -> Player:
        made = [circuit(work(exercise(), 60), name=name, **{"get_ready_s": 0, **changes}) for name in ("One", "Other")]
        return Player.of(*made)

    def test_go_sounds_when_the_button_is_let_go_and_time_counts_from_the_press(self) -> None:
        player = self.player().at(5, Command.PRESS).at(5.1)
        assert player.phase is Phase.RUNNING
        assert player.at(5.15, Command.RELEASE).cues == [Cue.PRESS, Cue.GO]
        assert player.elapsed_s == pytest.approx(0.15)

    def test_a_hold_sounds_no_go(self) -> None:
        player = self.player().at(5, Command.PRESS).until(7.5).at(7.5, Command.RELEASE)
        assert player.phase is Phase.CHOOSING
        assert player.cues == [Cue.PRESS, Cue.PRESS], "felt, and obeyed"

    def test_a_hold_sounds_no_ticks_of_a_short_get_ready(self) -> None:
        player = self.player(get_ready_s=1.5).at(5, Command.PRESS).until(7.5)
        assert player.cues == [Cue.PRESS, Cue.PRESS]

    def test_let_go_late_it_goes_on_with_the_next_tick(self) -> None:
        player = self.player(get_ready_s=3.5).at(5, Command.PRESS).until(6.8).at(6.8, Command.RELEASE)
        assert player.cues == [Cue.PRESS], "the ticks are late"
        player.until(8.6, 0.1)
        assert player.cues == [Cue.PRESS, Cue.TICK, Cue.GO]

    def test_the_loop_sleeps_until_the_hold_is_over(self) -> None:
        player = self.player().at(5, Command.PRESS)
        assert next_due_s(player.session) == BOOT_S + 7

    def test_after_the_finish_a_hold_sounds_no_go_either(self) -> None:
        player = self.player().press(0).until(155)
        assert player.phase is Phase.FINISHED
        player.heard.clear()
        assert player.at(160, Command.PRESS).until(163).phase is Phase.IDLE
        assert player.cues == [Cue.PRESS, Cue.PRESS]


class TestTime:
    def test_finishes_and_goes_back_to_the_start_screen(self) -> None:
        player = Player.of(circuit(rounds=1)).press(0).until(145)
        assert player.phase is Phase.FINISHED
        assert player.cues[-1] is Cue.FINISH
        assert player.until(189.9).phase is Phase.FINISHED
        assert player.until(190).phase is Phase.IDLE

    def test_a_pause_of_15_minutes_ends_the_session(self) -> None:
        player = Player.of().press(0).press(5).until(904.9)
        assert player.phase is Phase.PAUSED
        assert player.at(905).phase is Phase.IDLE

    def test_a_stall_skips_no_time_and_sounds_only_the_newest_cue(self) -> None:
        player = Player.of().press(0)
        player.heard.clear()
        player.at(48)
        assert player.cues == [Cue.GO], "ticks, go, ticks, switch, ticks are old; the go at 45 s is what counts"
        assert player.elapsed_s == pytest.approx(48)

    def test_a_stall_over_the_whole_rest_of_the_circuit(self) -> None:
        player = Player.of(circuit(rounds=1)).press(0).at(10_000)
        assert player.phase is Phase.IDLE
        assert player.cues[-1] is Cue.FINISH


class TestSkipAndBack:
    def test_skip_goes_to_the_next_interval_and_sounds_its_cue(self) -> None:
        player = Player.of().press(0).at(3, Command.SKIP)
        assert player.elapsed_s == pytest.approx(10)
        assert player.cues[-1] is Cue.GO

    def test_skip_in_the_last_interval_finishes(self) -> None:
        player = Player.of(circuit(work(exercise(), 30), rounds=1)).press(0).at(20, Command.SKIP)
        assert player.phase is Phase.FINISHED
        assert player.cues[-1] is Cue.FINISH

    def test_back_goes_to_the_start_of_the_interval_and_soon_after_it_to_the_one_before(self) -> None:
        player = Player.of().press(0).until(30).at(30, Command.BACK)
        assert player.elapsed_s == pytest.approx(10)
        assert player.at(31, Command.BACK).elapsed_s == pytest.approx(0)
        assert player.at(31.5, Command.BACK).elapsed_s == pytest.approx(0)

    def test_what_was_heard_before_going_back_is_heard_again(self) -> None:
        player = Player.of().press(0).until(41).at(41, Command.BACK).at(41.1)
        player.heard.clear()
        player.until(50)
        assert player.elapsed_s == pytest.approx(10 + 9)
        player.until(71)
        assert player.cues == [Cue.TICK, Cue.TICK, Cue.TICK, Cue.SWITCH]

    def test_while_paused_stays_paused(self) -> None:
        player = Player.of().press(0).press(5).at(20, Command.SKIP)
        assert (player.phase, player.elapsed_s) == (Phase.PAUSED, 10)
        player.press(30)
        player.heard.clear()
        assert player.until(34).phase is Phase.RUNNING
        assert player.cues == [Cue.TICK, Cue.TICK, Cue.RESUME, Cue.GO]

    def test_skip_in_the_last_interval_of_a_pause_finishes_too(self) -> None:
        player = Player.of(circuit(work(exercise(), 30), rounds=1)).press(0).press(20).at(50, Command.SKIP)
        assert player.phase is Phase.FINISHED
        assert player.cues[-1] is Cue.FINISH
        assert player.elapsed_s == 40


@pytest.mark.parametrize(
    ("phase", "command"),
    [
        (Phase.IDLE, Command.RELEASE),
        (Phase.FINISHED, Command.RELEASE),
        (Phase.COUNTING_IN, Command.SKIP),
        (Phase.COUNTING_IN, Command.BACK),
    ],
)
def test_a_command_that_means_nothing_changes_nothing(phase: Phase, command: Command) -> None:
    player = Player.of(circuit(work(exercise(), 10), rounds=1, get_ready_s=0))
    if phase is Phase.FINISHED:
        player.press(0).until(11)
    elif phase is Phase.COUNTING_IN:
        player.press(0).press(2).press(4)
    assert player.phase is phase
    before = player.at(12 if phase is Phase.FINISHED else 5).session
    heard = len(player.heard)
    assert player.at(before.now_s - BOOT_S, command).session == before
    assert len(player.heard) == heard


_frames = st.lists(st.floats(0.05, 0.99), min_size=1, max_size=40)


def planned(any_circuit: Circuit) -> list[DueCue]:
    """Return the cues, with their times, of a circuit that is started at BOOT_S and left alone."""
    cues = [DueCue(BOOT_S, Cue.PRESS), *(DueCue(BOOT_S + one.at_s, one.cue) for one in Timeline.of(any_circuit).cues)]
    return list(audible(cues).cues)


class TestAnyFramePattern:
    @settings(deadline=None)
    @given(circuits(), _frames, _frames)
    def test_sounds_the_same_cues(self, any_circuit: Circuit, some: list[float], others: list[float]) -> None:
        def cues(frames_s: list[float]) -> list[Cue]:
            """Return the cues of a session that, as in the loop, is stepped at each frame and at each cue."""
            player, now_s = Player.of(any_circuit).press(0, held_s=0), 0.0
            for frame_s in cycle(frames_s):
                now_s += frame_s
                while player.phase is Phase.RUNNING and next_due_s(player.session) < BOOT_S + now_s:
                    player.at(next_due_s(player.session) - BOOT_S)
                if player.at(now_s).phase is not Phase.RUNNING:
                    return player.cues
            raise AssertionError

        expected = [due.cue for due in planned(any_circuit)]
        assert cues(some) == expected
        assert cues(others) == expected

    @settings(deadline=None)
    @given(circuits())
    def test_sounds_each_cue_at_its_own_moment(self, any_circuit: Circuit) -> None:
        """A loop that sleeps until `next_due_s` plays every cue when it is due, and wakes hardly more often."""
        player = Player.of(any_circuit).press(0, held_s=0)
        wakes = 0
        while player.phase is Phase.RUNNING:
            player.at(next_due_s(player.session) - BOOT_S)
            wakes += 1
        expected = planned(any_circuit)
        assert player.cues == [due.cue for due in expected]
        assert [BOOT_S + at_s for at_s, _ in player.heard] == pytest.approx([due.at_s for due in expected], abs=1e-5)
        assert wakes <= len(Timeline.of(any_circuit).cues) + 2

    @settings(deadline=None)
    @given(circuits(), st.lists(st.tuples(st.floats(0.1, 30), st.floats(3.1, 600)), max_size=12))
    def test_pausing_again_and_again_loses_and_gains_nothing(
        self, any_circuit: Circuit, pauses: list[tuple[float, float]]
    ) -> None:
        """The elapsed time is the time for which the circuit ran, without the pauses, to the microsecond."""
        player, now_s, ran_s = Player.of(any_circuit).press(0, held_s=0), 0.0, 0.0
        total_s = player.session.timeline.total_s
        for run_s, rest_s in pauses:
            if ran_s + run_s >= total_s:
                break
            ran_s += run_s
            now_s += run_s
            player.press(now_s, held_s=0)
            now_s += rest_s
            assert player.press(now_s, held_s=0).phase is Phase.COUNTING_IN
            now_s += 3
            player.at(now_s)
            assert player.elapsed_s == pytest.approx(ran_s, abs=1e-6)
        player.at(now_s + total_s - ran_s - 1e-4)
        assert player.phase is Phase.RUNNING
        assert player.at(now_s + total_s - ran_s + 1e-4).phase is Phase.FINISHED

    @settings(deadline=None)
    @given(circuits(), st.lists(st.tuples(st.floats(0, 5), st.sampled_from(Command)), max_size=60))
    def test_any_commands_keep_the_session_sane(
        self, any_circuit: Circuit, commands: list[tuple[float, Command]]
    ) -> None:
        player, now_s = Player.of(any_circuit, circuit()), 0.0
        for wait_s, command in commands:
            now_s += wait_s
            session = player.at(now_s, command).session
            assert 0 <= session.elapsed_s <= session.timeline.total_s + 1e-6
            assert next_due_s(session) > session.now_s - 1e-6
            assert 0 <= session.chosen < 2


KEYS = pytest.mark.parametrize("key", [Command.SKIP, Command.BACK])


class TestUsualCircuit:
    def other(self, chosen: int = 0) -> Player:
        """Return a player on the start screen after a hold until 6 s has chosen the other of two circuits."""
        made = tuple(Timeline.of(circuit(name=name)) for name in ("One", "Other"))
        player = Player(Session.start_screen(made, BOOT_S, chosen=chosen))
        return player.press(0, held_s=2).at(3, Command.SKIP).press(4, held_s=2)

    def name(self, player: Player) -> str:
        return player.session.timeline.circuit.name

    def test_comes_back_after_10_idle_minutes_without_a_sound_or_a_light(self) -> None:
        player = self.other()
        heard = len(player.heard)
        assert self.name(player.until(605.9)) == "Other"
        assert next_due_s(player.session) == BOOT_S + 606
        assert self.name(player.at(606)) == "One"
        assert player.session.dimmed
        assert len(player.heard) == heard

    def test_comes_back_after_the_other_one_was_stopped(self) -> None:
        player = self.other().press(10).until(60).press(60, held_s=2)
        assert self.name(player.until(661)) == "Other"
        assert self.name(player.at(662)) == "One"

    def test_a_key_is_no_idle_minute(self) -> None:
        player = self.other().until(100).at(100, Command.SKIP)
        assert self.name(player.until(699)) == "Other"
        assert self.name(player.at(700)) == "One"

    def test_is_the_one_that_the_kiosk_was_started_with(self) -> None:
        player = self.other(chosen=1)
        assert self.name(player) == "One"
        assert self.name(player.at(606)) == "Other"

    def test_a_running_circuit_is_never_exchanged(self) -> None:
        player = Player.of(circuit(rounds=9), circuit(name="Other", rounds=9))
        player.press(0, held_s=2).at(3, Command.SKIP).press(4, held_s=2).press(10)
        assert self.name(player.until(1000)) == "Other"
        assert player.phase is Phase.RUNNING


class TestPresence:
    """A key press shows that somebody is there."""

    @KEYS
    def test_a_key_starts_the_limit_of_a_pause_again(self, key: Command) -> None:
        player = Player.of().press(0).press(15).until(15 + 899).at(15 + 899, key)
        assert player.until(15 + 899 + 899.9).phase is Phase.PAUSED
        assert player.at(15 + 899 + 900).phase is Phase.IDLE

    @KEYS
    def test_a_key_in_the_offer_after_a_power_cut_takes_the_circuit_up(self, key: Command) -> None:
        player = Player.of()
        player.session = player.session.restoring(0, 85)
        player.until(299).at(299, key)
        assert not player.session.restored
        assert player.until(299 + 899).phase is Phase.PAUSED

    @KEYS
    def test_a_key_keeps_the_finish_screen(self, key: Command) -> None:
        player = Player.of(circuit(rounds=1)).press(0).until(145 + 44).at(145 + 44, key)
        assert player.until(145 + 44 + 44.9).phase is Phase.FINISHED
        assert player.at(145 + 44 + 45).phase is Phase.IDLE

    @KEYS
    def test_a_key_keeps_the_start_screen_from_dimming(self, key: Command) -> None:
        player = Player.of().at(299, key)
        assert not player.until(598.9, 10).session.dimmed
        assert player.at(599).session.dimmed

    @KEYS
    @pytest.mark.parametrize("asleep", [False, True])
    def test_a_key_wakes_the_start_screen_and_starts_nothing(self, key: Command, asleep: bool) -> None:
        player = Player.of().at(301)
        player.session = player.session.sleeping(asleep)
        player.at(302, key)
        assert (player.phase, player.session.dimmed) == (Phase.IDLE, False)
        assert player.cues == [Cue.PRESS]


class TestPauseLimit:
    def test_its_end_is_announced_by_the_signal_of_a_pause_and_three_ticks(self) -> None:
        player = Player.of().press(0).press(5)
        player.heard.clear()
        player.until(905, 0.1)
        assert [(round(at_s), cue) for at_s, cue in player.heard] == [
            (845, Cue.PAUSE),
            (902, Cue.TICK),
            (903, Cue.TICK),
            (904, Cue.TICK),
        ]
        assert player.phase is Phase.IDLE

    def test_the_loop_wakes_for_it(self) -> None:
        player = Player.of().press(0).press(5)
        dues_s = [next_due_s(player.at(at_s).session) - BOOT_S for at_s in (6, 845, 902, 903, 904)]
        assert dues_s == [845, 902, 903, 904, 905]

    def test_a_press_in_its_last_minute_resumes(self) -> None:
        player = Player.of().press(0).press(5).until(860).press(860).until(864)
        assert player.elapsed_s == pytest.approx(6)

    def test_is_as_long_as_the_gym_says(self) -> None:
        player = Player.of(rules=Rules(pause_limit_s=120)).press(0).press(5)
        assert player.at(124.9).phase is Phase.PAUSED
        assert player.at(125).phase is Phase.IDLE

    def test_0_is_never(self) -> None:
        player = Player.of(rules=Rules(pause_limit_s=0)).press(0).press(5).at(1e6)
        assert player.phase is Phase.PAUSED
        assert player.cues == [Cue.PRESS, Cue.PAUSE]
        assert next_due_s(player.session) == inf

    def test_nothing_sounds_at_the_end_of_an_offer_after_a_power_cut(self) -> None:
        """Perhaps nobody is there, because the power came back at night."""
        player = Player.of()
        player.session = player.session.restoring(0, 85)
        assert player.until(310).phase is Phase.IDLE
        assert player.cues == []

    def test_an_offer_that_nobody_took_leaves_nothing_behind(self) -> None:
        player = Player.of()
        player.session = player.session.restoring(0, 85)
        player.until(310).press(310).press(320)
        assert player.phase is Phase.PAUSED
        assert not player.session.restored, "the next circuit's pause is not one after a power cut"


class TestSignals:
    """No signal is cut short by another one, except by one that says what to do now."""

    def test_turning_round_in_3_25_s_keeps_the_long_beep_of_switch(self) -> None:
        plank = work(exercise(sides=Sides.EACH), 60, switch_s=3.25)
        player = Player.of(circuit(plank, rounds=1, get_ready_s=0)).press(0).until(29.5)
        player.heard.clear()
        player.until(33.5, 0.01)
        assert player.cues == [Cue.SWITCH, Cue.TICK, Cue.TICK, Cue.GO]

    def test_a_changeover_of_3_25_s_keeps_the_second_beep_of_change(self) -> None:
        stations = work(exercise("A"), 30, changeover_s=3.25), work(exercise("B"), 30)
        player = Player.of(circuit(*stations, rounds=1, get_ready_s=0)).press(0).until(29.5)
        player.heard.clear()
        player.until(33.5, 0.01)
        assert player.cues == [Cue.CHANGE, Cue.TICK, Cue.TICK, Cue.GO]

    @pytest.mark.parametrize("before_s", [3.05, 3.3, 3.6, 3.89])
    def test_resuming_shortly_before_a_tick_keeps_the_long_beep_of_resume(self, before_s: float) -> None:
        player = Player.of().press(0).until(40 - before_s).press(40 - before_s).until(60).press(60)
        player.until(62.9)
        player.heard.clear()
        player.until(63 + before_s + 0.5, 0.01)
        assert player.cues == [Cue.RESUME, Cue.TICK, Cue.TICK, Cue.SWITCH]

    def test_resuming_4_s_before_a_change_sounds_all_three_ticks(self) -> None:
        player = Player.of().press(0).until(36).press(36).until(60).press(60).until(62.9)
        player.heard.clear()
        player.until(67.5, 0.01)
        assert player.cues == [Cue.RESUME, Cue.TICK, Cue.TICK, Cue.TICK, Cue.SWITCH]

    def test_halfway_gives_way_too(self) -> None:
        player = Player.of(circuit(work(exercise(), 60), rounds=1)).press(0).until(39.8).press(39.8)
        player.until(50).press(50).until(52.9)
        player.heard.clear()
        assert player.until(60, 0.01).cues == [Cue.RESUME]

    def test_what_to_do_now_cuts_what_still_sounds(self) -> None:
        player = Player.of().press(0).until(39.8).press(39.8).until(50).press(50).until(52.9)
        player.heard.clear()
        assert player.until(54, 0.01).cues == [Cue.RESUME, Cue.SWITCH]

    def test_a_signal_that_came_late_is_waited_for_as_well(self) -> None:
        """The loop stalls, so the change is played 0.4 s late and is still playing when the first tick is due."""
        stations = work(exercise("A"), 30, changeover_s=3.8), work(exercise("B"), 30)
        player = Player.of(circuit(*stations, rounds=1, get_ready_s=0)).press(0).until(29.5)
        player.heard.clear()
        player.at(30.4).until(32, 0.01)
        assert player.cues == [Cue.CHANGE, Cue.TICK]

    @settings(deadline=None)
    @given(circuits(), st.lists(st.tuples(st.floats(0, 5), st.sampled_from(Command)), max_size=60))
    def test_whatever_is_pressed_whenever(self, any_circuit: Circuit, commands: list[tuple[float, Command]]) -> None:
        player, now_s = Player.of(any_circuit, circuit(), rules=Rules(hold_s=0.5)), 0.0
        for wait_s, command in commands:
            now_s += wait_s
            while next_due_s(player.session) < BOOT_S + now_s:
                player.at(next_due_s(player.session) - BOOT_S)
            player.at(now_s, command)
        for (before_s, before), (at_s, cue) in pairwise(player.heard):
            assert cue not in (Cue.TICK, Cue.HALFWAY, Cue.PRESS) or at_s >= before_s + length_s(before)


class TestRestored:
    def restored(self, elapsed_s: float = 80) -> Player:
        """Return a player whose circuit was interrupted, by default in the changeover of the first round."""
        player = Player.of(circuit(), circuit(name="Other"))
        player.session = player.session.restoring(0, elapsed_s)
        return player

    def test_a_press_resumes_with_a_count_in_and_the_cue_of_its_place(self) -> None:
        player = self.restored(85).press(3).until(7)
        assert player.phase is Phase.RUNNING
        assert player.elapsed_s == pytest.approx(86)
        assert player.cues == [Cue.PRESS, Cue.TICK, Cue.TICK, Cue.RESUME, Cue.GO]

    def test_a_hold_discards_it(self) -> None:
        player = self.restored().press(3, held_s=2)
        assert player.phase is Phase.IDLE
        assert player.press(10).at(11).elapsed_s == pytest.approx(1)

    def test_expires_after_five_minutes(self) -> None:
        player = self.restored().at(299)
        assert player.phase is Phase.PAUSED
        assert player.at(300).phase is Phase.IDLE

    def test_once_resumed_a_pause_lasts_as_long_as_any(self) -> None:
        player = self.restored().press(3).until(7).press(10).at(600)
        assert player.phase is Phase.PAUSED
        assert not player.session.restored


def test_the_press_that_wakes_a_sleeping_wall_starts_nothing() -> None:
    player = Player.of()
    player.session = player.session.sleeping(True)
    player.press(3, held_s=3)
    assert player.phase is Phase.IDLE
    assert not player.session.asleep
    assert player.press(10).phase is Phase.RUNNING
