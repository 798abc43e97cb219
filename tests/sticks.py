"""Folders that stand for a wall and a USB stick, and what the unit does with them."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.notice import Notice
from kiosk.stick import answer, files
from kiosk.stick.__main__ import Unit
from kiosk.stick.answer import Answer
from kiosk.stick.device import Device
from kiosk.stick.merge import answer_to

CIRCUIT = "name: {}\nrounds: 2\nwork: 60\nexercises: [{{name: Squats}}, {{name: Rows}}]\n"
SETTINGS = """\
# Ours.
circuit: monday  # the usual one
button:
  pin: 17
screen:
  # Idle time.
  rotate: 90
television:
  open:
    sunday: closed
"""


def new_wall(tmp_path: Path) -> Path:
    """Return a wall's config folder."""
    folder = tmp_path / "etc" / "kiosk"
    put(folder, "circuits/monday.yaml", CIRCUIT.format("Monday"))
    put(folder, "kiosk.yaml", SETTINGS)
    put(folder, "exercises/plank.yaml", "name: Plank\n")
    put(folder, "notes.txt", "ours")
    return folder


def new_stick(tmp_path: Path) -> Path:
    """Return the folder `kiosk` of a stick."""
    folder = tmp_path / "stick" / "kiosk"
    folder.mkdir(parents=True)
    return folder


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(stick: Path, wall: Path, *, left_in: bool = False) -> Answer:
    work = wall.parents[1] / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with files.opened(stick) as folder:
        answer.save(answer_to(folder, wall, work, left_in=left_in), work)
    return answer.load(work)


def plug_in(stick: Path, wall: Path, *, left_in: bool = False) -> Notice | None:
    """Do what the unit does with a stick, without the mounting. Return what the wall says."""
    return Unit(FakeDevice(stick.parent), wall).carry_out(read(stick, wall, left_in=left_in))


class FakeDevice(Device):
    """A stick that is always mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__("sda1")
        self.folder = folder
        self.writable = self.used = False

    def in_use(self) -> bool:
        return self.used

    def mount(self, *, writable: bool = False) -> None:
        self.writable = writable

    def unmount(self) -> None:
        """Do nothing."""


def everything(folder: Path) -> dict[str, bytes]:
    """Return all that is in a folder, to see whether it has changed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
