"""The stick as a device: mounts it, read-only except to copy the wall's files to an empty folder. Root runs this."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from kiosk.config_files import SETTINGS_FILES, SUB_FOLDERS
from kiosk.stick import content, files, notices
from kiosk.stick.files import Files

_SAFE = "nosuid,nodev,noexec"
_READ_ONLY = {"vfat": "umask=022", "exfat": "umask=022", "ext4": "noload"}
"""Options of the file systems that are read. noload: otherwise ext4 would write to the disk to tidy it up."""
_WRITABLE = {"vfat": "umask=022", "exfat": "umask=022", "ext4": "errors=remount-ro"}
_OUTSIDE = ("nsenter", "--mount=/proc/1/ns/mnt", "--")
"""Each step of a unit has mounts of its own, but the next steps need this one too."""
_PART = "kiosk.part"
"""Name of the folder on the stick that becomes the folder `kiosk` when it is complete."""


class DeviceError(Exception):
    """A device cannot be mounted. The message says why."""


class Device:
    """A stick's file system, such as sda1."""

    def __init__(self, name: str, *, devices: Path = Path("/dev"), mounts: Path = notices.FOLDER) -> None:
        if not re.fullmatch(r"[a-z0-9]+", name):
            raise DeviceError(f"{name!r} is no device")
        self.name = name
        self._path = devices / name
        self.folder = mounts / f"{name}.stick"
        """The folder at which the stick is mounted."""

    def in_use(self) -> bool:
        """Return whether something else has mounted it, such as the system that has started from it."""
        about = self._path.stat()
        number = f"{os.major(about.st_rdev)}:{os.minor(about.st_rdev)}"
        return any(mount[2] == number for mount in _mounts())

    def is_mounted(self) -> bool:
        return any(mount[4] == str(self.folder) for mount in _mounts())

    def mount(self, *, writable: bool = False) -> None:
        """Mount it. Raises DeviceError if it has none of the known file systems or is damaged."""
        kind = _said("blkid", "--probe", "--output", "value", "--match-tag", "TYPE", str(self._path)).strip()
        if kind not in _READ_ONLY:
            raise DeviceError(f"its file system is {kind or 'unknown'}")
        options = f"rw,{_WRITABLE[kind]}" if writable else f"ro,{_READ_ONLY[kind]}"
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        _said(*_OUTSIDE, "mount", "--types", kind, "--options", f"{_SAFE},{options}", str(self._path), str(self.folder))

    def unmount(self) -> None:
        """Unmount it, if it is mounted. What was written to it is on it then."""
        if self.is_mounted():
            try:
                _said(*_OUTSIDE, "umount", str(self.folder))
            except DeviceError:
                # It was pulled out, or somebody looks at it.
                _said(*_OUTSIDE, "umount", "--lazy", str(self.folder))
        if self.folder.is_dir():
            self.folder.rmdir()


def _mounts() -> list[list[str]]:
    """Return the fields of each line of the kernel's list of mounts: the third is the device, the fifth the folder."""
    return [line.split() for line in Path("/proc/self/mountinfo").read_text(errors="replace").splitlines()]


def copy_config(wall: Path, stick: int) -> None:
    """Copy the wall's files into the empty folder `kiosk` of an open, writable stick, as a whole. Raises OSError."""
    with files.opened(wall.resolve()) as folder:
        _copy_files(files.config_files(folder), stick)


def _copy_files(ours: Files, stick: int) -> None:
    name = content.folder_on(stick) or content.FOLDER
    if _PART in files.entries(stick):
        _remove_copy(_PART, stick)
    files.make_folder(_PART, stick)
    with files.opened(_PART, stick) as part:
        for sub_folder in SUB_FOLDERS:
            files.make_folder(sub_folder, part)
            with files.opened(sub_folder, part) as inner:
                for path in ours:
                    if path.startswith(f"{sub_folder}/"):
                        files.write(path.rpartition("/")[2], ours[path], inner)
        for path in SETTINGS_FILES:
            if path in ours:
                files.write(path, ours[path], part)
    os.fsync(stick)
    _remove_copy(name, stick)
    os.rename(_PART, name, src_dir_fd=stick, dst_dir_fd=stick)
    os.fsync(stick)


def _remove_copy(name: str, stick: int) -> None:
    """Remove a folder that is empty but for what a computer adds by itself, or an unfinished copy."""
    shutil.rmtree(name, dir_fd=stick)


def _said(program: str, *arguments: str) -> str:
    """Return the output of a program of the system. Raises DeviceError with its error message."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, env=_ENVIRONMENT)
    if done.returncode != 0:
        raise DeviceError(" ".join(done.stderr.split()) or f"{program} ends with {done.returncode}")
    return done.stdout


_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
