"""The page by itself: its start beside a bare Bottle program, its memory, and what a browser has to load."""

from __future__ import annotations

import socket
import time
from collections import defaultdict
from contextlib import closing
from statistics import median

from kiosk.editor.page_files import page_files
from tests.bench.contenders import Places
from tests.bench.opened import BARE, HOST, page, serving, until, used, wanted
from tests.bench.processes import family, pss_mb, usage
from tests.bench.table import Row, at_most

OURS, PEER = "the page", "bare Bottle and waitress"
MOST_KB = 150.0
PICTURES = 10
"""Pictures after which the process that draws has all in memory that it keeps."""
PATIENCE_S = 60.0


def measure(places: Places, runs: int) -> list[Row]:
    start_s: dict[str, list[float]] = defaultdict(list)
    cpu_s: dict[str, list[float]] = defaultdict(list)
    memory_mb: dict[str, list[float]] = defaultdict(list)
    # The first run does not count because it fills the disk cache.
    for run in range(runs + 1):
        for name, program in (
            (OURS, page(places, places.config(), wanted(places))),
            (PEER, serving(BARE, places.environment())),
        ):
            began_s = time.monotonic()
            with program as (process, port):
                _get(port, "/")
                took_s = time.monotonic() - began_s
                if run:
                    start_s[name].append(took_s)
                    cpu_s[name].append(usage([process.pid]).cpu_s)
                    memory_mb[name].append(pss_mb([process.pid]))
    start, cpu, memory = ({name: median(of) for name, of in each.items()} for each in (start_s, cpu_s, memory_mb))
    return [_start_row(start, cpu, runs), _memory_row(memory, *_in_use_mb(places)), _size_row(places)]


def _in_use_mb(places: Places) -> tuple[float, float]:
    """Return the memory of the page's process and that of its drawing process, while somebody uses the page."""
    files = wanted(places)
    with page(places, places.config(), files) as (process, port), used(port, files) as answers:
        until(lambda: answers().count("picture") >= PICTURES)
        _, *children = family(process.pid)
        return pss_mb([process.pid]), pss_mb(children)


def _start_row(start: dict[str, float], cpu: dict[str, float], runs: int) -> Row:
    words = ", ".join(f"{name} {value:.3f} s, of which {cpu[name]:.3f} s of CPU" for name, value in start.items())
    times = f"{cpu[OURS] / cpu[PEER]:.1f} times the CPU"
    return Row(
        "the page's start to its answer", f"{words}; {runs} starts", times, values={"start_s": start, "cpu_s": cpu}
    )


def _memory_row(memory: dict[str, float], page_mb: float, drawing_mb: float) -> Row:
    words = (
        ", ".join(f"{name} {value:.0f} MB" for name, value in memory.items())
        + f"; in use {page_mb:.0f} MB, and the process that draws {drawing_mb:.0f} MB"
    )
    values = {**memory, "in_use_mb": page_mb, "drawing_mb": drawing_mb}
    return Row("its memory at rest (PSS)", words, f"{memory[OURS] / memory[PEER]:.1f} times", values=values)


def _size_row(places: Places) -> Row:
    """Return the row of all files of the page, as a browser gets them the first time, with their headers."""
    names = ["/", *(f"/static/{name}" for name in page_files() if name != "index.html")]
    with page(places, places.config(), wanted(places)) as (_, port):
        plain_kb, kb = (sum(_get(port, path, coding) for path in names) / 1000 for coding in ("identity", "gzip"))
    words = f"{len(names)} files, {plain_kb:.0f} kB as they are"
    values = {"files": len(names), "plain_kb": plain_kb, "kb": kb}
    return Row("what a browser loads, gzip", words, f"{kb:.0f} kB", f"{MOST_KB:g} kB", at_most(kb, MOST_KB), values)


def _get(port: int, path: str, coding: str = "gzip") -> int:
    """Return the size of an answer with its headers, in bytes."""
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: {coding}\r\nConnection: close\r\n\r\n"
    with closing(socket.create_connection((HOST, port), PATIENCE_S)) as connection:
        connection.sendall(head.encode())
        got = bytearray()
        while more := connection.recv(1 << 16):
            got += more
    if not got.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(f"{path}: {bytes(got[:200])!r}")
    return len(got)
