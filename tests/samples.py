"""Circuits for tests: a function that builds a simple circuit, and Hypothesis strategies for random circuits."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kiosk.circuit import Circuit, EasierOption, Exercise, Side, Sides, Station


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


def circuit(*stations: Station, **changes: Any) -> Circuit:
    """Return a circuit of the given stations; without any, of a two-sided exercise and one without sides."""
    if not stations:
        plank = exercise(sides=Sides.EACH, easier=EasierOption(10, 5))
        stations = (Station(plank, 60, 10, 5), Station(exercise("Glute bridge"), 60, 10))
    return Circuit(
        **{
            "id": "test",
            "name": "Test circuit",
            "rounds": 2,
            "get_ready_s": 10,
            "round_break_s": 30,
            "stations": stations,
            **changes,
        }
    )


_rests = st.one_of(st.just(0.0), st.integers(1, 40).map(float), st.integers(1, 9_999).map(lambda ms: ms / 1000))
_works = st.one_of(st.integers(1, 90).map(float), st.integers(1, 60_000).map(lambda ms: ms / 1000))


@st.composite
def stations(draw: st.DrawFn) -> Station:
    movement = exercise(
        draw(st.sampled_from(["Side plank", "Glute bridge", "Clamshell"])),
        sides=draw(st.sampled_from(Sides)),
        first_side=draw(st.sampled_from(Side)),
    )
    return Station(movement, draw(_works), draw(_rests), draw(_rests))


@st.composite
def circuits(draw: st.DrawFn) -> Circuit:
    return circuit(
        *draw(st.lists(stations(), min_size=1, max_size=5)),
        rounds=draw(st.integers(1, 4)),
        get_ready_s=draw(_rests),
        round_break_s=draw(_rests),
    )
