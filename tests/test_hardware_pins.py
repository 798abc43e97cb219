"""Opening the pins through a library, and the error messages when that fails."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.errors import PinError
from kiosk.hardware import pins
from tests.test_hardware_lgpio import FakeGpio, FakeLgpio, LgpioError, forget

PI_3B = 0xA02082
LAZY = """
import sys
import kiosk.hardware.button, kiosk.hardware.buzzer, kiosk.hardware.mailbox, kiosk.hardware.pins
import kiosk.hardware.player, kiosk.signals, kiosk.hardware.speaker
print(sorted({"gpiozero", "lgpio", "RPi", "pygame", "yaml"} & set(sys.modules)))
"""


@pytest.fixture
def pi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for /dev, after making files that look like a Raspberry Pi with pins."""
    (tmp_path / "model").write_bytes(b"Raspberry Pi 4 Model B Rev 1.4\0")
    dev = tmp_path / "dev"
    dev.mkdir()
    (dev / "gpiochip0").touch()
    monkeypatch.setattr(pins, "MODEL", tmp_path / "model")
    monkeypatch.setattr(pins, "CHIPS", dev)
    monkeypatch.setattr("gpiozero.pins.local.get_pi_revision", lambda: PI_3B)
    forget(monkeypatch, "gpiozero.pins.lgpio", "gpiozero.pins.rpigpio", "kiosk.hardware.lgpio_pin", "RPi._GPIO")
    return dev


class ClosedLgpio(FakeLgpio):
    """A stand-in for lgpio that cannot open the pins."""

    def __init__(self, why: str = "'can not open gpiochip'") -> None:
        super().__init__()
        self.why = why

    def gpiochip_open(self, chip: int) -> int:
        raise LgpioError(self.why)


@pytest.mark.parametrize(
    ("model", "board"),
    [
        (b"Raspberry Pi 5 Model B Rev 1.0\0", "Raspberry Pi 5 Model B Rev 1.0"),
        (b"Raspberry Pi Zero 2 W Rev 1.0\0", "Raspberry Pi Zero 2 W Rev 1.0"),
        (b"Pine64 PinePhone\0", None),
        (b"", None),
        (b"\xff\xfe\0", None),
        (None, None),
    ],
)
def test_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: bytes | None, board: str | None) -> None:
    if model is not None:
        (tmp_path / "model").write_bytes(model)
    monkeypatch.setattr(pins, "MODEL", tmp_path / "model")
    assert pins.board() == board


def test_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no pin factory is called 'pigpio'"):
        pins.open_factory("pigpio")


@pytest.mark.parametrize("name", ["lgpio", "rpigpio"])
def test_no_pi(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "MODEL", tmp_path / "none")
    monkeypatch.setitem(sys.modules, "lgpio", None)
    monkeypatch.setitem(sys.modules, "RPi", None)
    with pytest.raises(PinError, match="this is not a Raspberry Pi"):
        pins.open_factory(name)


@pytest.mark.usefixtures("pi")
def test_lgpio_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", None)
    with pytest.raises(PinError, match=r"lgpio is not installed: sudo apt install python3-lgpio, or pip install"):
        pins.open_factory("lgpio")


@pytest.mark.usefixtures("pi")
def test_rpi_lgpio_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "RPi", None)
    with pytest.raises(PinError, match=r"is not installed: sudo apt install python3-rpi-lgpio, or pip install rpi-lg"):
        pins.open_factory("rpigpio")


@pytest.mark.usefixtures("pi")
def test_the_empty_lgpio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", ModuleType("lgpio"))
    with pytest.raises(PinError, match=r"empty module \(0\.0\.0\.2\).*lgpio>=0\.2\.2\.0"):
        pins.open_factory("lgpio")


@pytest.mark.usefixtures("pi")
def test_the_old_rpi_gpio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "RPi", ModuleType("RPi"))
    monkeypatch.setitem(sys.modules, "RPi.GPIO", FakeGpio())
    monkeypatch.setitem(sys.modules, "RPi._GPIO", ModuleType("RPi._GPIO"))
    with pytest.raises(PinError, match=r"this is the original RPi\.GPIO.*pip uninstall RPi\.GPIO.*rpi-lgpio"):
        pins.open_factory("rpigpio")


def test_no_chip(pi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pi / "gpiochip0").unlink()
    monkeypatch.setitem(sys.modules, "lgpio", ClosedLgpio())
    with pytest.raises(PinError, match=r"the kernel offers no pins.*gpiochip\* is missing"):
        pins.open_factory("lgpio")


def test_no_permission(pi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setitem(sys.modules, "lgpio", ClosedLgpio())
    with pytest.raises(PinError, match=r'no permission for .*gpiochip0: sudo usermod -aG gpio "\$USER"'):
        pins.open_factory("lgpio")


@pytest.mark.usefixtures("pi")
def test_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", ClosedLgpio("'GPIO busy'"))
    with pytest.raises(PinError, match="another program uses the pins: stop it"):
        pins.open_factory("lgpio")


@pytest.mark.usefixtures("pi")
def test_whatever_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", ClosedLgpio("'moon in the wrong phase'"))
    with pytest.raises(PinError, match="lgpio cannot open the pins: 'moon in the wrong phase'"):
        pins.open_factory("lgpio")


FIFO_LGPIO = '''
"""What lgpio does at import: a FIFO in LG_WD or here, and an absolute LG_WD becomes the working directory."""
import os
if "LG_WD" in os.environ:
    os.chdir(os.environ["LG_WD"])
os.mkfifo(".lgd-nfy0")
FOLDER = os.getcwd()
FD = os.open(".lgd-nfy0", os.O_RDWR | os.O_NONBLOCK)
gpio_claim_alert = None
'''


@pytest.fixture
def fifo_lgpio(pi: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a fake lgpio on the path, which uses folders as the real one does. Return the working directory."""
    library, here = tmp_path / "library", tmp_path / "here"
    library.mkdir()
    here.mkdir()
    (library / "lgpio.py").write_text(FIFO_LGPIO)
    forget(monkeypatch, "lgpio")
    monkeypatch.syspath_prepend(library)
    monkeypatch.chdir(here)
    monkeypatch.delenv("LG_WD", raising=False)
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return here


def folder_of_lgpio() -> Path:
    lgpio = sys.modules["lgpio"]
    os.close(lgpio.FD)
    return Path(lgpio.FOLDER)


@pytest.mark.parametrize("runtime", ["", "one", "one:two", "missing"])
def test_lgpio_leaves_no_trace(fifo_lgpio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    if runtime:
        folders = [str(tmp_path / folder) for folder in runtime.split(":")]
        monkeypatch.setenv("RUNTIME_DIRECTORY", ":".join(folders))
    with pytest.raises(PinError):
        pins.open_factory("lgpio")
    folder = folder_of_lgpio()
    assert folder.parent == (tmp_path / "one" if runtime.startswith("one") else tmp_path)
    assert not folder.exists()
    assert Path.cwd() == fifo_lgpio
    assert list(fifo_lgpio.iterdir()) == []
    assert "LG_WD" not in os.environ


def test_a_given_lg_wd_is_respected(fifo_lgpio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "given"
    given.mkdir()
    monkeypatch.setenv("LG_WD", str(given))
    with pytest.raises(PinError):
        pins.open_factory("lgpio")
    assert folder_of_lgpio() == given
    assert given.exists()
    assert Path.cwd() == fifo_lgpio
    assert os.environ["LG_WD"] == str(given)


def test_nothing_is_imported_before_it_is_used() -> None:
    ended = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.strip() == "[]"
