"""The wall: what a view looks like, drawn with pygame's surfaces, and the window that shows it."""

import os
import sys

# pygame greets on stdout when it is imported.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

if "pkg_resources" not in sys.modules:
    # pygame would look for its icon with it, and importing it takes as long as all the rest of pygame; without, it
    # looks beside its own files.
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import pygame  # noqa: F401
    finally:
        del sys.modules["pkg_resources"]
