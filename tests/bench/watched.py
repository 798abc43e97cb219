"""The real kiosk on pins that pretend, watched from within: `python -m tests.bench.watched REPORT PLAN run ...`.

PLAN is `circuit` (press once, run to the finish) or `presses=N` (press N times at random moments of work). What was
seen is written to the file REPORT as JSON at the end. Moments are seconds on the monotonic clock.

Watching must not be what is measured: a press counts from the moment of a finger in another process, which waits for
no lock of this one, and whatever is worked out about a cue is worked out after it has been passed on.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
from tests.bench.finger import Finger
from tests.bench.lateness import Frame, frame_of
from tests.pretend_pi import pretend

BUTTON, BUZZER = 17, 27
HELD_S = 0.03
PATIENCE_S = 10.0


class Seen:
    """What happened, and what others wait for."""

    def __init__(self) -> None:
        self.cues: list[tuple[str, float, float]] = []
        """Each cue with the moment that the plan says and the moment at which it was given to the buzzer."""
        self.edges: list[float] = []
        """When the buzzer's pin went on."""
        self.frames: list[Frame] = []
        """Each frame of a circuit with a figure."""
        self.presses: list[tuple[float, ...]] = []
        """When the button's pin fell, when the loop had sounded it, when it began with the paused screen, when that was
        painted, and when it was there."""
        self.ready, self.paused = Event(), Event()
        self.resume, self.resumed = Event(), Event()
        """Set to have the work of before the pause go on, and when it does."""
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
    """Notes when a cue is passed on; the plan's moment is worked out from the running session."""

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
    """Notes when frames were shown."""

    def __init__(self, inner: Display) -> None:
        self._inner = inner

    def show(self, moment: Moment, now_s: float, urgent: Urgent) -> float | None:
        began_s = time.monotonic()
        stays_s = self._inner.show(moment, now_s, urgent)
        if stays_s is None:
            return None
        # Nobody who looks waits for what follows the flip.
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
    """The app, with somebody who looks over its shoulder."""

    _working: Session | None = None
    """The session as it was before the press that paused it."""

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
            # As if nobody had pressed: resuming would take three seconds of count-in.
            self.session, self._working = self._working, None
            self.redraw()
            seen.resume.clear()
            seen.resumed.set()


def end() -> None:
    """End the kiosk as Ctrl-C does."""
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def watched() -> Iterator[None]:
    """Have `kiosk run` make an app that is watched, and note when pygame brings a frame to the screen."""
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
            # Until then frames of this pause may come; they answer no press.
            if not seen.resumed.wait(PATIENCE_S):
                break
            seen.resumed.clear()
            seen.paused.clear()
    end()


def act(factory: MockFactory, plan: str) -> None:
    # The pins are opened after the first frame.
    seen.ready.wait()
    time.sleep(1)
    if plan == "circuit":
        press_once(factory)
    else:
        press_often(factory, int(plan.partition("=")[2]))


def _planned_s(session: Session, cue: Cue, now_s: float) -> float | None:
    """Return when the newest cue of this kind was due; None for those that answer the button."""
    if cue in (Cue.PRESS, Cue.PAUSE, Cue.RESUME) or session.phase not in (Phase.RUNNING, Phase.FINISHED):
        return None
    epoch_s = session.epoch_s
    due = [one.at_s for one in session.timeline.cues if one.cue is cue and epoch_s + one.at_s <= now_s + 0.001]
    return epoch_s + due[-1] if due else None


def main() -> int:
    report, plan = Path(sys.argv[1]), sys.argv[2]
    sys.argv[1:] = sys.argv[3:]
    factory = MockFactory(pin_class=BuzzerPin)
    pretend(factory)
    Thread(target=act, args=(factory, plan), daemon=True).start()
    with watched():
        status = cli.main()
    report.write_text(seen.as_json())
    return status


if __name__ == "__main__":
    sys.exit(main())
