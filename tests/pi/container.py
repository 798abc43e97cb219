"""A throw-away Debian container with the host's architecture, which boots in a second and runs one script."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

from tests.pi import build
from tests.pi.conftest import built

SET_UP_S = 3600
"""Longest run of a script, in seconds. Fetching packages may be slow."""
ONE_AT_A_TIME = Path("/run/lock/kiosk-container")
"""Is locked while a container runs. Two of them would share their cgroups, and so each other's processes."""
UNIT = """\
[Unit]
After=multi-user.target
[Service]
Type=oneshot
StandardOutput=file:/root/said
StandardError=inherit
ExecStart=/bin/bash /root/script
ExecStopPost=/bin/systemctl poweroff --force
[Install]
WantedBy=default.target
"""
LEFT = "find / -xdev -iname '*kiosk*' -not -path '/root/*' -not -path '/proc/*' -not -path '/sys/*'"
"""A command that prints everything on the disk that has the kiosk's name; what tests bring is in /root."""
BEGIN = f"""\
part() {{ echo "=== $*"; }}
left() {{ {LEFT}; }}
mkdir -p /boot/firmware
echo 'console=tty1 root=PARTUUID=1-02 rootwait' > /boot/firmware/cmdline.txt
"""
# The service must run without a console because a container has none. On a busy host its end may take long.
NO_CONSOLE = "[Service]\nStandardInput=null\nTTYPath=\nTimeoutStopSec=60\nTimeoutStartSec=600\nWatchdogSec=600\n"


def copy_program(to: Path) -> Path:
    """Copy what the installer needs of this checkout into a new folder; return the folder."""
    for name in build.PROGRAM:
        shutil.copytree(build.ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    return to


def new_root(suite: str, folder: Path) -> Path:
    """Return the root file system of a container with this Debian release, unpacked into a new folder."""
    root = folder / "root"
    root.mkdir()
    subprocess.run(["tar", "-C", root, "-x", "-f", built(build.container(suite))], check=True)
    # It need not survive a power cut: without this, dpkg waits minutes for a busy host's disk.
    (root / "etc/dpkg/dpkg.cfg.d/no-sync").write_text("force-unsafe-io\n")
    return root


def run(root: Path, script: str) -> dict[str, str]:
    """Boot the container and run a script in it; return its output, by the names that it gives to `part`.

    In the script, `left` prints what is LEFT.
    """
    (root / "root/script").write_text(BEGIN + script)
    (root / "etc/systemd/system/proof.service").write_text(UNIT)
    (root / "etc/systemd/system/kiosk.service.d").mkdir()
    (root / "etc/systemd/system/kiosk.service.d/console.conf").write_text(NO_CONSOLE)
    subprocess.run(["systemctl", "--quiet", f"--root={root}", "enable", "proof.service"], check=True)
    boot = ["systemd-nspawn", "-q", "-D", str(root), "--register=no", "--keep-unit", "--resolv-conf=replace-host", "-b"]
    with ONE_AT_A_TIME.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        quiet = subprocess.DEVNULL
        subprocess.run(["nice", *boot], check=False, stdin=quiet, stdout=quiet, timeout=SET_UP_S)
    parts = (root / "root/said").read_text().split("=== ")[1:]
    shutil.rmtree(root, ignore_errors=True)
    return {head: text for head, _, text in (part.partition("\n") for part in parts)}
