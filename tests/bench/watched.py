"""The real kiosk on pretend pins, watched from within its process: `python -m tests.bench.watched REPORT PLAN run ...`.

PLAN is `circuit` (press once, run to the finish), `presses=N` (press N times at random moments of work) or `page=DIR`
(press nothing; the files of the page are in DIR). At the end the observations are written to the file REPORT as JSON.
Moments are seconds on the monotonic clock.

Watching must not distort the measurement. Therefore another process, which no lock of this process delays, takes the
moment of each press, and a cue is passed on to the buzzer before anything is computed about the cue.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

import pygame
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk import cli, wiring
from kiosk.app import App, Display, Sounder, Urgent
from kiosk.session import Phase, Session
from kiosk.timeline import Cue
from kiosk.view import FinishedView, Moment, PausedView
from kiosk.wiring.phone import PageWatch
from tests.bench.finger import Finger
from tests.bench.lateness import Frame, frame_of
from tests.bench.status_files import Files
from tests.pretend_pi import pretend

BUTTON, BUZZER = 17, 27
HELD_S = 0.03
PATIENCE_S = 10.0


class Seen:
    """The observations for the report, and the events that the pressing thread and the app wait for."""

    def __init__(self) -> None:
        self.cues: list[tuple[str, float, float]] = []
        """Each cue's name, with its planned moment and the moment at which the buzzer was given the cue."""
        self.edges: list[float] = []
        """The moments at which the buzzer's pin went on."""
        self.frames: list[Frame] = []
        """Frames of a circuit that show a figure."""
        self.presses: list[tuple[float, ...]] = []
        """For each press, five moments: the button's pin fell; the loop had played the press's signal; the loop began
        the paused screen; that screen was painted; that screen was visible."""
        self.ready, self.paused = Event(), Event()
        self.resume, self.resumed = Event(), Event()
        """`resume` asks the app to go back to the work before the pause; `resumed` says that the app has done so."""
        self.answered_s: tuple[float, ...] = ()
        self.drawn_s = self.flipped_s = 0.0

    def as_json(self) -> str:
        names = ("cues", "edges", "frames", "presses")
        return json.dumps({name: getattr(self, name) for name in names})


seen = Seen()


class BuzzerPin(MockPin):  # type: ignore[misc]  # gpiozero has no types
    def _set_state(self, value: Any) -> None:
        super()._set_state(value)
        if self._number == BUZZER and value:
            seen.edges.append(time.monotonic())


class WatchedSounder:
    """A sounder that notes when each cue is passed on; the planned moment comes from the running session."""

    def __init__(self, inner: Sounder, session: Callable[[], Session]) -> None:
        self._inner, self._session = inner, session

    def sound(self, cue: Cue) -> None:
        now_s = time.monotonic()
        self._inner.sound(cue)
        planned_s = _planned_s(self._session(), cue, now_s)
        if planned_s is not None:
            seen.cues.append((cue.value, planned_s, now_s))

    def close(self) -> None:
        self._inner.close()


class WatchedDisplay:
    """A display that notes when frames were shown."""

    def __init__(self, inner: Display) -> None:
        self._inner = inner

    def show(self, moment: Moment, now_s: float) -> float:
        began_s = time.monotonic()
        stays_s = self._inner.show(moment, now_s)
        # The frame is visible from the flip on; whatever the display does after the flip does not count.
        done_s, view = seen.flipped_s if seen.flipped_s > now_s else time.monotonic(), moment.view
        if isinstance(view, PausedView) and not seen.paused.is_set():
            seen.answered_s = now_s, began_s, seen.drawn_s, done_s
            seen.paused.set()
        elif frame := frame_of(moment, now_s, done_s):
            seen.frames.append(frame)
        elif isinstance(view, FinishedView):
            end()
        return stays_s

    def prepare(self, urgent: Urgent) -> None:
        self._inner.prepare(urgent)

    def warm_up(self, moments: Iterator[Moment]) -> None:
        self._inner.warm_up(moments)

    def close(self) -> None:
        self._inner.close()


class WatchedApp(App):
    """The app with a watched sounder and a watched display."""

    _working: Session | None = None
    """The session before the press that paused it; None while no such press awaits resuming."""

    def add_sounder(self, sounder: Sounder) -> None:
        super().add_sounder(WatchedSounder(sounder, lambda: self.session))
        seen.ready.set()

    def add_display(self, display: Display) -> None:
        super().add_display(WatchedDisplay(display))

    def turn(self) -> None:
        before = self.session
        super().turn()
        if before.phase is Phase.RUNNING and self.session.phase is Phase.PAUSED:
            self._working = before
        elif self._working and seen.resume.is_set() and self.session.down_s is None:
            # Restore the session from before the press, because resuming would take a three-second count-in.
            self.session, self._working = self._working, None
            self.redraw()
            seen.resume.clear()
            seen.resumed.set()


def end() -> None:
    """End the kiosk with SIGINT, as Ctrl-C does."""
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def watched() -> Iterator[None]:
    """Make `kiosk run` use a watched app, and note when pygame brings a frame to the screen."""
    update, flip = pygame.display.update, pygame.display.flip

    def watched_update(*arguments: Any) -> None:
        seen.drawn_s = time.monotonic()
        update(*arguments)
        seen.flipped_s = time.monotonic()

    def watched_flip() -> None:
        seen.drawn_s = time.monotonic()
        flip()
        seen.flipped_s = time.monotonic()

    with (
        patch.object(wiring, "make_app", WatchedApp),
        patch.object(pygame.display, "update", watched_update),
        patch.object(pygame.display, "flip", watched_flip),
    ):
        yield


def press_once(factory: MockFactory) -> None:
    pin = factory.pin(BUTTON)
    pin.drive_low()
    time.sleep(HELD_S)
    pin.drive_high()


def press_often(factory: MockFactory, count: int) -> None:
    press_once(factory)
    time.sleep(3)
    pin = factory.pin(BUTTON)
    with closing(Finger()) as finger:
        for _ in range(count):
            began_s = finger.press()
            pin.drive_low()
            if not seen.paused.wait(PATIENCE_S):
                break
            seen.presses.append((began_s, *seen.answered_s))
            time.sleep(HELD_S)
            seen.resume.set()
            pin.drive_high()
            # Until the app has resumed, frames of this pause may still come; they must not count for the next press.
            if not seen.resumed.wait(PATIENCE_S):
                break
            seen.resumed.clear()
            seen.paused.clear()
    end()


def act(factory: MockFactory, kind: str, value: str) -> None:
    # Wait because the kiosk opens its pins only after the first frame.
    seen.ready.wait()
    time.sleep(1)
    if kind == "circuit":
        press_once(factory)
    elif kind == "presses":
        press_often(factory, int(value))


def _planned_s(session: Session, cue: Cue, now_s: float) -> float | None:
    """Return the moment at which the latest cue of this kind was due; None for cues that answer the button."""
    if cue in (Cue.PRESS, Cue.PAUSE, Cue.RESUME) or session.phase not in (Phase.RUNNING, Phase.FINISHED):
        return None
    epoch_s = session.epoch_s
    due = [one.at_s for one in session.timeline.cues if one.cue is cue and epoch_s + one.at_s <= now_s + 0.001]
    return epoch_s + due[-1] if due else None


def main() -> int:
    report, (kind, _, value) = Path(sys.argv[1]), sys.argv[2].partition("=")
    sys.argv[1:] = sys.argv[3:]
    factory = MockFactory(pin_class=BuzzerPin)
    pretend(factory)
    Thread(target=act, args=(factory, kind, value), daemon=True).start()
    # A wall that opens no page looks at no files of one.
    files = Files(Path(value))
    with watched(), patch.object(wiring, "PageWatch", partial(PageWatch, files.asked, files.status)):
        status = cli.main()
    report.write_text(seen.as_json())
    return status


if __name__ == "__main__":
    sys.exit(main())
