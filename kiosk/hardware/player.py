"""A player of signals on a buzzer. It has its own thread, so that every edge is on time whatever the loop does.

Only the first edge of a signal is driven by the caller. The thread would drive this edge late, because it would wait
for the interpreter lock, which the loop holds while it draws the frame that belongs to the cue.
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
"""Maximum wait for the thread to end. A thread that takes longer hangs in the pin library, and `close` goes on."""
OFF_AGAIN_S = 0.05
"""Interval between attempts to switch the buzzer off."""


class Buzzer(Protocol):
    """A buzzer on which a `Player` plays."""

    def on(self, tone_hz: float) -> None:
        """Start to play a tone, or change to another tone."""

    def off(self) -> None: ...

    def close(self) -> None:
        """Release the pin."""


class Waiter(Protocol):
    """A function that waits until the condition is notified or the time is up. Tests use one that takes no time."""

    def __call__(self, condition: Condition, timeout_s: float | None) -> None: ...


def wait(condition: Condition, timeout_s: float | None) -> None:
    condition.wait(timeout_s)


class Player:
    """A `Sounder` of the app that plays cues on a buzzer. No call waits for a sound to end, and no call raises.

    A new cue replaces the cue that is still playing. The edges of a signal are timed from its first edge, on the
    monotonic clock, so delays do not add up. The buzzer is off whenever no signal plays, even after an exception, after
    `close`, and when the interpreter ends without calling `close`. If switching off fails, it is repeated until it
    succeeds or until a new cue begins, since that cue also ends with switching off.

    The caller of `sound` drives the first edge, unless the thread is driving another edge at that moment. Then the
    thread drives the first edge too, so a pin that hangs in the thread does not block the caller. A pin that hangs in
    the caller does block the caller. (lgpio keeps the interpreter lock during a call, so with lgpio the caller is
    blocked in both cases.)
    """

    def __init__(
        self, buzzer: Buzzer, name: str, clock: Callable[[], float] = time.monotonic, wait: Waiter = wait
    ) -> None:
        self.stuck = False
        """Whether the last attempt to switch the buzzer off failed."""
        self._buzzer = buzzer
        self._name = name
        self._clock = clock
        self._wait = wait
        self._driving = Lock()
        """A lock held from choosing an edge until it is driven, so that edges reach the pin in the order of choice.

        A thread that holds `_changed` acquires this lock only if it is free, and never waits for it.
        """
        self._changed = Condition()
        self._to_come: deque[Edge] = deque()
        self._starts = False
        """Whether the signal in `_to_come` has not begun yet."""
        self._start_s = 0.0
        self._over = False
        """Whether the thread ends. From then on no edge is driven, since nothing would switch the buzzer off again."""
        self._closed = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        # The kernel keeps driving a pin after the process has ended.
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
            log.warning("%s: its thread does not end; switching it off without the thread", self._name)
        self.stuck = not retried(self._buzzer.off, f"switch off {self._name}")
        retried(self._buzzer.close, f"release {self._name}")

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
            with self._driving:
                self.stuck = not retried(self._buzzer.off, f"switch off {self._name}")

    def _next(self) -> Edge | None:
        """Wait for the next edge to be due and return it, or None if the thread has to end."""
        with self._changed:
            while not self._over:
                if (edge := self._due()) is not None:
                    return edge
                self._wait(self._changed, self._sleeps_s())
            return None

    def _due(self) -> Edge | None:
        """Return the edge to drive now, with `_driving` acquired, or None if no edge is due.

        The result is also None while another thread is driving. That thread looks for the next edge when it is done.
        """
        if self._over or not self._to_come or not self._driving.acquire(blocking=False):
            return None
        now_s = self._clock()
        if self._starts:
            self._starts = False
            self._start_s = now_s
        edge = None
        # After a stall several edges may be due. Only the last due edge says how the buzzer should sound now.
        while self._to_come and self._start_s + self._to_come[0].at_s <= now_s:
            edge = self._to_come.popleft()
        if edge is None:
            self._driving.release()
        return edge

    def _sleeps_s(self) -> float | None:
        """Return the time until the next edge is due, or None to wait until something changes."""
        if self._driving.locked() or not self._to_come:
            return None
        return max(0.0, self._start_s + self._to_come[0].at_s - self._clock())

    def _drive(self, edge: Edge) -> None:
        """Drive an edge, then release `_driving`.

        `_changed` is not held meanwhile, so that other threads can still leave a new signal if the pin hangs.
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
            self._driving.release()

    def _sounds(self, tone_hz: float) -> bool:
        try:
            self._buzzer.on(tone_hz)
        except Exception as error:
            log.warning("%s did not sound: %s", self._name, error or type(error).__name__)
            return False
        return True

    def _switch_off(self) -> None:
        """Switch the buzzer off. If that fails, schedule another attempt, unless another edge is due before it."""
        try:
            self._buzzer.off()
        except Exception as error:
            if not self.stuck:
                why = error or type(error).__name__
                log.warning("%s could not be switched off, trying until it is: %s", self._name, why)
            self.stuck = True
        else:
            if self.stuck:
                log.warning("%s is off", self._name)
            self.stuck = False
            return
        with self._changed:
            again_s = self._clock() - self._start_s + OFF_AGAIN_S
            # A new signal that waits to begin comes first in any case.
            if not self._starts and (not self._to_come or self._to_come[0].at_s > again_s):
                self._to_come.appendleft(Edge(again_s, None))
