"""The one loop: it owns the session, takes what comes in, sounds what is due and shows what is visible.

It sleeps in `select` until the next of: something comes in, a cue is due, a frame would look different. Cues come
first: a frame that might not be done before the next cue waits until the cue has sounded, and one that takes longer
than it should gives way.
"""

from __future__ import annotations

import logging
import os
import select
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from typing import Any, ParamSpec, Protocol, TypeVar

from kiosk.errors import DisplayError, FontError, KioskError
from kiosk.journal import events
from kiosk.session import Command, Phase, Session, next_due_s, step
from kiosk.stop import Stop
from kiosk.timeline import Cue, Timeline
from kiosk.view import ErrorView, Moment, StartView, changes_at_s, later, look
from kiosk.warm_up import screens

log = logging.getLogger("kiosk")

NEAR_S = 0.01
"""A cue is waited for in two steps, the last one so long: Linux lets `select` be late by a thousandth of its wait."""
LONGEST_SLEEP_S = 1.0
"""Even a still screen is looked after this often: its clock, and events that no descriptor announces."""
CHORES_EVERY_S = 0.5
"""So often the chores are asked, and whenever something happened: looking after things takes more than a frame does."""
REMEMBERED = 0.9
"""How long the slowest frame took says how long before a cue the next one must not begin; each frame after it makes
that shorter, to this part."""
LONGEST_HOLD_BACK_S = 0.5
"""No frame is held back for longer. Ticks come a second apart, so one that takes half a second fits in between."""
QUIET_S = 1.0
"""Time before a cue in which displays prepare nothing: on a small Pi one piece of that may take a part of a second."""
PREPARE_S = 0.01
"""Maximum time that displays spend preparing between two frames."""
SHOW_AGAIN_S = 1.0
"""Interval between attempts of a display that fails."""
ENDS = (DisplayError, FontError)
"""Errors of a part that end the program: without its display or its letters the wall is of no use."""

P = ParamSpec("P")
T = TypeVar("T")
Urgent = Callable[[], bool]
"""Says whether something has to be done at once, so that what can be done later should stop."""


class Input(Protocol):
    """Something that gives commands."""

    def fds(self) -> Sequence[int]:
        """Return the descriptors that become readable when there is something to read."""

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        """Return the commands since the last call, each with its moment in seconds on the monotonic clock."""

    def close(self) -> None: ...


class Display(Protocol):
    """Something that shows moments."""

    def show(self, moment: Moment, now_s: float, urgent: Urgent) -> float | None:
        """Show the moment; return for how many seconds the picture then stays right unless the view changes.

        Where making the picture may take long, `urgent` is asked now and then; when it says yes, nothing is shown and
        None is returned. What was made until then must not be lost: it is asked for again.
        """

    def prepare(self, urgent: Urgent) -> None:
        """Do a little of what makes later frames quick, until `urgent`. Called often, between two frames."""

    def warm_up(self, moments: Iterator[Moment]) -> None:
        """Take one moment of each kind of screen, for `prepare`; the one that the next press shows comes last."""

    def close(self) -> None: ...


class Sounder(Protocol):
    """Something that sounds cues, and never blocks: a new cue takes the place of the one that still sounds."""

    def sound(self, cue: Cue) -> None: ...

    def close(self) -> None: ...


class Chore(Protocol):
    """Something to look after beside the circuit, such as a cable that may be pulled."""

    def turn(self, app: App, now_s: float) -> None:
        """Do what is to be done by now. The loop calls it when something happened, and a few times a second."""

    def close(self) -> None: ...


class App:
    """A session and what it is connected to. Parts may be added and removed before it runs and while it does.

    `fault` stands in for the start screen as long as staff has something to mend. `badges` are short notes on the wall
    about what is missing, by the part that is missing.
    """

    def __init__(
        self,
        session: Session,
        stop: Stop,
        wall_clock: Callable[[], str | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.fault: ErrorView | None = None
        self.badges: dict[str, str] = {}
        self._stop = stop
        self._wall_clock = wall_clock
        self._clock = clock
        self._inputs: list[Input] = []
        self._displays: list[Display] = []
        self._sounders: list[Sounder] = []
        self._chores: list[Chore] = []
        self._looked: Moment | None = None
        """What `look` gave for the session, None when it has to look again whatever time it is."""
        self._shown: Moment | None = None
        self._planned: Session | None = None
        """Whose `_due_s` and `_changes_s` are known."""
        self._due_s = self._changes_s = 0.0
        self._frame_due_s = 0.0
        self._gave_way = False
        """Whether the last frame was not made, because something came in."""
        self._lived: list[tuple[Session, Session]] = []
        """Steps of which nothing is written down yet, each with the session before and after it."""
        self._warmed_up: Timeline | None = None
        """The circuit for which the displays were given screens to warm up."""
        self._chores_due_s = 0.0
        self._said: set[tuple[str, str, int | None]] = set()
        """Which kinds of errors of parts are in the log already."""
        self._slowest_s = {True: 0.0, False: 0.0}
        """How long frames take in which only time has gone by, and those of another view, which take far longer."""

    def add_input(self, source: Input) -> None:
        self._inputs.append(source)

    def add_display(self, display: Display) -> None:
        self._displays.append(display)

    def add_sounder(self, sounder: Sounder) -> None:
        self._sounders.append(sounder)

    def add_chore(self, chore: Chore) -> None:
        self._chores.append(chore)
        self._chores_due_s = 0.0

    def remove(self, part: Input | Display | Sounder) -> None:
        """Forget a part, which is then its owner's to close. One that is not there is no error."""
        for parts in (self._inputs, self._displays, self._sounders):
            if part in parts:
                parts.remove(part)  # type: ignore[arg-type]

    def redraw(self) -> None:
        """Show the next moment even if it looks the same as the last one: the display may be a new one."""
        self._looked = self._shown = self._warmed_up = None

    def badge(self, part: str, text: str | None) -> None:
        """Say on the wall what is missing of a part; None when it is there again."""
        if text == self.badges.get(part):
            return
        self._looked = None
        if text is None:
            del self.badges[part]
        else:
            self.badges[part] = text

    def run(self) -> None:
        """Run until `stop` is requested. Whatever ends it, the sound goes off first, then the rest is closed."""
        try:
            while self._stop.reason is None:
                self.turn()
                self._sleep()
        finally:
            self.close()

    def turn(self) -> None:
        """Do once all that is due: commands at their own moments, time, cues, a frame."""
        now_s = self._clock()
        commands = [one for source in self._inputs for one in self._ask(source, (), source.read, now_s)]
        if commands or not self._only_time_goes_by(now_s):
            now_s = self._live_until_now(commands)
        self._show(now_s)
        # After the frame: who presses does not wait for what is written down or asked then.
        if self._lived:
            self._write_down()
        if now_s >= self._chores_due_s:
            self._do_chores()

    def close(self) -> None:
        """Close each part once, sounders first, in reverse order of adding; one that fails does not keep the others."""
        kinds: list[list[Any]] = [self._sounders, self._inputs, self._displays, self._chores]
        _close_each(part for parts in kinds for part in reversed(parts))
        for parts in kinds:
            parts.clear()

    def silence(self) -> None:
        """Close the sounders, from any thread: for an end that the loop does not come to."""
        _close_each(reversed(self._sounders))

    def _only_time_goes_by(self, now_s: float) -> bool:
        """Say whether nothing has happened or is due since the last turn: then at most a frame is."""
        return (
            self._looked is not None
            and self.session is self._planned
            and now_s < min(self._due_s, self._changes_s, self._chores_due_s)
        )

    def _live_until_now(self, commands: Sequence[tuple[Command, float]]) -> float:
        """Obey, let time pass, and look; return the session's moment."""
        for command, at_s in sorted(commands, key=lambda one: one[1]):
            # A clock that is ahead must not take the circuit with it.
            self._step(min(at_s, self._clock()), command)
        self._step(self._clock())
        if commands:
            self._chores_due_s = 0.0
        self._looked = self._look()
        return self.session.now_s

    def _write_down(self) -> None:
        for before, after in self._lived:
            lines = list(events(before, after))
            for line in lines:
                log.info(line)
            if lines or after.phase is not before.phase:
                # What happened has to be kept before the power can go.
                self._chores_due_s = 0.0
        self._lived.clear()

    def _do_chores(self) -> None:
        now_s, session, fault = self.session.now_s, self.session, self.fault
        self._chores_due_s = now_s + CHORES_EVERY_S
        for chore in self._chores:
            self._ask(chore, None, chore.turn, self, now_s)
        if self.session is not session or self.fault is not fault:
            self._looked = None

    def _step(self, now_s: float, command: Command | None = None) -> None:
        before = self.session
        self.session, cues = step(before, now_s, command)
        for cue in cues:
            for sounder in self._sounders:
                self._ask(sounder, None, sounder.sound, cue)
            log.debug("cue %s at %.3f s", cue.value, self.session.elapsed_s)
        self._lived.append((before, self.session))

    def _look(self) -> Moment:
        clock = self._wall_clock() if self.session.phase is Phase.IDLE else None
        moment, shown = look(self.session, clock, tuple(self.badges.values())), self._shown
        if self.fault and isinstance(moment.view, StartView):
            moment = moment._replace(view=self.fault)
        if shown is not None and (moment.view, moment.badges) == (shown.view, shown.badges):
            # The very same view: whoever keeps something for a view then finds it without comparing.
            return Moment(shown.view, moment.t_s, shown.badges)
        self._frame_due_s = 0.0
        return moment

    def _show(self, now_s: float) -> None:
        self._plan()
        if now_s < self._frame_due_s and self._shown is not None:
            return
        assert self._looked is not None
        goes_on = self._shown is not None and self._looked.view is self._shown.view
        if self._too_late_for_a_frame(self._due_s - now_s, goes_on):
            # Drawn right after the cue instead: a cue is heard late, a frame of a few milliseconds later is not seen.
            self._frame_due_s = self._due_s
            return
        moment = later(self._looked, self.session, now_s)
        stays_s = inf
        for display in self._displays:
            shown_for_s = self._ask(display, SHOW_AGAIN_S, display.show, moment, now_s, self._urgent)
            if shown_for_s is None:
                self._gave_way, self._frame_due_s = True, 0.0
                return
            stays_s = min(stays_s, shown_for_s)
        self._gave_way = False
        self._shown = moment
        self._frame_due_s = now_s + stays_s
        self._slowest_s[goes_on] = max(self._clock() - now_s, REMEMBERED * self._slowest_s[goes_on])
        self._prepare()

    def _urgent(self) -> bool:
        """Say whether a cue is due, or something came in: a frame gives way to that once, not to press after press."""
        return self._clock() >= self._due_s or (not self._gave_way and bool(self._wait(0.0)))

    def _prepare(self) -> None:
        """Let the displays use the time in which nothing is due."""
        now_s = self._clock()
        if self._due_s - now_s <= QUIET_S:
            return
        if self.session.phase is Phase.IDLE and self.session.timeline is not self._warmed_up:
            self._warmed_up = self.session.timeline
            for display in self._displays:
                self._ask(display, None, display.warm_up, screens(self.session))
        until_s = min(now_s + PREPARE_S, self._frame_due_s)
        for display in self._displays:
            self._ask(display, None, display.prepare, lambda: self._clock() >= until_s or self._urgent())

    def _plan(self) -> None:
        """Know when the next cue is due and until when the view stays."""
        if self._planned is not self.session:
            self._planned = self.session
            self._due_s, self._changes_s = next_due_s(self.session), changes_at_s(self.session)

    def _sleep(self) -> None:
        self._wait(self.sleeps_s())

    def _wait(self, seconds: float) -> list[int]:
        """Wait for something to come in; return from which descriptors it can be read."""
        fds = [self._stop.fileno(), *(fd for source in self._inputs for fd in self._ask(source, (), source.fds))]
        try:
            return select.select(fds, [], [], seconds)[0]
        except OSError as error:
            # An input's descriptor has gone, as that of a keyboard does which is unplugged.
            self._say_once("waiting for the inputs", error)
            return select.select([fd for fd in fds if _is_open(fd)], [], [], seconds)[0]

    def sleeps_s(self) -> float:
        """Return for how many seconds nothing is due, unless something comes in."""
        if self._looked is None:
            # A chore has changed what is to be seen.
            return 0.0
        now_s = self._clock()
        self._plan()
        due_s, until_cue_s = self._due_s, self._due_s - now_s
        if not self._too_late_for_a_frame(until_cue_s, goes_on=True):
            due_s = min(due_s, self._frame_due_s)
        if not self._too_late_for_a_frame(until_cue_s, goes_on=False):
            due_s = min(due_s, self._changes_s)
        wait_s = max(0.0, due_s - now_s)
        if due_s == self._due_s and wait_s > 2 * NEAR_S:
            wait_s -= NEAR_S
        return min(wait_s, LONGEST_SLEEP_S)

    def _ask(self, part: object, otherwise: T, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a part does. If it fails, say so and return something else: the circuit goes on, and the part
        is asked again when its turn comes.
        """
        try:
            return act(*args, **kwargs)
        except ENDS:
            raise
        except Exception as error:
            self._say_once(type(part).__name__, error)
            return otherwise

    def _say_once(self, what: str, error: Exception) -> None:
        """Log the first error of each kind, so that a lasting one does not flood the log."""
        kind = what, type(error).__name__, getattr(error, "errno", None)
        if kind not in self._said:
            self._said.add(kind)
            # A line says enough about what a disk or staff did. Anything else is a bug, and its trace finds it.
            trace = None if isinstance(error, OSError | KioskError) else error
            log.error("%s failed and is tried again: %s", what, error or kind[1], exc_info=trace)

    def _too_late_for_a_frame(self, until_due_s: float, goes_on: bool) -> bool:
        """Say whether a frame begun now, of the view that is shown or of another, might not be done at the next cue."""
        return 0 < until_due_s < min(self._slowest_s[goes_on], LONGEST_HOLD_BACK_S)


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def _close_each(parts: Iterable[Any]) -> None:
    """Close each part once; one that fails does not keep the others."""
    for part in dict.fromkeys(parts):
        try:
            part.close()
        except Exception:
            log.exception("could not close %s", type(part).__name__)
