"""The kiosk and the timers a gym might use instead of the kiosk, each as a command and as a running program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processes import family, usage
from tests.bench.xserver import XServer
from tests.program import Program

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
SETTLE_S = 3.0
"""Time from the first picture until a program's start-up work is over, in seconds."""
BUTTON = "17"
DROPPED = {
    "DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "KIOSK_CONFIG",
    "CACHE_DIRECTORY", "STATE_DIRECTORY", "NOTIFY_SOCKET", "PYTHONDONTWRITEBYTECODE",
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The folder in which a benchmark run keeps its files, and the paths in that folder."""

    folder: Path

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def config(self, name: str = "usual", *, dim_after: str = "5:00", circuit: dict[str, str] | None = None) -> Path:
        """Return a copy of the shipped config folder with a get-ready of 1 s and the changed lines of `circuit`."""
        folder = self.folder / "config" / name
        if not folder.exists():
            shutil.copytree(ROOT / "config", folder)
            kiosk, file = folder / "kiosk.yaml", folder / "circuits" / "back-and-core-for-runners.yaml"
            kiosk.write_text(_changed(kiosk.read_text(), {"dim_after": dim_after, "speakers": "off"}))
            file.write_text(_changed(file.read_text(), {"get_ready": "1", **(circuit or {})}))
        return folder

    def environment(self, x: XServer | None = None, cache: Path | None = None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        display = {"DISPLAY": x.display} if x else {"SDL_VIDEODRIVER": "dummy"}
        # Each start has its own state folder; otherwise the kiosk would offer to resume an interrupted circuit. And it
        # must not take the remote of a wall that is in use.
        folders = {
            "XDG_CACHE_HOME": str(cache or self.cache),
            "XDG_STATE_HOME": tempfile.mkdtemp(dir=self.folder),
            "XDG_RUNTIME_DIR": tempfile.mkdtemp(dir=self.folder),
        }
        return {**kept, **display, **folders, "PYTHONPATH": str(ROOT)}


def kiosk(config: Path) -> list[str]:
    return [sys.executable, "-m", "kiosk", "run", "--config", str(config)]


def usual_timer(size: tuple[int, int]) -> list[str]:
    return [sys.executable, str(PEERS / "pygame_usual.py"), f"{size[0]}x{size[1]}"]


def chromium(size: tuple[int, int], profile: Path, lean: bool = False) -> list[str]:
    page = (PEERS / "web" / "timer.html").as_uri() + ("?lean" if lean else "")
    # Chromium refuses its sandbox to root. Without a window manager, Chromium has to be told the window size.
    options = ["--no-sandbox"] if os.getuid() == 0 else []
    options += [f"--window-size={size[0]},{size[1]}", "--window-position=0,0", f"--user-data-dir={profile}"]
    return ["chromium", "--kiosk", "--no-first-run", "--noerrdialogs", "--disable-extensions", *options, page]


def peers(size: tuple[int, int], places: Places) -> dict[str, list[str]]:
    """Return the commands of the peers that are installed on this machine, by the peer's name."""
    found = {"usual timer": usual_timer(size)}
    if shutil.which("chromium"):
        found["Chromium"] = chromium(size, places.folder / "profile")
        found["Chromium, leanest"] = chromium(size, places.folder / "profile-lean", lean=True)
    return found


@contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in its own process group; end the whole group on leaving."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def kiosk_on_pins(config: Path, environment: dict[str, str]) -> Iterator[tuple[Program, Callable[[], None]]]:
    """Run the kiosk on pretend pins; yield the program and a function that presses its button."""
    program = Program([sys.executable, "-m", "tests.pretend_pi", "run", "--config", str(config)], environment)

    def press() -> None:
        program.say(f"{BUTTON} low")
        time.sleep(0.1)
        program.say(f"{BUTTON} high")

    try:
        program.wait_for("button: GPIO")
        yield program, press
    finally:
        with suppress(ProcessLookupError):
            program.end()
        program.kill()


@dataclass(frozen=True)
class Cost:
    """The CPU seconds used per minute by the program and by its X server, and the program's wake-ups per second."""

    program_s: float
    x_s: float
    wakeups: float

    @property
    def cpu_s(self) -> float:
        return self.program_s + self.x_s


def cost(pid: int, x: XServer, seconds: float) -> Cost:
    """Return what a program and its X server use in the next `seconds` seconds."""
    processes = family(pid)
    before, x_before, began_s = usage(processes), usage([x.pid]), time.monotonic()
    time.sleep(seconds)
    used, x_used = usage(processes) - before, usage([x.pid]) - x_before
    took_s = time.monotonic() - began_s
    return Cost(used.cpu_s * 60 / took_s, x_used.cpu_s * 60 / took_s, used.wakeups / took_s)


def _changed(yaml: str, values: dict[str, str]) -> str:
    """Return the YAML text with new values. Raises ValueError for a key that does not start exactly one line."""
    lines = yaml.splitlines(keepends=True)
    for name, value in values.items():
        places = [at for at, line in enumerate(lines) if line.strip().startswith(f"{name}:")]
        if len(places) != 1:
            raise ValueError(f"{name} is there {len(places)} times")
        line = lines[places[0]]
        lines[places[0]] = line[: line.index(name)] + f"{name}: {value}\n"
    return "".join(lines)
