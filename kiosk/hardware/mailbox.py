"""A queue from callback threads to the loop, made of a list and a pipe that wakes the loop's `select`."""

from __future__ import annotations

import os
from threading import Lock

from kiosk.session import Command


class Mailbox:
    """A queue of commands, each with its time. Any thread may post; one thread reads.

    Posting never waits for the reader, because the pipe holds at most one byte, however many commands are posted.
    Signal handlers must not post, because a handler that interrupts the reader would wait for the lock forever.
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
        """Add a command that was given at `at_s` seconds on the monotonic clock. After `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._commands.append((command, at_s))
            if not self._woken:
                os.write(self._writer, b"!")
                self._woken = True

    def read(self) -> list[tuple[Command, float]]:
        """Return and remove the posted commands, oldest first. After that, `fd` is no longer readable."""
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
