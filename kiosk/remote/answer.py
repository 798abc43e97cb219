"""What the wall shows and what the button would do, for a client of the remote."""

from __future__ import annotations

import json
from typing import Any

from kiosk.meaning import hold_means, press_means
from kiosk.plan import interval_facts
from kiosk.session import Phase, Session
from kiosk.timeline import Interval
from kiosk.view import (
    BriefingView,
    ChooserView,
    CountInView,
    FinishedView,
    IntervalView,
    Moment,
    PausedView,
    PhoneView,
    View,
)
from kiosk.words import words


def as_line(answer: dict[str, Any]) -> bytes:
    """Return an answer as the line that is sent."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def refusal(error: str) -> dict[str, Any]:
    """Return the answer to a request that is none."""
    return {"ok": False, "error": error}


def answer(session: Session, moment: Moment, error: str = "") -> dict[str, Any]:
    """Return the answer to a request: what the wall now shows, and `error` if the request was not obeyed.

    Its keys are those of `kiosk plan --json` where they say the same.
    """
    view = moment.view
    found: dict[str, Any] = {
        "ok": not error,
        "error": error or None,
        "phase": session.phase.value,
        "circuit": _circuit(session),
        "press": press_means(session).value,
        "hold": hold_means(session).value,
        "line": "  ".join([words(view).line, *moment.badges]),
        "seconds": _seconds(view),
        "badges": list(moment.badges) or None,
    }
    if (running := _running(view)) is not None:
        found["interval"] = interval_facts(session.timeline, running.interval)
        found["exercises"] = _exercises(running.interval)
        found["left_s"] = running.seconds if running.left is None else running.left
        found["minutes_left"] = running.minutes_left
        found["counted"] = running.tally.rounds if running.tally else None
        found["next"] = running.next.exercise.name if running.next else None
    return {key: value for key, value in found.items() if value is not None}


def _circuit(session: Session) -> str | None:
    """Return the name of the circuit, in the list that of the circuit on show."""
    if session.at_phone_entry:
        return None
    return session.timelines[session.choice if session.phase is Phase.CHOOSING else session.chosen].circuit.name


def _running(view: View) -> IntervalView | None:
    match view:
        case IntervalView():
            return view
        case CountInView() | PausedView():
            return view.under
    return None


def _seconds(view: View) -> int | None:
    """Return the number of seconds that is large on the wall, or the one after which its screen changes."""
    match view:
        case IntervalView() | CountInView() | BriefingView() | ChooserView() | FinishedView():
            return view.seconds
        case PhoneView():
            return view.seconds or None
        case PausedView():
            return view.under.seconds
    return None


def _exercises(interval: Interval) -> list[str]:
    """Return the names of all that is done at the same time; at stations, one of each station."""
    if interval.stations:
        return [" + ".join(task.exercise.name for task in tasks) for tasks in interval.stations]
    return [task.exercise.name for task in interval.tasks] or [interval.exercise.name]
