"""Runs the kiosk with a folder of files for the kernel's sound devices: `python -m tests.pretend_sound FOLDER run ...`.

ALSA's own settings, $ALSA_CONFIG_PATH, say what becomes of the sound.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk import cli
from kiosk.hardware import speaker


def main() -> int:
    speaker.DEVICES = Path(sys.argv[1])
    return cli.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
