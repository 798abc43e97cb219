"""The doctor's access to the machine, which tests replace."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from ctypes import CDLL
from dataclasses import dataclass
from pathlib import Path

TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Machine:
    """The machine's files below `root`, and its programs. No method raises; a missing thing gives None or nothing."""

    root: Path = Path("/")

    def text(self, path: str) -> str | None:
        """Return the text of a file without surrounding white space and NULs, or None if it cannot be read."""
        try:
            return (self.root / path).read_bytes().decode(errors="replace").strip("\0\n ")
        except OSError:
            return None

    def paths(self, pattern: str) -> list[Path]:
        return sorted(self.root.glob(pattern))

    def has_program(self, name: str) -> bool:
        return shutil.which(name) is not None

    def output_of(self, *command: str) -> str | None:
        """Return the output of a program, or None if the program is missing, fails or does not end in time."""
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=TIMEOUT_S,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    def missing_libraries(self, names: Sequence[str]) -> list[str]:
        """Return the names of the libraries that the dynamic linker does not find."""
        missing = []
        for name in names:
            try:
                CDLL(name)
            except OSError:
                missing.append(name)
        return missing

    def is_root(self) -> bool:
        return os.geteuid() == 0
