"""Sticks that are not taken: a mistake on them, a disk that takes nothing, a stick that is pulled out."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.stick import files, take_over
from kiosk.stick.__main__ import Unit
from kiosk.stick.take_over import BEFORE
from tests.sticks import CIRCUIT, FakeDevice, everything, names, plug_in, put, read


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

    @pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ENOENT])
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
