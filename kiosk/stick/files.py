"""Reads and writes files in folders that are open, where no link leads to another place, and within limits."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from kiosk.config_files import LARGEST_FILE, PICTURES, SETTINGS_FILES, SUB_FOLDERS, SUFFIXES, largest, suffixes_in

Files = Mapping[str, bytes]
"""The contents of files, by names such as "circuits/monday.yaml"."""
Read = Callable[[], bytes]
ENDINGS = (*SUFFIXES, *(f"{suffix}.txt" for suffix in SUFFIXES))
"""Endings of the files that are read. Those in .txt are mistakes, which are reported."""
MOST_BYTES = 5_000_000
MOST_FILES = 500
"""Maximum size and number of the files of a folder."""
MOST_PICTURE_BYTES = 40_000_000
MOST_PICTURES = 1500
"""Maximum size and number of all pictures, likewise: thirty clips, say. The new ones lie in memory for a while."""
MOST_ENTRIES = 2000
"""Maximum number of entries of a folder that is looked through."""
LARGEST_COPIED = 20_000_000
"""Maximum size of any other file in a config folder that is copied, in bytes."""
DEEPEST = 12
"""Maximum levels of folders in a config folder that is copied."""

Owner = tuple[int, int]


class NotPlainError(OSError):
    """The error for something that is neither a file nor a folder, such as a link or a pipe."""


class TooMuchError(OSError):
    """The error for more or larger files than the limits allow."""


class LateFiles(Files):
    """Files that are read when their contents are asked for, again and again: pictures would fill the memory."""

    def __init__(self, reads: Mapping[str, Read]) -> None:
        self.reads = dict(reads)

    def __getitem__(self, name: str) -> bytes:
        return self.reads[name]()

    def __contains__(self, name: object) -> bool:
        return name in self.reads

    def __iter__(self) -> Iterator[str]:
        return iter(self.reads)

    def __len__(self) -> int:
        return len(self.reads)


def is_config_file(name: str) -> bool:
    """Return whether a config folder may have a file of this name, such as "circuits/monday.yaml"."""
    folder, _, file = name.rpartition("/")
    if not folder:
        return file in SETTINGS_FILES
    ignored = file.startswith(".") or file.endswith("~") or "\0" in file
    endings = suffixes_in(folder) if folder == PICTURES else ENDINGS
    return folder in SUB_FOLDERS and file.lower().endswith(endings) and not ignored


def is_picture(name: str) -> bool:
    return name.startswith(f"{PICTURES}/")


def settings_file(files: Collection[str]) -> str:
    """Return the name that the settings' file has among these files, or is to have."""
    return next((name for name in SETTINGS_FILES if name in files), SETTINGS_FILES[0])


def with_small_ending(name: str) -> str:
    """Return the name with its ending in small letters, as some computers write MONDAY.YAML."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{dot}{ending.lower()}" if dot else name


def digest_of(files: Files) -> str:
    """Return a hash of the names and the contents of files."""
    # The wall needs this module before its first picture, but no hashes.
    import hashlib

    sums = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        sums.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
    return sums.hexdigest()


@contextmanager
def opened(name: str | os.PathLike[str], within: int | None = None, *, follow: bool = False) -> Iterator[int]:
    """Open a folder; yield its descriptor. It must not be a link, unless these are to be followed."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(name, flags, dir_fd=within)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def folder_of(path: str, folder: int) -> Iterator[tuple[int, str]]:
    """Yield the open folder in which a file of an open config folder is, and the file's name in it."""
    around, _, name = path.rpartition("/")
    if not around:
        yield folder, name
        return
    with opened(around, folder) as inner:
        yield inner, name


@contextmanager
def locked(config: str | os.PathLike[str], *, shared: bool = False) -> Iterator[int]:
    """Open a config folder for one writer, or for several readers, and yield its descriptor.

    The page writes into the folder, and a stick exchanges it as a whole. Whoever has waited for that takes the new one.
    """
    while True:
        folder = os.open(config, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            if not os.path.samestat(os.fstat(folder), os.stat(config)):  # noqa: PTH116
                continue
            yield folder
            return
        finally:
            os.close(folder)


def entries(folder: int) -> list[str]:
    """Return the names in an open folder, sorted. Raises TooMuchError if there are more than MOST_ENTRIES."""
    names = []
    with os.scandir(folder) as found:
        for entry in found:
            names.append(entry.name)
            if len(names) > MOST_ENTRIES:
                raise TooMuchError(f"more than {MOST_ENTRIES} entries")
    return sorted(names)


def read(name: str, folder: int, *, most: int = LARGEST_FILE, follow: bool = False) -> bytes:
    """Return the content of a file in an open folder. Raises TooMuchError, NotPlainError, or another OSError."""
    # A pipe would keep a reader waiting without O_NONBLOCK.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    if not follow and stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode):
        raise NotPlainError("a link")
    descriptor = os.open(name, flags, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotPlainError("not a file")
        content = file.read(most + 1)
    if len(content) > most:
        raise TooMuchError(f"more than {most} bytes")
    return content


def config_files(folder: int) -> LateFiles:
    """Return the files of an open config folder that the config reads. Links are followed, as the config does.

    Pictures are read later, as long as the folder is open.
    """
    found: dict[str, Read] = {}
    for name in SETTINGS_FILES:
        try:
            found[name] = kept(read(name, folder, follow=True))
        except FileNotFoundError:
            continue
    for sub_folder in SUB_FOLDERS:
        try:
            descriptor = os.open(sub_folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        except FileNotFoundError:
            continue
        try:
            for name in entries(descriptor):
                if is_config_file(path := f"{sub_folder}/{name}"):
                    later = partial(read, path, folder, most=largest(path), follow=True)
                    found[path] = later if is_picture(path) else kept(read(name, descriptor, follow=True))
        finally:
            os.close(descriptor)
    return LateFiles(found)


def kept(content: bytes) -> Read:
    """Return a function that returns this content."""
    return lambda: content


def write(name: str, content: bytes, folder: int, owner: Owner | None = None, mode: int = 0o644) -> None:
    """Write a new file into an open folder, down to the disk. Raises FileExistsError if there is one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, 0o600, dir_fd=folder), "wb") as file:
        file.write(content)
        file.flush()
        if owner is not None:
            os.fchown(file.fileno(), *owner)
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


def make_folder(name: str, folder: int, owner: Owner | None = None, mode: int = 0o755) -> None:
    os.mkdir(name, 0o700, dir_fd=folder)
    with opened(name, folder) as made:
        if owner is not None:
            os.fchown(made, *owner)
        os.fchmod(made, mode)


def copy_folder(name: str, to: str, within: int, deep: int = 0, to_within: int | None = None) -> None:
    """Copy a folder beside itself, with owners, modes and links. Pipes, sockets and devices are left out."""
    target = within if to_within is None else to_within
    if deep > DEEPEST:
        raise TooMuchError(f"more than {DEEPEST} levels of folders")
    about = os.stat(name, dir_fd=within, follow_symlinks=False)
    make_folder(to, target, (about.st_uid, about.st_gid), stat.S_IMODE(about.st_mode))
    with opened(name, within) as here, opened(to, target) as there:
        for entry in entries(here):
            one = os.stat(entry, dir_fd=here, follow_symlinks=False)
            owner, mode = (one.st_uid, one.st_gid), stat.S_IMODE(one.st_mode)
            if stat.S_ISDIR(one.st_mode):
                copy_folder(entry, entry, here, deep + 1, there)
            elif stat.S_ISLNK(one.st_mode):
                os.symlink(os.readlink(entry, dir_fd=here), entry, dir_fd=there)
                os.chown(entry, *owner, dir_fd=there, follow_symlinks=False)
            elif stat.S_ISREG(one.st_mode):
                write(entry, read(entry, here, most=LARGEST_COPIED), there, owner, mode)
                times = (one.st_atime_ns, one.st_mtime_ns)
                os.utime(entry, ns=times, dir_fd=there, follow_symlinks=False)
        os.fsync(there)
