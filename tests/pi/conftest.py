"""A virtual Pi with the kiosk installed. Only `make test-pi` runs these tests, which need QEMU, root and minutes.

tests/pi/build.py builds the Pi beforehand. Most tests share one machine and begin from a snapshot of its start screen.
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
"""Longest wait from power-on to the start screen, in seconds. An idle host needs 30 s."""

collect_ignore_glob = [] if os.environ.get(ENABLED) else ["test_*.py"]


def built(path: Path) -> Path:
    """Return `path`, which tests/pi/build.py has built. If it does not exist, end the whole test run."""
    if not path.exists():
        pytest.exit(f"{path} is not built; type: .venv/bin/python -m tests.pi.build", 1)
    return path


@pytest.fixture(scope="session")
def image() -> Path:
    """Return the folder with the kernel, the initrd and the SSH key."""
    return built(build.CACHE / "recipe").parent


@pytest.fixture(scope="session")
def installed() -> Path:
    """Return the disk image on which the kiosk is installed and a short circuit is chosen in the config."""
    return built(build.installed_disk())


@pytest.fixture(scope="session")
def shared() -> list[Machine]:
    """Return a list with the shared machine in it, once a test has booted it."""
    return []


@pytest.fixture(scope="session")
def booted(
    image: Path, installed: Path, shared: list[Machine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """Yield a machine at its start screen after a cold boot, with a snapshot of that state named "start"."""
    folder = tmp_path_factory.mktemp("booted")
    machine = Machine(image, overlay(installed, folder / "disk.qcow2"), folder)
    machine.power_on()
    try:
        wait_until(lambda: light(machine.picture()) > 0.02 and "display: " in "\n".join(machine.lines()), PICTURE_S)
        machine.wait_for("button: GPIO")
        # The last part: it comes after the loudspeakers, for which a slow machine takes seconds.
        machine.wait_for("remote: /run/kiosk")
        machine.run("systemctl is-system-running --wait", check=False)
        machine.save("start")
        shared.append(machine)
        yield machine
    finally:
        machine.cut_power()


@pytest.fixture(scope="module", params=build.SUITES)
def suite(request: pytest.FixtureRequest) -> str:
    """Return the Debian release of a container; the tests that use it run once for each of them."""
    name: str = request.param
    return name


class NewMachine(Protocol):
    """A function that makes a machine for one test, still switched off: `new_machine(options="ro")`."""

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
    """Return the shared machine, reset to its start screen."""
    booted.load("start")
    return booted
