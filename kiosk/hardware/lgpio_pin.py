"""gpiozero's pin for lgpio with two faults corrected. Import this module through `pins`, which loads lgpio first."""

from __future__ import annotations

import logging

import lgpio
from gpiozero.pins.lgpio import LGPIOPin

log = logging.getLogger(__name__)


class SteadyPin(LGPIOPin):  # type: ignore[misc]  # gpiozero has no types
    """An lgpio pin that becomes an output without a glitch, and whose callbacks cannot end lgpio's thread."""

    def output_with_state(self, state: int) -> None:
        """Make the pin an output that has the level `state` from the start.

        gpiozero first makes it a low output and then sets the level (lgpio.py, `_set_function`). A buzzer that sounds
        at 0 V would chirp at every start.
        """
        lgpio.gpio_claim_output(self.factory._handle, self._number, int(state), lgpio.SET_PULL_NONE)

    def _call_when_changed(self, chip: int, gpio: int, level: int, ticks: int) -> None:
        # lgpio has one thread for all pins. An exception would end this thread, and every button would be dead without
        # a message. An edge that arrives while its device is being closed raises an exception.
        try:
            super()._call_when_changed(chip, gpio, level, ticks)
        except Exception:
            log.exception("an edge on GPIO%d was lost", gpio)
