"""The errors that the kiosk raises on purpose. Each also inherits the builtin it is a case of."""


class KioskError(Exception):
    """What all of them have in common: the message is one that staff can act on."""


class CircuitError(KioskError, ValueError):
    """An exercise or a circuit that cannot be: no rounds, no work, no exercises."""


class ConfigError(KioskError, ValueError):
    """Files of the config folder that cannot be used.

    `problems` holds all that is wrong, each as one line: `file:line:column: what is wrong, what would be right`.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class PinError(KioskError, OSError):
    """The GPIO pins are missing, busy or not allowed."""


class DisplayError(KioskError, OSError):
    """There is no display, or it cannot show what the wall needs."""


class FontError(KioskError, OSError):
    """The wall's fonts are not installed."""


class FigureError(KioskError, ValueError):
    """A figure's file that cannot be drawn."""
