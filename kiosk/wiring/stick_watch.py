"""Says on the wall what became of a USB stick, on the start screen. During a circuit a badge says that it waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.app import App
from kiosk.session import Phase, Session
from kiosk.stick import notices
from kiosk.stick.notices import News
from kiosk.system.clock import boot_s

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 0.5
OLD_S = 120.0
"""Age from which a notice is not shown by a kiosk that has just started. A younger one may be about the boot."""
PATIENCE_S = 20.0
"""Maximum time for which a notice waits until the changed files are in use."""
BADGE = "stick"
READING, WAITS = "Reading the stick", "Stick waits for the end"


class StickWatch:
    """A background task that shows the notices about sticks. A notice waits until the wall shows the taken files."""

    def __init__(
        self,
        up_to_date: Callable[[], bool],
        folder: Path = notices.FOLDER,
        clock: Callable[[], float] = boot_s,
    ) -> None:
        """Take a function that returns whether the wall shows what is in the config folder now."""
        self._up_to_date = up_to_date
        self._folder = folder
        self._clock = clock
        self._look_s = 0.0
        self._stamp: object = None
        self._shown_s = clock() - OLD_S
        """Time since the boot up to which notices are old."""
        self._news: News | None = None
        self._since_s = 0.0

    def turn(self, app: App, now_s: float) -> Session | None:
        if now_s >= self._look_s:
            self._look_s = now_s + LOOK_EVERY_S
            self._look(now_s)
        notice = None if self._news is None else self._news.notice
        if self._news is None:
            app.badge(BADGE, None)
        elif notice is None:
            app.badge(BADGE, READING)
        elif app.session.phase is not Phase.IDLE or app.session.down_s is not None:
            app.badge(BADGE, WAITS)
        elif self._up_to_date() or now_s >= self._since_s + PATIENCE_S:
            app.badge(BADGE, None)
            self._shown_s, self._news = self._news.at_s, None
            log.info("notice: %s", notice.headline)
            return app.session.noticing(notice)
        return None

    def close(self) -> None:
        """Do nothing."""

    def _look(self, now_s: float) -> None:
        """Read the file if it is another one than before."""
        try:
            about = (self._folder / notices.FILE).stat()
            stamp: object = (about.st_ino, about.st_mtime_ns)
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            news = notices.told(self._folder)
        except (OSError, ValueError) as error:
            log.warning("the notice about a stick cannot be read: %s", error)
            news = None
        if news is not None and news.at_s <= self._shown_s:
            news = None
        self._news, self._since_s = news, now_s
