"""A virtual Pi with the kiosk installed. Only `make test-pi` runs these tests: they need QEMU, root and minutes.

The image is built once and kept (`tests/pi/.cache`, or $KIOSK_PI_CACHE); so is the disk with the kiosk installed on it,
as long as the program stays the same. The tests share one machine: each begins from a snapshot of its start screen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.pi.machine import Machine, light, overlay, wait_until

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENABLED = "KIOSK_TEST_PI"
CACHE = Path(os.environ.get("KIOSK_PI_CACHE") or HERE / ".cache")
TOOLS = {
    "qemu-system-aarch64": "qemu-system-arm",
    "qemu-img": "qemu-utils",
    "update-binfmts": "binfmt-support qemu-user-static",
    "mmdebstrap": "mmdebstrap",
    "arch-test": "arch-test",
    "depmod": "kmod",
    "cpio": "cpio",
    "mke2fs": "e2fsprogs",
    "xz": "xz-utils",
    "zstd": "zstd",
    "swig": "swig",
    "aarch64-linux-gnu-gcc": "gcc-aarch64-linux-gnu libc6-dev-arm64-cross",
    "dtc": "device-tree-compiler",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "systemd-nspawn": "systemd-container",
}
"""What the machines are made and handled with, and the packages that bring it."""
PROGRAM = ("kiosk", "config", "assets", "systemd")
SOURCE = "/root/kiosk"
PICTURE_S = 180.0
"""From power-on to the start screen; 30 s on a host that has nothing else to do."""
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

collect_ignore_glob = [] if os.environ.get(ENABLED) else ["test_*.py"]


def digest(*paths: Path) -> str:
    """Return a text that changes with the files' contents."""
    sums = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                sums.update(f"{file.relative_to(path.parent)}\0".encode() + file.read_bytes())
    return sums.hexdigest()[:16]


@pytest.fixture(scope="session")
def tools() -> None:
    """Nothing, but an error at once where something is missing; the container's tests need only a part of it."""
    if os.geteuid() != 0:
        pytest.fail("a root file system for another processor can only be made by root: sudo make test-pi")
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        packages = " ".join(dict.fromkeys(TOOLS[tool] for tool in missing))
        pytest.fail(f"{', '.join(missing)} missing; type: sudo apt install {packages}")


@pytest.fixture(scope="session")
def image(tools: None) -> Path:
    """The folder with the image, built if there is none or if what builds it has changed."""
    stamp, recipe = CACHE / "recipe", digest(HERE / "image.sh", HERE / "init")
    if not stamp.exists() or stamp.read_text() != recipe:
        shutil.rmtree(CACHE, ignore_errors=True)
        began_s = time.monotonic()
        environment = {**os.environ, "PYTHON": sys.executable}
        subprocess.run(["nice", "-n", "5", HERE / "image.sh", CACHE], check=True, env=environment)
        stamp.write_text(recipe)
        print(f"\nimage built in {time.monotonic() - began_s:.0f} s")
    return CACHE


@pytest.fixture(scope="session")
def installed(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disk on which the installer has run, and then a short circuit was chosen in the config."""
    made_from = digest(*(ROOT / name for name in PROGRAM), image / "recipe")
    disk = image / f"installed-{made_from}.qcow2"
    if disk.exists():
        return disk
    for old in image.glob("installed-*"):
        old.unlink()
    folder = tmp_path_factory.mktemp("install")
    machine = Machine(image, overlay(image / "root.img", folder / "disk.qcow2"), folder)
    machine.power_on()
    try:
        machine.copy(ROOT, SOURCE, *PROGRAM)
        said = machine.run(f"{SOURCE}/systemd/install.sh", timeout_s=300)
        (image / "installed.log").write_text(said)
        machine.write("/etc/kiosk/circuits/short.yaml", SHORT)
        machine.run("sed -i 's/^circuit: .*/circuit: short/' /etc/kiosk/kiosk.yaml && systemctl restart kiosk")
        # The athlete is drawn once, in the background; the tests should not have to wait for that.
        with suppress(TimeoutError):
            wait_until(lambda: machine.run(DRAWN).strip() == "drawn", DRAWN_S, 2)
        machine.run("systemctl stop kiosk && sync")
        machine.shut_down()
    finally:
        machine.cut_power()
    shutil.move(folder / "disk.qcow2", disk)
    return disk


@pytest.fixture(scope="session")
def booted(image: Path, installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine at its start screen after a cold boot, and a snapshot of that."""
    folder = tmp_path_factory.mktemp("booted")
    machine = Machine(image, overlay(installed, folder / "disk.qcow2"), folder)
    machine.power_on()
    try:
        wait_until(lambda: light(machine.picture()) > 0.02 and "display: " in "\n".join(machine.lines()), PICTURE_S)
        machine.wait_for("button: GPIO")
        machine.run("systemctl is-system-running --wait", check=False)
        machine.save("start")
        yield machine
    finally:
        machine.cut_power()


@pytest.fixture
def new_machine(image: Path, installed: Path, booted: Machine, tmp_path: Path) -> Iterator[type[Machine]]:
    """Machines of a test's own, to be powered on: `new_machine(options="ro")`."""
    made: list[Machine] = []
    booted.freeze()

    class Own(Machine):
        def __init__(self, *, model: str | None = None, options: str = "") -> None:
            folder = tmp_path / str(len(made))
            folder.mkdir()
            more = {"model": model} if model else {}
            super().__init__(image, overlay(installed, folder / "disk.qcow2"), folder, options=options, **more)
            made.append(self)

    yield Own
    for machine in made:
        machine.cut_power()


@pytest.fixture
def pi(booted: Machine) -> Machine:
    """The machine at its start screen."""
    booted.load("start")
    return booted
