"""Runs the real kiosk on pretend pins: `python -m tests.pretend_pi run ...`.

A line on stdin sets a pin's level, as a button does ("17 low", "17 high"). Each level that the kiosk drives is printed
to stdout ("27 on").
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPin

from kiosk import cli
from kiosk.hardware import pins


class PrintingPin(MockPin):  # type: ignore[misc]  # gpiozero has no types
    def _set_state(self, value: Any) -> None:
        super()._set_state(value)
        print(self._number, "on" if value else "off", flush=True)


def pretend(factory: MockFactory) -> None:
    """Make this process's kiosk believe that it runs on a Pi with the pins of `factory`."""
    pins.board = lambda: "Raspberry Pi 4 Model B, pretending"
    pins.open_factory = lambda name: factory


def obey_stdin(factory: MockFactory) -> None:
    for line in sys.stdin:
        number, level = line.split()
        pin = factory.pin(int(number))
        pin.drive_low() if level == "low" else pin.drive_high()


def main() -> int:
    factory = MockFactory(pin_class=PrintingPin)
    pretend(factory)
    Thread(target=obey_stdin, args=(factory,), daemon=True).start()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
