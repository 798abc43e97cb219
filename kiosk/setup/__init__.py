"""What `kiosk setup` changes on a Raspberry Pi: the mode of the screen, and whether it starts with the desktop."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from kiosk.errors import SetupError
from kiosk.setup import desktop, mode
from kiosk.setup.record import Record

SERVICE = "kiosk.service"
STICK = "kiosk-stick@.service"
RESTART = "The mode of the screen holds from the next start on: sudo reboot"


def set_up(*, with_desktop: bool) -> list[str]:
    """Set the mode of the screen, and start as a service or with the desktop; return what to say. Raises SetupError."""
    command = f"kiosk setup{' --desktop' if with_desktop else ''}"
    _check(command)
    if not desktop.PROGRAM.exists():
        raise SetupError("the kiosk is not installed here; type in its folder: sudo systemd/install.sh")
    user = os.environ.get("SUDO_USER", "root")
    if with_desktop and user == "root":
        raise SetupError("--desktop: call this with sudo as the user whose desktop it is")
    record = Record()
    try:
        said, restart = mode.set_mode(record)
        if with_desktop:
            return [said, *_with_desktop(record, user)]
        return [said, *_as_service(record), *([RESTART] if restart else [])]
    except OSError as error:
        raise _unwritable(error) from None


def undo() -> list[str]:
    """Undo what `set_up` has changed; return what to say. Raises SetupError."""
    _check("kiosk setup --undo")
    record = Record()
    try:
        return [*_without_desktop(record), *mode.restore_mode(record)] or ["Nothing to undo."]
    except OSError as error:
        raise _unwritable(error) from None


def _with_desktop(record: Record, user: str) -> list[str]:
    try:
        file = desktop.autostart_file(user)
    except KeyError:
        raise SetupError(f"--desktop: there is no user {user}") from None
    try:
        desktop.add_autostart(record, user)
    except OSError:
        right = f"give {user} the file and its folder, then run this again"
        raise SetupError(f"{user} cannot write {file}; {right}") from None
    leave_sticks_to_the_desktop()
    system("systemctl", "--quiet", "disable", SERVICE)
    if is_running():
        system("systemctl", "--quiet", "stop", SERVICE)
    system("usermod", "--append", "--groups", "gpio,video,input", user)
    return [
        f"Desktop: it starts with {user}'s desktop ({file})",
        "It starts with the next login to the desktop: sudo reboot",
    ]


def _as_service(record: Record) -> list[str]:
    said = _without_desktop(record)
    system("systemctl", "--quiet", "enable", SERVICE)
    if is_running():
        # It is ready when its loop runs, and a start that fails is tried again by itself.
        system("systemctl", "start", SERVICE)
    if _has_desktop():
        said += [
            "This Raspberry Pi OS has a desktop, which keeps the television for itself. Either start without it:",
            "    sudo systemctl set-default multi-user.target && sudo reboot",
            "or let the kiosk start with the desktop:",
            "    sudo kiosk setup --desktop",
        ]
    return said


def _without_desktop(record: Record) -> list[str]:
    if record.values(desktop.KIND):
        system("systemctl", "--quiet", "unmask", STICK)
    return desktop.remove_autostart(record)


def leave_sticks_to_the_desktop() -> None:
    """Let the kiosk read no USB sticks: a desktop mounts them itself."""
    system("systemctl", "--quiet", "mask", STICK)


def _check(command: str) -> None:
    if os.geteuid() != 0:
        raise SetupError(f"this has to be root; type: sudo {command}")
    if is_protected():
        raise SetupError(
            "the disk is protected (overlay file system): what is changed now is gone after the next start; "
            "switch it off first: sudo raspi-config, Performance Options, Overlay File System"
        )


def is_protected(root: Path = Path("/")) -> bool:
    """Return whether the root file system lies in memory, as raspi-config's overlay file system does."""
    try:
        roots = re.findall(r"^\S+ / (\S+)", (root / "proc/mounts").read_text(), re.MULTILINE)
        line = (root / "proc/cmdline").read_text()
    except OSError:
        return False
    return bool(roots) and roots[-1] == "overlay" and ("overlayroot=tmpfs" in line or "boot=overlay" in line)


def _has_desktop() -> bool:
    default = system("systemctl", "get-default")
    return default == "graphical.target" and any(map(shutil.which, ("labwc", "wayfire")))


def is_running() -> bool:
    return Path("/run/systemd/system").is_dir()


def system(*command: str) -> str:
    """Run one of the system's commands and return its output; one that fails or is missing returns nothing."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def _unwritable(error: OSError) -> SetupError:
    return SetupError(f"{error.filename} cannot be written ({error.strerror}); type: sudo mount -o remount,rw /")
