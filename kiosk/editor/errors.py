"""Why the store does not do what it is asked for, in words for whoever uses the page."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kiosk.editor.documents import Path
from kiosk.errors import KioskError, Problem

ProblemFacts = dict[str, Any]
"""A problem as the page gets it: "path", "what", "right", "file" and "line"."""


_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_ALLOWED = (errno.EROFS, errno.EACCES, errno.EPERM)


def because(error: OSError) -> str:
    """Return why the disk refuses, in a sentence for the page."""
    if error.errno in _FULL:
        return "The disk is full, so nothing was changed. Make room on it, or use a larger card."
    if error.errno in _NOT_ALLOWED:
        return "The files may not be written, so nothing was changed."
    return f"The files cannot be read or written ({error.strerror or error}), so nothing was changed."


def facts(problem: Problem, path: Path = (), file: str = "") -> ProblemFacts:
    """Return a problem for the page. Where the field is known, it needs not be named."""
    what = problem.wrong if path else problem.what
    return {"path": list(path), "what": what, "right": problem.right, "file": file, "line": problem.line}


class Refused(KioskError, ValueError):  # noqa: N818
    """What was asked for cannot be: `problems` say why."""

    def __init__(self, problems: Iterable[ProblemFacts], warnings: Iterable[ProblemFacts] = ()) -> None:
        self.problems = list(problems)
        self.warnings = list(warnings)
        super().__init__(self.problems)

    def __str__(self) -> str:
        first, more = self.problems[0], len(self.problems) - 1
        text = f"{first['what']}; {first['right']}" if first["right"] else str(first["what"])
        return f"{text} (and {more} more)" if more else text

    @classmethod
    def because(cls, what: str, right: str = "", file: str = "") -> Refused:
        """Return the error with a single problem that belongs to no field."""
        return cls([facts(Problem(what, right), (), file)])


class Conflict(KioskError, ValueError):  # noqa: N818
    """Somebody else has changed the same thing: `changed` says what, `document` and `version` are how it is now.

    Both are None if it was deleted.
    """

    def __init__(self, changed: Sequence[str], document: Mapping[str, Any] | None, version: str | None) -> None:
        super().__init__(tuple(changed))
        self.changed, self.document, self.version = list(changed), document, version

    def __str__(self) -> str:
        return "Somebody else has changed this meanwhile."


class Missing(KioskError, LookupError):  # noqa: N818
    """There is no such thing, or no longer."""

    def __str__(self) -> str:
        return str(self.args[0])
