"""Opens the loudspeakers as soon as there are any, unless the settings say off, and closes them when they are gone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.app import App
from kiosk.errors import KioskError
from kiosk.session import next_due_s

if TYPE_CHECKING:
    from kiosk.hardware.speaker import Speaker

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 5.0
QUIET_S = 3.0
"""Minimum time until the next cue to open or close loudspeakers, which takes tenths of a second on a small Pi."""
AGAIN_S = 60.0
"""Minimum interval between two attempts with the same devices."""
MUTE = "No sound"


class Speakers:
    """A background task that opens the loudspeakers. While they are open, the app plays the cues and closes them."""

    def __init__(self, settings: config.Settings, buzzer: Callable[[], bool | None]) -> None:
        """Take the settings. `buzzer` returns whether the buzzer can sound, or None if there should be no buzzer."""
        self._wanted = settings.speakers is config.Speakers.AUTO
        self._buzzer = buzzer
        self._speaker: Speaker | None = None
        self._gone = False
        self._look_s = 0.0
        self._devices: frozenset[str] | None = None
        self._again_s = 0.0
        self._said = ""

    def turn(self, app: App, now_s: float) -> None:
        """Look for loudspeakers every few seconds, if no cue is due soon. Show a badge while the wall has no sound."""
        if now_s >= self._look_s and next_due_s(app.session) - now_s >= QUIET_S:
            self._look_s = now_s + LOOK_EVERY_S
            if self._gone or not self._wanted:
                self._close(app)
            if self._wanted and self._speaker is None:
                self._look(app, now_s)
        app.badge("sound", MUTE if self._mute() else None)

    def reconfigure(self, app: App, settings: config.Settings) -> None:
        """Have the loudspeakers opened or closed by the next `turn`, as the settings say."""
        self._wanted = settings.speakers is config.Speakers.AUTO
        self._look_s = self._again_s = 0.0

    def lose(self) -> None:
        """Note that the open loudspeakers are gone. SDL does not stop playing, but nothing is heard."""
        if self._speaker is not None and not self._gone:
            self._say("sound: the loudspeakers have gone", logging.WARNING)
            self._gone, self._look_s = True, 0.0

    def close(self) -> None:
        """Do nothing: the app closes open loudspeakers."""

    def _look(self, app: App, now_s: float) -> None:
        from kiosk.hardware.speaker import Speaker, openable_devices

        devices = openable_devices()
        if devices == self._devices and now_s < self._again_s:
            return
        self._devices, self._again_s = devices, now_s + AGAIN_S
        try:
            self._speaker = Speaker()
        except KioskError as error:
            self._say(f"sound: {error}")
            if not devices:
                # Without a device no attempt can succeed. A new device ends the wait.
                self._again_s = inf
        else:
            self._say("sound: the loudspeakers are open")
            app.add_sounder(self._speaker)

    def _close(self, app: App) -> None:
        if self._speaker is not None:
            app.remove(self._speaker)
            self._speaker.close()
        self._speaker, self._gone = None, False

    def _mute(self) -> bool:
        """Return whether neither loudspeakers nor buzzer can sound, although the settings want sound."""
        buzzer = self._buzzer()
        if buzzer or (self._speaker is not None and not self._gone):
            return False
        return self._wanted or buzzer is False

    def _say(self, line: str, level: int = logging.INFO) -> None:
        """Log a line, unless the last line was the same."""
        if line != self._said:
            self._said = line
            log.log(level, line)
