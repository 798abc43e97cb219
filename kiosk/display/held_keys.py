"""Ignores keys that are down when the window opens or gets the focus. SDL would take their repeats for presses."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Sequence

import pygame

from kiosk.display import x11

log = logging.getLogger("kiosk")

_KEYSYMS = {
    pygame.K_SPACE: 0x20,
    pygame.K_q: 0x71,
    pygame.K_ESCAPE: 0xFF1B,
    pygame.K_LEFT: 0xFF51,
    pygame.K_RIGHT: 0xFF53,
}
"""X11 keysyms of the window's keys."""
_KEY_CODES = {
    pygame.K_SPACE: 57,
    pygame.K_q: 16,
    pygame.K_ESCAPE: 1,
    pygame.K_LEFT: 105,
    pygame.K_RIGHT: 106,
}
"""Codes of the same keys in linux/input-event-codes.h."""
_KEY_BYTES = 96
"""Size of the kernel's set of keys, in bytes. The set has one bit for each code up to KEY_MAX."""
_GET_KEYS = 2 << 30 | _KEY_BYTES << 16 | ord("E") << 8 | 0x18
"""Number of the ioctl EVIOCGKEY of linux/input.h, which reads the keys that are down."""


class HeldKeys:
    """A set of keys, by pygame's numbers, that do not count until they have been released."""

    def __init__(self, down: Callable[[], set[int]]) -> None:
        """Take a function `down` that returns the keys that are down now."""
        self._down = down
        self._held: set[int] = set()

    def note(self) -> None:
        """Note which keys are down. Call this at the start and when the window gets the focus."""
        new = self._down() - self._held
        self._held |= new
        for key in sorted(new):
            log.info("the key %r is down already: it counts once released", pygame.key.name(key))

    def forget_released(self) -> None:
        """Let the keys that are up now count again. SDL reports no release of a key that SDL never saw pressed."""
        if self._held:
            for key in self._held - self._down():
                self.release(key)

    def release(self, key: int) -> None:
        if key in self._held:
            self._held.remove(key)
            log.debug("the key %r counts again", pygame.key.name(key))

    def __contains__(self, key: int) -> bool:
        return key in self._held


def keys_down(driver: str, keyboards: Sequence[int]) -> set[int]:
    """Return which of the window's keys are down now; none if the display cannot be asked.

    `driver` is SDL's name for the display. `keyboards` are the descriptors from which SDL reads keys on KMSDRM.
    """
    if driver == "x11":
        down = x11.keys_down(tuple(_KEYSYMS.values()))
        return {key for key, keysym in _KEYSYMS.items() if keysym in down}
    if driver.upper() == "KMSDRM":
        codes = [_codes_down(keyboard) for keyboard in keyboards]
        return {key for key, code in _KEY_CODES.items() if any(bits >> code & 1 for bits in codes)}
    return set()


def _codes_down(keyboard: int) -> int:
    bits = bytearray(_KEY_BYTES)
    try:
        fcntl.ioctl(keyboard, _GET_KEYS, bits)
    except OSError:
        # The device was just unplugged, or is not a keyboard.
        return 0
    return int.from_bytes(bits, "little")
