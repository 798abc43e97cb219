"""A disk that is full or cannot be written: the kiosk goes on, logs one line about it, and tries again later."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.figure.loading import load_figure
from kiosk.moments import ShowError, State
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figure.files import PREFIX, SUFFIX, Folders, NoFolderError, delete_stale
from kiosk.screen.figure.process import RETRY_S
from kiosk.screen.figure.render import Renderer, say
from kiosk.screen.figures import FigureMoment, SizedFigure
from kiosk.session import Command, Session, step
from kiosk.show import ShowOptions, show
from kiosk.system import silence
from kiosk.system.checkpoint import FILE, CheckpointStore
from kiosk.timeline import Timeline
from tests.samples import circuit
from tests.test_figure_frames import LIME, screen_of, wait_for

FIGURES = Path(__file__).parents[1] / "assets" / "figures"
CLAM = load_figure(FIGURES / "clamshell.yaml")
BOX, OTHER_BOX = (64, 36), (32, 18)
WANT = SizedFigure("clamshell", BOX)
NUMBERS = pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT], ids=lambda number: errno.errorcode[number]
)


class Disk:
    """A disk on which no file can be made in the folders listed in `refuses`."""

    def __init__(self, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refuses: list[Path] = []
        mkstemp = tempfile.mkstemp

        def made(*arguments: Any, **named: Any) -> Any:
            if any(Path(named["dir"]).is_relative_to(folder) for folder in self.refuses):
                raise OSError(number, os.strerror(number), named["dir"])
            return mkstemp(*arguments, **named)

        monkeypatch.setattr(tempfile, "mkstemp", made)


@NUMBERS
class TestDrawing:
    """The work of the drawing process, run here in the test's process."""

    @pytest.fixture
    def folders(self, tmp_path: Path) -> Folders:
        return Folders([tmp_path / "cache", tmp_path / "temporary"], say)

    @pytest.fixture
    def disk(self, number: int, monkeypatch: pytest.MonkeyPatch) -> Disk:
        return Disk(number, monkeypatch)

    def draw(self, folders: Folders) -> Iterator[None]:
        return Renderer({CLAM.id: CLAM}, folders).draw([SizedFigure(CLAM.id, BOX), SizedFigure(CLAM.id, OTHER_BOX)])

    def there(self, folder: Path) -> int:
        return len(list(folder.glob(f"*{SUFFIX}")))

    def test_goes_on_in_the_other_folder_says_it_once_and_comes_back(
        self, folders: Folders, disk: Disk, number: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cache, temporary = folders.paths
        work = self.draw(folders)
        next(work)
        disk.refuses = [cache]
        # Two more files: the other still and the first clip.
        while self.there(temporary) < 2:
            next(work)
        disk.refuses = []
        for _ in work:
            pass
        assert (self.there(cache), self.there(temporary)) == (2, 2)
        # The drawing process may repeat this line; the wall logs the line once.
        assert set(capsys.readouterr().out.splitlines()) == {
            f"figures are drawn into {temporary} for now: {cache} cannot be written ({os.strerror(number)})"
        }
        assert not list(cache.glob("*.tmp"))

    def test_ends_where_no_folder_takes_a_picture(self, folders: Folders, disk: Disk, number: int) -> None:
        disk.refuses = list(folders.paths)
        with pytest.raises(NoFolderError, match=os.strerror(number)):
            next(self.draw(folders))


class Frames:
    """The wall's figures, read from two folders, with a clock that the test moves."""

    def __init__(self, cache: Path, memory: Path) -> None:
        self.now_s = 0.0
        self.frames = FigureFrames([CLAM], cache, memory_dir=memory, clock=lambda: self.now_s)

    def shown(self) -> bool:
        """Do what the wall does for a frame; return whether the figure is shown and has caught up."""
        self.frames.request([WANT])
        self.sprite = self.frames.get(FigureMoment(WANT.name, 1.2, BOX, LIME)).sprite
        self.frames.prefetch()
        return self.sprite is not None and self.frames.settled

    def given_up(self) -> bool:
        """Do what the wall does for a frame; return whether the wall has noticed that the drawing process ended."""
        self.shown()
        return self.frames.process.popen is None

    def looks_right(self) -> bool:
        drawn = DrawnFigures([CLAM]).get(FigureMoment("clamshell", 1.2, BOX, LIME)).sprite
        assert drawn
        assert self.sprite
        return screen_of(self.sprite) == screen_of(drawn)


@pytest.fixture
def frames(tmp_path: Path) -> Iterator[Callable[[Path, Path], Frames]]:
    made: list[Frames] = []

    def make(cache: Path, memory: Path) -> Frames:
        made.append(Frames(cache, memory))
        return made[-1]

    yield make
    for one in made:
        one.frames.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Yield a function that mounts a disk of the given size, or resizes it, and returns its folder."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mounted(size: str) -> Path:
        options = f"size={size}" + (",remount" if disk.is_mount() else "")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", disk], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("mounting needs root")
        return disk

    yield mounted
    subprocess.run(["umount", disk], capture_output=True, check=False)


def test_a_full_disk_costs_a_line_and_no_figure(
    small_disk: Callable[[str], Path],
    tmp_path: Path,
    frames: Callable[[Path, Path], Frames],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # The still fits on this disk, but the clip does not.
    cache = small_disk("8k") / "cache"
    wall = frames(cache, tmp_path)
    wait_for(wall.shown)
    assert wall.looks_right()
    wall.frames.close()
    assert len(caplog.messages) == 1
    assert caplog.messages[0].endswith(f"for now: {cache} cannot be written (No space left on device)")
    assert "Traceback" not in capfd.readouterr().err
    assert list(tmp_path.glob("kiosk-figures-*")) == []


def test_where_nothing_can_be_written_the_still_is_drawn_and_it_is_tried_again(
    small_disk: Callable[[str], Path], frames: Callable[[Path, Path], Frames], caplog: pytest.LogCaptureFixture
) -> None:
    disk = small_disk("4k")
    (disk / "full").write_bytes(bytes(4096))
    wall = frames(disk / "cache", disk)
    wait_for(lambda: wall.shown() or wall.sprite is not None)
    assert not wall.frames.settled
    for _ in range(3):
        wall.now_s += RETRY_S
        # The pause before the next start begins when the wall notices that the process has ended.
        wait_for(wall.given_up)
    assert len([line for line in caplog.messages if line.startswith("no figures can be drawn")]) == 1
    assert not [line for line in caplog.messages if "ended" in line]
    small_disk("64m")
    wall.now_s += RETRY_S
    wait_for(wall.shown)
    assert wall.looks_right()


def test_a_drawing_process_that_died_is_started_again_later(
    tmp_path: Path, frames: Callable[[Path, Path], Frames], caplog: pytest.LogCaptureFixture
) -> None:
    wall = frames(tmp_path / "cache", tmp_path)
    wall.shown()
    process = wall.frames.process.popen
    assert process
    process.kill()
    process.wait()
    wall.shown()
    assert wall.frames.process.popen is None
    wall.now_s += RETRY_S - 1
    wall.shown()
    assert wall.frames.process.popen is None
    wall.now_s += 1
    wait_for(wall.shown)
    assert wall.looks_right()
    assert caplog.messages == ["the figures' drawing process ended with -9"]


def test_stale_files_that_cannot_be_deleted_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leftover = tmp_path / f"{PREFIX}half.tmp"
    leftover.touch()

    def read_only(path: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "unlink", read_only)
    delete_stale(tmp_path, {CLAM.id: CLAM.digest})
    assert leftover.exists()


@NUMBERS
def test_the_place_in_the_circuit_is_kept_again_when_the_disk_takes_it(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = CheckpointStore(tmp_path)
    session = Session.start_screen((Timeline.of(circuit()),), 0.0)
    for command in (Command.PRESS, Command.RELEASE):
        session = step(session, 0.0, command).session

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        for interval in session.timeline.intervals[:3]:
            session = step(session, interval.start_s + 1).session
            keeper.note(session)
            assert keeper.wait(60)
    assert len(caplog.messages) == 1
    assert os.strerror(number) in caplog.messages[0]
    assert not (tmp_path / FILE).exists()
    session = step(session, session.timeline.intervals[3].start_s + 1).session
    keeper.note(session)
    assert keeper.wait(60)
    assert (tmp_path / FILE).exists()
    keeper.close()


@NUMBERS
def test_a_buzzer_that_could_not_be_silenced_after_a_kill_is_said(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_text", refuse)
    silence.remember(27, 0, tmp_path)
    assert len(caplog.messages) == 1
    assert f"{tmp_path / silence.FILE} cannot be written ({os.strerror(number)})" in caplog.messages[0]


@pytest.mark.parametrize("film", [False, True], ids=["a picture", "a film"])
def test_a_picture_that_the_disk_does_not_take_says_why(
    film: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = config.load(config.shipped("config"))
    if film:
        # A film's folder has to be empty beforehand, so it cannot contain links to /dev/full.
        opened = Path.open

        def full(path: Path, *arguments: Any, **named: Any) -> Any:
            return opened(Path("/dev/full") if path.suffix == ".png" else path, *arguments, **named)

        monkeypatch.setattr(Path, "open", full)
        options = ShowOptions(film=tmp_path / "film", at_s=20.0, until_s=20.5, fps=2, size=(320, 240))
    else:
        (tmp_path / "full.png").symlink_to("/dev/full")
        options = ShowOptions(out=tmp_path / "full.png", state=State.RUNNING, at_s=20.0, size=(320, 240))
    with pytest.raises(ShowError, match="cannot be written: No space left on device"):
        show(options, lambda: library)
    assert capfd.readouterr().err == ""
