"""The page's own files, and how a browser comes in and leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.editor.body import BodyError
from kiosk.editor.door import cookie_name
from kiosk.editor.errors import Missing
from kiosk.editor.gate import Session, TooManyError, WrongError
from kiosk.editor.page import Page
from kiosk.editor.page_files import INDEX
from kiosk.editor.reply import NO_ROUTE, Asked, Reply, as_json, failure


def index(asked: Asked) -> Reply:
    return file(asked, INDEX)


def file(asked: Asked, file: str) -> Reply:
    found = asked.page.files.get(file)
    if found is None:
        raise Missing(NO_ROUTE)
    headers = (("ETag", found.tag), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"))
    if asked.environ.get("HTTP_IF_NONE_MATCH") == found.tag:
        return Reply(b"", found.type, 304, headers)
    if found.zipped is not None and "gzip" in asked.environ.get("HTTP_ACCEPT_ENCODING", ""):
        return Reply(found.zipped, found.type, headers=(*headers, ("Content-Encoding", "gzip")))
    return Reply(found.content, found.type, headers=headers)


def come_in(asked: Asked) -> Reply:
    enter: Callable[[str], Session]
    match asked.group():
        case {"pin": str(secret)}:
            enter = asked.page.gate.enter_by_pin
        case {"key": str(secret)}:
            enter = asked.page.gate.enter_by_key
        case _:
            raise BodyError("Type the number.")
    try:
        session = enter("".join(secret.split()))
    except WrongError as error:
        return failure(403, str(error), left=error.left)
    except TooManyError as error:
        return failure(429, str(error))
    asked.page.life.used()
    asked.page.drawing.warm_up()
    return as_json(_about(asked.page, session), 200, ("Set-Cookie", _cookie(asked.page.port, session.cookie)))


def is_in(asked: Asked) -> dict[str, Any] | Reply:
    return _about(asked.page, asked.session) if asked.session else failure(401, "Type the number first.")


def leave(asked: Asked) -> Reply:
    assert asked.session is not None
    asked.page.gate.leave(asked.session)
    asked.page.line.forget(asked.session.token)
    return as_json({}, 200, ("Set-Cookie", f"{_cookie(asked.page.port, '')}; Max-Age=0"))


def _about(page: Page, session: Session) -> dict[str, Any]:
    return {"token": session.token, "wall": page.at_wall}


def _cookie(port: int, value: str) -> str:
    return f"{cookie_name(port)}={value}; Path=/; HttpOnly; SameSite=Strict"
