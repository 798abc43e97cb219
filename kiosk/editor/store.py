"""The store: what the page reads and writes of a config folder. It knows nothing of HTTP.

Everything is checked as the wall would check it before anything is written, and every save is a change that can be
undone.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.config.problem import ContentError
from kiosk.config.reading import decode
from kiosk.config.values import FILE_NAME
from kiosk.editor import documents, drafts
from kiosk.editor.documents import Document
from kiosk.editor.drafts import Checked
from kiosk.editor.errors import Conflict, Missing, Refused, facts
from kiosk.editor.history import hash_of
from kiosk.editor.names import KINDS, entries, names_exercise, new_name, of_kind, title_of
from kiosk.editor.overview import overview
from kiosk.editor.wording import differences
from kiosk.editor.workspace import Workspace, Writing
from kiosk.editor.yaml_edit import edited
from kiosk.errors import Problem
from kiosk.stick.files import Files, digest_of

MOST_REMEMBERED = 100
"""Maximum number of texts that are remembered as they were read, to say later what somebody else changed in them."""


class Store:
    """A config folder as the page sees it. `state` is a folder of its own, for its history and for uploads."""

    def __init__(self, folder: Path, state: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._work = Workspace(folder, state / "history", now)
        self._read: OrderedDict[str, bytes] = OrderedDict()
        self._overview: tuple[str, dict[str, Any]] | None = None
        self._lock = threading.Lock()

    # --- reading ------------------------------------------------------------------------------------------------------

    def overview(self) -> dict[str, Any]:
        """Return what there is, as GET /api/overview does, without its "places"."""
        with self._work.reading() as now:
            state = digest_of({**now.there, **dict.fromkeys(now.pictures, b"")})
            if self._overview is None or self._overview[0] != state:
                self._overview = state, overview(now.there, drafts.check(self.folder), self.folder)
            return dict(self._overview[1])

    def read(self, kind: str, name: str) -> dict[str, Any]:
        """Return the document of a circuit or an exercise. Raises Missing, or Refused if it cannot be read."""
        with self._work.reading() as now:
            return self._told(now.there, kind, name)

    def _told(self, there: Files, kind: str, name: str) -> dict[str, Any]:
        path = _file(there, kind, name)
        if path is None:
            raise Missing(f"There is no {KINDS.get(kind, 'file')} {name} any more.")
        content = there[path]
        version = hash_of(content)
        self._remember(version, content)
        text, document = _read(content, path)
        return {"kind": kind, "name": name, "document": document, "version": version, "text": text}

    def _remember(self, version: str, content: bytes) -> None:
        with self._lock:
            self._read[version] = content
            self._read.move_to_end(version)
            while len(self._read) > MOST_REMEMBERED:
                self._read.popitem(last=False)

    # --- drafts -------------------------------------------------------------------------------------------------------

    def check(self, kind: str, name: str | None, document: Document) -> dict[str, Any]:
        """Return the problems and the warnings of a draft, and for a circuit its plan. `name` is None for a new one."""
        try:
            with self._merged(kind, name, document) as (_, checked, path):
                circuits = checked.library.circuits if checked.library and kind == "circuits" else ()
                plan = next(
                    (drafts.plan(one) for one in circuits if f"circuits/{one.id}" == path.rpartition(".")[0]), None
                )
                warnings = [one for one in checked.warnings if one["file"] == path]
                return {"problems": checked.problems, "warnings": warnings, "plan": plan}
        except Refused as refused:
            return {"problems": refused.problems, "warnings": refused.warnings, "plan": None}

    @contextmanager
    def draft(self, kind: str, name: str | None, document: Document) -> Iterator[Path]:
        """Yield a config folder with a draft in it, for pictures of it. Raises Refused."""
        with self._merged(kind, name, document) as (folder, checked, _):
            drafts.refuse(checked.problems, checked.warnings)
            yield folder

    @contextmanager
    def _merged(self, kind: str, name: str | None, document: Document) -> Iterator[tuple[Path, Checked, str]]:
        with self._work.reading() as now:
            there = now.there
        path, content = _new_content(there, kind, name, document)
        with drafts.merged(there, {path: content}) as folder:
            checked = drafts.check(folder, path)
            if checked.problems:
                before = drafts.check(self.folder).problems
                checked = checked._replace(problems=drafts.new_problems(checked.problems, before, [path]))
            yield folder, checked, path

    # --- writing ------------------------------------------------------------------------------------------------------

    def save(self, kind: str, name: str | None, document: Document, version: str | None = None) -> dict[str, Any]:
        """Write a document; return what `read` returns, with the "change", None if nothing has changed.

        Without a name it makes a new file, which is named after its title. `version` is that of the text from which the
        document was made; None writes over whatever there is. Raises Refused, Conflict or Missing.
        """
        with self._writing() as now:
            path = _file(now.there, kind, name) if name is not None else None
            if name is not None and version is not None:
                self._expect(now, kind, name, version, document)
            target, content = _new_content(now.there, kind, name, document)
            name = target.rpartition("/")[2].rpartition(".")[0]
            changed: dict[str, bytes | None] = {target: content}
            if kind == "exercises" and path is not None:
                changed.update(_renamed(now.there, path, name, document))
            verb = "Added" if path is None else "Changed"
            change = self._commit(now, f"{verb}: {title_of(document, name)}", changed, target)
            return {**self._told(now.there, kind, name), "change": change}

    def _commit(self, now: Writing, what: str, changed: dict[str, bytes | None], draft: str = "") -> str | None:
        """Check all files together and write those that have changed. Raises Refused."""
        changed = {name: content for name, content in changed.items() if now.content(name) != content}
        if not changed:
            return None
        with drafts.merged(now.there, changed) as folder:
            checked = drafts.check(folder, draft)
        if checked.problems:
            before = drafts.check(self.folder).problems
            drafts.refuse(drafts.new_problems(checked.problems, before, changed), checked.warnings)
        return now.commit(what, changed)

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        with self._work.writing() as now:
            yield now

    def _expect(self, now: Writing, kind: str, name: str, version: str, document: Document) -> None:
        """Raise Conflict unless a file still has the version, or has the document already."""
        path = _file(now.there, kind, name)
        if path is None:
            raise Conflict(["It was deleted."], None, None)
        current = hash_of(now.there[path])
        if current == version:
            return
        told = self._told(now.there, kind, name)
        if documents.plain(told["document"]) == documents.plain(document):
            return
        old = self._text_of(now, version)
        lines = ["It was changed, also outside of this page."]
        if old is not None:
            titles = {
                one: title_of(_document(now.there, file), one) for one, file in of_kind(now.there, "exercises").items()
            }
            lines = differences(_read(old, path)[1], told["document"], titles) or ["Comments in the file"]
        raise Conflict(lines, told["document"], told["version"])

    def _text_of(self, now: Writing, version: str) -> bytes | None:
        """Return the content that a file had in a version, None if nobody knows any more."""
        with self._lock:
            if version in self._read:
                return self._read[version]
        try:
            return now.history.content(version)
        except (OSError, AssertionError):
            return None


def _file(there: Files, kind: str, name: str) -> str | None:
    """Return the path of a circuit or an exercise in the config folder, None if there is none."""
    return of_kind(there, kind).get(name) if kind in KINDS else None


def _read(content: bytes, path: str) -> tuple[str, Document]:
    """Return the text and the document of a file. Raises Refused."""
    try:
        text = decode(content)
        return text, documents.read(text).document
    except ContentError as error:
        raise Refused(facts(problem, (), path) for problem in error.problems) from error


def _document(there: Files, path: str) -> Document:
    try:
        return _read(there[path], path)[1]
    except Refused:
        return {}


def _new_content(there: Files, kind: str, name: str | None, document: Document) -> tuple[str, bytes]:
    """Return the file that a document is for, and its content with it. Raises Refused or Missing."""
    if kind not in KINDS or (name is not None and not FILE_NAME.fullmatch(name)):
        raise Missing(f"There is no {KINDS.get(kind, 'file')} of this name.")
    if found := [facts(problem) for problem in documents.faults(document)]:
        raise Refused(found)
    if name is None:
        title = title_of(document, "")
        if not title:
            raise Refused([facts(Problem('the key "name" is missing', "add it"), ("name",))])
        name = new_name(title, of_kind(there, kind), kind)
    path = _file(there, kind, name) or f"{kind}/{name}.yaml"
    try:
        text = _read(there[path], path)[0] if path in there else ""
    except Refused:
        # Nobody can read it, so there is nothing to keep.
        text = ""
    try:
        return path, edited(text, document).encode()
    except ContentError as error:
        raise Refused(facts(problem, (), path) for problem in error.problems) from error


def _renamed(there: Files, path: str, name: str, document: Document) -> dict[str, bytes]:
    """Return the changed contents of the circuits that name an exercise by its title, if that has changed."""
    old, new = title_of(_document(there, path), name), title_of(document, name)
    if old == new:
        return {}
    ids = of_kind(there, "exercises")
    others = [title_of(_document(there, file), one) for one, file in ids.items() if one != name]
    said = name if new in ids or new in others else new
    changed = {}
    for file in of_kind(there, "circuits").values():
        circuit = _document(there, file)
        found = [one for one in entries(circuit) if names_exercise(one, name, old, ids) and one["exercise"] != name]
        for one in found:
            one["exercise"] = said
        if found:
            changed[file] = edited(decode(there[file]), circuit).encode()
    return changed
