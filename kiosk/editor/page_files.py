"""The files of the page itself: a table that is made at the start, so that no name leads to any other file."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("static")
INDEX = "index.html"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
"""The types of files that the page may have, by suffix. Other files in its folder are not for browsers."""


class PageFile(NamedTuple):
    """A file of the page. `zipped` is None where that would not be smaller."""

    type: str
    content: bytes
    zipped: bytes | None
    tag: str


def page_files(folder: Path = FOLDER) -> dict[str, PageFile]:
    """Return the files of the page by name."""
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in TYPES and path.is_file()}


def _read(path: Path) -> PageFile:
    content = path.read_bytes()
    zipped = gzip.compress(content, 9, mtime=0)
    return PageFile(TYPES[path.suffix], content, zipped if len(zipped) < len(content) else None, tag_of(content))


def tag_of(content: bytes) -> str:
    """Return the ETag of an answer, by which a browser asks whether what it keeps is still the same."""
    return f'"{sha256(content).hexdigest()[:16]}"'
