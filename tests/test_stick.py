"""What becomes of a USB stick: its files are read, merged with those of the wall, checked, and taken as a whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import config
from kiosk.cli import main
from kiosk.notice import Notice, Row
from kiosk.stick import answer, files, notices, take_over
from kiosk.stick.__main__ import NOT_FOR_THE_WALL, STEPS, Unit
from kiosk.stick.answer import Answer, Wish
from kiosk.stick.content import folder_on
from kiosk.stick.device import Device, DeviceError, copy_config
from kiosk.stick.merge import answer_to
from kiosk.stick.take_over import BEFORE

CIRCUIT = "name: {}\nrounds: 2\nwork: 60\nexercises: [{{name: Squats}}, {{name: Rows}}]\n"
SETTINGS = """\
# Ours.
circuit: monday  # the usual one
button:
  pin: 17
screen:
  # Idle time.
  rotate: 90
television:
  open:
    sunday: closed
"""


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """Return the wall's config folder."""
    folder = tmp_path / "etc" / "kiosk"
    put(folder, "circuits/monday.yaml", CIRCUIT.format("Monday"))
    put(folder, "kiosk.yaml", SETTINGS)
    put(folder, "exercises/plank.yaml", "name: Plank\n")
    put(folder, "notes.txt", "ours")
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return the folder `kiosk` of a stick."""
    folder = tmp_path / "stick" / "kiosk"
    folder.mkdir(parents=True)
    return folder


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(stick: Path, wall: Path, *, left_in: bool = False) -> Answer:
    work = wall.parents[1] / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with files.opened(stick) as folder:
        answer.save(answer_to(folder, wall, work, left_in=left_in), work)
    return answer.load(work)


def plug_in(stick: Path, wall: Path, *, left_in: bool = False) -> Notice | None:
    """Do what the unit does with a stick, without the mounting. Return what the wall says."""
    return Unit(FakeDevice(stick.parent), wall).carry_out(read(stick, wall, left_in=left_in))


class FakeDevice(Device):
    """A stick that is always mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__("sda1")
        self.folder = folder
        self.writable = self.used = False

    def in_use(self) -> bool:
        return self.used

    def mount(self, *, writable: bool = False) -> None:
        self.writable = writable

    def unmount(self) -> None:
        """Do nothing."""


def everything(folder: Path) -> dict[str, bytes]:
    """Return all that is in a folder, to see whether it has changed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestTaken:
    def test_new_and_changed_files_are_taken_and_named(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Monday, harder"))
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        put(stick, "exercises/rows.yaml", "name: Ring rows\n")
        said = plug_in(stick, wall)
        assert said is not None
        assert said.headline == "2 circuits taken from the stick"
        assert said.rows == (Row("Day 2", "5 min"), Row("Monday, harder", "5 min"), Row("Ring rows", "exercise"))
        assert "pull the stick out" in said.line
        library = config.load(wall)
        assert [circuit.name for circuit in library.circuits] == ["Day 2", "Monday, harder"]
        assert set(library.exercises) == {"plank", "rows"}, "nothing is removed"
        assert (wall / "notes.txt").read_text() == "ours"
        assert (wall / "kiosk.yaml").read_text() == SETTINGS

    def test_the_version_before_stays_and_comes_back_by_undo(self, stick: Path, wall: Path) -> None:
        before = everything(wall)
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, wall)
        after = everything(wall)
        assert names(wall.parent) == {"kiosk", "kiosk" + BEFORE}
        take_over.undo(wall)
        assert everything(wall) == before
        take_over.undo(wall)
        assert everything(wall) == after

    def test_staff_undo_with_a_stick_too(self, stick: Path, wall: Path, tmp_path: Path) -> None:
        before = everything(wall)
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, wall)
        put(tmp_path / "other" / "kiosk", "UNDO.txt", "")
        said = plug_in(tmp_path / "other" / "kiosk", wall)
        assert said is not None
        assert said.headline == "As it was before"
        assert everything(wall) == before

    def test_there_is_nothing_to_undo_before_the_first_stick(self, stick: Path, wall: Path) -> None:
        put(stick, "undo", "")
        said = plug_in(stick, wall)
        assert said is not None
        assert said.headline == "Nothing to bring back"

    def test_what_the_wall_has_already_is_no_news(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Monday"))
        before = everything(wall)
        said = plug_in(stick, wall)
        assert said is not None
        assert said.headline == "Nothing new on the stick"
        assert everything(wall.parent) == {f"kiosk/{name}": content for name, content in before.items()}

    def test_a_stick_that_was_left_in_does_not_undo_later_changes_at_the_next_start(
        self, stick: Path, wall: Path
    ) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, wall)
        put(wall, "circuits/monday.yaml", CIRCUIT.format("Changed by hand"))
        assert plug_in(stick, wall, left_in=True) is None
        assert config.load(wall).circuits[0].name == "Changed by hand"
        assert plug_in(stick, wall) is not None
        assert config.load(wall).circuits[0].name == "Tuesday", "put in by hand, it is taken"
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        assert plug_in(stick, wall, left_in=True) is not None, "it has something new"

    def test_a_file_with_the_other_ending_is_replaced(self, stick: Path, wall: Path) -> None:
        put(stick, "Circuits/MONDAY2.YAML", CIRCUIT.format("In capitals"))
        put(stick, "circuits/monday.yml", CIRCUIT.format("Other ending"))
        plug_in(stick, wall)
        assert names(wall / "circuits") == {"MONDAY2.yaml", "monday.yml"}

    def test_what_computers_and_people_leave_on_a_stick_is_ignored(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        for name in (".DS_Store", "._monday.yaml", "Thumbs.db", "READ ME.txt", "photos/a.jpg", "circuits/.hidden.yaml"):
            put(stick, name, "x")
        put(stick, "circuits/notes.txt", "x")
        assert plug_in(stick, wall) is not None
        assert names(wall / "circuits") == {"monday.yaml"}

    def test_owners_modes_and_links_of_the_wall_stay(self, stick: Path, wall: Path, tmp_path: Path) -> None:
        put(tmp_path, "elsewhere.yaml", CIRCUIT.format("Elsewhere"))
        (wall / "circuits" / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
        (wall / "circuits" / "monday.yaml").chmod(0o640)
        wall.chmod(0o750)
        link = tmp_path / "link"
        link.symlink_to(wall)
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, link)
        assert link.is_symlink()
        assert (wall / "circuits" / "linked.yaml").is_symlink()
        assert wall.stat().st_mode & 0o777 == 0o750
        assert (wall / "circuits" / "monday.yaml").stat().st_mode & 0o777 == 0o640
        assert len(config.load(wall).circuits) == 2

    def test_a_link_s_target_is_never_written(self, stick: Path, wall: Path, tmp_path: Path) -> None:
        target = put(tmp_path, "elsewhere.yaml", CIRCUIT.format("Elsewhere"))
        (wall / "circuits" / "linked.yaml").symlink_to(target)
        put(stick, "circuits/linked.yaml", CIRCUIT.format("From the stick"))
        plug_in(stick, wall)
        assert target.read_text() == CIRCUIT.format("Elsewhere")
        assert "From the stick" in {circuit.name for circuit in config.load(wall).circuits}

    def test_usb_off_means_that_nothing_happens(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        put(wall, "kiosk.yaml", SETTINGS + "usb: off\n")
        before = everything(wall)
        assert plug_in(stick, wall) is None
        assert everything(wall) == before

    def test_a_stick_can_mend_a_broken_config(self, stick: Path, wall: Path) -> None:
        put(wall, "circuits/monday.yaml", "name: Monday\n")
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Monday"))
        assert plug_in(stick, wall) is not None
        assert config.load(wall).circuits[0].name == "Monday"


class TestSettings:
    def test_the_safe_ones_are_changed_and_the_rest_of_the_file_stays(self, stick: Path, wall: Path) -> None:
        put(
            stick,
            "kiosk.yaml",
            "circuit: day-2\nspeakers: off\nscreen: {dim_after: 10:00}\n"
            "television:\n  open:\n    monday: 6:00-22:00\n    sunday: closed\n",
        )
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        said = plug_in(stick, wall)
        assert said is not None
        assert said.rows[-1] == Row("Settings", "kiosk.yaml")
        assert (wall / "kiosk.yaml").read_text() == (
            "# Ours.\ncircuit: day-2  # the usual one\nbutton:\n  pin: 17\nscreen:\n  # Idle time.\n  rotate: 90\n"
            "  dim_after: 10:00\ntelevision:\n  open:\n    {monday: 6:00-22:00, sunday: closed}\nspeakers: off\n"
        )
        got = config.load(wall).settings
        assert (got.circuit, got.speakers, got.screen) == ("day-2", "off", config.ScreenSettings(None, 600.0, 90))
        assert (got.television.hours[0], got.television.hours[6]) == ((360, 1320), None)

    def test_alone_they_are_news_too(self, stick: Path, wall: Path) -> None:
        put(stick, "kiosk.yaml", "television: {open: 6:00-22:00}\n")
        said = plug_in(stick, wall)
        assert said is not None
        assert said.headline == "Settings taken from the stick"

    def test_a_wall_without_a_file_gets_one(self, stick: Path, wall: Path) -> None:
        (wall / "kiosk.yaml").unlink()
        put(stick, "kiosk.yaml", "circuit: monday\ntelevision: {open: 6:00-22:00}\n")
        plug_in(stick, wall)
        assert (wall / "kiosk.yaml").read_text() == "circuit: monday\ntelevision: {open: 6:00-22:00}\n"

    def test_the_others_may_be_there_as_long_as_they_are_the_wall_s(self, stick: Path, wall: Path) -> None:
        put(stick, "kiosk.yaml", SETTINGS.replace("closed", "9:00-18:00"))
        assert plug_in(stick, wall) is not None
        assert "{sunday: 9:00-18:00}" in (wall / "kiosk.yaml").read_text()

    @pytest.mark.parametrize(
        ("theirs", "what", "line"),
        [
            ("button:\n  pin: 22\n", "button.pin: a stick cannot change this setting.", 2),
            ("screen: {rotate: 0}\n", "screen.rotate: a stick cannot change this setting.", 1),
            ("usb: off\n", "usb: a stick cannot change this setting.", 1),
            ("pause_limit: 5:00\n", "pause_limit: a stick cannot change this setting.", 1),
            ("speakers: loud\n", 'speakers: "loud" is not possible here.', 1),
            ("circuit: friday\n", 'circuit: there is no circuit "friday".', 1),
            ("[", "", 1),
        ],
    )
    def test_what_a_stick_may_not_change_is_refused(
        self, theirs: str, what: str, line: int, stick: Path, wall: Path
    ) -> None:
        put(stick, "kiosk.yaml", theirs)
        before = everything(wall)
        said = plug_in(stick, wall)
        assert said is not None
        assert said.what.startswith(what)
        assert said.where.startswith(f"On the stick: kiosk.yaml, line {line}")
        assert everything(wall) == before


def many(stick: Path, wall: Path) -> None:
    for number in range(files.MOST_FILES + 1):
        put(stick, f"exercises/exercise-{number}.yaml", "name: X\n")


def huge(stick: Path, wall: Path) -> None:
    for number in range(60):
        put(stick, f"exercises/exercise-{number}.yaml", b"#" * 90_000)


def swamped(stick: Path, wall: Path) -> None:
    for number in range(files.MOST_ENTRIES + 1):
        put(stick, f"circuits/{number}.jpg", "")


def linked(stick: Path, wall: Path) -> None:
    (stick / "circuits").mkdir()
    (stick / "circuits" / "a.yaml").symlink_to("/etc/passwd")


def linked_folder(stick: Path, wall: Path) -> None:
    (stick / "circuits").symlink_to(wall / "circuits")


def pipe(stick: Path, wall: Path) -> None:
    (stick / "circuits").mkdir()
    os.mkfifo(stick / "circuits" / "a.yaml")


def clashing(stick: Path, wall: Path) -> None:
    put(wall, "circuits/monday.yaml", CIRCUIT.format("Monday").replace("{name: Rows}", "Plank"))
    put(stick, "exercises/plank.yaml", "name: Side plank\n")


def put_in(name: str, content: str | bytes) -> Callable[[Path, Path], None]:
    def fill(stick: Path, wall: Path) -> None:
        put(stick, name, content)

    return fill


class TestRefused:
    @pytest.mark.parametrize(
        ("fill", "what", "where"),
        [
            (
                put_in("circuits/day-2.yaml", CIRCUIT.format("Day 2").replace("60", "sixty")),
                'work: "sixty": this is not a duration.',
                "On the stick: circuits/day-2.yaml, line 3",
            ),
            (put_in("circuits/a.yaml.txt", "x"), "the name ends in .txt.", "On the stick: circuits/a.yaml.txt"),
            (put_in("circuits/a b.yaml", "x"), "the file's name is not allowed.", "On the stick: circuits/a b.yaml"),
            (put_in("circuits/a.yaml", b"#" * 100_001), "the file is too large.", "On the stick: circuits/a.yaml"),
            (put_in("monday.yaml", "x"), "files of this kind are not in this place.", "On the stick: monday.yaml"),
            (put_in("circuit/monday.yaml", "x"), "there is nothing to take.", ""),
            (put_in("circuits", "x"), "this is not a folder.", "On the stick: circuits"),
            (put_in("circuits/a.yaml", b"\xff\xfe\x00"), "this looks like UTF-16.", "On the stick: circuits/a.yaml"),
            (many, "there is too much on the stick.", ""),
            (huge, "there is too much on the stick.", ""),
            (swamped, "there are more than 2000 entries.", "On the stick: circuits"),
            (linked, "this is a link or not an ordinary file.", "On the stick: circuits/a.yaml"),
            (linked_folder, "this is not a folder.", "On the stick: circuits"),
            (pipe, "this is a link or not an ordinary file.", "On the stick: circuits/a.yaml"),
            (clashing, "", "On the wall: circuits/monday.yaml, line 4"),
        ],
        ids=lambda value: getattr(value, "__name__", str(value)[:30]),
    )
    def test_one_mistake_and_nothing_is_changed(
        self, fill: Callable[[Path, Path], None], what: str, where: str, stick: Path, wall: Path
    ) -> None:
        put(stick, "exercises/good.yaml", "name: Good\n")
        if what == "there is nothing to take.":
            shutil.rmtree(stick / "exercises")
        fill(stick, wall)
        before = everything(wall.parent)
        said = plug_in(stick, wall)
        assert said is not None
        assert (said.code, said.headline) == ("E-STICK", "Stick not taken")
        assert said.what.startswith(what)
        assert said.where.startswith(where)
        assert "put the stick in again." in said.fix
        assert said.note.startswith("Nothing was changed")
        assert everything(wall.parent) == before

    def test_more_mistakes_are_counted(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/a.yaml", "name: A\nrounds: 0\nwork: sixty\nexercises: [nothing]\n")
        said = plug_in(stick, wall)
        assert said is not None
        assert said.what.endswith(". And 2 more mistakes.")
        assert said.where == "On the stick: circuits/a.yaml, line 2"

    def test_the_wall_was_changed_while_the_stick_was_checked(self, stick: Path, wall: Path) -> None:
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        answered = read(stick, wall)
        put(wall, "circuits/monday.yaml", CIRCUIT.format("Changed by hand"))
        before = everything(wall.parent)
        said = Unit(FakeDevice(stick.parent), wall).carry_out(answered)
        assert said is not None
        assert said.what == "The workouts on the wall were changed at the same moment."
        assert everything(wall.parent) == before

    @pytest.mark.parametrize(
        ("number", "what"),
        [
            (errno.ENOSPC, "The wall’s disk is full."),
            (errno.EROFS, "The wall’s disk is read-only."),
            (errno.EXDEV, "The wall’s disk is read-only."),
            (errno.EACCES, "The wall’s disk: "),
        ],
    )
    @pytest.mark.parametrize("step", ["write", "copy_folder", "_exchange"])
    def test_a_disk_that_takes_nothing_is_named_and_nothing_is_half_done(
        self, step: str, number: int, what: str, stick: Path, wall: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*arguments: object) -> None:
            raise OSError(number, os.strerror(number))

        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        answered = read(stick, wall)
        before = everything(wall.parent)
        monkeypatch.setattr(take_over if step == "_exchange" else files, step, broken)
        said = Unit(FakeDevice(stick.parent), wall).carry_out(answered)
        assert said is not None
        assert said.what.startswith(what)
        assert everything(wall.parent) == before

    @pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV])
    def test_a_stick_that_is_pulled_out_while_it_is_read(
        self, number: int, stick: Path, wall: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        whole = files.read

        def pulled_out(name: str, *arguments: object, **named: object) -> bytes:
            if name == "day-2.yaml":
                raise OSError(number, os.strerror(number))
            return whole(name, *arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(files, "read", pulled_out)
        said = plug_in(stick, wall)
        assert said is not None
        assert said.what == "The stick was pulled out while it was read."

    def test_a_folder_of_the_config_that_is_a_link_is_not_followed(
        self, stick: Path, wall: Path, tmp_path: Path
    ) -> None:
        (wall / "circuits").rename(tmp_path / "theirs")
        (wall / "circuits").symlink_to(tmp_path / "theirs")
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        said = plug_in(stick, wall)
        assert said is not None
        assert said.code == "E-STICK"
        assert (tmp_path / "theirs" / "monday.yaml").read_text() == CIRCUIT.format("Monday")

    def test_what_a_power_cut_left_behind_is_cleared_away(self, stick: Path, wall: Path) -> None:
        put(wall.parent / "kiosk.from-stick", "circuits/half.yaml", "na")
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        plug_in(stick, wall)
        assert names(wall.parent) == {"kiosk", "kiosk" + BEFORE}
        assert names(wall / "circuits") == {"monday.yaml", "day-2.yaml"}


class TestCopy:
    def test_an_empty_folder_gets_a_copy_that_can_be_put_in_again(self, stick: Path, wall: Path) -> None:
        put(stick, ".DS_Store", "x")
        device = FakeDevice(stick.parent)
        said = Unit(device, wall).carry_out(read(stick, wall))
        assert said is not None
        assert said.headline == "1 circuit copied to the stick"
        assert device.writable
        assert (stick / "circuits" / "monday.yaml").read_text() == CIRCUIT.format("Monday")
        assert names(stick) == {"circuits", "exercises", "figures", "kiosk.yaml"}
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
