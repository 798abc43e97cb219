"""The session, how commands and time change it, and which cues are due.

This module reads no clock. Every call takes `now_s`, seconds on a monotonic clock. Nothing is counted down or summed
up; while the circuit runs, `elapsed = now - epoch`. Changes that time alone causes (the end of a count-in, a hold, the
end of the circuit) take effect at the moments when they are due, even if `step` is called late. So the frame rate
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from math import inf, nextafter
from types import MappingProxyType
from typing import NamedTuple

from kiosk.notice import ERROR_S, Notice
from kiosk.phone import PageState, Phone
from kiosk.signals import GIVE_WAY, audible
from kiosk.timeline import TICKS_S, Cue, DueCue, Interval, Mode, Timeline

COUNT_IN_S = 3.0
"""Length of the count-in (3-2-1) before a paused circuit resumes. People need it to get back into position."""
PAUSE_ENDS_SOON_S = 60.0
"""Time before the end of a pause at which the end is announced."""
RESTORED_LIMIT_S = 5 * 60.0
"""Time for which a circuit is offered again after a power cut has interrupted it."""
FINISH_SCREEN_S = 45.0
BRIEFED_S = 6.0
"""Time for which the briefing shows each station."""
CHOOSER_S = 20.0
"""Time without a press after which the chooser returns to the start screen, and nothing has changed."""
PHONE_AGAIN_S = 120.0
"""Time for which the phone screen is shown while somebody uses the page already."""
USUAL_AFTER_S = 10 * 60.0
"""Idle time after which the start screen returns from a chosen circuit to the usual circuit."""
STALL_S = 1.0
"""Length of a stall after which only the newest missed cue is played. A burst of old cues would tell people nothing."""
HAIR_S = 1e-6
"""Tolerance for float rounding. `(epoch + offset) - epoch` may be a little less than the offset, but the cue at that
offset still has to be played on time."""
LATE_S = 0.25
"""Maximum time by which a command is dated back to its own moment, to undo the delay of debouncing and drawing."""
TOO_LATE_S = 3.0
"""Time after the end of a circuit in which a press still means its last interval: people hurry to count a round."""
MOST_COUNTED = 999
"""Maximum number of rounds that are counted in an AMRAP."""
BACK_TO_PREVIOUS_S = 2.0
"""Time from the start of an interval during which `back` goes to the previous interval, as on a music player."""


class Phase(Enum):
    IDLE = "idle"
    CHOOSING = "choosing"
    """The list of circuits is shown. A press goes on to the next one, a hold chooses the one on show."""
    PHONE = "phone"
    """The phone screen says how to reach the page, on which workouts are changed. A press closes the page."""
    BRIEFING = "briefing"
    """The circuit was started and begins with stations, which are shown one after the other. Nothing runs yet."""
    COUNTING_IN = "counting in"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    NOTICE = "notice"
    """Something happened that nobody did at the button, and the wall says so before the start screen comes back."""

    @property
    def in_circuit(self) -> bool:
        """Whether the circuit has begun and has neither finished nor been stopped."""
        return self in (Phase.COUNTING_IN, Phase.RUNNING, Phase.PAUSED)


class Command(Enum):
    """A command from a button or a key. A hold is not a command, because it is a press without a release."""

    PRESS = "press"
    RELEASE = "release"
    SKIP = "skip"
    BACK = "back"


class Rules(NamedTuple):
    """A gym's settings: how long to press for a hold, and the idle times that dim the start screen or end a pause.

    All are in seconds; an idle time of 0 means never. After a long pause the people have probably left. When it ends,
    the wall is free for others. `skip_and_back` is whether the gym has buttons for skip and back. `phone` is whether
    workouts can be changed with a phone.
    """

    hold_s: float = 2.0
    dim_after_s: float = 300.0
    pause_limit_s: float = 15 * 60.0
    skip_and_back: bool = False
    phone: bool = False


class Result(NamedTuple):
    """What was done in an interval in which a press is not a pause. `interval` is its index in the timeline.

    `used_s` is how long it took if a press ended it, None while it goes on and if its time ran out. `laps_s` says at
    which times, in seconds since its start, the rounds of an AMRAP were counted.
    """

    interval: int
    used_s: float | None = None
    laps_s: tuple[float, ...] = ()


class Session(NamedTuple):
    """The state at `now_s`. `Session.start_screen` makes a session; only `step` and the methods below change it.

    `chosen` is the index of the current circuit, `usual` the index of the circuit to which the start screen returns.
    `since_s` is when the phase began. While people choose, it is when the list last moved, `moved` is 1 or -1 for the
    way that it moved (0 if it has not), and `choice` is the index of the entry on show: a circuit, or after the
    circuits the one that opens the phone screen. `epoch_s` is the moment of offset 0, valid while the circuit runs.
    `kept_s` is the elapsed time, valid while the circuit does not run. `heard_s` is the offset up to which cues have
    been returned. `sounds_until_s` is the moment at which the last signal ends. `down_s` is when the button went down,
    None while the button is up or after a return to the start screen. `down_in` is the phase at that press. `taken_in`
    is the index of the interval that took this press instead of pausing, None if no interval did. `key_s` is when skip
    or back was last pressed without beginning a phase. `jumped_s` is the part of the elapsed time that was jumped over,
    forward less back. `results` are those of the intervals so far, in order. `restored` is whether this pause was
    restored after a power cut. `asleep` is whether the start screen is dark. `notice` is the one on show in
    Phase.NOTICE. `phone` is what is known of the page, None if the page is not to be open.
    """

    timelines: tuple[Timeline, ...]
    chosen: int
    rules: Rules
    now_s: float
    phase: Phase
    since_s: float
    epoch_s: float = 0.0
    kept_s: float = 0.0
    heard_s: float = -inf
    sounds_until_s: float = -inf
    down_s: float | None = None
    down_in: Phase = Phase.IDLE
    taken_in: int | None = None
    key_s: float = -inf
    jumped_s: float = 0.0
    results: tuple[Result, ...] = ()
    restored: bool = False
    asleep: bool = False
    usual: int = 0
    choice: int = 0
    moved: int = 0
    notice: Notice | None = None
    phone: Phone | None = None

    @classmethod
    def start_screen(
        cls,
        timelines: tuple[Timeline, ...],
        now_s: float,
        rules: Rules | None = None,
        chosen: int = 0,
        usual: int | None = None,
    ) -> Session:
        """Return a session on the start screen with circuit `chosen`. The usual one is `usual`, or `chosen` if None."""
        return cls(
            timelines, chosen, rules or Rules(), now_s, Phase.IDLE, now_s, usual=chosen if usual is None else usual
        )

    def restoring(
        self, chosen: int, elapsed_s: float, jumped_s: float = 0.0, results: tuple[Result, ...] = ()
    ) -> Session:
        """Return this session with an interrupted circuit instead of the start screen, paused at `elapsed_s`."""
        return self._replace(
            chosen=chosen,
            phase=Phase.PAUSED,
            kept_s=elapsed_s,
            jumped_s=jumped_s,
            results=results,
            # The cue at this offset is played when the circuit resumes.
            heard_s=nextafter(elapsed_s, -inf),
            restored=True,
        )

    def sleeping(self, asleep: bool) -> Session:
        """Return this session with the television asleep or awake."""
        return self if asleep == self.asleep else self._replace(asleep=asleep)

    def noticing(self, notice: Notice) -> Session:
        """Return this session, which is on the start screen, with a notice instead. The wall is awake for it."""
        return self._replace(phase=Phase.NOTICE, since_s=self.now_s, notice=notice, asleep=False)

    def telling(self, phone: Phone | None) -> Session:
        """Return this session with what is now known of the page; None means that the page has closed.

        As soon as somebody has come in, the phone screen is no longer needed.
        """
        session, shown = self._replace(phone=phone), self.phase is Phase.PHONE
        if phone is not None and phone.state is PageState.FAILED:
            # Nobody who is not at the phone screen waits for the page.
            return session._replace(since_s=self.now_s) if shown else self._replace(phone=None)
        came_in = session.page_in_use and not self.page_in_use
        return _idle(session) if shown and (phone is None or came_in) else session

    def paused(self) -> Session:
        """Return this running session paused, whatever a press would do in its interval."""
        return self._replace(phase=Phase.PAUSED, since_s=self.now_s, kept_s=self.elapsed_s, down_s=None, taken_in=None)

    def discarding(self) -> Session:
        """Return this session on the start screen, whatever its phase."""
        return _idle(self)

    @property
    def entries(self) -> int:
        """The number of entries in the list of circuits."""
        return len(self.timelines) + self.rules.phone

    @property
    def page_in_use(self) -> bool:
        """Whether somebody has come in on the page."""
        return self.phone is not None and self.phone.state is PageState.IN_USE

    @property
    def at_phone_entry(self) -> bool:
        """Whether the list shows the entry that opens the phone screen."""
        return self.phase is Phase.CHOOSING and self.choice == len(self.timelines)

    @property
    def timeline(self) -> Timeline:
        return self.timelines[self.chosen]

    @property
    def elapsed_s(self) -> float:
        """Offset on the timeline in seconds. It advances only while the circuit runs."""
        return self.now_s - self.epoch_s if self.phase is Phase.RUNNING else self.kept_s

    @property
    def true_s(self) -> float:
        """Seconds for which the circuit has really run."""
        return self.elapsed_s - self.jumped_s

    @property
    def interval_index(self) -> int:
        """Index of the current interval."""
        return self.timeline.index_at(self.elapsed_s + HAIR_S)

    @property
    def interval(self) -> Interval:
        return self.timeline.intervals[self.interval_index]

    def result(self, index: int) -> Result:
        """Return the result of an interval, an empty one if there is none."""
        return next((one for one in self.results if one.interval == index), Result(index))

    @property
    def dimmed(self) -> bool:
        return self.phase is Phase.IDLE and (self.asleep or self.now_s >= self.dims_at_s)

    @property
    def held_s(self) -> float | None:
        """Seconds for which the button has been down, or None if `down_s` is None."""
        return None if self.down_s is None else self.now_s - self.down_s

    @property
    def undecided(self) -> bool:
        """Whether the press that started the circuit may still become a hold, which undoes the start."""
        return self.phase is Phase.RUNNING and self.down_s is not None and not self.down_in.in_circuit

    @property
    def active_s(self) -> float:
        """Time of the last sign that somebody is there: the start of the phase, or a later press of skip or back."""
        return max(self.since_s, self.key_s)

    @property
    def dims_at_s(self) -> float:
        return self.active_s + self.rules.dim_after_s if self.rules.dim_after_s > 0 else inf

    @property
    def pause_ends_s(self) -> float:
        """Time at which a pause ends and its position in the circuit is lost, inf for never."""
        limit_s = RESTORED_LIMIT_S if self.restored else self.rules.pause_limit_s
        return self.active_s + limit_s if limit_s > 0 else inf


class Step(NamedTuple):
    """The result of `step`: the new session, and the cues to play now, in order.

    Cues that give way to a signal that is still playing are left out. `kiosk.signals` decides which cues give way.
    """

    session: Session
    cues: tuple[Cue, ...]


def step(session: Session, now_s: float, command: Command | None = None) -> Step:
    """Advance to `now_s`, then obey the command. A command that has no meaning in this phase changes nothing.

    The `now_s` of a command may be a little before the session's own time, because a press is known only after its
    contacts have settled. The command takes effect at its `now_s`, but at most LATE_S ago and not before the phase
    began. Changes that have become due since the last step happen before the command.
    """
    at_s = max(now_s, session.now_s - LATE_S, session.since_s)
    now_s = max(now_s, session.now_s)
    cues: list[tuple[float, Cue]] = []
    while (happens_s := _next_change_s(session)) <= now_s:
        session = _to(session, happens_s, cues)
        session = _happen(session, cues)
    session = _to(session, now_s, cues)
    if command is not None:
        act = _COMMANDS.get((session.phase, command), _nothing)
        session = act(session, max(at_s, session.since_s), cues)
    sound, over_s = audible([DueCue(now_s, cue) for cue in _newest(cues, now_s)], session.sounds_until_s)
    return Step(session._replace(sounds_until_s=over_s) if sound else session, tuple(due.cue for due in sound))


def next_due_s(session: Session) -> float:
    """Return the time of the next cue, or of the next change that time alone causes; inf if there is none."""
    due_s = _next_change_s(session)
    if session.phase is Phase.IDLE and not session.dimmed:
        due_s = min(due_s, session.dims_at_s)
    elif session.phase is Phase.RUNNING:
        cue_s = None if session.undecided else session.timeline.next_cue_s(session.heard_s)
        due_s = min(due_s, inf if cue_s is None else session.epoch_s + cue_s)
    else:
        due_s = min([due_s, *(due.at_s for due in _standing_cues(session) if due.at_s > session.now_s)])
    return due_s


# --- changes over time ----------------------------------------------------------------------------------------------

_Cues = list[tuple[float, Cue]]


def _next_change_s(session: Session) -> float:
    held_s = inf if session.down_s is None else session.down_s + session.rules.hold_s
    return min(held_s, _phase_ends_s(session))


def _phase_ends_s(session: Session) -> float:
    match session.phase:
        case Phase.IDLE:
            return inf if session.chosen == session.usual else session.active_s + USUAL_AFTER_S
        case Phase.CHOOSING:
            # While the button is down, a release or a hold follows.
            return session.since_s + CHOOSER_S if session.down_s is None else inf
        case Phase.BRIEFING:
            return session.since_s + BRIEFED_S * len(session.timeline.briefed)
        case Phase.COUNTING_IN:
            return session.since_s + COUNT_IN_S
        case Phase.RUNNING:
            return session.epoch_s + session.timeline.total_s
        case Phase.PAUSED:
            return session.pause_ends_s
        case Phase.FINISHED:
            return session.active_s + FINISH_SCREEN_S
        case Phase.NOTICE:
            assert session.notice is not None
            return session.since_s + session.notice.lasts_s
        case Phase.PHONE:
            assert session.phone is not None
            match session.phone.state:
                case PageState.OPENING:
                    return inf
                case PageState.OPEN:
                    return session.phone.closes_s
                case PageState.IN_USE:
                    return session.since_s + PHONE_AGAIN_S
                case PageState.FAILED:
                    return session.since_s + ERROR_S


def _to(session: Session, now_s: float, cues: _Cues) -> Session:
    """Advance to `now_s` within the phase, and add the cues that were due by then to `cues`.

    While a hold may still undo the start of a circuit, the circuit's cues wait, because holding the button to choose
    another circuit must not start the current one.
    """
    if session.phase is Phase.RUNNING and not session.undecided:
        elapsed_s = max(session.heard_s, now_s - session.epoch_s + HAIR_S)
        due = session.timeline.cues_in(session.heard_s, elapsed_s)
        cues += [(session.epoch_s + one.at_s, one.cue) for one in due]
        return session._replace(now_s=now_s, heard_s=elapsed_s)
    cues += [due for due in _standing_cues(session) if session.now_s < due.at_s <= now_s]
    return session._replace(now_s=now_s)


def _standing_cues(session: Session) -> tuple[DueCue, ...]:
    """Return the cues of a phase in which the circuit does not run, each with its time."""
    match session.phase:
        case Phase.COUNTING_IN:
            # The click of the press was the first of the three sounds.
            return tuple(DueCue(session.since_s + COUNT_IN_S - left_s, Cue.TICK) for left_s in (2.0, 1.0))
        case Phase.PAUSED if not session.restored:
            # After a power cut no cue is played, because the room may be empty, and nobody wants a siren at night.
            ends_s = session.pause_ends_s
            reminder = DueCue(ends_s - PAUSE_ENDS_SOON_S, Cue.PAUSE)
            return reminder, *(DueCue(ends_s - left_s, Cue.TICK) for left_s in TICKS_S)
    return ()


def _happen(session: Session, cues: _Cues) -> Session:
    """Make the change that is due at the session's own time."""
    if session.down_s is not None and session.now_s >= session.down_s + session.rules.hold_s:
        return _held(session, cues)
    match session.phase:
        case Phase.BRIEFING:
            return _run(session, session.now_s, 0.0)
        case Phase.COUNTING_IN:
            cues.append((session.now_s, Cue.RESUME))
            return _run(session, session.now_s, session.kept_s)
        case Phase.RUNNING:
            return session._replace(phase=Phase.FINISHED, since_s=session.now_s, kept_s=session.timeline.total_s)
        case Phase.IDLE:
            return session._replace(chosen=session.usual)
        case Phase.PHONE:
            return _idle(session)._replace(phone=session.phone if session.page_in_use else None)
        case Phase.CHOOSING | Phase.PAUSED | Phase.FINISHED | Phase.NOTICE:
            return _idle(session)


def _held(session: Session, cues: _Cues) -> Session:
    """Obey a hold and undo what the press began.

    It stops the circuit, or pauses it if the press was taken by its interval. If the press met the start screen, it
    opens the chooser, and if the press met the chooser, it chooses the entry on show. That is the one that was there
    when the press began, because the list moves only when the button is released.
    """
    if session.taken_in is not None:
        if session.phase is Phase.RUNNING:
            return _pause_instead(session, session.taken_in, cues)
        # The work ended meanwhile, and the circuit with it. Its result stays on the wall.
        return session._replace(down_s=None, taken_in=None)
    stopped = _idle(session)
    if session.down_in is Phase.CHOOSING:
        cues.append((session.now_s, Cue.CHOSEN))
        if session.at_phone_entry:
            return stopped._replace(phase=Phase.PHONE, phone=session.phone or Phone())
        return stopped._replace(chosen=session.choice)
    cues.append((session.now_s, Cue.PRESS))
    if session.down_in is Phase.IDLE and session.entries > 1:
        # The button is still down, but as far as the session knows it is up, so its release moves nothing.
        return stopped._replace(phase=Phase.CHOOSING, choice=session.chosen, moved=0)
    return stopped


def _pause_instead(session: Session, index: int, cues: _Cues) -> Session:
    """Pause at the moment at which a press that the interval took began, and take the round back that it counted."""
    assert session.down_s is not None
    cues.append((session.now_s, Cue.PAUSE))
    interval, result = session.timeline.intervals[index], session.result(index)
    elapsed_s = max(interval.start_s, session.down_s - session.epoch_s)
    if result.laps_s and result.laps_s[-1] >= _within(interval, elapsed_s):
        session = _with_laps(session, index, result.laps_s[:-1])
    return session._replace(
        phase=Phase.PAUSED,
        since_s=session.now_s,
        kept_s=elapsed_s,
        heard_s=min(session.heard_s, elapsed_s),
        down_s=None,
        taken_in=None,
    )


def _newest(cues: _Cues, now_s: float) -> tuple[Cue, ...]:
    if cues and cues[0][0] < now_s - STALL_S:
        cues = cues[-1:]
    return tuple(cue for _, cue in cues)


# --- commands -------------------------------------------------------------------------------------------------------


def _nothing(session: Session, at_s: float, cues: _Cues) -> Session:
    return session


def _start(session: Session, at_s: float, cues: _Cues) -> Session:
    if session.dimmed:
        # A press that wakes the wall starts nothing, and a hold that wakes the wall chooses nothing.
        return _wake(session, at_s, cues)
    pressed = _pressed(session, at_s, cues)._replace(heard_s=-inf, jumped_s=0.0, results=())
    if session.timeline.briefed:
        return pressed._replace(phase=Phase.BRIEFING, since_s=at_s, kept_s=0.0)
    return _run(pressed, at_s, 0.0)


def _go_on(session: Session, at_s: float, cues: _Cues) -> Session:
    """Return to the start screen. The press does nothing else, however long it lasts."""
    cues.append((session.now_s, Cue.PRESS))
    return _idle(session)


def _close_page(session: Session, at_s: float, cues: _Cues) -> Session:
    """Close the page, whoever uses it. The press does nothing else, however long it lasts."""
    return _go_on(session, at_s, cues)._replace(phone=None)


def _begin(session: Session, at_s: float, cues: _Cues) -> Session:
    """End the briefing: everybody knows their station."""
    return _run(_pressed(session, at_s, cues), at_s, 0.0)


def _next_station(session: Session, at_s: float, cues: _Cues) -> Session:
    return _brief(session, at_s, int((at_s - session.since_s) // BRIEFED_S) + 1, cues)


def _last_station(session: Session, at_s: float, cues: _Cues) -> Session:
    here_s = at_s - session.since_s
    place = int(here_s // BRIEFED_S)
    return _brief(session, at_s, place - 1 if here_s % BRIEFED_S < BACK_TO_PREVIOUS_S else place, cues)


def _brief(session: Session, at_s: float, place: int, cues: _Cues) -> Session:
    """Show a station, or begin after the last one."""
    cues.append((session.now_s, Cue.PRESS))
    if place >= len(session.timeline.briefed):
        return _run(session, at_s, 0.0)
    return session._replace(since_s=at_s - BRIEFED_S * max(0, place))


def _again(session: Session, at_s: float, cues: _Cues) -> Session:
    """Start the circuit again, unless the press was meant for its last interval and came a moment too late."""
    last = len(session.timeline.intervals) - 1
    mode = session.timeline.intervals[last].mode
    if mode is Mode.TIMED or at_s >= session.since_s + TOO_LATE_S:
        return _start(session, at_s, cues)
    if mode is Mode.AMRAP and at_s <= session.since_s and session.result(last).used_s is None:
        pressed = _down(_count_lap(session, last, session.kept_s, cues), at_s, session.phase)
    else:
        pressed = _pressed(session, at_s, cues)
    return pressed._replace(taken_in=last)


def _press(session: Session, at_s: float, cues: _Cues) -> Session:
    """Obey a press while the circuit runs: what it means depends on the interval."""
    index = session.timeline.index_at(at_s - session.epoch_s + HAIR_S)
    mode = session.timeline.intervals[index].mode
    if mode is Mode.TIMED:
        return _pause(session, at_s, cues)
    if session.undecided:
        # Another button was pressed, so the one that started the circuit is not held to choose another circuit.
        session = _release(session, at_s, cues)
    if mode is Mode.AMRAP:
        pressed = _down(_count_lap(session, index, at_s - session.epoch_s, cues), at_s, session.phase)
    else:
        # The work ends when the button is released, because a hold does not end it.
        pressed = _pressed(session, at_s, cues)
    return pressed._replace(taken_in=index)


def _count_lap(session: Session, index: int, elapsed_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.TALLY))
    laps_s = session.result(index).laps_s
    if len(laps_s) >= MOST_COUNTED:
        return session
    # A press of another button may be dated back to before the last one.
    lap_s = max(_within(session.timeline.intervals[index], elapsed_s), *laps_s[-1:], 0.0)
    return _with_laps(session, index, (*laps_s, lap_s))


def _pause(session: Session, at_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.PAUSE))
    elapsed_s = at_s - session.epoch_s if session.phase is Phase.RUNNING else session.kept_s
    paused = session._replace(phase=Phase.PAUSED, since_s=at_s, kept_s=elapsed_s)
    return _down(paused, at_s, session.phase)


def _count_in(session: Session, at_s: float, cues: _Cues) -> Session:
    return _pressed(session, at_s, cues)._replace(phase=Phase.COUNTING_IN, since_s=at_s, restored=False)


def _release(session: Session, at_s: float, cues: _Cues) -> Session:
    released = session._replace(down_s=None, taken_in=None)
    if session.phase is Phase.CHOOSING:
        return released if session.down_s is None else _move(released, at_s, 1)
    if session.taken_in is not None and session.down_s is not None and session.phase is Phase.RUNNING:
        if session.taken_in == session.interval_index and session.interval.open:
            return _jump(released, session.down_s, session.interval.end_s, cues)
    elif session.undecided:
        waiting: _Cues = []
        released = _to(released, session.now_s, waiting)
        # A cue that tells people what to do is played late rather than never. A late tick would tell people nothing.
        cues += [due for due in waiting if due[1] not in GIVE_WAY][-1:]
    return released


def _press_in_chooser(session: Session, at_s: float, cues: _Cues) -> Session:
    """Note a press, which moves the list when it ends. It ends an earlier press of another button too."""
    return _pressed(_release(session, at_s, cues), at_s, cues)


def _next_choice(session: Session, at_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.PRESS))
    return _move(session, at_s, 1)


def _last_choice(session: Session, at_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.PRESS))
    return _move(session, at_s, -1)


def _move(session: Session, at_s: float, by: int) -> Session:
    """Move the circular list of circuits. A press that is still held was about another circuit."""
    choice = (session.choice + by) % session.entries
    return session._replace(choice=choice, moved=by, since_s=at_s, down_s=None)


def _wake(session: Session, at_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.PRESS))
    return session._replace(since_s=at_s, asleep=False)


def _stay(session: Session, at_s: float, cues: _Cues) -> Session:
    """Obey skip or back outside a circuit. The press shows that somebody is there, so the screen stays on or wakes."""
    return _wake(session, at_s, cues) if session.dimmed else session._replace(key_s=at_s)


def _skip(session: Session, at_s: float, cues: _Cues) -> Session:
    return _jump(session, at_s, session.interval.end_s, cues)


def _back(session: Session, at_s: float, cues: _Cues) -> Session:
    timeline, index = session.timeline, session.interval_index
    if laps_s := session.result(index).laps_s:
        cues.append((session.now_s, Cue.PRESS))
        return _with_laps(session, index, laps_s[:-1])._replace(key_s=at_s, restored=False)
    if session.elapsed_s - timeline.intervals[index].start_s < BACK_TO_PREVIOUS_S:
        index = max(0, index - 1)
    return _jump(session, at_s, timeline.intervals[index].start_s, cues)


_COMMANDS: Mapping[tuple[Phase, Command], Callable[[Session, float, _Cues], Session]] = MappingProxyType(
    {
        (Phase.IDLE, Command.PRESS): _start,
        (Phase.CHOOSING, Command.PRESS): _press_in_chooser,
        (Phase.CHOOSING, Command.SKIP): _next_choice,
        (Phase.CHOOSING, Command.BACK): _last_choice,
        (Phase.BRIEFING, Command.PRESS): _begin,
        (Phase.BRIEFING, Command.SKIP): _next_station,
        (Phase.BRIEFING, Command.BACK): _last_station,
        (Phase.RUNNING, Command.PRESS): _press,
        (Phase.PAUSED, Command.PRESS): _count_in,
        (Phase.COUNTING_IN, Command.PRESS): _pause,
        (Phase.FINISHED, Command.PRESS): _again,
        (Phase.NOTICE, Command.PRESS): _go_on,
        (Phase.PHONE, Command.PRESS): _close_page,
        **{(phase, Command.RELEASE): _release for phase in Phase},
        **{(phase, Command.SKIP): _skip for phase in (Phase.RUNNING, Phase.PAUSED)},
        **{(phase, Command.BACK): _back for phase in (Phase.RUNNING, Phase.PAUSED)},
        **{(phase, key): _stay for phase in (Phase.IDLE, Phase.FINISHED) for key in (Command.SKIP, Command.BACK)},
    }
)
"""The function for each pair of phase and command. A pair that is not listed changes nothing."""


# --- shared transitions ---------------------------------------------------------------------------------------------


def _down(session: Session, at_s: float, met: Phase) -> Session:
    return session._replace(down_s=at_s, down_in=met)


def _pressed(session: Session, at_s: float, cues: _Cues) -> Session:
    cues.append((session.now_s, Cue.PRESS))
    return _down(session, at_s, session.phase)


def _run(session: Session, at_s: float, elapsed_s: float) -> Session:
    return session._replace(phase=Phase.RUNNING, since_s=at_s, epoch_s=at_s - elapsed_s)


def _idle(session: Session) -> Session:
    return session._replace(
        phase=Phase.IDLE,
        since_s=session.now_s,
        epoch_s=0.0,
        kept_s=0.0,
        heard_s=-inf,
        down_s=None,
        taken_in=None,
        restored=False,
        jumped_s=0.0,
        results=(),
        notice=None,
    )


def _within(interval: Interval, elapsed_s: float) -> float:
    """Return an offset as seconds since the start of an interval, not beyond its end."""
    return min(max(0.0, elapsed_s - interval.start_s), interval.duration_s)


def _with_laps(session: Session, index: int, laps_s: tuple[float, ...]) -> Session:
    return _with_result(session, session.result(index)._replace(laps_s=laps_s))


def _with_result(session: Session, result: Result) -> Session:
    """Return the session with the result of an interval, without those of later ones."""
    return session._replace(results=(*(one for one in session.results if one.interval < result.interval), result))


def _jump(session: Session, at_s: float, elapsed_s: float, cues: _Cues) -> Session:
    """Go to an offset in the circuit. The cue at that offset is played; the cues that are jumped over are not.

    A paused circuit stays paused, unless the offset is its end. A jump after a power cut shows that somebody is using
    the circuit, so from then on the pause is like any other pause.
    """
    here_s = at_s - session.epoch_s if session.phase is Phase.RUNNING else session.kept_s
    index = session.timeline.index_at(here_s + HAIR_S)
    interval = session.timeline.intervals[index]
    if elapsed_s >= interval.end_s and interval.mode is not Mode.TIMED:
        session = _with_result(session, session.result(index)._replace(used_s=_within(interval, here_s)))
    elif elapsed_s <= here_s:
        first = session.timeline.index_at(elapsed_s)
        session = session._replace(results=tuple(one for one in session.results if one.interval < first))
    session = session._replace(
        heard_s=nextafter(elapsed_s, -inf),
        restored=False,
        jumped_s=session.jumped_s + elapsed_s - here_s,
        # A press that is still held was about the interval before.
        down_s=None if session.taken_in is not None else session.down_s,
        taken_in=None,
    )
    if session.phase is Phase.PAUSED and elapsed_s < session.timeline.total_s:
        cues.append((session.now_s, Cue.PRESS))
        return session._replace(kept_s=elapsed_s, key_s=at_s)
    heard = len(cues)
    jumped = _run(session, at_s, elapsed_s)
    jumped = _to(jumped, session.now_s, cues)
    if len(cues) == heard:
        cues.append((session.now_s, Cue.PRESS))
    return _happen(jumped, cues) if elapsed_s >= session.timeline.total_s else jumped
