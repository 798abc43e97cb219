"""Outliving an X server that goes away.

Xlib ends the process from inside whatever call notices it: no `finally`, no atexit, and the buzzer would sound on. It
lets a program say otherwise, with a handler for the error and one for the end (XSetIOErrorExitHandler, libX11 1.7).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pygame

_Error = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_Exit = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_handlers: list[object] = []
"""Xlib may call them until the process ends, so they are never let go."""


def on_server_lost(act: Callable[[], None]) -> None:
    """Call `act` when the X server of the open display is gone, instead of ending the process.

    `act` runs inside an Xlib call: it may only take a note. Where Xlib is too old for it, nothing changes.
    """
    try:
        xlib = ctypes.CDLL("libX11.so.6")
        set_exit = xlib.XSetIOErrorExitHandler
    except (OSError, AttributeError):
        return

    def lost(display: int | None) -> int:
        act()
        return 0

    error, end = _Error(lost), _Exit(lambda display, data: None)
    _handlers.extend((error, end))
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    display = pointer(pygame.display.get_wm_info()["display"], b"display")
    xlib.XSetIOErrorHandler(error)
    set_exit.restype, set_exit.argtypes = None, [ctypes.c_void_p, _Exit, ctypes.c_void_p]
    set_exit(display, end, None)
