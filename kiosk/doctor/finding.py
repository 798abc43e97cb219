"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    OK = "ok"
    WARNING = "warning"
    """A result with which the kiosk still runs, but a gym may want to change something."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: what was found and, unless all is well, what to do."""

    name: str
    result: Result
    found: str
    to_do: str = ""


def ok(name: str, found: str) -> Finding:
    return Finding(name, Result.OK, found)


def warning(name: str, found: str, to_do: str) -> Finding:
    return Finding(name, Result.WARNING, found, to_do)


def failed(name: str, found: str, to_do: str) -> Finding:
    return Finding(name, Result.FAILED, found, to_do)
