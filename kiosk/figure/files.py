"""The files of figures, each read when its figure is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import FigureError

if TYPE_CHECKING:
    from kiosk.figure.model import Figure


class FigureFile(NamedTuple):
    """A figure's file. It is read later, unless its `content` is given.

    A file of the config folder has the content with which it was checked: it may be edited while a circuit runs, and
    the figure then stays as it is.
    """

    path: Path
    content: bytes | None = None

    def load(self) -> Figure:
        """Return the figure. Raises FigureError with all problems of the file."""
        from kiosk.figure.loading import load_figure

        return load_figure(self.path, self.content)


class FigureFiles(Mapping[str, "Figure"]):
    """The figures of some files, by name. Each is read when it is first needed. A broken one is as good as missing."""

    def __init__(self, files: Mapping[str, FigureFile], say: Callable[[FigureError], object]) -> None:
        """Take the files by their figures' names, and `say`, which is called once with the error of a broken file."""
        self.files = files
        self._say = say
        self._loaded: dict[str, Figure | None] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self._loaded:
            try:
                self._loaded[name] = self.files[name].load()
            except FigureError as error:
                self._loaded[name] = None
                self._say(error)
        if (figure := self._loaded[name]) is None:
            raise KeyError(name)
        return figure

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def files_of(figures: Mapping[str, Figure]) -> Mapping[str, FigureFile]:
    """Return the files of figures by name, without reading them."""
    if isinstance(figures, FigureFiles):
        return figures.files
    return {name: FigureFile(figure.path) for name, figure in figures.items()}
