"""Where the remote's socket is, and how a wall takes this place."""

from __future__ import annotations

import fcntl
import os
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import RemoteError
from kiosk.system.folders import user_folder

SOCKET = "remote.sock"
OF_SERVICE = Path("/run/kiosk") / SOCKET
"""The socket of the wall that systemd has started."""
FOR_GROUP = 0o660
FOR_OWNER = 0o600
WAITING = 16
"""Number of clients that may wait until the wall takes their connection. Others wait before they connect."""


class Place(NamedTuple):
    """A socket's path, and who may use it: the owner, or the owner and the group."""

    path: Path
    mode: int


def place_to_listen() -> Place:
    """Return the place for a wall of this process: that of its service, else the user's own."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")
    # The desktop's kiosk has such a folder too, but of a new name each time, where nobody would find the socket.
    return Place(OF_SERVICE, FOR_GROUP) if str(OF_SERVICE.parent) in given else Place(_own(), FOR_OWNER)


def places_to_ask() -> tuple[Path, ...]:
    """Return the paths at which a wall may listen for this user: the user's own first, because it is at hand."""
    return _own(), OF_SERVICE


def _own() -> Path:
    return user_folder("XDG_RUNTIME_DIR", ".local/state", "/run") / SOCKET


class Taken:
    """A socket that listens at a place. A lock beside it tells a living wall from one that was killed."""

    def __init__(self, place: Place) -> None:
        """Take the place. Raises RemoteError if another wall has it, OSError if there can be no socket."""
        self._path = place.path
        with ExitStack() as undo:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            undo.callback(os.close, lock)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RemoteError(f"another wall listens at {self._path}") from None
            self._path.unlink(missing_ok=True)
            self.listening = undo.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            self.listening.bind(os.fspath(self._path))
            self._path.chmod(place.mode)
            self.listening.setblocking(False)
            self.listening.listen(WAITING)
            self._ends = undo.pop_all()

    def close(self) -> None:
        """Give the place back; may be called again."""
        with self._ends:
            if self.listening.fileno() >= 0:
                self._path.unlink(missing_ok=True)
