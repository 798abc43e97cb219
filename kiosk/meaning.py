"""What a press and a hold of the button mean at this moment, in a word."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from kiosk.session import TOO_LATE_S, Phase, Session
from kiosk.timeline import Mode
from kiosk.view import PRESS_MEANS, PressMeans


class Meaning(Enum):
    """What a press or a hold does, as the remote names it."""

    START = "start"
    WAKE = "wake"
    NEXT = "next"
    PAUSE = "pause"
    RESUME = "resume"
    DONE = "done"
    COUNT = "count"
    STOP = "stop"
    LIST = "list"
    CHOOSE = "choose"
    PHONE = "phone"
    CLOSE = "close"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """What happens, to be read after "a press would"."""
        return _WORDS[self]


_WORDS = {
    Meaning.START: "start the circuit",
    Meaning.WAKE: "wake the screen",
    Meaning.NEXT: "go on to the next circuit of the list",
    Meaning.PAUSE: "pause",
    Meaning.RESUME: "resume",
    Meaning.DONE: "end this work",
    Meaning.COUNT: "count a round",
    Meaning.STOP: "stop the circuit",
    Meaning.LIST: "show the list of circuits",
    Meaning.CHOOSE: "choose this circuit",
    Meaning.PHONE: "open the page for a phone",
    Meaning.CLOSE: "close what is on the screen",
    Meaning.NOTHING: "do nothing",
}
_IN_WORK = {
    PressMeans.PAUSE: Meaning.PAUSE,
    PressMeans.DONE: Meaning.DONE,
    PressMeans.ALL_DONE: Meaning.DONE,
    PressMeans.ROUND: Meaning.COUNT,
}


def press_means(session: Session) -> Meaning:
    """Return what pressing the button and releasing it at once would do now."""
    match session.phase:
        case Phase.IDLE:
            return Meaning.WAKE if session.dimmed else Meaning.START
        case Phase.CHOOSING:
            return Meaning.NEXT
        case Phase.BRIEFING:
            return Meaning.START
        case Phase.COUNTING_IN:
            return Meaning.PAUSE
        case Phase.RUNNING:
            return _IN_WORK[PRESS_MEANS[session.interval.mode]]
        case Phase.PAUSED:
            return Meaning.RESUME
        case Phase.FINISHED:
            return Meaning.NOTHING if _just_finished(session) else Meaning.START
        case Phase.NOTICE | Phase.PHONE:
            return Meaning.CLOSE
    assert_never(session.phase)


def hold_means(session: Session) -> Meaning:
    """Return what holding the button would do, from now on and for long enough."""
    match session.phase:
        case Phase.IDLE if session.dimmed:
            return Meaning.WAKE
        case Phase.IDLE:
            return Meaning.LIST if session.entries > 1 else Meaning.NOTHING
        case Phase.CHOOSING:
            return Meaning.PHONE if session.at_phone_entry else Meaning.CHOOSE
        case Phase.NOTICE | Phase.PHONE:
            return Meaning.CLOSE
        case Phase.RUNNING if session.interval.mode is not Mode.TIMED:
            return Meaning.PAUSE
        case Phase.FINISHED if _just_finished(session):
            return Meaning.NOTHING
    return Meaning.STOP


def _just_finished(session: Session) -> bool:
    """Return whether a press is still taken for one that was meant for the last work."""
    last = session.timeline.intervals[-1]
    return last.mode is not Mode.TIMED and session.now_s < session.since_s + TOO_LATE_S
