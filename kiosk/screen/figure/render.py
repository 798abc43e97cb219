"""The drawing process: it draws pictures into files, so that drawing never delays the clock or a beep.

It is started as `python -m kiosk.screen.figure.render FOLDERS FILE...`. FOLDERS is a JSON list: the cache, then the
substitutes to use when the cache cannot be written. Each FILE is a figure, or names the own pictures if it ends in
.json. The process reads lines from its standard input. Each line is a JSON list of [figure id, [box width, box height],
[red, green and blue of the ground]], most urgent first, and replaces the line before. The process ends when its
standard input ends, or when everything is drawn and no new line comes. It writes messages for staff to its standard
output, one on each line.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.figure.draw_clip import draw_clip, draw_one
from kiosk.figure.files import FigureFile, FigureFiles
from kiosk.figure.loading import digest_of
from kiosk.figure.model import Figure
from kiosk.picture.draw import draw_at_once, draw_frames
from kiosk.picture.files import OwnPicture, by_id
from kiosk.screen.drawn_figures import drawing_of
from kiosk.screen.figure.files import (
    CLIP,
    STILL,
    Folders,
    NoFolderError,
    delete_stale,
    delete_unused,
    has_room,
    kind_of,
)
from kiosk.screen.figure.own import from_json
from kiosk.screen.figures import SizedFigure
from kiosk.screen.theme import Palette

URGENT = 3
"""How many of the requested own pictures are drawn in any case: those on the screen now and next."""
IDLE_S = 5.0
"""Time without anything to draw after which the process ends, to free its memory."""


def main(arguments: list[str]) -> int:
    paths, *files = arguments
    # The wall has priority. A sandbox may forbid `nice`; a slower wall is better than one without figures.
    with suppress(OSError):
        os.nice(19)
    figures = {Path(file).stem: FigureFile(Path(file)) for file in files if not file.endswith(".json")}
    try:
        pictures = by_id(one for file in files if file.endswith(".json") for one in from_json(Path(file).read_text()))
    except OSError as error:
        say(f"no pictures can be drawn: {error}")
        return NoFolderError.exit_status
    folders = Folders(map(Path, json.loads(paths)), say)
    digests = {**dict(_digests(figures)), **{id_: picture.digest for id_, picture in pictures.items()}}
    delete_stale(folders.paths[0], digests)
    delete_unused(folders.paths[0])
    renderer = Renderer(FigureFiles(figures, lambda error: say(str(error))), folders, pictures)
    work: Iterator[None] = iter(())
    try:
        for requested in _orders(sys.stdin.fileno()):
            if requested is not None:
                work = renderer.draw(requested)
            # Draw one picture, then look for a new request.
            if next(work, "done") == "done" and not select.select([sys.stdin], [], [], IDLE_S)[0]:
                return 0
    except NoFolderError as error:
        say(f"no figures can be drawn: {error}")
        return error.exit_status
    return 0


def _digests(figures: Mapping[str, FigureFile]) -> Iterator[tuple[str, str]]:
    """Yield the name and the digest of each figure. The files are read, but what they say is not: that takes long."""
    for name, file in figures.items():
        with suppress(OSError):
            yield name, digest_of(file.path.read_bytes())


def say(line: str) -> None:
    """Write a message for staff to the standard output."""
    # The process that started this one may be gone.
    with suppress(OSError):
        print(line, flush=True)


def _orders(descriptor: int) -> Iterator[list[SizedFigure] | None]:
    """Yield the newest list of requested figures, or None if there is no new list. Stop when the input ends."""
    pending = b""
    while True:
        if select.select([descriptor], [], [], 0)[0]:
            received = os.read(descriptor, 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            found = json.loads(lines[-1]) if lines else None
            yield found and [SizedFigure(name, tuple(box_px), tuple(ground)) for name, box_px, ground in found]
        else:
            yield None


class Renderer:
    """A renderer of the pictures whose files are missing or damaged."""

    def __init__(
        self, figures: Mapping[str, Figure], folders: Folders, pictures: Mapping[str, OwnPicture] | None = None
    ) -> None:
        self._figures = figures
        self._pictures = pictures or {}
        self._folders = folders
        self._left_out: set[str] = set()
        """The figures that could not be drawn."""
        self._begun: Iterator[None] = iter(())
        """The unfinished drawing of a clip."""

    def draw(self, requested: Sequence[SizedFigure]) -> Iterator[None]:
        """Draw the stills, then the clips, and yield after each picture. Raises NoFolderError.

        A figure that cannot be drawn is left out, so that the others are drawn.

        A clip that was begun for an earlier request is finished before the next clip. Otherwise a slow machine would
        never finish a clip, because the start screen requests other figures every few seconds.
        """
        names = {sized.name for sized in requested} - self._left_out
        figures: dict[str, Figure | OwnPicture] = {
            name: of[name] for name in names for of in (self._figures, self._pictures) if name in of
        }
        wanted = [(figures[sized.name], sized) for sized in requested if sized.name in figures]
        for figure, sized in wanted:
            if not any(self._folders.load(figure, sized, kind) for kind in (CLIP, STILL)):
                yield from self._still(figure, sized)
        yield from self._finish()
        for place, (figure, sized) in enumerate(wanted):
            early = place >= URGENT and isinstance(figure, OwnPicture)
            if figure.id in self._left_out or (early and not has_room(self._folders.paths[0])):
                continue
            if not self._folders.load(figure, sized, kind_of(figure, sized)):
                self._begun = self._clip(figure, sized)
                yield from self._finish()

    def _finish(self) -> Iterator[None]:
        # `yield from` would close the unfinished drawing together with the request for which it was begun.
        for _ in self._begun:
            yield

    def _still(self, figure: Figure | OwnPicture, sized: SizedFigure) -> Iterator[None]:
        with self._leaving_out(figure):
            if isinstance(figure, OwnPicture):
                content = draw_at_once(figure, sized.box_px, Palette().surface, [0])
            else:
                content = draw_one(drawing_of(figure, sized), figure.still_step)
            self._folders.save(content, figure, sized, STILL)
        yield

    def _clip(self, figure: Figure | OwnPicture, sized: SizedFigure) -> Iterator[None]:
        with self._leaving_out(figure):
            if isinstance(figure, OwnPicture):
                numbers = range(len(figure.files))
                content = yield from draw_frames(figure, sized.box_px, Palette().surface, numbers)
            else:
                content = yield from draw_clip(drawing_of(figure, sized), figure.rows)
            self._folders.save(content, figure, sized, CLIP)
            # A clip of photos has some megabytes, and this process may draw dozens.
            delete_unused(self._folders.paths[0])

    @contextmanager
    def _leaving_out(self, figure: Figure | OwnPicture) -> Iterator[None]:
        """Leave a figure out from now on if it cannot be drawn."""
        try:
            yield
        except NoFolderError:
            raise
        except Exception as error:
            self._left_out.add(figure.id)
            what = f"picture {figure.name}" if isinstance(figure, OwnPicture) else f"figure {figure.id}"
            say(f"the {what} cannot be drawn: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
