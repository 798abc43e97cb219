"""The other end of the remote's socket: what a program asks the wall that runs on this machine."""

from __future__ import annotations

import grp
import json
import os
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk.errors import RemoteError
from kiosk.remote.place import OF_SERVICE, places_to_ask

PATIENCE_S = 20.0
"""Longest wait for an answer, in seconds. A hold takes 10 s at most."""
TRY_AGAIN_S = 0.05
LONGEST_ANSWER = 1_000_000
PLAIN = ("press", "hold", "skip", "back", "now")
"""Requests that are obeyed whatever they mean."""
MOST_STEPS = 4
SILENT = "the wall does not answer; the log of the kiosk may say why"

Answer = dict[str, Any]
Ask = Callable[[object], Answer]


def ask(request: object, paths: Sequence[Path] | None = None) -> Answer:
    """Return the answer of the first wall that listens at one of the paths. Raises RemoteError if none answers."""
    with _connected(places_to_ask() if paths is None else paths) as connection:
        try:
            connection.sendall(json.dumps(request).encode() + b"\n")
            line = _line(connection)
        except TimeoutError:
            raise RemoteError(SILENT) from None
        except OSError:
            raise RemoteError("the wall has hung up; try again") from None
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise RemoteError("the answer is not that of a wall")
    return answer


def carry_out(command: str, asking: Ask = ask) -> Answer:
    """Do what a command says, such as "press" or "pause". Return the last answer, which is not `ok` if that fails.

    A meaning such as "pause" is brought about by a press or a hold, whichever has it now. A start wakes the screen
    first, and a stop pauses first where a hold does no more than that.
    """
    if command in PLAIN:
        return asking(command)
    request = {"hold" if command == "stop" else "press": command}
    for _ in range(MOST_STEPS):
        answer = asking(request)
        if answer.get("ok") and command in request.values():
            return answer
        following = _following(command, answer)
        if following in (None, request):
            break
        request = following
    return {**answer, "ok": False, "error": answer.get("error") or f"{command} is not possible now"}


def _following(command: str, answer: Answer) -> dict[str, str] | None:
    """Return the request that brings the command about, or leads to it; None if there is none."""
    means = {key: answer.get(key) for key in ("press", "hold")}
    for key, meaning in means.items():
        if meaning == command:
            return {key: command}
    if command == "start" and means["press"] == "wake":
        return {"press": "wake"}
    if command == "stop" and means["hold"] == "pause":
        return {"hold": "pause"}
    return None


def _connected(paths: Sequence[Path]) -> socket.socket:
    refused: RemoteError | None = None
    for path in paths:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE_S)
        try:
            _connect(connection, path)
        except PermissionError:
            refused = _not_allowed(path)
        except TimeoutError:
            refused = RemoteError(SILENT)
        except OSError:
            # There is no socket, or the wall that made it was killed.
            pass
        else:
            return connection
        connection.close()
    if refused is not None:
        raise refused
    raise RemoteError(
        'no wall runs here for this user; start it with "kiosk run", or "sudo systemctl start kiosk" for the service'
    )


def _connect(connection: socket.socket, path: Path) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.connect(os.fspath(path))
        except BlockingIOError:
            # Too many others wait for their turn.
            if time.monotonic() > deadline_s:
                raise TimeoutError from None
            time.sleep(TRY_AGAIN_S)
        else:
            return


def _not_allowed(path: Path) -> RemoteError:
    try:
        group = grp.getgrgid(path.stat().st_gid).gr_name
    except (OSError, KeyError):
        return RemoteError(f"this user may not use the wall's remote ({path}); use sudo")
    if path != OF_SERVICE:
        return RemoteError(f"only the user who started this wall may use its remote ({path})")
    return RemoteError(
        f'only root and the group "{group}" may use the wall\'s remote; use sudo, or type '
        f'"sudo usermod -aG {group} $USER" and log in again'
    )


def _line(connection: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        more = connection.recv(65_536)
        if not more or len(line) > LONGEST_ANSWER:
            raise ConnectionError
        line += more
    return line
