"""Verifies that the television shows the window's picture, and asks for a new window if the picture is missing."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.app import App
from kiosk.session import Phase
from kiosk.system.graphics import NO_PICTURE, NO_PICTURE_TO_DO

log = logging.getLogger("kiosk")

LOOKS = 3
"""Number of looks in a row that must find no picture, because a single look may come while the wall changes."""
REOPENED_AFTER_S = (10.0, 60.0)
"""Times without a picture after which the window is reopened. A driver that was not ready when the Pi started may be
ready by then. After two attempts, a third would not help."""
BADGE = "No picture on the screen"


class Arrival:
    """A check that the picture of the current window is on the television. Call `begin` for each new window."""

    def __init__(self) -> None:
        self._looks = 0
        self._missing_s: float | None = None
        self._reopened = 0

    def begin(self) -> None:
        """Start the check again for a new window."""
        self._looks, self._missing_s = 0, None

    def turn(self, app: App, now_s: float, look: Callable[[], bool | None]) -> bool:
        """Look again if the result is not known yet. Return whether the window should be reopened.

        `look` returns whether the display shows the wall, or None while the wall itself is dark. Call `turn` once a
        second, because the display is a frame behind the wall.
        """
        if self._looks < LOOKS:
            self._look(app, now_s, look)
        # Opening a window takes so long that a cue would be late, so this waits for the start screen.
        if self._missing_s is None or app.session.phase is not Phase.IDLE:
            return False
        pauses_s = REOPENED_AFTER_S[self._reopened :]
        if not pauses_s or now_s < self._missing_s + pauses_s[0]:
            return False
        self._reopened += 1
        log.info("reopening the window (%d of %d)", self._reopened, len(REOPENED_AFTER_S))
        return True

    def _look(self, app: App, now_s: float, look: Callable[[], bool | None]) -> None:
        why = ""
        try:
            shown = look()
        except (OSError, ValueError) as error:
            # Some drivers do not tell what is shown. This is not a fault, so there is no badge.
            shown, why = False, str(error)
        if shown is None:
            return
        self._looks = LOOKS if shown else self._looks + 1
        if self._looks == LOOKS:
            self._say(app, shown, why)
            self._missing_s = None if shown or why else now_s

    def _say(self, app: App, shown: bool, why: str) -> None:
        if shown:
            log.info("display: the picture is on the screen")
            self._reopened = 0
        elif why:
            log.info("display: the picture may be on the screen, the kernel does not tell: %s", why)
        else:
            log.error("%s; a package may be missing: %s; sudo kiosk doctor tells more", NO_PICTURE, NO_PICTURE_TO_DO)
        app.badge("picture", None if shown or why else BADGE)
