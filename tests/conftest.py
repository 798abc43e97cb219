"""Fixtures that several test files share: an X display, a config folder with a short circuit, running programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.screen.system_fonts import SystemFonts
from tests.program import Program, Start

# Nothing is asserted about a real clock: the machine may be busy. Runs are frequent, so each tries fewer examples.
settings.register_profile("kiosk", deadline=None, max_examples=50)
settings.load_profile("kiosk")

ROOT = Path(__file__).parents[1]
SHORT = """\
name: Short circuit
rounds: 1
get_ready: 2
work: 5
changeover: 2
switch: 1
exercises: [glute-bridge, side-plank]
"""


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the wall only its own fonts, so that no test depends on which others the machine has."""
    monkeypatch.setattr("kiosk.screen.system_fonts.SYSTEM", SystemFonts(lambda: ""))


def needs(tool: str, package: str = "") -> str:
    """Return the tool's path. If the tool is missing, skip the test; under CI, fail it."""
    found = shutil.which(tool)
    if found is not None:
        return found
    message = f"{tool} is not installed: sudo apt install {package or tool.lower()}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def xvfb(size: str = "1280x720") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run an X server without a screen; yield its process and its value for $DISPLAY."""
    # With -noreset: otherwise the server would restart after its last client and refuse the next client meanwhile.
    with subprocess.Popen(
        [needs("Xvfb"), "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield server, f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with xvfb() as (_, name):
        yield name


@pytest.fixture
def config_folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped config folder, in which a circuit of 23 s is the first of two."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    (folder / "circuits" / "short.yaml").write_text(SHORT)
    kiosk = folder / "kiosk.yaml"
    kiosk.write_text(kiosk.read_text().replace("circuit: back-and-core-for-runners", "circuit: short"))
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Yield a function that starts a module as a program; kill the programs still running after the test."""
    started: list[Program] = []

    def start(
        *arguments: str, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE, **variables: str
    ) -> Program:
        folders = {f"XDG_{kind.upper()}_HOME": str(tmp_path / kind) for kind in ("cache", "state")}
        environment = {**folders, "PYTHONPATH": str(ROOT), **variables}
        program = Program([sys.executable, "-m", *arguments], environment, stdout, stderr)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
