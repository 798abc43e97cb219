"""The package on a virtual Pi with Debian trixie that never had a kiosk: installed with apt, upgraded, taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pi import container, packages
from tests.pi.machine import Machine, light, wait_until, without_kiosk

APT_S = 3600.0
"""Longest run of apt, in seconds. An idle host needs a minute, a busy one many."""
WALL_S = 1800.0
"""Longest wait for the wall after that."""
# Each step has its own limit; this is for what hangs otherwise.
pytestmark = pytest.mark.timeout(2 * APT_S)
FOLDER = "/root/package"
GYM = "cd /etc/kiosk && find . -type f -exec sha256sum {} + | sort -k 2"


def apt(machine: Machine, command: str) -> str:
    return machine.run(f"DEBIAN_FRONTEND=noninteractive apt-get --yes {command}", timeout_s=APT_S)


def wait_for_wall(machine: Machine, mark: str) -> None:
    machine.wait_for("button: GPIO17", mark, WALL_S)
    wait_until(lambda: light(machine.picture()) > 0.02, WALL_S)
    assert machine.service("ActiveState") == "active"


@pytest.fixture(scope="module")
def packaged(image: Path, shared: list[Machine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Yield a machine with a snapshot named "packaged": apt has just installed the package, and the wall is there."""
    for other in shared:
        other.freeze()
    folder = tmp_path_factory.mktemp("packages")
    names = [packages.build(folder).name, packages.build_later(folder, folder / "later").name]
    with without_kiosk(image, folder, WALL_S) as machine:
        machine.copy(folder, FOLDER, *names)
        mark = machine.mark()
        assert 'Type "sudo kiosk setup" once' in apt(machine, f"install {FOLDER}/{names[0]}")
        wait_for_wall(machine, mark)
        machine.save("packaged")
        yield machine


@pytest.fixture
def wall(packaged: Machine) -> Machine:
    """Return the machine, reset to just after the installation of the package."""
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
    assert wall.run(container.LEFT) == ""
    assert "kiosk" not in wall.run("cat /etc/passwd /etc/group /boot/firmware/cmdline.txt; systemctl list-units -a")
    assert wall.level() == 0
    assert wall.run("systemctl is-active getty@tty1").strip() == "active"
