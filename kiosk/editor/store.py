"""The store: what the page reads and writes of a config folder. It knows nothing of HTTP.

Everything is checked as the wall would check it before anything is written, and every save is a change that can be
undone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from kiosk.config import shipped
from kiosk.config_files import SETTINGS_FILES
from kiosk.editor import archive, drafts, options, uploads
from kiosk.editor import folder as places
from kiosk.editor.content import Content, content_of, document_in, file_of, needless_pictures, renamed, settings_with
from kiosk.editor.documents import Document
from kiosk.editor.drafts import Checked
from kiosk.editor.errors import Missing, Refused
from kiosk.editor.memory import Memory
from kiosk.editor.names import KINDS, of_kind, title_of
from kiosk.editor.overview import overview, users
from kiosk.editor.uploads import Uploads
from kiosk.editor.workspace import Changed, Workspace, Writing
from kiosk.stick import files
from kiosk.stick.replaced import replaced_by

Facts = dict[str, Any]


class Store:
    """A config folder as the page sees it. `state` is a folder of its own, for its history and for uploads.

    Threads and processes may use it at the same time. All methods raise OSError if the disk refuses, and then nothing
    is changed.
    """

    def __init__(self, folder: Path, state: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._work = Workspace(folder, state / "history", now)
        self._uploads = Uploads(state / "uploads")
        self._memory = Memory()
        self._overview: tuple[str, Facts] | None = None

    # --- reading ------------------------------------------------------------------------------------------------------

    def overview(self) -> Facts:
        """Return what there is, as GET /api/overview does, without its "places"."""
        with self._work.reading() as now:
            state = files.digest_of({**dict.fromkeys(now.names(), b""), **now.there})
            known = self._overview
            if known is None or known[0] != state:
                known = self._overview = state, overview(now.there, drafts.check(self.folder), self.folder)
            return dict(known[1])

    def read(self, kind: str, name: str) -> Facts:
        """Return the document of a circuit or an exercise. Raises Missing, or Refused if it cannot be read."""
        with self._work.reading() as now:
            return self._memory.told(now.there, kind, name)

    def frame(self, name: str, number: int = 1) -> bytes:
        """Return an own picture of an exercise: its photo, or a frame of its clip, counted from 1. Raises Missing."""
        with self._work.reading() as now:
            path = file_of(now.there, "exercises", name)
            card = document_in(now.there, path) if path else {}
            found = uploads.of_picture(card.get(uploads.KEY), now.pictures)
            content = now.content(found[number - 1]) if 1 <= number <= len(found) else None
            if content is None:
                raise Missing("There is no such picture.")
            return content

    # --- drafts -------------------------------------------------------------------------------------------------------

    def check(self, kind: str, name: str | None, document: Document) -> Facts:
        """Return the problems and the warnings of a draft, and for a circuit its plan. `name` is None for a new one."""
        try:
            with self._draft(kind, name, document) as (_, checked, content):
                circuits = checked.library.circuits if checked.library and kind == "circuits" else ()
                found = (one for one in circuits if one.id == content.name)
                plan = next(map(drafts.plan, found), None)
                warnings = [one for one in checked.warnings if one["file"] == content.path]
                return {"problems": checked.problems, "warnings": warnings, "plan": plan}
        except Refused as refused:
            return {"problems": refused.problems, "warnings": refused.warnings, "plan": None}

    @contextmanager
    def draft(self, kind: str, name: str | None, document: Document) -> Iterator[tuple[Path, str]]:
        """Yield a config folder with a draft in it and what that needs, and the draft's name there. Raises Refused.

        The draft is the only circuit there; an exercise is done in one that does nothing else.
        """
        with self._draft(kind, name, document) as (folder, checked, content):
            drafts.refuse(checked.problems, checked.warnings)
            yield folder, content.name

    @contextmanager
    def _draft(self, kind: str, name: str | None, document: Document) -> Iterator[tuple[Path, Checked, Content]]:
        with self._work.reading() as now:
            content = self._content(now, kind, name, document)
            own = self._own(now.pictures)
        changed = content.changed
        few = drafts.needed(now.there, kind, content.path, document)
        with drafts.merged({**own, **few}, changed) as folder:
            checked = drafts.check(folder, content.path)
            if not checked.problems:
                yield folder, checked, content
                return
        # Something is wrong with it. To say what would be right, all files are needed.
        with drafts.merged({**own, **now.there}, changed) as folder:
            checked = drafts.check(folder, content.path)
            before = drafts.check(self.folder).problems if checked.problems else []
            problems = drafts.new_problems(checked.problems, before, changed)
            yield folder, checked._replace(problems=problems), content

    # --- circuits and exercises ---------------------------------------------------------------------------------------

    def save(self, kind: str, name: str | None, document: Document, version: str | None = None) -> Facts:
        """Write a document; return what `read` returns, with the "change", None if nothing has changed.

        Without a name it makes a new file, which is named after its title. `version` is that of the text from which the
        document was made; None writes over whatever there is. Raises Refused, Conflict or Missing.
        """
        with self._work.writing() as now:
            old = file_of(now.there, kind, name) if name is not None else None
            if name is not None and version is not None:
                self._memory.expect(now, kind, name, version, document)
            content = self._content(now, kind, name, document)
            changed = content.changed
            if kind == "exercises" and old is not None:
                changed |= renamed(now.there, old, content.name, document)
            verb = "Added" if old is None else "Changed"
            change = self._commit(now, f"{verb}: {title_of(document, content.name)}", changed, content.path)
            return {**self._memory.told(now.there, kind, content.name), "change": change}

    def duplicate(self, kind: str, name: str, title: str | None = None) -> Facts:
        """Make a copy of a circuit or an exercise, with comments and all; return what `save` does."""
        with self._work.writing() as now:
            told = self._memory.told(now.there, kind, name)
            document = told["document"]
            if title is None:
                known = {drafts.title_in(now.there[path], one) for one, path in of_kind(now.there, kind).items()}
                first = title_of(document, name)
                title = next(one for number in range(2, 10_000) if (one := f"{first} {number}") not in known)
            content = self._content(now, kind, None, {**document, "name": title}, told["text"])
            changed = content.changed
            if kind == "circuits":
                changed |= settings_with(now.there, lambda ours: options.with_copy(ours, name, content.name))
            change = self._commit(now, f"Added: {title}", changed, content.path)
            return {**self._memory.told(now.there, kind, content.name), "change": change}

    def delete(self, kind: str, name: str, version: str | None = None) -> Facts:
        """Remove a circuit or an exercise; return {"change": id}. Raises Refused, Conflict or Missing."""
        with self._work.writing() as now:
            path = file_of(now.there, kind, name)
            if path is None:
                raise Missing(f"There is no {KINDS.get(kind, 'file')} {name} any more.")
            if version is not None:
                self._memory.expect(now, kind, name, version)
            title = drafts.title_in(now.there[path], name)
            changed: dict[str, bytes | Path | None] = {path: None}
            if kind == "circuits":
                if len(of_kind(now.there, kind)) == 1:
                    raise Refused.because("this is the last circuit, and the wall needs one", "make another one first")
                changed |= settings_with(now.there, lambda settings: options.without_circuit(settings, name))
            else:
                self._refuse_used(now, name, title)
            return {"change": self._commit(now, f"Deleted: {title}", changed)}

    def _refuse_used(self, now: Writing, name: str, title: str) -> None:
        """Raise Refused if circuits name an exercise."""
        files = of_kind(now.there, "circuits")
        circuits = {one: document_in(now.there, path) for one, path in files.items()}
        if using := users(name, title, circuits, of_kind(now.there, "exercises")):
            titles = ", ".join(title_of(circuits[one], one) for one in using)
            raise Refused.because(f"{title} is done in: {titles}", "take it out there first")

    def order(self, names: list[str]) -> Facts:
        """Put the circuits into an order; return {"change": id}. Those that are not named come after it, by title."""
        with self._work.writing() as now:
            known = of_kind(now.there, "circuits")
            order = [one for one in dict.fromkeys(map(str, names)) if one in known]
            changed = settings_with(now.there, lambda settings: options.with_order(settings, order))
            return {"change": self._commit(now, "Order of the circuits", changed)}

    # --- settings -----------------------------------------------------------------------------------------------------

    def settings(self) -> Facts:
        """Return the settings that are safe to change, and their version. Raises Refused."""
        with self._work.reading() as now:
            return self._memory.settings(now.there)

    def save_settings(self, values: Mapping[str, Any], version: str | None = None) -> Facts:
        """Write settings, of which None is the default; return what `settings` returns, with the "change"."""
        with self._work.writing() as now:
            if unknown := [one for one in values if one not in options.PATHS]:
                raise Refused.because(f"the page cannot change {', '.join(sorted(map(str, unknown)))}")
            if version is not None:
                self._memory.expect_settings(now, version)
            changed = settings_with(now.there, lambda settings: options.with_values(settings, values))
            try:
                change = self._commit(now, "Settings", changed, next(iter(changed)))
            except Refused as refused:
                raise Refused({**one, "path": options.path_of(one["path"])} for one in refused.problems) from None
            return {**self._memory.settings(now.there), "change": change}

    # --- what all changes have in common ------------------------------------------------------------------------------

    def _content(
        self, now: Writing, kind: str, name: str | None, document: Document, text: str | None = None
    ) -> Content:
        return content_of(now.there, now.pictures, self._uploads, kind, name, document, text)

    def _own(self, pictures: list[str]) -> dict[str, bytes | Path | None]:
        """Return where the pictures of the config folder are."""
        return {name: self.folder / name for name in pictures}

    def _commit(
        self, now: Writing, what: str, changed: Changed, draft: str = "", *, figures: bool = False
    ) -> str | None:
        """Check all files together and write those that have changed. `figures`: check these, too. Raises Refused."""
        changed = {**needless_pictures(now.there, now.pictures, changed), **changed}
        if not (changed := now.different(changed)):
            return None
        with drafts.merged({**self._own(now.pictures), **now.there}, changed) as folder:
            problems = drafts.check(folder, draft).problems
            if figures and not problems:
                problems = drafts.thoroughly(folder)
        if problems:
            before = drafts.check(self.folder).problems
            drafts.refuse(drafts.new_problems(problems, before, changed))
        return now.commit(what, changed)

    # --- changes ------------------------------------------------------------------------------------------------------

    def changes(self) -> list[Facts]:
        """Return the changes that can be undone, the newest first."""
        with self._work.writing() as now:
            return [
                {"id": one.id, "when": one.when, "what": one.what, "files": sorted(one.after)}
                for one in reversed(now.history.changes())
            ]

    def undo(self, id_: str) -> Facts:
        """Bring all files back to how they were before a change; return {"change": id}. That is a change, too."""
        with self._work.writing() as now:
            changes = now.history.changes()
            at = next((place for place, one in enumerate(changes) if one.id == id_), None)
            if at is None:
                raise Missing("This change is no longer known.")
            before: dict[str, str | None] = {}
            for one in reversed(changes[at:]):
                before |= one.before
            changed = {name: None if one is None else now.history.path(one) for name, one in before.items()}
            more = len(changes) - at - 1
            what = f"Undone: {changes[at].what}" + (f" and {more} more" if more else "")
            return {"change": self._commit(now, what, changed)}

    def reset(self) -> Facts:
        """Bring everything back to how it came with the program; return {"change": id}. Pins and the like stay."""
        with files.locked(shipped("config"), shared=True) as came:
            new = places.texts(came)
        with self._work.writing() as now:
            old = dict.fromkeys([*now.there, *now.pictures])
            changed: dict[str, bytes | Path | None] = {**old, **new}
            settings = document_in(new, files.settings_file(new))
            for name in SETTINGS_FILES:
                changed.pop(name, None)
            changed |= settings_with(now.there, lambda ours: options.as_it_came(settings, ours))
            return {"change": self._commit(now, "Back to how it came", changed)}

    # --- archives and pictures ----------------------------------------------------------------------------------------

    def archive(self) -> IO[bytes]:
        """Return all files as a zip, which is a file that goes when it is closed."""
        with ExitStack() as undone:
            target = undone.enter_context(TemporaryFile())
            with self._work.reading() as now:
                archive.pack(((name, now.content(name) or b"") for name in [*now.there, *now.pictures]), target)
            target.seek(0)
            undone.pop_all()
            return target

    def take_archive(self, source: IO[bytes], rewrite: Callable[[bytes], bytes] | None = None) -> Facts:
        """Take the files of a zip over; return {"change": id, "files": names}. Other files stay as they are.

        Of its kiosk.yaml only the safe settings are taken. `rewrite` decodes a picture and writes it anew; it raises
        ValueError for what is none.
        """
        with TemporaryDirectory(prefix="kiosk-zip-") as folder:
            return self._take(archive.unpacked(source, Path(folder), rewrite))

    def _take(self, new: dict[str, bytes | Path]) -> Facts:
        texts = {name: content for name, content in new.items() if isinstance(content, bytes)}
        with self._work.writing() as now:
            theirs = document_in(texts, files.settings_file(texts)) if files.settings_file(texts) in texts else None
            changed: dict[str, bytes | Path | None] = dict(new)
            for name in SETTINGS_FILES:
                changed.pop(name, None)
            changed |= dict.fromkeys(replaced_by(new) & {*now.there, *now.pictures})
            figures = any(name.startswith(("figures/", "pictures/")) for name in new)
            if theirs is not None:
                changed |= settings_with(now.there, lambda ours: options.safe_ones_of(theirs, ours))
            change = self._commit(now, "Taken from a zip file", changed, figures=figures)
            return {"change": change, "files": sorted(new)}

    def stage(self, frames: list[bytes]) -> str:
        """Keep pictures until a document names them as {"upload": id}; return the id."""
        return self._uploads.add(frames)

    def staged(self, id_: str, number: int = 1) -> bytes:
        """Return a picture of an upload, counted from 1. Raises Missing."""
        frames = self._uploads.frames(id_)
        if not 1 <= number <= len(frames):
            raise Missing("There is no such picture.")
        return frames[number - 1].read_bytes()
