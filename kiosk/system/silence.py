"""A script that switches the buzzer off after the kiosk was killed, for example by the watchdog.

The kernel keeps driving a pin whose program has died. So the kiosk writes a file that names the pin (`remember`), and
ExecStopPost of the service runs this module as a script. The buzzer sounds until the script has started. So the script
imports neither gpiozero nor anything of the kiosk, and starts within a tenth of a second.
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
"""Labels of the chips whose lines are the pins of the header. A Pi has other chips too."""
CHIP_INFO = 0x8044B401
"""Request GPIO_GET_CHIPINFO_IOCTL of linux/gpio.h. It reads 68 bytes: a name (32), a label (32) and a number."""
GET_LINE = 0xC250B407
"""Request GPIO_V2_GET_LINE_IOCTL, which reads and writes a struct gpio_v2_line_request of 592 bytes."""
LAST_PIN = 27
"""Number of the last pin. The header has GPIO0 to GPIO27."""
OUTPUT = 1 << 3
"""Flag GPIO_V2_LINE_FLAG_OUTPUT of linux/gpio.h."""
TRIES = 5
AGAIN_S = 0.1
"""Interval between tries. After a single failed try the buzzer would stay on."""
VALUES = 2
"""Id of the attribute GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES of linux/gpio.h."""


def remember(pin: int, off_level: int, folder: Path | None = None) -> None:
    """Write to a file that the buzzer is on GPIO `pin`, and at which level (0 or 1) it is silent.

    The default folder is systemd's runtime folder, which is in memory. Without a folder nothing is written. Raises
    nothing, because a buzzer that cannot be silenced after a crash is better than no buzzer.
    """
    folder = folder or runtime_folder()
    if folder is None:
        return
    try:
        # The existing file may be a pipe, and opening a pipe would wait for a reader.
        (folder / FILE).unlink(missing_ok=True)
        (folder / FILE).write_text(f"{pin} {off_level}\n")
    except OSError as error:
        # `logging` is imported here, because an import at the top would delay the start of the script.
        import logging

        line = "if the kiosk is killed during a signal, the buzzer will stay on: %s cannot be written (%s)"
        logging.getLogger("kiosk").warning(line, folder / FILE, error.strerror)


def silence(folder: Path | None = None, chips: Path = CHIPS) -> str | None:
    """Switch off the buzzer that the file of `remember` names. Return a message, or None if there is no such file.

    :raises OSError: when the pin cannot be driven
    :raises ValueError: when the file does not name a pin and a level
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
    raise OSError(f"{chips} has no GPIO chip of the header")


def runtime_folder() -> Path | None:
    """Return the runtime folder that systemd made for the service, None without systemd."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Path(given) if given else None


def _label(descriptor: int) -> str:
    info = bytearray(68)
    fcntl.ioctl(descriptor, CHIP_INFO, info)
    return bytes(info[32:64]).split(b"\0")[0].decode(errors="replace")


def request(pin: int, level: int) -> bytearray:
    """Return a struct gpio_v2_line_request that makes one line an output with this level."""
    offsets = struct.pack("=64I", pin, *[0] * 63)
    consumer = b"kiosk silence".ljust(32, b"\0")
    value = struct.pack("=IIQQ", VALUES, 0, level & 1, 1)
    config = struct.pack("=QI5I", OUTPUT, 1, *[0] * 5) + value.ljust(10 * 24, b"\0")
    return bytearray(offsets + consumer + config + struct.pack("=II5Ii", 1, 0, *[0] * 5, 0))


def _drive(descriptor: int, pin: int, level: int) -> None:
    asked = request(pin, level)
    fcntl.ioctl(descriptor, GET_LINE, asked)
    os.close(struct.unpack_from("=i", asked, len(asked) - 4)[0])


def main(chips: Path = CHIPS) -> int:
    """Silence the buzzer and print the result. Return 0 in any case, so that the service keeps its own result."""
    done: str | None = None
    for _ in range(TRIES):
        try:
            done = silence(chips=chips)
            break
        except (OSError, ValueError) as error:
            done = f"the buzzer could not be switched off: {error}"
            time.sleep(AGAIN_S)
    if done:
        print(done, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
