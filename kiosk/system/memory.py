"""The policies for memory: when Python collects garbage, and how the C library returns freed memory to the system.

Without these policies, the C library would keep most of the memory of freed pictures.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""Number of this parameter in glibc's malloc.h; see mallopt(3)."""
MMAP_THRESHOLD_BYTES = 64 * 1024
FEW_OBJECTS = 200
"""Number of new objects that are not worth a collection. Python itself collects from 700 on, and a press makes some
hundreds."""


def start_without_collecting() -> None:
    """Collect no garbage until `collect_from_now_on`.

    Objects made before the first picture, mostly modules, stay in any case. Collecting would only delay the picture.
    """
    gc.disable()


def collect_from_now_on() -> None:
    """Collect garbage again, but never examine the objects that exist so far."""
    gc.freeze()
    gc.enable()


def collect_new() -> None:
    """Collect the garbage among newer objects now, so that Python hardly ever does while it answers a press."""
    if gc.get_count()[0] > FEW_OBJECTS:
        gc.collect(1)


def set_mmap_threshold() -> None:
    """From now on, allocate larger blocks in pages of their own. Freeing such a block returns its pages to the system.

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
    """Call the C library's function of this name, if there is one."""
    with suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
