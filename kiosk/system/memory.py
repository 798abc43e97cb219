"""Memory that is given back: pictures and letters come and go, and the C library would keep the holes they leave."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""glibc's malloc.h; see mallopt(3)."""
OWN_PAGES_FROM_BYTES = 64 * 1024


def give_back_what_is_freed() -> None:
    """Give each larger block pages of its own, which go back to the system with it, from the next one on.

    Left to itself glibc raises the size from which it does so with every block that is freed, up to 32 MB. Where the C
    library is another one, nothing changes.
    """
    _ask_glibc("mallopt", M_MMAP_THRESHOLD, OWN_PAGES_FROM_BYTES)


def give_back_holes() -> None:
    """Give back the pages in which only smaller blocks were that are freed by now.

    Left to itself glibc does so at the top of its heap only. Where the C library is another one, nothing happens.
    """
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(function: str, *numbers: int) -> None:
    """Call one of its functions, where there is one of this name."""
    with suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
