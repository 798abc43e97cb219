"""The messages to systemd, received on a real socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.system.notify import Notifier


@contextmanager
def systemd(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0" + address[1:] if address.startswith("@") else address)
        listener.settimeout(2)
        yield listener


@pytest.fixture(params=["path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "path" else f"@kiosk-test-{tmp_path.name}"


def heard(listener: socket.socket) -> list[str]:
    listener.setblocking(False)
    messages = []
    try:
        while True:
            messages.append(listener.recv(4096).decode())
    except BlockingIOError:
        return messages


class TestMessages:
    def test_each_state_is_a_datagram_of_its_own(self, address: str) -> None:
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address})
            notifier.ready()
            notifier.status("waiting for a television")
            notifier.stopping()
            notifier.close()
            assert heard(listener) == ["READY=1", "STATUS=waiting for a television", "STOPPING=1"]

    def test_the_same_status_is_said_once_and_is_one_line(self, address: str) -> None:
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address})
            for text in ("start screen", "start screen", "two\nlines", "start screen"):
                notifier.status(text)
            notifier.close()
            assert heard(listener) == ["STATUS=start screen", "STATUS=two lines", "STATUS=start screen"]

    @pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1234"}])
    def test_without_a_socket_nothing_happens(
        self, environment: dict[str, str], caplog: pytest.LogCaptureFixture
    ) -> None:
        notifier = Notifier(environment)
        notifier.ready()
        notifier.status("anything")
        notifier.keep_alive(0.0)
        notifier.close()
        notifier.close()
        notifier.ready()
        assert caplog.messages == []

    def test_nobody_listening_is_said_once_and_harms_nobody(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        notifier = Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")})
        notifier.ready()
        notifier.stopping()
        notifier.close()
        assert [record.message for record in caplog.records] == [
            "systemd cannot be notified: [Errno 2] No such file or directory"
        ]

    def test_a_full_socket_does_not_block(self, tmp_path: Path) -> None:
        address = str(tmp_path / "notify")
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address})
            for _ in range(2000):
                notifier.ready()
            notifier.close()
            assert 0 < len(heard(listener)) < 2000


class TestWatchdog:
    def petted_at(self, usec: str, moments_s: list[float], tmp_path: Path) -> list[float]:
        address = str(tmp_path / "notify")
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": usec})
            petted = []
            for now_s in moments_s:
                notifier.keep_alive(now_s)
                if heard(listener):
                    petted.append(now_s)
            notifier.close()
            return petted

    def test_it_is_reset_in_the_first_turn_and_then_four_times_per_limit(self, tmp_path: Path) -> None:
        turns = [100.0 + turn / 10 for turn in range(101)]
        assert self.petted_at("10000000", turns, tmp_path) == pytest.approx([100.0, 102.5, 105.0, 107.5, 110.0])

    def test_a_late_turn_resets_it_at_once(self, tmp_path: Path) -> None:
        assert self.petted_at("10000000", [0.0, 1.0, 9.0, 10.0], tmp_path) == [0.0, 9.0]

    def test_it_waits_for_a_slow_operation_until_the_next_turn(self, tmp_path: Path) -> None:
        address = str(tmp_path / "notify")
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "10000000"})
            notifier.keep_alive(100.0)
            notifier.extend_timeout(60.0)
            assert heard(listener) == ["WATCHDOG=1", "WATCHDOG_USEC=60000000"]
            notifier.keep_alive(145.0)
            notifier.keep_alive(145.1)
            assert heard(listener) == ["WATCHDOG_USEC=10000000", "WATCHDOG=1"]
            notifier.close()

    def test_without_a_watchdog_no_timeout_is_extended(self, tmp_path: Path) -> None:
        address = str(tmp_path / "notify")
        with systemd(address) as listener:
            notifier = Notifier({"NOTIFY_SOCKET": address})
            notifier.extend_timeout(60.0)
            notifier.keep_alive(100.0)
            assert heard(listener) == []
            notifier.close()

    @pytest.mark.parametrize(
        ("environment", "expected"),
        [
            ({}, None),
            ({"WATCHDOG_USEC": "10000000"}, 5.0),
            ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "7"}, 5.0),
            ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "8"}, None),
            ({"WATCHDOG_USEC": "0"}, None),
            ({"WATCHDOG_USEC": "soon"}, None),
        ],
    )
    def test_how_often_comes_from_systemd(self, environment: dict[str, str], expected: float | None) -> None:
        assert Notifier(environment, pid=7).watchdog_s == expected
