"""The mode of the screen in the kernel's command line."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from kiosk.setup.record import Record

FILES = (Path("/boot/firmware/cmdline.txt"), Path("/boot/cmdline.txt"))
VIDEO = "video=HDMI-A-1:1920x1080@60D"
"""Makes the first socket "connected" whether or not a television answers at power-on, and keeps a 4K one at 1080p."""
KIND = "cmdline"


def set_mode(record: Record, files: Sequence[Path] | None = None) -> tuple[str, bool]:
    """Add the mode to the command line unless one is there. Return what to say, and whether it takes a restart."""
    file = next((file for file in files or FILES if _is_command_line(file)), None)
    if file is None:
        return "Screen: no cmdline.txt found; the television chooses the mode", False
    text = _read(file)
    if re.search(r"(^|\s)video=HDMI-A-1:", text):
        return f"Screen: the mode is set in {file} already", False
    before = _before(file)
    if not before.exists():
        shutil.copyfile(file, before)
    record.add(KIND, str(file))
    _replace(file, f"{text.strip()} {VIDEO}\n")
    return f"Screen: {VIDEO} in {file} (before: {before})", True


def restore_mode(record: Record) -> list[str]:
    """Take the mode out of the command line again, if `set_mode` has added it; return what to say."""
    said = []
    for file in map(Path, record.values(KIND)):
        if not file.is_file():
            continue
        text = _read(file)
        if f" {VIDEO}" in text:
            _replace(file, text.replace(f" {VIDEO}", ""))
            said.append(f"Screen: {file} is as it was before")
        _before(file).unlink(missing_ok=True)
    record.remove(KIND)
    return said


def _is_command_line(file: Path) -> bool:
    """Return whether a file is one line with the kernel's root. Newer systems leave a note at the old place."""
    if not file.is_file():
        return False
    lines = [line for line in _read(file).splitlines() if line]
    return len(lines) == 1 and "root=" in lines[0]


def _read(file: Path) -> str:
    return file.read_text(errors="surrogateescape")


def _before(file: Path) -> Path:
    return file.with_name(f"{file.name}.before-kiosk")


def _replace(file: Path, text: str) -> None:
    """Replace a file so that a power cut leaves the old one or the new one: without it the Pi would not start."""
    new = file.with_name(f"{file.name}.new")
    with new.open("w", errors="surrogateescape") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
