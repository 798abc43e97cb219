"""gpiozero's pin for lgpio, with two weaknesses removed. Import it only after lgpio itself (see `pins`)."""

from __future__ import annotations

import logging

import lgpio
from gpiozero.pins.lgpio import LGPIOPin

log = logging.getLogger(__name__)


class SteadyPin(LGPIOPin):  # type: ignore[misc]  # gpiozero has no types
    """An lgpio pin that starts as an output without a blip, and whose events cannot kill lgpio's thread."""

    def output_with_state(self, state: int) -> None:
        """Become an output that is `state` from its first moment.

        gpiozero makes it a low output and then sets the state (lgpio.py, `_set_function`): a buzzer that sounds on low
        would chirp at every start.
        """
        lgpio.gpio_claim_output(self.factory._handle, self._number, int(state), lgpio.SET_PULL_NONE)

    def _call_when_changed(self, chip: int, gpio: int, level: int, ticks: int) -> None:
        # lgpio has one thread for all pins, and the first exception ends it: every button would then be dead without
        # a word. An edge that meets a device which is just being closed is enough for that.
        try:
            super()._call_when_changed(chip, gpio, level, ticks)
        except Exception:
            log.exception("an edge on GPIO%d was lost", gpio)
