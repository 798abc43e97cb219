"""The page for the wall: `python -m kiosk.editor`, as kiosk-editor.service starts it."""

from __future__ import annotations

import logging
import sys
import time

from kiosk.editor.packages import missing, what_to_do
from kiosk.editor.status import ASKED, STATUS, State, Status, tell
from kiosk.errors import KioskError
from kiosk.system.clock import boot_s

log = logging.getLogger("kiosk")

STAYS_S = 600.0
LOOK_S = 0.5


def main() -> int:
    """Serve the page, or tell the wall why that is not possible."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    if modules := missing():
        return failed(f"Packages of this machine are missing: {', '.join(modules)}.", f"Staff: {what_to_do(modules)}.")
    from kiosk.editor.service import run

    try:
        return run()
    except (OSError, KioskError) as error:
        log.exception("the page cannot be opened")
        return failed(f"The page cannot be opened: {error}.", "Staff: the log of kiosk-editor.service says more.")


def failed(what: str, fix: str) -> int:
    """Say what is wrong for as long as the wall wants the page. Return the exit status.

    If this process ended before that, it would be started again at once.
    """
    log.error("%s %s", what, fix)
    closes_s = boot_s() + STAYS_S
    tell(Status(State.FAILED, what=what, fix=fix, closes_s=closes_s), STATUS)
    while ASKED.exists() and boot_s() < closes_s:
        time.sleep(LOOK_S)
    return 1


if __name__ == "__main__":
    sys.exit(main())
