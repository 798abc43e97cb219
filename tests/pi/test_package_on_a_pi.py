"""The package on a virtual Pi with Debian trixie: installed with apt in the place of what was there, and purged."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.pi import build
from tests.pi.conftest import PICTURE_S
from tests.pi.machine import Machine, light, wait_until


def test_installed_with_apt_the_wall_comes_up_and_purged_nothing_is_left(pi: Machine, tmp_path: Path) -> None:
    pi.run("/root/kiosk/systemd/install.sh --uninstall --purge", timeout_s=PICTURE_S * 2)
    done = subprocess.run(
        [build.ROOT / "systemd/debian/build.sh", tmp_path], capture_output=True, text=True, check=True
    )
    package = Path(done.stdout.strip()).name
    pi.copy(tmp_path, "/root/package", package)
    mark = pi.mark()
    said = pi.run(f"apt-get --yes install /root/package/{package}", timeout_s=PICTURE_S * 4)
    assert 'Type "sudo kiosk setup" once' in said
    pi.wait_for("button: GPIO17", mark, PICTURE_S)
    wait_until(lambda: light(pi.picture()) > 0.02, PICTURE_S)
    assert pi.service("ActiveState") == "active"
    assert "FAILED" not in pi.run("kiosk doctor --self-test")
    pi.run("kiosk setup")
    assert pi.run("cat /boot/firmware/cmdline.txt").endswith(" rootwait video=HDMI-A-1:1920x1080@60D\n")
    pi.press()
    pi.wait_for("started: ", mark)

    pi.run("apt-get --yes purge kiosk", timeout_s=PICTURE_S * 2)
    left = pi.run("find / -xdev -iname '*kiosk*' -not -path '/root/*' -not -path '/proc/*' -not -path '/sys/*'")
    assert left == ""
    assert "kiosk" not in pi.run("cat /etc/passwd /etc/group /boot/firmware/cmdline.txt; systemctl list-units -a")
    assert pi.level() == 0
    assert pi.run("systemctl is-active getty@tty1").strip() == "active"
