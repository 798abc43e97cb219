"""What a document becomes in the config folder: its file, its pictures, and what else has to change with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kiosk.config.problem import ContentError
from kiosk.config.reading import decode
from kiosk.config.values import FILE_NAME
from kiosk.editor import documents, uploads
from kiosk.editor.documents import Document
from kiosk.editor.drafts import title_in
from kiosk.editor.errors import Missing, Refused, facts
from kiosk.editor.names import KINDS, entries, names_exercise, new_name, of_kind, shape, title_of
from kiosk.editor.uploads import KEY, Uploads
from kiosk.editor.workspace import Changed
from kiosk.editor.yaml_edit import edited, fresh
from kiosk.errors import Problem
from kiosk.stick.files import Files, settings_file


class Content(NamedTuple):
    """A document as files. `name` is that of its file without the ending, `path` the file, `text` what it has."""

    name: str
    path: str
    text: bytes
    pictures: Mapping[str, Path | None]
    """The files of its pictures: where new ones come from, and None for those that they replace."""

    @property
    def changed(self) -> dict[str, bytes | Path | None]:
        """All of its files with their contents."""
        return {**self.pictures, self.path: self.text}


def content_of(
    there: Files,
    pictures: list[str],
    staged: Uploads,
    kind: str,
    name: str | None,
    document: Document,
    text: str | None = None,
) -> Content:
    """Return what a document becomes. `text` is what it was made from, without which that is the text of its file.

    Raises Refused or Missing.
    """
    if kind not in KINDS or (name is not None and not FILE_NAME.fullmatch(name)):
        raise Missing(f"There is no {KINDS.get(kind, 'file')} of this name.")
    if found := [facts(problem) for problem in documents.faults(document)]:
        raise Refused(found)
    if name is None:
        title = title_of(document, "")
        if not title:
            raise Refused([facts(Problem('the key "name" is missing', "add it"), ("name",))])
        name = new_name(title, of_kind(there, kind), kind)
    path = file_of(there, kind, name) or f"{kind}/{name}.yaml"
    new: dict[str, Path | None] = {}
    if kind == "exercises" and isinstance(document.get(KEY), dict):
        document = dict(document)
        before, others = document_in(there, path), _others(there, path)
        placed = uploads.place(staged, document, name, uploads.names_taken(before, others, pictures))
        replaced = uploads.of_picture(document[KEY], pictures)
        new = {**dict.fromkeys(replaced), **placed}
    if text is None:
        try:
            text = read_document(there[path], path)[0] if path in there else ""
        except Refused:
            # Nobody can read it, so there is nothing to keep.
            text = ""
    try:
        return Content(name, path, edited(text, document).encode(), new)
    except ContentError as error:
        raise Refused(facts(problem, (), path) for problem in error.problems) from error


def settings_with(there: Files, change: Callable[[Document], Document]) -> dict[str, bytes | None]:
    """Return the changed file of the settings; None if none are left. Raises Refused."""
    path = settings_file(there)
    text, document = settings_in(there)
    new = change(document)
    if found := [facts(problem, (), path) for problem in documents.faults(new)]:
        raise Refused(found)
    if not document:
        # There are only comments, if anything.
        return {path: f"{text}{fresh(new)}".encode() if new else None}
    return {path: edited(text, new, comments_stay=True).encode() if new else None}


def settings_in(there: Files) -> tuple[str, Document]:
    """Return the text of the settings' file and its document, both empty without one. Raises Refused."""
    path = settings_file(there)
    text = there.get(path, b"").decode(errors="replace")
    if all(not line.strip() or line.startswith("#") for line in text.splitlines()):
        return text if not text or text.endswith("\n") else f"{text}\n", {}
    return read_document(there[path], path)


def read_document(content: bytes, path: str) -> tuple[str, Document]:
    """Return the text and the document of a file. Raises Refused."""
    try:
        text = decode(content)
        return text, documents.read(text).document
    except ContentError as error:
        raise Refused(facts(problem, (), path) for problem in error.problems) from error


def document_in(there: Files, path: str) -> Document:
    """Return the document of a file, empty if it has none."""
    try:
        return read_document(there[path], path)[1]
    except (KeyError, Refused):
        return {}


def file_of(there: Files, kind: str, name: str) -> str | None:
    """Return the path of a circuit or an exercise in the config folder, None if there is none."""
    return of_kind(there, kind).get(name) if kind in KINDS else None


def renamed(there: Files, path: str, name: str, document: Document) -> dict[str, bytes]:
    """Return the changed contents of the circuits that name an exercise by its title, if that has changed."""
    old, new = title_in(there[path], name), title_of(document, name)
    if old == new:
        return {}
    ids = of_kind(there, "exercises")
    others = {shape(title_in(there[file], one)) for one, file in ids.items() if one != name}
    # A title that others have, too, would name nobody.
    said = name if new in ids or shape(new) in others else new
    changed = {}
    for file in of_kind(there, "circuits").values():
        circuit = document_in(there, file)
        found = [one for one in entries(circuit) if names_exercise(one, name, old, ids) and one["exercise"] != name]
        for one in found:
            one["exercise"] = said
        if found:
            changed[file] = edited(decode(there[file]), circuit).encode()
    return changed


def needless_pictures(there: Files, pictures: list[str], changed: Changed) -> dict[str, None]:
    """Return the pictures that go, because no exercise names them any more after a change."""
    cards = {path: document_in(there, path) for path in of_kind(there, "exercises").values() if path in changed}
    if not any(KEY in card for card in cards.values()):
        return {}
    after = {**there, **{path: content for path, content in changed.items() if isinstance(content, bytes)}}
    for path, content in changed.items():
        if content is None:
            after.pop(path, None)
    left = {path: document_in(after, path) for path in of_kind(after, "exercises").values()}
    return dict.fromkeys(one for one in uploads.needless(cards, left, pictures) if one not in changed)


def _others(there: Files, path: str) -> list[Document]:
    return [document_in(there, one) for one in of_kind(there, "exercises").values() if one != path]
