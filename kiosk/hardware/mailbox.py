"""The way from a callback's thread to the loop: a list, and a pipe that wakes a `select`."""

from __future__ import annotations

import os
from threading import Lock

from kiosk.session import Command


class Mailbox:
    """Commands with their moments, posted by any thread and read by one.

    Posting never waits for the reader: there is at most one byte in the pipe, however much is posted. Not for signal
    handlers: one that interrupts the reader would wait for the lock for ever.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._commands: list[tuple[Command, float]] = []
        self._woken = False
        self._closed = False
        self.fd, self._writer = os.pipe()
        os.set_blocking(self.fd, False)
        os.set_blocking(self._writer, False)

    def post(self, command: Command, at_s: float) -> None:
        """Leave a command that was given at `at_s` seconds on the monotonic clock. After `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._commands.append((command, at_s))
            if not self._woken:
                os.write(self._writer, b"!")
                self._woken = True

    def read(self) -> list[tuple[Command, float]]:
        """Return what was posted since the last call, in the order of posting; `fd` is then no longer readable."""
        if not self._commands:
            return []
        with self._lock:
            commands, self._commands = self._commands, []
            if self._woken:
                os.read(self.fd, 1)
                self._woken = False
            return commands

    def close(self) -> None:
        """Close the pipe; may be called again."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._woken = False
                self._commands = []
                os.close(self.fd)
                os.close(self._writer)
