"""Messages to systemd: that the kiosk is ready, what it is doing, and that its loop is alive.

The protocol is that of sd_notify(3): each message is a datagram to the Unix socket that $NOTIFY_SOCKET names. Without
this variable, as on a desktop, nothing is sent.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

log = logging.getLogger("kiosk")


class Notifier:
    """A sender of messages to systemd. Its methods neither raise nor block.

    Call it from the loop's own thread. If another thread reset the watchdog, systemd would not notice that the loop
    hangs.

    `watchdog_s` is the maximum interval between calls of `keep_alive`, None if systemd has no watchdog for this
    process. It is half of the watchdog's timeout, as sd_watchdog_enabled(3) recommends.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ, pid: int | None = None) -> None:
        self.watchdog_s = _watchdog_s(environment, os.getpid() if pid is None else pid)
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._socket: socket.socket | None = None
        self._pinged_s: float | None = None
        self._extended = False
        self._status = ""
        self._warned = False
        if self._address is not None:
            import socket

            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._socket.setblocking(False)

    def ready(self) -> None:
        """Report that the loop is running."""
        self._send("READY=1")

    def status(self, text: str) -> None:
        """Set the status line that `systemctl status` shows. The line is sent only if it has changed."""
        line = " ".join(text.split())
        if line != self._status:
            self._status = line
            self._send(f"STATUS={line}")

    def keep_alive(self, now_s: float) -> None:
        """Reset the watchdog if it is time to. Call it in every turn of the loop; `now_s` is on the monotonic clock."""
        if self.watchdog_s is None:
            return
        if self._extended:
            self._extended = False
            self._limit(2 * self.watchdog_s)
        # The message is sent at half of the interval, so that a single slow turn does no harm.
        if self._pinged_s is None or now_s - self._pinged_s >= self.watchdog_s / 2:
            self._pinged_s = now_s
            self._send("WATCHDOG=1")

    def extend_timeout(self, seconds: float) -> None:
        """Set the watchdog's timeout to `seconds` until the next `keep_alive`, for a single slow operation."""
        if self.watchdog_s is not None:
            self._extended = True
            self._limit(seconds)

    def stopping(self) -> None:
        """Report that the kiosk is ending."""
        self._send("STOPPING=1")

    def close(self) -> None:
        """Close the socket. Nothing is sent after that; may be called again."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _limit(self, seconds: float) -> None:
        self._send(f"WATCHDOG_USEC={round(seconds * 1e6)}")

    def _send(self, state: str) -> None:
        if self._socket is None or self._address is None:
            return
        try:
            self._socket.sendto(state.encode(errors="backslashreplace"), self._address)
        except OSError as error:
            if not self._warned:
                self._warned = True
                log.warning("systemd cannot be notified: %s", error)


def _address(name: str) -> str | None:
    """Return a Unix socket's address: a path, or an abstract name if it begins with @. Return None for other names."""
    if name.startswith("@"):
        return "\0" + name[1:]
    return name if name.startswith("/") else None


def _watchdog_s(environment: Mapping[str, str], pid: int) -> float | None:
    if environment.get("WATCHDOG_PID", str(pid)) != str(pid):
        # The variables are meant for the process that started this one.
        return None
    try:
        interval_s = int(environment.get("WATCHDOG_USEC", "")) / 1e6
    except (ValueError, OverflowError):
        return None
    return interval_s / 2 if interval_s > 0 else None
