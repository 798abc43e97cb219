"""The television's own power, by HDMI-CEC and the program `cec-ctl`. Best effort: not every television obeys."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from kiosk.system.latest import Latest

log = logging.getLogger("kiosk")

DEVICES = Path("/dev")
TIMEOUT_S = 10.0
"""A television that sleeps answers late, or never."""
CLOSE_S = 0.5
TRIES = 3
AGAIN_S = 2.0
"""Interval between two tries: a bus that is busy loses a message now and then."""

Run = Callable[[Sequence[str]], str]
"""Runs a command, returns its output. Raises OSError or subprocess.SubprocessError."""


def devices(folder: Path = DEVICES) -> list[Path]:
    """Return the CEC devices: one per HDMI socket."""
    return sorted(folder.glob("cec[0-9]*"))


class Cec:
    """Switches the television in the background: the loop never waits, and the newest wish wins.

    It is told what to be (`switch`), not what to do: the same wish twice is sent once.
    """

    def __init__(self, folder: Path = DEVICES, run: Run | None = None, again_s: float = AGAIN_S) -> None:
        self._folder = folder
        self._run = run or _run
        self._again_s = again_s
        self._overtaken = Event()
        """Set while what is being sent is not wished any more."""
        self._wish: bool | None = None
        self._worker = Latest("switching the television")
        self._complained = False

    def switch(self, on: bool) -> None:
        """Wish the television on or in standby. The first wish to be on is not sent: whoever starts a Pi sees to it."""
        before, self._wish = self._wish, on
        if on == before or (on and before is None):
            return
        self._overtaken.set()
        self._worker.do(lambda: self._send(on))

    def wait(self, timeout_s: float) -> bool:
        """Wait until all is sent, at most so many seconds; return whether it is."""
        return self._worker.wait(timeout_s)

    def close(self) -> None:
        """Send nothing from now on; what is on its way goes on without anyone waiting for it."""
        self._overtaken.set()
        self._worker.close(CLOSE_S)

    def _send(self, on: bool) -> None:
        self._overtaken.clear()
        found = devices(self._folder)
        if not found:
            self._complain("this machine has no HDMI-CEC")
        for left in reversed(range(TRIES)):
            found = [device for device in found if not self._sent(device, on)]
            if not found or not left or self._overtaken.wait(self._again_s):
                return

    def _sent(self, device: Path, on: bool) -> bool:
        """Send it to one device; return whether there is nothing left to try."""
        try:
            self._send_to(device, on)
        except FileNotFoundError:
            self._complain("cec-ctl is not installed: sudo apt install v4l-utils")
        except (OSError, subprocess.SubprocessError) as error:
            self._complain(f"it does not answer on {device} ({_reason(error)})")
            return False
        return True

    def _send_to(self, device: Path, on: bool) -> None:
        # --playback claims an address on the bus, without which nobody listens; 0 is the television's.
        call = ["cec-ctl", f"--device={device}", "--playback", "--to=0"]
        if not on:
            self._run([*call, "--standby"])
            log.info("television: sent to sleep")
            return
        said = self._run([*call, "--image-view-on"])
        log.info("television: woken")
        # It may come back on another socket's picture; this asks for ours.
        if address := re.search(r"Physical Address\s*:\s*([0-9a-f](?:\.[0-9a-f]){3})", said):
            self._run([f"{call[0]}", call[1], f"--active-source=phys-addr={address[1]}"])

    def _complain(self, why: str) -> None:
        if not self._complained:
            self._complained = True
            log.warning("the television cannot be switched: %s; the picture turns black instead", why)


def _run(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(command[0])
    return subprocess.run(
        command,
        capture_output=True,
        # The name that a television gives itself may be in any encoding.
        encoding="utf-8",
        errors="replace",
        timeout=TIMEOUT_S,
        check=True,
        stdin=subprocess.DEVNULL,
    ).stdout


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no answer within {TIMEOUT_S:g} s"
    if isinstance(error, subprocess.CalledProcessError):
        said = " ".join((error.stderr or "").split())
        return said or f"cec-ctl ended with {error.returncode}"
    return str(error) or type(error).__name__
