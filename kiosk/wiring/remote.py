"""Obeys the remote: takes requests from its socket, and answers each when the wall shows what it has done."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from kiosk.app import App, Decision
from kiosk.errors import KioskError
from kiosk.meaning import hold_means, press_means
from kiosk.remote.answer import answer, as_line
from kiosk.remote.clients import Client, Clients
from kiosk.remote.place import Taken, place_to_listen
from kiosk.remote.request import Act, Request, parse
from kiosk.session import Command, Session

log = logging.getLogger("kiosk")

BUSY = "somebody holds the button by remote; try again when that is over"
CUT_SHORT = "the hold was cut short: somebody else pressed the button"


class Remote:
    """Input and background task in one. A wall that cannot have a remote says so once and goes on without one."""

    def __init__(self) -> None:
        self._clients: Clients | None = None
        self._tried = False
        self._orders: list[_Order] = []
        """The requests that are not answered yet."""

    def fds(self) -> Sequence[int]:
        return self._clients.fds() if self._clients else ()

    def read(self, now_s: float) -> Sequence[tuple[Command | Decision, float]]:
        if self._clients is None:
            return ()
        orders = [_Order(client, line, self) for client, line in self._clients.read(now_s)]
        self._orders += orders
        return [(order.decide, now_s) for order in orders]

    def turn(self, app: App, now_s: float) -> None:
        """Open the socket in the first turn. Answer what the session has been stepped for."""
        if not self._tried:
            self._tried = True
            self._open(app)
        over = [order for order in self._orders if order.is_over(app.session)]
        self._orders = [order for order in self._orders if order not in over]
        for order in over:
            self._answer(app, order)

    def holds(self, other_than: _Order) -> bool:
        """Return whether the button is held for another order."""
        return any(order.holding for order in self._orders if order is not other_than)

    def close(self) -> None:
        if self._clients is not None:
            self._clients.close()
            self._clients = None

    def _open(self, app: App) -> None:
        place = place_to_listen()
        try:
            self._clients = Clients(Taken(place))
        except (KioskError, OSError) as error:
            log.warning("no remote: %s", error)
            return
        app.add_input(self)
        log.info("remote: %s", place.path)

    def _answer(self, app: App, order: _Order) -> None:
        assert self._clients is not None
        self._clients.answer(order.client, as_line(answer(app.session, app.moment, order.error)))


class _Order:
    """A request under way. `error` is why it was not obeyed, "" if it was."""

    def __init__(self, client: Client, line: bytes, remote: Remote) -> None:
        self.client = client
        self.error = ""
        self.holding = False
        self._line = line
        self._remote = remote
        self._down_s: float | None = None
        """When the button went down for a hold, None if the loop has not obeyed it yet."""

    def decide(self, session: Session) -> Sequence[Command]:
        """Return the commands to obey, none if the request is refused or wants only the answer."""
        try:
            request = parse(self._line)
        except ValueError as error:
            self.error = str(error)
            return ()
        if request.act is Act.NOW:
            return ()
        self.error = BUSY if self._remote.holds(self) else _refused(request, session)
        if self.error:
            return ()
        log.debug("remote: %s", request.act.value)
        match request.act:
            case Act.HOLD:
                self.holding = True
                return (Command.PRESS,)
            case Act.PRESS:
                return (Command.PRESS, Command.RELEASE)
            case Act.SKIP:
                return (Command.SKIP,)
            case Act.BACK:
                return (Command.BACK,)

    def is_over(self, session: Session) -> bool:
        """Return whether the request can be answered. A hold is over when the button is no longer down for it."""
        if not self.holding:
            return True
        if self._down_s is None:
            # A press that only wakes the wall leaves the button up as far as the session knows.
            self._down_s = session.down_s
            return session.down_s is None
        if session.down_s == self._down_s:
            return False
        self.error = "" if session.now_s >= self._down_s + session.rules.hold_s else CUT_SHORT
        return True


def _refused(request: Request, session: Session) -> str:
    """Return why a request is not obeyed now, "" if it is."""
    press, hold = press_means(session), hold_means(session)
    if request.meaning in (None, press if request.act is Act.PRESS else hold):
        return ""
    return f"a press would {press.words} now, a hold would {hold.words}"
