"""USB sticks put into the running wall: good, bad, empty, huge, slow and pulled out, and a disk that takes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pi import usb
from tests.pi.conftest import PICTURE_S, NewMachine
from tests.pi.machine import Machine, light, same_screen, wait_until
from tests.pi.test_wall import start

SOON_S = 240.0
"""Longest wait for what becomes of a stick, in seconds. A busy host needs a minute for it."""
CIRCUIT = "name: {}\nrounds: 2\nwork: 60\nexercises: [{{name: Squats}}, {{name: Rows}}]\n"
GOOD = {"kiosk/circuits/a.yaml": CIRCUIT.format("Day 1"), "kiosk/circuits/b.yaml": CIRCUIT.format("Day 2")}
CONFIG = "find /etc/kiosk -type f | sort | xargs sha256sum | sha256sum; ls -d /etc/kiosk*"


@pytest.fixture
def wall(pi: Machine) -> Iterator[Machine]:
    """Yield the shared machine at its start screen, and pull the stick out at the end."""
    yield pi
    pi.pull_out()


def said(machine: Machine, words: str, mark: str) -> None:
    """Wait until the wall shows a notice with this headline, and nothing is left of the stick."""
    machine.wait_for(f"notice: {words}", mark, SOON_S)
    wait_until(lambda: "kiosk-stick@" not in machine.run("systemctl list-units --no-legend 'kiosk-stick@*'"), SOON_S)
    assert "/run/kiosk-stick" not in machine.run("cat /proc/mounts")
    assert machine.run("systemctl is-failed 'kiosk-stick@*'", check=False).strip() != "failed"


def detail(machine: Machine) -> str:
    return machine.run("cat /run/kiosk-stick/notice.json")


def put_in(machine: Machine, image: Path, words: str) -> None:
    mark = machine.mark()
    machine.plug_in(image)
    said(machine, words, mark)


class TestTaken:
    @pytest.mark.parametrize("kind", ["vfat", "ext4"])
    def test_the_wall_says_what_it_has_taken_and_a_press_goes_on(
        self, kind: str, wall: Machine, tmp_path: Path
    ) -> None:
        idle = wall.picture()
        mark = wall.mark()
        wall.plug_in(usb.make(tmp_path, GOOD, kind))
        said(wall, "2 circuits taken from the stick", mark)
        wait_until(lambda: not same_screen(idle, wall.picture()), SOON_S)
        assert "Day 2" in wall.run("kiosk plan b")
        assert wall.run("ls -d /etc/kiosk*").split() == ["/etc/kiosk", "/etc/kiosk.before-stick"]
        wall.press()
        wall.wait_for("start screen", mark)
        start(wall)

    def test_during_a_circuit_it_waits_and_a_badge_says_so(self, wall: Machine, tmp_path: Path) -> None:
        mark = start(wall)
        wall.plug_in(usb.make(tmp_path, GOOD))
        wait_until(lambda: "Stick waits for the end" in wall.service("StatusText"), SOON_S)
        assert not any("notice:" in line for line in wall.lines(mark))
        wall.press(held_s=2.5)
        said(wall, "2 circuits taken from the stick", mark)

    def test_an_empty_folder_gets_a_copy(self, wall: Machine, tmp_path: Path) -> None:
        image = usb.make(tmp_path, {"kiosk": None})
        put_in(wall, image, "15 circuits copied to the stick")
        wall.pull_out()
        there = usb.files_on(image, tmp_path / "files")
        assert there["kiosk/kiosk.yaml"].startswith((ROOT / "config/kiosk.yaml").read_bytes()[:60])
        assert "kiosk/circuits/short.yaml" in there
        assert not any(name.startswith("kiosk.part") for name in there)

    def test_exfat_is_read_too(self, wall: Machine, tmp_path: Path) -> None:
        image = usb.make(tmp_path, {}, "exfat")
        wall.plug_in(image)
        wait_until(lambda: "there is no folder kiosk" in wall.run("journalctl -q -o cat -t kiosk-stick -b"), SOON_S)
        wait_until(lambda: "/run/kiosk-stick" not in wall.run("cat /proc/mounts"), SOON_S)
        wall.run("mount -t exfat /dev/sd?1 /mnt && mkdir -p /mnt/kiosk/circuits")
        wall.write("/mnt/kiosk/circuits/a.yaml", CIRCUIT.format("Day 1"))
        wall.run("umount /mnt")
        wall.pull_out()
        put_in(wall, image, "1 circuit taken from the stick")


class TestRefused:
    def test_a_mistake_is_shown_with_its_file_and_line(self, wall: Machine, tmp_path: Path) -> None:
        before = wall.run(CONFIG)
        bad = {**GOOD, "kiosk/circuits/b.yaml": GOOD["kiosk/circuits/b.yaml"].replace("60", "sixty")}
        put_in(wall, usb.make(tmp_path, bad), "Stick not taken")
        assert "On the stick: circuits/b.yaml, line 3" in detail(wall)
        assert wall.run(CONFIG) == before

    def test_too_much_is_refused(self, wall: Machine, tmp_path: Path) -> None:
        before = wall.run(CONFIG)
        huge = {f"kiosk/exercises/exercise-{number}.yaml": b"#" * 90_000 for number in range(200)}
        put_in(wall, usb.make(tmp_path, {**GOOD, **huge}), "Stick not taken")
        assert "there is too much on the stick" in detail(wall)
        assert wall.run(CONFIG) == before

    def test_pulled_out_in_the_middle(self, wall: Machine, tmp_path: Path) -> None:
        before, mark = wall.run(CONFIG), wall.mark()
        slow = {f"kiosk/exercises/exercise-{number}.yaml": b"# \n" * 20_000 for number in range(40)}
        wall.plug_in(usb.make(tmp_path, {**GOOD, **slow}), bytes_per_s=60_000)
        wait_until(lambda: "Reading the stick" in wall.service("StatusText"), SOON_S)
        wall.pull_out()
        said(wall, "Stick not taken", mark)
        assert "pulled out" in detail(wall)
        assert wall.run(CONFIG) == before

    def test_a_full_disk(self, wall: Machine, tmp_path: Path) -> None:
        before = wall.run(CONFIG)
        wall.run(
            "fallocate -l $(df --output=avail -B1 / | tail -1) /filler; dd if=/dev/zero of=/filler2 bs=4k", check=False
        )
        put_in(wall, usb.make(tmp_path, GOOD), "Stick not taken")
        assert "disk is full" in detail(wall)
        assert wall.run(CONFIG) == before

    def test_usb_off_means_that_nothing_happens(self, wall: Machine, tmp_path: Path) -> None:
        mark = wall.mark()
        wall.run("sed -i 's/^usb: .*/usb: off/' /etc/kiosk/kiosk.yaml")
        before = wall.run(CONFIG)
        wall.plug_in(usb.make(tmp_path, GOOD))
        ended = "systemctl show kiosk-stick@sda1 -P ExecMainExitTimestampMonotonic"
        wait_until(lambda: wall.run(ended).strip() != "0", SOON_S)
        wait_until(lambda: wall.run("ls /run/kiosk-stick").split() == ["lock"], SOON_S)
        assert wall.run(CONFIG) == before
        assert not any("notice:" in line for line in wall.lines(mark))

    def test_a_stick_of_somebody_s_is_left_alone(self, wall: Machine, tmp_path: Path) -> None:
        mark = wall.mark()
        wall.plug_in(usb.make(tmp_path, {"photos/1.jpg": "x"}))
        sign = "journalctl -q -o cat -t kiosk-stick -b"
        wait_until(lambda: "there is no folder kiosk on the stick" in wall.run(sign), SOON_S)
        wait_until(lambda: "/run/kiosk-stick" not in wall.run("cat /proc/mounts"), SOON_S)
        assert not any("notice:" in line for line in wall.lines(mark))

    @pytest.mark.parametrize("disk", ["ro", "overlay"])
    def test_a_read_only_disk(self, disk: str, new_machine: NewMachine, tmp_path: Path) -> None:
        machine = new_machine(options=disk)
        machine.power_on()
        wait_until(lambda: light(machine.picture()) > 0.02, PICTURE_S)
        machine.wait_for("display: the picture is on the screen")
        before = machine.run(CONFIG)
        put_in(machine, usb.make(tmp_path, GOOD), "Stick not taken")
        assert "disk is read-only" in detail(machine)
        assert machine.run(CONFIG) == before
