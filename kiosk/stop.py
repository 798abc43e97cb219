"""Ending the process: on request, and by force if it does not end on request."""

from __future__ import annotations

import logging
import os
import select
import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

from kiosk.output import drain

log = logging.getLogger("kiosk")

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
"""Signals that by default would end the process without switching the buzzer off."""
BY_KEYBOARD = (signal.SIGINT, signal.SIGQUIT)
"""Signals of the keys Ctrl-C and Ctrl-\\."""
SILENCE_AFTER_S = 2.0
"""Time from a signal until the sound is switched off by force. A clean end takes less than a second."""
EXIT_AFTER_S = 2.0
"""Time from switching the sound off by force until the process is ended by force."""
ALARM_AFTER_S = 4.5
"""Time from a signal until the kernel ends the process. systemd would kill it after 5 s."""
FORCED_STATUS = 1


class Stop:
    """A request to end the process, made by a signal or a closed window. It wakes the loop through a pipe."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self.by_signal = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._forced: _ForcedEnd | None = None

    def request(self, reason: str) -> None:
        if self.reason is None:
            self.reason = reason
            os.write(self._writer, b"!")

    def on_signals(self, silence: Callable[[], None]) -> None:
        """Request a clean end at each signal that would end the process.

        If the loop does not end in time, another thread calls `silence` and then ends the process.
        """
        for number in ENDING:
            # Under `nohup`, SIGHUP is ignored and has to stay so.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._signalled)
        self._forced = _ForcedEnd(silence)

    def fileno(self) -> int:
        return self._reader

    def wait(self, timeout_s: float) -> bool:
        """Wait for a request, at most so long. Return whether there is one.

        A signal may reach another thread, which does not wake this one. It is noticed when the time is up.
        """
        select.select([self], [], [], timeout_s)
        return self.reason is not None

    def close(self) -> None:
        """Record that everything has ended, and cancel the forced end."""
        self.reason = self.reason or "closed"
        if self._forced is not None:
            self._forced.cancel()
        os.close(self._reader)
        os.close(self._writer)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        # Ctrl-C is deliberate, like closing the window. The other signals come from the system.
        self.by_signal = number not in BY_KEYBOARD
        self.request(signal.Signals(number).name)
        # If the display hangs, closing the window never returns and never releases the interpreter lock, so no thread
        # could end the process.
        signal.setitimer(signal.ITIMER_REAL, ALARM_AFTER_S)


class _ForcedEnd:
    """A thread that ends the process some seconds after a signal, unless the process has ended by itself.

    Python runs signal handlers in the main thread, between two bytecode instructions. So no handler runs while the main
    thread waits in SDL for a display that hangs. But Python writes the number of a signal to a pipe at once, and a
    thread that reads this pipe can act, provided that SDL has released the interpreter lock. SDL releases it while it
    updates the screen, but not while it opens or closes a window.
    """

    def __init__(self, silence: Callable[[], None]) -> None:
        self._silence = silence
        self._cancelled = Event()
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        Thread(target=self._watch, name="waiting for a signal", daemon=True).start()

    def cancel(self) -> None:
        self._cancelled.set()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.set_wakeup_fd(-1)
        os.close(self._writer)

    def _watch(self) -> None:
        while numbers := os.read(self._reader, 64):
            if not set(numbers).isdisjoint(ENDING):
                break
        if self._cancelled.wait(SILENCE_AFTER_S):
            os.close(self._reader)
            return
        self._silence()
        if not self._cancelled.wait(EXIT_AFTER_S):
            log.error("ended by force: something, such as the display, did not respond")
            drain()
            os._exit(FORCED_STATUS)
