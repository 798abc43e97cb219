"""Connects the parts for `kiosk run`. If a part is missing, the wall shows which, and the other parts work.

The window is opened first. Pins and loudspeakers follow when the first frame is on the screen.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from kiosk import config
from kiosk.app import App
from kiosk.errors import ConfigError, DisplayError
from kiosk.session import Session
from kiosk.stop import Stop
from kiosk.system import memory
from kiosk.system.clock import wall_clock
from kiosk.system.notify import Notifier
from kiosk.terminal import HELP, Terminal
from kiosk.wiring.config_watch import ConfigWatch, start_screen
from kiosk.wiring.letters import Letters
from kiosk.wiring.phone import PageWatch, is_possible
from kiosk.wiring.pins import Pins
from kiosk.wiring.recovery import Recovery
from kiosk.wiring.screen import Screen
from kiosk.wiring.speakers import Speakers
from kiosk.wiring.stick_watch import StickWatch
from kiosk.wiring.supervisor import Supervisor
from kiosk.wiring.television import Television
from kiosk.wiring.tidying import Tidying
from kiosk.wiring.time_zone import TimeZone

log = logging.getLogger("kiosk")

UNDER_SYSTEMD = "NOTIFY_SOCKET"
THREADS_WAIT_S = 0.0005
"""Maximum time that the button's thread waits while the loop's thread is busy. Python's default is 5 ms."""
make_app: Callable[..., App] = App
"""Function that makes the app, with the arguments of `App`. The bench replaces the function to watch the app."""


class Options(NamedTuple):
    """Options of `kiosk run`. `window` is a size in pixels, None for full screen; `circuit` is a file name or title."""

    folder: Path
    circuit: str | None = None
    window: tuple[int, int] | None = None
    simulate: bool = False


def run(options: Options) -> None:
    """Run the kiosk until it is told to stop.

    Raises ConfigError if the config cannot be used (under systemd the wall shows the error instead), DisplayError if
    the display is lost for good, FontError if there are no fonts.
    """
    faulthandler.enable()
    memory.set_mmap_threshold()
    sys.setswitchinterval(THREADS_WAIT_S)
    service = UNDER_SYSTEMD in os.environ
    fault: ConfigError | None = None
    try:
        library = config.load(options.folder)
        rotate = library.settings.screen.rotate
    except ConfigError as error:
        if not service:
            raise
        # Staff are at the wall, not at a terminal, so the wall shows what to fix. Until then, the shipped circuit can
        # be used.
        log.error("the config cannot be used:")
        for problem in error.problems:
            log.error("%s", problem)
        fault, library = error, config.load(config.shipped("config"))
        # Nobody could read an error that lies on its side.
        rotate = config.rotation(options.folder)
    with ExitStack() as ends:
        stop = Stop()
        ends.callback(stop.close)
        ends.callback(lambda: log.info("ended (%s)", stop.reason or "by an error"))
        app = make_app(_session(library, options.circuit), stop, wall_clock)
        stop.on_signals(app.silence)
        ends.callback(app.close)
        recovery = Recovery(stop)
        app.session = recovery.offer(app.session)
        pins = Pins(library.settings, simulate=options.simulate)
        television = Television(library.settings)
        speakers = Speakers(library.settings, pins.buzzer_sounds)
        notifier = Notifier()
        screen = Screen(
            stop.request,
            speakers.lose,
            size=options.window or library.settings.screen.size,
            full_screen=options.window is None,
            rotate=rotate,
            figures=library.figures,
            pictures=library.pictures,
            patient_for=notifier.extend_timeout,
        )
        watch = ConfigWatch(options.folder, library, (pins, television, speakers, screen), fault, screen.use_figures)
        stick = StickWatch(lambda: watch.up_to_date)
        for task in (Supervisor(notifier, stop), recovery, watch, stick, TimeZone(), television):
            app.add_task(task)
        pins.keyboard = _open_display(app, stop, screen, library.settings, service, options.folder)
        app.turn()
        memory.collect_from_now_on()
        # Nobody needs it for the first picture.
        from kiosk.wiring.remote import Remote

        for part in (pins, speakers, Remote(), Tidying()):
            app.add_task(part)
        if is_possible():
            app.add_task(PageWatch())
        app.run()


def _session(library: config.Library, circuit: str | None) -> Session:
    chosen = library.circuits.index(library.circuit(circuit)) if circuit else library.usual
    return start_screen(library, time.monotonic(), chosen)


def _open_display(app: App, stop: Stop, screen: Screen, settings: config.Settings, service: bool, folder: Path) -> str:
    """Open the window, or use the terminal if there is no display. Return the name of the key for the button."""
    try:
        screen.open()
    except DisplayError as error:
        if not service:
            terminal = Terminal(stop.request, settings.button.hold_s)
            log.warning("%s: the kiosk runs in this terminal (%s)", error, HELP)
            app.add_input(terminal)
            app.add_display(terminal)
            app.add_sounder(terminal)
            return "Enter"
        log.warning("%s: the button and the buzzer work, the picture comes with a television", error)
    app.add_input(screen)
    app.add_display(screen)
    app.add_task(screen)
    app.add_task(Letters(folder))
    return "the space bar"
