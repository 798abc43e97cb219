"""The page as the wall opens it: what the wall is told, and when the page goes."""

import stat
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.editor import __main__ as unit
from kiosk.editor.code import code_of
from kiosk.editor.gate import Gate
from kiosk.editor.life import IDLE_S, UNSEEN_S, Life
from kiosk.editor.service import EXACT_S, WITHDRAW_S, Service
from kiosk.editor.status import State, Status, told
from tests.page_server import Clock


@dataclass
class Wall:
    """The wall's end of a page: the file with its wish, and what it was told. Networks and codes are pretended."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    networks: list[str] = field(default_factory=lambda: ["192.168.1.42", "10.0.0.7"])
    codes: list[str] = field(default_factory=list)
    port: int = 80

    def __post_init__(self) -> None:
        self.asked, self.status = self.folder / "page", self.folder / "status.json"
        self.asked.touch()
        self.gate, self.life = Gate(self.clock), Life(self.clock)
        self.service = Service(
            self.gate,
            self.life,
            now=self.clock,
            find=lambda: list(self.networks),
            port=self.port,
            asked=self.asked,
            status=self.status,
            code=self._code,
        )

    def _code(self, address: str) -> tuple[str, ...]:
        self.codes.append(address)
        return ("101", "010", "111")

    @property
    def told(self) -> Status:
        found = told(self.status)
        assert found is not None
        return found


@pytest.fixture
def wall(tmp_path: Path) -> Wall:
    return Wall(tmp_path)


def test_the_wall_is_told_where_the_page_is(wall: Wall) -> None:
    assert wall.service.look()
    closes_s = wall.clock.now_s + UNSEEN_S
    code = ("101", "010", "111")
    assert wall.told == Status(State.OPEN, "http://192.168.1.42", wall.gate.pin, code, closes_s)
    assert wall.codes == ["http://192.168.1.42"]


def test_a_port_of_its_own_is_part_of_the_address(tmp_path: Path) -> None:
    wall = Wall(tmp_path, port=8080)
    wall.service.look()
    assert wall.told.address == "http://192.168.1.42:8080"


def test_the_number_is_for_the_wall_only(wall: Wall) -> None:
    wall.service.look()
    assert stat.S_IMODE(wall.status.stat().st_mode) == 0o640


def test_the_wall_is_told_that_somebody_has_come_in(wall: Wall) -> None:
    wall.service.look()
    wall.clock.now_s += 100
    wall.life.used()
    assert wall.service.look()
    assert (wall.told.state, wall.told.closes_s) == (State.IN_USE, wall.clock.now_s + IDLE_S)


def test_the_file_is_not_written_for_each_request(wall: Wall) -> None:
    wall.life.used()
    wall.service.look()
    first = wall.status.stat().st_ino, wall.told
    wall.clock.now_s += EXACT_S - 1
    wall.life.used()
    wall.service.look()
    assert (wall.status.stat().st_ino, wall.told) == first
    wall.clock.now_s += 1
    wall.life.used()
    wall.service.look()
    assert wall.told.closes_s == wall.clock.now_s + IDLE_S


def test_a_new_number_is_on_the_wall_at_the_next_look(wall: Wall) -> None:
    wall.service.look()
    wall.gate.pin = "000017"
    wall.service.look()
    assert wall.told.pin == "000017"


def test_an_address_stays_until_it_has_gone(wall: Wall) -> None:
    wall.service.look()
    wall.networks.reverse()
    wall.service.look()
    assert wall.told.address == "http://192.168.1.42"
    wall.networks.remove("192.168.1.42")
    wall.service.look()
    assert wall.told.address == "http://10.0.0.7"
    assert wall.codes == ["http://192.168.1.42", "http://10.0.0.7"]


def test_without_a_network_the_wall_says_what_to_do(wall: Wall) -> None:
    wall.networks.clear()
    assert wall.service.look()
    assert (wall.told.state, wall.told.address, wall.told.pin) == (State.FAILED, "", "")
    assert "network" in wall.told.what
    assert wall.told.fix


def test_it_ends_when_the_wall_does_not_want_it_any_more(wall: Wall) -> None:
    assert wall.service.look()
    wall.asked.unlink()
    assert not wall.service.look()
    assert not wall.service.withdraw()
    assert wall.told.state is State.OPEN


def test_it_ends_when_the_wall_wants_another_one(wall: Wall) -> None:
    assert wall.service.look()
    again = wall.asked.with_name("again")
    again.touch()
    again.replace(wall.asked)
    assert not wall.service.look()


def test_it_does_not_begin_without_a_wish(tmp_path: Path) -> None:
    wall = Wall(tmp_path)
    wall.asked.unlink()
    service = Service(wall.gate, wall.life, now=wall.clock, find=list, port=80, asked=wall.asked, status=wall.status)
    assert not service.look()
    assert not wall.status.exists()


def test_it_closes_by_itself_and_waits_for_the_wall_to_withdraw(wall: Wall) -> None:
    assert wall.service.look()
    wall.clock.now_s += UNSEEN_S
    assert not wall.service.look()
    assert wall.service.withdraw()
    assert wall.told == Status(State.CLOSED)
    wall.asked.unlink()
    assert not wall.service.withdraw()


def test_it_does_not_wait_for_a_wall_that_has_died(wall: Wall) -> None:
    wall.clock.now_s += UNSEEN_S
    assert not wall.service.look()
    assert wall.service.withdraw()
    wall.clock.now_s += WITHDRAW_S
    assert not wall.service.withdraw()


def test_use_keeps_it_open(wall: Wall) -> None:
    for _ in range(4):
        wall.clock.now_s += UNSEEN_S - 1
        wall.life.used()
        assert wall.service.look()
    wall.clock.now_s += IDLE_S
    assert not wall.service.look()


def test_a_full_disk_does_not_end_the_page(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(status: Status, path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.editor.service.tell", full)
        assert wall.service.look()
    assert wall.service.look()
    assert wall.told.state is State.OPEN


def test_the_code_is_a_square_that_phones_can_scan() -> None:
    rows = code_of("http://192.168.100.142:8080")
    assert len(rows) in (21, 25, 29)
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}
    corner = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == [row[-7:] for row in rows[:7]] == corner


def test_without_a_code_there_still_is_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    assert code_of("http://192.168.1.42") == ()


def test_the_wall_says_which_packages_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    status = tmp_path / "status.json"
    monkeypatch.setattr(unit, "missing", lambda: ["bottle", "segno"])
    monkeypatch.setattr(unit, "STATUS", status)
    monkeypatch.setattr(unit, "ASKED", tmp_path / "page")
    assert unit.main() == 1
    found = told(status)
    assert found is not None
    assert found.state is State.FAILED
    assert "bottle, segno" in found.what
    assert "sudo apt install python3-bottle python3-segno" in found.fix
