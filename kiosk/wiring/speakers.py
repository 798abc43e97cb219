"""The loudspeakers, where there are any and the gym wants them."""

from __future__ import annotations

import logging

from kiosk import config
from kiosk.app import App, Sounder
from kiosk.errors import KioskError

log = logging.getLogger("kiosk")


class Speakers:
    """Opens and closes them; while open they are the app's to sound and to close."""

    def __init__(self) -> None:
        self._speaker: Sounder | None = None

    def reconfigure(self, app: App, settings: config.Settings) -> None:
        """Open or close them as the settings say."""
        wanted = settings.speakers is config.Speakers.AUTO
        if wanted and self._speaker is None:
            self._open(app)
        elif not wanted and self._speaker is not None:
            app.remove(self._speaker)
            self._speaker.close()
            self._speaker = None

    def _open(self, app: App) -> None:
        from kiosk.hardware.speaker import Speaker

        try:
            self._speaker = Speaker()
        except KioskError as error:
            log.info("no speakers: %s", error)
        else:
            app.add_sounder(self._speaker)
