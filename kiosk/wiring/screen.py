"""Opens the window when a television is connected, and closes the window when the television is unplugged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from kiosk import config
from kiosk.app import App, Urgent
from kiosk.display import connectors
from kiosk.display.window import Window
from kiosk.errors import DisplayError, DisplayLostError
from kiosk.figure.files import FigureFile, FigureFiles
from kiosk.picture.files import OwnPicture
from kiosk.screen.compositor import Compositor
from kiosk.screen.figures import Figures, LateFigures
from kiosk.session import Command, next_due_s
from kiosk.system.folders import cache_folder, memory_folder
from kiosk.view import Moment
from kiosk.wiring.arrival import Arrival

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 1.0
SIZE_EVERY_S = 5.0
"""Interval between looks at the display's resolution. Each look waits for an answer from the X server."""
QUIET_S = 5.0
"""Minimum time until the next cue that must be left to reopen a working window."""
OPENING_S = 60.0
"""Maximum time to open a window just after power-on. The graphics driver alone is 100 MB to read from the SD card."""


class Screen:
    """Input, display and background task in one. A new television restarts SDL, which finds one only when SDL starts.

    Without a television, the circuit goes on and `show` shows nothing.
    """

    def __init__(
        self,
        quit_: Callable[[str], None],
        speakers_gone: Callable[[], None] = lambda: None,
        *,
        size: tuple[int, int] | None,
        full_screen: bool,
        rotate: int = 0,
        figures: Mapping[str, FigureFile] = MappingProxyType({}),
        pictures: Mapping[str, OwnPicture] = MappingProxyType({}),
        patient_for: Callable[[float], None] = lambda seconds: None,
        drm: Path = connectors.DRM,
    ) -> None:
        """Take functions to call. `quit_` is called when the window is closed, `speakers_gone` when SDL has lost the
        loudspeakers, and `patient_for` before a window is opened, with the maximum number of seconds that this takes.
        """
        self._quit = quit_
        self._speakers_gone = speakers_gone
        self._patient_for = patient_for
        self._size = size
        self._full_screen = full_screen
        self._rotate = rotate
        self._drm = drm
        self._window: Window | None = None
        self._arrival = Arrival()
        self._look_s = 0.0
        self._size_s = 0.0
        self._opened_for: object = None
        """Sizes and modes of the display when the window was last reopened because of its size."""
        self._figures = figures
        self._pictures = pictures

    def open(self) -> None:
        """Open the window. Raises DisplayError if there is no display, FontError if there are no fonts."""
        self._patient_for(OPENING_S)
        self._window = Window(
            lambda surface: Compositor(surface, LateFigures(self._open_figures)),
            self._quit,
            self._speakers_gone,
            size=self._size,
            full_screen=self._full_screen,
            rotate=self._rotate,
        )
        self._arrival.begin()

    def _open_figures(self) -> Figures:
        from kiosk.screen.figure import FigureFrames

        figures = FigureFiles(self._figures, lambda error: log.error("%s", error))
        pictures = self._pictures.values()
        return FigureFrames(figures, cache_folder(), pictures=pictures, memory_dir=memory_folder())

    def fds(self) -> Sequence[int]:
        return self._window.fds() if self._window else ()

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        return self._window.read(now_s) if self._window else ()

    def show(self, moment: Moment, now_s: float) -> float:
        if self._window is None:
            return LOOK_EVERY_S
        try:
            return self._window.show(moment, now_s)
        except DisplayLostError:
            raise
        except DisplayError as error:
            self._lose(str(error))
            return LOOK_EVERY_S

    def prepare(self, urgent: Urgent) -> None:
        if self._window is not None:
            self._window.prepare(urgent)

    def warm_up(self, moments: Iterator[Moment]) -> None:
        if self._window is not None:
            self._window.warm_up(moments)

    def turn(self, app: App, now_s: float) -> None:
        """Open, close or reopen the window if a television was plugged in or unplugged, if the picture does not arrive
        on the television, or if the display's resolution has changed.
        """
        if now_s < self._look_s:
            return
        self._look_s = now_s + LOOK_EVERY_S
        if self._window is None:
            if connectors.is_connected(self._drm):
                self._try_again(app)
        elif self._window.direct and not connectors.is_connected(self._drm):
            self._lose("the television is unplugged")
        elif self._missing(app, now_s) or self._outgrown(app, now_s):
            self.close()
            self._try_again(app)
        refused = self._window.refused if self._window else None
        app.badge("size", f"Screen has no {refused[0]}x{refused[1]}" if refused else None)

    def reconfigure(self, app: App, settings: config.Settings) -> None:
        """Turn the picture, and use another resolution in full screen.

        A window on a desktop keeps the size that it was started with.
        """
        size = settings.screen.size if self._full_screen else self._size
        if (size, settings.screen.rotate) != (self._size, self._rotate):
            self._size, self._rotate = size, settings.screen.rotate
            if self._window is not None:
                self.close()
                self._try_again(app)

    def use_figures(self, app: App, library: config.Library) -> None:
        """Show the figures and pictures of a library from now on. Other ones are drawn anew, so reopen the window."""
        if (library.figures, library.pictures) != (self._figures, self._pictures):
            self._figures, self._pictures = library.figures, library.pictures
            if self._window is not None:
                self.close()
                self._try_again(app)

    def close(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window = None

    def _lose(self, why: str) -> None:
        log.warning("%s: the circuit goes on without a picture", why)
        self.close()

    def _try_again(self, app: App) -> None:
        try:
            self.open()
        except DisplayError as error:
            log.debug("%s", error)
        else:
            app.redraw()

    def _missing(self, app: App, now_s: float) -> bool:
        """Return whether the picture does not arrive on the television and a new window may help."""
        assert self._window is not None
        return self._window.direct and self._arrival.turn(app, now_s, self._window.arrives)

    def _outgrown(self, app: App, now_s: float) -> bool:
        """Return whether the display has another resolution now and this is a good time to reopen the window."""
        assert self._window is not None
        if now_s < self._size_s:
            return False
        if self._window.fits() and (not self._window.direct or connectors.offer(self._drm, self._window.size)):
            self._size_s = now_s + SIZE_EVERY_S
            return False
        if app.session.down_s is not None or next_due_s(app.session) - now_s < QUIET_S:
            return False
        sizes = self._window.sizes(), connectors.modes(self._drm)
        if sizes == self._opened_for:
            # Reopening did not help last time. A window manager may impose another size.
            return False
        self._opened_for = sizes
        log.info("the display has another resolution: reopening the window")
        return True
