"""Takes files over into the config folder, all at once or not at all, and takes that back.

The folder is copied, the copy is changed, and the two change places in one step of the kernel. So whoever reads the
folder, and whoever starts after a power cut, finds all of the old files or all of the new ones.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.stick import files
from kiosk.stick.files import Files

BEFORE = ".before-stick"
"""End of the name of the folder with the version before, which is beside the config folder."""
_UNFINISHED = ".from-stick"
RECORD = ".stick"
"""Name of the file in the config folder that says which stick was taken last."""
_EXCHANGE = 2


class ChangedMeanwhileError(Exception):
    """The config folder was changed while the stick was checked, so nobody has checked the two together."""


class NothingToUndoError(Exception):
    """There is no version before."""


def take(config: Path, new: Files, gone: Collection[str], digest: str, record: str = "") -> None:
    """Write the files `new` into the config folder, and remove those in `gone`.

    Afterwards all files of the folder must have this digest. Raises ChangedMeanwhileError or OSError, and then nothing
    is changed.
    """
    with _beside(config) as (parent, name):
        unfinished, before = name + _UNFINISHED, name + BEFORE
        _remove(unfinished, parent)
        try:
            files.copy_folder(name, unfinished, parent)
            with files.opened(unfinished, parent) as folder:
                for path in gone:
                    _drop(path, folder)
                for path in new:
                    _replace(path, new[path], folder)
                _replace(RECORD, f"{record}\n".encode(), folder)
                if files.digest_of(files.config_files(folder)) != digest:
                    raise ChangedMeanwhileError
                os.fsync(folder)
            _remove(before, parent)
            # Whatever ends this here: either the folder of this name is not in use, or it is the version before.
            os.rename(unfinished, before, src_dir_fd=parent, dst_dir_fd=parent)
            try:
                _exchange(before, name, parent)
            except OSError:
                _remove(before, parent)
                raise
        except BaseException:
            _remove(unfinished, parent)
            raise
        os.fsync(parent)


def undo(config: Path) -> None:
    """Bring the version before back. Once more brings the later one back. Raises NothingToUndoError or OSError."""
    with _beside(config) as (parent, name):
        try:
            _exchange(name + BEFORE, name, parent)
        except FileNotFoundError:
            raise NothingToUndoError from None
        os.fsync(parent)


def taken_last(config: Path) -> str:
    """Return the record of the stick that was taken last, "" if there was none."""
    try:
        return (config / RECORD).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


@contextmanager
def _beside(config: Path) -> Iterator[tuple[int, str]]:
    """Yield the open folder around the config folder, and the name of the config folder in it. Links are followed.

    Meanwhile the page does not write into the config folder.
    """
    real = Path(os.path.realpath(config, strict=True))
    with files.opened(real.parent) as parent, files.locked(real):
        yield parent, real.name


def _replace(path: str, content: bytes, folder: int) -> None:
    """Write a file of the config folder. It keeps its owner and mode, or has those of the folder."""
    around = path.rpartition("/")[0]
    if around and around not in files.entries(folder):
        about = os.fstat(folder)
        files.make_folder(around, folder, (about.st_uid, about.st_gid), 0o755)
    with files.folder_of(path, folder) as (inner, name):
        _replace_in(name, content, inner)
        os.fsync(inner)


def _drop(path: str, folder: int) -> None:
    with files.folder_of(path, folder) as (inner, name):
        os.unlink(name, dir_fd=inner)


def _replace_in(name: str, content: bytes, folder: int) -> None:
    about, mode = os.fstat(folder), 0o644
    owner = about.st_uid, about.st_gid
    if name in files.entries(folder):
        about = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISREG(about.st_mode):
            owner, mode = (about.st_uid, about.st_gid), stat.S_IMODE(about.st_mode)
        os.unlink(name, dir_fd=folder)
    files.write(name, content, folder, owner, mode)


def _remove(name: str, parent: int) -> None:
    try:
        shutil.rmtree(name, dir_fd=parent)
    except FileNotFoundError:
        return


def _exchange(one: str, other: str, parent: int) -> None:
    """Let two folders change names, in one step. Raises OSError, such as EXDEV where the file system cannot."""
    renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    if renameat2(parent, os.fsencode(one), parent, os.fsencode(other), _EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), one)
