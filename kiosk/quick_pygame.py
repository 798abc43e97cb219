"""A quick import of pygame, without the parts that the first picture does not need. Import this before pygame."""

import os
import sys

# pygame prints a greeting when it is imported.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# Modules that pygame imports without needing them. Importing these takes as long as importing all the others. They are
# for sound (the speaker imports it after the first picture), the clipboard, arrays (with all of numpy, if installed)
# and the search for pygame's icon.
_MODULES = ("mixer_music", "mixer", "scrap", "surfarray", "sndarray")
_LEFT_OUT = {"pkg_resources", *(f"pygame.{name}" for name in _MODULES)}
_absent = _LEFT_OUT - sys.modules.keys()
if "pygame" not in sys.modules:
    sys.modules.update(dict.fromkeys(_absent))  # type: ignore[arg-type]
    try:
        # `pygame.pkgdata` looks for the icon. pygame 2.1 imports this module only with the first window.
        import pygame.pkgdata  # noqa: F401
    finally:
        for _name in _absent:
            del sys.modules[_name]
