"""Reports letters that no font can show, in the log and on the wall, because staff may not run `kiosk check`."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.app import QUIET_S, App
from kiosk.circuit import Circuit
from kiosk.errors import FontError
from kiosk.screen.fonts import Fonts
from kiosk.session import Phase, next_due_s
from kiosk.timeline import Timeline

log = logging.getLogger("kiosk")

AT_A_TIME = 8
"""Number of characters to look up in one turn. Each character takes a millisecond on a small Pi."""
BADGE = "Some letters cannot be shown"


class Letters:
    """A background task that looks up letters on the start screen, a few per turn, and again after a config reload."""

    def __init__(self, folder: Path) -> None:
        """Take the config folder, whose files the lines in the log name."""
        self._folder = folder
        self._timelines: tuple[Timeline, ...] = ()
        self._fonts: Fonts | None = None
        """Fonts for looking up letters, or None while there are no letters to look up."""
        self._left = self._lacking = ""
        self._said: set[str] = set()

    def turn(self, app: App, now_s: float) -> None:
        if app.session.timelines is self._timelines and self._fonts is None:
            return
        if app.session.phase is not Phase.IDLE or next_due_s(app.session) - now_s < QUIET_S:
            return
        if app.session.timelines is not self._timelines:
            self._begin(app.session.timelines)
        elif self._left:
            self._look_up()
        else:
            self._say(app)
            self._fonts = None

    def close(self) -> None:
        """Do nothing."""

    def _begin(self, timelines: tuple[Timeline, ...]) -> None:
        from kiosk.glyphs import doubtful

        self._timelines, self._fonts = timelines, Fonts()
        self._left, self._lacking = doubtful(self._circuits()), ""

    def _look_up(self) -> None:
        assert self._fonts is not None
        some, self._left = self._left[:AT_A_TIME], self._left[AT_A_TIME:]
        try:
            # Each character is looked up alone, because an accent might be taken as a part of the letter before it.
            self._lacking += "".join(self._fonts.missing_characters(one) for one in some)
        except FontError:
            # The window reports missing fonts as soon as there is a window.
            self._left = ""

    def _say(self, app: App) -> None:
        from kiosk.glyphs import lines_about

        lines = list(lines_about(self._circuits(), self._lacking, self._folder))
        for line in lines:
            if line not in self._said:
                log.warning(line)
        self._said.update(lines)
        app.badge("letters", BADGE if lines else None)

    def _circuits(self) -> list[Circuit]:
        return [timeline.circuit for timeline in self._timelines]
