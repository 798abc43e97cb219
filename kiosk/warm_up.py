"""One moment of each kind of screen of a circuit, for displays that warm up their caches while the wall is idle."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.look import look
from kiosk.session import Command, Phase, Rules, Session, step
from kiosk.timeline import Interval
from kiosk.view import Moment


def screens(session: Session) -> Iterator[Moment]:
    """Yield one moment of each kind of screen of the chosen circuit. The screen after the first press comes last."""
    timeline = session.timeline
    start = Session.start_screen(
        session.timelines, 0.0, Rules(dim_after_s=0.0, phone=session.rules.phone), session.chosen
    )
    if start.entries > 1:
        yield look(step(step(start, 0.0, Command.PRESS).session, start.rules.hold_s).session)
    first = _press(start)
    pressed = _press(first) if first.phase is Phase.BRIEFING else first
    yield look(step(pressed, timeline.total_s).session)
    parts_s = {part.start_s for part in timeline.parts}
    # Lists of tasks and stations have screens of their own, and another one when everybody moves on. So has a rest
    # before a part of a class.
    first_s = {(_kind_of_screen(one), one.end_s in parts_s): one.start_s for one in reversed(timeline.intervals)}
    for start_s in sorted(first_s.values(), reverse=True):
        yield look(step(pressed, start_s).session)
    paused = step(pressed, next(one.start_s for one in timeline.intervals if one.works)).session.paused()
    yield look(_press(paused))
    yield look(paused)
    yield look(pressed)
    if first is not pressed:
        yield look(first)


def _kind_of_screen(one: Interval) -> tuple[object, ...]:
    return one.kind, one.mode, one.lists_tasks, one.at_stations, one.moves


def _press(session: Session) -> Session:
    """Return the session after a press and its release."""
    return step(step(session, session.now_s, Command.PRESS).session, session.now_s, Command.RELEASE).session
