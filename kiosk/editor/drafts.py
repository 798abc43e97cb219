"""Changed files together with all others of the config folder, as the wall would see them, and their mistakes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from kiosk import config
from kiosk.circuit import Amrap, Block, Circuit, Entry, ForTime, Stations, Work
from kiosk.config.problem import ContentError
from kiosk.config.reading import decode, read_text
from kiosk.editor import documents
from kiosk.editor.documents import Document, path_to
from kiosk.editor.errors import ProblemFacts, Refused, facts
from kiosk.editor.names import entries, of_kind, shape, title_of
from kiosk.editor.workspace import Changed
from kiosk.editor.yaml_edit import fresh
from kiosk.errors import Problem
from kiosk.stick.files import Files
from kiosk.system.folders import memory_folder
from kiosk.timeline import Interval, Kind, Timeline

_RESTS = {
    Kind.GET_READY: "Get ready",
    Kind.SWITCH: "Switch sides",
    Kind.CHANGEOVER: "Changeover",
    Kind.ROUND_BREAK: "Round break",
    Kind.REST: "Rest",
}
MOST_PLACED = 100
"""Maximum number of problems whose fields are looked for, which takes the longer the larger the file is."""
_PATIENCE_S = 120.0
"""How long figures and pictures may take to be checked. A Pi draws a figure in a few seconds."""


class Checked(NamedTuple):
    """What is wrong with a config folder, and what can be read of it."""

    library: config.Library | None
    problems: list[ProblemFacts]
    warnings: list[ProblemFacts]


@contextmanager
def merged(there: Changed, changed: Changed) -> Iterator[Path]:
    """Write files into a folder of its own, with changes, of which None removes a file. Yield the folder."""
    with tempfile.TemporaryDirectory(prefix="kiosk-draft-", dir=memory_folder()) as name:
        folder = Path(name)
        for path, content in {**there, **changed}.items():
            if content is None:
                continue
            target = folder / path
            target.parent.mkdir(exist_ok=True)
            if isinstance(content, Path):
                target.symlink_to(content.absolute())
            else:
                target.write_bytes(content)
        yield folder


def check(folder: Path, draft: str = "") -> Checked:
    """Return what is wrong with a folder. In the file `draft`, problems have the paths of their fields."""
    library, problems, warnings = config.survey(folder)
    root = None
    if draft:
        with suppress(ContentError):
            root = documents.read(read_text(folder / draft)).root

    def told(found: Iterable[Problem]) -> Iterator[ProblemFacts]:
        for number, problem in enumerate(found):
            file = within(problem.path, folder)
            is_placed = file == draft and problem.line and number < MOST_PLACED
            yield facts(problem, path_to(root, problem) if root is not None and is_placed else (), file)

    return Checked(library, list(told(problems)), list(told(warnings)))


def needed(there: Files, kind: str, path: str, document: Document) -> Files:
    """Return the files that a draft needs to be shown, without its own: so its plan and its picture come sooner.

    For an exercise there is a circuit that does nothing else.
    """
    if kind == "exercises":
        name = PurePath(path).stem
        circuit = {"name": "Draft", "work": 60, "exercises": [{"exercise": name}]}
        return {"circuits/draft.yaml": fresh(circuit).encode()}
    files = of_kind(there, "exercises")
    named = {str(one["exercise"]).strip() for one in entries(document) if "exercise" in one}
    titles = {shape(one) for one in named if one not in files}
    return {
        file: there[file]
        for name, file in files.items()
        if name in named or (titles and shape(title_in(there[file], name)) in titles)
    }


@lru_cache(maxsize=1000)
def title_in(content: bytes, name: str) -> str:
    """Return the title in a file, or the name of the file if it has none."""
    try:
        return title_of(documents.read(decode(content)).document, name)
    except ContentError:
        return name


def thoroughly(folder: Path) -> list[ProblemFacts]:
    """Return what is wrong with a folder, also with its figures and its pictures.

    These are drawn, with pygame, in a process that ends again: the editor has no memory for that.
    """
    command = [sys.executable, "-I", "-m", "kiosk.editor.trial", str(folder)]
    with suppress(subprocess.TimeoutExpired):
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False)
        if ran.returncode == 0:
            found: list[ProblemFacts] = json.loads(ran.stdout)
            return found
    return [facts(Problem("the figures and pictures cannot be checked", "try again with fewer of them"))]


def new_problems(
    found: Iterable[ProblemFacts], before: Iterable[ProblemFacts], changed: Iterable[str]
) -> list[ProblemFacts]:
    """Return the problems that a change makes or leaves in its own files. Others were there, and hinder nobody."""
    known = {(one["file"], one["what"]) for one in before}
    files = set(changed)
    return [one for one in found if one["file"] in files or (one["file"], one["what"]) not in known]


def within(path: PurePath | None, folder: Path) -> str:
    """Return the name that a file has in a config folder."""
    if path is None:
        return ""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else path.name


def plan(circuit: Circuit) -> dict[str, Any]:
    """Return the intervals of a circuit for the page, each with the path of its entry in the document.

    Open work has its cap as its length, as in `kiosk show --at`; `total_s` leaves it out.
    """
    timeline = Timeline.of(circuit)
    paths = list(_paths(circuit.content, ()))
    return {
        "total_s": timeline.known_s,
        "length_s": timeline.total_s,
        "open": timeline.open_count,
        "intervals": [_facts(one, paths[one.step]) for one in timeline.intervals],
    }


def _facts(interval: Interval, path: documents.Path) -> dict[str, Any]:
    works = interval.works
    found: dict[str, Any] = {
        "kind": interval.kind.value,
        "start_s": interval.start_s,
        "length_s": interval.duration_s,
        "label": _label(interval) if works else _RESTS[interval.kind],
        "path": list(path),
    }
    return {**found, "open": True} if interval.open else found


def _label(interval: Interval) -> str:
    name = interval.exercise.name
    return f"{name} ({interval.side.value})" if interval.side else name


def _paths(entry: Entry, path: documents.Path) -> Iterator[documents.Path]:
    """Yield the path of the entry of each step of a circuit, in order."""
    match entry:
        case Work():
            yield from (path for _ in entry.sets)
        case Block():
            for one in entry.rounds:
                for place, child in enumerate(one.entries):
                    yield from _paths(child, (*path, "exercises", place))
        case Stations():
            for lap in entry.laps:
                yield from (path for _ in range(len(lap.stations) * lap.sets))
        case Amrap() | ForTime():
            yield path


def refuse(problems: list[ProblemFacts], warnings: Iterable[ProblemFacts] = ()) -> None:
    """Raise Refused if there are any problems."""
    if problems:
        raise Refused(problems, warnings)
