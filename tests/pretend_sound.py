"""Runs the kiosk with FOLDER instead of the kernel's folder of sound devices.

`python -m tests.pretend_sound FOLDER run ...`. The ALSA settings in $ALSA_CONFIG_PATH decide where the sound goes.
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
