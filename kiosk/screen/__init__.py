"""The wall: what a view looks like, drawn with pygame's surfaces, and the window that shows it."""

import os

# pygame greets on stdout when it is imported.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
