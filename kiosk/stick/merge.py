"""Merges the files of a stick with those of the wall and checks the result as a whole, before anything is changed."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from math import ceil
from pathlib import Path, PurePath

from kiosk import config
from kiosk.circuit import Circuit
from kiosk.config.document import document
from kiosk.config.problem import ContentError
from kiosk.config.reading import decode
from kiosk.config.settings import Usb, settings
from kiosk.config_files import SETTINGS_FILES, SUB_FOLDERS
from kiosk.errors import FileError, Problem
from kiosk.notice import MOST_ROWS, Notice, Row
from kiosk.picture.files import clip_of
from kiosk.plural import count_of
from kiosk.stick import content as stick
from kiosk.stick import files, notices
from kiosk.stick import settings as stick_settings
from kiosk.stick.answer import MERGED, Answer, Wish
from kiosk.stick.content import Content, StickError
from kiosk.stick.files import Files, LateFiles
from kiosk.stick.replaced import replaced_by
from kiosk.stick.take_over import taken_last
from kiosk.timeline import Timeline

_KINDS = dict(zip(SUB_FOLDERS, ("circuit", "exercise", "figure", "picture"), strict=True))
_SETTINGS = "Settings"
_CHOOSE = "Hold the button on the start screen to choose one."


def answer_to(folder: int, wall: Path, work: Path, *, left_in: bool = False) -> Answer:
    """Return what is to be done about an open folder `kiosk` of a stick. The wall's config is in the folder `wall`.

    `work` is a folder for the merged files. A stick that was `left_in` while the wall was off is not taken again, and
    undoes nothing again. Never raises an error because of what is on the stick or in the config: the answer's notice
    says what is wrong.
    """
    try:
        with ExitStack() as opened:
            return _answer(folder, _ours(wall, opened), wall, work, left_in=left_in)
    except FileError as error:
        return Answer(Wish.NOTHING, _refused(error, work))
    except files.TooMuchError as error:
        return Answer(Wish.NOTHING, notices.refused_by_disk(error))


def _answer(folder: int, ours: LateFiles, wall: Path, work: Path, *, left_in: bool) -> Answer:
    if not is_on(ours):
        return Answer(Wish.NOTHING)
    try:
        found = stick.read(folder)
        record = files.digest_of(found.files)
    except files.TooMuchError:
        raise
    except OSError as error:
        return Answer(Wish.NOTHING, notices.refused_by_stick(error))
    if found.undo and left_in:
        return Answer(Wish.NOTHING)
    if found.undo or found.empty:
        return _asked(found, ours)
    if left_in and record == taken_last(wall):
        return Answer(Wish.NOTHING)
    answered = _taken(found.files, ours, wall, work, record)
    return Answer(Wish.NOTHING) if left_in and answered.wish is Wish.NOTHING else answered


def is_on(ours: Files) -> bool:
    """Return whether the wall takes anything from sticks. If its kiosk.yaml cannot be read, it does."""
    try:
        root = document(decode(ours[files.settings_file(ours)]))
    except (KeyError, ContentError):
        return True
    return stick_settings.value_of(root, "usb") != Usb.OFF


def _ours(wall: Path, opened: ExitStack) -> LateFiles:
    try:
        return files.config_files(opened.enter_context(files.opened(wall.resolve())))
    except files.TooMuchError:
        raise
    except OSError as error:
        what = f"the wall's own files cannot be read ({error.strerror or error})"
        raise FileError(Problem(what, 'see what "kiosk check" says there')) from error


def _asked(found: Content, ours: Files) -> Answer:
    if found.undo:
        line = "The version before the last stick is back."
        return Answer(Wish.UNDO, Notice("As it was before", line=line, note=notices.PULL))
    circuits = sum(name.startswith("circuits/") for name in ours)
    headline = f"{count_of(circuits, 'circuit')} copied to the stick"
    note = "Change the files on a computer, and put the stick in again."
    return Answer(Wish.COPY, Notice(headline, line=notices.PULL, note=note))


def _taken(theirs: LateFiles, ours: LateFiles, wall: Path, work: Path, record: str) -> Answer:
    new = {name: read for name, read in theirs.reads.items() if name not in SETTINGS_FILES}
    merged = LateFiles({**ours.reads, **new})
    gone = tuple(sorted(replaced_by(new) & set(ours)))
    for name in gone:
        del merged.reads[name]
    if problems := _bring_settings(theirs, merged, ours):
        raise StickError(*problems)
    changed = [name for name in merged if name not in ours or ours[name] != merged[name]]
    library = _checked(merged, set(changed), wall.resolve(), work, set(theirs))
    if not changed and not gone:
        line = "The wall has everything that is on it."
        return Answer(Wish.NOTHING, Notice("Nothing new on the stick", line=line, note=notices.PULL))
    # What was checked is what is taken, whatever becomes of the stick meanwhile.
    taken = {name: (work / MERGED / name).read_bytes for name in changed}
    digest = files.digest_of(LateFiles({**merged.reads, **taken}))
    return Answer(Wish.TAKE, _news(changed, library), LateFiles(taken), gone, digest, record)


def _bring_settings(theirs: Files, merged: LateFiles, ours: Files) -> list[Problem]:
    """Bring the stick's settings into the merged files. Return the problems with them."""
    their, own = files.settings_file(theirs), files.settings_file(ours)
    if their not in theirs:
        return []
    circuits = {PurePath(name).stem for name in merged if name.startswith("circuits/")}
    text = decode(ours.get(own, b""))
    try:
        node = document(decode(theirs[their]))
        settings(node, circuits)
        problems = stick_settings.unsafe(node, document(text) if text.strip() else None)
        if not problems and (brought := stick_settings.brought(node, text)) != text:
            merged.reads[own] = files.kept(brought.encode())
    except ContentError as error:
        problems = list(error.problems)
    return [problem._replace(path=PurePath(their)) for problem in problems]


def _checked(merged: Files, changed: set[str], wall: Path, work: Path, theirs: set[str]) -> config.Library:
    """Return the library of the merged files. Raises FileError with paths on the stick or on the wall."""
    folder = work / MERGED
    for name in merged:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if files.is_picture(name) and name not in changed:
            # The folder is in memory, which the wall's pictures would fill.
            (folder / name).symlink_to(wall / name)
        else:
            (folder / name).write_bytes(merged[name])
    try:
        library, _ = config.check(folder, is_good=lambda file: file.path.is_symlink())
    except FileError as error:
        raise FileError(*(_placed(problem, folder, theirs) for problem in error.problems)) from error
    return library


def _placed(problem: Problem, folder: Path, theirs: set[str]) -> Problem:
    """Return a problem in a merged file with the path of the file on the stick, or on the wall."""
    if problem.path is None or not problem.path.is_relative_to(folder):
        return problem
    path = problem.path.relative_to(folder)
    return problem._replace(path=path if str(path) in theirs else PurePath("/", path))


def _refused(error: FileError, work: Path) -> Notice:
    """Return the notice with the first problem, and how many more there are."""
    first, *more = error.problems
    what = f"{first.what}." + (f" And {count_of(len(more), 'more mistake')}." if more else "")
    fix = first.right or "correct this"
    begun = f"{fix[:1].upper()}{fix[1:].rstrip('.?')}"
    ends = "? Then " if first.right.endswith("?") else ", and "
    return notices.refused(what, f"{begun}{ends}{notices.AGAIN}.", _where(first))


def _where(problem: Problem) -> str:
    if problem.path is None:
        return ""
    place = "On the wall" if problem.path.is_absolute() else "On the stick"
    line = f", line {problem.line}" if problem.line else ""
    return f"{place}: {str(problem.path).lstrip('/')}{line}"


def _news(changed: Collection[str], library: config.Library) -> Notice:
    """Return the notice that says what was taken."""
    rows: list[Row] = []
    counts: dict[str, int] = {}
    circuits = {circuit.id: circuit for circuit in library.circuits}
    for folder, kind in _KINDS.items():
        stems = (PurePath(name).stem for name in changed if name.startswith(f"{folder}/"))
        names = list(dict.fromkeys((clip_of(stem) or stem) if kind == "picture" else stem for stem in stems))
        counts[kind] = len(names)
        if kind == "circuit":
            rows += [_row(circuit) for id_, circuit in circuits.items() if id_ in names]
        else:
            titles = {id_: exercise.name for id_, exercise in library.exercises.items()} if kind == "exercise" else {}
            rows += [Row(titles.get(name, name), kind) for name in names]
    if any(name in SETTINGS_FILES for name in changed):
        rows.append(Row(_SETTINGS, "kiosk.yaml"))
    first = next((kind for kind, count in counts.items() if count), None)
    taken = count_of(counts[first], first) if first else _SETTINGS
    note = _CHOOSE if first == "circuit" else ""
    more = max(0, len(rows) - MOST_ROWS)
    return Notice(f"{taken} taken from the stick", tuple(rows[:MOST_ROWS]), more, notices.PULL, note)


def _row(circuit: Circuit) -> Row:
    timeline = Timeline.of(circuit)
    minutes = f"{max(1, ceil(timeline.listed_s / 60))} min"
    return Row(circuit.name, f"{minutes} and more" if timeline.takes_longer else minutes)
