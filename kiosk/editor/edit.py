"""The command `kiosk edit`: the page on this machine alone, for somebody who sits at it."""

from __future__ import annotations

import os
import sys
import time
from hashlib import sha256
from pathlib import Path

from kiosk.editor.gate import Gate
from kiosk.editor.life import Life
from kiosk.editor.page import Page
from kiosk.editor.server import Server, listening_at
from kiosk.editor.store import Store
from kiosk.errors import PageError
from kiosk.output import answer
from kiosk.stop import Stop
from kiosk.system.folders import user_folder

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
LOOK_S = 0.5
"""Time between two looks at whether the page is to be closed."""


def edit(folder: Path, port: int, *, browser: bool) -> None:
    """Serve the page for a config folder until somebody ends that. Port 0 is any free one. Raises PageError."""
    try:
        listening = listening_at(HOST, port)
    except OSError as error:
        raise PageError(f"port {port} cannot be used: {error.strerror}; choose another: --port N") from error
    port = listening.getsockname()[1]
    gate = Gate(time.monotonic, by_key=True)
    state = state_folder(folder)
    try:
        store = Store(folder, state)
    except OSError as error:
        listening.close()
        raise PageError(
            f"{error.filename or state}: the page cannot keep its changes here: {error.strerror}"
        ) from error
    page = Page(
        gate=gate,
        life=Life(time.monotonic),
        store=store,
        folder=folder,
        state=state,
        port=port,
        at_wall=False,
    )
    stop = Stop()
    stop.on_signals(lambda: None)
    server = Server(page, listening, NAMES)
    try:
        address = f"http://{HOST}:{port}/#key={gate.key}"
        answer(f"The page for {folder} is at\n{address}\nCtrl-C closes it.")
        if browser and _has_windows():
            import webbrowser

            webbrowser.open(address)
        while not stop.wait(LOOK_S):
            pass
    finally:
        server.close()
        stop.close()


def _has_windows() -> bool:
    """Return whether a browser would open a window. One without windows would take the terminal."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def state_folder(folder: Path) -> Path:
    """Return the folder in which the page keeps its changes to a config folder, so that they can be undone."""
    own = user_folder("XDG_STATE_HOME", ".local/state", "/var/lib")
    return own / "editor" / f"{folder.name}-{sha256(os.fsencode(folder.resolve())).hexdigest()[:12]}"
