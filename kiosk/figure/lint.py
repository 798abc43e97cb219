"""Finds the faults of a figure: what its file says well, but no body can do, or no viewer should see.

Every rule looks at the whole loop, at 240 moments and at each key pose. The rules for joints are in `lint_joints`,
those for floor and props in `lint_contacts`, those for parts that overlap in `lint_overlap`, each with its limit.
Bones keep their length and ankles their range whatever a file says: `skeleton.solve` sees to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kiosk.figure import lint_contacts, lint_joints, lint_overlap
from kiosk.figure.lint_moments import Fault, Moment, moments
from kiosk.figure.model import Figure

AT_A_MOMENT: tuple[Callable[[Moment], Iterator[Fault]], ...] = (
    lint_joints.joints,
    lint_joints.knees_over_toes,
    lint_joints.poles,
    lint_joints.reach,
    lint_contacts.sinking,
    lint_overlap.through,
    lint_overlap.order,
)
IN_THE_LOOP: tuple[Callable[[Sequence[Moment]], Iterator[Fault]], ...] = (
    lint_joints.speed,
    lint_joints.pictures,
    lint_contacts.declared,
    lint_contacts.drift,
    lint_contacts.balance,
    lint_overlap.swaps,
)

NOTHING = 1e-6
"""Difference up to which two faults are equally bad. Then the first one counts."""


class Finding(NamedTuple):
    """A fault of a figure, at the moment where it is worst."""

    rule: str
    pose: str
    """The place in the loop: the pose that is held, or the two poses between which the figure moves."""
    t_s: float
    text: str
    """One line that says what is wrong, where, and what is allowed. Lengths are in body heights."""


def lint(figure: Figure) -> list[Finding]:
    """Return the faults of a figure in order of time, of each rule and joint or pair of parts the worst one."""
    found = moments(figure)
    worst: dict[tuple[str, str], Fault] = {}
    for fault in _faults(found):
        known = worst.get((fault.rule, fault.subject))
        if known is None or fault.by > known.by + NOTHING:
            worst[fault.rule, fault.subject] = fault
    faults = sorted(worst.values(), key=lambda fault: fault.moment.t_s)
    return [_finding(fault) for fault in faults]


def _faults(found: Sequence[Moment]) -> Iterator[Fault]:
    judged: set[int] = set()
    for moment in found:
        # While a pose is held, nothing changes.
        if moment.held and id(moment.body) in judged:
            continue
        judged.add(id(moment.body))
        for rule in AT_A_MOMENT:
            yield from rule(moment)
    for look in IN_THE_LOOP:
        yield from look(found)


def _finding(fault: Fault) -> Finding:
    moment = fault.moment
    text = f"{moment.where} at {moment.t_s:.2f} s: {fault.what}"
    return Finding(fault.rule, moment.where, moment.t_s, text)
