"""Signals played on a thread of their own: whatever the loop does, an edge comes at its time."""

from __future__ import annotations

import atexit
import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Protocol

from kiosk.hardware.signals import SIGNALS, Edge, edges
from kiosk.timeline import Cue

log = logging.getLogger(__name__)

JOIN_S = 2.0
"""A thread that has not ended by then hangs in the pin library; the sound is switched off without it."""


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
    exception, after `close`, and when the interpreter ends without one.
    """

    def __init__(
        self, voice: Voice, name: str, clock: Callable[[], float] = time.monotonic, wait: _Waiter = _wait
    ) -> None:
        self._voice = voice
        self._name = name
        self._clock = clock
        self._wait = wait
        self._changed = Condition()
        self._to_come: deque[Edge] = deque()
        self._starts = False
        self._start_s = 0.0
        self._closing = False
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
            if self._closing:
                return
            self._closing = True
            self._changed.notify()
        atexit.unregister(self.close)
        self._thread.join(JOIN_S)
        if self._thread.is_alive():
            log.warning("%s: its thread does not end; switched off without it", self._name)
        self._try("could not be switched off", self._voice.off)
        self._try("could not be released", self._voice.close)

    def _play(self, to_come: tuple[Edge, ...]) -> None:
        with self._changed:
            self._to_come = deque(to_come)
            self._starts = True
            self._changed.notify()

    def _run(self) -> None:
        try:
            while (edge := self._next()) is not None:
                # Not under the lock: a pin that hangs must not hang the loop with it.
                self._do(edge)
        finally:
            self._try("could not be switched off", self._voice.off)

    def _next(self) -> Edge | None:
        """Wait for the next edge to be due and return it, None at the end."""
        with self._changed:
            while not self._closing:
                now_s = self._clock()
                if self._starts:
                    self._starts = False
                    self._start_s = now_s
                if not self._to_come:
                    self._wait(self._changed, None)
                elif (early_s := self._start_s + self._to_come[0].at_s - now_s) > 0:
                    self._wait(self._changed, early_s)
                else:
                    return self._latest(now_s)
            return None

    def _latest(self, now_s: float) -> Edge:
        """Take what is due; after a stall only the last edge of it still says how it should sound now."""
        edge = self._to_come.popleft()
        while self._to_come and self._start_s + self._to_come[0].at_s <= now_s:
            edge = self._to_come.popleft()
        return edge

    def _do(self, edge: Edge) -> None:
        tone_hz = edge.tone_hz
        if tone_hz is None:
            self._try("could not be switched off", self._voice.off)
        elif not self._try("did not sound", lambda: self._voice.on(tone_hz)):
            with self._changed:
                if not self._starts:
                    self._to_come.clear()
            self._try("could not be switched off", self._voice.off)

    def _try(self, what_failed: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except Exception as error:
            log.warning("%s %s: %s", self._name, what_failed, error or type(error).__name__)
            return False
        return True
