"""Push buttons on GPIO pins. Each edge becomes a command, with the moment at which the edge happened."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kiosk.hardware.mailbox import Mailbox
from kiosk.hardware.pins import pin_errors
from kiosk.hardware.retry import retried
from kiosk.session import Command

if TYPE_CHECKING:
    from gpiozero.pins import Factory

log = logging.getLogger(__name__)

SHORTEST_DEBOUNCE_S = 0.001
"""Minimum debounce time; a shorter time means none. rpi-lgpio counts in whole milliseconds and refuses 0."""
MAX_EDGE_AGE_S = 60.0
"""Maximum credible age of an edge. Kernels before 5.7 stamp edges with another clock, which gives absurd ages."""
MAX_AGE_READS = 3
"""Maximum number of attempts to read an edge's age and the clock at the same moment."""
SAME_MOMENT_S = 0.001
"""Maximum time between two clock readings that count as one moment."""


class Buttons:
    """The big button and, where wired, a skip button and a back button. An `Input` of the app.

    If `active_low` (the usual wiring), the button connects its pin to ground, and the Pi's internal resistor pulls the
    pin up. Otherwise the button connects its pin to 3.3 V, and the resistor pulls the pin down.

    `debounce_s` is the time for which a level must be stable before lgpio and rpi-lgpio report its edge (lg's
    lgPthAlerts.c). So every edge is reported that much late, and a shorter press is missed. Each command carries the
    moment of the edge itself: the kernel's time stamp on the monotonic clock (rpi-lgpio: the time of the call) minus
    `debounce_s`. Contacts bounce for 1.6 ms on average and 6.2 ms at worst (Ganssle's measurements). The default, 20
    ms, is well above.

    A button that is down at the start does not count as pressed. It works after it has been released.

    :raises PinError: when a pin cannot be used
    """

    def __init__(
        self,
        factory: Factory,
        pin: int,
        *,
        skip_pin: int | None = None,
        back_pin: int | None = None,
        active_low: bool = True,
        debounce_s: float = 0.02,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._debounce_s = debounce_s if debounce_s >= SHORTEST_DEBOUNCE_S else 0.0
        self._mailbox = Mailbox()
        self._buttons: list[Any] = []
        try:
            self._wire(factory, pin, "the button", active_low, Command.PRESS, Command.RELEASE)
            if skip_pin is not None:
                self._wire(factory, skip_pin, "the skip button", active_low, Command.SKIP)
            if back_pin is not None:
                self._wire(factory, back_pin, "the back button", active_low, Command.BACK)
        except BaseException:
            self.close()
            raise

    def fds(self) -> Sequence[int]:
        return [self._mailbox.fd]

    def read(self, now_s: float) -> list[tuple[Command, float]]:
        """Return the commands since the last call, each with its moment in seconds on the monotonic clock."""
        return self._mailbox.read()

    def close(self) -> None:
        """Release the pins; may be called again."""
        while self._buttons:
            button = self._buttons.pop()
            # gpiozero's lgpio pin does not remove its callback when it is closed.
            retried(partial(setattr, button.pin, "when_changed", None), "stop listening to a button")
            retried(button.close, "release a button")
        self._mailbox.close()

    def _wire(
        self, factory: Factory, pin: int, use: str, active_low: bool, down: Command, up: Command | None = None
    ) -> None:
        from gpiozero import DigitalInputDevice

        with pin_errors(pin, use):
            # gpiozero's Button is not used. Its thread wakes ten times a second to detect holds, which the core does.
            button = DigitalInputDevice(
                pin, pull_up=active_low, bounce_time=self._debounce_s or None, pin_factory=factory
            )
            self._buttons.append(button)
            if button.is_active:
                log.warning(
                    "%s on GPIO%d is down at the start: it works after it is released. If nobody is holding it, its "
                    "contact is normally closed: use the contact marked NO",
                    use,
                    pin,
                )
            button.when_activated = self._callback(down, lambda: button.active_time)
            if up is not None:
                button.when_deactivated = self._callback(up, lambda: button.inactive_time)

    def _callback(self, command: Command, age: Callable[[], float | None]) -> Callable[[], None]:
        def post() -> None:
            # This runs on the pin library's only thread, which an exception would end.
            try:
                self._mailbox.post(command, self._edge_s(age))
            except Exception:
                log.exception("a %s of the button was lost", command.value)

        return post

    def _edge_s(self, age: Callable[[], float | None]) -> float:
        """Return the moment of an edge. `age` returns the seconds since that edge by the library's own time stamp."""
        for _ in range(MAX_AGE_READS):
            now_s = self._clock()
            age_s = age()
            # If another thread ran between the two readings, the edge would seem older than it is.
            if self._clock() - now_s < SAME_MOMENT_S:
                break
        credible_age_s = age_s if age_s is not None and 0 <= age_s <= MAX_EDGE_AGE_S else 0.0
        return now_s - credible_age_s - self._debounce_s
