"""The names and the size of the files of a config folder, for whoever reads, watches or copies them.

Root copies them from a stick with the standard library only, so this is no part of `kiosk.config`.
"""

from __future__ import annotations

SETTINGS_FILES = ("kiosk.yaml", "kiosk.yml")
PICTURES = "pictures"
SUB_FOLDERS = ("circuits", "exercises", "figures", PICTURES)
SUFFIXES = (".yaml", ".yml")
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")
"""Suffixes of the files in PICTURES. Cameras write them in capital letters."""
LARGEST_FILE = 100_000
"""Maximum size of a file, in bytes. A config file has a few thousand. Parsing a larger file takes a Pi seconds."""
LARGEST_PICTURE = 8_000_000
"""Maximum size of a file in PICTURES, in bytes. A telephone's photo has a few million."""


def largest(name: str) -> int:
    """Return the maximum size of a file with this name, such as "pictures/swing.jpg"."""
    return LARGEST_PICTURE if name.startswith(f"{PICTURES}/") else LARGEST_FILE


def suffixes_in(sub_folder: str) -> tuple[str, ...]:
    """Return the suffixes, in small letters, of the files that are read in one of SUB_FOLDERS."""
    return PICTURE_SUFFIXES if sub_folder == PICTURES else SUFFIXES
