"""Changes of the page: they can be undone, and an error or a power cut at any step leaves nothing half done."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.editor import history
from kiosk.editor.errors import Missing, because
from kiosk.editor.store import Store
from kiosk.stick import files, take_over
from tests.sticks import everything, put

CIRCUIT = "name: {}\nwork: 30\nexercises: [squat]\n"
CALLS = ("rename", "unlink", "fsync")
"""The calls by which files are exchanged, removed and brought to the disk."""


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    put(folder, "circuits/monday.yaml", "name: Monday\nwork: 30\nexercises: [Squat]\n")
    put(folder, "circuits/tuesday.yaml", CIRCUIT.format("Tuesday"))
    put(folder, "exercises/squat.yaml", "name: Squat\n")
    put(folder, "kiosk.yaml", "circuit: monday\n")
    return folder


class PowerCut(BaseException):
    """What ends everything at once."""


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException, *, also_after: bool) -> Iterator[list[int]]:
    """Let the call number `at` of CALLS fail, and those after it, too, if `also_after`. Yield how many there were."""
    count = [0]

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            count[0] += 1
            if count[0] == at or (also_after and count[0] > at):
                raise error
            return real(*arguments, **more)

        return call

    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(getattr(os, name)))
        yield count


def rename_an_exercise(store: Store) -> None:
    """Change two files, add a picture's file and remove another one."""
    store.save("exercises", "squat", {"name": "Deep squat", "picture": {"upload": store.stage([PHOTO, PHOTO])}})


PHOTO = bytes.fromhex("ffd8ffc0000b080009001001011100ffd9")


def steps_of_a_change(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many of the calls there are in a change. The folder is left as it is before that, with a picture."""
    store = Store(folder, tmp_path / "first")
    store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": store.stage([PHOTO])}})
    store = Store(folder, tmp_path / "second")
    with failing(monkeypatch, 0, PowerCut(), also_after=False) as count:
        rename_an_exercise(store)
    store.undo(store.changes()[0]["id"])
    return count[0]


class TestAtEachStep:
    def test_an_error_of_the_disk_changes_nothing(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps = steps_of_a_change(folder, tmp_path, monkeypatch)
        assert steps > 20
        before = everything(folder)
        for step in range(1, steps + 1):
            store = Store(folder, tmp_path / f"state-{step}")
            with (
                failing(monkeypatch, step, OSError(errno.ENOSPC, "No space left on device"), also_after=False),
                pytest.raises(OSError, match="No space left"),
            ):
                rename_an_exercise(store)
            assert everything(folder) == before, f"step {step}"
            assert store.changes() == []
            # Nothing takes the room that there is left.
            assert everything(tmp_path / f"state-{step}" / "history" / "objects") == {}

    def test_a_power_cut_is_taken_back_or_all_is_done(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps = steps_of_a_change(folder, tmp_path, monkeypatch)
        before = everything(folder)
        ended: list[bool] = []
        for step in range(1, steps + 1):
            state = tmp_path / f"state-{step}"
            store = Store(folder, state)
            with failing(monkeypatch, step, PowerCut(), also_after=True), pytest.raises(PowerCut):
                rename_an_exercise(store)
            again = Store(folder, state)
            config.load(folder)
            assert not list(folder.rglob(".kiosk-new-*"))
            done = everything(folder) != before
            ended.append(done)
            assert [one["what"] for one in again.changes()] == (["Changed: Deep squat"] if done else [])
            if done:
                assert "Deep squat" in (folder / "circuits/monday.yaml").read_text()
                assert sorted(path.name for path in (folder / "pictures").iterdir()) == ["squat-01.jpg", "squat-02.jpg"]
                again.undo(again.changes()[0]["id"])
            assert everything(folder) == before
        assert ended == sorted(ended), "once it is done, it stays done"
        assert (ended[0], ended[-1]) == (False, True)

    def test_the_wall_reads_a_whole_folder_while_the_disk_writes(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = Store(folder, tmp_path / "state")
        seen: list[str] = []
        write = files.write

        def looked(name: str, *more: Any, **named: Any) -> None:
            write(name, *more, **named)
            config.load(folder)
            seen.append(name)

        monkeypatch.setattr(files, "write", looked)
        rename_an_exercise(store)
        assert {".kiosk-new-squat.yaml.part", ".kiosk-new-monday.yaml.part"} <= set(seen)

    def test_a_file_that_somebody_else_has_changed_since_then_stays(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = Store(folder, tmp_path / "state")
        seen = (folder / "circuits/monday.yaml").read_text()
        for step in range(1, 100):
            with failing(monkeypatch, step, PowerCut(), also_after=True), pytest.raises(PowerCut):
                store.save("exercises", "squat", {"name": "Deep squat"})
            if (folder / "exercises/squat.yaml").read_text() != "name: Squat\n":
                break
            Store(folder, tmp_path / "state")
        put(folder, "exercises/squat.yaml", "name: Squat\ntip: Ours\n")
        Store(folder, tmp_path / "state")
        assert (folder / "exercises/squat.yaml").read_text() == "name: Squat\ntip: Ours\n"
        assert (folder / "circuits/monday.yaml").read_text() == seen


class TestUndo:
    def test_a_change_and_all_after_it_are_taken_back_and_come_back(self, folder: Path, tmp_path: Path) -> None:
        store = Store(folder, tmp_path / "state", now=lambda: 1234.5)
        states = [everything(folder)]
        store.save("circuits", "monday", {"name": "Monday", "work": 45, "exercises": [{"exercise": "squat"}]})
        states.append(everything(folder))
        store.save("circuits", None, {"name": "Friday", "work": 45, "exercises": [{"exercise": "squat"}]})
        store.delete("circuits", "tuesday")
        states.append(everything(folder))
        changes = store.changes()
        assert [one["what"] for one in changes] == ["Deleted: Tuesday", "Added: Friday", "Changed: Monday"]
        assert changes[0] == {"id": "3", "when": 1234.5, "what": "Deleted: Tuesday", "files": ["circuits/tuesday.yaml"]}
        undone = store.undo(changes[1]["id"])
        assert everything(folder) == states[1]
        assert store.changes()[0]["what"] == "Undone: Added: Friday and 1 more"
        store.undo(undone["change"])
        assert everything(folder) == states[2]
        store.undo("1")
        assert everything(folder) == states[0]

    @pytest.mark.parametrize("id_", ["0", "7", "", "../objects", "1\n"])
    def test_an_unknown_change_is_missing(self, folder: Path, tmp_path: Path, id_: str) -> None:
        with pytest.raises(Missing):
            Store(folder, tmp_path / "state").undo(id_)

    def test_only_the_last_are_kept(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert history.MOST_CHANGES == 50
        monkeypatch.setattr(history, "MOST_CHANGES", 5)
        store = Store(folder, tmp_path / "state")
        for number in range(8):
            store.save_settings({"dim_after": 20 + number})
        assert [one["id"] for one in store.changes()] == ["8", "7", "6", "5", "4"]
        assert len(list((tmp_path / "state/history/objects").iterdir())) == 6

    def test_the_oldest_are_forgotten_if_it_takes_too_much(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "MOST_BYTES", 200)
        store = Store(folder, tmp_path / "state")
        for number in range(20, 32):
            store.save_settings({"dim_after": number})
        kept = store.changes()
        assert 1 < len(kept) < 10
        size = sum(path.stat().st_size for path in (tmp_path / "state/history/objects").iterdir())
        assert size <= 200
        store.undo(kept[-1]["id"])

    @pytest.mark.parametrize("damaged", ["", "{", "[1]", '[{"id": "x"}]', "[[]]", "\0"])
    def test_a_damaged_list_is_forgotten(self, folder: Path, tmp_path: Path, damaged: str) -> None:
        store = Store(folder, tmp_path / "state")
        store.save_settings({"dim_after": 20})
        for name in ("changes.json", "journal.json"):
            (tmp_path / "state/history" / name).write_text(damaged)
        again = Store(folder, tmp_path / "state")
        assert again.changes() == []
        again.save_settings({"dim_after": 30})
        assert len(again.changes()) == 1

    def test_a_list_cannot_lead_elsewhere(self, folder: Path, tmp_path: Path) -> None:
        store = Store(folder, tmp_path / "state")
        said = {"id": "1", "when": 0, "what": "", "before": {"kiosk.yaml": "../../secret"}, "after": {}}
        (tmp_path / "state/history/changes.json").write_text(json.dumps([said]))
        assert store.changes() == []


class TestWithAStick:
    def test_a_stick_waits_for_the_page_and_the_page_takes_the_new_folder(self, folder: Path, tmp_path: Path) -> None:
        store = Store(folder, tmp_path / "state")
        with files.opened(folder) as opened:
            there = dict(files.config_files(opened))
        new = {"circuits/friday.yaml": CIRCUIT.format("Friday").encode()}
        told = store.read("circuits", "monday")
        take_over.take(folder, new, (), files.digest_of({**there, **new}))
        store.save("circuits", "monday", {**told["document"], "work": 45}, told["version"])
        assert {one.name for one in config.load(folder).circuits} == {"Monday", "Tuesday", "Friday"}
        assert "45" in (folder / "circuits/monday.yaml").read_text()

    def test_a_stick_that_did_not_see_the_pages_change_is_refused(self, folder: Path, tmp_path: Path) -> None:
        store = Store(folder, tmp_path / "state")
        with files.opened(folder) as opened:
            digest = files.digest_of(files.config_files(opened))
        store.save_settings({"dim_after": 30})
        with pytest.raises(take_over.ChangedMeanwhileError):
            take_over.take(folder, {}, (), digest)
        assert "30" in (folder / "kiosk.yaml").read_text()

    def test_only_one_has_the_folder(self, folder: Path) -> None:
        code = (
            "import sys\nfrom kiosk.stick import files\n"
            "with files.locked(sys.argv[1]):\n    print('mine', flush=True)\n    sys.stdin.read()\n"
        )
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        with files.opened(folder) as opened, pytest.raises(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        other.stdin.close()
        assert other.wait() == 0
        other.stdout.close()
        with files.locked(folder) as opened:
            assert "kiosk.yaml" in files.entries(opened)


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may not be written"), (errno.EIO, "cannot be")]
)
def test_the_disks_errors_are_told_in_words(number: int, says: str) -> None:
    assert says in because(OSError(number, os.strerror(number)))
