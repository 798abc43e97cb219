"""A config folder as a zip file, and back. Nothing of a zip is unpacked before all of it is within the limits."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from os import SEEK_END
from pathlib import Path, PurePosixPath
from typing import IO

from kiosk.config_files import LARGEST_FILE, LARGEST_PICTURE
from kiosk.editor.errors import Refused
from kiosk.editor.folder import ORDER, is_picture, is_text
from kiosk.printable import shown
from kiosk.stick import files as stick

LARGEST = 45_000_000
"""Maximum size of a zip, in bytes: that of as much as a stick may bring."""
MOST_FILES = stick.MOST_FILES + stick.MOST_PICTURES
MOST_TEXT = stick.MOST_BYTES
MOST_BYTES = stick.MOST_BYTES + stick.MOST_PICTURE_BYTES
"""Maximum size of all unpacked files in YAML, and of all files, in bytes. A zip makes pictures hardly smaller."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_PLACES = "circuits, exercises, figures and pictures, and kiosk.yaml"


def pack(files: Iterable[tuple[str, bytes]], target: IO[bytes]) -> None:
    """Write files into a zip. Each has its name in a config folder and its content."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            method = zipfile.ZIP_STORED if is_picture(name) else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)


def unpacked(
    source: IO[bytes], folder: Path, rewrite: Callable[[bytes], bytes] | None = None
) -> dict[str, bytes | Path]:
    """Return the files of a config folder that are in a zip. Pictures are put into a folder: they may be large.

    `rewrite` decodes a picture and writes it anew, as JPEG; it raises ValueError for what is none. Raises Refused.
    """
    found: dict[str, bytes | Path] = {}
    for name, content in _contents(source):
        if not is_picture(name):
            found[name] = content
            continue
        picture = name
        if rewrite is not None:
            picture = str(PurePosixPath(name).with_suffix(".jpg"))
            if picture in found:
                raise Refused.because("there is another picture of this name", "remove one", name)
            try:
                content = rewrite(content)
            except ValueError as error:
                wrong = "this is no picture that the wall can show"
                raise Refused.because(wrong, "save it as a JPEG", name) from error
        found[picture] = path = folder / str(len(found))
        path.write_bytes(content)
    return found


def _contents(source: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and the contents of the files of a config folder that are in a zip. Raises Refused."""
    if source.seek(0, SEEK_END) > LARGEST:
        raise Refused.because("the file is too large", f"at most {LARGEST // 1_000_000} MB")
    try:
        with zipfile.ZipFile(source) as archive:
            for name, info in _wanted(archive.infolist()).items():
                yield name, _content(archive, info, name)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError) as error:
        raise Refused.because("this is no zip file, or it is damaged", "download it again") from error
    except (NotImplementedError, RuntimeError, OverflowError) as error:
        raise Refused.because("this kind of zip file cannot be read", "make an ordinary one") from error


def _wanted(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return what is to be unpacked, by its name in a config folder."""
    if len(infos) > MOST_FILES:
        raise Refused.because(f"there are {len(infos)} files in it", f"at most {MOST_FILES}")
    for info in infos:
        _check(info)
    around = _folder_around(infos)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = stick.with_small_ending(info.filename.removeprefix(around))
        if info.is_dir() or not (is_text(name) or is_picture(name)):
            continue
        if name in found:
            raise Refused.because(f"{shown(name)} is in it twice", "make a new one")
        most = LARGEST_PICTURE if is_picture(name) else LARGEST_FILE
        if info.file_size > most:
            raise Refused.because("the file is too large", f"at most {most // 1000:,} kB", name)
        found[name] = info
    if not found:
        raise Refused.because("there is nothing to take in it", f"it has to have the folders {_PLACES}")
    text = sum(info.file_size for name, info in found.items() if is_text(name))
    if text > MOST_TEXT or sum(info.file_size for info in found.values()) > MOST_BYTES:
        raise Refused.because("there is too much in it", f"at most {MOST_BYTES // 1_000_000} MB")
    return found


def _check(info: zipfile.ZipInfo) -> None:
    """Raise Refused for what no honest zip of a config folder has."""
    # `filename` has slashes only, and ends before a zero; the original name says what was meant.
    name, mode = info.orig_filename, info.external_attr >> 16
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or "\\" in name or "\0" in name or name[1:2] == ":":
        raise Refused.because(f"the name {shown(name[:60])} leads to another place", "make a new zip file")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused.because(f"{shown(name[:60])} is a link or not an ordinary file", "put the file itself into it")
    if info.flag_bits & _ENCRYPTED:
        raise Refused.because("it is encrypted", "make one without a password")
    if info.compress_type not in _METHODS:
        raise Refused.because("this kind of zip file cannot be read", "make an ordinary one")


def _folder_around(infos: list[zipfile.ZipInfo]) -> str:
    """Return the one folder in which everything is, with a slash, if somebody has packed the folder itself."""
    for info in infos:
        first, slash, rest = info.filename.partition("/")
        inner = rest.partition("/")[0]
        if slash and first not in ORDER and not first.startswith(("__", ".")) and (inner in ORDER or is_text(inner)):
            return f"{first}/"
    return ""


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Return the content of a file in a zip, of which no more is unpacked than it claims to have."""
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
        if len(content) != info.file_size or file.read(1):
            raise Refused.because("it is damaged", "download it again", name)
    return content
