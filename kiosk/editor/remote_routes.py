"""The routes of the coach's remote."""

from __future__ import annotations

import logging
from typing import Any

from kiosk.editor.body import BodyError
from kiosk.editor.preview import BusyError
from kiosk.editor.reply import Asked, Reply, failure
from kiosk.errors import RemoteError
from kiosk.remote import client

log = logging.getLogger("kiosk")

ACTS = (
    *("start", "pause", "resume", "done", "count", "stop", "press", "hold", "skip", "back"),
    *("wake", "list", "next", "choose", "close"),
)
"""What the remote of the page may do."""


def now(asked: Asked) -> dict[str, Any] | Reply:
    return _remote(asked, "now")


def do(asked: Asked) -> dict[str, Any] | Reply:
    act = asked.group().get("do")
    if act not in ACTS:
        raise BodyError("The wall cannot do that.")
    return _remote(asked, act)


def _remote(asked: Asked, act: str) -> dict[str, Any] | Reply:
    if not asked.page.remote.acquire(blocking=False):
        raise BusyError
    try:
        return client.carry_out(act)
    except RemoteError as error:
        log.info("the page asked the wall: %s", error)
        return failure(503, "No wall can be reached from here.")
    finally:
        asked.page.remote.release()
