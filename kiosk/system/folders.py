"""The folders in which programs keep a user's files."""

from __future__ import annotations

import os
from pathlib import Path


def user_folder(variable: str, below_home: str, system: str) -> Path:
    """Return the kiosk's folder within the folder that an XDG variable names, or else within `below_home`.

    For a user without a home folder, as in a container, it is within `system`.
    """
    try:
        return Path(os.environ.get(variable) or f"~/{below_home}").expanduser() / "kiosk"
    except RuntimeError:
        return Path(system) / "kiosk"
