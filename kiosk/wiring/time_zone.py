"""Follows the system's time zone while the kiosk runs."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from kiosk.app import App

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 2.0
LOCALTIME = Path("/etc/localtime")
"""File of the system's time zone, which is a link to the zone's rules or a copy of the rules."""


class TimeZone:
    """A background task that makes the C library read a changed time zone. By itself, the library reads it only once.

    The clock and the opening hours then use the new zone. If $TZ is set, it takes precedence as usual.
    """

    def __init__(self, file: Path = LOCALTIME) -> None:
        self._file = file
        self._stamp = _stamp(file)
        self._look_s = 0.0

    def turn(self, app: App, now_s: float) -> None:
        if now_s < self._look_s:
            return
        self._look_s = now_s + LOOK_EVERY_S
        if (stamp := _stamp(self._file)) != self._stamp:
            self._stamp = stamp
            time.tzset()
            log.info("time zone: %s", time.strftime("%Z, UTC%z"))

    def close(self) -> None:
        """Do nothing."""


def _stamp(file: Path) -> tuple[int, ...] | None:
    """Return a value that changes if the file has another zone or the zone has new rules; None if there is no file."""
    try:
        about = file.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_mtime_ns, about.st_size
