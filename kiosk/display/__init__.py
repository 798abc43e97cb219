"""The physical display: SDL's window, its keys, the X server, and what the kernel says about the television."""

import kiosk.quick_pygame  # noqa: F401 - it has to come before pygame
