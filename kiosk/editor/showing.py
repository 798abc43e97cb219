"""The routes of drafts and pictures."""

from __future__ import annotations

from typing import Any

import bottle

from kiosk.config.values import FILE_NAME
from kiosk.editor.body import BodyError, files_in
from kiosk.editor.errors import Missing
from kiosk.editor.pictures import written_anew
from kiosk.editor.reply import NO_ROUTE, Asked, Reply, document_in, picture

WIDTHS = (480, 1280)
"""The smallest and the largest width of a picture of the wall, in pixels."""


def check_draft(asked: Asked) -> dict[str, Any]:
    return asked.page.store.check(*_draft_of(asked.group()))


def draft_picture(asked: Asked) -> Reply:
    assert asked.session is not None
    group = asked.group()
    kind, name, document = _draft_of(group)
    at_s, width = group.get("at_s", 0), group.get("width", WIDTHS[0])
    if not isinstance(at_s, int | float) or not isinstance(width, int | float):
        raise BodyError("The time and the width of a picture are numbers.")

    def draw() -> bytes:
        with asked.page.store.draft(kind, name, document) as (folder, draft):
            request = {
                "do": "wall",
                "folder": str(folder),
                "kind": kind,
                "name": draft,
                "at_s": at_s,
                "width": round(min(max(WIDTHS[0], width), WIDTHS[1])),
            }
            return asked.page.drawing.ask(request)[1]

    return Reply(asked.page.line.newest(asked.session.token, draw), "image/png")


def figure(asked: Asked, name: str) -> Reply:
    side = bottle.request.query.get("side") or None
    if side not in (None, "left", "right"):
        raise Missing(NO_ROUTE)
    return picture(asked, asked.page.stills.get(name, side))


def own_picture(asked: Asked, name: str, number: str = "1") -> Reply:
    return picture(asked, asked.page.store.frame(name, int(number)))


def staged(asked: Asked, name: str, number: str) -> Reply:
    return picture(asked, asked.page.store.staged(name, int(number)))


def upload(asked: Asked) -> dict[str, Any]:
    pictures = written_anew(files_in(asked.environ.get("CONTENT_TYPE", ""), asked.body()))
    upload = asked.page.store.stage(pictures.frames)
    return {"upload": upload, "frames": len(pictures.frames), "width": pictures.width, "height": pictures.height}


def _draft_of(group: dict[str, Any]) -> tuple[str, str | None, dict[str, Any]]:
    match group.get("kind"), group.get("name"):
        case ("circuits" | "exercises") as kind, (str() | None) as name if name is None or FILE_NAME.fullmatch(name):
            return kind, name, document_in(group)
    raise BodyError("This is not a draft.")
