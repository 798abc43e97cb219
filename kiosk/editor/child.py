"""Children of the page's process, which do what takes memory or may go wrong, and end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock, Timer
from typing import Any

from kiosk.editor.pipe import receive, send

PATIENCE_S = 60.0
"""Longest wait for an answer. A Pi that is busy draws its first picture in some ten seconds."""


class ChildError(Exception):
    """The child has ended before it answered, or its answer says what is wrong."""


class Child:
    """A child that starts when it is asked something, and stays for the next question as long as it wants.

    It runs the module `module` with arguments, and is asked one thing at a time.
    """

    def __init__(self, module: str, *arguments: str, patience_s: float = PATIENCE_S) -> None:
        self._command: Sequence[str] = (sys.executable, "-I", "-m", module, *arguments)
        self._patience_s = patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def ask(self, request: dict[str, Any], content: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Return the child's answer. Raises ChildError."""
        with self._lock:
            if self._closed:
                raise ChildError("The page is closing.")
            if self._process is not None:
                # One that was idle for too long has ended, or does so right now.
                with suppress(OSError, EOFError, ValueError):
                    return _checked(*self._asked(self._process, request, content))
                self._end()
            try:
                return _checked(*self._asked(self._start(), request, content))
            except (OSError, EOFError, ValueError):
                self._end()
                raise ChildError("This machine could not do that now; try again.") from None

    def warm_up(self) -> None:
        """Start the child, so that it has loaded what it needs when it is asked."""
        if self._lock.acquire(blocking=False):
            try:
                if self.pid is None and not self._closed:
                    self._end()
                    self._start()
            except OSError:
                # It is tried again when there is something to ask.
                pass
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the child, whatever it does. Nothing is answered any more."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _asked(
        self, process: subprocess.Popen[bytes], request: dict[str, Any], content: bytes
    ) -> tuple[dict[str, Any], bytes]:
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(self._patience_s, process.kill)
        timer.daemon = True
        timer.start()
        try:
            send(process.stdin, request, content)
            return receive(process.stdout)
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        self._process.wait()
        self._process = None


def _checked(answer: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    if "error" in answer:
        raise ChildError(str(answer["error"]))
    return answer, content
