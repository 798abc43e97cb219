"""What the commands print, wherever it goes: streams that are closed or full, letters that a terminal does not have,
names that would drive it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.system.checkpoint import FILE
from tests.conftest import ROOT
from tests.program import Program

PYTHON = f"{sys.executable} -m kiosk"
UNREADABLE = b"b\xff\x1b[31m\n>forged"
"""A folder's name that is no UTF-8, colours the terminal and begins a line."""
NO_ONE = "import pwd\ndef nobody(*_): raise KeyError\npwd.getpwuid = nobody\nfrom kiosk.cli import main\nimport sys\n"


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": "/nonexistent", **variables}
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, env=environment, check=False, timeout=60)


@pytest.fixture
def uebung(config_folder: Path) -> Path:
    """The config folder with a circuit whose name a Russian or an American terminal cannot show."""
    circuit = config_folder / "circuits" / "short.yaml"
    circuit.write_text(circuit.read_text().replace("Short circuit", "Übung"), "utf-8")
    return config_folder


class TestWhereItCannotBeWritten:
    @pytest.mark.parametrize("command", ["plan", "plan --json", "check", "doctor", "doctor --json", "--help"])
    @pytest.mark.parametrize(("target", "why"), [(">&-", "Bad file descriptor"), (">/dev/full", "No space left")])
    def test_an_answer_is_one_clear_line_and_a_failure(self, command: str, target: str, why: str) -> None:
        done = shell(f"{PYTHON} {command} {target}")
        assert done.returncode == 1
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith("the answer cannot be written: ")
        assert why in line

    @pytest.mark.parametrize("target", ["2>&-", "2>/dev/full"])
    @pytest.mark.parametrize("command", ["plan nowhere", "nothing", "check --nothing"])
    def test_an_error_keeps_its_status(self, command: str, target: str) -> None:
        done = shell(f"{PYTHON} {command} {target}")
        assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")

    def test_what_needs_no_stderr_does_not_miss_it(self) -> None:
        done = shell(f"{PYTHON} plan 2>&-")
        assert done.returncode == 0
        assert done.stdout.splitlines()[-1] == b"total 18:40"


class TestLetters:
    @pytest.mark.parametrize(
        "variables",
        [
            {"PYTHONIOENCODING": "koi8-r"},
            {"PYTHONIOENCODING": "ascii:strict"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ],
        ids=["koi8-r", "ascii", "C"],
    )
    def test_a_name_that_the_terminal_cannot_show_is_escaped(self, uebung: Path, variables: dict[str, str]) -> None:
        done = shell(f"{PYTHON} plan --config {uebung}", **variables)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"\\xdcbung: 2 exercises")
        done = shell(f"{PYTHON} plan --json --config {uebung}", **variables)
        assert json.loads(done.stdout)["circuit"] == "Übung"

    def test_elsewhere_it_is_printed_as_it_is(self, uebung: Path) -> None:
        done = shell(f"{PYTHON} plan --config {uebung}", LC_ALL="C.UTF-8")
        assert done.stdout.decode().startswith("Übung: 2 exercises")

    def test_the_wall_in_a_terminal_too(self, start: type[Program], uebung: Path) -> None:
        program = start("kiosk", "run", "--config", str(uebung), PYTHONIOENCODING="koi8-r")
        program.wait_for(r"\\xdcbung \(.*press to start")
        assert program.end() == 0


class TestForeignNames:
    @pytest.fixture
    def folder(self, config_folder: Path, tmp_path: Path) -> Path:
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + UNREADABLE))
        shutil.move(config_folder, folder)
        return folder

    def test_a_folder_s_name_is_printed_so_that_it_does_nothing(self, folder: Path) -> None:
        for line in ("check", "plan", "plan nowhere", "check --config /nowhere/$KIOSK_CONFIG", "doctor"):
            done = shell(f"{PYTHON} {line}", KIOSK_CONFIG=os.fspath(folder))
            assert b"Traceback" not in done.stderr
            printed = done.stdout + done.stderr
            assert b"\x1b" not in printed
            assert b"\n>" not in printed
        done = shell(f"{PYTHON} check", KIOSK_CONFIG=os.fspath(folder))
        assert (done.returncode, b"b\\udcff\\x1b[31m\\n>forged is fine" in done.stdout) == (0, True)

    def test_a_picture_of_such_a_name_is_drawn(self, folder: Path) -> None:
        out = os.fsencode(folder) + b"/\xff.png"
        command = [sys.executable, "-m", "kiosk", "show", "--size", "320x180", "--out", out]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert Path(os.fsdecode(out)).stat().st_size > 0

    def test_a_checkpoint_forges_no_line_of_the_log(
        self, start: type[Program], config_folder: Path, tmp_path: Path
    ) -> None:
        state = tmp_path / "state" / "kiosk"
        state.mkdir(parents=True)
        circuit = "x\x1b[31m\n12:00:00 started: nobody\r12:00:01 stopped"
        position = {"circuit": circuit, "timeline": "0", "elapsed_s": 1, "lasts_s": 1e11}
        written = {"wall_s": 1, "wall_known": False, "boot_s": 0, "boot_id": ""}
        (state / FILE).write_text(json.dumps({"version": 1, "position": position, "written": written}))
        program = start("kiosk", "run", "--config", str(config_folder))
        program.wait_for(r"no circuit to resume: x\\x1b\[31m\\n12:00:00 started: nobody\\r12:00:01 stopped has been")
        assert program.end() == 0


class TestNoHome:
    """A user who is only a number, as in a container: no HOME, no entry in passwd."""

    def nobody(self, arguments: str) -> subprocess.CompletedProcess[str]:
        code = f"{NO_ONE}sys.exit(main({arguments.split()!r}))"
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
        command = ["timeout", "-s", "TERM", "--preserve-status", "3", sys.executable, "-c", code]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, check=False, stdin=subprocess.DEVNULL
        )

    @pytest.mark.parametrize("arguments", ["run", "doctor --self-test", "check", "plan"])
    def test_every_command_works(self, arguments: str) -> None:
        done = self.nobody(arguments)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0
