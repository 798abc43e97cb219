"""The video connectors of the machine, as the kernel lists them: whether a television is connected, and its modes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

DRM = Path("/sys/class/drm")
"""The folder in which the kernel lists the connectors."""


def is_connected(drm: Path) -> bool:
    """Return whether a television is connected; True if the kernel does not tell."""
    states = [state for _, state in _connectors(drm)]
    return "connected" in states if states else True


def offer(drm: Path, size: tuple[int, int]) -> bool:
    """Return whether a television offers a mode of this size; True if the kernel lists no modes."""
    offered = modes(drm)
    return not offered or f"{size[0]}x{size[1]}" in offered


def modes(drm: Path) -> frozenset[str]:
    """Return the modes of the connected televisions, such as "1920x1080"."""
    found: set[str] = set()
    for connector, state in _connectors(drm):
        if state == "connected":
            with suppress(OSError):
                found.update(line.rstrip("i") for line in (connector / "modes").read_text().split())
    return frozenset(found)


def _connectors(drm: Path) -> list[tuple[Path, str]]:
    """Return the folder and the state of each connector that the kernel knows."""
    found = []
    # A connector, or its whole driver, may vanish while the files are read.
    with suppress(OSError):
        for path in drm.glob("card*-*/status"):
            with suppress(OSError):
                found.append((path.parent, path.read_text().strip()))
    return found
