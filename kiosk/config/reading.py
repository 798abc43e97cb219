"""Reads a file as text, and checks its kind, size, encoding and characters before it is parsed."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config.problem import ContentError
from kiosk.config_files import LARGEST_FILE
from kiosk.errors import Problem

# Characters that YAML forbids, and line breaks that editors do not count as line breaks.
_CONTROL = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
_LINE_END = re.compile("\r\n|\r|\n")
_BOM_UTF_8 = b"\xef\xbb\xbf"
_RICH_TEXT = b"{\\rtf"
_BOMS_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Return the text of a file. Raises ContentError if it cannot be read, is too large or is not UTF-8."""
    return decode(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises ContentError if it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise ContentError(Problem("this is a folder", "a file is expected here"))
        if path.exists() and not path.is_file():
            # Opening a pipe would wait forever.
            raise ContentError(Problem("this is not an ordinary file", "replace it with one"))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ContentError(_why_not(error)) from error
    if len(data) > LARGEST_FILE:
        raise ContentError(Problem("the file is too large", f"at most {LARGEST_FILE // 1000} kB"))
    return data


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text, without a byte order mark. Raises ContentError."""
    if data.startswith(_RICH_TEXT):
        right = "save it as plain text (TextEdit: Format, Make Plain Text)"
        raise ContentError(Problem("this is rich text (RTF)", right, 1, 1))
    if data.startswith(_BOMS_UTF_16) or data[:1000].count(0) > len(data[:1000]) / 4:
        raise ContentError(Problem("this looks like UTF-16", "save the file as UTF-8", 1, 1))
    data = data.removeprefix(_BOM_UTF_8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        position = _position(data[: error.start].decode("utf-8"))
        raise ContentError(
            Problem(f"this is not UTF-8 (byte {data[error.start]:#04x})", "save the file as UTF-8", *position)
        ) from None
    # Printable text is allowed, and compiling the pattern takes longer than reading all files.
    if not text.replace("\n", "").isprintable() and (found := re.search(_CONTROL, text)):
        what = f"there is an invisible control character (U+{ord(found[0]):04X}) here"
        raise ContentError(Problem(what, "delete it", *_position(text[: found.start()])))
    return text


def _position(before: str) -> tuple[int, int]:
    """Return the line and the column, both counted from 1, of the character after the given text."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def _why_not(error: OSError) -> Problem:
    match error:
        case FileNotFoundError():
            return Problem("the file does not exist")
        case PermissionError():
            return Problem("the kiosk may not read this file", "allow it: chmod a+r")
    return Problem(f"the file cannot be read ({error.strerror or type(error).__name__})")
