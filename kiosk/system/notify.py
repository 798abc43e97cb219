"""What systemd is told: that the kiosk is ready, what it waits for, and that its loop still turns.

The protocol is that of sd_notify(3): one datagram to the Unix socket that $NOTIFY_SOCKET names. Without the variable,
as on a desktop, nothing is sent.
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
    """Sends states to systemd, from the loop's own thread: a watchdog that another thread pets proves nothing.

    `watchdog_s` is how often the loop has to call `turned`, in seconds, None where systemd does not watch: half of
    the time after which systemd ends the process, as sd_watchdog_enabled(3) recommends. Nothing here raises or blocks.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ, pid: int | None = None) -> None:
        self.watchdog_s = _watchdog_s(environment, os.getpid() if pid is None else pid)
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._socket: socket.socket | None = None
        self._petted_s: float | None = None
        self._patient = False
        self._status = ""
        self._complained = False
        if self._address is not None:
            import socket

            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._socket.setblocking(False)

    def ready(self) -> None:
        """Say that the loop runs."""
        self._send("READY=1")

    def status(self, text: str) -> None:
        """Say in one line, for `systemctl status`, what is going on or waited for. The same text is sent once."""
        line = " ".join(text.split())
        if line != self._status:
            self._status = line
            self._send(f"STATUS={line}")

    def turned(self, now_s: float) -> None:
        """Pet the watchdog if it is time to. Call it in every turn of the loop; `now_s` is on the monotonic clock."""
        if self.watchdog_s is None:
            return
        if self._patient:
            self._patient = False
            self._limit(2 * self.watchdog_s)
        # At half of the interval, so that one slow turn is not the end.
        if self._petted_s is None or now_s - self._petted_s >= self.watchdog_s / 2:
            self._petted_s = now_s
            self._send("WATCHDOG=1")

    def patient_for(self, seconds: float) -> None:
        """Have the watchdog wait for so long, until the next `turned`: for something that takes its time just once."""
        if self.watchdog_s is not None:
            self._patient = True
            self._limit(seconds)

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._send("STOPPING=1")

    def close(self) -> None:
        """Send nothing from now on; may be called again."""
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
            if not self._complained:
                self._complained = True
                log.warning("systemd does not hear the kiosk: %s", error)


def _address(name: str) -> str | None:
    """Return the socket's address: a path, or with @ in front an abstract one. Others, such as vsock, are not ours."""
    if name.startswith("@"):
        return "\0" + name[1:]
    return name if name.startswith("/") else None


def _watchdog_s(environment: Mapping[str, str], pid: int) -> float | None:
    if environment.get("WATCHDOG_PID", str(pid)) != str(pid):
        # Meant for the process that started this one.
        return None
    try:
        interval_s = int(environment.get("WATCHDOG_USEC", "")) / 1e6
    except (ValueError, OverflowError):
        return None
    return interval_s / 2 if interval_s > 0 else None
