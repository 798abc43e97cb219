"""The kiosk's questions to an X server, tested on a real X server."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.display.x11 import has_window_manager

SUBSTRUCTURE_REDIRECT = 1 << 20


@contextmanager
def window_manager() -> Iterator[None]:
    """Make this process the window manager of $DISPLAY, without managing any window."""
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    xlib.XSelectInput(display, ctypes.c_ulong(xlib.XDefaultRootWindow(display)), ctypes.c_long(SUBSTRUCTURE_REDIRECT))
    xlib.XSync(display, 0)
    try:
        yield
    finally:
        xlib.XCloseDisplay(display)


def test_a_window_manager_is_seen_as_long_as_there_is_one(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not has_window_manager()
    with window_manager():
        assert has_window_manager()
    assert not has_window_manager()


def test_without_a_display_there_may_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert has_window_manager()
