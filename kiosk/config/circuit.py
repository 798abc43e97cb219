"""A circuit's file: the times, and the exercises in order, each of which may have times of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import yaml

from kiosk.circuit import LONGEST_INTERVAL_S, Circuit, Exercise, Station
from kiosk.config.exercise import NAME
from kiosk.config.keys import Keys
from kiosk.config.values import Read, duration, items, one_of, text, whole

MOST_EXERCISES = 30
"""More would be slivers in the row of segments at the bottom of the wall."""
MOST_ROUNDS = 99

_work = duration(0, LONGEST_INTERVAL_S, above=True)
_rest = duration(0, LONGEST_INTERVAL_S)


class Place(NamedTuple):
    """An exercise in a circuit's list, by its name, and the times that it has of its own."""

    exercise: str
    work_s: float | None = None
    changeover_s: float | None = None
    switch_s: float | None = None


class Plan(NamedTuple):
    """A circuit's file as read: it names exercises, which may still turn out to be broken."""

    name: str
    rounds: int
    get_ready_s: float
    work_s: float
    changeover_s: float
    switch_s: float
    round_break_s: float
    places: tuple[Place, ...]

    def circuit(self, id_: str, exercises: Mapping[str, Exercise]) -> Circuit | None:
        """Return the circuit, None where one of its exercises could not be read."""
        if any(place.exercise not in exercises for place in self.places):
            return None
        return Circuit(
            id=id_,
            name=self.name,
            rounds=self.rounds,
            stations=tuple(self._station(place, exercises[place.exercise]) for place in self.places),
            get_ready_s=self.get_ready_s,
            round_break_s=self.round_break_s,
        )

    def _station(self, place: Place, exercise: Exercise) -> Station:
        return Station(
            exercise,
            self.work_s if place.work_s is None else place.work_s,
            self.changeover_s if place.changeover_s is None else place.changeover_s,
            self.switch_s if place.switch_s is None else place.switch_s,
        )


def plan(node: yaml.Node, known: Collection[str]) -> Plan:
    """Return what a circuit's file says; `known` are the exercises that have a file. Raises ContentError."""
    keys = Keys(node)
    name = keys.required("name", text(NAME), "")
    rounds = keys.required("rounds", whole(1, MOST_ROUNDS), 1)
    get_ready_s = keys.optional("get_ready", _rest, 10.0)
    work_s = keys.required("work", _work, 0.0)
    changeover_s = keys.optional("changeover", _rest, 10.0)
    switch_s = keys.optional("switch", _rest, 5.0)
    round_break_s = keys.optional("round_break", _rest, 30.0)
    places = keys.required("exercises", items(_place(known), 1, MOST_EXERCISES), ())
    keys.close()
    return Plan(
        name=name,
        rounds=rounds,
        get_ready_s=get_ready_s,
        work_s=work_s,
        changeover_s=changeover_s,
        switch_s=switch_s,
        round_break_s=round_break_s,
        places=places,
    )


def _place(known: Collection[str]) -> Read[Place]:
    exercise = one_of(known, "exercise")

    def read(node: yaml.Node) -> Place:
        if isinstance(node, yaml.ScalarNode):
            return Place(exercise(node))
        keys = Keys(node)
        place = Place(
            keys.required("exercise", exercise, ""),
            keys.optional("work", _work, None),
            keys.optional("changeover", _rest, None),
            keys.optional("switch", _rest, None),
        )
        keys.close()
        return place

    return read
