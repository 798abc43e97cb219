"""Reads the size of a JPEG or PNG from its first bytes, without decoding it. A damaged picture may still pass."""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_MOST_SEGMENTS = 500
"""Maximum number of segments of a JPEG before its size. A photo of a telephone has a dozen."""


class HeaderError(ValueError):
    """The error for a file that is no JPEG or PNG, or none that the wall can show. It says why, after the file's name.

    `right` says what would be right.
    """

    def __init__(self, what: str, right: str = "save it as a JPEG") -> None:
        super().__init__(what)
        self.right = right


class Header(NamedTuple):
    """The width and height in pixels as the picture is meant to be seen, and the Exif orientation of the file (1 to 8).

    Telephones do not turn the pixels of a photo. They write how the telephone was held, and everybody turns the photo.
    """

    width: int
    height: int
    orientation: int = 1


def header_of(file: BinaryIO) -> Header:
    """Return the header of an open file. Raises HeaderError."""
    try:
        begin = file.read(len(_PNG))
        if begin == _PNG:
            return _png(file)
        if begin.startswith(_JPEG):
            file.seek(len(_JPEG))
            return _jpeg(file)
    except struct.error:
        raise HeaderError("is cut off") from None
    raise HeaderError("is not a JPEG or PNG")


def _png(file: BinaryIO) -> Header:
    _, kind, width, height = struct.unpack(">I4sII", file.read(16))
    if kind != b"IHDR" or not width or not height:
        raise HeaderError("is damaged")
    return Header(width, height)


def _jpeg(file: BinaryIO) -> Header:
    orientation = 1
    for _ in range(_MOST_SEGMENTS):
        marker = _marker(file)
        (length,) = struct.unpack(">H", file.read(2))
        if marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC):
            _, height, width, channels = struct.unpack(">BHHB", file.read(6))
            if not width or not height:
                raise HeaderError("is damaged")
            if channels == 4:
                raise HeaderError("has the colours of a printer (CMYK)")
            return Header(height, width, orientation) if orientation >= 5 else Header(width, height, orientation)
        after = file.tell() + length - 2
        if marker == 0xE1 and file.read(len(_EXIF)) == _EXIF:
            orientation = _orientation(file.read(length - 2 - len(_EXIF))) or orientation
        file.seek(after)
    raise HeaderError("is damaged")


def _marker(file: BinaryIO) -> int:
    """Return the next marker. Any number of bytes 0xFF may come before it."""
    (first, marker) = struct.unpack("BB", file.read(2))
    if first != 0xFF:
        raise HeaderError("is damaged")
    while marker == 0xFF:
        (marker,) = struct.unpack("B", file.read(1))
    if marker in (0xD9, 0xDA):
        # The picture itself begins or ends here.
        raise HeaderError("is damaged")
    return int(marker)


def _orientation(exif: bytes) -> int | None:
    """Return the orientation in an Exif segment, None if it says nothing that makes sense."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return None
    try:
        (place,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, place)
        for number in range(min(count, len(exif) // 12)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, place + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3:
                return value if 1 <= value <= 8 else None
    except struct.error:
        pass
    return None
