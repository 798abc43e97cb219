"""Uploaded pictures. They are decoded and written anew by a process of their own, never by this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import NamedTuple

from kiosk.editor.child import Child, ChildError
from kiosk.editor.pipe import parts
from kiosk.editor.preview import BusyError
from kiosk.picture.files import MOST_FRAMES

_ONE_AT_A_TIME = Lock()
"""A picture takes some 100 MB while it is decoded."""
_WAITING = BoundedSemaphore(3)
"""Each upload that waits keeps a thread of the server, and 8 MB."""


class PictureError(ValueError):
    """The pictures cannot be used. The text is one sentence."""


class Pictures(NamedTuple):
    """JPEG files of the same size: a photo, or the frames of a clip."""

    frames: list[bytes]
    width: int
    height: int


def written_anew(files: list[bytes]) -> Pictures:
    """Return the uploaded pictures, decoded and written anew. Raises PictureError."""
    if not 1 <= len(files) <= MOST_FRAMES:
        raise PictureError(f"A photo is one picture, a clip has up to {MOST_FRAMES}.")
    with decoder() as decode:
        return decode(files)


@contextmanager
def decoder() -> Iterator[Callable[[list[bytes]], Pictures]]:
    """Yield a function that does what `written_anew` does, by the same process for as long as it is needed.

    Raises BusyError if too many wait for that already.
    """
    if not _WAITING.acquire(blocking=False):
        raise BusyError
    child = Child("kiosk.editor.decoding")
    try:
        with _ONE_AT_A_TIME:
            yield lambda files: _decoded(child, files)
    finally:
        child.close()
        _WAITING.release()


def _decoded(child: Child, files: list[bytes]) -> Pictures:
    try:
        answer, content = child.ask({"sizes": [len(one) for one in files]}, b"".join(files))
    except ChildError as error:
        raise PictureError(str(error)) from None
    return Pictures(parts(content, answer["sizes"]), answer["width"], answer["height"])
