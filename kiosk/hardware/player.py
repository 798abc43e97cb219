"""Signals played on a thread of their own, all but their first edge: whatever the loop does, an edge comes at its time.

The first one is driven by whoever sounds the cue. Handed over like the others it would come late: the thread would wait
for the interpreter, which the loop keeps while it draws the frame that belongs to the cue.
"""

from __future__ import annotations

import atexit
import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Lock, Thread
from typing import Protocol

from kiosk.hardware.retry import retried
from kiosk.signals import SIGNALS, Edge, edges
from kiosk.timeline import Cue

log = logging.getLogger(__name__)

JOIN_S = 2.0
"""A thread that has not ended by then hangs in the pin library; the sound is switched off without it."""
OFF_AGAIN_S = 0.05
"""Interval between two tries to switch off a sound that goes on."""


class Voice(Protocol):
    """Something that can be made to sound."""

    def on(self, tone_hz: float) -> None:
        """Sound, or change the tone that sounds."""

    def off(self) -> None: ...

    def close(self) -> None:
        """Release the pin."""


class _Waiter(Protocol):
    def __call__(self, condition: Condition, timeout_s: float | None) -> None: ...


def _wait(condition: Condition, timeout_s: float | None) -> None:
    condition.wait(timeout_s)


class Player:
    """Plays cues on a voice. A `Sounder` of the app: no call waits for a sound, and none raises.

    A new cue takes the place of the one that still sounds. All edges of a signal are moments on the monotonic clock,
    counted from its first one, so delays do not add up. The voice is off whenever no signal plays: also after an
    exception, after `close`, and when the interpreter ends without one. Switching it off is repeated until it succeeds,
    or until a new cue comes, which ends with silence of its own.

    A call drives one edge itself, unless the thread is just driving one: then that one is the thread's too, and a pin
    that hangs in its hands holds up nobody else. One that first hangs in the caller's hands does hold up the caller.
    With lgpio it would from the thread as well: its Python module keeps the interpreter for itself during a call.
    """

    def __init__(
        self, voice: Voice, name: str, clock: Callable[[], float] = time.monotonic, wait: _Waiter = _wait
    ) -> None:
        self.stuck = False
        """Whether the voice could not be switched off so far, though it should be silent."""
        self._voice = voice
        self._name = name
        self._clock = clock
        self._wait = wait
        self._hand = Lock()
        """Held by the one who drives the voice, from choosing an edge until it is driven: no older one comes after it.

        It is taken under `_changed` and without waiting, so whoever chooses knows what was chosen last.
        """
        self._changed = Condition()
        self._to_come: deque[Edge] = deque()
        self._starts = False
        self._start_s = 0.0
        self._over = False
        """Whether nobody is left who would switch off what is switched on."""
        self._closed = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        # The kernel keeps driving a pin when the process is gone.
        atexit.register(self.close)

    def sound(self, cue: Cue) -> None:
        self._play(edges(SIGNALS[cue]))

    def silence(self) -> None:
        self._play((Edge(0.0, None),))

    def close(self) -> None:
        """Switch the sound off, end the thread and release the pin; may be called again."""
        with self._changed:
            if self._closed:
                return
            self._closed = self._over = True
            self._changed.notify()
        atexit.unregister(self.close)
        self._thread.join(JOIN_S)
        if self._thread.is_alive():
            log.warning("%s: its thread does not end; switched off without it", self._name)
        self.stuck = not retried(self._voice.off, f"switch off {self._name}")
        retried(self._voice.close, f"release {self._name}")

    def _play(self, to_come: tuple[Edge, ...]) -> None:
        with self._changed:
            self._to_come = deque(to_come)
            self._starts = True
            edge = self._due()
        try:
            if edge is not None:
                self._drive(edge)
        finally:
            with self._changed:
                self._changed.notify()

    def _run(self) -> None:
        try:
            while (edge := self._next()) is not None:
                self._drive(edge)
        finally:
            with self._changed:
                self._over = True
            with self._hand:
                self.stuck = not retried(self._voice.off, f"switch off {self._name}")

    def _next(self) -> Edge | None:
        """Wait for the next edge to be due and return it, None at the end."""
        with self._changed:
            while not self._over:
                if (edge := self._due()) is not None:
                    return edge
                self._wait(self._changed, self._sleeps_s())
            return None

    def _due(self) -> Edge | None:
        """Choose the edge that is to be driven now, and take the voice in hand for it.

        None when nothing is due, or when somebody else drives the voice: they give notice when it is free.
        """
        if self._over or not self._to_come or not self._hand.acquire(blocking=False):
            return None
        now_s = self._clock()
        if self._starts:
            self._starts = False
            self._start_s = now_s
        edge = None
        # After a stall only the last edge that is due still says how it should sound now.
        while self._to_come and self._start_s + self._to_come[0].at_s <= now_s:
            edge = self._to_come.popleft()
        if edge is None:
            self._hand.release()
        return edge

    def _sleeps_s(self) -> float | None:
        """Return for how many seconds nothing is due, None until something changes."""
        if self._hand.locked() or not self._to_come:
            return None
        return max(0.0, self._start_s + self._to_come[0].at_s - self._clock())

    def _drive(self, edge: Edge) -> None:
        """Change the sound, with the voice in hand, and let go of it.

        Not under `_changed`: a pin that hangs must not hang with it who has something new to sound.
        """
        try:
            tone_hz = edge.tone_hz
            if tone_hz is None:
                self._switch_off()
            elif not self._sounds(tone_hz):
                with self._changed:
                    if not self._starts:
                        self._to_come.clear()
                self._switch_off()
        finally:
            self._hand.release()

    def _sounds(self, tone_hz: float) -> bool:
        try:
            self._voice.on(tone_hz)
        except Exception as error:
            log.warning("%s did not sound: %s", self._name, error or type(error).__name__)
            return False
        return True

    def _switch_off(self) -> None:
        """Switch the voice off; if that fails, plan to do it again, unless something else comes first."""
        try:
            self._voice.off()
        except Exception as error:
            if not self.stuck:
                why = error or type(error).__name__
                log.warning("%s could not be switched off, this is repeated until it is: %s", self._name, why)
            self.stuck = True
        else:
            if self.stuck:
                log.warning("%s is switched off", self._name)
            self.stuck = False
            return
        with self._changed:
            again_s = self._clock() - self._start_s + OFF_AGAIN_S
            # A new cue that waits to be started is all there is to come.
            if not self._starts and (not self._to_come or self._to_come[0].at_s > again_s):
                self._to_come.appendleft(Edge(again_s, None))
