"""Asks the kernel whether the television shows our picture, because SDL does not notice if the picture is missing.

Without a desktop (KMSDRM) SDL draws through OpenGL, and some failures silently draw nothing. The kernel knows which
memory it sends to the television, and lets the process that drives the display read this memory through the descriptor
that SDL has opened. Numbers and structures are those of Linux's <drm/drm.h> and <drm/drm_mode.h>.
"""

from __future__ import annotations

import fcntl
import mmap
import struct
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from pygame import Surface

LIGHT = 64
"""Value of red, green or blue above which a pixel is light. Text and accents are light, background and panels not."""
DARK_BELOW = 0.03
"""Minimum share of light pixels in a picture that can be recognised. The dimmed screen has 0.06."""
SHOWN_FROM = 0.25
"""Minimum share of the expected light. The display may be a frame behind, or have a border around the picture."""
POINTS = 1000
"""Approximate number of pixels to look at. More would take too long, because reading a display's memory is slow."""
CRTCS = 32
"""Maximum number of outputs of a graphics card. The kernel keeps a set of outputs in 32 bits."""
_GET_RESOURCES, _GET_CRTC, _GET_FB, _MAP_DUMB = 0xA0, 0xA1, 0xAD, 0xB3
_OPEN_FDS = Path("/proc/self/fd")


def shows(picture: Surface) -> bool | None:
    """Return whether a display of this process shows the picture, or None if the picture is too dark to recognise.

    Only amounts of light are compared, because the order of pixels in a display's memory depends on the driver. Raises
    OSError if the kernel does not tell. This never waits for the display.
    """
    light = _light(_of_surface(picture))
    if light < DARK_BELOW:
        return None
    cards = _cards()
    if not cards:
        raise OSError("no display is open")
    return any(_light(points) >= SHOWN_FROM * light for card in cards for points in _of_displays(card))


def _light(points: Iterable[tuple[int, int, int]]) -> float:
    lights = [max(point) > LIGHT for point in points]
    return sum(lights) / len(lights)


def _of_surface(picture: Surface) -> Iterator[tuple[int, int, int]]:
    width, height = picture.get_size()
    for at in range(0, width * height, _stride(width * height)):
        red, green, blue, _ = picture.get_at((at % width, at // width))
        yield red, green, blue


def _stride(points: int) -> int:
    # The stride is odd, so that the pixels are not all in the same columns.
    return points // POINTS | 1


def _cards() -> list[int]:
    """Return SDL's descriptors of graphics cards, one for each card."""
    if not _OPEN_FDS.is_dir():
        return []
    links = [entry for entry in _OPEN_FDS.iterdir() if entry.is_symlink()]
    cards = {str(link.readlink()): int(link.name) for link in links}
    return [fd for target, fd in sorted(cards.items()) if target.startswith("/dev/dri/card")]


def _of_displays(card: int) -> Iterator[list[tuple[int, int, int]]]:
    """Yield, for each output of a card that shows a picture, a list of some of its pixels as (red, green, blue)."""
    ids = array("I", bytes(4 * CRTCS))
    counts = _ask(card, _GET_RESOURCES, "=4Q8I", 0, ids.buffer_info()[0], 0, 0, 0, CRTCS, 0, 0, 0, 0, 0, 0)
    for crtc in ids[: counts[5]]:
        buffer = _ask(card, _GET_CRTC, "=Q7I68s", 0, 0, crtc, 0, 0, 0, 0, 0, b"")[3]
        if buffer:
            yield _of_buffer(card, buffer)


def _of_buffer(card: int, buffer: int) -> list[tuple[int, int, int]]:
    _, _, height, pitch, bits, _, handle = _ask(card, _GET_FB, "=7I", buffer, 0, 0, 0, 0, 0, 0)
    if not handle:
        raise PermissionError("another program drives the display")
    if bits != 32:
        raise OSError(f"its points have {bits} bits")
    # The handle is not closed; it is freed with SDL's descriptor. Some drivers (virtio in 3D) count one user of a
    # buffer for each process, so closing our handle would free the buffer while SDL uses it.
    offset = _ask(card, _MAP_DUMB, "=2IQ", handle, 0, 0)[2]
    with (
        mmap.mmap(card, pitch * height, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ, offset=offset) as memory,
        memoryview(memory) as view,
        view.cast("I") as points,
    ):
        some = points[:: _stride(len(points))].tolist()
    return [(point >> 16 & 255, point >> 8 & 255, point & 255) for point in some]


def _ask(card: int, number: int, layout: str, *values: int | bytes) -> tuple[int, ...]:
    """Make one of the kernel's DRM calls, and return the structure that the kernel has filled in."""
    data = bytearray(struct.pack(layout, *values))
    read_and_write = 3
    fcntl.ioctl(card, read_and_write << 30 | len(data) << 16 | ord("d") << 8 | number, data)
    return struct.unpack(layout, data)
