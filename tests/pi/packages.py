"""The package of this checkout, and one of a later version with a changed default."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.pi.build import ROOT
from tests.pi.container import copy_program

LATER = "0.99.0"
CHANGE = "# A line of the later version.\n"


def build(to: Path, source: Path = ROOT) -> Path:
    """Build the package of a folder with the program into the folder `to`; return its path."""
    call = [source / "systemd/debian/build.sh", to]
    return Path(subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip())


def build_later(to: Path, work: Path) -> Path:
    """Build the later version's package into the folder `to`; `work` is a new folder for its sources."""
    source = copy_program(work)
    (source / "kiosk/__init__.py").write_text(f'__version__ = "{LATER}"\n')
    with (source / "config/kiosk.yaml").open("a") as settings:
        settings.write(CHANGE)
    return build(to, source)
