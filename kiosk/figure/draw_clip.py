"""Draws a clip, which is the content of one file with all pictures of a figure.

The content is a line of JSON, then the compressed layers. Two neighbouring pictures differ in some 3 % of their box,
along the edges of moving parts. So each row of pictures is kept as its first picture and one delta frame per picture.
A delta frame has every pixel in which its picture differs from either neighbour. Painted over a neighbour, the delta
frame gives the picture. Painting or keeping a delta frame costs about an eighth of what the whole picture costs.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from typing import cast

from pygame import Mask, Rect, Surface

from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Step
from kiosk.figure.picture import KEY, Layer, PackedLayer, equal_pixels, keyed_layer

AREAS = 4
"""Maximum number of rectangles that hold the changes between two pictures."""


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
    """Return rectangles that hold all pixels outside the mask, one in each of AREAS equal parts of the changed area.

    A single rectangle would be much larger. For a lifted head and its shadow, it would hold everything between them.
    """
    differing = same.to_surface(Surface(same.get_size(), 0, 32), setcolor=KEY, unsetcolor=(0, 0, 0))
    differing.set_colorkey(KEY)
    if not (whole := differing.get_bounding_rect()):
        return []
    step = -(-max(whole.size) // AREAS)
    if whole.width > whole.height:
        parts = [Rect(left, whole.top, step, whole.height) for left in range(whole.left, whole.right, step)]
    else:
        parts = [Rect(whole.left, top, whole.width, step) for top in range(whole.top, whole.bottom, step)]
    found = [(part, differing.subsurface(part.clip(whole)).get_bounding_rect()) for part in parts]
    return [area.move(part.topleft) for part, area in found if area]
