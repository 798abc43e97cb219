"""The files that `kiosk show` writes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pygame

from kiosk.moments import ShowError


def check_picture(out: Path) -> None:
    """Raise ShowError if a picture cannot have this path."""
    if out.suffix.lower() != ".png":
        raise ShowError(f"{out}: pictures are PNG files; use a name that ends in .png")
    if not out.parent.is_dir():
        raise ShowError(f"{out}: there is no folder {out.parent}; create it first")


def check_folder(folder: Path) -> None:
    """Create a folder for the frames of a film. Raises ShowError if it cannot be written or is not empty."""
    try:
        folder.mkdir(exist_ok=True)
        used = any(folder.iterdir())
    except OSError as error:
        raise ShowError(f"{folder}: the frames cannot be written here: {error.strerror}") from error
    if used:
        raise ShowError(f"{folder}: this folder is not empty; use an empty or a new one")


def write(surface: pygame.Surface, path: Path) -> None:
    """Write a picture to a PNG file. Raises ShowError."""
    # SDL does not write the file, because it cannot open paths that are not UTF-8 and does not say why writing fails.
    png = BytesIO()
    pygame.image.save(surface, png, ".png")
    try:
        path.write_bytes(png.getvalue())
    except OSError as error:
        raise ShowError(f"{path}: the picture cannot be written: {error.strerror}") from error
