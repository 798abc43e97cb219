"""The code that a phone scans: `python -m kiosk.editor.code ADDRESS` prints it, a line of 0 and 1 for each row.

It is made by a process that ends at once, because the library takes as much memory as the rest of the page.
"""

from __future__ import annotations

import subprocess
import sys

PATIENCE_S = 30.0


def code_of(address: str) -> tuple[str, ...]:
    """Return the rows of the code, without its quiet zone; none if it cannot be made."""
    command = (sys.executable, "-I", "-m", "kiosk.editor.code", address)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(done.stdout.split())


def main(arguments: list[str]) -> int:
    import segno

    (address,) = arguments
    for row in segno.make(address, micro=False).matrix:
        print("".join("1" if module else "0" for module in row))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
