"""The app's loop, which owns the session, reads the inputs, plays the cues that are due and draws the frames.

The loop sleeps in `select` until an input is readable, a cue is due or the picture changes. Cues have priority over
frames. A frame that might not be done before the next cue is drawn after the cue has started.
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
"""Length of the last wait before a cue. It is short, because Linux may end a `select` late by 0.1 % of its timeout."""
LONGEST_SLEEP_S = 1.0
"""Maximum sleep of the loop. The clock on the screen and events without a descriptor need regular checks."""
TASKS_EVERY_S = 0.5
"""Interval between runs of the background tasks. They also run whenever something has happened."""
QUIET_S = 1.0
"""Time before a cue in which displays prepare nothing. On a small Pi one step may take a fraction of a second."""
PREPARE_S = 0.01
"""Maximum time that displays spend preparing between two frames."""
SHOW_AGAIN_S = 1.0
"""Interval between attempts to show something on a display that fails."""

Urgent = Callable[[], bool]
"""A function that returns True if something urgent is due, so that work that can wait should stop."""
Decision = Callable[[Session], Sequence[Command]]
"""A function that looks at the session and returns the commands to obey, for an input that must know what they do."""


class Input(Protocol):
    """A source of commands, such as buttons."""

    def fds(self) -> Sequence[int]:
        """Return the file descriptors that become readable when there are commands to read."""

    def read(self, now_s: float) -> Sequence[tuple[Command | Decision, float]]:
        """Return the commands since the last call, each with its moment in seconds on the monotonic clock."""

    def close(self) -> None: ...


class Display(Protocol):
    """A screen, window or terminal that shows moments."""

    def show(self, moment: Moment, now_s: float) -> float:
        """Show the moment. Return for how many seconds the picture stays correct unless the view changes."""

    def prepare(self, urgent: Urgent) -> None:
        """Do work that makes later frames faster, until `urgent` returns True. Called often, between frames."""

    def warm_up(self, moments: Iterator[Moment]) -> None:
        """Receive one moment of each kind of screen for `prepare` to draw. The last is what the next press shows."""

    def close(self) -> None: ...


class Sounder(Protocol):
    """A device that plays cues without blocking. A new cue replaces the cue that is still playing."""

    def sound(self, cue: Cue) -> None: ...

    def close(self) -> None: ...


class BackgroundTask(Protocol):
    """A task that runs beside the circuit, such as detecting that a cable was pulled."""

    def turn(self, app: App, now_s: float) -> Session | None:
        """Do the work that is due. Return a session to replace the app's session, or None to keep the app's session.

        The loop calls `turn` when something has happened, and once or twice a second.
        """

    def close(self) -> None: ...


class App:
    """The session and the parts connected to it. Parts may be added and removed before and during `run`.

    `badges` maps the name of a part to a short note on the wall, such as that the button is missing.
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
        """The last result of `look`, or None if `look` has to be called again at once."""
        self._shown: Moment | None = None
        self._due_s = 0.0
        """Time of the next cue, or of the next change that time alone causes."""
        self._frame_due_s = 0.0
        self._pacing = FramePacing()
        self._steps: list[tuple[Session, Session]] = []
        """Steps that are not logged yet, each as the session before and after it."""
        self._warmed_up: Timeline | None = None
        """The timeline of the circuit whose screens the displays were last given to warm up."""
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
        """Remove a part if the app has it. The caller has to close the part."""
        for parts in (self._inputs, self._displays, self._sounders):
            if part in parts:
                parts.remove(part)  # type: ignore[arg-type]

    def redraw(self) -> None:
        """Draw the next frame even if nothing has changed, because the display may be new."""
        self._looked = self._shown = self._warmed_up = None

    @property
    def moment(self) -> Moment:
        """What the wall shows as of the last step, or is about to show."""
        if self._looked is None:
            self._look()
        assert self._looked is not None
        return self._looked

    @property
    def fault(self) -> ErrorView | None:
        """The error screen that replaces the start screen, None if there is nothing to fix."""
        return self._fault

    def show_fault(self, fault: ErrorView | None) -> None:
        """Show an error screen instead of the start screen; None restores the start screen."""
        if fault != self._fault:
            self._fault, self._looked = fault, None

    def badge(self, part: str, text: str | None) -> None:
        """Show a short note about a part on the wall. None removes the note."""
        if text == self.badges.get(part):
            return
        self._looked = None
        if text is None:
            del self.badges[part]
        else:
            self.badges[part] = text

    def run(self) -> None:
        """Run until `stop` is requested. At the end, even after an error, close the sounders, then the other parts."""
        try:
            while self._stop.reason is None:
                self.turn()
                self._sleep()
        finally:
            self.close()

    def turn(self) -> None:
        """Run the loop once: obey commands, play cues, draw a frame, write the log and run background tasks."""
        now_s = self._clock()
        commands = [one for source in self._inputs for one in self._failures.ask(source, (), source.read, now_s)]
        if commands or self._something_is_due(now_s):
            now_s = self._step_until_now(commands)
        self._show(now_s)
        # The log and the background tasks come after the frame, so that people see the effect of a press at once.
        if self._steps:
            self._log_steps()
        if now_s >= self._tasks_due_s:
            self._run_tasks()

    def close(self) -> None:
        """Close each part once: sounders first, newest first. If one part fails, the others are still closed."""
        kinds: list[list[Any]] = [self._sounders, self._inputs, self._displays, self._tasks]
        close_each(part for parts in kinds for part in reversed(parts))
        for parts in kinds:
            parts.clear()

    def silence(self) -> None:
        """Close the sounders. Any thread may call this, for a forced end while the loop hangs."""
        close_each(reversed(self._sounders))

    def _something_is_due(self, now_s: float) -> bool:
        """Return whether the session has to be stepped. If not, at most another frame of the same view is due."""
        return self._looked is None or now_s >= min(self._due_s, self._looked.until_s, self._tasks_due_s)

    def _step_until_now(self, commands: Sequence[tuple[Command | Decision, float]]) -> float:
        """Obey the commands, advance the session to now and update the view. Return the session's time in seconds."""
        for command, at_s in sorted(commands, key=lambda one: one[1]):
            # A time stamp in the future must not move the circuit forward.
            now_s = min(at_s, self._clock())
            if isinstance(command, Command):
                self._step(now_s, command)
                continue
            self._step(now_s)
            for decided in self._failures.ask(command, (), command, self.session):
                self._step(now_s, decided)
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
                # Run the background tasks soon, so that one saves the position before the power can fail.
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
        """Update the moment to show, and the time of the next cue."""
        clock = self._wall_clock() if self.session.phase is Phase.IDLE else None
        moment, shown = look(self.session, clock, tuple(self.badges.values())), self._shown
        if self._fault and isinstance(moment.view, StartView):
            moment = moment._replace(view=self._fault)
        if shown is not None and (moment.view, moment.badges) == (shown.view, shown.badges):
            # Keep the same objects, so that displays can compare views with `is`.
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
            # Draw right after the cue instead. People hear a late cue, but do not see that a frame is some ms late.
            self._frame_due_s = self._due_s
            return
        moment = later(self._looked, self.session, now_s)
        stays_s = inf
        for display in self._displays:
            stays_s = min(stays_s, self._failures.ask(display, SHOW_AGAIN_S, display.show, moment, now_s))
        self._shown = moment
        self._frame_due_s = now_s + stays_s
        self._pacing.note(self._clock() - now_s, goes_on)
        self._prepare()

    def _urgent(self) -> bool:
        """Return whether a cue is due or an input is readable."""
        return self._clock() >= self._due_s or bool(self._wait(0.0))

    def _prepare(self) -> None:
        """Let the displays prepare while nothing is due."""
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
        """Wait for an input or the request to stop, at most `seconds`; return the descriptors that are readable."""
        fds = [self._stop.fileno()]
        for source in self._inputs:
            fds += self._failures.ask(source, (), source.fds)
        try:
            return select.select(fds, [], [], seconds)[0]
        except OSError as error:
            # An input's descriptor has been closed, for example because a keyboard was unplugged.
            self._failures.say_once("waiting for the inputs", error)
            return select.select([fd for fd in fds if _is_open(fd)], [], [], seconds)[0]

    def sleeps_s(self) -> float:
        """Return for how many seconds the loop may sleep unless an input becomes readable."""
        if self._looked is None:
            # A background task has changed the picture.
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
