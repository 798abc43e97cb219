"""Runs the kiosk on pins that only pretend: `python -m tests.pretend_pi run ...`.

Lines on stdin set a pin's level ("17 low", "17 high"), as a button does; each level that the kiosk drives is printed to
stdout ("27 on"). All between the two is the real program.
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
    """Have the kiosk of this process take itself for one on a Pi with these pins."""
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
