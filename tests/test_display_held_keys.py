"""Keys that are held down before the window opens, on pretend keyboards. test_program.py tests real keyboards."""

from __future__ import annotations

import fcntl
import os

import pygame
import pytest

from kiosk.display import held_keys
from kiosk.display.held_keys import HeldKeys, keys_down

KEY_SPACE = 57


def test_a_key_that_is_down_at_the_start_does_not_count_until_it_is_released() -> None:
    down = {pygame.K_SPACE}
    held = HeldKeys(lambda: set(down))
    held.note()
    held.forget_released()
    assert pygame.K_SPACE in held
    assert pygame.K_LEFT not in held
    held.release(pygame.K_SPACE)
    assert pygame.K_SPACE not in held


def test_a_release_that_no_event_tells_of_is_noticed() -> None:
    """SDL reports no release of a key that it never saw pressed."""
    down = {pygame.K_SPACE}
    held = HeldKeys(lambda: set(down))
    held.note()
    down.clear()
    held.forget_released()
    assert pygame.K_SPACE not in held


def test_the_keyboards_of_a_television_s_window_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(fd: int, request: int, bits: bytearray) -> int:
        assert request == held_keys._GET_KEYS
        if fd == 5:
            raise OSError(19, "No such device")
        bits[KEY_SPACE // 8] |= (fd == 7) << KEY_SPACE % 8
        return len(bits)

    monkeypatch.setattr(fcntl, "ioctl", answer)
    assert keys_down("KMSDRM", [5, 6]) == set()
    assert keys_down("KMSDRM", [5, 6, 7]) == {pygame.K_SPACE}


def test_what_cannot_be_asked_holds_no_key() -> None:
    assert keys_down("KMSDRM", [os.open(os.devnull, os.O_RDONLY)]) == set()
    assert keys_down("wayland", [0]) == set()


def test_the_ioctl_is_the_kernel_s() -> None:
    """The expected number is that of EVIOCGKEY(96) in linux/input.h."""
    assert held_keys._GET_KEYS == 0x80604518
