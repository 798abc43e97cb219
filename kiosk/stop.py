"""The wish to end, and an end for a process that does not obey it."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

from kiosk.output import drain

log = logging.getLogger("kiosk")

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
"""What others send a process; left alone each of them would end it without switching the buzzer off."""
BY_KEYBOARD = (signal.SIGINT, signal.SIGQUIT)
"""Ctrl-C and Ctrl-\\."""
SILENCE_AFTER_S = 2.0
"""How long after a signal the sound is switched off by force. A clean end takes less than a second."""
EXIT_AFTER_S = 2.0
"""How long after that the process ends by force."""
ALARM_AFTER_S = 4.5
"""How long after a signal the kernel ends the process; systemd would kill it after 5 s."""
FORCED_STATUS = 1


class Stop:
    """The wish to end, from a signal, a closed window or a test; it wakes the loop."""

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
        """Turn the signals that end a process into a clean end.

        Where the loop does not come to that, `silence` is called from another thread, and then the process ends.
        """
        for number in ENDING:
            # `nohup` has a hangup ignored.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._signalled)
        self._forced = _ForcedEnd(silence)

    def fileno(self) -> int:
        return self._reader

    def close(self) -> None:
        """Take note that everything has ended."""
        self.reason = self.reason or "closed"
        if self._forced is not None:
            self._forced.cancel()
        os.close(self._reader)
        os.close(self._writer)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        # A key is somebody's wish as closing the window is; the other signals come from the system.
        self.by_signal = number not in BY_KEYBOARD
        self.request(signal.Signals(number).name)
        # Closing a window whose display hangs never returns, and keeps the interpreter from every other thread.
        signal.setitimer(signal.ITIMER_REAL, ALARM_AFTER_S)


class _ForcedEnd:
    """Ends the process some seconds after a signal unless it has ended by itself.

    Python runs a signal's handler in the main thread, between two of its own instructions. A main thread that waits
    for a display that hangs, within SDL, never comes to that. But the number of a signal is written to a pipe at once,
    and a thread that reads the pipe can act as long as SDL does not keep the interpreter: it does while it closes a
    window or opens one, not while it brings a picture to the screen.
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
            log.error("ended by force: something, such as the display, does not answer")
            drain()
            os._exit(FORCED_STATUS)
