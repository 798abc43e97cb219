"""Where a user's programs keep their files."""

from __future__ import annotations

import os
from pathlib import Path


def user_folder(variable: str, below_home: str, system: str) -> Path:
    """Return the kiosk's folder in the one that an XDG variable names, else in one below the home folder.

    A user without a home, as in a container, gets the system's folder.
    """
    try:
        return Path(os.environ.get(variable) or f"~/{below_home}").expanduser() / "kiosk"
    except RuntimeError:
        return Path(system) / "kiosk"
