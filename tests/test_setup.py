"""`kiosk setup` and the defaults that a new version lays into the config folder. tests/pi tests them as root."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import setup
from kiosk.cli import main
from kiosk.errors import SetupError
from kiosk.setup import defaults, desktop, mode, package, rights
from kiosk.setup.record import Record

KERNEL = "console=tty1 root=PARTUUID=1-02 rootwait"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "state/changes")


class TestMode:
    def test_it_is_added_once_and_taken_back(self, tmp_path: Path, record: Record) -> None:
        file = tmp_path / "cmdline.txt"
        file.write_text(f"{KERNEL}\n")
        said, restart = mode.set_mode(record, [file])
        assert restart
        assert str(file) in said
        assert file.read_text() == f"{KERNEL} {mode.VIDEO}\n"
        assert file.with_name("cmdline.txt.before-kiosk").read_text() == f"{KERNEL}\n"
        assert mode.set_mode(record, [file]) == (f"Screen: the mode is set in {file} already", False)
        assert file.read_text() == f"{KERNEL} {mode.VIDEO}\n"
        mode.restore_mode(record)
        assert file.read_text() == f"{KERNEL}\n"
        assert [path.name for path in tmp_path.glob("cmdline*")] == ["cmdline.txt"]
        assert mode.restore_mode(record) == []

    def test_a_mode_of_the_gym_s_own_stays(self, tmp_path: Path, record: Record) -> None:
        file = tmp_path / "cmdline.txt"
        file.write_text(f"video=HDMI-A-1:1280x720@60 {KERNEL}\n")
        mode.set_mode(record, [file])
        mode.restore_mode(record)
        assert file.read_text() == f"video=HDMI-A-1:1280x720@60 {KERNEL}\n"

    def test_what_others_add_later_stays_when_it_is_taken_back(self, tmp_path: Path, record: Record) -> None:
        file = tmp_path / "cmdline.txt"
        file.write_text(KERNEL)
        mode.set_mode(record, [file])
        file.write_text(f"{file.read_text().strip()} quiet\n")
        mode.restore_mode(record)
        assert file.read_text() == f"{KERNEL} quiet\n"

    @pytest.mark.parametrize("text", ["", "# moved to /boot/firmware\n# root=\n", "no kernel\n"])
    def test_the_note_at_the_old_place_is_no_command_line(self, text: str, tmp_path: Path, record: Record) -> None:
        note, file = tmp_path / "note.txt", tmp_path / "cmdline.txt"
        note.write_text(text)
        file.write_text(f"{KERNEL}\n")
        mode.set_mode(record, [note, file])
        assert note.read_text() == text
        assert mode.VIDEO in file.read_text()

    def test_without_a_command_line_the_television_chooses(self, tmp_path: Path, record: Record) -> None:
        said, restart = mode.set_mode(record, [tmp_path / "cmdline.txt"])
        assert "the television chooses the mode" in said
        assert not restart


class TestDesktop:
    def test_the_line_is_added_once_and_removed(self, tmp_path: Path) -> None:
        file = tmp_path / "labwc/autostart"
        file.parent.mkdir()
        file.write_text("panel &")
        for _ in range(2):
            desktop.add_line(file)
            assert file.read_text() == f"panel &\n{desktop.LINE}\n"
        desktop.remove_line(file)
        assert file.read_text() == "panel &\n"

    def test_a_file_that_it_made_is_taken_away(self, tmp_path: Path) -> None:
        file = tmp_path / "labwc/autostart"
        desktop.add_line(file)
        assert file.read_text() == f"{desktop.LINE}\n"
        desktop.remove_line(file)
        assert not file.exists()

    def test_the_line_of_an_older_version_is_replaced(self, tmp_path: Path) -> None:
        file = tmp_path / "autostart"
        file.write_text(f"/opt/kiosk/desktop.sh & {desktop.MARK}\npanel &\n")
        desktop.add_line(file)
        assert file.read_text() == f"panel &\n{desktop.LINE}\n"

    def test_the_line_starts_what_the_package_brings(self) -> None:
        assert desktop.LINE.startswith("/usr/lib/kiosk/desktop.sh &")


class TestDefaults:
    @pytest.fixture
    def folders(self, tmp_path: Path) -> dict[str, Path]:
        """Return the folders of the new version, the one before and the gym, with the same files in all."""
        folders = {name: tmp_path / name for name in ("new", "old", "gym")}
        for folder in folders.values():
            for name in ("kiosk", "circuits/core", "circuits/arms", "exercises/clamshell", "exercises/step-up"):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.yaml").write_text("exercises:\n  - {exercise: clamshell, work: 60}\n")
        return folders

    def lay(self, folders: dict[str, Path], *, before: bool = True) -> str:
        last = folders["old"] if before else None
        said = [defaults.lay_folder(name, folders["gym"], folders["new"], last) for name in defaults.FOLDERS]
        return "\n".join(filter(None, said))

    def test_what_was_deleted_stays_away_except_for_an_exercise_that_a_circuit_names(
        self, folders: dict[str, Path]
    ) -> None:
        (folders["new"] / "circuits/legs.yaml").write_text("")
        for name in ("circuits/core", "exercises/clamshell", "exercises/step-up"):
            (folders["gym"] / f"{name}.yaml").unlink()
        self.lay(folders)
        there = sorted(str(path.relative_to(folders["gym"])) for path in folders["gym"].rglob("*.yaml"))
        assert there == ["circuits/arms.yaml", "circuits/legs.yaml", "exercises/clamshell.yaml", "kiosk.yaml"]

    def test_a_changed_default_is_laid_beside_and_goes_when_it_is_taken_over(self, folders: dict[str, Path]) -> None:
        file, beside = folders["gym"] / "kiosk.yaml", folders["gym"] / "kiosk.yaml.new"
        file.write_text("mine")
        (folders["new"] / "kiosk.yaml").write_text("changed")
        assert f"{file} is yours and stays; the new default is beside it: {beside}" in self.lay(folders)
        assert (file.read_text(), beside.read_text()) == ("mine", "changed")
        file.write_text("changed")
        assert self.lay(folders) == ""
        assert not beside.exists()

    def test_a_default_that_is_the_same_as_before_is_not_laid_beside(self, folders: dict[str, Path]) -> None:
        (folders["gym"] / "kiosk.yaml").write_text("mine")
        assert self.lay(folders) == ""
        assert not (folders["gym"] / "kiosk.yaml.new").exists()

    def test_the_first_time_everything_that_is_missing_is_laid(self, folders: dict[str, Path]) -> None:
        (folders["gym"] / "circuits/core.yaml").unlink()
        self.lay(folders, before=False)
        assert (folders["gym"] / "circuits/core.yaml").exists()

    def test_a_link_is_replaced_and_not_followed(self, folders: dict[str, Path], tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.write_text("precious")
        (folders["gym"] / "kiosk.yaml").write_text("mine")
        (folders["gym"] / "kiosk.yaml.new").symlink_to(precious)
        (folders["new"] / "kiosk.yaml").write_text("changed")
        self.lay(folders)
        assert precious.read_text() == "precious"
        assert not (folders["gym"] / "kiosk.yaml.new").is_symlink()

    def test_a_version_remembers_its_defaults_for_the_next_one(
        self, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(defaults, "as_user", lambda user, act: act())
        gym, new, old = folders["gym"], folders["new"], folders["old"]
        (gym / "circuits/core.yaml").unlink()
        (new / "kiosk.yaml").write_text("changed")
        assert len(defaults.lay_out(gym, new, old)) == 1
        assert (old / "kiosk.yaml").read_text() == "changed"
        (gym / "kiosk.yaml.new").unlink()
        assert defaults.lay_out(gym, new, old) == []
        assert not (gym / "kiosk.yaml.new").exists()
        assert not (gym / "circuits/core.yaml").exists()
        shutil.rmtree(gym)
        defaults.lay_out(gym, new, old)
        assert (gym / "circuits/core.yaml").exists()

    def test_a_folder_that_cannot_be_written_is_named_with_what_should_be_in_it(
        self, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(user: str, act: object) -> str:
            raise PermissionError

        monkeypatch.setattr(defaults, "as_user", refuse)
        folder, default = folders["gym"] / "circuits", folders["new"] / "circuits"
        said = defaults.lay_out(folders["gym"], folders["new"], folders["old"])
        assert f"Config: {folder} could not be written; the defaults are in {default}" in said


@as_root
class TestHandOver:
    def owners(self, folder: Path) -> dict[str, str]:
        return {str(path.relative_to(folder)): path.owner() for path in (folder, *sorted(folder.rglob("*")))}

    @pytest.fixture
    def gym(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a config folder of root's. The page's user is daemon here."""
        daemon = pwd.getpwnam("daemon")
        monkeypatch.setattr(pwd, "getpwnam", lambda name: {"kiosk-editor": daemon}[name])
        for name in ("circuits", "exercises"):
            (tmp_path / "gym" / name).mkdir(parents=True)
        (tmp_path / "gym/kiosk.yaml").touch()
        return tmp_path / "gym"

    def test_the_folders_are_the_page_s_and_the_files_stay(self, gym: Path) -> None:
        defaults.hand_over(gym)
        assert self.owners(gym) == {".": "daemon", "circuits": "daemon", "exercises": "daemon", "kiosk.yaml": "root"}

    def test_the_version_before_the_last_stick_is_the_page_s_too(self, gym: Path) -> None:
        before = gym.rename(gym.with_name("gym.before-stick"))
        gym.mkdir()
        defaults.hand_over(gym)
        assert (gym.owner(), before.owner(), (before / "circuits").owner()) == ("daemon",) * 3

    def test_what_is_somebody_s_stays_theirs(self, gym: Path) -> None:
        os.chown(gym / "circuits", 2, 2)
        defaults.hand_over(gym)
        assert self.owners(gym)["circuits"] == "bin"

    def test_in_a_folder_of_somebody_s_nothing_changes(self, gym: Path) -> None:
        os.chown(gym, 2, 2)
        defaults.hand_over(gym)
        assert self.owners(gym) == {".": "bin", "circuits": "root", "exercises": "root", "kiosk.yaml": "root"}

    def test_behind_a_link_nothing_changes(self, gym: Path, tmp_path: Path) -> None:
        before = self.owners(gym)
        (tmp_path / "link").symlink_to(gym)
        defaults.hand_over(tmp_path / "link")
        assert self.owners(gym)["."] == before["."]
        (gym / "figures").symlink_to(tmp_path)
        defaults.hand_over(gym)
        assert tmp_path.owner() == "root"


class TestRights:
    def test_where_only_root_can_write_it_is_root(self) -> None:
        assert rights.writer_of(Path("/etc/kiosk-is-not-here/exercises")) == "root"
        # On Debian, /bin is a link.
        assert rights.writer_of(Path("/bin/../bin/kiosk-is-not-here")) == "root"

    def test_where_everybody_can_write_it_is_nobody(self) -> None:
        assert rights.writer_of(Path("/tmp")) == "nobody"

    @as_root
    def test_behind_a_link_it_is_the_owner_there(self, tmp_path: Path) -> None:
        home, link = tmp_path / "home", tmp_path / "link"
        home.mkdir()
        os.chown(home, 1, 1)
        link.symlink_to(home)
        open_to_all = rights.writer_of(tmp_path) == "nobody"
        assert rights.writer_of(link / "kiosk") == ("nobody" if open_to_all else "daemon")

    @as_root
    def test_an_act_has_the_rights_of_its_user_and_its_text_comes_back(self) -> None:
        assert rights.as_user("daemon", lambda: f"{os.geteuid()} {os.getegid()}") == "1 1"
        with pytest.raises(OSError, match="Permission denied"):
            rights.as_user("daemon", lambda: str(Path("/root/planted").write_text("")))

    @as_root
    def test_a_user_who_is_not_there_changes_nothing(self) -> None:
        with pytest.raises(OSError, match="no-such-user"):
            rights.as_user("no-such-user", lambda: "done")


class TestRecord:
    def test_it_keeps_each_change_once(self, record: Record) -> None:
        assert record.values("desktop") == []
        for value in ("coach", "owner", "coach"):
            record.add("desktop", value)
        record.add("cmdline", "/boot/cmdline.txt")
        assert record.values("desktop") == ["coach", "owner"]
        record.remove("desktop")
        assert record.values("desktop") == []
        assert record.values("cmdline") == ["/boot/cmdline.txt"]


class TestCommand:
    def test_whoever_is_not_root_is_told_what_to_type(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        for option in ([], ["--desktop"], ["--undo"]):
            assert main(["setup", *option]) == 1
            assert f"type: sudo {' '.join(['kiosk setup', *option])}" in capsys.readouterr().err

    def test_where_the_package_is_missing_it_says_what_to_type(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(desktop, "PROGRAM", tmp_path / "desktop.sh")
        with pytest.raises(SetupError, match=r"systemd/install\.sh"):
            setup.set_up(with_desktop=False)

    @pytest.mark.parametrize(
        ("mounts", "line", "protected"),
        [
            ("overlay / overlay rw 0 0", "quiet boot=overlay", True),
            ("/dev/a / ext4 rw 0 0\noverlayroot / overlay rw 0 0", "overlayroot=tmpfs", True),
            ("/dev/a / ext4 rw 0 0\n/dev/b /boot vfat rw 0 0", "quiet", False),
            ("overlay / overlay rw 0 0", "quiet", False),
        ],
    )
    def test_a_disk_under_an_overlay_is_protected(
        self, mounts: str, line: str, protected: bool, tmp_path: Path
    ) -> None:
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc/mounts").write_text(mounts)
        (tmp_path / "proc/cmdline").write_text(line)
        assert setup.is_protected(tmp_path) is protected


class TestPi:
    """What the command changes on a machine that has the package, with its files in a folder."""

    @pytest.fixture
    def calls(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Make a machine of the folder; return the list of system commands, which fills as they are called."""
        calls: list[str] = []
        answers = {"systemctl get-default": "graphical.target"}

        def system(*command: str) -> str:
            calls.append(" ".join(command))
            return answers.get(calls[-1], "")

        program, kernel = tmp_path / "desktop.sh", tmp_path / "cmdline.txt"
        program.touch()
        kernel.write_text(f"{KERNEL}\n")
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(desktop, "PROGRAM", program)
        monkeypatch.setattr(desktop, "autostart_file", lambda user: tmp_path / user / "autostart")
        monkeypatch.setattr(desktop, "as_user", lambda user, act: act())
        monkeypatch.setattr(mode, "FILES", (kernel,))
        for module in (setup, package):
            monkeypatch.setattr(module, "Record", lambda: Record(tmp_path / "state/changes"))
        monkeypatch.setattr(setup, "is_protected", lambda: False)
        monkeypatch.setattr(setup, "system", system)
        monkeypatch.setattr(setup, "is_running", lambda: True)
        monkeypatch.setenv("SUDO_USER", "coach")
        return calls

    def test_it_starts_as_a_service_or_with_the_desktop_and_never_as_both(
        self, calls: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "coach/autostart"
        assert main(["setup", "--desktop"]) == 0
        assert "It starts with the next login to the desktop" in capsys.readouterr().out
        assert file.read_text() == f"{desktop.LINE}\n"
        quiet = "systemctl --quiet"
        assert calls[:3] == [
            f"{quiet} mask kiosk-stick@.service",
            f"{quiet} disable kiosk.service",
            f"{quiet} stop kiosk.service",
        ]
        calls.clear()
        assert main(["setup"]) == 0
        assert f"{file} no longer starts the kiosk" in capsys.readouterr().out
        assert not file.exists()
        assert calls[:3] == [
            f"{quiet} unmask kiosk-stick@.service",
            f"{quiet} enable kiosk.service",
            "systemctl start kiosk.service",
        ]

    def test_undone_everything_is_as_before(self, calls: list[str], tmp_path: Path) -> None:
        setup.set_up(with_desktop=True)
        assert mode.VIDEO in (tmp_path / "cmdline.txt").read_text()
        setup.undo()
        assert "systemctl --quiet unmask kiosk-stick@.service" in calls
        assert (tmp_path / "cmdline.txt").read_text() == f"{KERNEL}\n"
        assert not (tmp_path / "coach/autostart").exists()
        assert setup.undo() == ["Nothing to undo."]

    @pytest.mark.parametrize("program", ["labwc", "wayfire"])
    def test_a_desktop_that_keeps_the_television_is_said(
        self, program: str, calls: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == program else None)
        said = "\n".join(setup.set_up(with_desktop=False))
        assert "keeps the television for itself" in said
        assert "sudo kiosk setup --desktop" in said

    def test_root_has_no_desktop(self, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SUDO_USER")
        with pytest.raises(SetupError, match="as the user whose desktop it is"):
            setup.set_up(with_desktop=True)
        assert calls == []

    def test_a_user_who_may_not_write_the_file_is_told_and_the_service_stays(
        self, calls: list[str], tmp_path: Path
    ) -> None:
        (tmp_path / "coach/autostart").mkdir(parents=True)
        with pytest.raises(SetupError, match=r"coach cannot write .*autostart"):
            setup.set_up(with_desktop=True)
        assert calls == []

    def test_a_line_that_cannot_be_removed_is_named(self, calls: list[str], tmp_path: Path) -> None:
        setup.set_up(with_desktop=True)
        (tmp_path / "coach/autostart").unlink()
        (tmp_path / "coach/autostart").mkdir()
        assert f"remove this line from it: {desktop.LINE}" in "\n".join(setup.undo())

    @pytest.mark.parametrize("change", [lambda: setup.set_up(with_desktop=False), setup.undo])
    def test_on_a_read_only_disk_it_says_what_to_type(
        self, change: Callable[[], object], calls: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read_only(*_: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system", "/boot/firmware/cmdline.txt.new")

        monkeypatch.setattr(mode, "set_mode", read_only)
        monkeypatch.setattr(mode, "restore_mode", read_only)
        with pytest.raises(SetupError, match=r"cmdline.txt.new cannot be written .* mount -o remount,rw /"):
            change()

    def test_under_an_overlay_nothing_is_changed(
        self, calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "is_protected", lambda: True)
        with pytest.raises(SetupError, match="Overlay File System"):
            setup.set_up(with_desktop=False)
        assert (tmp_path / "cmdline.txt").read_text() == f"{KERNEL}\n"

    def test_a_new_version_lays_the_config_and_is_what_the_desktop_starts(
        self, calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(package, "lay_out", lambda: ["Config: laid"])
        monkeypatch.setattr(package, "hand_over", lambda: None)
        Record(tmp_path / "state/changes").add("desktop", "coach")
        package.main()
        assert (tmp_path / "coach/autostart").read_text() == f"{desktop.LINE}\n"
        assert calls == ["systemctl --quiet mask kiosk-stick@.service"]
        (tmp_path / "coach/autostart").unlink()
        (tmp_path / "coach/autostart").mkdir()
        package.main()
        assert capsys.readouterr().out.splitlines() == [
            *("Config: laid", "Config: /etc/kiosk"),
            *("Config: laid", "Config: /etc/kiosk", "Desktop: coach has to type once: sudo kiosk setup --desktop"),
        ]
