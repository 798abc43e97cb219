"""Log lines about a circuit, in words that staff understand, derived from two states of the session."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.duration import clock_text
from kiosk.session import Phase, Session
from kiosk.timeline import Interval, Kind, Timeline


def events(before: Session, after: Session) -> Iterator[str]:
    """Yield a log line for each change of a result, the phase, the circuit or the interval between two states."""
    yield from _results_changed(before, after)
    if _phase(after) is not _phase(before):
        yield _phase_changed(before, after)
    elif after.chosen != before.chosen:
        yield f"back to the usual circuit: {after.timeline.circuit.name}"
    if _phase(after) is Phase.RUNNING and _interval(after) != _interval(before):
        yield _begins(after.timeline.at(after.heard_s))


def summary(session: Session) -> str:
    """Return the state of the session in one line."""
    name = session.timeline.circuit.name
    if session.phase is Phase.BRIEFING:
        return f"briefing: {name}"
    if session.phase is Phase.NOTICE and session.notice is not None:
        return f"notice: {session.notice.headline}"
    if session.phase is Phase.PHONE:
        return "phone screen"
    if session.phase is Phase.CHOOSING:
        return f"choosing a circuit, {name} before"
    if not session.phase.in_circuit:
        return f"start screen, {name}" if session.phase is Phase.IDLE else f"finished: {name}"
    interval = session.timeline.at(session.elapsed_s)
    return f"{session.phase.value}: {name}, round {interval.round}, {interval.exercise.name}"


def _phase_changed(before: Session, after: Session) -> str:
    name, at = after.timeline.circuit.name, clock_text(before.elapsed_s)
    match _phase(before), _phase(after):
        case (_, Phase.CHOOSING):
            return "choosing a circuit"
        case (_, Phase.PHONE):
            return "phone screen"
        case (Phase.CHOOSING, _):
            # If the button was down, a hold chose the circuit. Otherwise the time was over.
            return f"chosen: {name}" if before.down_s is not None else "no circuit chosen, start screen"
        case (Phase.NOTICE | Phase.PHONE, _):
            return "start screen"
        case (_, Phase.BRIEFING):
            return f"briefing: {name}"
        case (phase, Phase.RUNNING) if not phase.in_circuit:
            return f"started: {name} ({_length(after.timeline)})"
        case (_, Phase.PAUSED):
            return f"paused at {clock_text(after.elapsed_s)}"
        case (_, Phase.COUNTING_IN):
            return f"resuming from {at}"
        case (Phase.COUNTING_IN, Phase.RUNNING):
            return f"resumed at {at}"
        case (_, Phase.FINISHED):
            return f"finished: {name}" + (f" in {clock_text(after.true_s)}" if after.results else "")
        case (Phase.FINISHED, _):
            return "start screen"
        case (Phase.PAUSED, Phase.IDLE) if before.down_s is None:
            return f"pause at {at} expired, start screen"
        case _:
            return f"stopped at {at}, start screen"


def _results_changed(before: Session, after: Session) -> Iterator[str]:
    """Yield a line for a round of an AMRAP that was counted or taken back, and for open work that is done."""
    if after.results is before.results or after.phase is Phase.IDLE:
        return
    for result in after.results:
        was = before.result(result.interval)
        if len(result.laps_s) > len(was.laps_s):
            yield f"round {len(result.laps_s)} counted at {clock_text(result.laps_s[-1])}"
        elif len(result.laps_s) < len(was.laps_s):
            yield f"a round taken back, {len(result.laps_s)} left"
        if result.used_s is not None and was.used_s is None:
            yield f"done after {clock_text(result.used_s)}"


def _phase(session: Session) -> Phase:
    """Return the phase, or the phase before the press while a hold may still undo the start of a circuit."""
    return session.down_in if session.undecided else session.phase


def _interval(session: Session) -> int | None:
    return session.timeline.index_at(session.heard_s) if _phase(session) is Phase.RUNNING else None


def _begins(interval: Interval) -> str:
    kind = interval.kind.value.replace("_", " ")
    side = f", {interval.side.value} side" if interval.side else ""
    name = f"{interval.amount} {interval.exercise.name}".lstrip()
    if not interval.works and interval.kind is not Kind.SWITCH:
        name = f"next {name}"
    where = f"round {interval.round} of {interval.rounds}"
    set_ = f", set {interval.set} of {interval.sets}" if interval.sets > 1 else ""
    turn = f", turn {interval.place + 1} of {interval.places}" if interval.at_stations else ""
    length = f"{interval.duration_s:g} s"
    if interval.open:
        length = f"until pressed, at most {clock_text(interval.duration_s)}"
    return f"{where}: {kind}, {name}{turn}{side}{set_}, {length}"


def _length(timeline: Timeline) -> str:
    """Return how long a circuit takes, as far as that is known."""
    known = clock_text(timeline.known_s)
    return f"{known} and open work" if timeline.open_count else known
