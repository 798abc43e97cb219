"""Builds what the tests run on: the virtual Pi, the kiosk installed on it, and the containers' roots.

    python -m tests.pi.build [image] [container] [installed]

Each is kept (`tests/pi/.cache`, or $KIOSK_PI_CACHE) until what it is made from changes. On a busy host this takes
longer than a test may take, so it is a step of its own and has no time limit.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.pi.machine import PATIENT, wait_until, without_kiosk

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = Path(os.environ.get("KIOSK_PI_CACHE") or HERE / ".cache")
PROGRAM = ("kiosk", "config", "assets", "systemd")
SOURCE = "/root/kiosk"
SUITES = tuple(os.environ.get("KIOSK_SUITES", "bookworm trixie").split())
"""The Debian releases of the containers, under which apt installs the kiosk."""
CONTAINER_PACKAGES = "systemd,systemd-sysv,dbus,udev,login,procps"
LONG_S = 3600.0
"""Time limit for a command, in seconds; only a command that hangs takes longer."""
DRAWN_S = 60.0
DRAWN = """\
busy() { ! grep -q '^State:.S' /proc/$(pgrep -f '[f]igure.render')/status; }
for look in 1 2 3 4; do busy && exit 0; sleep 0.3; done; echo drawn"""
SHORT = """\
name: Short circuit
rounds: 1
get_ready: 5
work: 12
changeover: 5
switch: 3
exercises: [glute-bridge, side-plank]
"""


def digest(*paths: Path) -> str:
    """Return a hash of the contents of all files in `paths`, as 16 hexadecimal digits."""
    sums = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                sums.update(f"{file.relative_to(path.parent)}\0".encode() + file.read_bytes())
    return sums.hexdigest()[:16]


def installed_disk() -> Path:
    """Return the path of the disk image on which this version of the program is, or will be, installed."""
    recipe = (HERE / "image.sh", HERE / "init", HERE / "build.py")
    return CACHE / f"installed-{digest(*recipe, *(ROOT / name for name in PROGRAM))}.qcow2"


def build_image() -> None:
    """Build kernel, initrd and disk, unless their sources are unchanged since the last build."""
    stamp, recipe = CACHE / "recipe", digest(HERE / "image.sh", HERE / "init")
    if stamp.exists() and stamp.read_text() == recipe:
        return
    # An installed disk holds only its differences from the image, so a new image makes the disk useless.
    for old in (stamp, *CACHE.glob("installed-*")):
        old.unlink(missing_ok=True)
    subprocess.run([HERE / "image.sh", CACHE], check=True, env={**os.environ, "PYTHON": sys.executable})
    stamp.write_text(recipe)


def container(suite: str) -> Path:
    """Return the path of the packed root of a container with this Debian release."""
    return CACHE / f"{suite}.tar"


def build_containers() -> None:
    for suite in SUITES:
        to = container(suite)
        if to.exists():
            continue
        # The new name keeps its ending, from which mmdebstrap tells the output format.
        new = to.with_name(f"new-{to.name}")
        call = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--skip=cleanup/apt"]
        subprocess.run([*call, f"--include={CONTAINER_PACKAGES}", suite, new], check=True)
        new.rename(to)


def install() -> None:
    """Run the installer on a copy of the disk and choose a short circuit, unless this version's disk exists."""
    disk = installed_disk()
    if disk.exists():
        return
    for old in CACHE.glob("installed-*"):
        old.unlink()
    folder = CACHE / "installing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with without_kiosk(CACHE, folder, LONG_S) as machine:
        machine.copy(ROOT, SOURCE, *PROGRAM)
        said = machine.run(f"{SOURCE}/systemd/install.sh", timeout_s=LONG_S)
        (CACHE / "installed.log").write_text(said)
        machine.write("/etc/kiosk/circuits/short.yaml", SHORT)
        machine.run("sed -i 's/^circuit: .*/circuit: short/' /etc/kiosk/kiosk.yaml && systemctl restart kiosk")
        # Wait until the figure has been drawn in the background, so that no test has to wait for it.
        with suppress(TimeoutError):
            wait_until(lambda: machine.run(DRAWN).strip() == "drawn", DRAWN_S, 2)
        machine.run(f"systemctl stop kiosk && rm -r {Path(PATIENT[0]).parent} && sync")
        machine.shut_down()
    (folder / "disk.qcow2").rename(disk)
    shutil.rmtree(folder)


STEPS = {"image": build_image, "container": build_containers, "installed": install}


def main(names: list[str]) -> int:
    """Run the named build steps, or all steps if none is named; return the exit status."""
    if not set(names) <= STEPS.keys():
        print(__doc__, file=sys.stderr)
        return 2
    if not names and subprocess.run([HERE / "tools.sh"], check=False).returncode != 0:
        return 1
    CACHE.mkdir(parents=True, exist_ok=True)
    os.nice(5)
    for name in names or STEPS:
        began_s = time.monotonic()
        STEPS[name]()
        print(f"{name}: ready after {time.monotonic() - began_s:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
