"""What is printed: the standard streams, mended where they are missing, and never waited for while the wall runs."""

from __future__ import annotations

import atexit
import io
import os
import select
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Thread
from typing import TextIO, cast

from kiosk.errors import OutputError

MOST_WAITING = 100_000
"""Maximum of characters that wait for a reader: some thousand lines."""
DRAIN_S = 0.5
"""Maximum time that the end waits for the last lines to be read."""


def prepare_streams() -> None:
    """Open the standard streams that the process was started without, and let none of them fail at a letter.

    Nothing can be read from the ones opened here, and writing to them is an error. Without them the next file or
    socket would get the free number, and with it whatever a C library prints.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest free number is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDONLY), True)
    sys.stdin = sys.stdin or os.fdopen(0, "r")
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(2, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def answer(text: str) -> None:
    """Print what a command was asked for.

    Raises OutputError if it cannot be written, BrokenPipeError if nobody reads it.
    """
    with _output_errors():
        print(text, flush=True)


def complain(text: str) -> None:
    """Print to stderr, as far as that can be written."""
    with suppress(OSError):
        print(text, file=sys.stderr)
    _flush_stderr()


def flush() -> None:
    """Have everything written that was printed. Raises as `answer` does."""
    _flush_stderr()
    with _output_errors():
        sys.stdout.flush()


@contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _give_up(sys.stdout)
        raise
    except OSError as error:
        _give_up(sys.stdout)
        raise OutputError(f"the answer cannot be written: {error.strerror}") from error


def _flush_stderr() -> None:
    try:
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    """Let what is still in the stream's buffer go nowhere: Python would complain about it at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_in_background() -> None:
    """Have stdout and stderr written by threads of their own from now on."""
    sys.stdout, sys.stderr = (cast(TextIO, NonBlockingStream(stream)) for stream in (sys.stdout, sys.stderr))


def drain() -> None:
    """Give what was printed last a moment to be read. For an end that skips Python's own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, NonBlockingStream):
            stream.drain()


class NonBlockingStream(io.TextIOBase):
    """A stream in front of another one: writing never waits for whoever reads that, or does not.

    A pipe that nobody reads is full after a while, and a terminal stops with Ctrl-S. What finds no room then is
    dropped, and the number of lines is said when somebody reads again.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._changed = Condition()
        self._waiting: deque[str] = deque()
        self._size = 0
        self._dropped = 0
        self._busy = False
        self._thread: Thread | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with self._changed:
            if self._waiting and (self._dropped or self._size + len(text) > MOST_WAITING):
                self._dropped += text.count("\n")
                return len(text)
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._run, name=f"writing to {self._stream.name}", daemon=True)
                self._thread.start()
                atexit.register(self.drain)
        return len(text)

    def drain(self) -> bool:
        """Wait until all is written, or until it is clear that nobody reads; return whether it is written."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._busy, DRAIN_S)

    def _run(self) -> None:
        lost = 0
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._waiting)
                text, dropped = "".join(self._waiting), self._dropped
                self._waiting.clear()
                self._size = self._dropped = 0
                self._busy = True
            said = f"{lost} lines dropped: nobody read them\n" if lost else ""
            lost = dropped + (0 if self._written(said + text) else lost + text.count("\n"))

    def _written(self, text: str) -> bool:
        """Write past the stream's own buffer, whose lock Python wants at its end; return whether that went well."""
        data = text.encode(self.encoding, "backslashreplace")
        while data:
            try:
                data = data[os.write(self.fileno(), data) :]
            except BlockingIOError:
                # Whoever started the kiosk shares the descriptor, and has chosen this.
                room = select.poll()
                room.register(self.fileno(), select.POLLOUT)
                room.poll()
            except OSError:
                return False
        return True
