"""The timeline of any circuit: which interval and which cue comes when."""

import json
from collections import Counter
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import (
    Amrap,
    Block,
    Circuit,
    Entry,
    ForTime,
    Lap,
    Set,
    Side,
    Sides,
    Stations,
    Task,
    Tasks,
    Work,
    station_of,
)
from kiosk.errors import CircuitError
from kiosk.plan import as_json
from kiosk.timeline import Cue, Timeline
from tests.samples import any_circuits, circuit, circuits, exercise, rounds_of, work


def kinds(timeline: Timeline) -> list[str]:
    return [interval.kind.value for interval in timeline.intervals]


def cues_between(timeline: Timeline, start_s: float, end_s: float) -> list[tuple[float, Cue]]:
    return [(due.at_s, due.cue) for due in timeline.cues if start_s <= due.at_s <= end_s]


class TestAnyCircuit:
    @given(any_circuits())
    def test_each_interval_starts_where_the_one_before_ended(self, any_circuit: Circuit) -> None:
        now_s = 0.0
        for interval in Timeline.of(any_circuit).intervals:
            assert interval.start_s == now_s
            assert interval.duration_s > 0
            now_s += interval.duration_s

    @given(circuits())
    def test_total_is_the_sum_of_what_the_circuit_says(self, any_circuit: Circuit) -> None:
        assert isinstance(any_circuit.content, Block)
        first = any_circuit.content.rounds[0]
        sets = [one for entry in first.entries if isinstance(entry, Work) for one in entry.sets]
        switches_s = sum(one.switch_s for one in sets if one.tasks[0].exercise.sides is Sides.EACH)
        work_s = sum(one.work_s for one in sets)
        changeovers_s = sum(one.changeover_s for one in sets[:-1])
        breaks_s = first.break_s * (any_circuit.rounds - 1)
        expected_s = any_circuit.get_ready_s + breaks_s + any_circuit.rounds * (work_s + switches_s + changeovers_s)
        assert Timeline.of(any_circuit).total_s == pytest.approx(expected_s)

    @given(any_circuits())
    def test_both_sides_get_exactly_the_same_time(self, any_circuit: Circuit) -> None:
        halves: dict[int, list[tuple[Side, float]]] = {}
        for interval in Timeline.of(any_circuit).intervals:
            if interval.works and interval.side:
                halves.setdefault(interval.step, []).append((interval.side, interval.duration_s))
        for (first, first_s), (second, second_s) in halves.values():
            assert first is second.other
            assert first_s == second_s

    @given(any_circuits())
    def test_ends_with_work_and_never_rests_twice(self, any_circuit: Circuit) -> None:
        intervals = Timeline.of(any_circuit).intervals
        assert intervals[-1].works
        assert all(before.works or after.works for before, after in pairwise(intervals))

    @given(any_circuits())
    def test_every_change_has_one_signal_and_the_end_is_the_finish(self, any_circuit: Circuit) -> None:
        timeline = Timeline.of(any_circuit)
        changes = Counter(due.at_s for due in timeline.cues if due.cue not in (Cue.TICK, Cue.HALFWAY))
        starts = {interval.start_s for interval in timeline.intervals[1:]} | {timeline.total_s}
        assert starts <= set(changes)
        assert set(changes.values()) == {1}
        assert timeline.cues[-1].cue is Cue.FINISH
        assert [due.at_s for due in timeline.cues] == sorted(due.at_s for due in timeline.cues)

    @given(any_circuits(), st.lists(st.floats(0, 3000), max_size=20))
    def test_cues_are_the_same_however_time_is_cut(self, any_circuit: Circuit, cuts: list[float]) -> None:
        timeline = Timeline.of(any_circuit)
        edges = [float("-inf"), *sorted(cuts), float("inf")]
        heard = [due for before, after in pairwise(edges) for due in timeline.cues_in(before, after)]
        assert tuple(heard) == timeline.cues

    @given(any_circuits(), st.floats(0, 3000))
    def test_finds_the_interval_at_any_offset(self, any_circuit: Circuit, at_s: float) -> None:
        timeline = Timeline.of(any_circuit)
        interval = timeline.at(at_s)
        assert interval.start_s <= at_s
        assert at_s < interval.end_s or interval is timeline.intervals[-1]

    @given(any_circuits())
    def test_known_time_is_that_of_all_but_open_work(self, any_circuit: Circuit) -> None:
        timeline, known_s = Timeline.of(any_circuit), 0.0
        for index, interval in enumerate(timeline.intervals):
            assert timeline.known_at(interval.start_s) == pytest.approx(known_s)
            assert timeline.open_from(index) is any(one.open for one in timeline.intervals[index:])
            known_s += 0.0 if interval.open else interval.duration_s
        assert timeline.known_s == pytest.approx(known_s)
        assert timeline.open_count == sum(one.open for one in timeline.intervals)

    @given(any_circuits())
    def test_rounds_sets_places_and_steps_count_as_they_must(self, any_circuit: Circuit) -> None:
        intervals = Timeline.of(any_circuit).intervals
        for interval in intervals:
            assert 1 <= interval.round <= interval.rounds
            assert 1 <= interval.set <= interval.sets
            assert 0 <= interval.place < interval.places
        assert [key for key, _ in groupby(interval.step for interval in intervals)] == [*range(intervals[-1].step + 1)]
        assert intervals[-1].step + 1 == any_circuit.work_count


class TestStations:
    @pytest.mark.parametrize("stations", range(1, 25))
    def test_every_group_is_once_a_lap_at_every_station_and_never_with_another(self, stations: int) -> None:
        for turn in range(stations):
            assert {station_of(group, turn, stations) for group in range(stations)} == set(range(stations))
        for group in range(stations):
            assert {station_of(group, turn, stations) for turn in range(stations)} == set(range(stations))
            assert all(
                station_of(group, turn + 1, stations) == (station_of(group, turn, stations) + 1) % stations
                for turn in range(stations)
            ), "from one's number to the next"

    @pytest.mark.parametrize("stations", range(1, 25))
    def test_each_lap_has_a_turn_for_each_station(self, stations: int) -> None:
        made = around((Lap(of(stations), 20, 5, 30), Lap(of(stations), 20, 5, 30, sets=2)))
        turns = [(one.round, one.place, one.set) for one in made.intervals if one.works]
        assert turns == [(1, turn, 1) for turn in range(stations)] + [
            (2, turn, set_) for turn in range(stations) for set_ in (1, 2)
        ]
        assert made.total_s == stations * 20 + (stations - 1) * 5 + 30 + stations * 40 + (2 * stations - 1) * 5

    def test_everybody_moves_on_between_stations_and_not_between_sets(self) -> None:
        made = around((Lap(of(2), 20, 5, 30, sets=2),) * 2)
        rests = [(one.kind.value, one.moves) for one in made.intervals if not one.works]
        assert rests == [
            *(("changeover", False), ("changeover", True), ("changeover", False), ("round_break", True)),
            *(("changeover", False), ("changeover", True), ("changeover", False)),
        ]
        changes = [due.cue for due in made.cues if due.cue not in (Cue.TICK, Cue.HALFWAY)]
        assert changes == [
            *(Cue.GO, Cue.CHANGE, Cue.GO, Cue.MOVE_ON, Cue.GO, Cue.CHANGE, Cue.GO, Cue.ROUND),
            *(Cue.LAST_ROUND, Cue.CHANGE, Cue.GO, Cue.MOVE_ON, Cue.GO, Cue.CHANGE, Cue.GO, Cue.FINISH),
        ]

    def test_moving_on_has_its_signal_without_a_rest_too(self) -> None:
        made = around((Lap(of(3), 20),))
        changes = [due.cue for due in made.cues if due.cue not in (Cue.TICK, Cue.HALFWAY)]
        assert changes == [Cue.GO, Cue.MOVE_ON, Cue.MOVE_ON, Cue.FINISH]

    def test_who_has_to_turn_hears_halfway_also_in_short_work(self) -> None:
        two_sided = ((Task(exercise(sides=Sides.EACH)),), (Task(exercise("Rows")),))
        assert cues_between(around((Lap(two_sided, 30),)), 15, 15) == [(15, Cue.HALFWAY)]
        assert cues_between(around((Lap(of(2), 30),)), 15, 15) == []


def of(stations: int) -> tuple[Tasks, ...]:
    return tuple((Task(exercise(f"Station {number}")),) for number in range(stations))


def around(laps: tuple[Lap, ...]) -> Timeline:
    return Timeline.of(circuit(content=Stations(laps), get_ready_s=0))


class TestAnnouncements:
    def cues(self, *entries: Entry, **changes: float) -> list[Cue]:
        timeline = Timeline.of(circuit(*entries, **{"get_ready_s": 0, "rounds": 1, **changes}))
        return [due.cue for due in timeline.cues if due.cue not in (Cue.TICK, Cue.HALFWAY)]

    def test_the_last_round_begins_with_its_own_signal(self) -> None:
        assert self.cues(work(exercise("A"), 30), rounds=3) == [
            *(Cue.GO, Cue.ROUND, Cue.GO, Cue.ROUND, Cue.LAST_ROUND, Cue.FINISH)
        ]

    @pytest.mark.parametrize(("sets", "last"), [(1, Cue.FINISH), (2, Cue.GO), (3, Cue.LAST_ROUND), (8, Cue.LAST_ROUND)])
    def test_so_does_the_last_of_many_sets(self, sets: int, last: Cue) -> None:
        one = Set((Task(exercise("A")),), 20, 10)
        assert self.cues(Work((one,) * sets))[-2:][0] is (last if sets > 1 else Cue.GO)

    def test_the_last_round_of_a_block_in_a_block_is_announced_each_time(self) -> None:
        inner = rounds_of(work(exercise("A"), 30), rounds=2, break_s=5)
        assert self.cues(inner, rounds=2).count(Cue.LAST_ROUND) == 3, "the outer one begins with a first inner one"

    def test_work_after_easy_says_go_and_easy_after_work_says_change(self) -> None:
        def one(name: str, easy: bool) -> Work:
            return Work((Set((Task(exercise(name)),), 30, easy=easy),))

        assert self.cues(one("Walk", True), one("Run", False), one("Walk", True)) == [
            *(Cue.GO, Cue.GO, Cue.CHANGE, Cue.FINISH)
        ]

    def test_halfway_is_for_long_timed_work(self) -> None:
        task = (Task(exercise("A")),)
        entries: dict[str, Entry] = {
            "amrap": Amrap(task, 60),
            "work": Work((Set(task, 60),)),
            "open": Work((Set(task, 60, open=True),)),
            "easy": Work((Set(task, 60, easy=True),)),
            "for time": ForTime(60, task),
        }
        cues = {name: {due.cue for due in Timeline.of(circuit(entry)).cues} for name, entry in entries.items()}
        assert [name for name in cues if Cue.HALFWAY in cues[name]] == ["amrap", "work"]


class TestOrder:
    def test_a_two_sided_and_a_plain_exercise_in_two_rounds(self) -> None:
        one_round = ["work", "switch", "work", "changeover", "work"]
        assert kinds(Timeline.of(circuit())) == ["get_ready", *one_round, "round_break", *one_round]

    def test_a_rest_of_0_s_is_not_there(self) -> None:
        back_to_back = circuit(
            work(exercise(sides=Sides.EACH), 60), work(exercise("B"), 60), get_ready_s=0, round_break_s=0
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
        timeline = Timeline.of(circuit(work(exercise("A"), 30, 25), work(exercise("B"), 30, 5), rounds=1))
        assert [one.duration_s for one in timeline.intervals] == [10, 30, 25, 30]


class TestAmount:
    def test_is_that_of_the_exercise_but_not_of_what_stands_for_a_list(self) -> None:
        task = (Task(exercise("Rows"), "500 m"),)
        entries = (Work((Set(task, 60),)), Amrap(task, 60), ForTime(60, task), Stations((Lap((task,), 60),)))
        intervals = Timeline.of(circuit(*entries, rounds=1, get_ready_s=0)).intervals
        assert [(one.amount, one.lists_tasks) for one in intervals if one.works] == [
            *(("500 m", False), ("", True), ("", True), ("", True))
        ]


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
        short = circuit(work(exercise("A"), 39), rounds=1)
        assert Cue.HALFWAY not in {due.cue for due in Timeline.of(short).cues}

    @pytest.mark.parametrize(
        ("made", "cue"),
        [
            (circuit(work(exercise("A"), 30), work(exercise("B"), 30), rounds=1, get_ready_s=0), Cue.CHANGE),
            (circuit(work(exercise(sides=Sides.EACH), 60), rounds=1, get_ready_s=0), Cue.SWITCH),
            (circuit(work(exercise("A"), 30), rounds=3, get_ready_s=0, round_break_s=0), Cue.ROUND),
            (circuit(work(exercise("A"), 30), rounds=2, get_ready_s=0, round_break_s=0), Cue.LAST_ROUND),
        ],
        ids=["next exercise", "other side", "next round", "last round"],
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
        again = work(exercise(sides=sides), 30, changeover_s)
        assert cues_between(Timeline.of(circuit(again, again, rounds=1, get_ready_s=0)), 29.5, 30.5) == [(30, cue)]

    def test_a_circuit_that_begins_with_work_says_go(self) -> None:
        assert Timeline.of(circuit(get_ready_s=0)).cues[0].cue is Cue.GO

    def test_no_tick_at_the_start_of_a_short_rest(self) -> None:
        timeline = Timeline.of(circuit(work(exercise("A"), 30, 3), work(exercise("B"), 30), rounds=1))
        assert cues_between(timeline, 40, 43) == [
            (40, Cue.CHANGE),
            (41, Cue.TICK),
            (42, Cue.TICK),
            (43, Cue.GO),
        ]

    def test_the_plan_names_no_tick_that_would_cut_the_signal_before_it(self) -> None:
        made = circuit(work(exercise("A"), 30, 3.25), work(exercise("B"), 30), rounds=1, get_ready_s=0)
        planned = [(due["at_s"], due["cue"]) for due in json.loads(as_json(Timeline.of(made)))["cues"]]
        assert planned[4:8] == [(30, "change"), (31.25, "tick"), (32.25, "tick"), (33.25, "go")]


class TestWhatCannotBe:
    @pytest.mark.parametrize("work_s", [0, -1, 3601, float("nan")])
    def test_work(self, work_s: float) -> None:
        with pytest.raises(CircuitError, match="work must be"):
            circuit(work(exercise(), work_s))

    @pytest.mark.parametrize("changes", [{"rounds": 0}, {"get_ready_s": -1}, {"round_break_s": 3601}])
    def test_circuit(self, changes: dict[str, float]) -> None:
        with pytest.raises(CircuitError):
            circuit(**changes)

    @pytest.mark.parametrize(
        ("entry", "words"),
        [
            (Work(()), "at least 1 set"),
            (Work((Set((), 30),)), "at least one exercise"),
            (Work((Set(of(1)[0], 30, changeover_s=-1),)), "changeover must be"),
            (work(exercise(), 30)._replace(rest_s=4000), "rest must be"),
            (Stations(()), "at least 1 lap"),
            (Stations((Lap((), 30),)), "at least 1 station"),
            (Stations((Lap(((),), 30),)), "at least one exercise"),
            (Stations((Lap(of(2), 0),)), "work must be"),
            (Stations((Lap(of(2), 30, break_s=-1),)), "round_break must be"),
            (Amrap(of(1)[0], 0), "amrap must be"),
            (ForTime(3601, of(1)[0]), "for_time must be"),
            (ForTime(60, ()), "at least one exercise"),
        ],
    )
    def test_entry_of_a_circuit(self, entry: Entry, words: str) -> None:
        with pytest.raises(CircuitError, match=words):
            circuit(work(exercise(), 30), rounds_of(entry))

    def test_two_kinds_of_entry_are_never_the_same(self) -> None:
        assert circuit(Amrap(of(1)[0], 60)) != circuit(ForTime(60, of(1)[0]))
        assert circuit(Amrap(of(1)[0], 60)) == circuit(Amrap(of(1)[0], 60))

    def test_no_exercises(self) -> None:
        with pytest.raises(CircuitError, match="at least one exercise"):
            Circuit(id="x", name="Empty", content=rounds_of())
