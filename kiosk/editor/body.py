"""What browsers send: JSON, and files in a form. All of it may be anything, so it is read within limits."""

from __future__ import annotations

import json
import math
import re
from typing import Any

LARGEST = 256_000
"""Maximum size of a body of JSON, in bytes."""
LARGEST_UPLOAD = 8_000_000
DEEPEST = 40
"""Maximum number of lists and groups within each other. A circuit has some ten."""
LARGEST_NUMBER = 10**12
MOST_FILES = 40
_LONGEST_HEAD = 4096
_BOUNDARY = re.compile(r"multipart/form-data\s*;.*?\bboundary=(?:\"([^\"]{1,70})\"|([^\s;\",]{1,70}))", re.I)


class BodyError(ValueError):
    """The body of a request is not what it should be. The text is one sentence."""


def group_in(body: bytes) -> dict[str, Any]:
    """Return the group of keys in a body of JSON. Raises BodyError."""
    try:
        read = json.loads(body.decode(), parse_constant=_no_number)
        _check(read, DEEPEST)
    except (ValueError, RecursionError) as error:
        raise BodyError("This is not JSON as the page sends it.") from error
    if not isinstance(read, dict):
        raise BodyError("This is not JSON as the page sends it.")
    return read


def _no_number(name: str) -> None:
    raise ValueError(name)


def _check(value: object, depth: int) -> None:
    """Raise ValueError if a value is too deep, too large, or a text that cannot be written."""
    if not depth:
        raise ValueError("too deep")
    match value:
        case dict():
            for key, one in value.items():
                key.encode()
                _check(one, depth - 1)
        case list():
            for one in value:
                _check(one, depth - 1)
        case str():
            value.encode()
        case int() | float() if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
            raise ValueError("too large")


def files_in(content_type: str, body: bytes) -> list[bytes]:
    """Return the content of the files of a form (multipart/form-data), in order. Raises BodyError.

    Their names are not looked at.
    """
    found = _BOUNDARY.match(content_type)
    if not found:
        raise BodyError("This is not a form with files.")
    try:
        line = b"--" + (found[1] or found[2]).encode("ascii")
    except UnicodeEncodeError:
        raise BodyError("This is not a form with files.") from None
    # Every part begins with this line, so the first one is treated like the others.
    parts = (b"\r\n" + body).split(b"\r\n" + line, MOST_FILES + 2)
    if len(parts) > MOST_FILES + 2:
        raise BodyError(f"These are too many files: {MOST_FILES} are possible.")
    inner = parts[1:-1]
    if not inner or not parts[-1].startswith(b"--"):
        raise BodyError("The form with files has no end.")
    return [_content(part) for part in inner]


def _content(part: bytes) -> bytes:
    head, empty, content = part.partition(b"\r\n\r\n")
    if not empty or not head.startswith(b"\r\n") or len(head) > _LONGEST_HEAD:
        raise BodyError("A file of the form has no beginning.")
    return content
