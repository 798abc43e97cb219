"""The errors that the kiosk raises on purpose. Each also inherits the builtin it is a case of."""


class KioskError(Exception):
    """What all of them have in common: the message is one that staff can act on.

    `exit_status` is the process's, should the error end it.
    """

    exit_status = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, as lines to print."""
        return (str(self),)


class CircuitError(KioskError, ValueError):
    """An exercise or a circuit that cannot be: no rounds, no work, no exercises."""


class ConfigError(KioskError, ValueError):
    """Files of the config folder that cannot be used.

    `problems` holds all that is wrong, each as one line: `file:line:column: what is wrong, what would be right`.
    """

    exit_status = 2

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @property
    def lines(self) -> tuple[str, ...]:
        return self.problems


class OutputError(KioskError, OSError):
    """What a command was asked for cannot be printed: stdout is closed, or its disk is full."""


class PinError(KioskError, OSError):
    """The GPIO pins are missing, busy or not allowed."""


class DisplayError(KioskError, OSError):
    """There is no display, or it cannot show what the wall needs."""

    exit_status = 3


class DisplayLostError(DisplayError):
    """The display's server has gone while the wall was shown; SDL must not be asked to close what it had there."""


class FontError(KioskError, OSError):
    """The wall's fonts are not installed."""

    exit_status = 3


class FigureError(KioskError, ValueError):
    """A figure's file that cannot be drawn."""
