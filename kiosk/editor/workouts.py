"""The routes of what is in the config folder: circuits, exercises, settings, and the changes to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from kiosk.config.values import FILE_NAME
from kiosk.config_files import LARGEST_PICTURE, PICTURE_SUFFIXES, PICTURES
from kiosk.editor.body import BodyError
from kiosk.editor.pictures import decoder
from kiosk.editor.reply import Asked, Reply, document_in, version_in
from kiosk.remote.place import places_to_ask

JPEG = b"\xff\xd8"


def overview(asked: Asked) -> dict[str, Any]:
    places = {"wall": any(path.exists() for path in places_to_ask())}
    return {**asked.page.store.overview(), "places": places}


def read(asked: Asked, kind: str, name: str) -> dict[str, Any]:
    return asked.page.store.read(kind, name)


def new(asked: Asked, kind: str) -> dict[str, Any]:
    return asked.page.store.save(kind, None, document_in(asked.group()), None)


def save(asked: Asked, kind: str, name: str) -> dict[str, Any]:
    group = asked.group()
    # What somebody else has deleted meanwhile has no version any more, and is made again.
    version = None if group.get("version", "") is None else version_in(group)
    return asked.page.store.save(kind, name, document_in(group), version)


def duplicate(asked: Asked, kind: str, name: str) -> dict[str, Any]:
    title = asked.group().get("title")
    return asked.page.store.duplicate(kind, name, title if isinstance(title, str) else None)


def delete(asked: Asked, kind: str, name: str) -> dict[str, Any]:
    return asked.page.store.delete(kind, name, version_in(asked.group())) or {}


def order(asked: Asked) -> dict[str, Any]:
    names = asked.group().get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) and FILE_NAME.fullmatch(name) for name in names):
        raise BodyError("These are not names of circuits.")
    return asked.page.store.order(names) or {}


def settings(asked: Asked) -> dict[str, Any]:
    return asked.page.store.settings()


def save_settings(asked: Asked) -> dict[str, Any]:
    group = asked.group()
    values = group.get("values")
    if not isinstance(values, dict):
        raise BodyError("There are no settings in this request.")
    return asked.page.store.save_settings(values, version_in(group))


def changes(asked: Asked) -> dict[str, Any]:
    return {"changes": asked.page.store.changes()}


def undo(asked: Asked, name: str) -> dict[str, Any]:
    return asked.page.store.undo(name)


def reset(asked: Asked) -> dict[str, Any]:
    return asked.page.store.reset()


def archive(asked: Asked) -> Reply:
    headers = (("Content-Disposition", 'attachment; filename="workouts.zip"'),)
    return Reply(asked.page.store.archive(), "application/zip", headers=headers)


def take_archive(asked: Asked) -> dict[str, Any]:
    with decoder() as decode:

        def rewrite(content: bytes) -> bytes:
            """Return a picture of a zip, written anew unless it is the wall's own one that comes back."""
            known = content.startswith(JPEG) and sha256(content).digest() in own
            return content if known else decode([content]).frames[0]

        own = {sha256(one).digest() for one in _pictures(asked.page.folder / PICTURES)}
        return asked.page.store.take_archive(asked.file(), rewrite)


def _pictures(folder: Path) -> Iterator[bytes]:
    """Yield the content of the pictures that are there."""
    for path in folder.glob("*"):
        with suppress(OSError):
            if path.suffix in PICTURE_SUFFIXES and path.stat().st_size <= LARGEST_PICTURE:
                yield path.read_bytes()
