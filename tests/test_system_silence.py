"""Switching the buzzer off after the kiosk was killed: the note about the pin, and the request to the kernel."""

from __future__ import annotations

import ast
import fcntl
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.system import silence
from kiosk.system.silence import FILE, remember, request

SCRIPT = Path(silence.__file__)


def alone(folder: Path | None) -> subprocess.CompletedProcess[str]:
    """Run the script alone, as the unit does, with only Python's own library."""
    environment = {} if folder is None else {"RUNTIME_DIRECTORY": str(folder)}
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )


def test_it_needs_nothing_of_the_kiosk() -> None:
    for node in ast.walk(ast.parse(SCRIPT.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert all(name.split(".")[0] in sys.stdlib_module_names for name in names)


def test_with_nothing_remembered_it_does_nothing(tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        done = alone(folder)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("content", ["", "27", "a b", "27 0 1"])
def test_a_broken_note_is_said_and_does_not_fail_the_unit(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    done = alone(tmp_path)
    assert done.returncode == 0
    assert "could not be switched off" in done.stderr


def test_the_driven_pin_is_remembered_with_its_silent_level(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    remember(27, 1)
    assert (tmp_path / FILE).read_text() == "27 1\n"
    remember(27, 0, tmp_path / "gone")
    monkeypatch.delenv("RUNTIME_DIRECTORY")
    remember(22, 0)
    assert (tmp_path / FILE).read_text() == "27 1\n"


@contextmanager
def header(content: bytes, fails: int = 0) -> Iterator[Path]:
    """Yield a folder with this note and a chip for the header's pins, which refuses the first `fails` requests."""
    refused: list[int] = []

    def ioctl(descriptor: int, number: int, argument: bytearray) -> None:
        if number == silence.CHIP_INFO:
            argument[32:43] = b"pinctrl-rp1"
        elif len(refused) < fails:
            refused.append(number)
            raise OSError(5, "Input/output error")
        else:
            struct.pack_into("=i", argument, len(argument) - 4, os.dup(descriptor))

    with tempfile.TemporaryDirectory() as folder, patch.object(fcntl, "ioctl", ioctl):
        Path(folder, FILE).write_bytes(content)
        Path(folder, "gpiochip0").touch()
        yield Path(folder)


def test_the_pin_of_the_note_is_switched_off() -> None:
    with header(b"27 0\n") as folder:
        assert silence.silence(folder, chips=folder) == "the buzzer on GPIO27 is off"


@given(st.binary() | st.tuples(st.integers(), st.integers()).map(lambda two: b"%d %d" % two))
@example(b"27 " + b"9" * 400)
@example(b"9" * 5000 + b" 0")
@example(b"\xff\xfe 0")
@example(b"28 0")
@example(b"-1 0")
@example(b"99999999999 0")
def test_any_note_ends_in_a_pin_of_the_header_or_a_clear_error(content: bytes) -> None:
    with header(content) as folder:
        try:
            done = silence.silence(folder, chips=folder)
        except (OSError, ValueError):
            return
        assert done in {f"the buzzer on GPIO{pin} is off" for pin in range(28)}


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_the_note_holds_up_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    assert "not an ordinary file" in alone(tmp_path).stderr
    remember(27, 0, tmp_path)
    assert (tmp_path / FILE).read_text() == "27 0\n"


@pytest.mark.parametrize("level", [0, 1])
def test_the_request_is_the_kernel_s_struct(level: int) -> None:
    """The offsets are those of struct gpio_v2_line_request in linux/gpio.h."""
    asked = request(27, level)
    assert len(asked) == 592
    assert struct.unpack_from("=I", asked, 0) == (27,)
    assert asked[256:288].rstrip(b"\0") == b"kiosk silence"
    flags, attributes = struct.unpack_from("=QI", asked, 288)
    assert (flags, attributes) == (1 << 3, 1)
    identity, _, values, mask = struct.unpack_from("=IIQQ", asked, 320)
    assert (identity, values, mask) == (2, level, 1)
    assert struct.unpack_from("=I", asked, 560) == (1,)


@pytest.mark.parametrize(
    ("number", "direction", "size", "command"),
    [(silence.CHIP_INFO, 2, 32 + 32 + 4, 0x01), (silence.GET_LINE, 3, 592, 0x07)],
)
def test_the_ioctls_are_the_kernel_s(number: int, direction: int, size: int, command: int) -> None:
    """The numbers are built as by _IOR and _IOWR of asm-generic/ioctl.h. 0xB4 is the type of all GPIO ioctls."""
    assert number == direction << 30 | size << 16 | 0xB4 << 8 | command


def test_a_pin_that_cannot_be_driven_once_is_driven_the_next_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(silence, "AGAIN_S", 0)
    with header(b"27 0\n", fails=1) as folder:
        monkeypatch.setenv("RUNTIME_DIRECTORY", str(folder))
        assert silence.main(chips=folder) == 0
    assert capsys.readouterr().err == "the buzzer on GPIO27 is off\n"
