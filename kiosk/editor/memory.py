"""What the page has read, so that it can be told later what somebody else has changed in it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from kiosk.editor import options
from kiosk.editor.content import document_in, file_of, read_document, settings_in
from kiosk.editor.documents import Document, plain
from kiosk.editor.drafts import title_in
from kiosk.editor.errors import Conflict, Missing, Refused
from kiosk.editor.history import hash_of
from kiosk.editor.names import KINDS, of_kind
from kiosk.editor.scalars import same
from kiosk.editor.wording import differences
from kiosk.editor.workspace import Writing
from kiosk.stick.files import Files, settings_file

MOST = 200
"""Maximum number of texts that are remembered."""


class Memory:
    """The texts that were read, by their versions. Threads may share it."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def told(self, there: Files, kind: str, name: str) -> dict[str, Any]:
        """Return the document of a circuit or an exercise with its version. Raises Missing or Refused."""
        path = file_of(there, kind, name)
        if path is None:
            raise Missing(f"There is no {KINDS.get(kind, 'file')} {name} any more.")
        text, document = read_document(there[path], path)
        return {"kind": kind, "name": name, "document": document, "version": self._noted(there[path]), "text": text}

    def settings(self, there: Files) -> dict[str, Any]:
        """Return the settings that the page may change, with their version. Raises Refused."""
        path = settings_file(there)
        content, document = there.get(path, b""), settings_in(there)[1]
        return {"values": options.values(document), "version": self._noted(content)}

    def expect(self, now: Writing, kind: str, name: str, version: str, document: Document | None = None) -> None:
        """Raise Conflict unless a file still has the version, or has the document already."""
        path = file_of(now.there, kind, name)
        if path is None:
            raise Conflict(["It was deleted."], None, None)
        if hash_of(now.there[path]) == version:
            return
        told = self.told(now.there, kind, name)
        if document is not None and same(plain(told["document"]), plain(document)):
            return
        old = self._document(now, version, path)
        titles = {one: title_in(now.there[file], one) for one, file in of_kind(now.there, "exercises").items()}
        raise Conflict(_lines(old, told["document"], titles), told["document"], told["version"])

    def expect_settings(self, now: Writing, version: str) -> None:
        """Raise Conflict unless the settings still have the version."""
        path = settings_file(now.there)
        content = now.there.get(path, b"")
        if hash_of(content) == version:
            return
        old, told = self._document(now, version, path), self.settings(now.there)
        lines = _lines(old, document_in(now.there, path), {})
        raise Conflict(lines, told["values"], told["version"])

    def _noted(self, content: bytes) -> str:
        """Remember a content; return its version."""
        version = hash_of(content)
        with self._lock:
            self._texts[version] = content
            self._texts.move_to_end(version)
            while len(self._texts) > MOST:
                self._texts.popitem(last=False)
        return version

    def _document(self, now: Writing, version: str, path: str) -> Document | None:
        """Return the document that a file had in a version, None if nobody knows any more."""
        with self._lock:
            content = self._texts.get(version)
        if content is None:
            content = now.history.content_if_known(version)
        try:
            return {} if content == b"" else None if content is None else read_document(content, path)[1]
        except Refused:
            return None


def _lines(old: Document | None, new: Document, titles: Mapping[str, str]) -> list[str]:
    if old is None:
        return ["It was changed outside of this page."]
    return differences(old, new, titles) or ["Only comments have changed."]
