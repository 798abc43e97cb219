"""The command `kiosk show`. It draws a moment of a circuit, a film of it or all figures into PNG files.

The same arguments always give the same pixels, because no display, clock or cache is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pygame

from kiosk.colour import Colour
from kiosk.config import Library, shipped
from kiosk.errors import ConfigError
from kiosk.figure.contact_sheet import contact_sheet
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.moments import CLOCK, ShowError, State, error_moment, film_moments, moment_at
from kiosk.plural import count_of
from kiosk.screen.compositor import Compositor, picture
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.fonts import Fonts, Weight
from kiosk.screen.theme import Palette
from kiosk.timeline import Timeline
from kiosk.view import Moment

Size = tuple[int, int]
"""Size as width and height, in pixels."""

SIZE: Size = (1920, 1080)
SHEET_WIDTH, SHEET_ROW = 1920, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """The options of `kiosk show`. Times are in seconds, `size` is in pixels.

    `circuit` is a file name or title, None for the usual one. `out` is the file to write, `film` the folder for the
    frames of a film; exactly one of the two is given. `sheet` asks for a picture of all figures.
    """

    circuit: str | None = None
    state: State = State.RUNNING
    at_s: float = 0.0
    until_s: float | None = None
    fps: int = 30
    size: Size | None = None
    clock: str | None = CLOCK
    out: Path | None = None
    film: Path | None = None
    sheet: bool = False


def show(options: ShowOptions, load: Callable[[], Library]) -> str:
    """Write the files that the options ask for and return a line about them. `load` reads the config folder.

    Raises ShowError, FontError or FigureError. Raises ConfigError, unless a picture of the error screen is wanted.
    """
    _check(options)
    try:
        library = load()
    except ConfigError as error:
        if options.state is not State.ERROR or options.sheet:
            raise
        return _saved(error_moment(error), options)
    if options.sheet:
        assert options.out is not None
        save_figures(library, options.size, options.out)
        return str(options.out)
    if options.state is State.ERROR:
        return _saved(error_moment(None), options)
    timelines = [Timeline.of(one) for one in library.circuits]
    chosen = library.circuits.index(library.circuit(options.circuit)) if options.circuit else library.usual
    if options.film is None:
        return _saved(moment_at(timelines, chosen, options.at_s, options.state, options.clock), options)
    assert options.until_s is not None
    moments = film_moments(timelines, chosen, options.at_s, options.until_s, options.fps, options.state, options.clock)
    return f"{options.film}: {count_of(save_film(moments, options.fps, options.size or SIZE, options.film), 'frame')}"


def _saved(moment: Moment, options: ShowOptions) -> str:
    assert options.out is not None
    save(moment, options.size or SIZE, options.out)
    return str(options.out)


def save(moment: Moment, size: Size, out: Path) -> None:
    """Draw a moment and write it to a PNG file. Raises ShowError, FontError or FigureError."""
    _check_picture(out)
    _write(picture(moment, size, DrawnFigures(figures())), out)


def save_film(moments: Iterator[Moment], fps: int, size: Size, folder: Path) -> int:
    """Draw the moments in order, as on the wall, and write them to numbered files. Return the number of files.

    Raises ShowError, FontError or FigureError.
    """
    _check_folder(folder)
    compositor = Compositor(pygame.Surface(size, 0, 32), DrawnFigures(figures()))
    number = 0
    for number, moment in enumerate(moments, 1):
        compositor.draw(moment, (number - 1) / fps)
        _write(compositor.surface, folder / f"frame-{number:05}.png")
    return number


def save_figures(library: Library, size: Size | None, out: Path) -> None:
    """Write the contact sheet of all figures to a PNG file. Raises ShowError, FontError or FigureError."""
    _check_picture(out)
    drawn, fonts, palette = figures(), Fonts(), Palette()
    fonts.check()
    names = {exercise.figure: exercise.name for exercise in library.exercises.values()}
    titles = [names.get(figure.id, figure.id.replace("-", " ").capitalize()) for figure in drawn]

    def label(
        surface: pygame.Surface, text: str, x: float, baseline: float, cap_px: float, colour: Colour, weight: str
    ) -> None:
        line = fonts.line(text, Weight.BLACK if weight == "black" else Weight.BOLD, cap_px, colour)
        surface.blit(line.surface, (round(x), round(baseline) + line.ink.top))

    size = size or (SHEET_WIDTH, SHEET_ROW * len(drawn) + SHEET_WIDTH // 40)
    _write(contact_sheet(drawn, size, accent=palette.work, label=label, titles=titles), out)


def figures() -> list[Figure]:
    """Return the figures that come with the program, in order of file name."""
    return [load_figure(path) for path in sorted((shipped("assets") / "figures").glob("*.yaml"))]


# --- checking the options ---------------------------------------------------------------------------------------------


def _check(options: ShowOptions) -> None:
    if (options.out is None) == (options.film is None):
        raise ShowError("give the file to write: --out FILE, or --film DIR for a film")
    if options.film is not None and options.sheet:
        raise ShowError("the sheet of all figures is a picture: use --out FILE instead of --film")
    if options.film is not None and options.state is State.ERROR:
        raise ShowError("nothing moves on an error screen: use --out FILE instead of --film")
    if (options.film is None) != (options.until_s is None):
        raise ShowError("a film needs --film DIR and --until TIME, both of them")


def _check_picture(out: Path) -> None:
    if out.suffix.lower() != ".png":
        raise ShowError(f"{out}: pictures are PNG files; use a name that ends in .png")
    if not out.parent.is_dir():
        raise ShowError(f"{out}: there is no folder {out.parent}; create it first")


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        used = any(folder.iterdir())
    except OSError as error:
        raise ShowError(f"{folder}: the frames cannot be written here: {error.strerror}") from error
    if used:
        raise ShowError(f"{folder}: this folder is not empty; use an empty or a new one")


def _write(surface: pygame.Surface, path: Path) -> None:
    # SDL does not write the file, because it cannot open paths that are not UTF-8 and does not say why writing fails.
    png = BytesIO()
    pygame.image.save(surface, png, ".png")
    try:
        path.write_bytes(png.getvalue())
    except OSError as error:
        raise ShowError(f"{path}: the picture cannot be written: {error.strerror}") from error
