"""A workout of each kind that coaches write, and what becomes of it in `kiosk plan --json`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.circuit import Circuit, Sides
from kiosk.plan import as_json, as_table
from kiosk.timeline import Timeline
from tests.conftest import ROOT
from tests.samples import circuit, exercise, rounds_of, work

FOLDER = Path(__file__).parent / "workouts"
LIBRARY = config.load(FOLDER)
Steps = list[tuple[str, float | None]]


def plan(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(Timeline.of(LIBRARY.circuit(name))))
    return found


def steps(*lengths_s: float | None, rest: float = 0.0, kind: str = "changeover") -> Steps:
    """Return work of these lengths, with the same rest between, None for open work."""
    found: Steps = []
    for length_s in lengths_s:
        found += [(kind, rest), ("work", length_s)] if found and rest else [("work", length_s)]
    return found


READY: Steps = [("get_ready", 10)]
EXPECTED: dict[str, tuple[float, int, Steps]] = {
    # The time that is known, how often work is open, and all intervals.
    "emom": (10 + 600, 0, READY + steps(*[60] * 10)),
    "tabata": (10 + 2 * 230 + 60, 0, READY + steps(*[20] * 8, rest=10) + [("rest", 60)] + steps(*[20] * 8, rest=10)),
    "pyramid": (
        10 + 180 + 60 + 60 + 60,
        3,
        [
            *READY,
            *(("work", 20), ("changeover", 10), ("work", 40), ("changeover", 15), ("work", 60), ("changeover", 20)),
            *(("work", 40), ("changeover", 15), ("work", 20), ("rest", 60)),
            *steps(None, None, None, rest=30),
        ],
    ),
    "amrap": (10 + 720, 0, READY + steps(720)),
    "for-time": (10, 1, READY + steps(None)),
    "stations": (
        10 + 6 * 45 + 5 * 15 + 60 + 6 * 30 + 5 * 15,
        0,
        READY + steps(*[45] * 6, rest=15) + [("round_break", 60)] + steps(*[30] * 6, rest=15),
    ),
    "partners": (
        10 + 6 * 120 + 4 * 20 + 60,
        0,
        [
            *READY,
            *(*steps(120, 120, rest=20), ("round_break", 20), *steps(120, 120, rest=20), ("rest", 60)),
            *steps(120, 120, rest=20),
        ],
    ),
    "class": (
        1825,
        6,
        [
            *(*READY, ("easy", 300), ("rest", 60)),
            *(*steps(None, None, rest=15), ("round_break", 90)) * 2,
            *(*steps(None, None, rest=15), ("rest", 120)),
            *(*steps(*[20] * 8, rest=10), ("rest", 120)),
            *(
                ("work", 360),
                ("rest", 60),
                ("work", 40),
                ("switch", 5),
                ("work", 40),
                ("changeover", 15),
                ("easy", 240),
            ),
        ],
    ),
    "run-walk": (
        10 + 240 + 6 * 150 + 180,
        0,
        [*READY, ("easy", 240), *(("work", 90), ("easy", 60)) * 6, ("easy", 180)],
    ),
}


def test_every_file_is_expected() -> None:
    assert {circuit.id for circuit in LIBRARY.circuits} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_readme_explains_it(name: str) -> None:
    lines = (FOLDER / "circuits" / f"{name}.yaml").read_text("utf-8").splitlines()
    example = "\n".join(f"    {line}" for line in lines if not line.startswith("#"))
    assert f"\n{example}\n\n" in (ROOT / "config" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", EXPECTED)
def test_becomes_what_it_must(name: str) -> None:
    known_s, open_count, expected = EXPECTED[name]
    found = plan(name)
    assert [(one["kind"], one["duration_s"]) for one in found["intervals"]] == expected
    assert (found["total_s"], found["open"]) == (known_s, open_count)


@pytest.mark.parametrize("name", EXPECTED)
def test_starts_and_cues_are_in_known_time(name: str) -> None:
    found, now_s = plan(name), 0.0
    for interval in found["intervals"]:
        assert interval["start_s"] == pytest.approx(now_s)
        now_s += interval["duration_s"] or 0.0
    assert found["total_s"] == pytest.approx(now_s)
    times = [cue["at_s"] for cue in found["cues"]]
    assert times == sorted(times)
    assert found["cues"][-1] == {"at_s": found["total_s"], "cue": "finish"}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_table_has_a_row_for_each_interval_and_the_total(name: str) -> None:
    table = as_table(Timeline.of(LIBRARY.circuit(name))).splitlines()
    assert len(table) == 5 + len(plan(name)["intervals"])
    assert table[-1].startswith("total ")
    assert ("open work" in table[-1]) is (EXPECTED[name][1] > 0)


def rows(made: Circuit) -> list[list[str]]:
    return [re.split("  +", line.strip()) for line in as_table(Timeline.of(made)).splitlines()[3:-2]]


def test_the_table_gives_the_cap_of_work_that_a_press_ends() -> None:
    last = [rows(LIBRARY.circuit(name))[-1][-1] for name in ("for-time", "pyramid")]
    assert last[0] == "for time: 18-12-6 Wall balls + 18-12-6 Ring rows, cap 15:00"
    assert last[1] == "10 Calf raises, set 3 of 3", "not the longest of all"
    assert rows(LIBRARY.circuit("class"))[3][-1] == "8 Goblet squat, cap 3:00"


def test_half_seconds_are_always_rounded_up_in_the_table() -> None:
    two_sides = work(exercise(sides=Sides.EACH), 45, switch_s=5)
    starts = [row[0] for row in rows(circuit(content=rounds_of(two_sides, rounds=2, break_s=60), get_ready_s=0))]
    assert starts == ["0:00", "0:23", "0:28", "0:50", "1:50", "2:13", "2:18"], "22.5 s each side, 5 s to turn over"


def first(name: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in plan(name)["intervals"] if fits(one))
    return found


def test_what_a_plan_says_about_an_interval() -> None:
    open_work = first("class", lambda one: one["duration_s"] is None)
    assert open_work == {
        "start_s": 370,
        "duration_s": None,
        "kind": "work",
        "round": 1,
        "exercise": "Goblet squat",
        "side": None,
        "rounds": 3,
        "block": "Strength",
        "amount": "8",
        "cap_s": 180,
    }
    burpees = first("class", lambda one: one.get("block") == "Tabata" and one.get("set") == 3)
    assert (burpees["kind"], burpees["sets"], burpees["exercise"]) == ("changeover", 8, "Burpees")
    finisher = first("class", lambda one: one["kind"] == "work" and one.get("block") == "Finisher")
    assert finisher["exercise"] is None
    assert (finisher["mode"], finisher["duration_s"]) == ("amrap", 360)
    assert finisher["tasks"] == [{"exercise": "Swings", "amount": "10"}, {"exercise": "Push-ups", "amount": "5"}]
    for_time = first("for-time", lambda one: one["kind"] == "work")
    assert (for_time["mode"], for_time["cap_s"]) == ("for_time", 900)
    lap = first("stations", lambda one: one["round"] == 2 and one["kind"] == "work")
    assert (lap["rounds"], lap["duration_s"], len(lap["stations"])) == (2, 30, 6)
    assert lap["stations"][0] == [{"exercise": "Sled push", "amount": "20 m"}]
    assert [task["exercise"] for task in lap["stations"][2]] == ["Swings", "Goblet squats"]


def test_the_parts_of_a_class() -> None:
    parts = Timeline.of(LIBRARY.circuit("class")).parts
    assert [(part.name, part.known_s) for part in parts] == [
        ("Easy row", 300),
        ("Strength", 3 * 15 + 2 * 90),
        ("Tabata", 230),
        ("Finisher", 360),
        ("Side plank", 85),
        ("Stretch", 240),
    ]
    assert Timeline.of(LIBRARY.circuit("tabata")).parts == ()
