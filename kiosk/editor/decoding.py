"""The process that decodes uploaded pictures and writes them anew: `python -m kiosk.editor.decoding`.

It may use only so much memory and time, writes no file, and ends after one answer.
"""

from __future__ import annotations

import resource
import sys
from io import BytesIO

from kiosk.editor.picture_size import NoPictureError, size_of, suffix_of
from kiosk.editor.pipe import receive, send

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
    answers = sys.stdout.buffer
    request, content = receive(sys.stdin.buffer)
    try:
        frames = _frames(request["sizes"], content)
        pictures, size = written_anew(frames)
    except _WrongError as error:
        send(answers, {"error": str(error)})
        return 0
    send(answers, {"sizes": [len(one) for one in pictures], "width": size[0], "height": size[1]}, b"".join(pictures))
    return 0


def confine() -> None:
    """Limit what this process may do, before it looks at any picture."""
    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def written_anew(frames: list[bytes]) -> tuple[list[bytes], tuple[int, int]]:
    """Return the pictures as JPEG without anything else in them, and their size. A single one is a photo."""
    longest = LONGEST_PHOTO_PX if len(frames) == 1 else LONGEST_FRAME_PX
    for frame in frames:
        _check(frame)
    sizes = {fitted(size_of(frame), longest) for frame in frames}
    if len(sizes) > 1:
        raise _WrongError("The pictures of a clip must all have the same size.")
    (size,) = sizes
    return [_written(frame, size) for frame in frames], size


def fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size with the same shape, whose longest side is at most `longest`."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _frames(sizes: list[int], content: bytes) -> list[bytes]:
    found, at = [], 0
    for size in sizes:
        found.append(content[at : at + size])
        at += size
    return found


def _check(frame: bytes) -> None:
    try:
        width, height = size_of(frame)
    except NoPictureError:
        raise _WrongError("This is not a picture: use a JPEG or PNG file.") from None
    if not width or not height or max(width, height) > LARGEST_PX or width * height > MOST_PIXELS:
        millions = MOST_PIXELS // 1_000_000
        raise _WrongError(f"This picture is too large: at most {millions} megapixels are possible.")


def _written(frame: bytes, size: tuple[int, int]) -> bytes:
    import pygame

    import kiosk.quick_pygame  # noqa: F401

    try:
        picture = pygame.image.load(BytesIO(frame), f"picture{suffix_of(frame)}")
        if picture.get_size() != size_of(frame):
            raise pygame.error("another size than it says")
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
