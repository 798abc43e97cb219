"""The steps of kiosk-stick@.service, each of which is called with the name of the device, such as sda1.

`mount`, `finish` and `clean` run as root, `read` as a user who may do nothing but read and answer.
"""

from __future__ import annotations

import fcntl
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

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


class Unit(NamedTuple):
    """The unit of a stick. `wall` is the config folder. `run` has the notices, and a folder of the reader's own."""

    stick: Device
    wall: Path = WALL
    run: Path = notices.FOLDER

    @property
    def work(self) -> Path:
        return self.run / self.stick.name

    def mount(self) -> int:
        """Mount the stick and look whether it is for the wall."""
        if self.stick.in_use():
            return NOT_FOR_THE_WALL
        try:
            self.stick.mount()
            with files.opened(self.stick.folder) as folder:
                found = content.folder_on(folder)
        except (DeviceError, OSError) as error:
            log.warning("the stick cannot be read: %s", error)
            fix = "Try another stick, formatted as FAT32 or exFAT."
            notices.tell(notices.refused("The stick cannot be read.", fix), self.run)
            return NOT_FOR_THE_WALL
        if found is None:
            log.info("there is no folder %s on the stick", content.FOLDER)
            return NOT_FOR_THE_WALL
        notices.tell(None, self.run)
        return 0

    def read(self) -> int:
        """Read and check the stick, and answer what is to be done."""
        from kiosk.stick.merge import answer_to

        left_in = time.clock_gettime(time.CLOCK_BOOTTIME) < BOOTING_S
        try:
            with files.opened(self.stick.folder) as stick:
                found = content.folder_on(stick)
                with files.opened(found or content.FOLDER, stick) as folder:
                    answered = answer_to(folder, self.wall, self.work, left_in=left_in)
        except OSError as error:
            answered = Answer(Wish.NOTHING, notices.refused_by_stick(error))
        answer.save(answered, self.work)
        return 0

    def finish(self) -> int:
        """Do what the answer says, and let the wall say so."""
        answered = answer.load(self.work)
        with (self.run / "lock").open("w") as lock:
            # Two sticks at once are taken one after the other.
            fcntl.flock(lock, fcntl.LOCK_EX)
            said = self.carry_out(answered)
        self.stick.unmount()
        if said is None:
            notices.withdraw(self.run)
        else:
            log.info("%s", " ".join(filter(None, (said.headline, said.what, said.where))))
            notices.tell(said, self.run)
        return 0

    def carry_out(self, answered: Answer) -> Notice | None:
        """Do what the answer says. Return what the wall is to say about that, or None for nothing."""
        try:
            match answered.wish:
                case Wish.TAKE:
                    take_over.take(self.wall, answered.new, answered.gone, answered.digest, answered.record)
                case Wish.UNDO:
                    take_over.undo(self.wall)
                case Wish.COPY:
                    self._copy()
        except take_over.ChangedMeanwhileError:
            what = "The workouts on the wall were changed at the same moment."
            return notices.refused(what, f"{notices.PUT_IT_IN}.")
        except take_over.NothingToUndoError:
            what = "There is no version before: nothing was taken from a stick yet."
            return notices.refused(what, "Put workouts on the stick.", headline="Nothing to bring back")
        except DeviceError as error:
            log.warning("%s", error)
            fix = "See that it is not full and not locked, or try another stick."
            return notices.refused(f"It cannot be written ({error}).", fix, headline="Nothing copied", note="")
        except OSError as error:
            log.warning("%s", error)
            return notices.refused_by_disk(error)
        return answered.notice

    def _copy(self) -> None:
        """Copy the wall's files to the stick. Raises DeviceError."""
        try:
            self.stick.unmount()
            self.stick.mount(writable=True)
            with files.opened(self.stick.folder) as folder:
                device.copy_config(self.wall, folder)
            self.stick.unmount()
        except OSError as error:
            raise DeviceError(error.strerror or str(error)) from error

    def clean(self) -> int:
        """Unmount the stick, however the other steps ended, and let the wall say if they did not end well."""
        self.stick.unmount()
        said = notices.told(self.run)
        if said is not None and said.notice is None:
            # An earlier step has ended before it could say what became of the stick.
            what = "The stick could not be read to its end."
            notices.tell(notices.refused(what, f"{notices.PUT_IT_IN}; the system’s log says more."), self.run)
        return 0


STEPS: dict[str, Callable[[Unit], int]] = {
    "mount": Unit.mount,
    "read": Unit.read,
    "finish": Unit.finish,
    "clean": Unit.clean,
}


def main(arguments: list[str]) -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    step, name = arguments
    return STEPS[step](Unit(Device(name)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
