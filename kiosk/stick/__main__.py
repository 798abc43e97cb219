"""The steps of kiosk-stick@.service, each of which is called with the name of the device, such as sda1.

`mount`, `finish` and `clean` run as root, `read` as a user who may do nothing but read and answer.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import time
from pathlib import Path

from kiosk.notice import Notice
from kiosk.stick import answer, content, device, files, notices, take_over
from kiosk.stick.answer import Answer, Wish
from kiosk.stick.device import Device, DeviceError

log = logging.getLogger("kiosk")

WALL = Path("/etc/kiosk")
BOOTING_S = 180.0
"""Time after the boot in which a stick that was taken before is not taken again, because it was left in."""
NOT_FOR_THE_WALL = 1
"""Exit status of the first step that tells systemd to leave out the others."""


def main(arguments: list[str]) -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    step, name = arguments
    return {"mount": mount, "read": read, "finish": finish, "clean": clean}[step](name)


def mount(name: str) -> int:
    """Mount the stick and look whether it is for the wall."""
    stick = Device(name)
    if stick.in_use():
        return NOT_FOR_THE_WALL
    try:
        stick.mount()
    except DeviceError as error:
        log.warning("the stick cannot be read: %s", error)
        notices.tell(notices.refused("The stick cannot be read.", "Try another stick, formatted as FAT32 or exFAT."))
        return NOT_FOR_THE_WALL
    with files.opened(stick.folder) as folder:
        if content.folder_on(folder) is None:
            log.info("there is no folder %s on the stick", content.FOLDER)
            return NOT_FOR_THE_WALL
    notices.tell(None)
    return 0


def read(name: str) -> int:
    """Read and check the stick, and answer what is to be done."""
    from kiosk.stick.merge import answer_to

    work = Path(os.environ["RUNTIME_DIRECTORY"])
    left_in = time.clock_gettime(time.CLOCK_BOOTTIME) < BOOTING_S
    try:
        with files.opened(Device(name).folder) as stick:
            found = content.folder_on(stick)
            with files.opened(found or content.FOLDER, stick) as folder:
                answered = answer_to(folder, WALL, work, left_in=left_in)
    except OSError as error:
        answered = Answer(Wish.NOTHING, notices.refused_by_stick(error))
    answer.save(answered, work)
    return 0


def finish(name: str) -> int:
    """Do what the answer says, and let the wall say so."""
    answered = answer.load(notices.FOLDER / name)
    stick = Device(name)
    with (notices.FOLDER / "lock").open("w") as lock:
        # Two sticks at once are taken one after the other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = carry_out(answered, WALL, stick)
    stick.unmount()
    if said is None:
        notices.withdraw()
    else:
        log.info("%s", " ".join(filter(None, (said.headline, said.what, said.where))))
        notices.tell(said)
    return 0


def carry_out(answered: Answer, wall: Path, stick: Device) -> Notice | None:
    """Do what the answer says. Return what the wall is to say about that, or None for nothing."""
    try:
        match answered.wish:
            case Wish.TAKE:
                take_over.take(wall, answered.new, answered.gone, answered.digest, answered.record)
            case Wish.UNDO:
                take_over.undo(wall)
            case Wish.COPY:
                return _copied(answered, wall, stick)
    except take_over.ChangedMeanwhileError:
        what = "The workouts on the wall were changed at the same moment."
        return notices.refused(what, f"P{notices.AGAIN[1:]}.")
    except take_over.NothingToUndoError:
        what = "There is no version before: nothing was taken from a stick yet."
        return notices.refused(what, "Put workouts on the stick.", headline="Nothing to bring back")
    except OSError as error:
        log.warning("%s", error)
        return notices.refused_by_disk(error)
    return answered.notice


def _copied(answered: Answer, wall: Path, stick: Device) -> Notice | None:
    headline = "Nothing copied to the stick"
    try:
        stick.unmount()
        stick.mount(writable=True)
        with files.opened(stick.folder) as folder:
            device.copy_config(wall, folder)
        stick.unmount()
    except (DeviceError, OSError) as error:
        log.warning("%s", error)
        what = f"It cannot be written ({getattr(error, 'strerror', None) or error})."
        fix = "See that it is not full and not locked, or try another stick."
        return notices.refused(what, fix, headline=headline, note="")
    return answered.notice


def clean(name: str) -> int:
    """Unmount the stick, however the other steps ended, and let the wall say if they did not end well."""
    Device(name).unmount()
    said = notices.told()
    if said is not None and said.notice is None:
        # An earlier step has ended before it could say what became of the stick.
        what = "The stick could not be read to its end."
        notices.tell(notices.refused(what, f"P{notices.AGAIN[1:]}; the system’s log says more."))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
