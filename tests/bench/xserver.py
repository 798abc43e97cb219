"""An X server without a screen, whose picture lies in a file that can be looked at for nothing."""

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
"""More than the file's header and colour table take, and a few rows of the picture: all far from the middle."""
STRIDE = 4 * 499
"""Every 499th pixel is enough to see the first window, and takes 20 us."""
POLL_S = 0.001
PLAIN_SHADES = 4


@dataclass(frozen=True)
class XServer:
    pid: int
    display: str
    picture: mmap.mmap
    size: tuple[int, int]

    def black(self) -> bool:
        """Whether nothing is on the screen yet."""
        return not any(self.picture[HEADER_BYTES::STRIDE])

    def plain(self) -> bool:
        """Whether at most a blank window is there: a few shades of one colour."""
        return len(set(self.picture[HEADER_BYTES::STRIDE])) <= PLAIN_SHADES

    def empty(self) -> bool:
        """Whether the left of the middle is of one colour: there the start screen has its figure."""
        width, height = self.size
        rows = range(height // 3, height * 2 // 3, 8)
        starts = [HEADER_BYTES + 4 * (row * width + width // 8) for row in rows]
        return len({self.picture[at : at + width : 4 * 7] for at in starts}) <= 1

    def wait_for_pixels(self, patience_s: float = 60.0) -> float:
        """Return the moment on the monotonic clock at which the first pixel is there."""
        return _wait_while(self.black, patience_s)

    def wait_for_picture(self, patience_s: float = 60.0) -> float:
        """Return the moment at which there is more than a blank window."""
        return _wait_while(self.plain, patience_s)

    def wait_for_figure(self, patience_s: float = 60.0) -> float:
        """Return the moment at which the kiosk's start screen has its figure."""
        return _wait_while(self.empty, patience_s)


@contextmanager
def x_server(size: tuple[int, int]) -> Iterator[XServer]:
    """Run a server with a black screen of `size` pixels."""
    # On a disk the kernel would write the picture back every few seconds.
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
