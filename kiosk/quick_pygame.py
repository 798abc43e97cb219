"""Imports pygame without the parts that nobody needs before the first picture. Packages import it before pygame."""

import os
import sys

# pygame prints a greeting when it is imported.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# Modules that pygame imports without needing them, and that take as long as all the others: sound, which the speaker
# imports after the first picture, the clipboard, arrays (with all of numpy, if installed), and the search for its icon.
_MODULES = ("mixer_music", "mixer", "scrap", "surfarray", "sndarray")
_LEFT_OUT = {"pkg_resources", *(f"pygame.{name}" for name in _MODULES)}
_absent = _LEFT_OUT - sys.modules.keys()
if "pygame" not in sys.modules:
    sys.modules.update(dict.fromkeys(_absent))  # type: ignore[arg-type]
    try:
        # This module looks for the icon. pygame 2.1 imports it only with the first window.
        import pygame.pkgdata  # noqa: F401
    finally:
        for _name in _absent:
            del sys.modules[_name]
