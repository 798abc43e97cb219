"""What the machine's clocks say, and how far they can be trusted."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from kiosk.system.television import Wall

TIMESYNC = Path("/run/systemd/timesync")
"""systemd-timesyncd's folder; the file `synchronized` in it appears with the first answer of a time server."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clocks(NamedTuple):
    """All clocks at one moment.

    `wall_s` is the time of day in seconds since 1970, `wall_known` whether it may be believed. `boot_s` is seconds
    since power-on, the time asleep included; `boot_id` differs for each power-on ("" where the system has none).
    """

    wall_s: float
    wall_known: bool
    boot_s: float
    boot_id: str


def clocks() -> Clocks:
    """Read all clocks now."""
    try:
        boot_id = BOOT_ID.read_text().strip()
    except (OSError, ValueError):
        boot_id = ""
    return Clocks(time.time(), wall_known(), _boot_s(), boot_id)


def wall_known(timesync: Path = TIMESYNC) -> bool:
    """Return whether the time of day is right.

    A Pi has no battery for its clock: after power-on it is hours off until a time server has answered. Where
    systemd-timesyncd does not run, something else keeps the time.
    """
    # These say no where a Path would raise, for want of permission.
    return not os.path.isdir(timesync) or os.path.exists(timesync / "synchronized")  # noqa: PTH110, PTH112


def wall_clock(timesync: Path = TIMESYNC) -> str | None:
    """Return the time of day as "18:42", None while it may be wrong."""
    return time.strftime("%H:%M") if wall_known(timesync) else None


def _boot_s() -> float:
    # macOS has no such clock; there the one that never steps is near enough.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def local_time() -> Wall | None:
    """Return the local weekday and minute, None while they may be wrong."""
    if not wall_known():
        return None
    now = time.localtime()
    return Wall(now.tm_wday, now.tm_hour * 60 + now.tm_min)
