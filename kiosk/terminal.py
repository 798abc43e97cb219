"""The kiosk without a display: a status line in the terminal, and Enter as the button."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import TextIO

from kiosk.session import Command
from kiosk.timeline import Cue
from kiosk.view import Moment
from kiosk.words import words

HELP = "Enter is the button; s Enter holds it, n skips, b goes back, q quits"
REPEAT_S = 0.1
"""Minimum interval between two presses of Enter. Faster presses come from a held key, which keyboards repeat 11 to 50
times a second."""
_HOLD = "s"
_KEYS = {"n": Command.SKIP, "b": Command.BACK}


class Terminal:
    """An input, display and sounder in one. It reads commands from `source` and writes status and cues to `target`."""

    def __init__(
        self,
        quit_: Callable[[str], None],
        hold_s: float,
        source: TextIO = sys.stdin,
        target: TextIO = sys.stdout,
    ) -> None:
        self._quit = quit_
        self._hold_s = hold_s
        self._source: TextIO | None = source
        self._target = target
        self._in_place = target.isatty()
        self._status = ""
        self._release_s = inf
        self._entered_s = -inf
        self._by_hand = self._typed_before = source.isatty()
        """Whether lines may still arrive that were typed before the kiosk started."""

    def fds(self) -> Sequence[int]:
        return [] if self._source is None else [self._source.fileno()]

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        if now_s >= self._release_s:
            self._release_s = inf
            return [(Command.RELEASE, now_s)]
        if self._typed_before:
            self._drop_typed_before(now_s)
        if self._source is None or not _readable(self._source.fileno()):
            return []
        try:
            typed = os.read(self._source.fileno(), 4096).decode(errors="replace")
        except OSError:
            # A terminal that was closed is always readable, but reading it fails.
            typed = ""
        if not typed:
            # The input has ended, as in a service or when a pipe is closed. The buttons still work.
            self._source = None
        return [one for line in typed.splitlines() for one in self._commands(line.strip().lower(), now_s)]

    def show(self, moment: Moment, now_s: float) -> float:
        status = "  ".join([words(moment.view).line, *moment.badges])
        if status != self._status:
            self._status = status
            self._print(status, replaceable=True)
        return 1.0

    def prepare(self, urgent: Callable[[], bool]) -> None:
        """Do nothing: a line of text needs no preparation."""

    def warm_up(self, moments: Iterator[Moment]) -> None:
        """Do nothing: there are no caches."""

    def sound(self, cue: Cue) -> None:
        self._print(f"* {cue.value}")
        self._print(self._status, replaceable=True)

    def close(self) -> None:
        if self._in_place and self._status:
            self._write("\n")

    def _drop_typed_before(self, now_s: float) -> None:
        """Drop what was typed before the kiosk started. `_commands` drops the repeats of a key that is still held."""
        self._typed_before = False
        assert self._source is not None
        # A terminal returns only one line for each read.
        while _readable(self._source.fileno()) and os.read(self._source.fileno(), 4096):
            self._entered_s = now_s

    def _commands(self, line: str, now_s: float) -> list[tuple[Command, float]]:
        if line == "q":
            self._quit("q typed")
            return []
        if line == _HOLD:
            # A terminal does not report how long a key is held. So the release follows after the length of a hold.
            self._release_s = now_s + self._hold_s
            return [(Command.PRESS, now_s)]
        if line in _KEYS:
            return [(_KEYS[line], now_s)]
        if line:
            return []
        repeats, self._entered_s = self._by_hand and now_s - self._entered_s < REPEAT_S, now_s
        return [] if repeats else [(Command.PRESS, now_s), (Command.RELEASE, now_s)]

    def _print(self, text: str, *, replaceable: bool = False) -> None:
        """Print a line. With `replaceable`, the next line overwrites it if the target is a terminal."""
        if self._in_place:
            self._write(f"\r\x1b[K{text}" + ("" if replaceable else "\n"))
        else:
            self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            self._target.write(text)
            self._target.flush()
        except OSError:
            # Nobody reads the output any more; the circuit goes on.
            self._in_place = False


def _readable(fd: int) -> bool:
    return bool(select.select([fd], [], [], 0)[0])
