"""What the wall knows of the page, on which workouts are changed with a phone, and says on the phone screen."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

TITLE = "Change workouts with a phone"
"""The name of the phone screen, and of the entry in the list of circuits that opens it."""

SHORT_TITLE = "Change with a phone"
"""The same where there is no room."""


class PageState(Enum):
    OPENING = "opening"
    OPEN = "open"
    """The page can be reached, and nobody has come in yet."""
    IN_USE = "in use"
    """Somebody has come in with the number."""
    FAILED = "failed"


class Phone(NamedTuple):
    """What is known of a page that is to be open.

    `address` is what to type into the phone, `number` what to type on the page. `code` is the address as a QR code, in
    rows of 0 (light) and 1 (dark) without the quiet zone. Unless somebody comes in, a page that opened at `opened_s`
    closes at `closes_s`, in seconds on the session's clock. If it has failed, `what` and `fix` say why.
    """

    state: PageState = PageState.OPENING
    address: str = ""
    number: str = ""
    code: tuple[str, ...] = ()
    opened_s: float = 0.0
    closes_s: float = 0.0
    what: str = ""
    fix: str = ""
