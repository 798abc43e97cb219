"""What the commands print: into streams that are closed or full, on terminals that lack letters, and with names that
contain control characters."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from kiosk.output import NonBlockingStream
from kiosk.system.checkpoint import FILE
from tests.conftest import ROOT
from tests.program import Start

PYTHON = f"{sys.executable} -m kiosk"
UNREADABLE = b"b\xff\x1b[31m\n>forged"
"""A folder name that is not UTF-8, colours the terminal and begins a new line."""
NO_ONE = "import pwd\ndef nobody(*_): raise KeyError\npwd.getpwuid = nobody\nfrom kiosk.cli import main\nimport sys\n"


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": "/nonexistent", **variables}
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, env=environment, check=False, timeout=60)


def run_and_end(command: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """Run the wall and end it as soon as it catches SIGTERM; return its exit status and all that it printed."""
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as wall:
        while not _catches(wall.pid, signal.SIGTERM):
            assert wall.poll() is None, wall.communicate()
        wall.terminate()
        printed, _ = wall.communicate(timeout=60)
        return wall.returncode, printed


def _catches(pid: int, number: signal.Signals) -> bool:
    (mask,) = re.findall(r"SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
    return bool(int(mask, 16) >> number - 1 & 1)


@pytest.fixture
def uebung(config_folder: Path) -> Path:
    """Return the config folder, with a circuit whose name a Russian or an American terminal cannot show."""
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
        assert line.startswith("the output cannot be written: ")
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

    @pytest.mark.parametrize("streams", [">&-", "2>&-", "0<&-", "0<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
    def test_the_wall_runs_and_ends(self, streams: str, config_folder: Path, tmp_path: Path) -> None:
        folders = {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **folders}
        command = ["/bin/sh", "-c", f"exec {PYTHON} run --config {config_folder} {streams}"]
        status, printed = run_and_end(command, environment)
        assert (status, b"Traceback" in printed) == (0, False)


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

    def test_the_wall_in_a_terminal_too(self, start: Start, uebung: Path) -> None:
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
        (folder / "kiosk.yaml").write_text("nothing: 1")
        done = shell(f"{PYTHON} doctor", KIOSK_CONFIG=os.fspath(folder))
        assert b"Fix it in " in done.stdout
        assert b"\x1b" not in done.stdout
        (folder / "kiosk.yaml").unlink()
        done = shell(f"{PYTHON} check", KIOSK_CONFIG=os.fspath(folder))
        assert (done.returncode, b"b\\udcff\\x1b[31m\\n>forged is fine" in done.stdout) == (0, True)

    def test_a_picture_of_such_a_name_is_drawn(self, folder: Path) -> None:
        out = os.fsencode(folder) + b"/\xff.png"
        command: list[str | bytes] = [sys.executable, "-m", "kiosk", "show", "--size", "320x180", "--out", out]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert Path(os.fsdecode(out)).stat().st_size > 0

    def test_a_checkpoint_forges_no_line_of_the_log(self, start: Start, config_folder: Path, tmp_path: Path) -> None:
        state = tmp_path / "state" / "kiosk"
        state.mkdir(parents=True)
        circuit = "x\x1b[31m\n12:00:00 started: nobody\r12:00:01 stopped"
        position = {"circuit": circuit, "timeline": "0", "elapsed_s": 1, "lasts_s": 1e11}
        written = {"wall_s": 1, "wall_known": False, "boot_s": 0, "boot_id": ""}
        (state / FILE).write_text(json.dumps({"version": 1, "position": position, "written": written}))
        program = start("kiosk", "run", "--config", str(config_folder))
        program.wait_for(r"no circuit to resume: x\\x1b\[31m\\n12:00:00 started: nobody\\r12:00:01 stopped has been")
        program.wait_for("press to start")
        assert program.end() == 0


class TestNoHome:
    """A user with only a number, as in a container, without HOME and without an entry in passwd."""

    ENVIRONMENT: ClassVar = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", f"{NO_ONE}sys.exit(main({list(arguments)!r}))"]

    def test_the_wall_runs(self) -> None:
        status, printed = run_and_end(self.command("run"), self.ENVIRONMENT)
        assert (status, b"Traceback" in printed) == (0, False)

    @pytest.mark.parametrize("arguments", [("doctor", "--self-test"), ("check",), ("plan",)])
    def test_every_other_command_works(self, arguments: tuple[str, ...]) -> None:
        done = subprocess.run(self.command(*arguments), env=self.ENVIRONMENT, capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


class Unread:
    """A pipe of 4096 bytes that is read only when the test calls `read`."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        fcntl.fcntl(self.writer, fcntl.F_SETPIPE_SZ, 4096)

    def close(self) -> None:
        os.close(self.reader)
        os.close(self.writer)

    def read(self) -> str:
        """Return all that is written until the last writer has closed the pipe. Afterwards the pipe is closed."""
        os.close(self.writer)
        with os.fdopen(self.reader, errors="replace") as stream:
            return stream.read()


class TestNobodyReads:
    """Output to a program that hangs, or to a terminal that Ctrl-S has stopped."""

    def test_the_circuit_goes_on_and_the_lost_lines_are_counted(
        self, display: str, config_folder: Path, start: Start
    ) -> None:
        unread = Unread()
        os.write(unread.writer, b"." * 4096)
        options = ("run", "--window", "640x360", "--verbose", "--config", str(config_folder))
        pi = start("tests.pretend_pi", *options, DISPLAY=display, SDL_AUDIODRIVER="dummy", stderr=unread.writer)
        pi.wait_for("27 off")
        pi.say("17 low")
        pi.say("17 high")
        for _ in range(4):
            pi.wait_for("27 on")
            pi.wait_for("27 off")
        assert pi.end() == 0
        assert pi.lines[-1] == "27 off"
        unread.close()

    def test_the_terminal_s_status_is_not_waited_for_either(self, config_folder: Path, start: Start) -> None:
        unread = Unread()
        os.write(unread.writer, b"." * 4096)
        program = start("kiosk", "run", "--verbose", "--config", str(config_folder), stdout=unread.writer)
        program.wait_for("Enter is the button")
        program.say("")
        program.wait_for("started")
        program.wait_for("finished")
        assert program.end() == 0
        unread.close()

    def test_what_was_dropped_is_counted_and_the_rest_comes_in_order(self) -> None:
        unread = Unread()
        with os.fdopen(os.dup(unread.writer), "w") as stream, NonBlockingStream(stream) as output:
            lines = [f"{number} {'x' * 90}" for number in range(5000)]
            for line in lines:
                output.write(line + "\n")
            got: list[str] = []
            reading = Thread(target=lambda: got.append(unread.read()))
            reading.start()
            while not output.drain():
                pass
            output.write("last\n")
            while not output.drain():
                pass
        reading.join()
        *read, last = got[0].splitlines()
        assert last == "last"
        number = 0
        for line in read:
            if dropped := re.fullmatch(r"(\d+) lines dropped: nobody read them", line):
                number += int(dropped[1])
            else:
                assert line.split() == [str(number), "x" * 90]
                number += 1
        assert number == 5000
        assert 500 < len(read) < 4000

    def test_a_descriptor_that_others_have_made_non_blocking(self) -> None:
        unread = Unread()
        os.set_blocking(unread.writer, False)
        with os.fdopen(os.dup(unread.writer), "w") as stream, NonBlockingStream(stream) as output:
            output.write("x" * 9000 + "\n")
            assert not output.drain()
            got: list[str] = []
            reading = Thread(target=lambda: got.append(unread.read()))
            reading.start()
            while not output.drain():
                pass
        reading.join()
        assert got == ["x" * 9000 + "\n"]
