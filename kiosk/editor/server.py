"""The web server of the page: waitress on one socket, with limits that hold before anybody has come in."""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from collections.abc import Iterable
from copy import copy
from threading import Thread
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask

from kiosk.editor.body import LARGEST_UPLOAD
from kiosk.editor.door import SAFE, UPLOADS, Door
from kiosk.editor.network import hosts
from kiosk.editor.page import Page
from kiosk.editor.routes import routes

THREADS = 16
"""More than may wait for a picture, for the decoder and for the wall, so that something else is always answered."""
MOST_CONNECTIONS = 60
"""One more closes the oldest of the machine that has the most, so that no machine keeps the others out."""
SPARE_CONNECTIONS = 20
"""What waitress lets in beyond that, so that it still accepts the one for which there has to be room."""
SILENT_S = 30
"""Time after which a connection that says nothing is closed."""
ENDS_S = 2.0
"""Longest wait for requests that are being answered when the page closes."""
LARGEST_HEADERS = 16_384
LARGEST_STRANGER = 4096
"""Maximum size of a body from a browser that has not come in, in bytes."""
MARGIN = 65_536
"""How much larger a body may be than the door allows, which says what is too large so that somebody reads it."""
FIRST_PASSED = 3
"""The first descriptor that systemd passes."""


class Server:
    """The server of a page. It answers from when it is made until it is closed."""

    def __init__(self, page: Page, listening: socket.socket, names: Iterable[str]) -> None:
        """Serve the page at a socket that listens. `names` are the names of this machine."""
        names = list(names)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        door = Door(routes(page), page.gate, page.port, lambda: hosts(page.port, names, listening), page.life.used)
        self._page = page
        # The stubs for mypy do not know that a single socket makes a single server.
        server: Any = create_server(
            door,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            connection_limit=MOST_CONNECTIONS + SPARE_CONNECTIONS,
            channel_timeout=SILENT_S,
            cleanup_interval=SILENT_S // 3,
            max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST_UPLOAD + MARGIN,
            clear_untrusted_proxy_headers=True,
            log_socket_errors=False,
            asyncore_use_poll=True,
        )
        server.channel_class = _channel(door)
        self._server = server
        self._thread = Thread(target=self._server.run, name="web server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Close all connections and the socket."""
        trigger = self._server.trigger
        # pull_trigger() wakes the thread after it has let go of the lock. The thread may have ended by then, if an
        # answer has woken it meanwhile, and the pipe between them is closed.
        with trigger.lock:
            trigger.thunks.append(self._end)
            os.write(trigger.trigger, b"x")
        self._thread.join()
        self._page.close()
        # What is being saved is saved. Nobody waits for the answer of a wall that holds its button.
        self._server.task_dispatcher.shutdown(timeout=ENDS_S)

    def _end(self) -> None:
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()


def _channel(door: Door) -> type[HTTPChannel]:
    """Return the class of connections to a door."""

    class Parser(HTTPRequestParser):
        """Reads a request. waitress reads the body before it asks anybody, so this must not be large for strangers."""

        path: str

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            own: Adjustments = copy(self.adj)
            if door.session(self.headers.get("COOKIE", "")) is None:
                own.max_request_body_size = LARGEST_STRANGER
            elif self.path in UPLOADS:
                own.max_request_body_size = UPLOADS[self.path] + MARGIN
            self.adj = own

    class Unreadable(ErrorTask):
        """The answer to what is no proper request."""

        def build_response_header(self) -> bytes:
            self.response_headers = [*self.response_headers, *SAFE]
            return super().build_response_header()

    class Channel(HTTPChannel):
        parser_class = Parser
        error_task_class = Unreadable

        def __init__(self, server: Any, *values: Any, **named: Any) -> None:
            super().__init__(server, *values, **named)
            channels: list[Any] = list(server.active_channels.values())
            if len(channels) > MOST_CONNECTIONS:
                counts = Counter(one.addr[0] for one in channels)
                # Those with a request are being answered, which takes no longer if the other end is slow.
                free = [one for one in channels if not one.requests and one is not self]
                # They are in the order in which they came, and max() returns the first of equal ones.
                max(free, key=lambda one: counts[one.addr[0]], default=self).handle_close()

    return Channel


def listening_at(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 is any free one. Raises OSError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def passed_socket() -> socket.socket | None:
    """Return the socket that systemd has opened for this process, None if there is none."""
    if os.environ.pop("LISTEN_PID", "") != str(os.getpid()):
        return None
    if os.environ.pop("LISTEN_FDS", "") != "1":
        return None
    os.environ.pop("LISTEN_FDNAMES", None)
    os.set_inheritable(FIRST_PASSED, False)
    return socket.socket(fileno=FIRST_PASSED)
