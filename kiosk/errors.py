"""The errors that the kiosk raises on purpose. Each also inherits from the builtin exception that fits it."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from kiosk.printable import shown


class Problem(NamedTuple):
    """A mistake in a file or folder, and how to correct the mistake.

    `line` and `column` count from 1; 0 means the file as a whole. `key` is the key whose value is wrong, with the
    groups around the key, such as "button.pin". `key` is None until the reader of a group fills it in, and "" if the
    key itself is wrong. `path` is None until the file is known.
    """

    wrong: str
    right: str = ""
    line: int = 0
    column: int = 0
    key: str | None = None
    path: PurePath | None = None

    @property
    def what(self) -> str:
        """The mistake, after its key if there is one."""
        return f"{self.key}: {self.wrong}" if self.key else self.wrong

    @property
    def text(self) -> str:
        """The whole message without the file, line and column."""
        return f"{self.what}; {self.right}" if self.right else self.what

    def __str__(self) -> str:
        """Return one line: `file:line:column: key: what is wrong; what would be right`."""
        if self.path is None:
            return self.text
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{shown(str(self.path))}{place}: {self.text}"


class KioskError(Exception):
    """The base class of the errors below. The message is written so that staff can act on it.

    `exit_status` is the exit status of the process if the error ends the process.
    """

    exit_status = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, as lines to print."""
        return (str(self),)


class CircuitError(KioskError, ValueError):
    """An impossible exercise or circuit, for example without rounds, work or exercises."""


class FileError(KioskError, ValueError):
    """One or more files cannot be used. `problems` holds every mistake in the files."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(map(str, self.problems))


class ConfigError(FileError):
    """The config folder cannot be used."""

    exit_status = 2


class FigureError(FileError):
    """A figure's file cannot be drawn."""


class OutputError(KioskError, OSError):
    """The answer of a command cannot be printed: stdout is closed, or its disk is full."""


class SetupError(KioskError, RuntimeError):
    """What `kiosk setup` has to change cannot be changed."""


class RemoteError(KioskError, OSError):
    """The wall's remote cannot be opened, reached or used."""


class PageError(KioskError, OSError):
    """The page by which workouts are changed cannot be opened."""


class PinError(KioskError, OSError):
    """The GPIO pins are missing, busy or not allowed."""


class DisplayError(KioskError, OSError):
    """There is no display, or it cannot show what the wall needs."""

    exit_status = 3


class DisplayLostError(DisplayError):
    """The display server ended while the wall was shown. SDL must not be asked to close its window there."""


class FontError(KioskError, OSError):
    """The wall's fonts are not installed."""

    exit_status = 3
