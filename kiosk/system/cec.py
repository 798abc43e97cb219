"""Control of the television over HDMI-CEC, with the program `cec-ctl`. Not every television obeys."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from kiosk.system.worker import Worker

log = logging.getLogger("kiosk")

DEVICES = Path("/dev")
TIMEOUT_S = 10.0
"""Maximum run time of `cec-ctl`. A sleeping television answers late, or never."""
CLOSE_S = 0.5
TRIES = 3
AGAIN_S = 2.0
"""Interval between tries. A busy bus loses a message now and then."""

Run = Callable[[Sequence[str]], str]
"""A function that runs a command and returns its output. Raises OSError or subprocess.SubprocessError."""


def devices(folder: Path = DEVICES) -> list[Path]:
    """Return the CEC devices, one for each HDMI port."""
    return sorted(folder.glob("cec[0-9]*"))


class Cec:
    """A remote control of the television. It sends from its own thread, so that the loop never waits.

    `switch` sets the wanted state. Only changes are sent, and a newer state replaces a state that is still being sent.
    """

    def __init__(self, folder: Path = DEVICES, run: Run | None = None, again_s: float = AGAIN_S) -> None:
        self._folder = folder
        self._run = run or _run
        self._again_s = again_s
        self._superseded = Event()
        """An event that is set when a newer state is wanted than the state being sent."""
        self._wanted: bool | None = None
        self._worker = Worker("switching the television")
        self._warned = False

    def switch(self, on: bool) -> None:
        """Set the wanted state, which is on or standby.

        If the first state is "on", it is not sent, because people who start the Pi switch the television on themselves.
        """
        before, self._wanted = self._wanted, on
        if on == before or (on and before is None):
            return
        self._superseded.set()
        self._worker.submit(lambda: self._send(on))

    def wait(self, timeout_s: float) -> bool:
        """Wait until everything is sent, at most `timeout_s`. Return whether everything is sent."""
        return self._worker.wait(timeout_s)

    def close(self) -> None:
        """Send nothing more. Wait at most CLOSE_S for a command that is running; it may go on after that."""
        self._superseded.set()
        self._worker.close(CLOSE_S)

    def _send(self, on: bool) -> None:
        self._superseded.clear()
        found = devices(self._folder)
        if not found:
            self._warn("this machine has no HDMI-CEC")
        for left in reversed(range(TRIES)):
            found = [device for device in found if not self._sent(device, on)]
            if not found or not left or self._superseded.wait(self._again_s):
                return

    def _sent(self, device: Path, on: bool) -> bool:
        """Send the wanted state to a device; return False if another try may succeed."""
        try:
            self._send_to(device, on)
        except FileNotFoundError:
            self._warn("cec-ctl is not installed: sudo apt install v4l-utils")
        except (OSError, subprocess.SubprocessError) as error:
            self._warn(f"no answer on {device} ({_reason(error)})")
            return False
        return True

    def _send_to(self, device: Path, on: bool) -> None:
        # --playback claims an address on the bus, which the television requires. The television's address is 0.
        call = ["cec-ctl", f"--device={device}", "--playback", "--to=0"]
        if not on:
            self._run([*call, "--standby"])
            log.info("television: standby sent")
            return
        said = self._run([*call, "--image-view-on"])
        log.info("television: wake-up sent")
        # The television may wake up on another input. This command selects the input of the Pi.
        if address := re.search(r"Physical Address\s*:\s*([0-9a-f](?:\.[0-9a-f]){3})", said):
            self._run([f"{call[0]}", call[1], f"--active-source=phys-addr={address[1]}"])

    def _warn(self, why: str) -> None:
        if not self._warned:
            self._warned = True
            log.warning("the television cannot be switched on or off: %s; the picture turns black instead", why)


def _run(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(command[0])
    return subprocess.run(
        command,
        capture_output=True,
        # The television's name in the output may be in any encoding.
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
