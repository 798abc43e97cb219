"""Finds and checks the figures that exercises may name: those of the program, and those of the config folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kiosk.config.folder import shipped
from kiosk.config.problem import ContentError
from kiosk.config.reading import read_bytes
from kiosk.errors import FigureError, Problem
from kiosk.figure.files import FigureFile


@cache
def shipped_figures() -> Mapping[str, FigureFile]:
    """Return the figures that come with the program, by name. Their files are not read."""
    return {path.stem: FigureFile(path) for path in sorted((shipped("assets") / "figures").glob("*.yaml"))}


def own_figure(path: Path) -> FigureFile:
    """Return a figure of the config folder with its content, which has no mistakes. Raises ContentError."""
    # pygame is imported only for a folder that has figures of its own.
    import kiosk.quick_pygame  # noqa: F401

    file = FigureFile(path, read_bytes(path))
    try:
        file.load()
    except FigureError as error:
        raise ContentError(*error.problems) from error
    return file


def trial(figures: Iterable[FigureFile]) -> tuple[list[Problem], list[Problem]]:
    """Return the problems of the config folder's figures that show when they are drawn, and warnings of their faults.

    That takes half a second for each of them.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for file in figures:
        if file.content is not None:
            from kiosk.figure.lint import lint
            from kiosk.figure.trial import draw_on_trial

            figure = file.load()
            try:
                draw_on_trial(figure)
            except FigureError as error:
                problems += error.problems
            else:
                warnings += [Problem(finding.text, path=file.path) for finding in lint(figure)]
    return problems, warnings
