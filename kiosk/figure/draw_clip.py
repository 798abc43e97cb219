"""Draws a clip, which is the content of one file with all pictures of a figure.

The content is a line of JSON, then the compressed layers. Two neighbouring pictures differ in some 3 % of their box,
along the edges of moving parts. So each row of pictures is kept as its first picture and one delta frame per picture.
A delta frame has every pixel in which its picture differs from either neighbour. Painted over a neighbour, the delta
frame gives the picture. Painting or keeping a delta frame costs about an eighth of what the whole picture costs.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from typing import cast

from pygame import Mask, Rect, Surface

from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Step
from kiosk.figure.picture import KEY, Layer, PackedLayer, equal_pixels, keyed_layer

AREAS = 3
"""Maximum number of rectangles that hold the changes between two pictures."""
CUTS = 16
"""Number of parts of a side between which a rectangle may be cut."""
WORTH_IT = 0.15
"""Minimum share of the area that a cut must save, since each rectangle costs some work of its own."""


class _Layers:
    """The layers of a file, in order. Equal layers are kept once, such as the accents of feet that stand still."""

    def __init__(self) -> None:
        self._numbers: dict[PackedLayer, int] = {}

    def add(self, layer: Layer) -> int:
        """Add a layer, unless an equal layer is there, and return its number."""
        return self._numbers.setdefault(layer.packed(), len(self._numbers))

    def about(self) -> list[tuple[str | int, ...]]:
        return [(layer.kind, *layer.rect, len(layer.pixels)) for layer in self._numbers]

    def content(self) -> bytes:
        return b"".join(layer.pixels for layer in self._numbers)


def draw_clip(drawing: Drawing, rows: Sequence[Sequence[Step]]) -> Generator[None, None, bytes]:
    """Draw rows of steps, and return the content of a clip's file. Yield after each picture.

    The accent is not in the pictures. It has layers of its own.
    """
    figure, canvas = drawing.figure, drawing.canvas_rect
    plain, all_same = Surface(canvas.size, 0, 32), Mask(canvas.size, fill=True)
    plain.fill(drawing.colours.background)
    layers, covers, moves = _Layers(), [], []
    arrows = drawing.arrows()
    numbers = [layers.add(layer) for layer in (arrows.colour, arrows.accent) if layer] if arrows else []
    for row in rows:
        first, deltas, accents, areas = None, [], [], []
        # The first and the last picture have only one neighbour from which to differ.
        shot, same_before = plain, all_same
        for step in row:
            picture = drawing.whole(figure.pose_of(step))
            covers.append(picture.colour.rect)
            before, shot = shot, plain.copy()
            shot.blit(picture.colour.surface, picture.colour.rect.move(-canvas.left, -canvas.top))
            if first is None:
                first = layers.add(picture.colour)
            else:
                same = equal_pixels(before, shot)
                deltas.append(layers.add(keyed_layer(before, same_before.overlap_mask(same, (0, 0)), canvas.topleft)))
                areas.append([tuple(area.move(canvas.topleft)) for area in changed_areas(same)])
                same_before = same
            accents.append(layers.add(picture.accent) if picture.accent else None)
            yield
        deltas.append(layers.add(keyed_layer(shot, same_before, canvas.topleft)))
        names = [step.name for step in row]
        moves.append({"names": names, "first": first, "deltas": deltas, "areas": areas, "accents": accents})
    about = {
        "whole": rows == figure.rows,
        "rect": tuple(covers[0].unionall(covers[1:])),
        "arrows": numbers,
        "moves": moves,
        "layers": layers.about(),
    }
    return json.dumps(about).encode() + b"\n" + layers.content()


def draw_one(drawing: Drawing, step: Step) -> bytes:
    """Return the content of a clip's file that has only one picture."""
    pictures = draw_clip(drawing, [[step]])
    while True:
        try:
            next(pictures)
        except StopIteration as done:
            return cast(bytes, done.value)


def changed_areas(same: Mask) -> list[Rect]:
    """Return a few rectangles, of a small area together, that hold all pixels outside the mask.

    A single rectangle would be much larger. For a lifted head and its shadow, it would hold everything between them.
    """
    differing = same.to_surface(Surface(same.get_size(), 0, 32), setcolor=KEY, unsetcolor=(0, 0, 0))
    differing.set_colorkey(KEY)
    areas = [differing.get_bounding_rect()]
    least = WORTH_IT * _size(areas[0])
    while len(areas) < AREAS:
        cuts = [
            (_size(area) - sum(map(_size, parts)), area, parts) for area in areas for parts in _cuts(differing, area)
        ]
        saved, area, parts = max(cuts, key=lambda cut: cut[0], default=(0, areas[0], []))
        if saved <= least:
            break
        areas.remove(area)
        areas += parts
    return [area for area in areas if area]


def _cuts(differing: Surface, area: Rect) -> Iterator[list[Rect]]:
    """Yield ways to cut an area in two, each as what is visible in both parts."""
    left, top, width, height = area
    across, down = max(1, width // CUTS), max(1, height // CUTS)
    for x in range(across, width, across):
        yield [
            _visible(differing, Rect(left, top, x, height)),
            _visible(differing, Rect(left + x, top, width - x, height)),
        ]
    for y in range(down, height, down):
        yield [
            _visible(differing, Rect(left, top, width, y)),
            _visible(differing, Rect(left, top + y, width, height - y)),
        ]


def _visible(surface: Surface, area: Rect) -> Rect:
    return surface.subsurface(area).get_bounding_rect().move(area.topleft)


def _size(area: Rect) -> int:
    return area.width * area.height
