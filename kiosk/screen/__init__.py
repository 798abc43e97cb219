"""The wall: what a view looks like, drawn with pygame's surfaces, and the window that shows it."""

import os
import sys

# pygame greets on stdout when it is imported.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# What pygame imports of its own accord and does without: sound, which the speaker imports when the picture is there,
# a clipboard, arrays (with all of numpy, where that is installed), and what finds its icon: as much as all the rest.
_MODULES = ("mixer_music", "mixer", "scrap", "surfarray", "sndarray")
_LEFT_OUT = {"pkg_resources", *(f"pygame.{name}" for name in _MODULES)}
_absent = _LEFT_OUT - sys.modules.keys()
if "pygame" not in sys.modules:
    sys.modules.update(dict.fromkeys(_absent))  # type: ignore[arg-type]
    try:
        # The module that would look for the icon; pygame 2.1 imports it only with the first window.
        import pygame.pkgdata  # noqa: F401
    finally:
        for _name in _absent:
            del sys.modules[_name]
