"""Foreign text in what staff reads: a folder's name or a program's answer must not drive their terminal."""

from __future__ import annotations

import logging


def shown(text: str) -> str:
    """Return text that is safe in a line of a message: whatever has no glyph is escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown_lines(text: str) -> str:
    """Return text of several lines, each of them safe."""
    return "\n".join(map(shown, text.split("\n")))


class Formatter(logging.Formatter):
    """Formats a record as one line, whatever foreign text is in it; only a traceback adds lines.

    `begin` is put in front of the line as it is.
    """

    def __init__(self, line: str, datefmt: str | None = None, *, begin: str = "") -> None:
        super().__init__(line, datefmt)
        self._begin = begin

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802, the base class's name
        return self._begin + shown(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802
        return shown_lines(super().formatException(ei))  # type: ignore[arg-type]
