"""Stills of figures for the page. Each is drawn once, and kept until the figure's file changes."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kiosk.config.figures import shipped_figures
from kiosk.config_files import LARGEST_FILE, SUFFIXES
from kiosk.editor.child import Child
from kiosk.editor.errors import Missing
from kiosk.editor.preview import Line

MOST_KEPT = 400
"""Number of stills that are kept: those of twice as many figures as there are, from both sides."""
VERSION = b"1"
"""To be changed together with how figures are drawn."""


class Stills(NamedTuple):
    """The stills of the figures that the exercises in a config folder may show, kept in the folder `kept`."""

    folder: Path
    kept: Path
    drawing: Child
    line: Line

    def get(self, name: str, side: str | None) -> bytes:
        """Return a still as a PNG file. Raises Missing, ChildError or BusyError."""
        file, digest = self._file(name)
        path = self.kept / f"{digest}{f'-{side}' if side else ''}.png"
        with suppress(OSError):
            return path.read_bytes()
        request = {"do": "still", "file": str(file), "side": side}
        content = self.line.after_others(lambda: self.drawing.ask(request))[1]
        self._keep(path, content)
        return content

    def _file(self, name: str) -> tuple[Path, str]:
        """Return the file of a figure, and what changes with its content. Raises Missing."""
        own = (self.folder / "figures" / f"{name}{suffix}" for suffix in SUFFIXES)
        shipped = shipped_figures().get(name)
        for path in (*own, *([shipped.path] if shipped else [])):
            with suppress(OSError), path.open("rb") as file:
                return path, sha256(VERSION + file.read(LARGEST_FILE)).hexdigest()
        raise Missing("There is no such figure.")

    def _keep(self, path: Path, content: bytes) -> None:
        """Keep a still, unless the disk is full or read-only."""
        new = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept = sorted(self.kept.iterdir(), key=lambda one: one.stat().st_mtime)
            for old in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
                old.unlink(missing_ok=True)
            new.write_bytes(content)
            new.replace(path)
