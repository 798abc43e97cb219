"""Pictures of figures: the contact sheet of all of them, and the strip of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pygame

from kiosk.colour import Colour
from kiosk.config import Library
from kiosk.config.folder import why_no_folder, yaml_files
from kiosk.config.problem import quoted, suggestion
from kiosk.config_files import SUFFIXES
from kiosk.errors import ConfigError, FigureError, Problem
from kiosk.figure.contact_sheet import Label, arranged, draw_page
from kiosk.figure.files import FigureFile, FigureFiles
from kiosk.figure.model import Figure
from kiosk.figure.strip import strip
from kiosk.moments import ShowError
from kiosk.screen.fonts import Fonts, Weight
from kiosk.screen.theme import Palette
from kiosk.show.files import check_picture, write

Size = tuple[int, int]
"""Size as width and height, in pixels."""

PAGE: Size = (1920, 2440)
ROW_PX = 300
"""Height of a row on a page of PAGE's width. Other pages have rows of the same shape."""
STRIP: Size = (1920, 1080)


def save_sheet(library: Library, folder: Path | None, size: Size | None, out: Path) -> list[Path]:
    """Write the contact sheet and return its files: `out`, or if there are several pages, one for each with a number.

    The figures are those in a folder, or without one all of the library. Raises ShowError, FontError or ConfigError.
    """
    check_picture(out)
    figures = _loaded(library.figures if folder is None else _in_folder(folder))
    names = {exercise.figure: exercise.name for exercise in library.exercises.values()}
    titles = [names.get(figure.id, figure.id.replace("-", " ").capitalize()) for figure in figures]
    size, label = size or PAGE, _label()
    rows = max(1, round(size[1] * PAGE[0] / size[0]) // ROW_PX)
    pages = arranged(figures, rows)
    paths = [out] if len(pages) == 1 else [out.with_stem(f"{out.stem}-{page}") for page in range(1, len(pages) + 1)]
    for path, page in zip(paths, pages, strict=True):
        write(draw_page(page, size, rows, accent=Palette().work, label=label, titles=titles), path)
    return paths


def save_strip(figure: Figure, size: Size | None, out: Path, *, flipped: bool = False) -> None:
    """Write the strip of a figure to a PNG file, mirrored if `flipped`. Raises ShowError or FontError."""
    check_picture(out)
    if flipped and figure.side is None:
        raise ShowError(f"{figure.id} has no side that works: leave out --flipped")
    write(strip(figure, size or STRIP, accent=Palette().work, label=_label(), flipped=flipped), out)


def figure_called(name: str, load: Callable[[], Library]) -> Figure:
    """Return the figure with this name, or in the file with this path. `load` reads the config folder.

    Raises ConfigError, which suggests a figure that exists.
    """
    if "/" in name or name.endswith(SUFFIXES):
        return _loaded({"": FigureFile(Path(name))})[0]
    files = load().figures
    if name not in files:
        raise ConfigError(Problem(f"there is no figure {quoted(name)}", suggestion(name, files)))
    return _loaded({name: files[name]})[0]


def figures_in(files: Mapping[str, FigureFile]) -> Mapping[str, Figure]:
    """Return the figures of some files, which are read when they are needed. FigureError is raised then."""
    return FigureFiles(files, _raise)


def _raise(error: FigureError) -> None:
    raise error


def _in_folder(folder: Path) -> Mapping[str, FigureFile]:
    """Return the figures in a folder, or in the folder "figures" there. Raises ConfigError."""
    if what := why_no_folder(folder):
        raise ConfigError(Problem(what, "a folder with figures is expected here", path=folder))
    below = folder / "figures"
    files, problems = yaml_files(below if below.is_dir() else folder)
    if problems:
        raise ConfigError(*problems)
    if not files:
        raise ConfigError(Problem("there is no figure", "a folder with figures is expected here", path=folder))
    return {name: FigureFile(path) for name, path in files.items()}


def _loaded(files: Mapping[str, FigureFile]) -> list[Figure]:
    """Return the figures in order of name. Raises ConfigError with all problems of all files."""
    found: list[Figure] = []
    problems: list[Problem] = []
    for _, file in sorted(files.items()):
        try:
            found.append(file.load())
        except FigureError as error:
            problems += error.problems
    if problems:
        raise ConfigError(*problems)
    return found


def _label() -> Label:
    """Return a function that writes texts in the wall's fonts. Raises FontError if they are missing."""
    fonts = Fonts()
    fonts.check()

    def label(
        surface: pygame.Surface, text: str, x: float, baseline: float, cap_px: float, colour: Colour, weight: str
    ) -> None:
        line = fonts.line(text, Weight.BLACK if weight == "black" else Weight.BOLD, cap_px, colour)
        surface.blit(line.surface, (round(x), round(baseline) + line.ink.top))

    return label
