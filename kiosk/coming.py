"""What the wall may show next, so that it can be got ready while there is time."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from kiosk.session import HAIR_S, Command, Phase, Session, step
from kiosk.view import Moment, changes_at_s, look

FEWER_DIGITS_S = (599.0, 99.0, 9.0)
"""With so many seconds left a clock has a digit less, so a pause is laid out anew from there on."""
SHORT_S = 4.0
"""A screen that time ends so soon leaves no time to get ready what follows: in its last three seconds it ticks."""


def screen_ends_s(session: Session) -> float:
    """Return when time brings another screen if nothing comes in; inf where it stays, or where that does not matter."""
    match session.phase:
        case Phase.RUNNING:
            return session.epoch_s + session.timeline.at(session.elapsed_s + HAIR_S).end_s + HAIR_S
        case Phase.IDLE:
            return changes_at_s(session)
        case _:
            return inf


def same_until_s(session: Session) -> float:
    """Return until when `coming` need not be asked again, if nothing comes in: what it says would be as good."""
    ends_s = screen_ends_s(session)
    if session.phase is not Phase.RUNNING:
        return ends_s
    return next((ends_s - left_s for left_s in FEWER_DIGITS_S if ends_s - left_s > session.now_s), ends_s)


def coming(session: Session, clock: str | None = None, badges: tuple[str, ...] = ()) -> tuple[Moment, ...]:
    """Return what time will show on the next screen, if anything, and last what a press would show now.

    That is the one to be freshest in all caches: nobody knows when it comes. Before a screen that stays only shortly
    comes what follows it.
    """
    sessions = _with_what_follows(step(session, session.now_s, Command.PRESS).session)
    if (ends_s := screen_ends_s(session)) < inf:
        sessions = [*_with_what_follows(step(session, ends_s).session), *sessions]
    return tuple(look(one, clock if one.phase is Phase.IDLE else None, badges) for one in sessions)


def _with_what_follows(session: Session) -> list[Session]:
    if session.phase is not Phase.RUNNING or (ends_s := screen_ends_s(session)) - session.now_s > SHORT_S:
        return [session]
    # Nobody keeps the button down until then: that would be a hold.
    released = step(session, session.now_s, Command.RELEASE).session
    return [step(released, ends_s).session, session]


class Foreseen:
    """What is coming, as the very same object as long as asking again would bring nothing better."""

    def __init__(self) -> None:
        self._moments: tuple[Moment, ...] = ()
        self._for: tuple[Phase, float] | None = None
        self._until_s = 0.0

    def of(
        self, session: Session, now_s: float, clock: Callable[[], str | None], badges: tuple[str, ...]
    ) -> tuple[Moment, ...]:
        phase = session.phase, session.active_s
        if phase != self._for or now_s >= self._until_s:
            self._for, self._until_s = phase, same_until_s(session)
            self._moments = coming(session, clock(), badges)
        return self._moments
