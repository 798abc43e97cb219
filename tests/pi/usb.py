"""Images of USB sticks, with a partition as sticks from a shop have one."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

MB = 1_048_576
SECTOR = 512
KINDS = {"vfat": 0x0C, "exfat": 0x07, "ext4": 0x83}
"""File systems, and the types of their partitions."""


def make(folder: Path, files: Mapping[str, str | bytes | None], kind: str = "vfat", size_mb: int = 40) -> Path:
    """Return the image of a stick with these files; None stands for a folder. Those of exFAT cannot have any."""
    content, system, image = folder / "content", folder / "system.img", folder / "stick.img"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with system.open("wb") as file:
        file.truncate(size_mb * MB)
    if kind == "ext4":
        _run("mke2fs", "-q", "-t", "ext4", "-d", str(content), str(system))
    else:
        _run(f"mkfs.{kind}", str(system))
    if kind == "vfat":
        for path in content.iterdir():
            _run("mcopy", "-s", "-Q", "-i", str(system), str(path), "::/")
    sectors = size_mb * MB // SECTOR
    entry = struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", KINDS[kind], b"\xfe\xff\xff", MB // SECTOR, sectors)
    start = b"\0" * 446 + entry + b"\0" * 48 + b"\x55\xaa"
    image.write_bytes(start.ljust(MB, b"\0") + system.read_bytes())
    system.unlink()
    return image


def files_on(image: Path, folder: Path) -> dict[str, bytes]:
    """Return the files on a stick with FAT. `folder` is for a copy of them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _run("mcopy", "-s", "-Q", "-i", f"{image}@@{MB}", "::/*", str(folder))
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
