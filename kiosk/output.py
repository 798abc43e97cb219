"""The standard streams. Closed streams are opened, and writing never waits for a reader while the kiosk runs."""

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
"""Maximum number of characters that wait for a reader, which are some thousand lines."""
DRAIN_S = 0.5
"""Maximum wait for the last lines to be read when the process ends."""


def prepare_streams() -> None:
    """Open the standard streams that are closed. Make stdout and stderr escape characters that they cannot encode.

    A stream opened here is empty, and writing to it is an error. If the descriptors stayed free, the next file or
    socket would get one of them, and a C library that prints would write into that file or socket.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # `open` returns the lowest free descriptor, which is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDONLY), True)
    sys.stdin = sys.stdin or os.fdopen(0, "r")
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(2, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def answer(text: str) -> None:
    """Print the result of a command.

    Raises OutputError if the text cannot be written, BrokenPipeError if the reader has closed the pipe.
    """
    with _output_errors():
        print(text, flush=True)


def complain(text: str) -> None:
    """Print an error to stderr, or nothing if stderr cannot be written."""
    with suppress(OSError):
        print(text, file=sys.stderr)
    _flush_stderr()


def flush() -> None:
    """Flush the standard streams. Raises the same errors as `answer`."""
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
        raise OutputError(f"the output cannot be written: {error.strerror}") from error


def _flush_stderr() -> None:
    try:
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    """Redirect a stream to /dev/null. Otherwise Python would print an error at exit if it cannot flush the buffer."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_in_background() -> None:
    """From now on, write stdout and stderr from background threads."""
    sys.stdout, sys.stderr = (cast(TextIO, NonBlockingStream(stream)) for stream in (sys.stdout, sys.stderr))


def drain() -> None:
    """Wait briefly until the last lines are written. Needed before `os._exit`, which skips Python's own cleanup."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, NonBlockingStream):
            stream.drain()


class NonBlockingStream(io.TextIOBase):
    """A stream that writes to another stream from a thread, so that writing to it never waits for a reader.

    If nobody reads a pipe, or Ctrl-S stops a terminal, lines wait and then are dropped. The number of dropped lines is
    reported when somebody reads again.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        # This is a copy, because the stream's own descriptor leads to /dev/null while the loudspeakers are opened.
        self._descriptor = os.dup(stream.fileno())
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

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._descriptor)

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
        """Wait until everything is written, at most `DRAIN_S`. Return whether everything is written."""
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
        """Write the text to the descriptor; return whether that succeeded.

        The stream's own buffer is bypassed, because this call may hang and Python needs the buffer's lock at exit.
        """
        data = text.encode(self.encoding, "backslashreplace")
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                # The descriptor is shared with the parent process, which has made it non-blocking. Wait for room.
                room = select.poll()
                room.register(self._descriptor, select.POLLOUT)
                room.poll()
            except OSError:
                return False
        return True
