"""The session in the chooser: what a press, a hold and the time do to the list of circuits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import Lap, Stations, Task
from kiosk.session import CHOOSER_S, Command, Phase, Rules, Session, next_due_s, step
from kiosk.timeline import Cue, Timeline
from tests.samples import circuit, exercise
from tests.test_session import BOOT_S, Player

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
TIMELINES = tuple(Timeline.of(circuit(name=name)) for name in NAMES)


def start_screen(count: int = len(NAMES), chosen: int = 0, rules: Rules | None = None) -> Player:
    return Player(Session.start_screen(TIMELINES[:count], BOOT_S, rules, chosen))


def opened(count: int = len(NAMES), chosen: int = 0, rules: Rules | None = None) -> Player:
    """Return a player in the chooser, which a hold from -2 s to 0 s has opened and whose button is up again."""
    player = start_screen(count, chosen, rules)
    hold_s = player.session.rules.hold_s
    player.session = player.session._replace(now_s=BOOT_S - hold_s, since_s=BOOT_S - hold_s)
    player.press(-hold_s, held_s=hold_s)
    assert player.phase is Phase.CHOOSING
    player.heard.clear()
    return player


def choice(player: Player) -> str:
    """Return the name of the circuit on show."""
    assert player.phase is Phase.CHOOSING
    return player.session.timelines[player.session.choice].circuit.name


def chosen(player: Player) -> str:
    return player.session.timeline.circuit.name


class TestOpening:
    def test_a_hold_on_the_start_screen_opens_it_at_the_chosen_circuit(self) -> None:
        player = start_screen(chosen=2).at(0, Command.PRESS).at(1.99)
        assert player.phase is Phase.RUNNING, "a press starts the circuit at once, and the hold takes the start back"
        assert choice(player.at(2)) == "Gamma"
        assert (player.elapsed_s, player.session.results) == (0, ())
        assert player.cues == [Cue.PRESS, Cue.PRESS]

    @pytest.mark.parametrize("released_s", [2.0, 2.1, 5.0, 19.0])
    def test_the_hold_that_opened_it_neither_moves_nor_chooses(self, released_s: float) -> None:
        player = start_screen().at(0, Command.PRESS).until(released_s).at(released_s, Command.RELEASE)
        assert choice(player) == "Alpha"

    def test_however_long_that_hold_lasts_the_start_screen_comes_back(self) -> None:
        player = start_screen().at(0, Command.PRESS).until(2 + CHOOSER_S + 1)
        assert (player.phase, chosen(player)) == (Phase.IDLE, "Alpha")
        assert player.at(30, Command.RELEASE).phase is Phase.IDLE

    def test_before_stations_too(self) -> None:
        stations = Stations((Lap(tuple((Task(exercise(name)),) for name in ("Rows", "Swings")), 40, 20),))
        player = Player.of(circuit(stations, name="Stations"), circuit(name="Other")).at(0, Command.PRESS).at(1)
        assert player.phase is Phase.BRIEFING
        assert choice(player.at(2)) == "Stations"

    def test_one_circuit_is_nothing_to_choose_from(self) -> None:
        player = start_screen(count=1).press(0, held_s=3)
        assert (player.phase, chosen(player)) == (Phase.IDLE, "Alpha")

    def test_a_hold_that_wakes_the_wall_opens_nothing(self) -> None:
        player = start_screen().at(400)
        assert player.session.dimmed
        assert player.press(400, held_s=3).phase is Phase.IDLE


class TestMoving:
    def test_a_press_clicks_at_once_and_moves_the_list_when_it_ends(self) -> None:
        player = opened().at(1, Command.PRESS)
        assert (choice(player), player.cues) == ("Alpha", [Cue.PRESS])
        assert choice(player.at(1.1, Command.RELEASE)) == "Beta"
        assert player.cues == [Cue.PRESS]
        assert player.session.moved == 1
        assert player.session.since_s == pytest.approx(BOOT_S + 1.1)

    def test_four_presses_reach_the_fifth(self) -> None:
        player = opened()
        for at_s in range(4):
            player.press(at_s)
        assert choice(player) == "Epsilon"

    def test_a_press_that_was_nearly_a_hold_is_a_press(self) -> None:
        assert choice(opened().press(1, held_s=1.99)) == "Beta"

    def test_it_is_circular_in_both_ways(self) -> None:
        assert choice(opened(chosen=4).press(1)) == "Alpha"
        assert choice(opened(chosen=0).at(1, Command.BACK)) == "Epsilon"
        assert choice(opened(count=2, chosen=1).at(1, Command.SKIP)) == "Alpha"

    def test_skip_and_back_move_it_at_once_and_click(self) -> None:
        player = opened(chosen=1).at(1, Command.SKIP)
        assert (choice(player), player.session.moved) == ("Gamma", 1)
        player.at(2, Command.BACK).at(3, Command.BACK)
        assert (choice(player), player.session.moved) == ("Alpha", -1)
        assert player.cues == [Cue.PRESS] * 3

    def test_a_second_button_pressed_meanwhile_counts_too(self) -> None:
        player = opened().at(1, Command.PRESS).at(1.1, Command.PRESS)
        assert choice(player.at(1.2, Command.RELEASE).at(1.3, Command.RELEASE)) == "Gamma"


class TestChoosing:
    def test_a_hold_chooses_what_was_on_show_when_it_began(self) -> None:
        player = opened().press(1).press(2).at(3, Command.PRESS).at(4.99)
        assert choice(player) == "Gamma"
        player.at(5)
        assert (player.phase, chosen(player)) == (Phase.IDLE, "Gamma")
        assert player.cues == [*[Cue.PRESS] * 3, Cue.CHOSEN]
        assert player.at(6, Command.RELEASE).phase is Phase.IDLE
        assert player.press(7).phase is Phase.RUNNING

    def test_the_circuit_on_the_start_screen_may_be_chosen_again(self) -> None:
        player = opened(chosen=3).press(1, held_s=2)
        assert (player.phase, chosen(player), player.cues[-1]) == (Phase.IDLE, "Delta", Cue.CHOSEN)

    def test_a_hold_is_about_one_circuit(self) -> None:
        """If the list is moved meanwhile, nobody knows which circuit was meant."""
        player = opened().at(1, Command.PRESS).at(2, Command.SKIP).at(3)
        assert choice(player) == "Beta"
        assert choice(player.at(4, Command.RELEASE)) == "Beta"

    def test_the_usual_circuit_comes_back_after_10_idle_minutes(self) -> None:
        player = opened().press(1).press(2, held_s=2)
        assert chosen(player.until(603.9)) == "Beta"
        assert chosen(player.at(604)) == "Alpha"


class TestTime:
    def test_after_20_s_without_a_press_nothing_has_changed(self) -> None:
        player = opened(chosen=1).press(1).at(5, Command.SKIP)
        assert next_due_s(player.session) == pytest.approx(BOOT_S + 25)
        assert choice(player.until(24.9)) == "Delta"
        player.heard.clear()
        player.at(25)
        assert (player.phase, chosen(player), player.cues) == (Phase.IDLE, "Beta", [])

    def test_it_does_not_run_out_while_the_button_is_down(self) -> None:
        player = opened(rules=Rules(hold_s=10)).at(19, Command.PRESS).at(28.9)
        assert choice(player) == "Alpha"
        assert player.at(29).cues[-1] is Cue.CHOSEN

    def test_a_late_step_closes_it_when_it_was_due(self) -> None:
        player = opened().press(1).at(300)
        assert player.phase is Phase.IDLE
        assert player.session.since_s == pytest.approx(BOOT_S + 21.1)
        assert not player.session.dimmed
        assert player.at(321.1).session.dimmed

    def test_it_never_dims(self) -> None:
        player = opened(rules=Rules(dim_after_s=5)).at(19)
        assert not player.session.dimmed
        assert player.phase is Phase.CHOOSING


_events = st.tuples(st.floats(0.01, 30), st.sampled_from(Command))


@given(st.lists(_events, max_size=25), st.integers(2, 5), st.integers(0, 4))
def test_whatever_happens_only_a_hold_changes_the_chosen_circuit(
    events: list[tuple[float, Command]], count: int, first: int
) -> None:
    player, now_s = opened(count, first % count), 0.0
    for gap_s, command in events:
        now_s += gap_s
        before = player.session
        player.session = step(before, BOOT_S + now_s, command).session
        after = player.session
        assert 0 <= after.choice < count
        if before.phase is Phase.CHOOSING and before.down_s is None:
            closed = BOOT_S + now_s >= before.since_s + CHOOSER_S
            assert after.chosen == before.chosen
            assert closed or after.phase is Phase.CHOOSING
            moved = {Command.SKIP: 1, Command.BACK: -1}.get(command, 0)
            assert closed or after.choice == (before.choice + moved) % count
        elif before.phase is Phase.CHOOSING and before.down_s is not None:
            held = BOOT_S + now_s >= before.down_s + before.rules.hold_s
            assert after.chosen == (before.choice if held else before.chosen)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(2, 5))
def test_back_undoes_skip(skips: int, backs: int, count: int) -> None:
    player = opened(count)
    for one in range(skips):
        player.at(one * 0.1, Command.SKIP)
    for one in range(backs):
        player.at((skips + one) * 0.1, Command.BACK)
    assert choice(player) == NAMES[(skips - backs) % count]
