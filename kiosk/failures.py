"""Error handling for parts that fail. Each error is logged once and the part is called again later."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from kiosk.errors import DisplayError, FontError, KioskError

log = logging.getLogger("kiosk")

ENDS = (DisplayError, FontError)
"""Errors of a part that end the program, because the wall is useless without its display or its fonts."""

P = ParamSpec("P")
T = TypeVar("T")


class Failures:
    """A wrapper for calls to parts. It logs each kind of error once, so that the circuit goes on."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str, int | None]] = set()

    def ask(self, part: object, otherwise: T, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `act` for the part. Return its result, or `otherwise` if it fails. Raises only the errors in ENDS."""
        try:
            return act(*args, **kwargs)
        except ENDS:
            raise
        except Exception as error:
            self.say_once(type(part).__name__, error)
            return otherwise

    def say_once(self, what: str, error: Exception) -> None:
        """Log the first error of each kind only, so that an error that repeats does not flood the log."""
        kind = what, type(error).__name__, getattr(error, "errno", None)
        if kind not in self._said:
            self._said.add(kind)
            # One line is enough for an error caused by the disk or by staff. Any other error is a bug: log a traceback.
            trace = None if isinstance(error, OSError | KioskError) else error
            log.error("%s failed and is tried again: %s", what, error or kind[1], exc_info=trace)


def close_each(parts: Iterable[Any]) -> None:
    """Close each part once, even if closing another part fails."""
    for part in dict.fromkeys(parts):
        try:
            part.close()
        except Exception:
            log.exception("could not close %s", type(part).__name__)
