"""The command `kiosk show`. It draws a moment of a circuit, a film of it, or figures into PNG files.

The same arguments always give the same pixels, because no display, clock or cache is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pygame

from kiosk.config import Library
from kiosk.errors import ConfigError
from kiosk.figure.lint import lint
from kiosk.moments import CLOCK, ShowError, State, error_moment, film_moments, moment_at
from kiosk.plural import count_of
from kiosk.screen.compositor import Compositor, picture
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figures import Figures
from kiosk.show.figures import Size, figure_called, figures_in, save_sheet, save_strip
from kiosk.show.files import check_folder, check_picture, write
from kiosk.timeline import Timeline
from kiosk.view import Moment

SIZE: Size = (1920, 1080)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """The options of `kiosk show`. Times are in seconds, `size` is in pixels.

    `circuit` is a file name or title, None for the usual one. `out` is the file to write, `film` the folder for the
    frames of a film; exactly one of the two is given. `sheet` asks for pictures of all figures, which may be in a
    `folder` of their own. `strip` is the name or file of a figure to draw at several moments, mirrored if `flipped`,
    and to look for faults in.
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
    folder: Path | None = None
    strip: str | None = None
    flipped: bool = False


def show(options: ShowOptions, load: Callable[[], Library]) -> list[str]:
    """Write the files that the options ask for and return lines to print. `load` reads the config folder.

    Raises ShowError, FontError or FigureError. Raises ConfigError, unless a picture of the error screen is wanted.
    """
    _check(options)
    if options.strip is not None:
        assert options.out is not None
        figure = figure_called(options.strip, load)
        save_strip(figure, options.size, options.out, flipped=options.flipped)
        return [str(options.out), *(finding.text for finding in lint(figure))]
    try:
        library = load()
    except ConfigError as error:
        if options.state is not State.ERROR or options.sheet:
            raise
        return _saved(error_moment(error), options, Figures())
    if options.sheet:
        assert options.out is not None
        return [str(page) for page in save_sheet(library, options.folder, options.size, options.out)]
    source = DrawnFigures(figures_in(library.figures), library.pictures.values())
    if options.state is State.ERROR:
        return _saved(error_moment(None), options, source)
    timelines = [Timeline.of(one) for one in library.circuits]
    chosen = library.circuits.index(library.circuit(options.circuit)) if options.circuit else library.usual
    if options.film is None:
        return _saved(moment_at(timelines, chosen, options.at_s, options.state, options.clock), options, source)
    assert options.until_s is not None
    moments = film_moments(timelines, chosen, options.at_s, options.until_s, options.fps, options.state, options.clock)
    count = save_film(moments, options.fps, options.size or SIZE, options.film, source)
    return [f"{options.film}: {count_of(count, 'frame')}"]


def _saved(moment: Moment, options: ShowOptions, source: Figures) -> list[str]:
    assert options.out is not None
    save(moment, options.size or SIZE, options.out, source)
    return [str(options.out)]


def save(moment: Moment, size: Size, out: Path, source: Figures) -> None:
    """Draw a moment and write it to a PNG file. Raises ShowError, FontError or FigureError."""
    check_picture(out)
    write(picture(moment, size, source), out)


def save_film(moments: Iterator[Moment], fps: int, size: Size, folder: Path, source: Figures) -> int:
    """Draw the moments in order, as on the wall, and write them to numbered files. Return the number of files.

    Raises ShowError, FontError or FigureError.
    """
    check_folder(folder)
    compositor = Compositor(pygame.Surface(size, 0, 32), source)
    number = 0
    for number, moment in enumerate(moments, 1):
        compositor.draw(moment, (number - 1) / fps)
        write(compositor.surface, folder / f"frame-{number:05}.png")
    return number


def _check(options: ShowOptions) -> None:
    if (options.out is None) == (options.film is None):
        raise ShowError("give the file to write: --out FILE, or --film DIR for a film")
    if options.sheet and options.strip is not None:
        raise ShowError("give either --figures for all figures, or --strip FIGURE for one")
    if options.flipped and options.strip is None:
        raise ShowError("--flipped is for --strip FIGURE")
    if options.film is not None and (options.sheet or options.strip is not None):
        raise ShowError("figures are drawn as pictures: use --out FILE instead of --film")
    if options.film is not None and options.state is State.ERROR:
        raise ShowError("nothing moves on an error screen: use --out FILE instead of --film")
    if (options.film is None) != (options.until_s is None):
        raise ShowError("a film needs --film DIR and --until TIME, both of them")
