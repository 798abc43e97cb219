"""Switches the buzzer off when the kiosk can no longer do it: after a kill, or when the watchdog ended it.

The kernel goes on driving a pin whose program has died. So the kiosk writes down which pin it drives (`remember`), and
the unit's ExecStopPost runs this file by itself. It imports nothing of the kiosk, nor gpiozero: then Python needs a
tenth of a second, and that is for how long a gym hears it.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import time
from pathlib import Path

FILE = "buzzer"
CHIPS = Path("/dev")
HEADER_CHIPS = ("pinctrl-bcm", "pinctrl-rp1")
"""How the chip is labelled whose lines are the header's pins; a Pi has other chips too."""
CHIP_INFO = 0x8044B401
"""GPIO_GET_CHIPINFO_IOCTL of linux/gpio.h: read 68 bytes: name and label of 32 each, and a number."""
GET_LINE = 0xC250B407
"""GPIO_V2_GET_LINE_IOCTL, read and write a struct gpio_v2_line_request of 592 bytes."""
LAST_PIN = 27
"""The header has GPIO0 to GPIO27."""
OUTPUT = 1 << 3
TRIES = 5
AGAIN_S = 0.1
"""Interval between two tries: a pin that cannot be driven once would leave the buzzer on."""
VALUES = 2
"""GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES"""


def remember(pin: int, off_level: int, folder: Path | None = None) -> None:
    """Write down that GPIO `pin` is driven from now on, and at which level (0 or 1) nothing sounds.

    The folder is systemd's runtime folder, which lives in memory; without one nothing is written. Raises nothing: a
    buzzer that cannot be silenced after a crash is no reason to have none.
    """
    folder = folder or runtime_folder()
    if folder is None:
        return
    try:
        # What is there may be a pipe, and opening that would wait for a reader.
        (folder / FILE).unlink(missing_ok=True)
        (folder / FILE).write_text(f"{pin} {off_level}\n")
    except OSError as error:
        # Imported here, since it would make the script that silences start later.
        import logging

        line = "killed during a signal, the kiosk would leave the buzzer on: %s cannot be written (%s)"
        logging.getLogger("kiosk").warning(line, folder / FILE, error.strerror)


def silence(folder: Path | None = None, chips: Path = CHIPS) -> str | None:
    """Switch off what was written down; return what was done, None if nothing was written down.

    :raises OSError: when the pin cannot be driven
    :raises ValueError: when the file says something else
    """
    folder = folder or runtime_folder()
    if folder is None or not (folder / FILE).exists():
        return None
    if not (folder / FILE).is_file():
        raise ValueError(f"{folder / FILE} is not an ordinary file")
    pin, off_level = (int(word) for word in (folder / FILE).read_text().split())
    if not 0 <= pin <= LAST_PIN:
        raise ValueError(f"there is no GPIO{pin}")
    for chip in sorted(chips.glob("gpiochip*")):
        descriptor = os.open(chip, os.O_RDWR | os.O_CLOEXEC)
        try:
            if _label(descriptor).startswith(HEADER_CHIPS):
                _drive(descriptor, pin, off_level)
                return f"the buzzer on GPIO{pin} is off"
        finally:
            os.close(descriptor)
    raise OSError(f"no chip of the header's pins in {chips}")


def runtime_folder() -> Path | None:
    """Return the folder in memory that systemd made for the unit, None where it made none."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Path(given) if given else None


def _label(descriptor: int) -> str:
    info = bytearray(68)
    fcntl.ioctl(descriptor, CHIP_INFO, info)
    return bytes(info[32:64]).split(b"\0")[0].decode(errors="replace")


def request(pin: int, level: int) -> bytearray:
    """Return a struct gpio_v2_line_request that makes one line an output at this level."""
    offsets = struct.pack("=64I", pin, *[0] * 63)
    consumer = b"kiosk silence".ljust(32, b"\0")
    value = struct.pack("=IIQQ", VALUES, 0, level & 1, 1)
    config = struct.pack("=QI5I", OUTPUT, 1, *[0] * 5) + value.ljust(10 * 24, b"\0")
    return bytearray(offsets + consumer + config + struct.pack("=II5Ii", 1, 0, *[0] * 5, 0))


def _drive(descriptor: int, pin: int, level: int) -> None:
    asked = request(pin, level)
    fcntl.ioctl(descriptor, GET_LINE, asked)
    os.close(struct.unpack_from("=i", asked, len(asked) - 4)[0])


def main() -> int:
    """Do it, say so. It always ends well: the unit's own result is what counts."""
    done: str | None = None
    for _ in range(TRIES):
        try:
            done = silence()
            break
        except (OSError, ValueError) as error:
            done = f"the buzzer could not be switched off: {error}"
            time.sleep(AGAIN_S)
    if done:
        print(done, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
