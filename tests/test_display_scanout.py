"""Reading the picture that the television shows, from a stand-in for the kernel's graphics card.

The card is a file whose pages are the card's memory. The stand-in does what Linux does (drm_crtc.c, drm_framebuffer.c,
drm_gem.c); tests/pi uses the real kernel.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Iterator
from ctypes import c_uint32
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from pygame import Surface

from kiosk.display import scanout

SIZE = (320, 180)
WALL = (0x0A, 0x0D, 0x12)
PANEL = (0x21, 0x2A, 0x37)
LETTERS = (0xF5, 0xF7, 0xFA)


@dataclass
class Card:
    """A graphics card. `shown` has each output's buffer number (0 for none); `memory` has the bytes of each buffer."""

    file: Path
    fd: int
    shown: list[int] = field(default_factory=lambda: [0, 0])
    memory: dict[int, bytes] = field(default_factory=dict)
    bits: int = 32
    master: bool = True
    mappable: bool = True
    padding_px: int = 0
    handles: dict[int, int] = field(default_factory=dict)

    def holds(self, number: int, picture: bytes) -> None:
        """Write a picture into a buffer and show that buffer on the first output."""
        self.memory[number] = picture
        self.shown[0] = number
        with self.file.open("r+b") as file:
            file.seek(self.offset(number))
            file.write(picture)

    def offset(self, number: int) -> int:
        return number * 64 * mmap.ALLOCATIONGRANULARITY

    def ioctl(self, fd: int, request: int, data: bytearray) -> int:
        if fd != self.fd:
            return int(REAL_IOCTL(fd, request, data))
        assert request >> 16 & 0x3FFF == len(data)
        assert (request >> 30, request >> 8 & 0xFF) == (3, ord("d"))
        {0xA0: self.resources, 0xA1: self.crtc, 0xAD: self.framebuffer, 0xB3: self.map}[request & 0xFF](data)
        return 0

    def resources(self, data: bytearray) -> None:
        assert len(data) == 64
        room, at = struct.unpack_from("I", data, 36)[0], struct.unpack_from("Q", data, 8)[0]
        assert room >= len(self.shown)
        for index in range(len(self.shown)):
            c_uint32.from_address(at + 4 * index).value = 50 + index
        # The counts of framebuffers, CRTCs, connectors and encoders; the kiosk needs only the second count.
        struct.pack_into("4I", data, 32, 3, len(self.shown), 2, 2)

    def crtc(self, data: bytearray) -> None:
        assert len(data) == 104
        shown = self.shown[struct.unpack_from("I", data, 12)[0] - 50]
        struct.pack_into("I", data, 16, shown)
        struct.pack_into("I", data, 32, bool(shown))

    def framebuffer(self, data: bytearray) -> None:
        number = struct.unpack_from("I", data)[0]
        if number not in self.memory:
            raise FileNotFoundError(2, "No such file or directory")
        handle = 7 + number if self.master else 0
        self.handles[handle] = number
        width, height = SIZE[0] + self.padding_px, SIZE[1]
        struct.pack_into("7I", data, 0, number, SIZE[0], height, width * self.bits // 8, self.bits, 24, handle)

    def map(self, data: bytearray) -> None:
        if not self.mappable:
            raise OSError(22, "Invalid argument")
        number = self.handles[struct.unpack_from("I", data)[0]]
        struct.pack_into("Q", data, 8, self.offset(number))


REAL_IOCTL = fcntl.ioctl


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Card]:
    file, fds = tmp_path / "memory", tmp_path / "fd"
    file.write_bytes(b"")
    os.truncate(file, 1024 * mmap.ALLOCATIONGRANULARITY)
    fd = os.open(file, os.O_RDWR)
    card = Card(file, fd)
    fds.mkdir()
    (fds / "0").symlink_to("/dev/null")
    (fds / "5").symlink_to("socket:[1234]")
    (fds / str(fd)).symlink_to("/dev/dri/card1")
    monkeypatch.setattr(scanout, "_OPEN_FDS", fds)
    monkeypatch.setattr(fcntl, "ioctl", card.ioctl)
    yield card
    os.close(fd)


@pytest.fixture
def wall() -> Surface:
    """Return a picture of a wall with a panel and some text."""
    surface = Surface(SIZE, 0, 32)
    surface.fill(WALL)
    surface.fill(PANEL, (20, 20, 200, 140))
    surface.fill(LETTERS, (40, 40, 80, 60))
    return surface


def linear(picture: Surface, padding_px: int = 0) -> bytes:
    """Return the picture's bytes in the usual order: row by row, with blue, green, red and an unused byte per pixel."""
    width, height = picture.get_size()
    lines = []
    for y in range(height):
        points = (picture.get_at((x, y)) for x in range(width))
        lines.append(b"".join(bytes((b, g, r, 0xFF)) for r, g, b, _ in points) + bytes(4 * padding_px))
    return b"".join(lines)


def tiled(picture: Surface) -> bytes:
    """Return the picture's bytes with the pixels in another order, as on a display that stores pictures in tiles."""
    data = linear(picture)
    points = [data[at : at + 4] for at in range(0, len(data), 4)]
    tiles = [points[at : at + 64] for at in range(0, len(points), 64)]
    Random(1).shuffle(tiles)
    return b"".join(point for tile in tiles for point in tile)


BLACK = bytes(SIZE[0] * SIZE[1] * 4)
OPAQUE_BLACK = b"\0\0\0\xff" * (SIZE[0] * SIZE[1])


def test_the_wall_is_on_the_screen(card: Card, wall: Surface) -> None:
    card.holds(3, linear(wall))
    assert scanout.shows(wall) is True


def test_however_the_points_lie_in_the_memory(card: Card, wall: Surface) -> None:
    card.holds(3, tiled(wall))
    assert scanout.shows(wall) is True
    card.padding_px = 64
    card.holds(4, linear(wall, padding_px=64))
    assert scanout.shows(wall) is True


@pytest.mark.parametrize("black", [BLACK, OPAQUE_BLACK])
def test_a_screen_that_stays_black_is_noticed(card: Card, wall: Surface, black: bytes) -> None:
    card.holds(3, black)
    assert scanout.shows(wall) is False


def test_a_console_is_not_the_wall(card: Card, wall: Surface) -> None:
    console = Surface(SIZE, 0, 32)
    for line in range(3):
        console.fill((170, 170, 170), (0, 16 * line, 60, 4))
    card.holds(3, linear(console))
    assert scanout.shows(wall) is False


def test_no_output_shows_anything(card: Card, wall: Surface) -> None:
    assert scanout.shows(wall) is False


def test_one_of_two_televisions_is_enough(card: Card, wall: Surface) -> None:
    card.holds(4, linear(wall))
    card.holds(3, BLACK)
    card.shown = [3, 4]
    assert scanout.shows(wall) is True


def test_a_dark_wall_cannot_be_looked_for(card: Card) -> None:
    dark = Surface(SIZE, 0, 32)
    card.holds(3, linear(dark))
    assert scanout.shows(dark) is None
    dark.fill(LETTERS, (0, 0, 6, 6))
    assert scanout.shows(dark) is None


@pytest.mark.parametrize("change", [{"master": False}, {"mappable": False}, {"bits": 16}, {"memory": {}}])
def test_what_the_kernel_does_not_tell_is_not_taken_for_black(
    card: Card, wall: Surface, change: dict[str, object]
) -> None:
    card.holds(3, BLACK)
    for name, value in change.items():
        setattr(card, name, value)
    with pytest.raises(OSError, match=r".+"):
        scanout.shows(wall)


def test_without_a_card_nobody_can_tell(wall: Surface, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanout, "_OPEN_FDS", tmp_path)
    with pytest.raises(OSError, match="no display is open"):
        scanout.shows(wall)
    # The folder does not even exist on a system other than Linux.
    monkeypatch.setattr(scanout, "_OPEN_FDS", tmp_path / "nowhere")
    with pytest.raises(OSError, match="no display is open"):
        scanout.shows(wall)


def test_looking_leaves_no_descriptor_and_no_mapping_open(card: Card, wall: Surface) -> None:
    def held() -> tuple[int, int]:
        # Count only this card's, because those of earlier tests may be closed meanwhile.
        links = [os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir()]
        return links.count(str(card.file)), Path("/proc/self/maps").read_text().count(str(card.file))

    card.holds(3, linear(wall))
    before = held()
    for _ in range(3):
        scanout.shows(wall)
    assert held() == before == (1, 0)
