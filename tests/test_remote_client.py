"""What somebody is told who asks for a wall that is not there, not theirs, or does not answer."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from kiosk.errors import RemoteError
from kiosk.remote import client
from kiosk.remote.client import ask
from kiosk.remote.place import FOR_OWNER, Place, Taken

NOBODY = 65534


@pytest.fixture
def path(runtime_folder: Path) -> Path:
    return runtime_folder / "remote.sock"


@pytest.fixture
def silent(path: Path) -> Iterator[Taken]:
    """Yield a wall that answers nothing."""
    taken = Taken(Place(path, FOR_OWNER))
    yield taken
    taken.close()


@contextmanager
def not_the_owner(path: Path) -> Iterator[None]:
    """Be a user who may not use the socket at `path`."""
    if os.geteuid() == 0:
        path.parent.chmod(0o755)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        path.chmod(0)
        yield


def test_where_no_wall_runs_it_says_how_to_start_one(path: Path) -> None:
    with pytest.raises(RemoteError, match='no wall runs here for this user; start it with "kiosk run"'):
        ask("now", [path, path.parent / "none" / "remote.sock"])


def test_a_killed_wall_is_none(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(os.fspath(path))
    with pytest.raises(RemoteError, match="no wall runs here"):
        ask("now", [path])


def test_a_killed_wall_does_not_hide_another_one(path: Path, silent: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = path.with_name("stale.sock")
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(os.fspath(stale))
    monkeypatch.setattr(client, "PATIENCE_S", 0.05)
    with pytest.raises(RemoteError, match="the wall does not answer"):
        ask("now", [stale, path])


def test_who_may_not_use_a_wall_is_told_who_may(path: Path, silent: Taken) -> None:
    with not_the_owner(path), pytest.raises(RemoteError, match="only the user who started this wall may"):
        ask("now", [path])


def test_that_of_a_service_is_for_its_group(path: Path, silent: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "OF_SERVICE", path)
    said = r'only root and the group "\w+" may use the wall\'s remote; use sudo, or type "sudo usermod -aG \w+ \$USER"'
    with not_the_owner(path), pytest.raises(RemoteError, match=said):
        ask("now", [path])


def test_a_wall_that_hangs_is_not_waited_for_for_ever(
    path: Path, silent: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE_S", 0.05)
    with pytest.raises(RemoteError, match="the wall does not answer"):
        ask("now", [path])


def test_nor_one_that_too_many_wait_for(path: Path, silent: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE_S", 0.2)
    with ExitStack() as ends:
        with suppress(BlockingIOError):
            while True:
                waiting = ends.enter_context(socket.socket(socket.AF_UNIX))
                waiting.setblocking(False)
                waiting.connect(os.fspath(path))
        with pytest.raises(RemoteError, match="the wall does not answer"):
            ask("now", [path])


def test_a_wall_that_ends_meanwhile_has_hung_up(path: Path, silent: Taken) -> None:
    silent.listening.setblocking(True)
    ending = Thread(target=lambda: silent.listening.accept()[0].close())
    ending.start()
    with pytest.raises(RemoteError, match="the wall has hung up; try again"):
        ask("now", [path])
    ending.join()


@pytest.mark.parametrize("line", [b"[]\n", b"what?\n"])
def test_what_answers_may_be_no_wall(path: Path, silent: Taken, line: bytes) -> None:
    silent.listening.setblocking(True)

    def reply() -> None:
        connection, _ = silent.listening.accept()
        with connection:
            connection.recv(100)
            connection.sendall(line)

    replying = Thread(target=reply)
    replying.start()
    with pytest.raises(RemoteError, match="the answer is not that of a wall"):
        ask("now", [path])
    replying.join()
