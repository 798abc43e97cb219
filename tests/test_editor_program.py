"""The page as a process: `kiosk edit` on a laptop, and the unit that the wall starts."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from select import select
from shutil import copytree

import pytest

from kiosk.cli import main
from kiosk.editor import packages
from kiosk.editor.network import addresses
from kiosk.editor.server import listening_at
from kiosk.editor.status import State, Status, told
from tests.page_server import SHIPPED, Browser

PATIENCE_S = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(SHIPPED, tmp_path / "config"))


@contextmanager
def running(command: list[str], home: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "XDG_STATE_HOME": str(home / "state"), "XDG_RUNTIME_DIR": str(home), **more}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, close_fds=False) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def is_open(port: int, address: str = "127.0.0.1") -> bool:
    with suppress(ConnectionRefusedError), closing(socket.create_connection((address, port), PATIENCE_S)):
        return True
    return False


def libraries(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text()


# --- on a laptop ------------------------------------------------------------------------------------------------------


@contextmanager
def editing(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """Run `kiosk edit`. Yield the process, and the port and the key of the address that it prints."""
    command = [sys.executable, "-m", "kiosk", "edit", str(folder), "--no-browser", *arguments]
    with running(command, folder.parent) as process:
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(3)]
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#key=(\S+)\n", printed[1])
        assert found, printed
        assert str(folder) in printed[0]
        yield process, int(found[1]), found[2]


def test_the_printed_address_opens_the_page(folder: Path) -> None:
    with editing(folder) as (process, port, key):
        browser = Browser(port)
        assert browser.come_in(key=key).status == 200
        assert browser.get("/api/overview").said["circuits"]
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
        assert not is_open(port)


def test_it_ends_at_once_while_pictures_are_drawn(folder: Path) -> None:
    with editing(folder) as (process, port, key), ExitStack() as connections:
        browser = Browser(port)
        browser.come_in(key=key)
        for number, name in enumerate(("side-plank", "glute-bridge", "bird-dog", "dead-bug", "superman")):
            connection = connections.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE_S))
            head = f"GET /api/figures/{name}.png HTTP/1.1\r\nHost: {browser.host}\r\nCookie: {browser.cookie}\r\n\r\n"
            connection.sendall(head.encode())
            if not number:
                # It is certain that the process draws when it is told to end.
                assert connection.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0


def test_it_is_for_this_machine_alone(folder: Path) -> None:
    with editing(folder) as (_, port, _):
        assert is_open(port)
        assert not any(is_open(port, address) for address in addresses())


def test_it_takes_the_port_that_is_asked_for(folder: Path) -> None:
    with closing(listening_at("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with editing(folder, "--port", str(port)) as (_, got, _):
        assert got == port


def test_a_port_that_is_taken_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(listening_at("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["edit", str(folder), "--port", port, "--no-browser"]) == 1
    error = capsys.readouterr().err
    assert f"port {port}" in error
    assert "--port N" in error


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_said(folder: Path, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["edit", str(folder), "--port", port])
    assert "write a port" in capsys.readouterr().err


def test_missing_packages_are_said_with_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(packages.APT, "no_such_module", "python3-no-such")
    assert main(["edit", str(folder)]) == 1
    error = capsys.readouterr().err
    assert "sudo apt install python3-no-such" in error
    assert "gym-wall-kiosk[editor]" in error
    assert "python3-bottle" not in error


def test_the_page_is_no_part_of_the_other_commands() -> None:
    """They work where its packages are not installed."""
    program = "import sys; import kiosk.cli, kiosk.wiring, kiosk.show; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not packages.APT.keys() & set(loaded)


def test_neither_pictures_nor_figures_are_drawn_by_the_page_itself(folder: Path) -> None:
    with editing(folder) as (process, port, key):
        browser = Browser(port)
        browser.come_in(key=key)
        document = browser.get("/api/circuits/back-and-core-for-runners").said["document"]
        draft = {"kind": "circuits", "name": None, "document": document, "at_s": 30, "width": 480}
        picture = browser.post("/api/draft/picture", draft)
        assert (picture.status, picture.headers["content-type"]) == (200, "image/png")
        still = browser.get("/api/figures/side-plank.png?side=left")
        assert (still.status, still.headers["content-type"]) == (200, "image/png")
        assert browser.get("/api/figures/side-plank.png?side=left", If_None_Match=still.headers["etag"]).status == 304
        loaded = libraries(process.pid)
        assert "_socket" in loaded or "libpython" in loaded or "python" in loaded
        assert "pygame" not in loaded


# --- for the wall -----------------------------------------------------------------------------------------------------


@contextmanager
def serving_the_wall(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the unit's process with a socket that is passed as systemd does. Yield it and the port."""
    asked, status = folder.parent / "page", folder.parent / "status.json"
    asked.touch()
    program = (
        "import os, sys; os.dup2(int(sys.argv[1]), 3); os.close(int(sys.argv[1]));"
        "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1');"
        "from pathlib import Path; from kiosk.editor.service import run;"
        "sys.exit(run(*map(Path, sys.argv[2:])))"
    )
    with closing(listening_at("0.0.0.0", 0)) as listening:
        os.set_inheritable(listening.fileno(), True)
        command = [sys.executable, "-c", program, str(listening.fileno()), str(asked), str(status)]
        more = {"KIOSK_CONFIG": str(folder), "STATE_DIRECTORY": str(folder.parent / "state")}
        ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with closing(ready):
            ready.bind(str(folder.parent / "notify"))
            more["NOTIFY_SOCKET"] = str(folder.parent / "notify")
            with running(command, folder.parent, **more) as process:
                assert select([ready], [], [], PATIENCE_S)[0]
                assert ready.recv(100) == b"READY=1"
                port = listening.getsockname()[1]
                listening.close()
                yield process, port


def wall_is_told(folder: Path) -> Status:
    found = told(folder.parent / "status.json")
    assert found is not None
    return found


def test_the_page_of_the_wall_is_open_for_as_long_as_the_wall_wants(folder: Path) -> None:
    with serving_the_wall(folder) as (process, port):
        status = wall_is_told(folder)
        assert status.state is (State.OPEN if addresses() else State.FAILED)
        assert is_open(port)
        if addresses():
            assert status.address == f"http://{addresses()[0]}:{port}"
            assert Browser(port, host=status.address.removeprefix("http://")).come_in(pin=status.pin).status == 200
        assert "pygame" not in libraries(process.pid)
        (folder.parent / "page").unlink()
        assert process.wait(PATIENCE_S) == 0
        assert not is_open(port)
        assert told(folder.parent / "status.json") is None


def test_systemd_ends_it_at_once(folder: Path) -> None:
    with serving_the_wall(folder) as (process, port):
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
        assert not is_open(port)
