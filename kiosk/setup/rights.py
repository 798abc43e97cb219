"""Writing with the rights of another user, in whose folder anything may be planted."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

ROOT = "root"
NOBODY = "nobody"
MOST_LINKS = 40


def as_user(user: str, act: Callable[[], str]) -> str:
    """Call `act` with the rights of a user and return its text. Raises OSError if it does.

    Whatever is planted, such as a link to one of root's files, nothing changes that this user could not change anyway.
    The process is in a session of its own, so that the user cannot type into root's terminal.
    """
    if user == ROOT:
        return act()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status, said = 1, ""
        try:
            os.close(reader)
            _become(user)
            said = act()
            status = 0
        except (OSError, KeyError) as error:
            said = str(error)
        finally:
            with os.fdopen(writer, "w", errors="surrogateescape") as pipe:
                pipe.write(said)
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, errors="surrogateescape") as pipe:
        said = pipe.read()
    if os.waitpid(child, 0)[1] != 0:
        raise PermissionError(said)
    return said


def _become(user: str) -> None:
    entry = pwd.getpwnam(user)
    os.setsid()
    os.initgroups(user, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.umask(0o022)


def writer_of(path: Path) -> str:
    """Return the user with whose rights to write in a folder.

    That is the first owner on the path, links followed, who is not root and so could redirect what comes after; nobody
    where a group or everybody could; root where only root can. What does not exist yet is no part of the path.
    """
    ahead = list(reversed(path.absolute().parts[1:]))
    place, links = Path("/"), 0
    while True:
        try:
            status = place.lstat()
        except OSError:
            return ROOT
        if status.st_uid != 0:
            return _name(status.st_uid)
        if stat.S_ISLNK(status.st_mode):
            links += 1
            if links > MOST_LINKS:
                return NOBODY
            target = place.readlink()
            ahead += reversed([part for part in target.parts if part != "/"])
            place = Path("/") if target.is_absolute() else place.parent
            continue
        open_to_group = status.st_mode & stat.S_IWGRP and status.st_gid != 0
        if stat.S_ISDIR(status.st_mode) and (open_to_group or status.st_mode & stat.S_IWOTH):
            return NOBODY
        if not ahead:
            return ROOT
        part = ahead.pop()
        place = place.parent if part == ".." else place / part


def _name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return NOBODY
