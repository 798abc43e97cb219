"""What the wall says that a press and a hold would do, against what they then do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import Amrap, Circuit, Task
from kiosk.meaning import Meaning, hold_means, press_means
from kiosk.notice import Notice
from kiosk.session import Command, Phase, Rules, Session, step
from kiosk.timeline import Timeline
from tests.samples import any_circuits, circuit, exercise, work
from tests.test_session import BOOT_S, Player


def wall(made: list[Circuit], waits: list[tuple[float, Command | None]], *, phone: bool = False) -> Session:
    """Return a session in which these commands were given, each after so many seconds."""
    session = Session.start_screen(tuple(Timeline.of(one) for one in made), BOOT_S, Rules(phone=phone))
    for wait_s, command in waits:
        session = step(session, session.now_s + wait_s, command).session
    return session


def effect(before: Session, after: Session) -> Meaning:
    """Return what has happened between two sessions, as somebody at the wall would call it."""
    phases = before.phase, after.phase
    counted = sum(len(one.laps_s) for one in after.results) - sum(len(one.laps_s) for one in before.results)
    match phases:
        case (Phase.IDLE, Phase.IDLE):
            return Meaning.WAKE if before.dimmed and not after.dimmed else Meaning.NOTHING
        case (Phase.IDLE, Phase.CHOOSING):
            return Meaning.LIST
        case (Phase.IDLE | Phase.BRIEFING | Phase.FINISHED, Phase.BRIEFING | Phase.RUNNING):
            return Meaning.START
        case (Phase.CHOOSING, Phase.CHOOSING):
            return Meaning.NEXT
        case (Phase.CHOOSING, Phase.PHONE):
            return Meaning.PHONE
        case (Phase.PHONE, Phase.IDLE):
            return Meaning.CLOSE
        case (Phase.CHOOSING, Phase.IDLE):
            return Meaning.CHOOSE
        case (_, Phase.PAUSED):
            return Meaning.PAUSE
        case (Phase.PAUSED, Phase.COUNTING_IN):
            return Meaning.RESUME
        case (_, Phase.IDLE):
            return Meaning.STOP
        case (Phase.RUNNING, _) if counted == 1:
            return Meaning.COUNT
        case (Phase.RUNNING, _) if after.jumped_s > before.jumped_s:
            return Meaning.DONE
    return Meaning.NOTHING


COMMANDS = st.tuples(
    st.sampled_from([0.1, 1.0, 2.5, 7.0, 40.0, 400.0]),
    st.sampled_from([None, Command.PRESS, Command.PRESS, Command.RELEASE, Command.SKIP, Command.BACK]),
)
MADE = st.lists(any_circuits(), min_size=1, max_size=3)


@given(MADE, st.lists(COMMANDS, max_size=12), st.booleans())
def test_a_press_does_what_is_said(made: list[Circuit], waits: list[tuple[float, Command | None]], phone: bool) -> None:
    session = wall(made, [*waits, (0.1, Command.RELEASE)], phone=phone)
    pressed = step(session, session.now_s, Command.PRESS).session
    released = step(pressed, session.now_s, Command.RELEASE).session
    if effect(session, released) is Meaning.NOTHING and press_means(session) is Meaning.DONE:
        # Work of no length that is left.
        assert session.interval.end_s - session.elapsed_s < 1e-6
    else:
        assert press_means(session) is effect(session, released)


@given(MADE, st.lists(COMMANDS, max_size=12), st.booleans())
def test_a_hold_does_what_is_said(made: list[Circuit], waits: list[tuple[float, Command | None]], phone: bool) -> None:
    session = wall(made, [*waits, (0.1, Command.RELEASE)], phone=phone)
    means, hold_s = hold_means(session), session.rules.hold_s
    ends_early = session.phase is Phase.RUNNING and session.timeline.total_s < session.elapsed_s + hold_s + 1e-6
    pressed = step(session, session.now_s, Command.PRESS).session
    held = step(pressed, session.now_s + hold_s, None).session
    if means is Meaning.PAUSE and ends_early:
        assert held.phase in (Phase.FINISHED, Phase.PAUSED)
    else:
        assert means is effect(session, held)


def test_a_hurried_press_after_the_last_second_of_an_amrap_starts_nothing() -> None:
    player = Player.of(circuit(Amrap((Task(exercise()),), 20), rounds=1, get_ready_s=0)).press(0).until(21)
    assert player.phase is Phase.FINISHED
    assert (press_means(player.session), hold_means(player.session)) == (Meaning.NOTHING, Meaning.NOTHING)
    player.until(23.5)
    assert (press_means(player.session), hold_means(player.session)) == (Meaning.START, Meaning.STOP)


@pytest.mark.parametrize("meaning", Meaning)
def test_each_meaning_can_be_read_in_a_sentence(meaning: Meaning) -> None:
    assert meaning.words


def test_any_press_closes_a_notice_and_does_nothing_else() -> None:
    session = wall([circuit(work(exercise(), 40.0))], []).noticing(Notice("3 circuits taken from the stick"))
    assert press_means(session) is hold_means(session) is Meaning.CLOSE
    closed = step(session, session.now_s + 0.5, Command.PRESS).session
    assert closed.phase is Phase.IDLE
    assert step(closed, session.now_s + 9.0).session.phase is Phase.IDLE
