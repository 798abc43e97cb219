"""Draws an own picture for one box: the content of a file with its frames, each a JPEG as large as it is shown.

The content is a line of JSON, then the frames. A frame of a photo that is seen half a screen wide has 100 kB; a layer
of a figure, which is packed without loss, would take ten times as much of a photo.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from io import BytesIO
from typing import cast

import pygame

from kiosk.colour import Colour
from kiosk.picture.decode import decoded, fitted, place_of
from kiosk.picture.files import OwnPicture


def draw_frames(
    picture: OwnPicture, box_px: tuple[int, int], ground: Colour, numbers: Sequence[int]
) -> Generator[None, None, bytes]:
    """Draw some frames of a picture, counted from 0, and return the content. Yield after each. Raises ValueError.

    `ground` is seen where a picture is transparent.
    """
    taken, place = place_of(picture.shape, box_px)
    frames = []
    for number in numbers:
        frame = BytesIO()
        pygame.image.save(fitted(decoded(picture.files[number]), place.size, ground), frame, ".jpg")
        frames.append(frame.getvalue())
        yield
    about = {
        "whole": len(numbers) == len(picture.files),
        "numbers": list(numbers),
        "taken": tuple(taken),
        "place": tuple(place),
        "lengths": [len(frame) for frame in frames],
    }
    return json.dumps(about).encode() + b"\n" + b"".join(frames)


def draw_at_once(picture: OwnPicture, box_px: tuple[int, int], ground: Colour, numbers: Sequence[int]) -> bytes:
    """Return the content with some frames of a picture. Raises ValueError."""
    drawing = draw_frames(picture, box_px, ground, numbers)
    while True:
        try:
            next(drawing)
        except StopIteration as done:
            return cast(bytes, done.value)
