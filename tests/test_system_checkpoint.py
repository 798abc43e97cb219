"""Checkpoints, which keep a circuit's place over a power cut: when they are written, and when they expire."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from threading import Event

import pytest

from kiosk.circuit import Amrap, Entry, ForTime, Set, Task, Work
from kiosk.session import Command, Phase, Result, Rules, Session, step
from kiosk.system.checkpoint import EXPIRES_S, FILE, Checkpoint, CheckpointStore, Position, fingerprint, state_folder
from kiosk.system.clock import Clocks
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise, rounds_of

PATIENCE_S = 60.0
NOW = Clocks(wall_s=1_800_000_000.0, wall_known=True, boot_s=500.0, boot_id="today")
TASKS = (Task(exercise("Swings"), "10"), Task(exercise("Squats"), "5"))
OPEN = Work((Set(TASKS[:1], 600, open=True),))


def timeline(**changes: object) -> Timeline:
    return Timeline.of(circuit(**changes))


class Bench:
    """A session with a checkpoint store that notes every step, and with clocks that can be set."""

    def __init__(self, folder: Path, *timelines: Timeline, rules: Rules | None = None) -> None:
        self.folder, self.clocks = folder, NOW
        self.timelines = timelines or (timeline(),)
        self.session = Session.start_screen(self.timelines, 0.0, rules)
        self.keeper = CheckpointStore(folder, lambda: self.clocks)
        self.writes = 0

    def at(self, now_s: float, command: Command | None = None) -> None:
        before = self.written()
        self.session, _ = step(self.session, now_s, command)
        if command is Command.PRESS:
            self.session, _ = step(self.session, now_s, Command.RELEASE)
        self.keeper.note(self.session)
        assert self.keeper.wait(PATIENCE_S)
        self.writes += self.written() != before

    def phase(self) -> Phase:
        return self.session.phase

    def written(self) -> bytes | None:
        file = self.folder / FILE
        return file.read_bytes() if file.exists() else None

    def left(self, after: Clocks | None = None) -> Checkpoint | None:
        """Return the checkpoint that another process would find, None if it would find none."""
        return CheckpointStore(self.folder, lambda: after or self.clocks).load()

    def elapsed_left_s(self) -> float | None:
        left = self.left()
        return left.position.elapsed_s if left else None


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "state")


class TestWhatIsWritten:
    def test_one_write_per_interval_and_none_in_between(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        intervals = bench.session.timeline.intervals
        steps = int(bench.session.timeline.total_s * 10)
        for number in range(1, steps):
            bench.at(number / 10)
            expected_s = bench.session.timeline.at(bench.session.elapsed_s).start_s
            if number % 37 == 0:
                assert bench.elapsed_left_s() == expected_s
        assert bench.writes == len(intervals)

    def test_a_pause_is_kept_to_the_moment_and_counting_in_changes_nothing(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        bench.at(13.25, Command.PRESS)
        assert bench.phase() is Phase.PAUSED
        assert bench.elapsed_left_s() == 13.25
        writes = bench.writes
        bench.at(20.0)
        bench.at(21.0, Command.PRESS)
        assert bench.phase() is Phase.COUNTING_IN
        assert (bench.elapsed_left_s(), bench.writes) == (13.25, writes)

    @pytest.mark.parametrize("place_s", [0.5, 13.25], ids=["stays at the start", "goes back"])
    def test_a_key_that_makes_a_pause_last_longer_keeps_its_place_for_longer(
        self, bench: Bench, place_s: float
    ) -> None:
        bench.at(0.0, Command.PRESS)
        bench.at(place_s, Command.PRESS)
        later = NOW._replace(boot_s=NOW.boot_s + 890)
        bench.at(880.0, Command.BACK)
        bench.clocks = later
        bench.at(890.0, Command.BACK)
        assert bench.left(later._replace(boot_s=later.boot_s + 890)), (
            "20 minutes after the last key, 30 after the press"
        )

    @pytest.mark.parametrize(("limit_s", "lasts_s"), [(1800.0, 1800.0), (0.0, 24 * 3600.0)])
    def test_a_pause_lasts_as_long_as_the_gym_says(self, tmp_path: Path, limit_s: float, lasts_s: float) -> None:
        bench = Bench(tmp_path / "state", rules=Rules(pause_limit_s=limit_s))
        bench.at(1.0, Command.PRESS)
        bench.at(2.0, Command.PRESS)
        left = bench.left()
        assert left
        assert left.position.lasts_s == lasts_s

    def test_nothing_is_left_of_a_circuit_that_was_stopped_or_finished(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        assert bench.left()
        bench.at(bench.session.timeline.total_s + 1)
        assert bench.phase() is Phase.FINISHED
        assert bench.written() is None
        bench.at(bench.session.now_s, Command.PRESS)
        assert bench.left()
        bench.session, _ = step(bench.session, bench.session.now_s, Command.PRESS)
        bench.at(bench.session.now_s + 2.1)
        assert bench.phase() is Phase.IDLE
        assert bench.written() is None

    def test_after_a_power_cut_in_the_chooser_there_is_nothing_to_resume(self, tmp_path: Path) -> None:
        bench = Bench(tmp_path / "state", timeline(), timeline(id="other"))
        bench.session, _ = step(bench.session, bench.session.now_s, Command.PRESS)
        bench.at(bench.session.now_s + 2.1)
        assert bench.phase() is Phase.CHOOSING
        bench.at(bench.session.now_s + 1.0, Command.SKIP)
        assert bench.phase() is Phase.CHOOSING
        assert bench.written() is None

    def test_the_start_screen_writes_nothing_at_all(self, bench: Bench) -> None:
        bench.at(1.0)
        assert not bench.folder.exists()

    def test_what_was_found_is_not_written_again_until_the_session_moves_on(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        bench.at(30.0, Command.PRESS)
        before = bench.written()
        again = Bench(bench.folder)
        found = again.keeper.load()
        assert found
        again.session = again.session.restoring(0, found.position.elapsed_s)
        again.at(1.0)
        assert bench.written() == before
        again.session = again.session.discarding()
        again.at(2.0)
        assert bench.written() is None

    def test_the_file_is_never_half_written(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        bench.at(0.0, Command.PRESS)
        before = bench.written()
        # The power is cut while the new file is being written to the card.
        monkeypatch.setattr(os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError(errno.EIO, "card gone")))
        bench.at(12.0)
        assert bench.written() == before
        assert bench.left()

    def test_the_loop_does_not_wait_for_a_slow_card(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        gate = Event()
        written: list[int] = []

        def slow(descriptor: int) -> None:
            gate.wait(PATIENCE_S)
            written.append(descriptor)

        monkeypatch.setattr(os, "fsync", slow)
        for command in (Command.PRESS, Command.RELEASE):
            bench.session, _ = step(bench.session, 0.0, command)
        for now_s in range(100):
            bench.session, _ = step(bench.session, float(now_s))
            bench.keeper.note(bench.session)
        assert written == []
        expected_s = bench.session.timeline.at(bench.session.elapsed_s).start_s
        gate.set()
        bench.keeper.close()
        assert bench.elapsed_left_s() == expected_s


class TestWorkThatAPressEnds:
    """In an AMRAP, for time and open work the result is what counts, and one interval may last an hour."""

    def bench(self, folder: Path, *entries: Entry) -> Bench:
        bench = Bench(folder, timeline(content=rounds_of(*entries), get_ready_s=0))
        bench.at(0.0, Command.PRESS)
        return bench

    def restored(self, bench: Bench) -> Session:
        left = bench.left()
        assert left
        position = left.position
        index = position.index_in(bench.timelines)
        assert index == 0
        start = Session.start_screen(bench.timelines, 0.0)
        return start.restoring(index, position.elapsed_s, position.jumped_s, position.results)

    @pytest.mark.parametrize(
        "entry", [Amrap(TASKS, 600), ForTime(600, TASKS), OPEN], ids=["amrap", "for time", "open work"]
    )
    def test_at_most_ten_seconds_of_it_are_lost(self, tmp_path: Path, entry: Entry) -> None:
        bench = self.bench(tmp_path, entry)
        for second in range(1, 100):
            bench.at(float(second))
        assert bench.elapsed_left_s() == 90
        assert bench.writes == 10
        left = bench.left()
        assert left
        assert left.position.lasts_s == 10

    def test_the_tally_is_kept_with_the_moment_of_the_last_round(self, tmp_path: Path) -> None:
        bench = self.bench(tmp_path, Amrap(TASKS, 600))
        bench.at(31.5, Command.PRESS)
        bench.at(68.25, Command.PRESS)
        bench.at(69.0)
        restored = self.restored(bench)
        assert restored.results == (Result(0, None, (31.5, 68.25)),)
        assert restored.elapsed_s == 68.25
        bench.at(70.0, Command.BACK)
        assert self.restored(bench).results == (Result(0, None, (31.5,)),)

    def test_the_true_time_is_kept_over_several_sets(self, tmp_path: Path) -> None:
        bench = self.bench(tmp_path, Work((Set(TASKS[:1], 600, 30, open=True),) * 2))
        bench.at(42.5, Command.PRESS)
        bench.at(50.0)
        restored = self.restored(bench)
        assert restored.results == (Result(0, 42.5),)
        assert restored.interval.kind == "changeover"
        assert restored.true_s == pytest.approx(42.5), "the rest begins again, and nothing else"

    def test_what_a_program_before_these_wrote_can_be_resumed(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        data = bench.written()
        assert data
        fields = json.loads(data)
        del fields["position"]["jumped_s"], fields["position"]["results"]
        (bench.folder / FILE).write_text(json.dumps(fields))
        left = bench.left()
        assert left
        assert (left.position.jumped_s, left.position.results) == (0.0, ())

    @pytest.mark.parametrize(
        "results",
        [
            3,
            [3],
            [[0, 1.0]],
            [["0", 1.0, []]],
            [[0, "1", []]],
            [[0, None, [True]]],
            [[0, None, ["1"]]],
            [[-1, None, []]],
            [[0.5, None, []]],
            [[0, -1.0, []]],
            [[0, None, [1e99]]],
            [[99, None, []]],
        ],
    )
    def test_results_that_cannot_be(self, tmp_path: Path, results: object) -> None:
        bench = self.bench(tmp_path, Amrap(TASKS, 600))
        data = bench.written()
        assert data
        fields = json.loads(data)
        fields["position"]["results"] = results
        (bench.folder / FILE).write_text(json.dumps(fields))
        left = bench.left()
        assert left is None or left.position.index_in(bench.timelines) is None

    def test_another_mode_is_another_timeline(self) -> None:
        kinds = (Amrap(TASKS, 600), ForTime(600, TASKS))
        assert len({fingerprint(timeline(content=kind)) for kind in kinds}) == 2
        named = (Work((Set((Task(exercise(name, id="")),), 60),)) for name in ("Rows", "Squats"))
        assert len({fingerprint(timeline(content=one)) for one in named}) == 2


class TestBadDisks:
    @pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
    def test_a_disk_that_cannot_be_written_is_said_once(
        self, bench: Bench, number: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(descriptor: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        for now_s in (0.0, 5.0, 11.0, 25.0):
            bench.at(now_s, Command.PRESS if now_s == 0 else None)
        lines = [record.message for record in caplog.records]
        assert len(lines) == 1
        assert lines[0].startswith("after a power cut the circuit will start from the beginning")
        assert os.strerror(number) in lines[0]
        assert bench.left() is None

    def test_a_file_in_place_of_the_folder(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        (tmp_path / "state").write_text("")
        bench = Bench(tmp_path / "state")
        bench.at(0.0, Command.PRESS)
        assert bench.left() is None
        bench.at(bench.session.timeline.total_s + 1)
        assert all("Errno" not in record.message for record in caplog.records)


class TestWhatIsBelieved:
    def written(self, bench: Bench) -> dict[str, dict[str, object]]:
        bench.at(0.0, Command.PRESS)
        data = bench.written()
        assert data
        fields: dict[str, dict[str, object]] = json.loads(data)
        return fields

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"\xff\xfe\x00",
            b"[]",
            b"null",
            b'{"version": 2}',
            b'{"version": 1}',
            b'{"version": 1, "position": 3, "written": {}}',
            b"[" * 9000,
            b"x" * 100_000,
        ],
    )
    def test_a_file_that_is_none_gives_one_line_and_goes(
        self, bench: Bench, content: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        bench.folder.mkdir()
        (bench.folder / FILE).write_bytes(content)
        keeper = CheckpointStore(bench.folder, lambda: NOW)
        assert keeper.load() is None
        assert keeper.wait(PATIENCE_S)
        assert len(caplog.records) == 1
        assert bench.written() is None

    @pytest.mark.parametrize(
        ("part", "key", "value"),
        [
            ("position", "elapsed_s", "12"),
            ("position", "elapsed_s", -1),
            ("position", "elapsed_s", float("nan")),
            ("position", "elapsed_s", float("inf")),
            ("position", "elapsed_s", True),
            ("position", "circuit", 7),
            ("position", "more", 1),
            ("written", "wall_known", "yes"),
            ("written", "boot_s", None),
        ],
    )
    def test_a_value_that_cannot_be(self, bench: Bench, part: str, key: str, value: object) -> None:
        fields = self.written(bench)
        fields[part][key] = value
        (bench.folder / FILE).write_text(json.dumps(fields))
        assert bench.left() is None

    def test_a_circuit_is_found_again_only_unchanged(self, bench: Bench) -> None:
        bench.at(0.0, Command.PRESS)
        left = bench.left()
        assert left
        other = timeline(id="other")
        assert left.position.index_in(bench.timelines) == 0
        assert left.position.index_in((other, bench.timelines[0])) == 1
        assert left.position.index_in((other,)) is None
        assert left.position.index_in((timeline(rounds=7),)) is None
        late = left.position._replace(elapsed_s=bench.timelines[0].total_s)
        assert late.index_in(bench.timelines) is None

    def test_a_text_that_changes_is_no_other_timeline(self) -> None:
        one = timeline()
        assert fingerprint(one) == fingerprint(timeline(name="Renamed"))
        assert fingerprint(one) != fingerprint(timeline(get_ready_s=11.0))


def checkpoint_(written: Clocks = NOW, lasts_s: float = 60.0) -> Checkpoint:
    return Checkpoint(Position("any", "any", 0.0, lasts_s), written)


class TestExpiry:
    """A checkpoint expires 5 minutes after the next one was due, so after 360 s in an interval of one minute."""

    @pytest.mark.parametrize(("age_s", "expired"), [(0, False), (359, False), (361, True), (100_000, True)])
    def test_after_a_crash_the_steady_clock_counts(self, age_s: float, expired: bool) -> None:
        # Meanwhile the wall clock has been set to a completely different time.
        now = NOW._replace(boot_s=NOW.boot_s + age_s, wall_s=NOW.wall_s - 80_000)
        assert checkpoint_().expired(now) is expired

    @pytest.mark.parametrize(("age_s", "expired"), [(30, False), (359, False), (361, True), (86_400, True)])
    def test_after_a_power_cut_the_time_of_day_counts(self, age_s: float, expired: bool) -> None:
        now = Clocks(NOW.wall_s + age_s, True, 20.0, "next")
        assert checkpoint_().expired(now) is expired

    def test_without_a_battery_the_clock_is_behind_until_it_is_set(self) -> None:
        woken = Clocks(NOW.wall_s - 3600, False, 15.0, "next")
        assert not checkpoint_().expired(woken)
        set_ = Clocks(NOW.wall_s + 30_000, True, 20.0, "next")
        assert checkpoint_().expired(set_)

    def test_without_any_clock_the_offer_ends_five_minutes_after_power_on(self) -> None:
        never_set = Clocks(NOW.wall_s - 3600, False, 361.0, "next")
        assert checkpoint_().expired(never_set)

    def test_what_was_written_before_the_clock_was_set_is_not_older_than_the_power_cut(self) -> None:
        before_set = NOW._replace(wall_s=1_700_000_000.0, wall_known=False)
        now = Clocks(NOW.wall_s, True, 25.0, "next")
        assert not checkpoint_(before_set).expired(now)

    def test_a_system_without_boot_ids_goes_by_the_time_of_day(self) -> None:
        written = NOW._replace(boot_id="")
        assert not checkpoint_(written).expired(written._replace(wall_s=NOW.wall_s + 60, boot_s=5.0))
        assert checkpoint_(written).expired(written._replace(wall_s=NOW.wall_s + 999, boot_s=5.0))

    def test_one_too_old_is_not_offered_and_goes(self, bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO")
        bench.at(0.0, Command.PRESS)
        interval_s = bench.session.timeline.intervals[0].duration_s
        later = NOW._replace(boot_s=NOW.boot_s + EXPIRES_S + interval_s + 1)
        keeper = CheckpointStore(bench.folder, lambda: later)
        assert keeper.load() is None
        assert keeper.wait(PATIENCE_S)
        assert "has expired" in caplog.text
        assert bench.written() is None


class TestFolder:
    def test_systemd_says_where(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/kiosk:/var/lib/other")
        assert state_folder() == Path("/var/lib/kiosk")

    def test_else_it_is_the_user_s_own(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("STATE_DIRECTORY", raising=False)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        assert state_folder() == tmp_path / "kiosk"
