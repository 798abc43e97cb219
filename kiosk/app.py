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
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any, Protocol

from kiosk.failures import Failures, close_each
from kiosk.journal import events
from kiosk.look import later, look
from kiosk.pacing import FramePacing
from kiosk.session import Command, Phase, Session, next_due_s, step
from kiosk.stop import Stop
from kiosk.timeline import Cue, Timeline
from kiosk.view import ErrorView, Moment, StartView
from kiosk.warm_up import screens

log = logging.getLogger("kiosk")

NEAR_S = 0.01
"""Length of the last step of waiting for a cue: Linux lets `select` be late by a thousandth of its wait."""
LONGEST_SLEEP_S = 1.0
"""Maximum sleep, also with a still screen: its clock, and events that no descriptor announces, are looked at then."""
TASKS_EVERY_S = 0.5
"""Interval between background tasks. They also run whenever something happened."""
QUIET_S = 1.0
"""Time before a cue in which displays prepare nothing: on a small Pi one piece of that may take a part of a second."""
PREPARE_S = 0.01
"""Maximum time that displays spend preparing between two frames."""
SHOW_AGAIN_S = 1.0
"""Interval between attempts of a display that fails."""

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


class BackgroundTask(Protocol):
    """Something to look after beside the circuit, such as a cable that may be pulled."""

    def turn(self, app: App, now_s: float) -> Session | None:
        """Do what is due, and return the session that is wanted instead of the app's, None to leave that alone.

        The loop calls it when something happened, and a few times a second.
        """

    def close(self) -> None: ...


class App:
    """A session and what it is connected to. Parts may be added and removed before it runs and while it does.

    `badges` are short notes on the wall about what is missing, by the part that is missing.
    """

    def __init__(
        self,
        session: Session,
        stop: Stop,
        wall_clock: Callable[[], str | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.badges: dict[str, str] = {}
        self._fault: ErrorView | None = None
        self._stop = stop
        self._wall_clock = wall_clock
        self._clock = clock
        self._inputs: list[Input] = []
        self._displays: list[Display] = []
        self._sounders: list[Sounder] = []
        self._tasks: list[BackgroundTask] = []
        self._looked: Moment | None = None
        """What `look` gave for the session, None when it has to look again whatever time it is."""
        self._shown: Moment | None = None
        self._due_s = 0.0
        """When the next cue is due, or the next thing that time alone does."""
        self._frame_due_s = 0.0
        self._gave_way = False
        """Whether the last frame was not made, because something came in."""
        self._pacing = FramePacing()
        self._steps: list[tuple[Session, Session]] = []
        """Steps that are not in the log yet, each with the session before and after it."""
        self._warmed_up: Timeline | None = None
        """The circuit for which the displays were given screens to warm up."""
        self._tasks_due_s = 0.0
        self._failures = Failures()

    def add_input(self, source: Input) -> None:
        self._inputs.append(source)

    def add_display(self, display: Display) -> None:
        self._displays.append(display)

    def add_sounder(self, sounder: Sounder) -> None:
        self._sounders.append(sounder)

    def add_task(self, task: BackgroundTask) -> None:
        self._tasks.append(task)
        self._tasks_due_s = 0.0

    def remove(self, part: Input | Display | Sounder) -> None:
        """Forget a part, which is then its owner's to close. One that is not there is not an error."""
        for parts in (self._inputs, self._displays, self._sounders):
            if part in parts:
                parts.remove(part)  # type: ignore[arg-type]

    def redraw(self) -> None:
        """Show the next moment even if it looks the same as the last one: the display may be a new one."""
        self._looked = self._shown = self._warmed_up = None

    @property
    def fault(self) -> ErrorView | None:
        """What staff has to fix: it stands in for the start screen."""
        return self._fault

    def show_fault(self, fault: ErrorView | None) -> None:
        """Show what staff has to fix instead of the start screen; None when it is fixed."""
        if fault != self._fault:
            self._fault, self._looked = fault, None

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
        commands = [one for source in self._inputs for one in self._failures.ask(source, (), source.read, now_s)]
        if commands or self._something_is_due(now_s):
            now_s = self._step_until_now(commands)
        self._show(now_s)
        # After the frame: whoever presses does not wait for the log and the background tasks.
        if self._steps:
            self._log_steps()
        if now_s >= self._tasks_due_s:
            self._run_tasks()

    def close(self) -> None:
        """Close each part once, sounders first, in reverse order of adding; one that fails does not keep the others."""
        kinds: list[list[Any]] = [self._sounders, self._inputs, self._displays, self._tasks]
        close_each(part for parts in kinds for part in reversed(parts))
        for parts in kinds:
            parts.clear()

    def silence(self) -> None:
        """Close the sounders, from any thread: for an end that the loop does not come to."""
        close_each(reversed(self._sounders))

    def _something_is_due(self, now_s: float) -> bool:
        """Say whether more may be due than a frame in which only time has gone by."""
        return self._looked is None or now_s >= min(self._due_s, self._looked.until_s, self._tasks_due_s)

    def _step_until_now(self, commands: Sequence[tuple[Command, float]]) -> float:
        """Obey, let time pass, and look; return the session's moment."""
        for command, at_s in sorted(commands, key=lambda one: one[1]):
            # A clock that is ahead must not take the circuit with it.
            self._step(min(at_s, self._clock()), command)
        self._step(self._clock())
        if commands:
            self._tasks_due_s = 0.0
        self._look()
        return self.session.now_s

    def _step(self, now_s: float, command: Command | None = None) -> None:
        before = self.session
        self.session, cues = step(before, now_s, command)
        for cue in cues:
            for sounder in self._sounders:
                self._failures.ask(sounder, None, sounder.sound, cue)
            log.debug("cue %s at %.3f s", cue.value, self.session.elapsed_s)
        self._steps.append((before, self.session))

    def _log_steps(self) -> None:
        for before, after in self._steps:
            lines = list(events(before, after))
            for line in lines:
                log.info(line)
            if lines or after.phase is not before.phase:
                # What happened has to be kept before the power can go.
                self._tasks_due_s = 0.0
        self._steps.clear()

    def _run_tasks(self) -> None:
        now_s = self.session.now_s
        self._tasks_due_s = now_s + TASKS_EVERY_S
        for task in self._tasks:
            wanted = self._failures.ask(task, None, task.turn, self, now_s)
            if wanted is not None and wanted is not self.session:
                self.session, self._looked = wanted, None

    def _look(self) -> None:
        """Know what is visible, until when, and when the next cue is due."""
        clock = self._wall_clock() if self.session.phase is Phase.IDLE else None
        moment, shown = look(self.session, clock, tuple(self.badges.values())), self._shown
        if self._fault and isinstance(moment.view, StartView):
            moment = moment._replace(view=self._fault)
        if shown is not None and (moment.view, moment.badges) == (shown.view, shown.badges):
            # The very same view: whoever keeps something for a view then finds it without comparing.
            moment = moment._replace(view=shown.view, badges=shown.badges)
        else:
            self._frame_due_s = 0.0
        self._looked, self._due_s = moment, next_due_s(self.session)

    def _show(self, now_s: float) -> None:
        if now_s < self._frame_due_s and self._shown is not None:
            return
        assert self._looked is not None
        goes_on = self._shown is not None and self._looked.view is self._shown.view
        if self._pacing.too_late(self._due_s - now_s, goes_on):
            # Drawn right after the cue instead: a cue is heard late, a frame of a few milliseconds later is not seen.
            self._frame_due_s = self._due_s
            return
        moment = later(self._looked, self.session, now_s)
        stays_s = inf
        for display in self._displays:
            shown_for_s = self._failures.ask(display, SHOW_AGAIN_S, display.show, moment, now_s, self._urgent)
            if shown_for_s is None:
                self._gave_way, self._frame_due_s = True, 0.0
                return
            stays_s = min(stays_s, shown_for_s)
        self._gave_way = False
        self._shown = moment
        self._frame_due_s = now_s + stays_s
        self._pacing.note(self._clock() - now_s, goes_on)
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
                self._failures.ask(display, None, display.warm_up, screens(self.session))
        until_s = min(now_s + PREPARE_S, self._frame_due_s)
        for display in self._displays:
            self._failures.ask(display, None, display.prepare, lambda: self._clock() >= until_s or self._urgent())

    def _sleep(self) -> None:
        self._wait(self.sleeps_s())

    def _wait(self, seconds: float) -> list[int]:
        """Wait for something to come in; return from which descriptors it can be read."""
        fds = [self._stop.fileno()]
        for source in self._inputs:
            fds += self._failures.ask(source, (), source.fds)
        try:
            return select.select(fds, [], [], seconds)[0]
        except OSError as error:
            # An input's descriptor has gone, as that of a keyboard does which is unplugged.
            self._failures.say_once("waiting for the inputs", error)
            return select.select([fd for fd in fds if _is_open(fd)], [], [], seconds)[0]

    def sleeps_s(self) -> float:
        """Return for how many seconds nothing is due, unless something comes in."""
        if self._looked is None:
            # A background task has changed what is visible.
            return 0.0
        now_s = self._clock()
        due_s, until_cue_s = self._due_s, self._due_s - now_s
        if not self._pacing.too_late(until_cue_s, goes_on=True):
            due_s = min(due_s, self._frame_due_s)
        if not self._pacing.too_late(until_cue_s, goes_on=False):
            due_s = min(due_s, self._looked.until_s)
        wait_s = max(0.0, due_s - now_s)
        if due_s == self._due_s and wait_s > 2 * NEAR_S:
            wait_s -= NEAR_S
        return min(wait_s, LONGEST_SLEEP_S)


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
