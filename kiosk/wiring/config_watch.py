"""The config folder, watched while the kiosk runs: a mended or changed file is taken over by itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol

from kiosk import __version__, config
from kiosk.app import App
from kiosk.errors import ConfigError
from kiosk.faults import error_view
from kiosk.session import Phase, Rules, Session
from kiosk.system.clock import wall_clock
from kiosk.timeline import Timeline

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 2.0
BADGE = "config"

Stamp = tuple[tuple[str, int, int], ...]


class Configured(Protocol):
    """A part that can take over settings while it runs."""

    def reconfigure(self, app: App, settings: config.Settings) -> None: ...


@dataclass(slots=True)
class _Reading:
    """The folder being read by a thread of its own: a small Pi takes seconds, and a cue must not wait for it."""

    stamp: Stamp
    result: config.Library | ConfigError | None = None


class ConfigWatch:
    """A chore. A running circuit is never touched: what changed is taken over on the start screen, errors as well."""

    def __init__(self, folder: Path, parts: Sequence[Configured], fault: ConfigError | None = None) -> None:
        self._folder = folder
        self._parts = parts
        self._stamp = stamp(folder)
        self._reading: _Reading | None = None
        self._waiting: config.Library | ConfigError | None = fault
        self._look_s = 0.0

    def turn(self, app: App, now_s: float) -> None:
        if self._reading is not None and self._reading.result is not None:
            self._waiting, self._stamp = self._reading.result, self._reading.stamp
            self._reading = None
            self._announce(app)
        if self._waiting is not None and app.session.phase is Phase.IDLE and app.session.down_s is None:
            self._take_over(app, self._waiting)
            self._waiting = None
        if self._reading is None and now_s >= self._look_s:
            self._look_s = now_s + LOOK_EVERY_S
            if (now := stamp(self._folder)) != self._stamp:
                self._reading = _Reading(now)
                Thread(target=_read, args=(self._folder, self._reading), daemon=True).start()

    def close(self) -> None:
        """Nothing to close: a reading that is under way ends by itself."""

    def _announce(self, app: App) -> None:
        if isinstance(self._waiting, ConfigError):
            log.error("the changed config cannot be used:\n%s", self._waiting)
            app.badge(BADGE, "Config has an error")
        else:
            app.badge(BADGE, "Changes wait for the end")

    def _take_over(self, app: App, read: config.Library | ConfigError) -> None:
        app.badge(BADGE, None)
        if isinstance(read, ConfigError):
            app.fault = error_view(read, _footer())
            app.redraw()
            return
        log.info("the changed config is used from now on")
        settings = read.settings
        app.fault = None
        app.session = start_screen(read, app.session.now_s)
        for part in self._parts:
            part.reconfigure(app, settings)


def _footer() -> str:
    """Return what helps to find the machine and the moment, and what a member can do meanwhile."""
    since = f"since {clock}" if (clock := wall_clock()) else "just now"
    return f"kiosk {__version__}  ·  {os.uname().nodename}  ·  {since}  ·  the button starts the last good circuit"


def start_screen(library: config.Library, now_s: float, chosen: int = 0) -> Session:
    """Return the start screen of what was read, by its own rules."""
    settings = library.settings
    rules = Rules(settings.button.hold_s, settings.screen.dim_after_s, settings.pause_limit_s)
    return Session.start_screen(timelines_of(library), now_s, rules, chosen)


def timelines_of(library: config.Library) -> tuple[Timeline, ...]:
    return tuple(Timeline.of(circuit) for circuit in library.circuits)


def stamp(folder: Path) -> Stamp:
    """Return what changes when a file of the folder does: names, sizes, times. Files that come and go do no harm."""
    found = []
    for path in sorted(folder.rglob("*.y*ml")):
        try:
            about = path.stat()
        except OSError:
            continue
        found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)


def _read(folder: Path, reading: _Reading) -> None:
    try:
        reading.result = config.load(folder)
    except ConfigError as error:
        reading.result = error
