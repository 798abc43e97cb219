"""The config folder with its history: changes are written whole, also when the power goes in the middle."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.editor import folder as places
from kiosk.editor.history import Change, Contents, History, hash_of
from kiosk.stick import files
from kiosk.stick.files import Files

Changed = Mapping[str, bytes | Path | None]
"""The new contents of files by their names, or the files that have them; None for a file that is to go."""


class Workspace:
    """A config folder, and the folder of its history. Threads and processes may share them: one writes at a time."""

    def __init__(self, config: Path, history: Path, now: Callable[[], float] = time.time) -> None:
        """Take the two folders. A change that was interrupted is taken back."""
        self.config = config
        self._history = history
        self._now = now
        with self.writing(tidy=True):
            """Nothing but that."""

    @contextmanager
    def reading(self) -> Iterator[Writing]:
        """Open the folder for reading, while nobody writes. Raises OSError."""
        with files.locked(self.config, shared=True) as folder:
            yield Writing(folder, None)

    @contextmanager
    def writing(self, *, tidy: bool = False) -> Iterator[Writing]:
        """Open the folder for writing, while nobody else reads or writes. Raises OSError."""
        with files.locked(self.config) as folder:
            writing = Writing(folder, History(self._history, self._now))
            writing.settle()
            if tidy:
                with suppress(OSError):
                    places.remove_unfinished(folder)
            yield writing


class Writing:
    """The files of a config folder while it is locked. Without a history it is only read."""

    def __init__(self, folder: int, history: History | None) -> None:
        self._folder = folder
        self._history = history
        self.there: Files = places.texts(folder)
        """The files in YAML, by names such as "circuits/monday.yaml"."""
        self.pictures = places.pictures(folder)

    def names(self) -> list[str]:
        """Return the names of all files, also of those that cannot be read."""
        return [*places.named(self._folder), *self.pictures]

    @property
    def history(self) -> History:
        assert self._history is not None, "this is only read"
        return self._history

    def content(self, name: str) -> bytes | None:
        """Return the content of a file, None if there is none."""
        return self.there[name] if name in self.there else places.read(name, self._folder)

    def different(self, changed: Changed) -> Changed:
        """Return those of the new contents that the files do not have yet."""
        return {
            name: new
            for name, new in changed.items()
            if self.content(name) != (new.read_bytes() if isinstance(new, Path) else new)
        }

    def commit(self, what: str, changed: Changed) -> str:
        """Write all changes, or none of them if an OSError is raised. Return the change's id.

        `what` says in words what has changed. All of the contents differ, as those that `different` returns.
        """
        try:
            change = self._begin(what, changed)
        except BaseException:
            # What is kept already takes room, of which there may be none left.
            with suppress(OSError):
                self.history.forget()
            raise
        try:
            self._write(change.after)
            self.history.end(change)
        except BaseException:
            # If this fails, too, the next one who opens the folder does it.
            with suppress(OSError):
                self._take_back(change)
            raise
        self.there, self.pictures = places.texts(self._folder), places.pictures(self._folder)
        return change.id

    def _begin(self, what: str, changed: Changed) -> Change:
        """Keep all contents and note the change."""
        before: dict[str, str | None] = {}
        after: dict[str, str | None] = {}
        for name, new in changed.items():
            old = self.content(name)
            before[name] = None if old is None else self.history.keep(old)
            if isinstance(new, Path):
                new = new.read_bytes()
            after[name] = None if new is None else self.history.keep(new)
        return self.history.begin(what, before, after)

    def settle(self) -> None:
        """Take back a change that was begun and not ended, unless all of its files are written."""
        change = self.history.begun()
        if change is None:
            return
        if change.id in (one.id for one in self.history.changes()):
            self.history.forget()
        elif all(self._has(name, content) for name, content in change.after.items()):
            self.history.end(change)
        else:
            self._take_back(change)
        places.remove_unfinished(self._folder)
        self.there, self.pictures = places.texts(self._folder), places.pictures(self._folder)

    def _take_back(self, change: Change) -> None:
        """Bring the contents before a change back. A file that somebody else has changed since then stays."""
        ours = {name: content for name, content in change.before.items() if self._has(name, change.after[name])}
        self._write(ours)
        self.history.forget(change)

    def _has(self, name: str, content: str | None) -> bool:
        there = places.read(name, self._folder)
        return content is None if there is None else content == hash_of(there)

    def _write(self, contents: Contents) -> None:
        """Write files: what is named goes before what names it. What is to go goes last, the other way round.

        All are on the disk before the first one is exchanged: then the rest takes no time in which power or room for
        it could go, or the wall could read a half.
        """
        names = places.in_order(contents)
        try:
            for name in names:
                if (content := contents[name]) is not None:
                    places.prepare(name, self.history.content(content), self._folder)
            for name in names:
                if contents[name] is not None:
                    places.exchange(name, self._folder)
            for name in reversed(names):
                if contents[name] is None:
                    places.remove(name, self._folder)
            places.settle(names, self._folder)
        except BaseException:
            with suppress(OSError):
                places.remove_unfinished(self._folder)
            raise
