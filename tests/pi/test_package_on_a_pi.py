"""The package on a virtual Pi with Debian trixie: installed with apt, upgraded, and taken away."""

from __future__ import annotations

import pytest

from tests.pi import packages
from tests.pi.conftest import PICTURE_S
from tests.pi.machine import Machine, light, wait_until

# The time limit covers only the test functions. apt takes minutes on an emulated Pi, and each call has its own limit.
pytestmark = pytest.mark.timeout(900, func_only=True)

APT_S = 1800.0
"""Longest run of apt, in seconds. An idle host needs a minute, a busy one many."""
# While apt works, an emulated Pi on a busy host may draw nothing for longer than a real Pi ever does.
PATIENT = "[Service]\nWatchdogSec=600\n"
DROP_IN = "/etc/systemd/system/kiosk.service.d/patient.conf"
FOLDER = "/root/package"
GYM = "cd /etc/kiosk && find . -type f -exec sha256sum {} + | sort -k 2"


def apt(machine: Machine, command: str) -> str:
    return machine.run(f"DEBIAN_FRONTEND=noninteractive apt-get --yes {command}", timeout_s=APT_S)


def wait_for_wall(machine: Machine, mark: str) -> None:
    machine.wait_for("button: GPIO17", mark, PICTURE_S)
    wait_until(lambda: light(machine.picture()) > 0.02, PICTURE_S)
    assert machine.service("ActiveState") == "active"


@pytest.fixture(scope="module")
def packaged(booted: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return the shared machine, with a snapshot named "packaged": apt has installed the package on it."""
    folder = tmp_path_factory.mktemp("packages")
    names = [packages.build(folder).name, packages.build_later(folder, folder / "later").name]
    booted.load("start")
    booted.run("/root/kiosk/systemd/install.sh --uninstall --purge", timeout_s=APT_S)
    assert "kiosk" not in booted.run("cat /etc/passwd; ls /etc /usr/bin")
    booted.copy(folder, FOLDER, *names)
    booted.write(DROP_IN, PATIENT)
    mark = booted.mark()
    assert 'Type "sudo kiosk setup" once' in apt(booted, f"install {FOLDER}/{names[0]}")
    wait_for_wall(booted, mark)
    booted.save("packaged")
    return booted


@pytest.fixture
def wall(packaged: Machine) -> Machine:
    """Return the shared machine, reset to just after the installation of the package."""
    packaged.load("packaged")
    return packaged


def test_the_wall_is_there_and_works(wall: Machine) -> None:
    assert "FAILED" not in wall.run("kiosk doctor --self-test")
    wall.run("kiosk setup")
    assert wall.run("cat /boot/firmware/cmdline.txt").endswith(" rootwait video=HDMI-A-1:1920x1080@60D\n")
    mark = wall.mark()
    wall.press()
    wall.wait_for("started: ", mark)


def test_an_upgrade_keeps_the_config_lays_the_new_default_beside_it_and_the_wall_comes_back(wall: Machine) -> None:
    wall.run("sed -i 's/hold: 2$/hold: 3/' /etc/kiosk/kiosk.yaml; rm /etc/kiosk/circuits/tabata.yaml")
    before, mark = wall.run(GYM).splitlines(), wall.mark()
    apt(wall, f"install {FOLDER}/kiosk_{packages.LATER}_all.deb")
    (added,) = set(wall.run(GYM).splitlines()) ^ set(before)
    assert added.endswith(" ./kiosk.yaml.new")
    assert wall.run("cat /etc/kiosk/kiosk.yaml.new").endswith(packages.CHANGE)
    assert wall.run("dpkg-query -W kiosk").split() == ["kiosk", packages.LATER]
    wait_for_wall(wall, mark)


def test_purged_nothing_is_left(wall: Machine) -> None:
    wall.run("kiosk setup")
    apt(wall, "purge kiosk")
    left = wall.run("find / -xdev -iname '*kiosk*' -not -path '/root/*' -not -path '/proc/*' -not -path '/sys/*'")
    assert left == ""
    assert "kiosk" not in wall.run("cat /etc/passwd /etc/group /boot/firmware/cmdline.txt; systemctl list-units -a")
    assert wall.level() == 0
    assert wall.run("systemctl is-active getty@tty1").strip() == "active"
