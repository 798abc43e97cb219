"""The wall's end of the remote's socket: connections, and whole lines of them.

Nothing here waits for a client. What a client may cost the wall has limits: a line's length, the number of connections,
and how often they are looked at all together.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence
from contextlib import suppress

from kiosk.remote.answer import as_line, refusal
from kiosk.remote.place import Taken

LONGEST_LINE = 1024
"""Maximum length of a request in bytes."""
MOST_CLIENTS = 16
"""Maximum number of connections. For one more, the connection is closed that has been silent for longest."""
A_SECOND = 40
"""Maximum number of times a second that a connection is accepted or read, on average."""
AT_ONCE = 20
"""Maximum number of times that this happens without a pause."""
TOO_LONG = f"a request has at most {LONGEST_LINE} characters"


class Client:
    """A connection. `waits` is whether its last request is not answered yet; until then it is not read."""

    def __init__(self, connection: socket.socket, now_s: float) -> None:
        connection.setblocking(False)
        self.connection = connection
        self.heard_s = now_s
        self.waits = False
        self._begun = b""

    def line(self) -> bytes | None:
        """Return the next line, None if it is not complete. Raises EOFError if there will be none, ValueError if it is
        too long. What comes after the line stays in the socket.
        """
        seen = self.connection.recv(LONGEST_LINE + 1, socket.MSG_PEEK)
        if not seen:
            raise EOFError
        self._begun += self.connection.recv(seen.find(b"\n") + 1 or len(seen))
        if len(self._begun) > LONGEST_LINE:
            raise ValueError(TOO_LONG)
        if not self._begun.endswith(b"\n"):
            return None
        line, self._begun = self._begun, b""
        return line


class Clients:
    """All connections to a socket. `read` returns their requests, each of which has to be answered once."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._clients: list[Client] = []
        self._accepted_s = 0.0
        self._credit = float(AT_ONCE)
        self._credited_s = 0.0

    def fds(self) -> Sequence[int]:
        """Return the descriptors to wait for: none while clients are so busy that they have to wait themselves."""
        return list(self._sources()) if self._credit >= 1 else ()

    def read(self, now_s: float) -> Sequence[tuple[Client, bytes]]:
        """Accept connections and return the lines of those that have a whole one, without its end."""
        self._credit = min(AT_ONCE, self._credit + (now_s - self._credited_s) * A_SECOND)
        self._credited_s = now_s
        sources = self._sources()
        lines = []
        for source in self._readable(sources):
            if self._credit < 1:
                break
            self._credit -= 1
            if (client := sources[source]) is None:
                self._accept(now_s)
            elif (line := self._line(client, now_s)) is not None:
                lines.append((client, line))
        return lines

    def answer(self, client: Client, line: bytes) -> None:
        """Send a line to a client. One that does not take it at once is dropped: it has not read earlier answers."""
        client.waits = False
        try:
            sent = client.connection.send(line)
        except OSError:
            sent = 0
        if sent < len(line):
            self._drop(client)

    def close(self) -> None:
        for client in list(self._clients):
            self._drop(client)
        self._taken.close()

    def _sources(self) -> dict[int, Client | None]:
        """Return the descriptors to read, with their clients; None stands for a new one.

        The one that was heard last comes last, so that nobody is kept out by somebody who never stops.
        """
        found: list[tuple[float, int, Client | None]] = [(self._accepted_s, self._taken.listening.fileno(), None)]
        found += [(one.heard_s, one.connection.fileno(), one) for one in self._clients if not one.waits]
        return {fd: client for _, fd, client in sorted(found, key=lambda one: one[0])}

    def _readable(self, sources: dict[int, Client | None]) -> list[int]:
        if self._credit < 1:
            return []
        return select.select(list(sources), [], [], 0)[0]

    def _accept(self, now_s: float) -> None:
        self._accepted_s = now_s
        # Who cannot be accepted now waits in the socket.
        with suppress(OSError):
            connection, _ = self._taken.listening.accept()
            self._clients.append(Client(connection, now_s))
            if len(self._clients) > MOST_CLIENTS:
                self._drop(min((one for one in self._clients if not one.waits), key=lambda one: one.heard_s))

    def _line(self, client: Client, now_s: float) -> bytes | None:
        client.heard_s = now_s
        try:
            line = client.line()
        except BlockingIOError:
            return None
        except ValueError as error:
            self.answer(client, as_line(refusal(str(error))))
            self._drop(client)
            return None
        except (EOFError, OSError):
            self._drop(client)
            return None
        client.waits = line is not None
        return line

    def _drop(self, client: Client) -> None:
        if client in self._clients:
            self._clients.remove(client)
        client.connection.close()
