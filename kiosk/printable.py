"""Escaping text from outside, such as a file name, so that it cannot send control characters to a terminal."""

from __future__ import annotations

import logging


def shown(text: str) -> str:
    """Return the text with unprintable characters escaped, safe to use in one line of a message."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown_lines(text: str) -> str:
    """Return text of several lines with the unprintable characters of each line escaped."""
    return "\n".join(map(shown, text.split("\n")))


class Formatter(logging.Formatter):
    """A formatter that makes one line of a log record and escapes unprintable characters. Only a traceback adds lines.

    `begin` is put in front of the line without escaping.
    """

    def __init__(self, line: str, datefmt: str | None = None, *, begin: str = "") -> None:
        super().__init__(line, datefmt)
        self._begin = begin

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802, name of the base class
        return self._begin + shown(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        return shown_lines(super().formatException(ei))  # type: ignore[arg-type]
