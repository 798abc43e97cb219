"""Circuits for tests: a function that builds a simple circuit, and Hypothesis strategies for random circuits."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kiosk.circuit import (
    Amrap,
    Block,
    Circuit,
    EasierOption,
    Entry,
    Exercise,
    ForTime,
    Lap,
    Round,
    Set,
    Side,
    Sides,
    Stations,
    Task,
    Tasks,
    Work,
)


def exercise(name: str = "Side plank", **changes: Any) -> Exercise:
    texts = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "short": name[:16],
        "muscles": ("Obliques", "Quads"),
        "why": ("Strong sides keep you", "upright when you are tired."),
        "how": ("Elbow under the shoulder.", "Lift hips and knees."),
        "steps": ("Lie on your side.", "Lift.", "Hold."),
        "tip": ("Too hard?", "Hold 10 s, rest 5 s."),
        "cues": ("Elbow under shoulder", "One straight line"),
    }
    return Exercise(**{**texts, **changes})


def work(done: Exercise, work_s: float, changeover_s: float = 0.0, switch_s: float = 0.0, amount: str = "") -> Work:
    """Return one set of an exercise."""
    return Work((Set((Task(done, amount),), work_s, changeover_s, switch_s),))


def rounds_of(*entries: Entry, rounds: int = 1, break_s: float = 0.0) -> Block:
    """Return a block of the entries, with that rest between its rounds."""
    return Block((Round(entries, break_s),) * rounds)


def circuit(*entries: Entry, **changes: Any) -> Circuit:
    """Return a circuit of the given entries; without any, of a two-sided exercise and one without sides."""
    if not entries:
        plank = exercise(sides=Sides.EACH, easier=EasierOption(10, 5))
        entries = (work(plank, 60, 10, 5), work(exercise("Glute bridge"), 60, 10))
    rounds, break_s = changes.pop("rounds", 2), changes.pop("round_break_s", 30)
    content = rounds_of(*entries, rounds=rounds, break_s=break_s)
    return Circuit(**{"id": "test", "name": "Test circuit", "get_ready_s": 10, "content": content, **changes})


_rests = st.one_of(st.just(0.0), st.integers(1, 40).map(float), st.integers(1, 9_999).map(lambda ms: ms / 1000))
_works = st.one_of(st.integers(1, 90).map(float), st.integers(1, 60_000).map(lambda ms: ms / 1000))


@st.composite
def works(draw: st.DrawFn) -> Work:
    movement = exercise(
        draw(st.sampled_from(["Side plank", "Glute bridge", "Clamshell"])),
        sides=draw(st.sampled_from(Sides)),
        first_side=draw(st.sampled_from(Side)),
    )
    return work(movement, draw(_works), draw(_rests), draw(_rests))


@st.composite
def tasks(draw: st.DrawFn, most: int = 3) -> Tasks:
    names = draw(st.lists(st.sampled_from(["Swings", "Squats", "Rows", "Planks"]), min_size=1, max_size=most))
    sides = st.sampled_from([Sides.NONE, Sides.NONE, Sides.EACH])
    amounts = st.sampled_from(["", "12", "500 m"])
    return tuple(Task(exercise(name, sides=draw(sides)), draw(amounts)) for name in names)


@st.composite
def sets(draw: st.DrawFn) -> Work:
    """Return an exercise, or several together, in one or more sets."""
    done, is_open, easy = draw(tasks(2)), draw(st.booleans()), draw(st.booleans())
    times = draw(st.lists(st.tuples(_works, _rests, _rests), min_size=1, max_size=4))
    return Work(
        tuple(Set(done, work_s, rest_s, switch_s, is_open, easy) for work_s, rest_s, switch_s in times),
        rest_s=draw(st.none() | _rests),
    )


@st.composite
def laps(draw: st.DrawFn) -> Stations:
    stations = tuple(draw(st.lists(tasks(2), min_size=1, max_size=4)))
    return Stations(
        tuple(
            Lap(stations, draw(_works), draw(_rests), draw(_rests), draw(st.integers(1, 2)), open=draw(st.booleans()))
            for _ in range(draw(st.integers(1, 3)))
        ),
        changeover_s=draw(_rests),
        rest_s=draw(st.none() | _rests),
    )


@st.composite
def against_the_clock(draw: st.DrawFn) -> Entry:
    done, length_s, changeover_s, rest_s = draw(tasks()), draw(_works), draw(_rests), draw(st.none() | _rests)
    if draw(st.booleans()):
        return Amrap(done, length_s, "", changeover_s, rest_s)
    return ForTime(length_s, done, "", changeover_s, rest_s)


@st.composite
def blocks(draw: st.DrawFn, depth: int) -> Block:
    several = st.lists(entries(depth - 1), min_size=1, max_size=3)
    rounds = tuple(Round(tuple(draw(several)), draw(_rests)) for _ in range(draw(st.integers(1, 3))))
    return Block(rounds, draw(st.sampled_from(["", "Main"])), draw(_rests), draw(st.none() | _rests))


def entries(depth: int) -> st.SearchStrategy[Entry]:
    """Return any entry in which blocks lie up to so deep."""
    flat = st.one_of(sets(), laps(), against_the_clock())
    return st.one_of(flat, blocks(depth)) if depth else flat


@st.composite
def any_circuits(draw: st.DrawFn) -> Circuit:
    """Return a circuit of any kind."""
    return Circuit(id="any", name="Any", content=draw(entries(2)), get_ready_s=draw(_rests))


@st.composite
def circuits(draw: st.DrawFn) -> Circuit:
    return circuit(
        *draw(st.lists(works(), min_size=1, max_size=5)),
        rounds=draw(st.integers(1, 4)),
        get_ready_s=draw(_rests),
        round_break_s=draw(_rests),
    )
