"""GPIO pins, opened through a named library, with an error that says what to do.

By default gpiozero tries several libraries, turns their errors into warnings and keeps the result in a global variable.
Here the config names one library, and the error of that library is reported.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import PinError

if TYPE_CHECKING:
    from gpiozero.pins import Factory

MODEL = Path("/proc/device-tree/model")
CHIPS = Path("/dev")


def board() -> str | None:
    """Return the model of this Raspberry Pi ("Raspberry Pi 4 Model B Rev 1.4"), None if this is not a Pi."""
    try:
        model = MODEL.read_bytes().rstrip(b"\0").decode(errors="replace").strip()
    except OSError:
        return None
    return model if model.startswith("Raspberry Pi") else None


def open_factory(name: str) -> Factory:
    """Return a pin factory that uses "lgpio", or "rpigpio" for the RPi.GPIO API as provided by rpi-lgpio.

    The caller closes the factory after everything that uses its pins.

    :raises ValueError: for another name
    :raises PinError: when the pins cannot be opened; the message says what to do
    """
    openers = {"lgpio": _open_lgpio, "rpigpio": _open_rpigpio}
    if name not in openers:
        raise ValueError(f"no pin factory is called {name!r}; there are {', '.join(openers)}")
    try:
        # rpi-lgpio is built on lgpio and imports it too.
        with _lgpio_working_directory():
            return openers[name]()
    except PinError:
        raise
    except Exception as error:
        raise PinError(_why_not_opened(name, error)) from error


@contextmanager
def pin_errors(pin: int, use: str) -> Iterator[None]:
    """Turn any error while GPIO `pin` is set up as `use` (such as "the button") into a `PinError`."""
    # lgpio raises plain Exceptions, rpi-lgpio RuntimeErrors, gpiozero its own classes.
    try:
        yield
    except PinError:
        raise
    except Exception as error:
        raise PinError(f"GPIO{pin} cannot be {use}: {_why_not_pin(pin, error)}") from error


def _open_lgpio() -> Factory:
    lgpio = importlib.import_module("lgpio")
    if not hasattr(lgpio, "gpio_claim_alert"):
        raise PinError(
            "the installed lgpio is an empty module (0.0.0.2): "
            "sudo apt install python3-lgpio, or pip install 'lgpio>=0.2.2.0'"
        )
    module = importlib.import_module("gpiozero.pins.lgpio")
    steady = importlib.import_module("kiosk.hardware.lgpio_pin")
    factory = module.LGPIOFactory()
    factory.pin_class = steady.SteadyPin
    return factory


def _open_rpigpio() -> Factory:
    importlib.import_module("RPi.GPIO")
    if "RPi._GPIO" in sys.modules:
        # Only the original RPi.GPIO has this C module.
        raise PinError(
            "this is the original RPi.GPIO, which cannot detect edges on kernels from 6.6 on and has no pins at all on "
            "a Pi 5: pip uninstall RPi.GPIO, then sudo apt install python3-rpi-lgpio or pip install rpi-lgpio"
        )
    return importlib.import_module("gpiozero.pins.rpigpio").RPiGPIOFactory()


@contextmanager
def _lgpio_working_directory() -> Iterator[None]:
    """Give lgpio a private folder for its import, and restore the working directory afterwards.

    The import creates a FIFO in the working directory or in $LG_WD, and makes $LG_WD the working directory of the whole
    process (lgUtil.c). Two programs in one directory would remove each other's FIFO (lgNotify.c). After the import,
    both ends of the FIFO are open and its name is not used again, so the folder can be removed.
    """
    if "lgpio" in sys.modules:
        yield
        return
    given = "LG_WD" in os.environ
    # A descriptor also leads back to a directory that was renamed or whose path is not readable.
    here = os.open(".", getattr(os, "O_PATH", os.O_RDONLY))
    folder = None
    try:
        if not given:
            folder = _private_folder()
            os.environ["LG_WD"] = folder
        yield
    finally:
        os.fchdir(here)
        os.close(here)
        if not given:
            os.environ.pop("LG_WD", None)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _private_folder() -> str:
    # systemd may name several folders, separated by colons.
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    try:
        return tempfile.mkdtemp(prefix="lgpio-", dir=runtime or None)
    except OSError:
        return tempfile.mkdtemp(prefix="lgpio-")


def _why_not_opened(name: str, error: Exception) -> str:
    # On a machine that is not a Pi, this causes every other error too.
    if board() is None:
        return f"this is not a Raspberry Pi ({MODEL} does not name one), so it has no pins"
    if isinstance(error, ImportError):
        package = "python3-lgpio" if name == "lgpio" else "python3-rpi-lgpio"
        wheel = "'lgpio>=0.2.2.0'" if name == "lgpio" else "rpi-lgpio"
        what = error.name or name
        return f"{what} is not installed: sudo apt install {package}, or pip install {wheel} ({error})"
    chips = sorted(CHIPS.glob("gpiochip*"))
    if not chips:
        return f"the kernel offers no pins: {CHIPS}/gpiochip* is missing; in a container, pass them in ({error})"
    if not any(os.access(chip, os.R_OK | os.W_OK) for chip in chips):
        return f'no permission for {chips[0]}: sudo usermod -aG gpio "$USER", then log in again ({error})'
    if _busy(error):
        return f"another program uses the pins: stop it; gpioinfo names it ({error})"
    return f"{name} cannot open the pins: {error}"


def _why_not_pin(pin: int, error: Exception) -> str:
    kind = type(error).__name__
    if kind == "GPIOPinInUse":
        return "the kiosk already uses this pin for something else; give each its own pin"
    if kind == "PinInvalidPin":
        return "this board has no such pin"
    if kind == "PinFixedPull":
        return "the board pulls this pin up; connect the button to ground (active_low: true) or use another pin"
    if _busy(error):
        return f"another program uses it: stop it or use another pin; gpioinfo names it ({error})"
    return str(error) or kind


def _busy(error: Exception) -> bool:
    return "busy" in str(error).lower()
