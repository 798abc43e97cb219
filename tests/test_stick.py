"""What is taken from a USB stick: its files are merged with those of the wall, checked, and taken as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import config
from kiosk.notice import Row
from kiosk.stick import take_over
from kiosk.stick.take_over import BEFORE
from tests.sticks import CIRCUIT, SETTINGS, everything, names, plug_in, put


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
        (stick / "circuits" / "day-2.yaml").unlink()
        assert plug_in(stick, wall, left_in=True) is None, "it has nothing new"

    def test_a_stick_that_was_left_in_undoes_nothing_again(self, stick: Path, wall: Path, tmp_path: Path) -> None:
        put(stick, "circuits/monday.yaml", CIRCUIT.format("Tuesday"))
        plug_in(stick, wall)
        put(tmp_path / "other" / "kiosk", "undo", "")
        plug_in(tmp_path / "other" / "kiosk", wall)
        before = everything(wall)
        assert plug_in(tmp_path / "other" / "kiosk", wall, left_in=True) is None
        assert everything(wall) == before

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

    @pytest.mark.parametrize(
        ("ours", "theirs", "becomes"),
        [
            ("order:\n- monday\n- a\nusb: on\n", "order: [day-2]\n", "order:\n  [day-2]\nusb: on\n"),
            ("order:\n  - a # b\nusb: on\n", "order: [day-2]\n", "order:\n  [day-2] # b\nusb: on\n"),
            ("order: [a, b]\n", "order:\n- day-2\n- monday\n", "order: [day-2, monday]\n"),
            ("usb: on\n", "order: [day-2]\n", "usb: on\norder: [day-2]\n"),
        ],
    )
    def test_the_order_of_the_circuits_is_one_of_them(
        self, ours: str, theirs: str, becomes: str, stick: Path, wall: Path
    ) -> None:
        put(wall, "kiosk.yaml", ours)
        put(stick, "kiosk.yaml", theirs)
        put(stick, "circuits/day-2.yaml", CIRCUIT.format("Day 2"))
        assert plug_in(stick, wall) is not None
        assert (wall / "kiosk.yaml").read_text() == becomes
        assert config.load(wall).circuits[0].id == "day-2"

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
