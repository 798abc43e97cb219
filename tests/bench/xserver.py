"""An X server without a screen; its picture is in a memory-mapped file, so reading it costs the server nothing."""

from __future__ import annotations

import mmap
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HEADER_BYTES = 1 << 16
"""Bytes to skip at the start of the file: the header, the colour table and a few rows at the top of the picture."""
STRIDE = 4 * 499
"""Distance between the pixels looked at, in bytes: every 499th pixel, which takes 20 us and shows any window."""
POLL_S = 0.001
PLAIN_SHADES = 4


@dataclass(frozen=True)
class XServer:
    pid: int
    display: str
    picture: mmap.mmap
    size: tuple[int, int]

    def black(self) -> bool:
        """Return whether the screen is still black."""
        return not any(self.picture[HEADER_BYTES::STRIDE])

    def plain(self) -> bool:
        """Return whether the screen shows at most a blank window, which has only a few shades of one colour."""
        return len(set(self.picture[HEADER_BYTES::STRIDE])) <= PLAIN_SHADES

    def empty(self) -> bool:
        """Return whether the figure's place on the start screen (left of the middle) is still a single colour."""
        width, height = self.size
        rows = range(height // 3, height * 2 // 3, 8)
        starts = [HEADER_BYTES + 4 * (row * width + width // 8) for row in rows]
        return len({self.picture[at : at + width : 4 * 7] for at in starts}) <= 1

    def wait_for_pixels(self, patience_s: float = 60.0) -> float:
        """Return the moment (monotonic seconds) at which the first pixel is on the screen."""
        return _wait_while(self.black, patience_s)

    def wait_for_picture(self, patience_s: float = 60.0) -> float:
        """Return the moment (monotonic seconds) at which the screen shows more than a blank window."""
        return _wait_while(self.plain, patience_s)

    def wait_for_figure(self, patience_s: float = 60.0) -> float:
        """Return the moment (monotonic seconds) at which the kiosk's start screen shows its figure."""
        return _wait_while(self.empty, patience_s)


@contextmanager
def x_server(size: tuple[int, int]) -> Iterator[XServer]:
    """Run an X server with a black screen of `size` pixels."""
    # The picture is kept in memory because on a disk the kernel would write it back every few seconds.
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-", dir=memory if memory.is_dir() else None))
    screen = f"{size[0]}x{size[1]}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-fbdir", str(folder), "-nolisten", "tcp"]
    try:
        with subprocess.Popen(
            [*command, "-nocursor", "-br", "-noreset"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            assert server.stdout is not None
            try:
                display = f":{server.stdout.readline().strip()}"
                with (folder / "Xvfb_screen0").open("rb") as file:
                    picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                with picture:
                    yield XServer(server.pid, display, picture, size)
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_while(condition: Callable[[], bool], patience_s: float) -> float:
    until_s = time.monotonic() + patience_s
    while condition():
        if time.monotonic() > until_s:
            raise RuntimeError("nothing came on the screen")
        time.sleep(POLL_S)
    return time.monotonic()
