"""The drawing process: draws pictures into files, so that drawing never delays the clock or a beep.

Started as `python -m kiosk.screen.figure.render FOLDERS BACKGROUND FILE...`. FOLDERS is a list in JSON: the cache, then
the substitutes for when the cache cannot be written. BACKGROUND is six hex digits. The process reads lines of JSON from
its standard input, each a list of [figure id, box width, box height], most urgent first; each line replaces the one
before. It ends when its standard input ends, or when everything is drawn and nothing new is wanted. It writes messages
for staff to its standard output, one a line.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.drawing import Drawing
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure, Step
from kiosk.figure.picture import Picture
from kiosk.screen.figure import motion, store
from kiosk.screen.figure.folders import FigureFiles, Folders, NoFolderError

IDLE_S = 5.0

Request = tuple[str, int, int]
"""A figure's name, and the width and height of its box in pixels."""


def main(arguments: list[str]) -> int:
    paths, background, *files = arguments
    # The wall comes first. A sandbox may forbid it, and a slower wall is better than one without figures.
    with suppress(OSError):
        os.nice(19)
    r, g, b = bytes.fromhex(background)
    colours = replace(COLOURS, background=(r, g, b))
    figures = {figure.id: figure for figure in (load_figure(Path(file)) for file in files)}
    folders = Folders(map(Path, json.loads(paths)), say)
    store.delete_stale(folders.paths[0], figures.values(), colours)
    work: Iterator[None] = iter(())
    try:
        for requested in _orders(sys.stdin.fileno()):
            if requested is not None:
                work = draw(requested, figures, folders, colours)
            # Draw one picture, then look again at what is wanted.
            if next(work, "done") == "done" and not _wait(sys.stdin.fileno()):
                return 0
    except NoFolderError as error:
        say(f"no figures can be drawn: {error}")
        return error.exit_status
    return 0


def say(line: str) -> None:
    """Write a message for staff to the standard output."""
    # The process that started this one may be gone.
    with suppress(OSError):
        print(line, flush=True)


def _orders(descriptor: int) -> Iterator[list[Request] | None]:
    """Yield the newest list of requested figures, or None if there is no new one, until the input ends."""
    pending = b""
    while True:
        if select.select([descriptor], [], [], 0)[0]:
            received = os.read(descriptor, 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            yield [(str(name), int(w), int(h)) for name, w, h in json.loads(lines[-1])] if lines else None
        else:
            yield None


def _wait(descriptor: int) -> bool:
    """Sleep until there is something to read; return False after a time so long that memory should be freed."""
    return bool(select.select([descriptor], [], [], IDLE_S)[0])


def draw(
    requested: list[Request], figures: dict[str, Figure], folders: Folders, colours: FigureColours
) -> Iterator[None]:
    """Draw what is missing or damaged, and yield after each picture. Raises NoFolderError."""
    for name, width, height in requested:
        figure, box_px = figures[name], (width, height)
        files = folders.of(figure, colours, box_px)
        missing = [one for one in store.file_names(figure) if files.load(one) is None]
        drawing = Drawing(figure, box_px, colours) if missing else None
        for missing_name in missing:
            assert drawing is not None
            if missing_name.startswith(store.MOTION):
                if packed := _pack_motion(
                    figure, missing_name.removeprefix(store.MOTION), files, box_px, colours.background
                ):
                    files.save(packed, missing_name)
                yield
            elif picture := store.draw(drawing, missing_name):
                files.save(store.pack(picture), missing_name)
                yield
        # The canvas is large: free it before the next one is made.
        drawing = None


def _pack_motion(
    figure: Figure, group: str, files: FigureFiles, box_px: tuple[int, int], background: Colour
) -> bytes | None:
    """Return the content of a group's motion; None if a picture has gone meanwhile, which is drawn when next wanted.

    All pictures of the figure have to be drawn, since all its motions cover the same area.
    """
    pictures = {}
    for name in store.picture_names(figure):
        content = files.load(name)
        if content is None:
            return None
        pictures[name] = store.unpack(content, box_px)

    def stack(step: Step) -> tuple[Picture, Picture]:
        return pictures[store.UNDER + figure.group(step)], pictures[step.name]

    first, *others = (picture.colour.rect for step in figure.steps for picture in stack(step))
    stacks = [stack(step) for step in figure.in_a_row(group)]
    return motion.pack(stacks, first.unionall(others), background)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
