"""Reports the state of the running kiosk to systemd."""

from __future__ import annotations

from kiosk.app import App
from kiosk.journal import summary
from kiosk.stop import Stop
from kiosk.system.notify import Notifier


class Supervisor:
    """A background task that reports readiness and status, and resets the watchdog. It runs on the loop's thread."""

    def __init__(self, notifier: Notifier, stop: Stop) -> None:
        self._notifier = notifier
        self._stop = stop
        self._ready = False

    def turn(self, app: App, now_s: float) -> None:
        if not self._ready:
            self._ready = True
            self._notifier.ready()
        self._notifier.keep_alive(now_s)
        missing = "".join(f"; {text}" for text in app.badges.values())
        self._notifier.status(summary(app.session) + missing)

    def close(self) -> None:
        self._notifier.stopping()
        self._notifier.close()
