"""The errors that the kiosk raises on purpose. Each also inherits from the builtin that describes it.

`GaveWay` is raised on purpose too, but is no error.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from kiosk.printable import shown


class Problem(NamedTuple):
    """One thing that is wrong in a file or a folder, and what would be right.

    Line and column count from 1; 0 means the file as a whole. `key` is the key whose value is wrong, with the groups
    around it, such as "button.pin". It is None until the reader of a group fills it in, and "" where the key itself is
    wrong. `path` is None until it is known which file was read.
    """

    wrong: str
    right: str = ""
    line: int = 0
    column: int = 0
    key: str | None = None
    path: PurePath | None = None

    @property
    def what(self) -> str:
        """What is wrong, with the key."""
        return f"{self.key}: {self.wrong}" if self.key else self.wrong

    @property
    def text(self) -> str:
        """Everything but the place."""
        return f"{self.what}; {self.right}" if self.right else self.what

    def __str__(self) -> str:
        """Return one line: `file:line:column: key: what is wrong; what would be right`."""
        if self.path is None:
            return self.text
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{shown(str(self.path))}{place}: {self.text}"


class KioskError(Exception):
    """The base of all errors below. Its message is one that staff can act on.

    `exit_status` is what the process returns if the error ends it.
    """

    exit_status = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, as lines to print."""
        return (str(self),)


class CircuitError(KioskError, ValueError):
    """An exercise or a circuit that cannot exist: no rounds, no work, no exercises."""


class FileError(KioskError, ValueError):
    """Files that cannot be used. `problems` holds everything that is wrong in them."""

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


class PinError(KioskError, OSError):
    """The GPIO pins are missing, busy or not allowed."""


class DisplayError(KioskError, OSError):
    """There is no display, or it cannot show what the wall needs."""

    exit_status = 3


class DisplayLostError(DisplayError):
    """The display's server went away while the wall was shown. SDL must not be asked to close what it had there."""


class FontError(KioskError, OSError):
    """The wall's fonts are not installed."""

    exit_status = 3


class GaveWay(Exception):  # noqa: N818 - nothing went wrong
    """Drawing stopped for something more urgent. What was made so far is cached."""
