"""Decodes the gym's own pictures, and fits them into a box. A telephone's photo takes 70 MB for a moment."""

from __future__ import annotations

import os
from io import BytesIO

import pygame
from pygame import Rect, Surface

from kiosk.picture.files import PictureFile, opened
from kiosk.picture.header import header_of

DARKENED = 0.14
"""How much darker a picture is shown, as a part, so that none outshines the clock."""
MOST_SCANS = 1000
"""Maximum number of scans of a JPEG. An ordinary one has a dozen at most, and metadata may look like some."""
_SCAN = b"\xff\xda"
_TURNS = {3: 180, 4: 180, 5: 90, 6: -90, 7: -90, 8: 90}
"""How far a picture is turned, against the clock, for each Exif orientation; 2, 4, 5 and 7 are mirrored before that."""


class ChangedError(ValueError):
    """The error for a file that is not the one that was there when the config was read."""


def decoded(file: PictureFile) -> Surface:
    """Return the picture as it is meant to be seen. Raises ValueError, in plain words, if there is none."""
    try:
        with opened(file.path) as there:
            about = os.fstat(there.fileno())
            if (about.st_size, about.st_mtime_ns) != (file.size, file.changed_ns):
                raise ChangedError(f"{file.path.name} has changed")
            content = there.read(file.size)
        orientation = header_of(BytesIO(content)).orientation
        picture = pixels(content, file.path.name)
    except (OSError, pygame.error) as error:
        raise ValueError(f"{file.path.name} cannot be decoded ({error})") from error
    return upright(picture, orientation)


def pixels(content: bytes, name: str = "picture") -> Surface:
    """Return the pixels of a JPEG or PNG as they are in the file. Raises pygame.error."""
    # A JPEG may paint the same pixels over and over: decoding such a file of 8 MB takes minutes.
    if content.count(_SCAN) > MOST_SCANS:
        raise pygame.error("it has too many scans")
    return pygame.image.load(BytesIO(content), name)


def upright(picture: Surface, orientation: int) -> Surface:
    """Return a picture as it is meant to be seen, from its pixels and its Exif orientation."""
    if orientation in (2, 4, 5, 7):
        picture = pygame.transform.flip(picture, True, False)
    turn = _TURNS.get(orientation, 0)
    return pygame.transform.rotate(picture, turn) if turn else picture


def place_of(shape: float, box_px: tuple[int, int]) -> tuple[Rect, Rect]:
    """Return the rectangle in a box that a picture of this width over height takes, and the part of it that shows it.

    A picture that is not taller than wide fills a rectangle, from its own middle. A taller one is fitted into that. The
    rectangle is the box, or its middle if the box is taller than wide, because of a wide picture little would be left.
    """
    width, height = box_px
    taken = Rect(0, 0, width, min(height, width))
    taken.top = (height - taken.height) // 2
    if shape >= 1:
        return taken, taken
    fitted = Rect(0, 0, max(1, min(width, round(taken.height * shape))), taken.height)
    fitted.center = taken.center
    return taken, fitted


def fitted(picture: Surface, size: tuple[int, int], ground: tuple[int, int, int]) -> Surface:
    """Return the middle of a picture in a size, darkened. `ground` is seen where the picture is transparent."""
    whole = picture.get_rect()
    times = min(whole.width / size[0], whole.height / size[1])
    part = Rect(0, 0, max(1, round(size[0] * times)), max(1, round(size[1] * times))).clip(whole)
    part.center = whole.center
    part.clamp_ip(whole)
    # Scaling needs 24 or 32 bits, and a PNG may have a palette.
    plain = Surface(part.size, 0, 32)
    plain.fill(ground)
    plain.blit(picture, (0, 0), part)
    scaled = pygame.transform.smoothscale(plain, size)
    level = round(255 * (1 - DARKENED))
    scaled.fill((level, level, level), special_flags=pygame.BLEND_RGB_MULT)
    return scaled
