"""Log lines about a circuit, in words that staff understand, derived from two states of the session."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.duration import clock_text
from kiosk.session import Phase, Session
from kiosk.timeline import Interval, Kind


def events(before: Session, after: Session) -> Iterator[str]:
    """Yield a log line for each change of the phase, the chosen circuit or the interval between two states."""
    if _phase(after) is not _phase(before):
        yield _phase_changed(before, after)
    elif after.chosen != before.chosen:
        # If the button was down, a hold chose the next circuit. Otherwise the idle time was over.
        what = "next circuit" if before.down_s is not None else "back to the usual circuit"
        yield f"{what}: {after.timeline.circuit.name}"
    if _phase(after) is Phase.RUNNING and _interval(after) != _interval(before):
        yield _begins(after.timeline.at(after.heard_s), after)


def summary(session: Session) -> str:
    """Return the state of the session in one line."""
    name = session.timeline.circuit.name
    if not session.phase.in_circuit:
        return f"start screen, {name}" if session.phase is Phase.IDLE else f"finished: {name}"
    interval = session.timeline.at(session.elapsed_s)
    return f"{session.phase.value}: {name}, round {interval.round}, {interval.exercise.name}"


def _phase_changed(before: Session, after: Session) -> str:
    name, at = after.timeline.circuit.name, clock_text(before.elapsed_s)
    match _phase(before), _phase(after):
        case (phase, Phase.RUNNING) if not phase.in_circuit:
            return f"started: {name} ({clock_text(after.timeline.total_s)})"
        case (_, Phase.PAUSED):
            return f"paused at {clock_text(after.elapsed_s)}"
        case (_, Phase.COUNTING_IN):
            return f"resuming from {at}"
        case (Phase.COUNTING_IN, Phase.RUNNING):
            return f"resumed at {at}"
        case (_, Phase.FINISHED):
            return f"finished: {name}"
        case (Phase.FINISHED, _):
            return "start screen"
        case (Phase.PAUSED, Phase.IDLE) if before.down_s is None:
            return f"pause at {at} expired, start screen"
        case _:
            return f"stopped at {at}, start screen"


def _phase(session: Session) -> Phase:
    """Return the phase, or the phase before the press while a hold may still undo the start of a circuit."""
    return session.down_in if session.undecided else session.phase


def _interval(session: Session) -> int | None:
    return session.timeline.index_at(session.heard_s) if _phase(session) is Phase.RUNNING else None


def _begins(interval: Interval, session: Session) -> str:
    kind = interval.kind.value.replace("_", " ")
    side = f", {interval.side.value} side" if interval.side else ""
    name = interval.exercise.name if interval.kind in (Kind.WORK, Kind.SWITCH) else f"next {interval.exercise.name}"
    where = f"round {interval.round} of {session.timeline.circuit.rounds}"
    return f"{where}: {kind}, {name}{side}, {interval.duration_s:g} s"
