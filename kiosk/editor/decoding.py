"""The process that decodes uploaded pictures and writes them anew: `python -m kiosk.editor.decoding`.

It may use only so much memory and time, and writes no file.
"""

from __future__ import annotations

import resource
import sys
from io import BytesIO
from typing import Any

from kiosk.editor.pipe import parts, receive, send
from kiosk.picture.header import Header, HeaderError, header_of

LARGEST_PX = 8192
MOST_PIXELS = 16_000_000
"""Maximum number of pixels of a picture. That of a good phone has 12 million."""
LONGEST_PHOTO_PX = 1280
LONGEST_FRAME_PX = 640
MEMORY = 768 * 2**20
"""Maximum address space, most of which the libraries take without using it."""
CPU_S = 60


class _WrongError(Exception):
    """What is wrong with a picture, as one sentence."""


def main() -> int:
    confine()
    while True:
        try:
            request, content = receive(sys.stdin.buffer)
        except EOFError:
            return 0
        send(sys.stdout.buffer, *answer_to(request["sizes"], content))


def confine() -> None:
    """Limit what this process may do, before it looks at any picture."""
    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def answer_to(sizes: list[int], content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what is said about files, whose sizes are in bytes, and the content of the files written anew.

    They are JPEG without anything else in them. A single one is a photo, several are the frames of a clip.
    """
    try:
        pictures, (width, height) = _written_anew(parts(content, sizes))
    except _WrongError as error:
        return {"error": str(error)}, b""
    return {"sizes": [len(one) for one in pictures], "width": width, "height": height}, b"".join(pictures)


def _written_anew(frames: list[bytes]) -> tuple[list[bytes], tuple[int, int]]:
    longest = LONGEST_PHOTO_PX if len(frames) == 1 else LONGEST_FRAME_PX
    headers = [_checked(frame) for frame in frames]
    sizes = {fitted((header.width, header.height), longest) for header in headers}
    if len(sizes) > 1:
        raise _WrongError("The pictures of a clip must all have the same size.")
    (size,) = sizes
    return [_written(frame, header, size) for frame, header in zip(frames, headers, strict=True)], size


def fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size with the same shape, whose longest side is at most `longest`."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _checked(frame: bytes) -> Header:
    """Return the header of a picture, before anything of it is decoded."""
    try:
        header = header_of(BytesIO(frame))
    except HeaderError as error:
        raise _WrongError(f"This picture {error}: {error.right}.") from None
    if max(header.width, header.height) > LARGEST_PX or header.width * header.height > MOST_PIXELS:
        millions = MOST_PIXELS // 1_000_000
        raise _WrongError(f"This picture is too large: at most {millions} megapixels are possible.")
    return header


def _written(frame: bytes, header: Header, size: tuple[int, int]) -> bytes:
    import pygame

    import kiosk.quick_pygame  # noqa: F401
    from kiosk.picture.decode import pixels, upright

    try:
        picture = upright(pixels(frame), header.orientation)
        if picture.get_size() != (header.width, header.height):
            raise pygame.error("it has another size than it says")
        plain = pygame.Surface(picture.get_size(), 0, 24)
        plain.blit(picture, (0, 0))
        if size != plain.get_size():
            plain = pygame.transform.smoothscale(plain, size)
        jpeg = BytesIO()
        pygame.image.save(plain, jpeg, "picture.jpg")
    except (pygame.error, MemoryError, ValueError):
        raise _WrongError("This picture cannot be read: it is damaged.") from None
    return jpeg.getvalue()


if __name__ == "__main__":
    sys.exit(main())
