"""The names and the size of the files of a config folder, for whoever reads, watches or copies them.

Root copies them from a stick with the standard library only, so this is no part of `kiosk.config`.
"""

from __future__ import annotations

SETTINGS_FILES = ("kiosk.yaml", "kiosk.yml")
SUB_FOLDERS = ("circuits", "exercises", "figures")
SUFFIXES = (".yaml", ".yml")
LARGEST_FILE = 100_000
"""Maximum size of a file, in bytes. A config file has a few thousand. Parsing a larger file takes a Pi seconds."""
