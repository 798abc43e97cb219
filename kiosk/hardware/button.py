"""Push buttons on GPIO pins: each edge becomes a command with its moment."""

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
"""rpi-lgpio counts in whole milliseconds and refuses 0."""
OLDEST_EDGE_S = 60.0
"""An edge that claims to be older, or from the future, was stamped by another clock (kernels before 5.7)."""
LOOKS = 3
SAME_MOMENT_S = 0.001


class Buttons:
    """The big button and, where wired, one to skip and one to go back. An `Input` of the app.

    `active_low` (the usual wiring): the button connects its pin to ground and the Pi's own resistor pulls it up.
    Otherwise it connects to 3.3 V and the resistor pulls down.

    `debounce_s`: both lgpio and rpi-lgpio report an edge when the level has been stable for that long (lg's
    lgPthAlerts.c). So it delays every edge, and a shorter press is never seen. Each command carries the moment of the
    edge itself: the kernel's time stamp on the monotonic clock (rpi-lgpio: the time of the call) less this delay.
    Contacts bounce for 1.6 ms, at worst 6.2 ms (Ganssle's measurements); the default of 20 ms is well above.

    A button that is down at the start has not been pressed: it counts once it has been released.

    :raises PinError: when a pin cannot be had
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
        """Return the commands since the last call with their moments, seconds on the monotonic clock."""
        return self._mailbox.read()

    def close(self) -> None:
        """Release the pins; may be called again."""
        while self._buttons:
            button = self._buttons.pop()
            # gpiozero's lgpio pin leaves its callback behind when it is closed; this takes it away first.
            retried(partial(setattr, button.pin, "when_changed", None), "stop listening to a button")
            retried(button.close, "release a button")
        self._mailbox.close()

    def _wire(
        self, factory: Factory, pin: int, use: str, active_low: bool, down: Command, up: Command | None = None
    ) -> None:
        from gpiozero import DigitalInputDevice

        with pin_errors(pin, use):
            # A Button would be this and a thread that wakes ten times a second to look for holds; ours are the core's.
            button = DigitalInputDevice(
                pin, pull_up=active_low, bounce_time=self._debounce_s or None, pin_factory=factory
            )
            self._buttons.append(button)
            if button.is_active:
                log.warning(
                    "%s on GPIO%d is down at the start: it counts once released. If nobody holds it, its contact is "
                    "normally closed: wire the one marked NO",
                    use,
                    pin,
                )
            button.when_activated = self._posting(down, lambda: button.active_time)
            if up is not None:
                button.when_deactivated = self._posting(up, lambda: button.inactive_time)

    def _posting(self, command: Command, age: Callable[[], float | None]) -> Callable[[], None]:
        def post() -> None:
            # It runs on the pin library's only thread: whatever happens, that thread has to live on.
            try:
                self._mailbox.post(command, self._edge_s(age))
            except Exception:
                log.exception("a %s of the button was lost", command.value)

        return post

    def _edge_s(self, age: Callable[[], float | None]) -> float:
        """Return the moment of an edge, given its age by the library's own stamp."""
        for _ in range(LOOKS):
            now_s = self._clock()
            age_s = age()
            # Another thread that ran in between would make the edge that much older.
            if self._clock() - now_s < SAME_MOMENT_S:
                break
        known_s = age_s if age_s is not None and 0 <= age_s <= OLDEST_EDGE_S else 0.0
        return now_s - known_s - self._debounce_s
