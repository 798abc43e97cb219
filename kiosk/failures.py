"""Parts that fail: each error is logged once and the part is called again later, so that the circuit goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from kiosk.errors import DisplayError, FontError, KioskError

log = logging.getLogger("kiosk")

ENDS = (DisplayError, FontError)
"""Errors of a part that end the program: without its display or its fonts the wall is useless."""

P = ParamSpec("P")
T = TypeVar("T")


class Failures:
    """Calls parts, and remembers which kinds of errors it has logged."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str, int | None]] = set()

    def ask(self, part: object, otherwise: T, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result of `act`, or `otherwise` if the part fails. Raises only the errors in ENDS."""
        try:
            return act(*args, **kwargs)
        except ENDS:
            raise
        except Exception as error:
            self.say_once(type(part).__name__, error)
            return otherwise

    def say_once(self, what: str, error: Exception) -> None:
        """Log the first error of each kind, so that a lasting one does not flood the log."""
        kind = what, type(error).__name__, getattr(error, "errno", None)
        if kind not in self._said:
            self._said.add(kind)
            # One line is enough for an error of the disk or of staff. Anything else is a bug, and needs the traceback.
            trace = None if isinstance(error, OSError | KioskError) else error
            log.error("%s failed and is tried again: %s", what, error or kind[1], exc_info=trace)


def close_each(parts: Iterable[Any]) -> None:
    """Close each part once. One that fails does not stop the others."""
    for part in dict.fromkeys(parts):
        try:
            part.close()
        except Exception:
            log.exception("could not close %s", type(part).__name__)
