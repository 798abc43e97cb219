"""The folders in which the kiosk keeps its files."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_folder(variable: str, below_home: str, system: str) -> Path:
    """Return the kiosk's folder within the folder that an XDG variable names, or else within `below_home`.

    For a user without a home folder, as in a container, return the kiosk's folder within `system`.
    """
    try:
        return Path(os.environ.get(variable) or f"~/{below_home}").expanduser() / "kiosk"
    except RuntimeError:
        return Path(system) / "kiosk"


def cache_folder() -> Path:
    """Return the folder that keeps drawn figures between starts, as systemd or the desktop defines it."""
    given = os.environ.get("CACHE_DIRECTORY")
    if given:
        return Path(given)
    below_home = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return user_folder("XDG_CACHE_HOME", below_home, "/var/cache")


def memory_folder() -> Path | None:
    """Return a private folder in memory, which a full disk does not affect; None if there is none."""
    for variable in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"):
        # systemd may name several folders, separated by colons.
        given = os.environ.get(variable, "").split(":")[0]
        if given and os.access(given, os.W_OK):
            return Path(given)
    return None
