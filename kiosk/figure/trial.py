"""The trial of a figure that does not come with the program: it is drawn once, small."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.errors import FigureError, Problem
from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Figure, Step

BOX = (48, 27)
MOST_PICTURES = 400
"""Maximum number of pictures of a loop. A figure has some thirty, and each of them takes a Pi a third of a second."""


def draw_on_trial(figure: Figure) -> None:
    """Draw a figure in each key pose and half-way between them. Raises FigureError if that does not work."""
    if (count := sum(map(len, figure.rows))) > MOST_PICTURES:
        raise _error(figure, f"the loop has {count} pictures", f"shorten its moves, at most {MOST_PICTURES}")
    right = "compare it with a figure that comes with the program"
    try:
        drawing = Drawing(figure, BOX)
        drawing.arrows()
    except Exception as error:
        raise _error(figure, f"this figure cannot be drawn ({error})", right) from error
    for step in dict.fromkeys(_steps(figure)):
        try:
            drawing.whole(figure.pose_of(step))
        except Exception as error:
            where = f'the pose "{step.a}"' if step.a == step.b else f'the move between "{step.a}" and "{step.b}"'
            raise _error(figure, f"{where} cannot be drawn ({error})", right) from error


def _steps(figure: Figure) -> Iterator[Step]:
    for row in figure.rows:
        yield from (row[0], row[len(row) // 2], row[-1])


def _error(figure: Figure, wrong: str, right: str) -> FigureError:
    return FigureError(Problem(wrong, right, path=figure.path))
