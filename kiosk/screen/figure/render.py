"""A process of its own that draws pictures into the disk cache, so that drawing never delays the clock or a beep.

Started as `python -m kiosk.screen.figure.render CACHE_DIR BACKGROUND FILE...`, the background as six hex digits.
Reads lines of JSON from its standard input, each a list of [figure id, box width, box height] in order of urgency,
which replaces the list before. Ends when its standard input does, or when all is drawn and nothing new is wanted.
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

from kiosk.screen.figure import motion, store
from kiosk.screen.figure.drawing import Drawing
from kiosk.screen.figure.loading import load_figure
from kiosk.screen.figure.palette import PALETTE, Palette
from kiosk.screen.figure.picture import Picture
from kiosk.screen.figure.pose import Figure, Step

IDLE_S = 5.0

Want = tuple[str, int, int]


def main(arguments: list[str]) -> int:
    cache_dir, background, *files = arguments
    # Only what the screen leaves over.
    # A sandbox may forbid it, and a slower wall is better than one without an athlete.
    with suppress(OSError):
        os.nice(19)
    r, g, b = bytes.fromhex(background)
    palette = replace(PALETTE, background=(r, g, b))
    figures = {figure.id: figure for figure in (load_figure(Path(file)) for file in files)}
    store.delete_stale(Path(cache_dir), figures.values(), palette)
    work: Iterator[None] = iter(())
    for wants in _orders(sys.stdin.fileno()):
        if wants is not None:
            work = _draw(wants, figures, Path(cache_dir), palette)
        # One picture, then another look at what is wanted.
        if next(work, "done") == "done" and not _wait(sys.stdin.fileno()):
            return 0
    return 0


def _orders(descriptor: int) -> Iterator[list[Want] | None]:
    """Return the newest list of wants, or None where there is no new one; ends with the input."""
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
    """Sleep until there is something to read; False if there is nothing for so long that the memory is better freed."""
    return bool(select.select([descriptor], [], [], IDLE_S)[0])


def _draw(wants: list[Want], figures: dict[str, Figure], cache_dir: Path, palette: Palette) -> Iterator[None]:
    """Draw what is missing; yields after each picture."""
    for name, width, height in wants:
        figure = figures[name]
        folder = store.size_folder(cache_dir, figure, palette, (width, height))
        missing = [one for one in store.file_names(figure) if not (folder / (one + store.SUFFIX)).exists()]
        drawing = Drawing(figure, (width, height), palette) if missing else None
        for missing_name in missing:
            assert drawing is not None
            if missing_name.startswith(store.MOTION):
                joined = _join(figure, missing_name.removeprefix(store.MOTION), folder, (width, height), palette)
                store.save(joined, folder / (missing_name + store.SUFFIX))
                yield
            elif picture := store.draw(drawing, missing_name):
                store.save(store.pack(picture), folder / (missing_name + store.SUFFIX))
                yield
        # Its canvas is large: free it before the next one is made.
        drawing = None


def _join(figure: Figure, group: str, folder: Path, box_px: tuple[int, int], palette: Palette) -> bytes:
    """Return the motion of a group. All pictures of the figure have to be drawn: its motions cover the same."""

    def picture(name: str) -> Picture:
        return store.unpack(store.load(folder / (name + store.SUFFIX)), box_px)

    def read(step: Step) -> tuple[Picture, Picture]:
        return picture(store.UNDER + figure.group(step)), picture(step.name)

    first, *others = (one.colour.rect for step in figure.steps for one in read(step))
    stacks = [read(step) for step in figure.in_a_row(group)]
    return motion.join(stacks, first.unionall(others), palette.background)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
