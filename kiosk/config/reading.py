"""From a file to its text: all that can be wrong before YAML comes in."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config.problem import ContentError
from kiosk.errors import Problem

LARGEST_FILE = 100_000
"""Bytes. A file of the config folder has a few thousand; parsing more would keep a Pi busy for seconds."""

# What YAML does not permit, and the line breaks that no editor counts as such.
_CONTROL = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
_LINE_END = re.compile("\r\n|\r|\n")
_BOM_UTF_8 = b"\xef\xbb\xbf"
_BOMS_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Return the text of a file. Raises ContentError where it cannot be read, is too large or is no UTF-8 text."""
    return decode(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ContentError(Problem("this is a folder", "a file is expected here"))
        if path.exists() and not path.is_file():
            # Opening a pipe would wait for ever.
            raise ContentError(Problem("this is not an ordinary file", "replace it with one"))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ContentError(_why_not(error)) from error
    if len(data) > LARGEST_FILE:
        raise ContentError(Problem("the file is too large", f"at most {LARGEST_FILE // 1000} kB"))
    return data


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text, without the mark that some editors put first."""
    if data.startswith(_BOMS_UTF_16) or data[:1000].count(0) > len(data[:1000]) / 4:
        raise ContentError(Problem("this looks like UTF-16", "save the file as UTF-8", 1, 1))
    data = data.removeprefix(_BOM_UTF_8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"))
        raise ContentError(
            Problem(f"this is no UTF-8 (byte {data[error.start]:#04x})", "save the file as UTF-8", *place)
        ) from None
    # What can be printed can be read, and compiling the pattern for the rest takes longer than reading all files.
    if not text.replace("\n", "").isprintable() and (found := re.search(_CONTROL, text)):
        code = f"U+{ord(found[0]):04X}"
        raise ContentError(
            Problem(f"an invisible control character ({code}) is here", "delete it", *_place(text[: found.start()]))
        )
    return text


def _place(before: str) -> tuple[int, int]:
    """Return line and column, from 1, of what follows the given text."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def _why_not(error: OSError) -> Problem:
    match error:
        case FileNotFoundError():
            return Problem("the file does not exist")
        case PermissionError():
            return Problem("reading is not permitted", "let the kiosk read it: chmod a+r")
    return Problem(f"cannot be read ({error.strerror or type(error).__name__})")
