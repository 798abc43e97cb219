"""The real kiosk on pins that pretend, watched from within: `python -m tests.bench.watched REPORT PLAN run ...`.

PLAN is `circuit` (press once, run to the finish) or `presses=N` (press N times at random moments of work). What was
seen is written to the file REPORT as JSON at the end. Moments are seconds on the monotonic clock.

Watching must not be what is measured: a press counts from the moment of a finger in another process, which waits for
no lock of this one, and whatever is worked out about a cue is worked out after it has been passed on.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pygame
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk import cli
from kiosk.app import App, Sounder, Urgent
from kiosk.screen.window import Window
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
        """Each frame of a circuit with an athlete."""
        self.presses: list[tuple[float, ...]] = []
        """When the button's pin fell, when the loop had sounded it, when it began with the paused screen, when that was
        painted, and when it was there."""
        self.ready, self.paused, self.resumed = Event(), Event(), Event()
        self.answered_s: tuple[float, ...] = ()
        self.drawn_s = self.flipped_s = 0.0

    def as_json(self) -> str:
        names = ("cues", "edges", "frames", "presses")
        return json.dumps({name: getattr(self, name) for name in names})


seen = Seen()


class BuzzerPin(MockPin):
    def _set_state(self, value: Any) -> None:
        super()._set_state(value)
        if self._number == BUZZER and value:
            seen.edges.append(time.monotonic())


class WatchedSounder:
    """Notes when a cue is passed on; the plan's moment is worked out from the running session."""

    def __init__(self, inner: Sounder, session: Any) -> None:
        self._inner, self._session = inner, session

    def sound(self, cue: Cue) -> None:
        now_s = time.monotonic()
        self._inner.sound(cue)
        planned_s = _planned_s(self._session(), cue, now_s)
        if planned_s is not None:
            seen.cues.append((cue.value, planned_s, now_s))

    def close(self) -> None:
        self._inner.close()


class Going:
    """The app under way, once it has begun to turn."""

    app: App
    resume = False

    def resume_at_once(self) -> None:
        """Go back to work after a measured press: resuming would take three seconds of count-in."""
        session = self.app.session
        if self.resume and session.phase is Phase.PAUSED and session.down_s is None:
            self.resume = False
            began_s = session.now_s - session.kept_s
            self.app.session = session._replace(phase=Phase.RUNNING, since_s=session.now_s, epoch_s=began_s)
            self.app.redraw()
            seen.resumed.set()

    def stop(self, reason: str) -> None:
        self.app._stop.request(reason)


going = Going()


def watch() -> None:
    """Look over the shoulder of the app and its window."""
    turn, add_sounder, show = App.turn, App.add_sounder, Window.show
    update, flip = pygame.display.update, pygame.display.flip

    def watched_turn(app: App) -> None:
        going.app = app
        turn(app)
        going.resume_at_once()

    def watched_add(app: App, sounder: Sounder) -> None:
        add_sounder(app, WatchedSounder(sounder, lambda: app.session))
        seen.ready.set()

    def watched_show(window: Window, moment: Moment, now_s: float, urgent: Urgent) -> float | None:
        began_s = time.monotonic()
        stays_s = show(window, moment, now_s, urgent)
        if stays_s is None:
            return None
        # What follows the flip, such as getting ready what comes next, is not waited for by anybody who looks.
        done_s, view = seen.flipped_s if seen.flipped_s > now_s else time.monotonic(), moment.view
        if isinstance(view, PausedView) and not seen.paused.is_set():
            seen.answered_s = now_s, began_s, seen.drawn_s, done_s
            seen.paused.set()
        elif frame := frame_of(moment, now_s, done_s):
            seen.frames.append(frame)
        elif isinstance(view, FinishedView):
            going.stop("the circuit is over")
        return stays_s

    def watched_update(*arguments: Any) -> None:
        seen.drawn_s = time.monotonic()
        update(*arguments)
        seen.flipped_s = time.monotonic()

    def watched_flip() -> None:
        seen.drawn_s = time.monotonic()
        flip()
        seen.flipped_s = time.monotonic()

    pygame.display.update, pygame.display.flip = watched_update, watched_flip
    App.turn, App.add_sounder, Window.show = watched_turn, watched_add, watched_show  # type: ignore[method-assign]


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
            going.resume = True
            pin.drive_high()
            # Until then frames of this pause may come; they answer no press.
            if not seen.resumed.wait(PATIENCE_S):
                break
            seen.resumed.clear()
            seen.paused.clear()
    going.stop("pressed often enough")


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
    watch()
    Thread(target=act, args=(factory, plan), daemon=True).start()
    status = cli.main()
    report.write_text(seen.as_json())
    return status


if __name__ == "__main__":
    sys.exit(main())
