"""The two files by which a wall and its page know of each other, in a folder of a benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.editor.status import Status, told


@dataclass(frozen=True)
class Files:
    """The two files by which a wall and the page know of each other."""

    folder: Path

    @property
    def asked(self) -> Path:
        return self.folder / "page"

    @property
    def status(self) -> Path:
        return self.folder / "status.json"

    def said(self) -> Status | None:
        return told(self.status)
