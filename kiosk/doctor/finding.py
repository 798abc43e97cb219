"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    OK = "ok"
    WARNING = "warning"
    """The kiosk runs, but something is missing that a gym may want."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer: what was found and, unless all is well, what to do."""

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
