"""The answer of the reader, who may do nothing, to root, who does it."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kiosk.config_files import largest
from kiosk.notice import Notice, as_json, from_json
from kiosk.stick import files
from kiosk.stick.files import Files

FILE = "answer.json"
LARGEST = 1_000_000
"""Maximum size of the answer, in bytes. It has names, and the contents are in MERGED."""
MERGED = "merged"
"""The folder, beside the answer, with the files as they are to be."""


class Wish(StrEnum):
    """What is to be done."""

    NOTHING = "nothing"
    TAKE = "take"
    COPY = "copy"
    """Copy the wall's files to the stick."""
    UNDO = "undo"


class Answer(NamedTuple):
    """What is to be done about a stick, and what the wall says when it is done: nothing without a `notice`.

    To take: the files `new` are written, those in `gone` removed, and then all files must have the hash `digest`.
    `record` identifies the content of the stick.
    """

    wish: Wish
    notice: Notice | None = None
    new: Files = MappingProxyType({})
    gone: tuple[str, ...] = ()
    digest: str = ""
    record: str = ""


def save(answer: Answer, folder: Path) -> None:
    """Write the answer into a folder, where the files to take are in MERGED already."""
    notice = None if answer.notice is None else as_json(answer.notice)
    text = json.dumps({**answer._asdict(), "new": list(answer.new), "notice": notice})
    (folder / FILE).write_text(text, encoding="utf-8")


def load(folder: Path) -> Answer:
    """Return the answer in a folder, whose owner may be anybody. Raises OSError or ValueError."""
    with files.opened(folder) as around:
        said = json.loads(files.read(FILE, around, most=LARGEST))
    match said:
        case {
            "wish": str(wish),
            "notice": notice,
            "new": list(new),
            "gone": list(gone),
            "digest": str(digest),
            "record": str(record),
        } if all(isinstance(name, str) and files.is_config_file(name) for name in (*new, *gone)):
            contents = files.LateFiles({name: partial(_content, folder, name) for name in new})
            told = None if notice is None else from_json(notice)
            return Answer(Wish(wish), told, contents, tuple(gone), digest, record if record.isalnum() else "")
    raise ValueError("this is no answer")


def _content(folder: Path, name: str) -> bytes:
    """Return a file to take. Its owner may be anybody, so no link is followed. Raises OSError."""
    with (
        files.opened(folder) as here,
        files.opened(MERGED, here) as merged,
        files.folder_of(name, merged) as (inner, file),
    ):
        return files.read(file, inner, most=largest(name))
