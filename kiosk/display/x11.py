"""Functions for X11 that SDL lacks.

They detect a window manager, ask which keys are down and how large the screen is, and keep the process alive when the
X server goes away. By default Xlib ends the process inside the call that notices the loss. No `finally` block and no
atexit function runs, so the buzzer would stay on. A program can install two handlers instead (XSetIOErrorExitHandler,
libX11 1.7).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache

import pygame

_Error = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_Exit = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_handlers: list[object] = []
"""Handlers that Xlib may call until the process ends, so they are never freed."""
_SUBSTRUCTURE_REDIRECT = 1 << 20
_int, _long = ctypes.c_int, ctypes.c_long


class _Attributes(ctypes.Structure):
    """The structure XWindowAttributes of Xlib.h."""

    _fields_ = (
        *((name, _int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        *(("visual", ctypes.c_void_p), ("root", _long)),
        *((name, _int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        *(("backing_planes", _long), ("backing_pixel", _long), ("save_under", _int), ("colormap", _long)),
        *(("map_installed", _int), ("map_state", _int)),
        *((name, _long) for name in ("all_event_masks", "your_event_mask", "do_not_propagate_mask")),
        *(("override_redirect", _int), ("screen", ctypes.c_void_p)),
    )


def has_window_manager() -> bool:
    """Return whether the display that $DISPLAY names has a window manager; True if this is unknown.

    A window manager asks the server to redirect other programs' requests to it.
    """
    xlib = _xlib()
    if xlib is None:
        return True
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    if not display:
        return True
    xlib.XDefaultRootWindow.restype = ctypes.c_ulong
    attributes = _Attributes()
    root = ctypes.c_ulong(xlib.XDefaultRootWindow(display))
    known = xlib.XGetWindowAttributes(display, root, ctypes.byref(attributes))
    xlib.XCloseDisplay(display)
    return not known or bool(attributes.all_event_masks & _SUBSTRUCTURE_REDIRECT)


def on_server_lost(act: Callable[[], None]) -> None:
    """Call `act` when the X server of the open display is gone, instead of ending the process.

    `act` runs inside an Xlib call, so it must do no more than set a flag. If Xlib is too old, the process still ends.
    """
    xlib = _xlib()
    if xlib is None or not hasattr(xlib, "XSetIOErrorExitHandler"):
        return
    set_exit = xlib.XSetIOErrorExitHandler

    def lost(display: int | None) -> int:
        act()
        return 0

    error, end = _Error(lost), _Exit(lambda display, data: None)
    _handlers.extend((error, end))
    xlib.XSetIOErrorHandler(error)
    set_exit.restype, set_exit.argtypes = None, [ctypes.c_void_p, _Exit, ctypes.c_void_p]
    set_exit(_open_display(), end, None)


def keys_down(keysyms: Sequence[int]) -> set[int]:
    """Return the keysyms of the keys that are down on the open display, whichever window has the focus."""
    xlib = _xlib()
    if xlib is None:
        return set()
    display = _open_display()
    xlib.XKeysymToKeycode.restype, xlib.XKeysymToKeycode.argtypes = ctypes.c_ubyte, [ctypes.c_void_p, ctypes.c_ulong]
    down = ctypes.create_string_buffer(32)
    xlib.XQueryKeymap(display, down)
    bits = int.from_bytes(down.raw, "little")
    return {keysym for keysym in keysyms if bits >> xlib.XKeysymToKeycode(display, keysym) & 1}


def screen_size() -> tuple[int, int] | None:
    """Return the present size of the open display's screen, in pixels; None if the size is unknown.

    SDL only knows the size that the screen had when SDL was started.
    """
    xlib = _xlib()
    if xlib is None:
        return None
    display = _open_display()
    xlib.XDefaultRootWindow.restype = ctypes.c_ulong
    root = ctypes.c_ulong(xlib.XDefaultRootWindow(display))
    width, height = ctypes.c_uint(), ctypes.c_uint()
    # XGetGeometry fills in the root window, its place and size, and its border and depth.
    answers = (ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int(), width, height, ctypes.c_uint(), ctypes.c_uint())
    known = xlib.XGetGeometry(display, root, *map(ctypes.byref, answers))
    return (width.value, height.value) if known else None


@cache
def _xlib() -> ctypes.CDLL | None:
    """Return the library Xlib, or None if it is not installed."""
    try:
        return ctypes.CDLL("libX11.so.6")
    except OSError:
        return None


def _open_display() -> ctypes.c_void_p:
    """Return Xlib's pointer to the display that SDL has open."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    return ctypes.c_void_p(pointer(pygame.display.get_wm_info()["display"], b"display"))
