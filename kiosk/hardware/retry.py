"""Retries of actions that may fail once but have to succeed, such as releasing a pin."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

TRIES = 5
AGAIN_S = 0.1
"""Interval between tries."""


def retried(act: Callable[[], None], what: str) -> bool:
    """Call `act` until it raises nothing, at most `TRIES` times. Return whether it succeeded.

    If every try fails, log "could not", `what`, and the last error.
    """
    for left in reversed(range(TRIES)):
        try:
            act()
        except Exception as error:
            if not left:
                log.warning("could not %s: %s", what, error or type(error).__name__)
                return False
            time.sleep(AGAIN_S)
        else:
            return True
    return False
