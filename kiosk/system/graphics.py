"""The libraries that drawing on a television needs beside SDL, and the log line for a picture that does not arrive."""

from __future__ import annotations

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libgbm.so.1": "libgbm1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
}
"""The libraries that SDL loads when it opens the television, and the package of each.

If one of the last two is missing, the picture is black, and SDL reports no error.
"""
NO_PICTURE = "display: the picture does not arrive on the screen"
"""Log line that the running kiosk writes if the television does not show the drawn picture."""
NO_PICTURE_TO_DO = f"sudo apt install {' '.join(LIBRARIES.values())} libgl1-mesa-dri, then sudo systemctl restart kiosk"
