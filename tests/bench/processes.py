"""The CPU time, wake-ups and memory of a program and all its child processes, read from /proc."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Usage:
    """The CPU seconds used so far, and the number of wake-ups (the kernel's voluntary context switches)."""

    cpu_s: float
    wakeups: int

    def __sub__(self, before: Usage) -> Usage:
        return Usage(self.cpu_s - before.cpu_s, self.wakeups - before.wakeups)


def family(pid: int) -> list[int]:
    """Return the ids of the process and of all its descendants."""
    parents: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if (fields := _stat(int(folder.name))) is not None:
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def usage(pids: Iterable[int]) -> Usage:
    """Return what these processes have used, with their children that have ended and been waited for."""
    cpu_s, wakeups = 0.0, 0
    for pid in pids:
        fields = _stat(pid)
        if fields is None:
            continue
        # The children's time comes in ticks of 10 ms; the process's own time comes from a nanosecond clock.
        cpu_s += _cpu_s(pid) + (int(fields[13]) + int(fields[14])) / 100
        for status in PROC.glob(f"{pid}/task/*/status"):
            wakeups += int(_field(status, "voluntary_ctxt_switches") or 0)
    return Usage(cpu_s, wakeups)


def pss_mb(pids: Iterable[int], kind: str = "") -> float:
    """Return the memory of these processes in MB; each shared page counts in equal parts for all that share it.

    `kind` is a kernel name: "Anon" for the program's own data, "File" for libraries, "Shmem" for shared memory.
    """
    name = f"Pss_{kind}" if kind else "Pss"
    return sum(int((_field(PROC / str(pid) / "smaps_rollup", name) or "0").split()[0]) for pid in pids) / 1024


def _cpu_s(pid: int) -> float:
    # The id of another process's CPU clock is computed as clock_getcpuclockid(3) does on Linux.
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat from the third field (the state) on; None if the process has ended."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _field(file: Path, name: str) -> str | None:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name + ":")), None)
