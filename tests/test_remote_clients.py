"""The wall's end of the remote's socket, with real clients; the clock is the test's."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.errors import RemoteError
from kiosk.remote.clients import A_SECOND, AT_ONCE, LONGEST_LINE, MOST_CLIENTS, Clients
from kiosk.remote.place import FOR_GROUP, FOR_OWNER, Place, Taken, place_to_listen, places_to_ask


@pytest.fixture
def path(runtime_folder: Path) -> Path:
    return runtime_folder / "remote.sock"


class Wall:
    """A wall that answers each request with "<request>!". It turns a second after the other, unless told otherwise."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clients = Clients(Taken(Place(path, FOR_OWNER)))
        self.now_s = 100.0
        self.heard: list[bytes] = []

    def turn(self, *, after_s: float = 1.0) -> None:
        self.now_s += after_s
        for client, line in self.clients.read(self.now_s):
            self.heard.append(line.strip())
            self.clients.answer(client, line.strip() + b"!\n")

    def turns(self, number: int, *, after_s: float = 1.0) -> None:
        for _ in range(number):
            self.turn(after_s=after_s)

    def connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(0.5)
        connection.connect(os.fspath(self.path))
        return connection


@pytest.fixture
def wall(path: Path) -> Iterator[Wall]:
    wall = Wall(path)
    yield wall
    wall.clients.close()


def read(connection: socket.socket) -> bytes:
    """Return what is there, "" if the other end has closed the connection."""
    try:
        return connection.recv(10_000)
    except ConnectionError:
        return b""


class TestLines:
    def test_each_is_answered(self, wall: Wall) -> None:
        with wall.connect() as client:
            for number in (b"1", b"2", b"3"):
                client.sendall(number + b"\n")
                wall.turns(2)
                assert read(client) == number + b"!\n"

    def test_several_at_once_are_answered_one_after_the_other(self, wall: Wall) -> None:
        with wall.connect() as client:
            client.sendall(b"1\n2\n3\n")
            wall.turns(4)
            assert read(client) == b"1!\n2!\n3!\n"

    def test_a_second_one_waits_for_the_answer_to_the_first(self, wall: Wall) -> None:
        with wall.connect() as client:
            client.sendall(b"1\n2\n")
            wall.turn()
            ((first, line),) = wall.clients.read(wall.now_s + 1)
            assert line == b"1\n"
            assert wall.clients.read(wall.now_s + 2) == []
            assert first.connection.fileno() not in wall.clients.fds(), "the loop would spin"
            wall.clients.answer(first, b"1!\n")
            assert [line for _, line in wall.clients.read(wall.now_s + 3)] == [b"2\n"]

    def test_a_line_may_come_in_pieces(self, wall: Wall) -> None:
        with wall.connect() as client:
            for piece in (b'"pr', b'ess"', b"\n"):
                client.sendall(piece)
                wall.turns(2)
            assert read(client) == b'"press"!\n'

    @pytest.mark.parametrize("length", [LONGEST_LINE, 1_000_000])
    def test_one_that_is_too_long_is_refused(self, wall: Wall, length: int) -> None:
        with wall.connect() as client:
            client.setblocking(False)
            with suppress(BlockingIOError):
                client.send(b"x" * length + b"\n")
            wall.turns(3)
            client.settimeout(0.5)
            assert b"a request has at most 1024 characters" in read(client)
            assert read(client) == b""
        assert wall.heard == []

    def test_nor_in_pieces(self, wall: Wall) -> None:
        with wall.connect() as client:
            for _ in range(3):
                client.sendall(b"x" * 500)
                wall.turns(2)
            assert b"at most 1024 characters" in read(client)

    def test_a_client_that_leaves_is_forgotten(self, wall: Wall) -> None:
        for sent in (b"", b'"pre', b'"press"\n'):
            with wall.connect() as client:
                client.sendall(sent)
            wall.turns(3)
            assert len(wall.clients.fds()) == 1
        assert wall.heard == [b'"press"']


class TestLimits:
    def test_a_client_that_never_reads_is_dropped(self, wall: Wall) -> None:
        with wall.connect() as client:
            client.setblocking(False)
            sent = 0
            with suppress(BlockingIOError, BrokenPipeError):
                while sent < 100_000:
                    client.sendall(b"x" * 1000 + b"\n")
                    sent += 1
                    wall.turn()
            assert 10 < sent < 100_000

    def test_of_200_connections_the_last_are_kept(self, wall: Wall) -> None:
        connections = []
        for _ in range(200):
            connections.append(wall.connect())
            wall.turn()
        assert len(wall.clients.fds()) == 1 + MOST_CLIENTS
        for connection in connections[:-MOST_CLIENTS]:
            assert read(connection) == b""
        for connection in connections[-MOST_CLIENTS:]:
            connection.sendall(b"1\n")
        wall.turn()
        for connection in connections[-MOST_CLIENTS:]:
            assert read(connection) == b"1!\n"
        for connection in connections:
            connection.close()

    def test_one_that_is_heard_is_kept_before_silent_ones(self, wall: Wall) -> None:
        connections = [wall.connect()]
        wall.turn()
        for _ in range(3 * MOST_CLIENTS):
            connections[0].sendall(b"1\n")
            wall.turn()
            assert read(connections[0]) == b"1!\n"
            connections.append(wall.connect())
            wall.turn()
        for connection in connections:
            connection.close()

    def test_a_client_that_never_stops_does_not_keep_the_loop_busy(self, wall: Wall) -> None:
        with wall.connect() as client:
            client.sendall(b"1\n" * 1000)
            # A tenth of a second, with a turn each ms.
            wall.turns(100, after_s=0.001)
            assert len(wall.heard) <= AT_ONCE + A_SECOND / 10
            assert not wall.clients.fds(), "the loop would wake again and again"
            wall.turn(after_s=0.5)
            assert wall.clients.fds()

    def test_nor_others_from_being_heard(self, wall: Wall) -> None:
        with wall.connect() as busy, wall.connect() as other:
            busy.sendall(b"1\n" * 1000)
            wall.turns(100, after_s=0.001)
            other.sendall(b"2\n")
            # Turns as seldom as while a circuit runs: in each there is time for one line.
            wall.turns(4, after_s=0.03)
            assert b"2" in wall.heard

    def test_nor_others_from_coming_in(self, wall: Wall) -> None:
        with wall.connect() as busy:
            busy.sendall(b"1\n" * 1000)
            wall.turns(100, after_s=0.001)
            with wall.connect() as other:
                other.sendall(b"2\n")
                wall.turns(6, after_s=0.03)
                assert b"2" in wall.heard


class TestPlace:
    @pytest.mark.parametrize("mode", [FOR_OWNER, FOR_GROUP])
    def test_the_socket_is_for_the_owner_or_the_group(self, path: Path, mode: int) -> None:
        taken = Taken(Place(path, mode))
        assert stat.S_IMODE(path.stat().st_mode) == mode
        taken.close()
        taken.close()
        assert not path.exists()

    def test_a_folder_of_its_own_is_private(self, runtime_folder: Path) -> None:
        taken = Taken(Place(runtime_folder / "kiosk" / "remote.sock", FOR_OWNER))
        assert stat.S_IMODE((runtime_folder / "kiosk").stat().st_mode) == 0o700
        taken.close()

    def test_the_socket_of_a_killed_wall_is_replaced(self, path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as killed:
            killed.bind(os.fspath(path))
        taken = Taken(Place(path, FOR_OWNER))
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(os.fspath(path))
        taken.close()

    def test_that_of_a_living_wall_is_not(self, wall: Wall) -> None:
        with pytest.raises(RemoteError, match=f"another wall listens at {wall.path}"):
            Taken(Place(wall.path, FOR_OWNER))
        with wall.connect() as client:
            client.sendall(b"1\n")
            wall.turns(2)
            assert read(client) == b"1!\n"

    def test_where_there_can_be_no_socket_it_says_so(self, runtime_folder: Path) -> None:
        with pytest.raises(OSError, match="too long"):
            Taken(Place(runtime_folder / ("x" * 200), FOR_OWNER))
        (runtime_folder / "file").touch()
        with pytest.raises(OSError, match="file"):
            Taken(Place(runtime_folder / "file" / "remote.sock", FOR_OWNER))

    def test_the_service_has_its_folder_and_a_desktop_that_of_its_user(
        self, monkeypatch: pytest.MonkeyPatch, runtime_folder: Path
    ) -> None:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
        monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
        own = runtime_folder / "kiosk" / "remote.sock"
        assert place_to_listen() == (own, FOR_OWNER)
        assert places_to_ask() == (own, Path("/run/kiosk/remote.sock"))
        monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/kiosk:/run/more")
        assert place_to_listen() == (Path("/run/kiosk/remote.sock"), FOR_GROUP)
        monkeypatch.setenv("RUNTIME_DIRECTORY", "/tmp/kiosk.Xy12")
        assert place_to_listen() == (own, FOR_OWNER)
        monkeypatch.delenv("XDG_RUNTIME_DIR")
        monkeypatch.setenv("HOME", "/home/coach")
        assert places_to_ask()[0] == Path("/home/coach/.local/state/kiosk/remote.sock")
