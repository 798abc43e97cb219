"""The grammar of a circuit's file: what is inherited, what is refused and with which words, and what is only long."""

# ruff: noqa: E501 (a message stands in one line, as staff see it)
from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import config
from kiosk.circuit import Amrap, Block, Circuit, ForTime, Stations, Work
from kiosk.cli import main
from kiosk.errors import ConfigError
from kiosk.timeline import Interval, Kind, Timeline

PLANK = "name: Side plank\nsides: each\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("exercises/plank.yaml", PLANK)
    put("exercises/squats.yaml", "name: Air squats\n")
    return Path("config")


def put(name: str, text: str | bytes) -> None:
    path = Path("config", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def loaded(text: str | bytes) -> Circuit:
    put("circuits/c.yaml", text)
    return config.load(Path("config")).circuits[0]


def intervals(text: str) -> list[Interval]:
    return list(Timeline.of(loaded(text)).intervals)


def lengths(text: str) -> list[tuple[str, float]]:
    return [(one.kind.value, one.duration_s) for one in intervals(text)]


def problems(text: str | bytes) -> list[str]:
    put("circuits/c.yaml", text)
    with pytest.raises(ConfigError) as caught:
        config.load(Path("config"))
    return [line.removeprefix("config/circuits/c.yaml:") for line in caught.value.lines]


@pytest.mark.usefixtures("folder")
class TestMeaning:
    def test_only_the_content_is_needed(self) -> None:
        circuit = loaded("{name: C, work: 30, exercises: [plank]}")
        assert (circuit.rounds, circuit.get_ready_s) == (1, 10)
        assert Timeline.of(circuit).total_s == 45

    @pytest.mark.parametrize("reference", ["squats", "Air squats", "air  SQUATS", "{exercise: Air squats}"])
    def test_an_exercise_is_found_by_its_file_or_its_title(self, reference: str) -> None:
        circuit = loaded(f"{{name: C, work: 30, exercises: [{reference}]}}")
        assert [one.id for one in circuit.exercises] == ["squats"]

    def test_an_exercise_without_a_file_has_only_its_name_and_sides(self) -> None:
        circuit = loaded("{name: C, work: 30, exercises: [{name: Air squats, sides: each, first_side: left}]}")
        (one,) = circuit.exercises
        assert (one.id, one.name, one.first_side.value) == ("", "Air squats", "left")
        assert [one.side and one.side.value for one in Timeline.of(circuit).intervals][1] == "left"

    def test_the_kinds_of_a_circuit(self) -> None:
        kinds = {
            "exercises: [plank]": Block,
            "together: [plank, squats]": Work,
            "stations: [plank, squats]": Stations,
            "amrap: 5:00, exercises: [plank]": Amrap,
            "for_time: 5:00, exercises: [plank]": ForTime,
        }
        for text, kind in kinds.items():
            work = "" if "amrap" in text or "for_time" in text else "work: 30, "
            assert isinstance(loaded(f"{{name: C, {work}{text}}}").content, kind)

    def test_what_an_entry_does_not_say_it_has_from_the_block_around_it(self) -> None:
        text = """\
name: C
get_ready: 0
work: 30
changeover: 7
amount: 5
exercises:
  - squats
  - work: 20
    changeover: 0
    amount: none
    exercises: [squats, {exercise: squats, amount: 9, easy: true}]
  - {exercise: squats, easy: true}
"""
        found = [(one.kind.value, one.duration_s, one.amount) for one in intervals(text) if one.works]
        assert found == [("work", 30, "5"), ("work", 20, ""), ("easy", 20, "9"), ("easy", 30, "5")]
        assert [seconds for kind, seconds in lengths(text) if kind == "changeover"] == [7, 7]

    def test_after_a_block_comes_the_changeover_of_the_block_around_it(self) -> None:
        block = "{changeover: 3, work: 10, exercises: [squats, squats]}"
        assert lengths(f"{{name: C, get_ready: 0, changeover: 8, exercises: [{block}, {block}]}}") == [
            *(("work", 10), ("changeover", 3), ("work", 10)),
            ("changeover", 8),
            *(("work", 10), ("changeover", 3), ("work", 10)),
        ]

    def test_nothing_comes_after_the_last_of_a_list_but_what_is_around_it(self) -> None:
        inner = "{work: 10, exercises: [{exercise: squats, rest: 99}], rounds: 2, round_break: 4, rest: 50}"
        assert lengths(f"{{name: C, get_ready: 0, exercises: [{inner}, {{exercise: squats, work: 5, rest: 9}}]}}") == [
            *(("work", 10), ("round_break", 4), ("work", 10)),
            ("rest", 50),
            ("work", 5),
        ]

    def test_sets_of_an_exercise_have_changeovers_between_them(self) -> None:
        assert lengths(
            "{name: C, get_ready: 0, changeover: 3, exercises: [{exercise: squats, work: 9, rounds: 3}]}"
        ) == [
            *(("work", 9), ("changeover", 3)) * 2,
            ("work", 9),
        ]

    def test_a_list_has_a_value_for_each_round(self) -> None:
        text = "{name: C, get_ready: 0, work: [9, 8], round_break: [4, 5], amount: [2, none], exercises: [squats]}"
        assert lengths(text) == [("work", 9), ("round_break", 4), ("work", 8)]
        assert [one.amount for one in intervals(text)] == ["2", "", ""]

    def test_a_list_of_a_block_holds_within_its_rounds(self) -> None:
        text = "{name: C, get_ready: 0, changeover: 0, round_break: 0, work: [9, 8], exercises: [squats, {exercise: squats, rounds: 2}]}"
        assert [seconds for _, seconds in lengths(text)] == [9, 9, 9, 8, 8, 8]

    def test_open_work_has_its_cap(self) -> None:
        text = "{name: C, get_ready: 0, work: open, exercises: [squats, {exercise: squats, cap: 2:00}]}"
        assert [(one.duration_s, one.open) for one in intervals(text) if one.works] == [(3600, True), (120, True)]

    def test_open_work_of_two_sides_is_open_twice(self) -> None:
        text = "{name: C, get_ready: 0, work: open, cap: 60, switch: 4, exercises: [plank]}"
        assert lengths(text) == [("work", 60), ("switch", 4), ("work", 60)]

    def test_stations_with_sets_and_two_exercises_at_one(self) -> None:
        text = """\
name: C
get_ready: 0
work: 20
changeover: 5
round_break: 30
rounds: 2
stations:
  - squats
  - {together: [plank, {name: Swings, amount: 8}], amount: 4}
sets: 2
"""
        found = intervals(text)
        assert [(one.round, one.place, one.set) for one in found if one.works] == [
            *((1, 0, 1), (1, 0, 2), (1, 1, 1), (1, 1, 2)),
            *((2, 0, 1), (2, 0, 2), (2, 1, 1), (2, 1, 2)),
        ]
        assert [one.moves for one in found if not one.works] == [False, True, False, True, False, True, False]
        assert [[task.amount for task in station] for station in found[0].stations] == [[""], ["4", "8"]]

    def test_blocks_lie_four_deep(self) -> None:
        text = "squats"
        for _ in range(4):
            text = f"{{exercises: [{text}]}}"
        assert lengths(f"{{name: C, get_ready: 0, work: 5, exercises: [{text}]}}") == [("work", 5)]

    def test_an_amount_is_any_short_text(self) -> None:
        for written, meant in (
            ("12", "12"),
            ("500 m", "500 m"),
            ("'5  x 5'", "5 x 5"),
            ("1:30", "1:30"),
            ("yes", "yes"),
        ):
            assert (
                intervals(f"{{name: C, work: 9, exercises: [{{exercise: squats, amount: {written}}}]}}")[1].amount
                == meant
            )


ROWS: list[tuple[str, str, list[str]]] = [
    # What it is called, the circuit after its name, and all that is said about it.
    (
        "no work anywhere",
        "exercises: [squats, plank, {stations: [plank]}]",
        ['1:1: the key "work" is missing; add it: a duration, or open for work that a press ends'],
    ),
    (
        "a block written as a key",
        "work: 30\nexercises:\n  - Warm-up:\n      - squats\n  - plank",
        ['4:5: exercises: "Warm-up" is not a key; write "name: Warm-up" and "exercises:", with the list below it'],
    ),
    (
        "no work for one",
        "exercises:\n  - squats\n  - {exercise: plank, work: 30}\n  - {together: [plank]}",
        [
            '3:5: the key "work" is missing; add it here, or to the block around it',
            '5:5: the key "work" is missing; add it here, or to the block around it',
        ],
    ),
    ("work misspelt", "wrok: 30\nexercises: [squats]", ['2:1: unknown key "wrok"; did you mean "work"?']),
    (
        "work by another name",
        "duration: 30\nexercises: [squats]",
        ['2:1: "duration" does not belong here; write "work: 30"'],
    ),
    (
        "open misspelt",
        "work: opne\nexercises: [squats]",
        ['2:7: work: "opne" is not possible here; did you mean "open"?'],
    ),
    (
        "reps",
        "work: 30\nexercises: [{exercise: squats, reps: 12}]",
        ['3:32: "reps" does not belong here; write "amount: 12"; with "work: open" a press says that they are done'],
    ),
    (
        "sets of an exercise",
        "work: 30\nexercises: [{exercise: squats, sets: 4}]",
        ['3:32: "sets" does not belong here; write "rounds: 4": the rounds of an exercise are its sets'],
    ),
    (
        "rest of a circuit",
        "work: 30\nrest: 30\nexercises: [squats]",
        [
            '3:1: "rest" does not belong here; nothing comes after a circuit; between exercises comes "changeover", between rounds "round_break"'
        ],
    ),
    (
        "rests as entries",
        "work: 30\nexercises: [squats, {rest: 45}, plank, Rest, {pause: x}]",
        [
            '3:21: exercises: a rest is no entry of its own; write it beside the entry before it, such as "{exercise: squats, rest: 45}"',
            '3:40: exercises: a rest is no entry of its own; write it beside the entry before it, such as "{exercise: squats, rest: 60}"',
            '3:46: exercises: a rest is no entry of its own; write it beside the entry before it, such as "{exercise: squats, rest: 60}"',
        ],
    ),
    (
        "reps without work",
        "exercises: [{exercise: squats, reps: 12}, plank]",
        [
            '1:1: the key "work" is missing; add it: a duration, or open for work that a press ends',
            '2:32: "reps" does not belong here; write "amount: 12"; with "work: open" a press says that they are done',
        ],
    ),
    (
        "emom",
        "emom: 10:00\nexercises: [squats]",
        [
            '2:1: "emom" does not belong here; every minute on the minute is "work: 60", "changeover: 0" and "rounds: 10"'
        ],
    ),
    (
        "blocks",
        "work: 30\nblocks: [squats]",
        [
            '3:1: "blocks" does not belong here; a block is an entry with a list of its own: "exercises: [...]"',
        ],
    ),
    (
        "warm-up",
        "work: 30\nwarm_up: 5:00\nexercises: [squats]",
        ['3:1: "warm_up" does not belong here; write an entry such as "{name: Easy jog, work: 5:00, easy: true}"'],
    ),
    (
        "amrap of an exercise",
        "work: 30\nexercises: [{exercise: squats, amrap: 5:00}]",
        ['3:32: "amrap" does not belong here; write it beside "exercises: [...]" in an entry of its own'],
    ),
    (
        "amrap without a time",
        "amrap: true\nexercises: [squats]",
        [
            "2:8: amrap: a duration is expected here, but this is true or false; write seconds such as 60, or minutes and seconds such as 1:30"
        ],
    ),
    ("amrap without a list", "amrap: 5:00", ['1:1: the key "exercises" is missing; add it']),
    (
        "rounds of an amrap",
        "amrap: 5:00\nrounds: 3\nwork: 30\nexercises: [squats]",
        [
            '3:1: "rounds" does not belong here; put it in the list of a block that has "rounds"',
            '4:1: "work" does not belong here; the time is the value of "amrap"',
        ],
    ),
    (
        "time in an amrap",
        "amrap: 5:00\nexercises: [{exercise: squats, work: 30}]",
        [
            '3:32: "work" does not belong here; nothing in an AMRAP has a time of its own; write "amount", such as 12 or 3 x 10'
        ],
    ),
    (
        "block in an amrap",
        "amrap: 5:00\nexercises: [{exercises: [squats]}]",
        ["3:13: exercises: a block cannot stand in an AMRAP; write exercises here"],
    ),
    (
        "time of a station",
        "work: 30\nstations: [squats, {exercise: plank, work: 20}]",
        ['3:38: "work" does not belong here; all of them share one clock: write it beside "stations"'],
    ),
    (
        "stations and exercises",
        "work: 30\nstations: [squats]\nexercises: [plank]",
        ['4:1: "exercises" does not belong here; write it in an entry of its own'],
    ),
    (
        "stations beside an exercise",
        "work: 30\nexercises: [{exercise: squats, stations: [plank]}]",
        ['3:14: "exercise" does not belong here; write it in an entry of its own'],
    ),
    ("stations misspelt", "work: 30\nstaions: [squats]", ['3:1: unknown key "staions"; did you mean "stations"?']),
    (
        "exercises misspelt in a block",
        "work: 30\nexercises: [{name: Main, excercises: [squats]}]",
        ['3:26: unknown key "excercises"; did you mean "exercises"?'],
    ),
    (
        "exercise in the circuit",
        "work: 30\nexercise: squats",
        ['3:1: "exercise" does not belong here; write "exercises" with a list'],
    ),
    (
        "exercise and name",
        "work: 30\nexercises: [{exercise: squats, name: Squats}]",
        [
            '3:32: "name" does not belong here; an exercise with a file has its name there: write either "exercise" or "name"'
        ],
    ),
    (
        "sides beside a file",
        "work: 30\nexercises: [{exercise: squats, sides: each}]",
        ['3:32: "sides" does not belong here; write it in the exercise\'s own file in exercises/'],
    ),
    (
        "steps beside a name",
        "work: 30\nexercises: [{name: Jog, steps: [Jog]}]",
        ['3:25: "steps" does not belong here; write it in the exercise\'s own file in exercises/'],
    ),
    (
        "get ready of a block",
        "work: 30\nexercises: [{exercises: [squats], get_ready: 5}]",
        ['3:35: "get_ready" does not belong here; it belongs to the circuit alone'],
    ),
    (
        "round break of an exercise",
        "work: 30\nexercises: [{exercise: squats, rounds: 3, round_break: 5}]",
        ['3:43: "round_break" does not belong here; between the sets of an exercise comes "changeover"'],
    ),
    (
        "lists of different lengths",
        "work: [30, 20]\nround_break: [5, 6, 7]\nexercises: [squats]",
        ['3:14: round_break: "work" has 2 values, but this has 3 values; write one value for each round in both'],
    ),
    (
        "list of another length than the rounds",
        "rounds: 3\nwork: [30, 20]\nexercises: [squats]",
        [
            "3:7: work: there are 3 rounds, but 2 values here; write one value for each round, or a single one without brackets"
        ],
    ),
    (
        "list where there are no rounds",
        "amrap: 5:00\nchangeover: [5, 6]\nexercises: [squats]",
        [
            "3:13: changeover: a duration is expected here, but this is a list; write seconds such as 60, or minutes and seconds such as 1:30"
        ],
    ),
    (
        "wrong values in a list",
        "work: [30, 0, soon]\nexercises: [squats]",
        [
            '2:12: work: "0" is out of range; write a duration of more than 0 and at most 60:00',
            '2:15: work: "soon": this is not a duration; write seconds such as 60, or minutes and seconds such as 1:30',
        ],
    ),
    (
        "easy in words",
        "work: 30\neasy: very\nexercises: [squats]",
        ['3:7: easy: true or false is expected here, not "very"; write true or false without quotes'],
    ),
    (
        "empty amount",
        "work: 30\namount:\nexercises: [squats]",
        ["3:8: amount: the amount is empty; write it such as 12 or 500 m, or none"],
    ),
    (
        "amount that is a list of lists",
        "work: 30\namount: [[1]]\nexercises: [squats]",
        ["3:10: amount: an amount is expected here, but this is a list; write it such as 12 or 500 m"],
    ),
    (
        "misspelt title",
        "work: 30\nexercises: [Air sqats]",
        ['3:13: exercises: there is no exercise "Air sqats"; did you mean "Air squats"?'],
    ),
    (
        "unknown exercise in a station",
        "work: 30\nstations: [squats, {exercise: zzz}]",
        [
            '3:31: stations.exercise: there is no exercise "zzz"; possible here: plank, squats; or write "name: zzz" for one without a file'
        ],
    ),
    (
        "too many stations",
        "work: 30\nstations: [" + ", ".join(["squats"] * 25) + "]",
        ["3:204: stations: the list has 25 items; at most 24"],
    ),
    (
        "too many in a block",
        "work: 30\nexercises: [{exercises: [" + ", ".join(["squats"] * 31) + "]}]",
        ["3:266: exercises.exercises: the list has 31 items; at most 30"],
    ),
    (
        "too deep",
        "work: 30\nexercises: [" + "{exercises: [" * 5 + "squats" + "]}" * 5 + "]",
        [
            "3:65: exercises.exercises.exercises.exercises.exercises: this block lies 5 deep; blocks may lie 4 deep: take one away"
        ],
    ),
    (
        "too many intervals",
        "work: 1\nrounds: 99\nexercises: [" + ", ".join(["squats"] * 11) + "]",
        ["1:1: the circuit has 2,178 intervals of work and rest; at most 2,000: write fewer rounds"],
    ),
    (
        "rounds in rounds in rounds",
        "work: 1\nrounds: 99\nexercises: [{rounds: 99, exercises: [{rounds: 99, exercises: [squats]}]}]",
        ["1:1: the circuit has more than 10,000 intervals of work and rest; at most 2,000: write fewer rounds"],
    ),
    (
        "rounds in rounds whose values all differ",
        "work: [{0}]\nexercises: [{{changeover: [{0}], exercises: [{{work: [{0}], exercises: [{{work: [{0}], exercises: [squats]}}]}}]}}]".format(
            ", ".join(map(str, range(1, 100)))
        ),
        ["1:1: the circuit has more than 10,000 intervals of work and rest; at most 2,000: write fewer rounds"],
    ),
    (
        "more than six hours",
        "work: 60:00\nrounds: 7\nexercises: [squats]",
        ["1:1: the circuit takes 423:10 minutes; at most 360:00: write fewer rounds"],
    ),
    (
        "all at once",
        "rounds: 0\nexercises:\n  - {exercise: squats, reps: 5, work: -1}\n  - {name: Main, exercises: [{exercise: zzz, work: 5}, {amrap: 0, exercises: []}]}",
        [
            "2:9: rounds: 0 is out of range; write a whole number from 1 to 99",
            '4:24: "reps" does not belong here; write "amount: 5"; with "work: open" a press says that they are done',
            '4:39: exercises.work: "-1" is out of range; write a duration of more than 0 and at most 60:00',
            '5:41: exercises.exercises.exercise: there is no exercise "zzz"; possible here: plank, squats; or write "name: zzz" for one without a file',
            '5:64: exercises.exercises.amrap: "0" is out of range; write a duration of more than 0 and at most 60:00',
            "5:78: exercises.exercises.exercises: the list is empty; write 1 to 30 items",
        ],
    ),
    (
        "typographic quotes around a number",
        "work: “30”\nexercises: [squats]",
        ['2:7: work: "30": a number in quotes is text; write 30 without quotes'],
    ),
    (
        "typographic quotes around a colon",
        "work: 30\nexercises:\n  - name: “Hard: uphill”",
        ['4:11: this is a typographic quote; write straight quotes: "'],
    ),
    (
        "typographic quotes around a comma",
        "work: 30\nexercises: [{name: “Up, down”}]",
        [
            '3:20: exercises.name: the quote “ has no end here; put the whole text in straight quotes: "',
            '3:25: unknown key "down”"; possible here: amount, cap, changeover, easy, first_side, name, rest, rounds, sides, switch, work',
        ],
    ),
    (
        "dashes for hyphens",
        "work: 30\nexercises:\n  – squats\n  – plank",
        ['4:3: exercises: a list is expected here, but "–" is no hyphen; write "- "'],
    ),
    (
        "a dash among hyphens",
        "work: 30\nexercises:\n  - squats\n  – plank\n  - plank",
        ['5:3: this is no hyphen; begin an item with "- "'],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
@pytest.mark.usefixtures("folder")
def test_says_what_is_wrong_and_what_would_be_right(text: str, expected: list[str]) -> None:
    assert problems(f"name: C\n{text}\n") == expected


@pytest.mark.usefixtures("folder")
class TestEditors:
    """What WordPad, TextEdit and phones make of a file."""

    def test_a_byte_order_mark_crlf_and_typographic_quotes_are_read(self) -> None:
        text = "“name”: “Child’s pose”\nwork: 30\nexercises: [“Air squats”, {name: „Wall sit“}, {name: “Hard” day}]\n"
        circuit = loaded(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        assert circuit.name == "Child’s pose"
        assert [one.name for one in circuit.exercises] == ["Air squats", "Wall sit", "“Hard” day"]

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("“Core”", "Core"),
            ("„Core“", "Core"),
            ("„Core”", "Core"),
            ("«Core»", "Core"),
            ("»Core«", "»Core«"),
            ("‘Core’", "Core"),
            ("‘n’ core", "‘n’ core"),
            ("’n core", "’n core"),
            ("‘90s core", "‘90s core"),
            ("“Core” and “more”", "“Core” and “more”"),
            ('"“Core”"', "“Core”"),
            ("Core”", "Core”"),
        ],
    )
    def test_typographic_quotes_around_a_whole_text_are_left_out(self, written: str, meant: str) -> None:
        assert loaded(f"name: {written}\nwork: 30\nexercises: [plank]\n").name == meant

    @pytest.mark.parametrize("opening", ["“", "„", "«"])
    def test_one_that_has_no_end(self, opening: str) -> None:
        expected = f'1:7: name: the quote {opening} has no end here; put the whole text in straight quotes: "'
        assert problems(f"name: {opening}Core\nwork: 30\nexercises: [plank]\n") == [expected]

    def test_rich_text(self) -> None:
        expected = "1:1: this is rich text (RTF); save it as plain text (TextEdit: Format, Make Plain Text)"
        assert problems(b"{\\rtf1\\ansi name: C}") == [expected]

    def test_non_breaking_spaces(self) -> None:
        (problem,) = problems("name: C\nwork: 30\nexercises:\n\u00a0\u00a0- squats\n\u00a0- plank: 3\n")
        assert "there is a non-breaking space here; indent with ordinary spaces" in problem


@pytest.mark.usefixtures("folder")
class TestTitles:
    def test_that_two_exercises_share(self) -> None:
        put("exercises/other.yaml", "name: Air squats\n")
        expected = '3:13: exercises: several exercises are called "Air squats"; write other or squats'
        assert problems("name: C\nwork: 30\nexercises: [Air squats]\n") == [expected]

    def test_of_a_broken_file_is_not_unknown(self) -> None:
        put("exercises/squats.yaml", "name: Air squats\nsides: both\n")
        found = problems("name: C\nwork: 30\nexercises: [Air squats, Side plank]\n")
        assert found == [
            'config/exercises/squats.yaml:2:8: sides: "both" is not possible here; write none, alternate or each'
        ]

    def test_of_a_file_that_cannot_be_read_may_be_any(self) -> None:
        put("exercises/squats.yaml", "name: [Air\n")
        (found,) = problems("name: C\nwork: 30\nexercises: [Air squats]\n")
        assert found.startswith("config/exercises/squats.yaml:1:7:")


LONG = """\
name: Standing dumbbell overhead triceps press
muscles: [Triceps, Latissimus dorsi]
why: [one, two, three]
steps: [{}, {}]
cues: [Keep both elbows close to your ears, {}]
tip: {}
equipment: [a, b, c, d, adjustable bench, e, f, g, h, i, j, k, l, m]
""".format("x" * 799, "y" * 77, "z" * 96, "w" * 200)


@pytest.mark.usefixtures("folder")
class TestTooLong:
    def test_is_no_error(self) -> None:
        put("exercises/press.yaml", LONG)
        circuit = loaded("{name: A circuit with a name of forty-four characters, work: 30, exercises: [press]}")
        (press,) = circuit.exercises
        assert press.short == press.name == "Standing dumbbell overhead triceps press"
        assert (len(press.why), len(press.equipment)) == (3, 14)

    def test_is_a_warning_of_the_check(self, capsys: pytest.CaptureFixture[str]) -> None:
        put("exercises/press.yaml", LONG)
        put("circuits/c.yaml", "name: C\nwork: 30\nexercises: [press, {name: Jog, amount: as far as you can}]\n")
        assert main(["check", "config"]) == 0
        room, items = (f"{what} are more than the wall has room for" for what in ("characters", "items"))
        lines = [line.replace(f"{Path.cwd()}/", "") for line in capsys.readouterr().out.splitlines()]
        assert lines == [
            f"config/circuits/c.yaml:3:40: exercises.amount: 17 {room}; 14 fit",
            'config/exercises/press.yaml:1:7: name: a long name needs a short form; add "short: ...", 32 fit',
            f"config/exercises/press.yaml:4:810: steps: 2 {items}; the first fits",
            f"config/exercises/press.yaml:5:45: cues: 96 {room}; 95 fit",
            f"config/exercises/press.yaml:6:6: tip: 200 {room}; 95 fit",
            f"config/exercises/press.yaml:7:61: equipment: 14 {items}; the first 11 fit",
            "config is fine: 1 circuit, 3 exercises, 6 warnings",
        ]

    @pytest.mark.parametrize("work", ["work: open\n", "amrap: 5:00\n", "for_time: 5:00\n"])
    def test_so_is_a_cue_that_could_be_taken_for_the_button(
        self, work: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put("exercises/bridge.yaml", "name: Bridge\ncues: [Press your heels down, An express lift]\n")
        put("circuits/c.yaml", f"name: C\n{work}exercises: [bridge]\n")
        assert main(["check", "config"]) == 0
        first, *others = capsys.readouterr().out.replace(f"{Path.cwd()}/", "").splitlines()
        cue = 'the cue "Press your heels down" of "Bridge" may be taken for "Press when done"'
        assert first == f'config/circuits/c.yaml:1:1: {cue}; say it without "press"'
        assert others == ["config is fine: 1 circuit, 3 exercises, 1 warning"]

    def test_a_cue_may_say_press_where_a_press_pauses(self, capsys: pytest.CaptureFixture[str]) -> None:
        put("exercises/bridge.yaml", "name: Bridge\ncues: [Press your heels down]\n")
        put("circuits/c.yaml", "name: C\nwork: 30\nexercises: [bridge]\n")
        assert main(["check", "config"]) == 0
        assert "warning" not in capsys.readouterr().out

    @pytest.mark.parametrize("key", ["amrap", "for_time"])
    def test_so_are_seconds_where_minutes_are_usual(self, key: str, capsys: pytest.CaptureFixture[str]) -> None:
        put("circuits/c.yaml", f"name: C\n{key}: 12\nexercises: [squats]\n")
        assert main(["check", "config"]) == 0
        first = capsys.readouterr().out.replace(f"{Path.cwd()}/", "").splitlines()[0]
        assert (
            first
            == f"config/circuits/c.yaml:2:{len(key) + 3}: {key}: this is only 12 seconds; write 12:00 if you mean minutes"
        )
        put("circuits/c.yaml", f"name: C\n{key}: 0:45\nexercises: [squats]\n")
        assert main(["check", "config"]) == 0
        assert "warning" not in capsys.readouterr().out

    def test_the_library_is_the_same_with_and_without_warnings(self) -> None:
        put("exercises/press.yaml", LONG)
        loaded("{name: C, work: 30, exercises: [press]}")
        assert config.check(Path("config"))[0] == config.load(Path("config"))


@pytest.mark.usefixtures("folder")
def test_only_a_name_is_needed_in_an_exercise() -> None:
    (one,) = loaded("{name: C, work: 30, exercises: [squats]}").exercises
    assert (one.name, one.short) == ("Air squats", "Air squats")
    assert one[3:10] == ((),) * 7
    assert {kind for kind, _ in lengths("{name: C, work: 30, exercises: [squats]}")} == {Kind.GET_READY, Kind.WORK}
