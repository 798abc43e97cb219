"""The kiosk starts whatever the files that it reads at the start contain."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.app import App
from kiosk.session import Command, Session, step
from kiosk.stop import Stop
from kiosk.system import clock
from kiosk.system.checkpoint import FILE, CheckpointStore
from kiosk.system.clock import Clocks, clocks, wall_known
from kiosk.system.notify import Notifier
from kiosk.timeline import Timeline
from kiosk.wiring.recovery import Recovery
from tests.program import Start
from tests.samples import circuit

SOON_S = 5.0
NOW = Clocks(wall_s=1_800_000_000.0, wall_known=True, boot_s=500.0, boot_id="today")
TIMELINE = Timeline.of(circuit())
HUGE = int("9" * 400)

NUMBERS = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([HUGE, -HUGE, 2**63, 1e308, 5e-324, -0.0]),
)
TEXTS = st.one_of(st.text(), st.sampled_from(["\ud800", "\x1b[31m", "any\n12:00:00 started", "", "x" * 5000]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


def started_with(content: bytes) -> App:
    """Return an app after a start with these bytes in the checkpoint's file and a few turns of the loop."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FILE).write_bytes(content)
        with closing(Stop()) as stop:
            keeper = CheckpointStore(Path(folder), lambda: NOW)
            recovery = Recovery(stop, keeper)
            app = App(recovery.offer(Session.start_screen((TIMELINE,), 0.0)), stop, clock=lambda: 1.0)
            app.add_task(recovery)
            app.turn()
            assert keeper.wait(SOON_S)
            app.close()
        return app


def running() -> Session:
    return step(Session.start_screen((TIMELINE,), 0.0), 1.0, Command.PRESS).session


def a_checkpoint() -> dict[str, Any]:
    """Return the parsed content of a running circuit's checkpoint."""
    with tempfile.TemporaryDirectory() as folder:
        keeper = CheckpointStore(Path(folder), lambda: NOW)
        keeper.note(running())
        assert keeper.wait(SOON_S)
        keeper.close()
        return dict(json.loads(Path(folder, FILE).read_bytes()))


WRITTEN = a_checkpoint()
FIELDS = [(part, key) for part in ("position", "written") for key in WRITTEN[part]]


class TestCheckpoint:
    def test_an_undamaged_one_is_offered(self) -> None:
        assert started_with(json.dumps(WRITTEN).encode()).session.restored

    @given(st.binary())
    @example(b"[" * 9000)
    @example(b'{"version": 1, "position": {}, "written": ' + b'{"a":' * 1900)
    @example(b"9" * 9000)
    def test_any_bytes(self, content: bytes) -> None:
        assert not started_with(content).session.restored

    @given(VALUES)
    def test_any_json(self, value: object) -> None:
        assert not started_with(json.dumps(value).encode()).session.restored

    @given(st.sampled_from(FIELDS), VALUES)
    @example(("position", "elapsed_s"), HUGE)
    @example(("position", "lasts_s"), HUGE)
    @example(("written", "wall_s"), HUGE)
    @example(("written", "boot_s"), HUGE)
    def test_any_value_of_a_field(self, field: tuple[str, str], value: object) -> None:
        part, key = field
        session = started_with(json.dumps({**WRITTEN, part: {**WRITTEN[part], key: value}}).encode()).session
        assert 0 <= session.elapsed_s < session.timeline.total_s

    def test_the_program_starts_with_a_number_of_400_digits(
        self, start: Start, config_folder: Path, tmp_path: Path
    ) -> None:
        state = tmp_path / "state" / "kiosk"
        state.mkdir(parents=True)
        position = {**WRITTEN["position"], "elapsed_s": HUGE}
        written = {**WRITTEN["written"], "wall_s": HUGE}
        (state / FILE).write_text(json.dumps({**WRITTEN, "position": position, "written": written}))
        program = start("kiosk", "run", "--config", str(config_folder))
        program.wait_for("no circuit to resume")
        program.wait_for("press to start")
        assert program.end() == 0

    @pytest.mark.timeout(20)
    def test_a_pipe_in_its_place_is_replaced(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        for name in (FILE, f".{FILE}.new"):
            os.mkfifo(tmp_path / name)
        keeper = CheckpointStore(tmp_path, lambda: NOW)
        assert keeper.load() is None
        assert "not an ordinary file" in caplog.text
        keeper.note(running())
        assert keeper.wait(SOON_S)
        assert CheckpointStore(tmp_path, lambda: NOW).load() is not None


class TestOfTheSystem:
    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"\n"])
    def test_the_number_of_the_power_on_may_be_no_text(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "boot_id").write_bytes(content)
        with patch.object(clock, "BOOT_ID", tmp_path / "boot_id"):
            assert clocks().boot_id == ""

    def test_the_time_server_s_folder_may_be_unreadable(self, tmp_path: Path) -> None:
        denied = PermissionError(13, "Permission denied")
        with patch.object(os, "stat", side_effect=denied), patch.object(Path, "stat", side_effect=denied):
            known = wall_known(tmp_path)
        assert known

    @pytest.mark.parametrize("usec", ["9" * 400, "9" * 5000, "-1", "nan", "\ud800"])
    def test_the_watchdog_s_time_may_be_none(self, usec: str) -> None:
        assert Notifier({"WATCHDOG_USEC": usec}).watchdog_s is None
