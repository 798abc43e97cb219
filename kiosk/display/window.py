"""The wall's window: full screen on the television, or a window on a desktop. The space bar is the button.

Only SDL's display is initialised; `pygame.init()` would open audio and joysticks as well.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pygame

from kiosk.display import scanout
from kiosk.display.held_keys import HeldKeys, keys_down
from kiosk.display.turned import Turned
from kiosk.display.x11 import has_window_manager, on_server_lost, screen_size
from kiosk.errors import DisplayError, DisplayLostError
from kiosk.session import Command
from kiosk.view import Moment, View
from kiosk.words import words

log = logging.getLogger("kiosk")

TITLE = "Gym-wall kiosk"
POLL_S = 0.02
"""Interval between looks for keys if SDL has no descriptor to wait on (macOS). People notice a delay of 60 ms."""
_POSITION = "SDL_VIDEO_WINDOW_POS"
_RENDERER = "SDL_FRAMEBUFFER_ACCELERATION"
_RENDERERS = {
    # By default SDL uses OpenGL, which takes 5 to 22 times the work if OpenGL runs in software.
    "x11": "0",
    # By default SDL may use desktop OpenGL, which silently draws nothing on a Pi. A named renderer fails with an error.
    "kmsdrm": "opengles2",
}
_KEYS = {pygame.K_SPACE: Command.PRESS, pygame.K_RIGHT: Command.SKIP, pygame.K_LEFT: Command.BACK}
_QUIT_KEYS = (pygame.K_ESCAPE, pygame.K_q)
_OPEN_FDS = Path("/proc/self/fd")


class Painter(Protocol):
    """An object that draws moments on a surface. `kiosk.screen.compositor` describes each method."""

    def draw(self, moment: Moment, now_s: float) -> Sequence[pygame.Rect]:
        """Draw the moment and return the rectangles that changed."""

    def stays_s(self, now_s: float) -> float: ...

    def prepare(self, urgent: Callable[[], bool]) -> None: ...

    def warm_up(self, moments: Iterator[Moment]) -> None: ...

    def close(self) -> None: ...


class Window:
    """The window, which is both an input and a display.

    A painter draws on the window's own surface, or on a canvas of its own if the picture is turned.
    """

    def __init__(
        self,
        make_painter: Callable[[pygame.Surface], Painter],
        quit_: Callable[[str], None],
        speakers_gone: Callable[[], None] = lambda: None,
        *,
        size: tuple[int, int] | None = None,
        full_screen: bool = False,
        rotate: int = 0,
    ) -> None:
        """Open the window in `size` pixels, with the picture turned clockwise by `rotate` degrees (0, 90, 180 or 270).

        The window has the display's own size if `size` is None, or if the display offers no full screen in `size`.
        `speakers_gone` is called when SDL reports that the loudspeakers are gone. Raises DisplayError if there is no
        display; SDL itself would draw on an invisible window without an error.
        """
        self._quit = quit_
        self._speakers_gone = speakers_gone
        self._title = ""
        self._titled_view: View | None = None
        self._lost = False
        self._blank = True
        before = _open_fds()
        try:
            self._surface = _open(size, full_screen)
        except (pygame.error, DisplayError):
            pygame.display.quit()
            raise
        if pygame.display.get_driver() == "x11":
            on_server_lost(self._note_loss)
        self._fds = sorted(fd for fd in _open_fds() - before if _announces_events(fd))
        self._held = HeldKeys(lambda: keys_down(pygame.display.get_driver(), self._fds))
        self._held.note()
        self._turned = Turned(self._surface, rotate) if rotate else None
        self._painter = make_painter(self._turned.canvas if self._turned else self._surface)
        pygame.mouse.set_visible(not full_screen)
        width, height = self._surface.get_size()
        self.refused = size if size and size != (width, height) else None
        """The requested size, if the display does not offer it."""
        self._full_screen = full_screen
        self._sizes = self.sizes()
        renderer = os.environ.get(_RENDERER, "chosen by SDL")
        turned = f" turned by {rotate}" if rotate else ""
        driver = pygame.display.get_driver()
        log.info("display: %s, %d x %d%s, renderer %s", driver, width, height, turned, renderer)
        if self.refused:
            log.warning("screen.size: the display does not offer %d x %d; set auto, or one of its own", *self.refused)

    @property
    def direct(self) -> bool:
        """Whether SDL drives the television itself, without a desktop that would detect an unplugged television."""
        return pygame.display.get_driver().upper() == "KMSDRM"

    @property
    def size(self) -> tuple[int, int]:
        """The window's size in pixels, however the picture is turned."""
        return self._surface.get_size()

    def sizes(self) -> tuple[tuple[int, int] | None, ...]:
        """Return the window's size and, on X11, the screen's size. Both are in pixels and follow the resolution."""
        on_x11 = pygame.display.get_driver() == "x11"
        return (pygame.display.get_window_size(), screen_size() if on_x11 else None)

    def fits(self) -> bool:
        """Return whether the display has the size that it had when the full screen was opened; True while hidden."""
        return not self._full_screen or not pygame.display.get_active() or self.sizes() == self._sizes

    def arrives(self) -> bool | None:
        """Return whether the television shows our picture; see `scanout.shows`. Only for a `direct` window."""
        return scanout.shows(self._surface)

    def fds(self) -> Sequence[int]:
        """Return the descriptors that announce keys. If there are none, the loop looks for keys every POLL_S."""
        return self._fds

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        commands = []
        events = pygame.event.get()
        self._check()
        for event in events:
            if event.type == pygame.QUIT:
                self._quit("window closed")
            elif event.type == pygame.WINDOWFOCUSGAINED:
                self._held.note()
            elif event.type == pygame.KEYDOWN and event.key not in self._held:
                if event.key in _QUIT_KEYS:
                    self._quit(f"{pygame.key.name(event.key)} pressed")
                elif event.key in _KEYS:
                    commands.append((_KEYS[event.key], now_s))
            elif event.type == pygame.KEYUP:
                self._held.release(event.key)
                if event.key == pygame.K_SPACE:
                    commands.append((Command.RELEASE, now_s))
            elif event.type == pygame.AUDIODEVICEREMOVED and event.which and not event.iscapture:
                # An event without a number is about a device that was not open.
                self._speakers_gone()
            elif event.type == pygame.VIDEOEXPOSE and not self._blank:
                # Some displays lose the pixels that another window has covered.
                self._flip(None)
        self._held.forget_released()
        return commands

    def show(self, moment: Moment, now_s: float) -> float:
        changed = self._painter.draw(moment, now_s)
        if changed:
            self._flip(self._turned.copy(changed) if self._turned else changed)
            self._blank = False
        if moment.view is not self._titled_view:
            self._set_title(moment.view)
        stays_s = self._painter.stays_s(now_s)
        return stays_s if self.fds() else min(stays_s, POLL_S)

    def prepare(self, urgent: Callable[[], bool]) -> None:
        self._painter.prepare(urgent)

    def warm_up(self, moments: Iterator[Moment]) -> None:
        self._painter.warm_up(moments)

    def close(self) -> None:
        self._painter.close()
        if not self._lost:
            pygame.display.quit()

    def _note_loss(self) -> None:
        self._lost = True

    def _check(self) -> None:
        if self._lost:
            raise DisplayLostError("the display is gone")

    def _set_title(self, view: View) -> None:
        """Set the window's title, for task bars."""
        self._titled_view = view
        title = f"{TITLE}: {words(view).state}"
        if title != self._title:
            self._title = title
            pygame.display.set_caption(title)

    def _flip(self, changed: Sequence[pygame.Rect] | None) -> None:
        try:
            if changed is None:
                pygame.display.flip()
            else:
                pygame.display.update(list(changed))
        except pygame.error as error:
            raise DisplayError(f"the display is gone: {error}") from error
        self._check()


def _open(size: tuple[int, int] | None, full_screen: bool) -> pygame.Surface:
    # Reading Xlib's table of composed letters takes half of the time to connect to X. Nobody types letters here.
    os.environ.setdefault("XCOMPOSEFILE", os.devnull)
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in ("offscreen", "dummy") and os.environ.get("SDL_VIDEODRIVER") != driver:
            raise DisplayError("there is no display")
        if renderer := _RENDERERS.get(driver.lower()):
            os.environ.setdefault(_RENDERER, renderer)
        pygame.display.set_caption(TITLE)
        surface = _filling(size, driver) if full_screen else pygame.display.set_mode(size or (0, 0))
    except pygame.error as error:
        raise DisplayError(f"there is no display: {error}") from error
    if size and not full_screen and surface.get_size() != size:
        raise DisplayError(f"the display gave {surface.get_size()} pixels instead of {size}")
    return surface


def _filling(size: tuple[int, int] | None, driver: str) -> pygame.Surface:
    """Open a window that fills the display, in `size` if the display offers it, else in the display's own size.

    For any other size SDL would give a window that is cropped or has black borders (X11), or no window (KMSDRM).

    On X11 SDL always waits 0.1 s for the window manager to move and resize a full screen. If there is no window
    manager, a frameless window of the display's size is opened instead, which looks the same.
    """
    alone = driver == "x11" and not has_window_manager()
    own_size = pygame.display.get_desktop_sizes()[0]
    if size and size != own_size and _offers(size):
        if alone:
            # No window manager moves the window to this place after SDL has changed the resolution.
            os.environ[_POSITION] = "0,0"
        with suppress(pygame.error):
            surface = pygame.display.set_mode(size, pygame.FULLSCREEN)
            if surface.get_size() == size:
                return surface
    return pygame.display.set_mode((0, 0), pygame.NOFRAME if alone else pygame.FULLSCREEN)


def _offers(size: tuple[int, int]) -> bool:
    # SDL returns a number instead of a list if any size is possible.
    offered: list[tuple[int, int]] | int = pygame.display.list_modes()
    return isinstance(offered, int) or size in offered


def _open_fds() -> set[int]:
    """Return the process's open descriptors; none if the system does not list them."""
    if not _OPEN_FDS.is_dir():
        return set()
    # Listing the folder opens one more descriptor, which is closed again before its entry is looked at.
    return {int(entry.name) for entry in _OPEN_FDS.iterdir() if entry.is_symlink()}


def _announces_events(fd: int) -> bool:
    """Return whether SDL reads events from a descriptor: a connection to X11 or Wayland, or an input device."""
    try:
        target = str((_OPEN_FDS / str(fd)).readlink())
    except OSError:
        # The descriptor belonged to another thread, such as a thread that writes a file, and is closed by now.
        return False
    return target.startswith(("socket:", "/dev/input/"))
