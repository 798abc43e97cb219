"""Reads a circuit's file, which has times and a list of exercises. An exercise may have times of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import yaml

from kiosk.circuit import LONGEST_INTERVAL_S, Circuit, Exercise, Station
from kiosk.config.exercise import NAME
from kiosk.config.keys import Keys
from kiosk.config.values import Read, duration, items, known_name, text, whole

MOST_EXERCISES = 30
"""Maximum number of exercises. With more, the segments in the row at the bottom of the wall would be too narrow."""
MOST_ROUNDS = 99

_work = duration(0, LONGEST_INTERVAL_S, above=True)
_rest = duration(0, LONGEST_INTERVAL_S)


class UnresolvedStation(NamedTuple):
    """One exercise in a circuit's file, by name. Where the file gives no time, None stands for the circuit's time."""

    exercise: str
    work_s: float | None = None
    changeover_s: float | None = None
    switch_s: float | None = None


class UnresolvedCircuit(NamedTuple):
    """A circuit as read from its file. Its exercises are only names, because their own files may be broken."""

    name: str
    rounds: int
    get_ready_s: float
    work_s: float
    changeover_s: float
    switch_s: float
    round_break_s: float
    stations: tuple[UnresolvedStation, ...]

    def resolve(self, id_: str, exercises: Mapping[str, Exercise]) -> Circuit | None:
        """Return the circuit, or None if one of its exercises could not be read."""
        if any(one.exercise not in exercises for one in self.stations):
            return None
        return Circuit(
            id=id_,
            name=self.name,
            rounds=self.rounds,
            stations=tuple(self._station(one, exercises[one.exercise]) for one in self.stations),
            get_ready_s=self.get_ready_s,
            round_break_s=self.round_break_s,
        )

    def _station(self, own: UnresolvedStation, exercise: Exercise) -> Station:
        return Station(
            exercise,
            self.work_s if own.work_s is None else own.work_s,
            self.changeover_s if own.changeover_s is None else own.changeover_s,
            self.switch_s if own.switch_s is None else own.switch_s,
        )


def unresolved_circuit(node: yaml.Node, known: Collection[str]) -> UnresolvedCircuit:
    """Return the circuit in a file. `known` are the names of all exercises that have a file. Raises ContentError."""
    keys = Keys(node)
    name = keys.required("name", text(NAME), "")
    rounds = keys.required("rounds", whole(1, MOST_ROUNDS), 1)
    get_ready_s = keys.optional("get_ready", _rest, 10.0)
    work_s = keys.required("work", _work, 0.0)
    changeover_s = keys.optional("changeover", _rest, 10.0)
    switch_s = keys.optional("switch", _rest, 5.0)
    round_break_s = keys.optional("round_break", _rest, 30.0)
    stations = keys.required("exercises", items(_station(known), 1, MOST_EXERCISES), ())
    keys.close()
    return UnresolvedCircuit(
        name=name,
        rounds=rounds,
        get_ready_s=get_ready_s,
        work_s=work_s,
        changeover_s=changeover_s,
        switch_s=switch_s,
        round_break_s=round_break_s,
        stations=stations,
    )


def _station(known: Collection[str]) -> Read[UnresolvedStation]:
    exercise = known_name(known, "exercise")

    def read(node: yaml.Node) -> UnresolvedStation:
        if isinstance(node, yaml.ScalarNode):
            return UnresolvedStation(exercise(node))
        keys = Keys(node)
        station = UnresolvedStation(
            keys.required("exercise", exercise, ""),
            keys.optional("work", _work, None),
            keys.optional("changeover", _rest, None),
            keys.optional("switch", _rest, None),
        )
        keys.close()
        return station

    return read
