"""The size of a picture as its file says, before anybody decodes it. Needs the standard library only."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_NO_FRAME = {0xC4, 0xC8, 0xCC}
"""Markers among those of frames that begin something else."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""


class NoPictureError(ValueError):
    """The content is no JPEG and no PNG picture."""


def size_of(content: bytes) -> tuple[int, int]:
    """Return the width and height of a JPEG or PNG file. Raises NoPictureError."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) >= 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content.startswith(_JPEG):
        return _of_jpeg(content)
    raise NoPictureError


def suffix_of(content: bytes) -> str:
    """Return the suffix of a file with this content. Raises NoPictureError."""
    size_of(content)
    return ".png" if content.startswith(_PNG) else ".jpg"


def _of_jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    raise NoPictureError
