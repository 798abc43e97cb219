"""Reads the whole config folder. Everything is checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import yaml

from kiosk.circuit import Circuit, Exercise
from kiosk.config.circuit import unresolved_circuit
from kiosk.config.document import document
from kiosk.config.entry import Names
from kiosk.config.exercise import exercise, name_in
from kiosk.config.figures import own_figure, shipped_figures, trial
from kiosk.config.folder import why_no_folder, yaml_files
from kiosk.config.pictures import OwnPictures
from kiosk.config.pictures import trial as trial_of_pictures
from kiosk.config.problem import (
    ContentError,
    collected_warnings,
    limited_suggestions,
    natural_order,
    quoted,
    suggestion,
    warnings_as,
)
from kiosk.config.reading import read_text
from kiosk.config.settings import Settings, only_rotation, settings
from kiosk.config_files import PICTURES, SETTINGS_FILES
from kiosk.errors import ConfigError, Problem
from kiosk.figure.files import FigureFile
from kiosk.picture.files import OwnPicture, PictureFile

T = TypeVar("T")


class Library(NamedTuple):
    """The settings, circuits, exercises, figures and pictures of a config folder.

    There is at least one circuit. First come those of `settings.order`, then the others in the order in which people
    look for them: by title, Day 2 before Day 10, in capital or small letters alike. `exercises` has all exercises by
    id, including exercises that no circuit uses. `figures` has the files of all figures by name: those of the program,
    and the folder's own, which go before.
    `pictures` has the gym's own pictures that exercises name, by name.
    """

    settings: Settings
    circuits: tuple[Circuit, ...]
    exercises: Mapping[str, Exercise]
    figures: Mapping[str, FigureFile]
    pictures: Mapping[str, OwnPicture] = MappingProxyType({})

    @property
    def usual(self) -> int:
        """The index of the circuit on the start screen: the one that kiosk.yaml names, else the first by file name."""
        ids = [circuit.id for circuit in self.circuits]
        return ids.index(self.settings.circuit or min(ids, key=natural_order))

    def circuit(self, name: str) -> Circuit:
        """Return the circuit with this file name or title. Raises ConfigError, which suggests a circuit that exists."""
        names = {key.casefold(): circuit for circuit in self.circuits for key in (circuit.name, circuit.id)}
        if name.casefold() in names:
            return names[name.casefold()]
        right = suggestion(name, [circuit.id for circuit in self.circuits])
        raise ConfigError(Problem(f"there is no circuit {quoted(name)}", right))


def load(folder: Path) -> Library:
    """Return the content of a config folder: kiosk.yaml, circuits, exercises, figures and pictures.

    Raises ConfigError with all problems of all files, in order of file and line.
    """
    loader = _Loader(folder)
    with limited_suggestions():
        library = loader.load()
    if loader.problems or library is None:
        raise ConfigError(*_in_order(loader.problems))
    return library


def check(
    folder: Path, *, is_good: Callable[[PictureFile], bool] = lambda file: False
) -> tuple[Library, tuple[Problem, ...]]:
    """Return what `load` returns, and warnings of texts and figures that are not good on the wall. Raises ConfigError.

    The folder's figures are drawn, too, and its pictures decoded, which would delay a start. A picture's file is not
    decoded if it `is_good`, such as one that was decoded before.
    """
    with collected_warnings() as warnings:
        library = load(folder)
    problems, faults = trial(library.figures.values())
    problems += trial_of_pictures(library.pictures.values(), is_good)
    if problems:
        raise ConfigError(*_in_order(problems))
    return library, _in_order([*warnings, *faults])


def survey(folder: Path) -> tuple[Library | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what can be read of a folder, None if it is not enough, with its problems, and warnings of texts.

    For whoever has to go on with a folder that has problems. Figures of its own are known, but not read, because that
    needs pygame.
    """
    loader = _Loader(folder, read_figures=False)
    with collected_warnings() as warnings, limited_suggestions():
        library = loader.load()
    return library, _in_order(loader.problems), _in_order(warnings)


def rotation(folder: Path) -> int:
    """Return screen.rotate of a folder that cannot be loaded, as far as it can be read, else 0."""
    got = _Loader(folder).settings(only_rotation)
    return got.screen.rotate if got else 0


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems, each once, in order of file and line."""
    ordered = sorted(problems, key=lambda one: (natural_order(str(one.path)), one.line, one.column))
    return tuple(dict.fromkeys(ordered))


class _Loader:
    def __init__(self, folder: Path, *, read_figures: bool = True) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._read_figures = read_figures

    def load(self) -> Library | None:
        """Return the library, or None if the problems leave no circuit or no settings."""
        if what := why_no_folder(self._folder):
            right = "a folder with circuits, exercises and kiosk.yaml is expected here"
            self.problems.append(Problem(what, right, path=self._folder))
            return None
        exercise_files = self._files("exercises")
        circuit_files = self._files("circuits")
        figure_files = self._files("figures")
        figures = {**shipped_figures(), **self._own_figures(figure_files)}
        # A broken figure is not reported again where an exercise names it.
        figure_names = figures.keys() | figure_files.keys()
        pictures = OwnPictures(self._folder / PICTURES)
        exercises: dict[str, Exercise] = {}
        titles: dict[str, str] = {}
        for id_, path in exercise_files.items():
            if one := self._read(path, partial(self._exercise, id_, titles, figure_names, pictures)):
                exercises[id_] = one
                titles[id_] = one.name
        names = Names(exercise_files, titles, complete=len(titles) == len(exercise_files))
        circuits: list[Circuit] = []
        for id_, path in circuit_files.items():
            unresolved = self._read(path, partial(unresolved_circuit, names=names))
            if unresolved and (circuit := self._try(path, partial(unresolved.resolve, id_, exercises))):
                circuits.append(circuit)
        got = self.settings(partial(settings, circuits=circuit_files))
        if not circuit_files:
            right = "put a file such as back-and-core-for-runners.yaml into this folder"
            self.problems.append(Problem("there is no circuit", right, path=self._folder / "circuits"))
        if got is None or not circuits:
            return None
        places = {name: place for place, name in enumerate(got.order)}
        circuits.sort(key=lambda one: (places.get(one.id, len(places)), natural_order(one.name.casefold())))
        named = MappingProxyType(pictures.named)
        return Library(got, tuple(circuits), MappingProxyType(exercises), MappingProxyType(figures), named)

    def _own_figures(self, paths: Mapping[str, Path]) -> dict[str, FigureFile]:
        if not self._read_figures:
            return {name: FigureFile(path) for name, path in paths.items()}
        read = ((name, self._try(path, partial(own_figure, path))) for name, path in paths.items())
        return {name: file for name, file in read if file is not None}

    def _exercise(
        self, id_: str, titles: dict[str, str], figures: Collection[str], pictures: OwnPictures, node: yaml.Node
    ) -> Exercise:
        """Return an exercise. If its file has mistakes, note at least its title, by which circuits may name it."""
        try:
            return exercise(id_, node, figures, pictures.read)
        except ContentError:
            if title := name_in(node):
                titles[id_] = title
            raise

    def _files(self, name: str) -> dict[str, Path]:
        files, problems = yaml_files(self._folder / name)
        self.problems += problems
        return files

    def settings(self, read: Callable[[yaml.Node], Settings]) -> Settings | None:
        """Return what `read` makes of kiosk.yaml, the defaults if there is no such file, None if there are problems."""
        paths = [self._folder / name for name in SETTINGS_FILES]
        there = [path for path in paths if os.path.lexists(path)]
        if len(there) > 1:
            self.problems.append(Problem('there is also a "kiosk.yaml"', "keep one of the two", path=there[1]))
        return self._read(there[0], read) if there else Settings()

    def _read(self, path: Path, read: Callable[[yaml.Node], T]) -> T | None:
        return self._try(path, lambda: read(document(read_text(path))))

    def _try(self, path: Path, make: Callable[[], T]) -> T | None:
        try:
            with warnings_as(lambda one: one._replace(path=path)):
                return make()
        except ContentError as error:
            self.problems += error.within(path)
            return None
