"""What the routes work with: the page's parts, made once at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from kiosk.editor.child import Child
from kiosk.editor.gate import Gate
from kiosk.editor.life import Life
from kiosk.editor.page_files import PageFile, page_files
from kiosk.editor.preview import Line
from kiosk.editor.stills import Stills
from kiosk.editor.store import Store

WARM_S = 60.0
"""Time for which the process that draws stays without being asked."""
MOST_REMOTE = 3
"""Requests that may wait for the wall at the same time: a hold takes some seconds."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """The parts of the page. `folder` is the config folder, `state` one for what is kept beside it.

    `at_wall` says that it was opened at the wall.
    """

    gate: Gate
    life: Life
    store: Store
    folder: Path
    state: Path
    port: int
    at_wall: bool
    line: Line = field(default_factory=Line)
    drawing: Child = field(default_factory=lambda: Child("kiosk.editor.drawing", str(WARM_S)))
    files: dict[str, PageFile] = field(default_factory=page_files)
    remote: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_REMOTE))

    @property
    def stills(self) -> Stills:
        """The stills of figures."""
        return Stills(self.folder, self.state / "stills", self.drawing, self.line)

    def close(self) -> None:
        """End the process that draws."""
        self.drawing.close()
