"""What a program costs while it runs: CPU, wake-ups and memory of its whole family of processes, from /proc."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Usage:
    """What has been used up so far: seconds of CPU, and how often a thread went to sleep of its own accord."""

    cpu_s: float
    wakeups: int

    def __sub__(self, before: Usage) -> Usage:
        return Usage(self.cpu_s - before.cpu_s, self.wakeups - before.wakeups)


def family(pid: int) -> list[int]:
    """Return the process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if (fields := _stat(int(folder.name))) is not None:
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def usage(pids: Iterable[int]) -> Usage:
    """Return what these processes have used; those that have ended and were waited for count with their parent."""
    cpu_s, wakeups = 0.0, 0
    for pid in pids:
        fields = _stat(pid)
        if fields is None:
            continue
        # The children's share has whole ticks of 10 ms; the own one comes from a clock of nanoseconds.
        cpu_s += _cpu_s(pid) + (int(fields[13]) + int(fields[14])) / 100
        for status in PROC.glob(f"{pid}/task/*/status"):
            wakeups += int(_field(status, "voluntary_ctxt_switches") or 0)
    return Usage(cpu_s, wakeups)


def pss_mb(pids: Iterable[int], kind: str = "") -> float:
    """Return the memory of these processes in MB, what they share divided among those that share it.

    `kind` is one of the kernel's: "Anon" for what the program made, "File" for libraries, "Shmem" for what is shared.
    """
    name = f"Pss_{kind}" if kind else "Pss"
    return sum(int((_field(PROC / str(pid) / "smaps_rollup", name) or "0").split()[0]) for pid in pids) / 1024


def _cpu_s(pid: int) -> float:
    # The number of another process's CPU clock, as clock_getcpuclockid(3) makes it on Linux.
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat from the state on, which is the third."""
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
