"""What a route gets and gives: a request that the door has let through, and the reply to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO, Any, NamedTuple

from kiosk.editor.body import BodyError, group_in
from kiosk.editor.door import Environ, length_of
from kiosk.editor.gate import Session
from kiosk.editor.page import Page
from kiosk.editor.page_files import tag_of

JSON = "application/json"
NO_ROUTE = "There is nothing here."


class Reply(NamedTuple):
    """An answer that is not plain JSON with status 200. A large one is a file, which is closed when it is sent."""

    content: bytes | IO[bytes]
    type: str = JSON
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """A request that was let through."""

    page: Page
    environ: Environ
    session: Session | None

    def file(self) -> IO[bytes]:
        """Return the body, which the door has measured, as a file. A large one is not in memory."""
        file: IO[bytes] = self.environ["wsgi.input"]
        return file

    def body(self) -> bytes:
        """Return the body, which the door has measured."""
        return self.file().read(length_of(self.environ))

    def group(self) -> dict[str, Any]:
        """Return the keys of a body of JSON. Raises BodyError."""
        return group_in(self.body())


Handler = Callable[..., "Reply | dict[str, Any]"]


def as_json(said: dict[str, Any], status: int = 200, *headers: tuple[str, str]) -> Reply:
    """Return a reply in JSON."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    # The name of a file that somebody has copied here may be no text at all.
    return Reply(text.encode(errors="replace"), status=status, headers=headers)


def failure(status: int, what: str, **more: Any) -> Reply:
    """Return the reply that says what is wrong."""
    return as_json({"error": what, **more}, status)


def picture(asked: Asked, content: bytes) -> Reply:
    """Return a picture that the browser may keep, but asks for again whether it is still the same."""
    tag = tag_of(content)
    headers = (("ETag", tag), ("Cache-Control", "private, no-cache"))
    type_ = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    if asked.environ.get("HTTP_IF_NONE_MATCH") == tag:
        return Reply(b"", type_, 304, headers)
    return Reply(content, type_, headers=headers)


def document_in(group: dict[str, Any]) -> dict[str, Any]:
    """Return the document that a request brings. Raises BodyError."""
    document = group.get("document")
    if not isinstance(document, dict):
        raise BodyError("There is no document in this request.")
    return document


def version_in(group: dict[str, Any]) -> str:
    """Return the version that a request changes. Raises BodyError."""
    version = group.get("version")
    if not isinstance(version, str):
        raise BodyError("This request does not say which version it changes.")
    return version
