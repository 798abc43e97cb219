"""The timeline of any circuit: which interval and which cue comes when."""

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import Circuit, Side, Sides, Station
from kiosk.errors import CircuitError
from kiosk.plan import as_json
from kiosk.timeline import Cue, Kind, Timeline
from tests.samples import circuit, circuits, exercise


def kinds(timeline: Timeline) -> list[str]:
    return [interval.kind.value for interval in timeline.intervals]


def cues_between(timeline: Timeline, start_s: float, end_s: float) -> list[tuple[float, Cue]]:
    return [(due.at_s, due.cue) for due in timeline.cues if start_s <= due.at_s <= end_s]


class TestAnyCircuit:
    @given(circuits())
    def test_each_interval_starts_where_the_one_before_ended(self, any_circuit: Circuit) -> None:
        now_s = 0.0
        for interval in Timeline.of(any_circuit).intervals:
            assert interval.start_s == now_s
            assert interval.duration_s > 0
            now_s += interval.duration_s

    @given(circuits())
    def test_total_is_the_sum_of_what_the_circuit_says(self, any_circuit: Circuit) -> None:
        stations = any_circuit.stations
        switches_s = sum(station.switch_s for station in stations if station.exercise.sides is Sides.EACH)
        work_s = sum(station.work_s for station in stations)
        changeovers_s = sum(station.changeover_s for station in stations[:-1])
        breaks_s = any_circuit.round_break_s * (any_circuit.rounds - 1)
        expected_s = any_circuit.get_ready_s + breaks_s + any_circuit.rounds * (work_s + switches_s + changeovers_s)
        assert Timeline.of(any_circuit).total_s == pytest.approx(expected_s)

    @given(circuits())
    def test_both_sides_get_exactly_the_same_time(self, any_circuit: Circuit) -> None:
        halves: dict[tuple[int, int], list[tuple[Side, float]]] = {}
        for interval in Timeline.of(any_circuit).intervals:
            if interval.kind is Kind.WORK and interval.side:
                halves.setdefault((interval.round, interval.station_index), []).append(
                    (interval.side, interval.duration_s)
                )
        for (first, first_s), (second, second_s) in halves.values():
            assert first is second.other
            assert first_s == second_s

    @given(circuits())
    def test_ends_with_work_and_never_rests_twice(self, any_circuit: Circuit) -> None:
        intervals = Timeline.of(any_circuit).intervals
        assert intervals[-1].kind is Kind.WORK
        assert all(Kind.WORK in (before.kind, after.kind) for before, after in pairwise(intervals))

    @given(circuits())
    def test_every_change_has_one_signal_and_the_end_is_the_finish(self, any_circuit: Circuit) -> None:
        timeline = Timeline.of(any_circuit)
        changes = Counter(due.at_s for due in timeline.cues if due.cue not in (Cue.TICK, Cue.HALFWAY, Cue.GO))
        changes += Counter(due.at_s for due in timeline.cues if due.cue is Cue.GO)
        starts = {interval.start_s for interval in timeline.intervals[1:]} | {timeline.total_s}
        assert starts <= set(changes)
        assert set(changes.values()) == {1}
        assert timeline.cues[-1].cue is Cue.FINISH
        assert [due.at_s for due in timeline.cues] == sorted(due.at_s for due in timeline.cues)

    @given(circuits(), st.lists(st.floats(0, 3000), max_size=20))
    def test_cues_are_the_same_however_time_is_cut(self, any_circuit: Circuit, cuts: list[float]) -> None:
        timeline = Timeline.of(any_circuit)
        edges = [float("-inf"), *sorted(cuts), float("inf")]
        heard = [due for before, after in pairwise(edges) for due in timeline.cues_in(before, after)]
        assert tuple(heard) == timeline.cues

    @given(circuits(), st.floats(0, 3000))
    def test_finds_the_interval_at_any_offset(self, any_circuit: Circuit, at_s: float) -> None:
        timeline = Timeline.of(any_circuit)
        interval = timeline.at(at_s)
        assert interval.start_s <= at_s
        assert at_s < interval.end_s or interval is timeline.intervals[-1]


class TestOrder:
    def test_a_two_sided_and_a_plain_exercise_in_two_rounds(self) -> None:
        one_round = ["work", "switch", "work", "changeover", "work"]
        assert kinds(Timeline.of(circuit())) == ["get_ready", *one_round, "round_break", *one_round]

    def test_a_rest_of_0_s_is_not_there(self) -> None:
        back_to_back = circuit(
            Station(exercise(sides=Sides.EACH), 60), Station(exercise("B"), 60), get_ready_s=0, round_break_s=0
        )
        assert kinds(Timeline.of(back_to_back)) == ["work"] * 6

    def test_a_rest_names_the_exercise_and_the_side_that_come_next(self) -> None:
        timeline = Timeline.of(circuit())
        rests = [(one.kind.value, one.exercise.name, one.side, one.round) for one in timeline.intervals]
        assert rests[0] == ("get_ready", "Side plank", Side.RIGHT, 1)
        assert rests[2] == ("switch", "Side plank", Side.LEFT, 1)
        assert rests[4] == ("changeover", "Glute bridge", None, 1)
        assert rests[6] == ("round_break", "Side plank", Side.RIGHT, 1)

    def test_a_changeover_is_as_long_as_the_exercise_before_it_says(self) -> None:
        timeline = Timeline.of(circuit(Station(exercise("A"), 30, 25), Station(exercise("B"), 30, 5), rounds=1))
        assert [one.duration_s for one in timeline.intervals] == [10, 30, 25, 30]


class TestCues:
    def test_the_first_minute_of_a_two_sided_exercise(self) -> None:
        timeline = Timeline.of(circuit())
        assert cues_between(timeline, 0, 48) == [
            (7, Cue.TICK),
            (8, Cue.TICK),
            (9, Cue.TICK),
            (10, Cue.GO),
            (37, Cue.TICK),
            (38, Cue.TICK),
            (39, Cue.TICK),
            (40, Cue.SWITCH),
            (42, Cue.TICK),
            (43, Cue.TICK),
            (44, Cue.TICK),
            (45, Cue.GO),
        ]

    def test_halfway_only_in_long_work_without_sides(self) -> None:
        halfway = [due.at_s for due in Timeline.of(circuit(rounds=1)).cues if due.cue is Cue.HALFWAY]
        assert halfway == [85 + 30]
        short = circuit(Station(exercise("A"), 39), rounds=1)
        assert Cue.HALFWAY not in {due.cue for due in Timeline.of(short).cues}

    @pytest.mark.parametrize(
        ("made", "cue"),
        [
            (circuit(Station(exercise("A"), 30), Station(exercise("B"), 30), rounds=1, get_ready_s=0), Cue.CHANGE),
            (circuit(Station(exercise(sides=Sides.EACH), 60), rounds=1, get_ready_s=0), Cue.SWITCH),
            (circuit(Station(exercise("A"), 30), rounds=2, get_ready_s=0, round_break_s=0), Cue.ROUND),
        ],
        ids=["next exercise", "other side", "next round"],
    )
    def test_work_straight_after_work_still_says_what_changes(self, made: Circuit, cue: Cue) -> None:
        assert cues_between(Timeline.of(made), 29.5, 30.5) == [(30, cue)]

    @pytest.mark.parametrize(
        ("sides", "changeover_s", "cue"),
        [
            (Sides.NONE, 10, Cue.CHANGE),
            (Sides.EACH, 10, Cue.CHANGE),
            (Sides.NONE, 0, Cue.GO),
            (Sides.ALTERNATE, 0, Cue.GO),
            (Sides.EACH, 0, Cue.SWITCH),
        ],
    )
    def test_the_same_exercise_again_says_what_to_do_now(self, sides: Sides, changeover_s: float, cue: Cue) -> None:
        """A rest begins with CHANGE, whatever follows. Without a rest nobody stops, and at most the side changes."""
        again = Station(exercise(sides=sides), 30, changeover_s)
        assert cues_between(Timeline.of(circuit(again, again, rounds=1, get_ready_s=0)), 29.5, 30.5) == [(30, cue)]

    def test_a_circuit_that_begins_with_work_says_go(self) -> None:
        assert Timeline.of(circuit(get_ready_s=0)).cues[0].cue is Cue.GO

    def test_no_tick_at_the_start_of_a_short_rest(self) -> None:
        timeline = Timeline.of(circuit(Station(exercise("A"), 30, 3), Station(exercise("B"), 30), rounds=1))
        assert cues_between(timeline, 40, 43) == [
            (40, Cue.CHANGE),
            (41, Cue.TICK),
            (42, Cue.TICK),
            (43, Cue.GO),
        ]

    def test_the_plan_names_no_tick_that_would_cut_the_signal_before_it(self) -> None:
        made = circuit(Station(exercise("A"), 30, 3.25), Station(exercise("B"), 30), rounds=1, get_ready_s=0)
        planned = [(due["at_s"], due["cue"]) for due in json.loads(as_json(Timeline.of(made)))["cues"]]
        assert planned[4:8] == [(30, "change"), (31.25, "tick"), (32.25, "tick"), (33.25, "go")]


class TestWhatCannotBe:
    @pytest.mark.parametrize("work_s", [0, -1, 3601, float("nan")])
    def test_work(self, work_s: float) -> None:
        with pytest.raises(CircuitError, match="work must be"):
            Station(exercise(), work_s)

    @pytest.mark.parametrize("changes", [{"rounds": 0}, {"get_ready_s": -1}, {"round_break_s": 3601}])
    def test_circuit(self, changes: dict[str, float]) -> None:
        with pytest.raises(CircuitError):
            circuit(**changes)

    def test_no_exercises(self) -> None:
        with pytest.raises(CircuitError, match="at least one exercise"):
            Circuit(id="x", name="Empty", rounds=1, stations=())
