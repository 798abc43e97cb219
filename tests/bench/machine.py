"""A description of the machine that runs the benchmark, and the tools that the benchmark needs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

PACKAGES = {"Xvfb": "xvfb", "chromium": "chromium", "valgrind": "valgrind"}
"""Tools that the benchmark needs, each with the Debian package that contains it."""


def missing() -> dict[str, str]:
    """Return the tools that are not installed, each with its Debian package."""
    return {tool: package for tool, package in PACKAGES.items() if shutil.which(tool) is None}


def describe() -> str:
    """Return one line that describes the machine and its load before the first run."""
    import pygame

    cores, memory_gb = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    parts = [
        f"{cores} x {_processor()}",
        f"{memory_gb:.0f} GB",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"pygame {pygame.version.ver}",
    ]
    if shutil.which("chromium"):
        version = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=False).stdout
        parts.append(" ".join(version.split()[:2]))
    return ", ".join(parts) + f"; load before the first run {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    model = Path("/proc/device-tree/model")
    if model.exists():
        return model.read_text().rstrip("\0")
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
