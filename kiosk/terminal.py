"""The kiosk without a display: one status line in the terminal, Enter is the button."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import TextIO

from kiosk.duration import clock_text
from kiosk.session import Command
from kiosk.timeline import Cue, Kind
from kiosk.view import CountInView, FinishedView, IntervalView, Moment, PausedView, StartView, View

HELP = "Enter is the button; s Enter stops, n skips, b goes back, q quits"
REPEAT_S = 0.1
"""Lines of Enter alone that follow each other faster come from a key that is held: keyboards repeat 11 to 50 times a
second, hands do not."""
_HOLD = "s"
_KEYS = {"n": Command.SKIP, "b": Command.BACK}


class Terminal:
    """Input, display and sounder in one: commands from the lines of `source`, status and cues to `target`."""

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
        """Whether lines may still come that were typed before the kiosk ran."""

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
            # A terminal that hangs up is readable for ever, and never read.
            typed = ""
        if not typed:
            # No terminal behind the input (a service, a pipe that ended): the button goes on without it.
            self._source = None
        return [one for line in typed.splitlines() for one in self._commands(line.strip().lower(), now_s)]

    def show(self, moment: Moment, now_s: float, urgent: Callable[[], bool]) -> float:
        status = "  ".join([status_line(moment.view), *moment.badges])
        if status != self._status:
            self._status = status
            self._print(status, again=True)
        return 1.0

    def prepare(self, urgent: Callable[[], bool]) -> None:
        """Nothing: a line of text is quickly made."""

    def warm_up(self, moments: Iterator[Moment]) -> None:
        """Nothing: there are no caches."""

    def sound(self, cue: Cue) -> None:
        self._print(f"* {cue.value}")
        self._print(self._status, again=True)

    def close(self) -> None:
        if self._in_place and self._status:
            self._write("\n")

    def _drop_typed_before(self, now_s: float) -> None:
        """Drop what was typed before anybody could see what it would do. The key may still be held, and repeat."""
        self._typed_before = False
        assert self._source is not None
        # A terminal hands out one line at a time.
        while _readable(self._source.fileno()) and os.read(self._source.fileno(), 4096):
            self._entered_s = now_s

    def _commands(self, line: str, now_s: float) -> list[tuple[Command, float]]:
        if line == "q":
            self._quit("q typed")
            return []
        if line == _HOLD:
            # A terminal knows no key that is held: the release comes when the hold is over.
            self._release_s = now_s + self._hold_s
            return [(Command.PRESS, now_s)]
        if line in _KEYS:
            return [(_KEYS[line], now_s)]
        if line:
            return []
        repeats, self._entered_s = self._by_hand and now_s - self._entered_s < REPEAT_S, now_s
        return [] if repeats else [(Command.PRESS, now_s), (Command.RELEASE, now_s)]

    def _print(self, text: str, *, again: bool = False) -> None:
        """Print a line; with `again`, one that the next line overwrites where the terminal can do that."""
        if self._in_place:
            self._write(f"\r\x1b[K{text}" + ("" if again else "\n"))
        else:
            self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            self._target.write(text)
            self._target.flush()
        except OSError:
            # Whoever read along has gone; the circuit goes on.
            self._in_place = False


def status_line(view: View) -> str:
    """Return what is visible, in one line of text."""
    match view:
        case StartView():
            return f"{view.circuit.name} ({clock_text(view.total_s)}): press to start"
        case FinishedView():
            return f"Done! {view.circuit.name}. Press to go again, start screen in {view.seconds} s"
        case PausedView():
            ends = f", ends in {view.ends_in} s" if view.ends_in else ""
            return f"PAUSED  {_interval(view.under)}: press to resume{ends}"
        case CountInView():
            return f"{view.seconds}  {_interval(view.under)}"
        case IntervalView():
            return _interval(view)
        case _:
            return "press to wake"


def _interval(view: IntervalView) -> str:
    interval = view.interval
    where = f"Round {interval.round}/{view.circuit.rounds}"
    side = f" ({interval.side.value})" if interval.side else ""
    name = view.exercise.name + side
    if interval.kind is Kind.WORK:
        return f"{where}  WORK {view.seconds:3} s  {name}: {' '.join(view.lines)}"
    return f"{where}  {interval.kind.value.replace('_', ' ').upper()} {view.seconds:3} s  next: {name}"


def _readable(fd: int) -> bool:
    return bool(select.select([fd], [], [], 0)[0])
