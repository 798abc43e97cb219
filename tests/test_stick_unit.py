"""The steps of the unit that reads a USB stick, the copy for an empty folder, undo, and what is told to the wall."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kiosk import config
from kiosk.cli import main
from kiosk.config_files import SUB_FOLDERS
from kiosk.notice import Notice
from kiosk.stick import answer, files, notices, take_over
from kiosk.stick.__main__ import NOT_FOR_THE_WALL, STEPS, Unit
from kiosk.stick.answer import Answer, Wish
from kiosk.stick.content import folder_on
from kiosk.stick.device import Device, DeviceError, copy_config
from tests.sticks import CIRCUIT, FakeDevice, everything, names, plug_in, put, read


class TestCopy:
    def test_an_empty_folder_gets_a_copy_that_can_be_put_in_again(self, stick: Path, wall: Path) -> None:
        put(stick, ".DS_Store", "x")
        device = FakeDevice(stick.parent)
        said = Unit(device, wall).carry_out(read(stick, wall))
        assert said is not None
        assert said.headline == "1 circuit copied to the stick"
        assert device.writable
        assert (stick / "circuits" / "monday.yaml").read_text() == CIRCUIT.format("Monday")
        assert names(stick) == {*SUB_FOLDERS, "kiosk.yaml"}
        assert names(stick.parent) == {"kiosk"}
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        again = plug_in(stick, wall)
        assert again is not None
        assert again.headline == "1 circuit taken from the stick"

    def test_a_stick_that_was_pulled_out_meanwhile_begins_anew(self, stick: Path, wall: Path) -> None:
        put(stick.parent / "kiosk.part", "circuits/monday.yaml", "na")
        plug_in(stick, wall)
        assert names(stick.parent) == {"kiosk"}
        assert (stick / "circuits" / "monday.yaml").read_text() == CIRCUIT.format("Monday")

    def test_a_stick_that_cannot_be_written_is_named(
        self, stick: Path, wall: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def locked(self: FakeDevice, *, writable: bool = False) -> None:
            raise DeviceError("cannot mount read-write")

        monkeypatch.setattr(FakeDevice, "mount", locked)
        said = plug_in(stick, wall)
        assert said is not None
        assert (said.headline, said.note) == ("Nothing copied", "")
        assert "cannot mount read-write" in said.what

    def test_the_copy_follows_no_link_of_the_stick(self, stick: Path, wall: Path, tmp_path: Path) -> None:
        (stick.parent / "kiosk.part").symlink_to(tmp_path)
        with files.opened(stick.parent) as folder, pytest.raises(OSError, match="symbolic link"):
            copy_config(wall, folder)
        assert names(stick) == set()


class TestUnit:
    @pytest.fixture
    def unit(self, stick: Path, wall: Path, tmp_path: Path) -> Unit:
        """Return the unit of a stick, whose folders systemd has made."""
        (tmp_path / "run" / "sda1").mkdir(parents=True)
        return Unit(FakeDevice(stick.parent), wall, tmp_path / "run")

    def run(self, unit: Unit, *steps: str) -> None:
        for name in steps:
            assert STEPS[name](unit) == 0

    def said(self, unit: Unit) -> Notice | None:
        news = notices.told(unit.run)
        assert news is not None
        return news.notice

    def test_all_steps_take_a_stick(self, unit: Unit, stick: Path, wall: Path) -> None:
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        self.run(unit, "mount")
        assert self.said(unit) is None, "it is being read"
        self.run(unit, "read", "finish", "clean")
        said = self.said(unit)
        assert said is not None
        assert said.headline == "1 circuit taken from the stick"
        assert len(config.load(wall).circuits) == 2

    def test_without_news_nothing_is_said(self, unit: Unit, wall: Path) -> None:
        put(wall, "kiosk.yaml", "usb: off\n")
        self.run(unit, "mount", "read", "finish", "clean")
        assert notices.told(unit.run) is None

    def test_a_stick_without_the_folder_ends_it_at_once(self, unit: Unit, stick: Path) -> None:
        stick.rmdir()
        assert STEPS["mount"](unit) == NOT_FOR_THE_WALL
        assert notices.told(unit.run) is None

    def test_a_disk_from_which_the_system_has_started_is_left_alone(self, unit: Unit) -> None:
        assert isinstance(unit.stick, FakeDevice)
        unit.stick.used = True
        assert STEPS["mount"](unit) == NOT_FOR_THE_WALL

    def test_a_damaged_stick_is_named(self, unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
        def damaged(self: FakeDevice, *, writable: bool = False) -> None:
            raise DeviceError("wrong fs type, bad superblock")

        monkeypatch.setattr(FakeDevice, "mount", damaged)
        assert STEPS["mount"](unit) == NOT_FOR_THE_WALL
        said = self.said(unit)
        assert said is not None
        assert said.what == "The stick cannot be read."

    def test_a_stick_that_is_gone_before_it_is_read_is_named(self, unit: Unit, stick: Path) -> None:
        self.run(unit, "mount")
        stick.rmdir()
        self.run(unit, "read", "finish", "clean")
        said = self.said(unit)
        assert said is not None
        assert said.code == "E-STICK"

    def test_a_reader_that_is_killed_leaves_no_badge_behind(self, unit: Unit) -> None:
        self.run(unit, "mount", "clean")
        said = self.said(unit)
        assert said is not None
        assert said.what == "The stick could not be read to its end."


class TestCommand:
    def test_undo_brings_the_version_before_back(
        self, stick: Path, wall: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = everything(wall)
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, wall)
        assert main(["undo", "--config", str(wall)]) == 0
        assert everything(wall) == before
        assert capsys.readouterr().out.startswith(f"{wall} is as it was before the last stick")

    def test_without_one_it_says_so(self, wall: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["undo", "--config", str(wall)]) == 2
        assert capsys.readouterr().err == f"{wall}: nothing was taken from a stick yet; there is nothing to undo\n"

    def test_whoever_may_not_is_told_what_to_type(
        self, wall: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(config: Path) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(take_over, "undo", refuse)
        assert main(["undo", "--config", str(wall)]) == 2
        assert "type: sudo kiosk undo" in capsys.readouterr().err


class TestDevice:
    @pytest.mark.parametrize("name", ["../sda", "sda 1", "", "a/b"])
    def test_only_a_device_has_the_name_of_one(self, name: str) -> None:
        with pytest.raises(DeviceError):
            Device(name)

    @pytest.mark.parametrize("name", ["kiosk", "Kiosk", "KIOSK"])
    def test_its_folder_is_found_in_capitals_too(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).mkdir()
        with files.opened(tmp_path) as folder:
            assert folder_on(folder) == name

    def test_a_stick_of_somebody_s_is_none_of_the_wall_s_business(self, tmp_path: Path) -> None:
        put(tmp_path, "photos/1.jpg", "x")
        with files.opened(tmp_path) as folder:
            assert folder_on(folder) is None


class TestAnswer:
    @pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "circuits/../../x.yaml", "circuits/.x.yaml", "x.py"])
    def test_root_writes_nothing_but_files_of_the_config(self, name: str, tmp_path: Path) -> None:
        answer.save(Answer(Wish.TAKE, None, {name: b"x"}), tmp_path)
        with pytest.raises(ValueError, match="no answer"):
            answer.load(tmp_path)

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"wish": "all"}', "\0"])
    def test_anything_else_is_no_answer(self, text: str, tmp_path: Path) -> None:
        put(tmp_path, answer.FILE, text)
        with pytest.raises(ValueError):  # noqa: PT011, JSON has a message of its own
            answer.load(tmp_path)


class TestNotices:
    def test_what_is_told_is_heard(self, tmp_path: Path) -> None:
        folder = tmp_path / "run"
        assert notices.told(folder) is None
        notices.tell(None, folder)
        reading = notices.told(folder)
        assert reading is not None
        assert reading.notice is None
        notices.tell(Notice("Taken"), folder)
        news = notices.told(folder)
        assert news is not None
        assert news.notice == Notice("Taken")
        assert news.at_s >= reading.at_s
        notices.withdraw(folder)
        assert notices.told(folder) is None

    @pytest.mark.parametrize("text", ["", "{}", '{"at_s": 1.0, "notice": 3}', "x" * 200_000])
    def test_anything_else_is_no_news(self, text: str, tmp_path: Path) -> None:
        put(tmp_path, notices.FILE, text)
        with pytest.raises(ValueError):  # noqa: PT011, JSON has a message of its own
            notices.told(tmp_path)
