"""Asks for the page by a file, and tells the session what the page's process says of the page in another file."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from kiosk import config
from kiosk.app import App
from kiosk.editor import status
from kiosk.editor.status import State, Status
from kiosk.phone import PageState, Phone
from kiosk.session import Phase, Session
from kiosk.system.clock import boot_s

log = logging.getLogger("kiosk")

VARIABLE = "KIOSK_PAGE"
"""Environment variable that is "on" where units wait for the file that asks for the page."""
LOOK_EVERY_S = 0.5
STARTS_WITHIN_S = 90.0
"""Longest wait for the page's process to say something. It needs a second on a small Pi that is idle."""
ENDS_WITHIN_S = 3.0
"""Time after which a process that no longer says anything has ended."""
BADGE, OPEN = "page", "Page is open"
_FIX = 'Type on the Pi: "sudo journalctl -u kiosk-editor -n 20", which says why.'


def is_possible() -> bool:
    """Return whether units wait for the file that asks for the page."""
    return os.environ.get(VARIABLE) == "on"


def is_offered(settings: config.Settings) -> bool:
    """Return whether the wall offers the page: it is possible, and kiosk.yaml does not switch it off."""
    return is_possible() and settings.page is config.Page.ON


class PageWatch:
    """A background task that keeps the page open for as long as the session wants that. A badge says that it is open.

    The file that asks for the page is a new one each time, and it is gone whenever the page is not to be open: also
    after the kiosk has ended, and when it starts.
    """

    def __init__(
        self,
        asked: Path = status.ASKED,
        told: Path = status.STATUS,
        clock: Callable[[], float] = boot_s,
    ) -> None:
        self._asked, self._told = asked, told
        self._clock = clock
        self._asks: bool | None = None
        """Whether the file is there, None if nobody has looked yet."""
        self._old: object = None
        """The file of a process that was asked before and has not ended yet. It says nothing about this page."""
        self._said: Status | None = None
        self._read: object = None
        """The stamp of the file in which it said that."""
        self._unread = ""
        """Why what it says could not be read."""
        self._heard_s = 0.0
        """When the process last said something, or was asked."""
        self._look_s = 0.0

    def turn(self, app: App, now_s: float) -> Session:
        session, phone = app.session, app.session.phone
        if phone is not None and phone.state is not PageState.FAILED:
            # kiosk.yaml may have been changed meanwhile.
            phone = self._kept_open(phone, now_s) if session.rules.phone else None
        if phone is None or phone.state is PageState.FAILED:
            self._withdraw()
        if phone is not session.phone:
            session = session.telling(phone)
        app.badge(BADGE, OPEN if self._asks and session.phase is not Phase.PHONE else None)
        return session

    def close(self) -> None:
        self._withdraw()

    def _kept_open(self, phone: Phone, now_s: float) -> Phone | None:
        """Return what is known of the page now, None if it has closed by itself."""
        if not self._asks:
            try:
                self._ask()
            except OSError as error:
                return _failed(f"The wall cannot ask for the page ({error.strerror}).")
            self._heard_s, self._look_s = now_s, now_s
        if now_s < self._look_s:
            return phone
        self._look_s = now_s + LOOK_EVERY_S
        said = self._hear()
        if said is None:
            opening = phone.state is PageState.OPENING
            if now_s < self._heard_s + (STARTS_WITHIN_S if opening else ENDS_WITHIN_S):
                return phone
            return _failed("The page does not start." if opening else "The page has ended by itself.")
        self._heard_s = now_s
        if said == self._said:
            return phone
        self._said = said
        return self._known(said, phone, now_s)

    def _known(self, said: Status, before: Phone, now_s: float) -> Phone | None:
        match said.state:
            case State.CLOSED:
                log.info("page: closed, because nobody used it")
                return None
            case State.FAILED:
                return _failed(said.what, said.fix)
        # Not the number: it would let readers of the log in.
        log.info("page: %s, %s", said.state.value, said.address)
        opened_s = now_s if before.state is PageState.OPENING else before.opened_s
        closes_s = now_s + said.closes_s - self._clock()
        return Phone(PageState(said.state.value), said.address, said.pin, said.code, opened_s, closes_s)

    def _hear(self) -> Status | None:
        """Return what the process says, None if there is nothing new of a process that was asked this time."""
        try:
            stamp = status.stamp(self._told)
            if self._old is not None and stamp == self._old:
                return None
            self._old = None
            if stamp is None or stamp != self._read or self._said is None:
                self._read = stamp
                return status.told(self._told)
            return self._said
        except (OSError, ValueError) as error:
            self._read = None
            if str(error) != self._unread:
                self._unread = str(error)
                log.warning("page: what its process says cannot be read: %s", error)
            return None

    def _ask(self) -> None:
        self._withdraw()
        self._old = status.stamp(self._told)
        self._asked.write_text("")
        self._asks, self._said, self._read = True, None, None
        log.info("page: asked for")

    def _withdraw(self) -> None:
        if self._asks is False:
            return
        if self._asks:
            log.info("page: to be closed")
        self._asks = False
        self._asked.unlink(missing_ok=True)


def _failed(what: str, fix: str = _FIX) -> Phone:
    log.warning("page: %s %s", what, fix)
    return Phone(PageState.FAILED, what=what, fix=fix)
