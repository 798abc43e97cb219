"""Messages between the page's process and its children: keys as JSON, and perhaps bytes such as a picture."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from itertools import accumulate
from typing import IO, Any

_SIZES = struct.Struct("!II")
LARGEST = 64_000_000


def send(stream: IO[bytes], said: dict[str, Any], content: bytes = b"") -> None:
    """Write a message. Raises OSError."""
    text = json.dumps(said).encode()
    stream.write(_SIZES.pack(len(text), len(content)) + text + content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read a message. Raises EOFError if the other end has gone, ValueError if this is no message."""
    text_size, content_size = _SIZES.unpack(_exactly(stream, _SIZES.size))
    if text_size + content_size > LARGEST:
        raise ValueError("too large")
    said = json.loads(_exactly(stream, text_size))
    if not isinstance(said, dict):
        raise ValueError("no group of keys")
    return said, _exactly(stream, content_size)


def parts(content: bytes, sizes: Sequence[int]) -> list[bytes]:
    """Return the parts of a message's content, which have these sizes."""
    return [content[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        more = stream.read(size - len(found))
        if not more:
            raise EOFError
        found += more
    return bytes(found)
