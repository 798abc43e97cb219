"""What is printed: the standard streams, mended where they are missing, and what to do where they fail."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from kiosk.errors import OutputError


def mend_streams() -> None:
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
