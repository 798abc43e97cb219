"""Sends an idle television to sleep, after less time while the gym is closed."""

from __future__ import annotations

import logging

from kiosk import config
from kiosk.app import App
from kiosk.session import Phase, Session
from kiosk.system.cec import Cec
from kiosk.system.clock import local_time
from kiosk.system.television import SleepRules, SleepTimer

log = logging.getLogger("kiosk")


class Television:
    """A background task that sends the wall and the television to sleep. A press or the opening time wakes both."""

    def __init__(self, settings: config.Settings, cec: Cec | None = None) -> None:
        self._rules = _rules(settings)
        self._cec = cec or Cec()
        self._sleep: SleepTimer | None = None

    def turn(self, app: App, now_s: float) -> Session:
        if self._sleep is None:
            self._sleep = SleepTimer(self._rules, now_s)
        slept = self._sleep.asleep
        if slept and not app.session.asleep:
            self._sleep.press(now_s)
        elif not slept:
            # The last activity counts as a press, even if it was something else.
            self._sleep.press(app.session.active_s)
        asleep = self._sleep.turn(now_s, app.session.phase is Phase.IDLE, local_time())
        if asleep != slept:
            log.info("the television is sent to sleep" if asleep else "the television is woken")
        self._cec.switch(not asleep)
        return app.session.sleeping(asleep)

    def reconfigure(self, app: App, settings: config.Settings) -> None:
        self._rules = _rules(settings)
        self._sleep = None

    def close(self) -> None:
        self._cec.close()


def _rules(settings: config.Settings) -> SleepRules:
    return SleepRules(settings.television.sleep_after_s, settings.television.hours)
