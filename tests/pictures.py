"""A gym's own pictures for tests: photos and clips, drawn here, since no photo of anybody is kept in the repository."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from random import Random

import pygame
from pygame import Rect, Surface

WALL, FLOOR, WINDOW, BELL = (128, 116, 104), (70, 62, 58), (188, 178, 158), (24, 24, 28)


def photo(size: tuple[int, int] = (640, 360), at: float = 0.5, seed: int | None = None) -> Surface:
    """Return a photo of a room with two windows and a bell, `at` (0 to 1) on its way from the left to the right.

    With a `seed` the room is as full of things as a gym, which a JPEG has to describe.
    """
    width, height = size
    surface = Surface(size, 0, 24)
    surface.fill(WALL)
    surface.fill(FLOOR, (0, round(0.7 * height), width, height))
    for left in (0.1, 0.6):
        surface.fill(WINDOW, (round(left * width), round(0.1 * height), round(0.25 * width), round(0.3 * height)))
    if seed is not None:
        chance = Random(seed)
        for _ in range(400):
            colour, place = chance.choices(range(230), k=3), (chance.randrange(width), chance.randrange(height))
            pygame.draw.circle(surface, colour, place, chance.uniform(0.004, 0.04) * width)
    radius = 0.18 * min(size)
    pygame.draw.circle(surface, BELL, (round((0.2 + 0.6 * at) * width), round(0.72 * height)), radius)
    return surface


def content(surface: Surface, suffix: str = ".jpg") -> bytes:
    """Return the content of a file with this picture."""
    file = BytesIO()
    pygame.image.save(surface, file, suffix)
    return file.getvalue()


def put_photo(
    folder: Path, name: str, size: tuple[int, int] = (640, 360), at: float = 0.5, seed: int | None = None
) -> Path:
    """Write a photo into the folder `pictures` of a config folder. `name` has its suffix."""
    path = folder / "pictures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content(photo(size, at, seed), path.suffix.lower()))
    return path


def put_clip(
    folder: Path, name: str, count: int = 4, size: tuple[int, int] = (160, 90), seed: int | None = None
) -> list[Path]:
    """Write the frames of a clip, in which the bell goes to the right."""
    return [put_photo(folder, f"{name}-{number + 1:02}.jpg", size, number / count, seed) for number in range(count)]


def with_exif(jpeg: bytes, orientation: int, order: str = "<") -> bytes:
    """Return a JPEG that says how the telephone was held."""
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    about = struct.pack(f"{order}IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0" + mark + about
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def colour_at(surface: Surface, x: float, y: float) -> tuple[int, int, int]:
    """Return the mean colour around a place, given in parts of the width and height."""
    area = Rect(0, 0, 5, 5)
    area.center = round(x * surface.get_width()), round(y * surface.get_height())
    red, green, blue, _ = pygame.transform.average_color(surface, area.clip(surface.get_rect()))
    return red, green, blue


def alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Return whether two colours are the same, but for what a JPEG loses."""
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))
