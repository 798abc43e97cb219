"""A virtual Pi with the kiosk installed. Only `make test-pi` runs these tests: they need QEMU, root and minutes.

tests/pi/build.py has built it before. The tests share one machine: each begins from a snapshot of its start screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.pi import build
from tests.pi.machine import MODEL, Machine, light, overlay, wait_until

ENABLED = "KIOSK_TEST_PI"
PICTURE_S = 180.0
"""From power-on to the start screen; 30 s on a host that has nothing else to do."""

collect_ignore_glob = [] if os.environ.get(ENABLED) else ["test_*.py"]


def built(path: Path) -> Path:
    """Return the path of what has been built; without it no test can run."""
    if not path.exists():
        pytest.exit(f"{path} is not built; type: .venv/bin/python -m tests.pi.build", 1)
    return path


@pytest.fixture(scope="session")
def image() -> Path:
    """The folder with kernel, initrd and key."""
    return built(build.CACHE / "recipe").parent


@pytest.fixture(scope="session")
def installed() -> Path:
    """A disk on which the installer has run, and then a short circuit was chosen in the config."""
    return built(build.installed_disk())


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


class NewMachine(Protocol):
    """Makes a machine of a test's own, to be powered on: `new_machine(options="ro")`."""

    def __call__(self, *, model: str = MODEL, options: str = "") -> Machine: ...


@pytest.fixture
def new_machine(image: Path, installed: Path, booted: Machine, tmp_path: Path) -> Iterator[NewMachine]:
    made: list[Machine] = []
    booted.freeze()

    def make(*, model: str = MODEL, options: str = "") -> Machine:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Machine(image, overlay(installed, folder / "disk.qcow2"), folder, model=model, options=options))
        return made[-1]

    yield make
    for machine in made:
        machine.cut_power()


@pytest.fixture
def pi(booted: Machine) -> Machine:
    """The machine at its start screen."""
    booted.load("start")
    return booted
