"""The packages that only the page needs, and what to do where they are missing."""

from __future__ import annotations

from importlib.util import find_spec

APT = {
    "bottle": "python3-bottle",
    "waitress": "python3-waitress",
    "segno": "python3-segno",
}
"""The modules, each with Debian's package."""


def missing() -> list[str]:
    """Return the modules that are not there."""
    return [module for module in APT if not _found(module)]


def what_to_do(modules: list[str]) -> str:
    """Return what installs these modules, as a sentence without its end."""
    packages = " ".join(APT[module] for module in modules)
    return f'type "sudo apt install {packages}", or in a virtual environment "pip install \'gym-wall-kiosk[editor]\'"'


def _found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
