"""The policies for memory: when Python collects garbage, and how the C library returns what is freed.

Left alone, the C library would keep most of what freed pictures occupied.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""glibc's malloc.h; see mallopt(3)."""
MMAP_THRESHOLD_BYTES = 64 * 1024


def start_without_collecting() -> None:
    """Collect no garbage until `collect_from_now_on`.

    What is made before the first picture stays, mostly modules. Collecting would only delay the picture.
    """
    gc.disable()


def collect_from_now_on() -> None:
    """Collect garbage again, but never look through what has been made so far."""
    gc.freeze()
    gc.enable()


def set_mmap_threshold() -> None:
    """From now on, allocate larger blocks in pages of their own, which return to the system when a block is freed.

    By default glibc raises this threshold whenever such a block is freed, up to 32 MB. With another C library nothing
    changes.
    """
    _call_glibc("mallopt", M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES)


def trim_heap() -> None:
    """Give pages that hold only freed blocks back to the system.

    By default glibc does so only at the top of its heap. With another C library nothing happens.
    """
    _call_glibc("malloc_trim", 0)


def _call_glibc(function: str, *numbers: int) -> None:
    """Call a function of the C library if it has one of this name."""
    with suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
