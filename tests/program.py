"""The kiosk as a real process, observed by its output."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from threading import Condition, Thread
from typing import IO, Protocol

PATIENCE_S = 60.0
"""Longest wait for an expected line, in seconds. It is long so that a busy machine does not fail a test."""
NO_DISPLAY = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "KIOSK_CONFIG"}


class Start(Protocol):
    """A function that starts a Python module as a program, with `variables` added to its environment."""

    def __call__(
        self, *arguments: str, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE, **variables: str
    ) -> Program: ...


class Program:
    """A process whose output lines (stdout and stderr) are collected, so that a test can wait for a line."""

    def __init__(
        self,
        command: Sequence[str],
        variables: Mapping[str, str],
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
    ) -> None:
        """Start the process. Only lines of outputs that are `subprocess.PIPE` are collected."""
        inherited = {name: value for name, value in os.environ.items() if name not in NO_DISPLAY}
        self.process = subprocess.Popen(
            command,
            env={**inherited, **variables},
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._read = 0
        self._new_line = Condition()
        self._readers = [Thread(target=self._collect, args=(stream,), daemon=True) for stream in self._streams()]
        for reader in self._readers:
            reader.start()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait for a line that matches, after the last call's line; return the match. Raises AssertionError."""
        deadline_s = time.monotonic() + PATIENCE_S
        with self._new_line:
            while True:
                while self._read < len(self.lines):
                    line = self.lines[self._read]
                    self._read += 1
                    if match := re.search(pattern, line):
                        return match
                left_s = deadline_s - time.monotonic()
                ended = self.process.poll() is not None and not any(reader.is_alive() for reader in self._readers)
                if left_s <= 0 or (ended and self._read == len(self.lines)):
                    raise AssertionError(f"no line with {pattern!r} in:\n" + "\n".join(self.lines))
                self._new_line.wait(min(left_s, 0.2))

    def found(self, pattern: str) -> list[str]:
        """Return the text of the pattern's first group for each line so far that matches."""
        return [match[1] for line in list(self.lines) if (match := re.search(pattern, line))]

    def say(self, line: str) -> None:
        """Write a line to the process's stdin."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, wait for the process to end and return its exit status."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the process to end; return its exit status."""
        status = self.process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        return status

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _streams(self) -> list[IO[str]]:
        return [stream for stream in (self.process.stdout, self.process.stderr) if stream is not None]

    def _collect(self, stream: IO[str]) -> None:
        for line in stream:
            with self._new_line:
                self.lines.append(line.rstrip("\n"))
                self._new_line.notify_all()
