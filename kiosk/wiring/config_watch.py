"""Watches the config folder while the kiosk runs, and reloads it when a file has changed."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol

from kiosk import __version__, config
from kiosk.app import App
from kiosk.config_files import SETTINGS_FILES, SUB_FOLDERS
from kiosk.errors import ConfigError
from kiosk.faults import error_view
from kiosk.session import Phase, Rules, Session
from kiosk.system.clock import wall_known
from kiosk.timeline import Timeline
from kiosk.wiring.phone import is_offered

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 2.0
BADGE = "config"

Stamp = tuple[tuple[object, ...], ...]


class Configured(Protocol):
    """A part that can take new settings while it runs."""

    def reconfigure(self, app: App, settings: config.Settings) -> None: ...


@dataclass(slots=True)
class _Reading:
    """One reading of the folder, in a thread because a small Pi takes seconds, and a cue must not wait for that."""

    stamp: Stamp
    result: config.Library | Exception | None = None


class ConfigWatch:
    """A background task that reloads the config. During a circuit, changes and errors wait for the start screen.

    A file that was written again with the same content changes nothing.
    """

    def __init__(
        self,
        folder: Path,
        library: config.Library,
        parts: Sequence[Configured],
        fault: ConfigError | None = None,
        use_figures: Callable[[App, config.Library], None] = lambda app, library: None,
    ) -> None:
        """Take the library in use. If this is not the folder's library, `fault` is the error in the folder.

        `use_figures` is called with each library that is taken over.
        """
        self._folder = folder
        self._parts = parts
        self._use_figures = use_figures
        self._stamp = stamp(folder)
        self._library = library
        self._fault: ConfigError | None = None
        self._fault_s = 0.0
        self._reading: _Reading | None = None
        self._waiting: config.Library | ConfigError | None = fault
        self._look_s = 0.0

    def turn(self, app: App, now_s: float) -> Session | None:
        session = None
        if self._reading is not None and self._reading.result is not None:
            reading, self._reading = self._reading, None
            self._note(app, reading)
        if self._waiting is not None and app.session.phase is Phase.IDLE and app.session.down_s is None:
            session = self._take_over(app, self._waiting)
            self._waiting = None
        if self._reading is None and now_s >= self._look_s:
            self._look_s = now_s + LOOK_EVERY_S
            if self._fault is not None:
                self._show_fault(app, self._fault, now_s - self._fault_s)
            if (now := stamp(self._folder)) != self._stamp:
                self._reading = _Reading(now)
                Thread(target=_read, args=(self._folder, self._reading), daemon=True).start()
        return session

    @property
    def up_to_date(self) -> bool:
        """Whether the wall shows what is in the folder now, be it a mistake."""
        return self._reading is None and self._waiting is None and stamp(self._folder) == self._stamp

    def close(self) -> None:
        """Do nothing: a reading that is under way ends by itself."""

    def _note(self, app: App, reading: _Reading) -> None:
        """Keep the result of a reading until the start screen, unless the result is already in use or shown."""
        read = reading.result
        if not isinstance(read, config.Library | ConfigError):
            assert read is not None
            # The stamp is not changed, so the folder is read again at the next look.
            raise read
        if isinstance(read, ConfigError) and stamp(self._folder) != reading.stamp:
            # Files are still being changed, for example renamed one by one. The next look reads the folder again.
            return
        self._stamp = reading.stamp
        if _same(read, self._fault or self._library):
            self._waiting = None
            app.badge(BADGE, None)
        elif not _same(read, self._waiting):
            self._waiting = read
            if isinstance(read, ConfigError):
                log.error("the changed config cannot be used:")
                for problem in read.problems:
                    log.error("%s", problem)
            app.badge(BADGE, "Config has an error" if isinstance(read, ConfigError) else "Changes wait for the end")

    def _show_fault(self, app: App, fault: ConfigError, age_s: float) -> None:
        """Show the error with the machine's name and the error's time. Both are looked up again, as they may change."""
        app.show_fault(error_view(fault, _footer(age_s)))

    def _take_over(self, app: App, read: config.Library | ConfigError) -> Session | None:
        """Use the result of a reading. Return the new session, or None to keep the current session."""
        app.badge(BADGE, None)
        if isinstance(read, ConfigError):
            self._fault, self._fault_s = read, app.session.now_s
            self._show_fault(app, read, 0.0)
            app.redraw()
            return None
        self._fault = None
        app.show_fault(None)
        session = None
        if read != self._library:
            now, before = app.session, self._library
            chosen, usual = (_kept(index, now, before, read) for index in (now.chosen, now.usual))
            session = start_screen(read, now.now_s, chosen, usual).telling(now.phone)
            for part in self._parts:
                part.reconfigure(app, read.settings)
            self._use_figures(app, read)
            self._library = read
        log.info("config reloaded")
        return session


def _same(read: config.Library | ConfigError, other: config.Library | ConfigError | None) -> bool:
    if isinstance(read, ConfigError):
        return isinstance(other, ConfigError) and read.problems == other.problems
    return read == other


def _kept(index: int, session: Session, before: config.Library, read: config.Library) -> int:
    """Return the index that a circuit of the session has in the newly read library.

    If the circuit is gone, or if kiosk.yaml now names another circuit, the result is the usual circuit's.
    """
    if read.settings.circuit != before.settings.circuit:
        return read.usual
    ids = [circuit.id for circuit in read.circuits]
    kept = session.timelines[index].circuit.id
    return ids.index(kept) if kept in ids else read.usual


def _footer(age_s: float) -> str:
    """Return the line below an error: version, machine's name, error's time, and what a member can do meanwhile."""
    parts = [f"kiosk {__version__}", os.uname().nodename]
    if wall_known():
        parts.append(time.strftime("since %H:%M", time.localtime(time.time() - age_s)))
    return "  ·  ".join([*parts, "the button starts the last good circuit"])


def start_screen(library: config.Library, now_s: float, chosen: int, usual: int | None = None) -> Session:
    """Return the start screen of a library, with the rules from its settings."""
    settings = library.settings
    skip_and_back = None not in (settings.button.skip_pin, settings.button.back_pin)
    rules = Rules(
        settings.button.hold_s,
        settings.screen.dim_after_s,
        settings.pause_limit_s,
        skip_and_back,
        phone=is_offered(settings),
    )
    return Session.start_screen(timelines_of(library), now_s, rules, chosen, usual)


def timelines_of(library: config.Library) -> tuple[Timeline, ...]:
    return tuple(Timeline.of(circuit) for circuit in library.circuits)


def stamp(folder: Path) -> Stamp:
    """Return a value that changes whenever `config.load` may give another result. Other files are ignored.

    Links are followed. Identity, mode and owner count for files and folders; times and size count only for files.
    """
    found = [_about(folder, content=False)]
    found += [_about(folder / name) for name in SETTINGS_FILES]
    for sub_folder in (folder / name for name in SUB_FOLDERS):
        found.append(_about(sub_folder, content=False))
        try:
            # Clips may be hundreds of files, and a Path of each would take longer than to look at them.
            with os.scandir(sub_folder) as entries:
                # Hidden files and editors' backups are ignored.
                files = [one for one in entries if not one.name.startswith(".") and not one.name.endswith("~")]
        except OSError:
            continue
        found += [_about(file) for file in sorted(files, key=lambda one: one.name)]
    return tuple(found)


def _about(file: Path | os.DirEntry[str], *, content: bool = True) -> tuple[object, ...]:
    """Return the path, and its file's or folder's identity, mode and owner; with `content` also times and size."""
    path = os.fspath(file)
    try:
        about = file.stat()
    except OSError as error:
        return path, error.errno
    known = (path, about.st_dev, about.st_ino, about.st_mode, about.st_uid, about.st_gid)
    # A change of the mode or the owner changes only the ctime.
    return (*known, about.st_mtime_ns, about.st_ctime_ns, about.st_size) if content else known


def _read(folder: Path, reading: _Reading) -> None:
    try:
        reading.result = config.load(folder)
    except Exception as error:
        reading.result = error
