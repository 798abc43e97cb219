"""The page as the wall opens it: what becomes of it while the wall wants it, and what the wall is told."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from kiosk import config
from kiosk.editor.code import code_of
from kiosk.editor.gate import Gate
from kiosk.editor.life import Life
from kiosk.editor.network import addresses, own_names
from kiosk.editor.page import Page
from kiosk.editor.server import Server, listening_at, passed_socket
from kiosk.editor.status import ASKED, STATUS, State, Status, stamp, tell
from kiosk.editor.store import Store
from kiosk.stop import Stop
from kiosk.system.clock import boot_s
from kiosk.system.notify import Notifier

log = logging.getLogger("kiosk")

LOOK_S = 0.5
"""Time between two looks at whether the wall still wants the page."""
WITHDRAW_S = 30.0
"""Longest wait for the wall to withdraw its file after the page has closed by itself."""
EXACT_S = 30.0
"""How far the time at which it closes may be from what the wall was told, while somebody uses the page."""
NO_NETWORK = Status(
    State.FAILED,
    what="This machine is in no network.",
    fix="Plug in the network cable or set up the Wi-Fi, then open this again.",
)


class Service:
    """The page's life as the wall sees it, one look after the other.

    `now` returns seconds since the boot, `find` the addresses of this machine, `code` the code of an address.
    """

    def __init__(
        self,
        gate: Gate,
        life: Life,
        *,
        now: Callable[[], float],
        find: Callable[[], list[str]],
        port: int,
        asked: Path = ASKED,
        status: Path = STATUS,
        code: Callable[[str], tuple[str, ...]] = code_of,
    ) -> None:
        self._gate = gate
        self._life = life
        self._now = now
        self._find = find
        self._port = port
        self._asked = asked
        self._status = status
        self._code = code
        self._codes: dict[str, tuple[str, ...]] = {}
        self._address = ""
        self._told: Status | None = None
        self._closed_s: float | None = None
        self._wish = stamp(asked)

    def look(self) -> bool:
        """Look at what has changed, and tell the wall. Return whether the page stays open."""
        if not self._wanted or self._life.over:
            return False
        self._tell(self._now_is())
        return True

    def withdraw(self) -> bool:
        """Tell the wall that the page has closed by itself. Return whether the wall still has to withdraw its file.

        If this process ended before that, it would be started again at once.
        """
        if self._closed_s is None:
            self._closed_s = self._now()
        if not self._wanted:
            return False
        self._tell(Status(State.CLOSED))
        return self._now() < self._closed_s + WITHDRAW_S

    @property
    def _wanted(self) -> bool:
        """Whether the wall wants the page. If it was closed and opened again meanwhile, it wants a new one."""
        return self._wish is not None and stamp(self._asked) == self._wish

    def _now_is(self) -> Status:
        found = self._find()
        if self._address not in found:
            self._address = found[0] if found else ""
        if not self._address:
            return NO_NETWORK._replace(closes_s=self._life.closes_s)
        address = f"http://{self._address}" + (f":{self._port}" if self._port != 80 else "")
        if address not in self._codes:
            self._codes = {address: self._code(address)}
        state = State.IN_USE if self._life.in_use else State.OPEN
        return Status(state, address, self._gate.pin, self._codes[address], self._life.closes_s)

    def _tell(self, status: Status) -> None:
        told = self._told
        same = told is not None and told._replace(closes_s=status.closes_s) == status
        if same and told is not None and abs(told.closes_s - status.closes_s) < EXACT_S:
            return
        try:
            tell(status, self._status)
        except OSError as error:
            log.error("the wall cannot be told about the page: %s", error)
        else:
            self._told = status


def run(asked: Path = ASKED, status: Path = STATUS) -> int:
    """Serve the page for as long as the wall wants it. Return the exit status."""
    stop = Stop()
    stop.on_signals(lambda: None)
    listening = passed_socket() or listening_at("0.0.0.0", 80)
    port = listening.getsockname()[1]
    state = Path(os.environ.get("STATE_DIRECTORY", "/var/lib/kiosk-editor").split(":")[0])
    folder = config.locate()
    gate, life = Gate(boot_s), Life(boot_s)
    page = Page(gate=gate, life=life, store=Store(folder, state), folder=folder, state=state, port=port, at_wall=True)
    service = Service(gate, life, now=boot_s, find=lambda: addresses(listening), port=port, asked=asked, status=status)
    server = Server(page, listening, own_names())
    try:
        notifier = Notifier()
        go_on = service.look()
        notifier.ready()
        while go_on and not stop.wait(LOOK_S):
            go_on = service.look()
        notifier.stopping()
    finally:
        server.close()
    while stop.reason is None and service.withdraw():
        stop.wait(LOOK_S)
    status.unlink(missing_ok=True)
    stop.close()
    return 0
