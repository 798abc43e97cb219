"""Fixtures that several test files share: an X display, a config folder with a short circuit, programs, the page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kiosk.screen.system_fonts import SystemFonts
from tests.program import Program, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.page import Edited
    from tests.page_server import Served

# Nothing is asserted about a real clock: the machine may be busy. Runs are frequent, so each tries fewer examples.
settings.register_profile("kiosk", deadline=None, max_examples=50)
settings.load_profile("kiosk")

ROOT = Path(__file__).parents[1]
USUAL, OF_USUAL = (
    "back-and-core-for-runners",
    (
        "back-extension",
        "russian-twist",
        "side-plank",
        "glute-bridge",
        "clamshell",
    ),
)
"""The circuit that the shipped kiosk.yaml names, and its exercises."""
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


def copy_config(folder: Path) -> None:
    """Copy what is shipped into a new folder: kiosk.yaml, and only the circuit that it names with its exercises."""
    for name in ("kiosk.yaml", f"circuits/{USUAL}.yaml", *(f"exercises/{name}.yaml" for name in OF_USUAL)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "config" / name, folder / name)


@pytest.fixture
def config_folder(tmp_path: Path) -> Path:
    """Return a config folder of two circuits: the first on the wall takes 23 s, the other one is the shipped one."""
    folder = tmp_path / "config"
    copy_config(folder)
    (folder / "circuits" / "short.yaml").write_text(SHORT)
    kiosk = folder / "kiosk.yaml"
    kiosk.write_text(kiosk.read_text().replace(f"circuit: {USUAL}", "circuit: short"))
    return folder


@pytest.fixture
def runtime_folder() -> Iterator[Path]:
    """Return a folder for the remote's socket. Its name is short: that of a socket has at most some 100 characters."""
    name = tempfile.mkdtemp(prefix="kiosk-")
    yield Path(name)
    shutil.rmtree(name)


@pytest.fixture
def start(tmp_path: Path, runtime_folder: Path) -> Iterator[Start]:
    """Yield a function that starts a module as a program; kill the programs still running after the test."""
    started: list[Program] = []

    def start(
        *arguments: str, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE, **variables: str
    ) -> Program:
        folders = {f"XDG_{kind.upper()}_HOME": str(tmp_path / kind) for kind in ("cache", "state")}
        environment = {**folders, "XDG_RUNTIME_DIR": str(runtime_folder), "PYTHONPATH": str(ROOT), **variables}
        program = Program([sys.executable, "-m", *arguments], environment, stdout, stderr)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """Return the config folder of a wall that reads sticks."""
    from tests.sticks import new_wall

    return new_wall(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return the folder `kiosk` of a stick, which is empty."""
    from tests.sticks import new_stick

    return new_stick(tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium. Without it the test is skipped; under CI it fails."""
    # Imported here: few tests need a browser.
    from tests.page import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def site(browser: Browser, start: Start, tmp_path: Path) -> Iterator[Edited]:
    """Yield the page of a copy of the shipped config; close all its windows afterwards."""
    from tests.page import edited

    site = edited(start, tmp_path)
    yield site
    assert site.errors == []
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a page of the wall that no test of the file changes."""
    from tests.page_server import serving

    with serving(tmp_path_factory.mktemp("page")) as served:
        yield served


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """Yield a page of the wall for a single test."""
    from tests.page_server import serving

    with serving(tmp_path) as served:
        yield served
