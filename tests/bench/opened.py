"""The page, opened at a wall or by itself, and somebody who uses it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from kiosk.editor.server import listening_at
from kiosk.editor.status import State
from kiosk.remote.client import Ask, carry_out
from tests.bench.contenders import PEERS, ROOT, Places
from tests.bench.status_files import Files

T = TypeVar("T")
Served = tuple[subprocess.Popen[bytes], int]
"""A program that serves, and the port at which it does."""

HOST = "127.0.0.1"
PROGRAM = [sys.executable, str(Path(__file__).with_name("page_process.py"))]
BARE = [sys.executable, str(PEERS / "bottle_bare.py")]
NICENESS = 5
"""Niceness of the page's process, as in kiosk-editor.service."""
PATIENCE_S = 60.0
MOST_ENTRIES = 50
POLL_S = 0.02


@contextmanager
def serving(command: list[str], environment: dict[str, str], *more: str) -> Iterator[Served]:
    """Run a program of the web that is given a socket which listens; yield the program and the socket's port."""
    with closing(listening_at(HOST, 0)) as listening:
        process = subprocess.Popen(
            ["nice", "-n", str(NICENESS), *command, str(listening.fileno()), *more],
            env=environment,
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process, listening.getsockname()[1]
        finally:
            process.terminate()
            process.wait()


def wanted(places: Places) -> Files:
    """Return the files of a page that is to be open, though no wall asks for it."""
    files = Files(Path(tempfile.mkdtemp(dir=places.folder)))
    files.asked.touch()
    return files


@contextmanager
def page(places: Places, config: Path, files: Files, wall: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Run the page's process for a config folder; yield it and its port.

    `wall` is the environment of the wall that its remote is for, if there is one.
    """
    state = tempfile.mkdtemp(dir=places.folder)
    environment = {**(wall or places.environment()), "KIOSK_CONFIG": str(config), "STATE_DIRECTORY": state}
    with serving(PROGRAM, environment, str(files.asked), str(files.status)) as served:
        yield served


def pin(files: Files) -> str:
    """Return the number that lets somebody in, as soon as the page is open."""
    status = until(lambda: said if (said := files.said()) and said.state is State.OPEN else None)
    assert status is not None
    return status.pin


@contextmanager
def used(port: int, files: Files) -> Iterator[Callable[[], list[str]]]:
    """Let somebody use the page without a pause; yield a function that returns what was answered so far."""
    answers = files.folder / "answers"
    with answers.open("w") as file:
        command = [sys.executable, "-m", "tests.bench.page_user", str(port), pin(files)]
        user = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file)
        try:
            until(lambda: "picture" in answers.read_text())
            yield lambda: answers.read_text().split("\n")[:-1]
            if user.poll() is not None:
                raise RuntimeError(f"whoever used the page has ended with status {user.returncode}")
        finally:
            user.terminate()
            user.wait()


def open_at(wall: Ask) -> None:
    """Open the page at a wall by its remote, as a hold on the last entry of the list does."""
    answer = carry_out("list", wall)
    for _ in range(MOST_ENTRIES):
        if answer["hold"] == "phone":
            break
        answer = carry_out("next", wall)
    assert wall({"hold": "phone"})["ok"]


def until(look: Callable[[], T]) -> T:
    """Return what `look` returns as soon as that is true. Raises RuntimeError if it takes too long."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not (found := look()):
        if time.monotonic() > deadline_s:
            raise RuntimeError("the page does not answer")
        time.sleep(POLL_S)
    return found
