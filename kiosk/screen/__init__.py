"""The wall's pictures: views drawn on pygame surfaces. Nothing here uses a window."""

import kiosk.quick_pygame  # noqa: F401 - it has to come before pygame
