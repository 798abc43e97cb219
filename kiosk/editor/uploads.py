"""Pictures that were sent to the page, kept until a document names them; and the pictures that exercises have."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from kiosk.config_files import PICTURES
from kiosk.editor.documents import Document
from kiosk.editor.errors import Missing, Refused, facts
from kiosk.errors import Problem
from kiosk.picture.files import MOST_FRAMES, clip_of

KEY = "picture"
MOST = 20
"""Maximum number of uploads that are kept. The oldest go first."""
_ID = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """The pictures in a folder of the page's own, which its server has decoded and written anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, frames: list[bytes]) -> str:
        """Keep a photo, or the frames of a clip, all JPEG; return the id by which a document names them."""
        if not 1 <= len(frames) <= MOST_FRAMES:
            raise Refused.because(f"there are {len(frames)} pictures", f"one, or at most {MOST_FRAMES} for a clip")
        id_ = secrets.token_hex(16)
        new = self._folder / f".{id_}"
        new.mkdir(parents=True)
        for number, frame in enumerate(frames, 1):
            (new / f"{number:02}.jpg").write_bytes(frame)
        new.rename(self._folder / id_)
        kept = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for old in kept[:-MOST]:
            shutil.rmtree(old, ignore_errors=True)
        return id_

    def frames(self, id_: object) -> list[Path]:
        """Return the files of an upload. Raises Missing."""
        folder = self._folder / id_ if isinstance(id_, str) and _ID.fullmatch(id_) else None
        if folder is None or not folder.is_dir():
            raise Missing("These pictures are no longer there: choose them again.")
        return sorted(folder.iterdir())


def place(uploads: Uploads, document: Document, name: str, taken: Collection[str]) -> dict[str, Path]:
    """Return the files in a config folder that an exercise's new pictures become, and let the document name them.

    `name` is that of the exercise's file, `taken` the names that its pictures must not have. Raises Refused.
    """
    upload = document.get(KEY)
    if not isinstance(upload, dict):
        return {}
    try:
        frames = uploads.frames(upload.get("upload"))
    except Missing as missing:
        raise Refused([facts(Problem(str(missing), "choose them again"), (KEY,))]) from missing
    # A name that ends in two digits would be that of a frame.
    stem = name[:60]
    if (clip := clip_of(stem)) is not None:
        stem = f"{clip}_{stem[-2:]}"
    picture, number = stem, 1
    while picture in taken:
        number += 1
        picture = f"{stem}_{number}"
    document[KEY] = picture
    if len(frames) == 1:
        return {f"{PICTURES}/{picture}.jpg": frames[0]}
    return {f"{PICTURES}/{picture}-{number:02}.jpg": frame for number, frame in enumerate(frames, 1)}


def of_picture(picture: object, there: Iterable[str]) -> list[str]:
    """Return the files of a picture that an exercise names: those of a photo, then the frames of a clip in order."""
    if not isinstance(picture, str):
        return []
    stems = {path: PurePosixPath(path).stem for path in sorted(there)}
    photos = [path for path, stem in stems.items() if stem == picture]
    frames = [path for path, stem in stems.items() if clip_of(stem) == picture]
    return photos + frames


def names_taken(before: Document, others: Iterable[Document], there: Iterable[str]) -> set[str]:
    """Return the names that an exercise's new pictures must not have: those of other pictures, named or not."""
    named = {str(card[KEY]) for card in others if isinstance(card.get(KEY), str)}
    own = before.get(KEY)
    stems = {PurePosixPath(path).stem for path in there}
    found = {clip_of(stem) or stem for stem in stems} | stems
    return named | {name for name in found if own is None or own not in (name, clip_of(name))}


def needless(before: Mapping[str, Any], after: Mapping[str, Any], there: Collection[str]) -> list[str]:
    """Return the pictures that exercises named before and do not name after. Both are documents by names."""
    named = {path for card in after.values() for path in of_picture(card.get(KEY), there)}
    return [path for card in before.values() for path in of_picture(card.get(KEY), there) if path not in named]
