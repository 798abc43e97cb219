"""The checks that only look at the machine. They drive and reserve no hardware, so the kiosk may run meanwhile."""

from __future__ import annotations

import grp
import os
import pwd
from collections.abc import Iterator

from kiosk import config
from kiosk.doctor.finding import Finding, failed, ok, warning
from kiosk.doctor.machine import Machine
from kiosk.errors import ConfigError, KioskError, PinError
from kiosk.plural import count_of
from kiosk.system.graphics import LIBRARIES, NO_PICTURE, NO_PICTURE_TO_DO

BOARD = "Raspberry Pi"
SERVICE_USER = "kiosk"
GROUPS = {
    "gpio": "the button and the buzzer",
    "video": "the television",
    "render": "the television",
    "input": "a keyboard",
}
THROTTLED = {0: "too little voltage", 1: "slowed down", 2: "throttled", 3: "too hot"}
"""Meanings of bits 0 to 3 of `vcgencmd get_throttled`, for the present state. Bits 16 to 19 are since power-on."""


def board(machine: Machine) -> Finding:
    model = machine.text("proc/device-tree/model") or ""
    if model.startswith(BOARD):
        return ok("board", model)
    return warning("board", "this is not a Raspberry Pi", "Nothing, if it need not be one: Space is the button.")


def service(machine: Machine) -> Finding:
    """Check the state of the systemd service."""
    properties = "LoadState,UnitFileState,ActiveState,StatusText,NRestarts"
    output = machine.output_of("systemctl", "show", "kiosk.service", "-p", properties) or ""
    known = dict(line.split("=", 1) for line in output.splitlines() if "=" in line)
    if known.get("LoadState") != "loaded":
        return warning("service", "not installed", "On a Pi: sudo systemd/install.sh")
    if known.get("UnitFileState") == "disabled" and known.get("ActiveState") == "inactive":
        to_do = "Nothing, if the kiosk starts with the desktop. Else: sudo kiosk setup"
        return warning("service", "switched off", to_do)
    if known.get("ActiveState") != "active":
        return failed("service", known.get("ActiveState", "unknown"), "See why: journalctl -u kiosk -n 30")
    found = f"running: {known['StatusText']}" if known.get("StatusText") else "running"
    if known.get("NRestarts", "0") != "0":
        restarts = count_of(int(known["NRestarts"]), "time")
        return warning("service", f"{found}; restarted {restarts}", "See why: journalctl -u kiosk")
    return ok("service", found)


def groups(machine: Machine) -> Finding:
    """Check the groups of the service's user, or of the current user if that user does not exist."""
    name = _user()
    if name == "root":
        return ok("groups", "root may use everything; the service has a user of its own")
    missing = [group for group in GROUPS if group not in _groups_of(name)]
    if not missing:
        return ok("groups", f"{name} is in {', '.join(GROUPS)}")
    uses = ", ".join(dict.fromkeys(GROUPS[group] for group in missing))
    found = f"{name} is not in {', '.join(missing)}: no access to {uses}"
    to_do = f"sudo usermod -aG {','.join(missing)} {name}, then restart"
    return failed("groups", found, to_do) if _is_pi(machine) else warning("groups", found, to_do)


def pins(machine: Machine, settings: config.Settings) -> Finding:
    name = settings.pin_factory.value
    if not _is_pi(machine):
        return warning("pins", "none: this is not a Raspberry Pi", "Nothing, if it need not be one.")
    from kiosk.hardware.pins import open_factory

    try:
        open_factory(name).close()
    except (PinError, ValueError) as error:
        return failed("pins", str(error), "Do what the error says, then: sudo systemctl restart kiosk")
    buzzer = settings.buzzer
    sounds = "no buzzer" if buzzer.kind is config.BuzzerKind.NONE else f"{buzzer.kind.value} buzzer GPIO{buzzer.pin}"
    return ok("pins", f"{name}; button GPIO{settings.button.pin}, {sounds}")


def display(machine: Machine, size: tuple[int, int] | None = None) -> Finding:
    """Check the video connectors and modes that the kernel reports, and the display's lines in the kiosk's log.

    `size` is screen.size in kiosk.yaml, None for auto.
    """
    missing = machine.missing_libraries(tuple(LIBRARIES))
    if missing and _is_pi(machine):
        packages = " ".join(LIBRARIES[name] for name in missing)
        return failed("display", f"{', '.join(missing)} missing: the wall stays black", f"sudo apt install {packages}")
    statuses = machine.paths("sys/class/drm/card*-*/status")
    connectors = {path.parent.name.split("-", 1)[1]: path.parent for path in statuses}
    if not connectors:
        return warning("display", "the kernel has no video connector", "Is dtoverlay=vc4-kms-v3d in config.txt?")
    connected = [name for name, path in connectors.items() if machine.text(str(path / "status")) == "connected"]
    if not connected:
        to_do = "Plug it in next to the power socket (HDMI0) and switch it on: the picture then appears by itself."
        return warning("display", f"no television at {', '.join(connectors)}", to_do)
    modes = [f"{name} {_mode(machine, str(connectors[name]))}" for name in connected]
    logged = _logged_of_display(machine)
    found = "; ".join([*modes, *(line.removeprefix("display: ").partition("; ")[0] for line in logged)])
    if any(line.startswith(NO_PICTURE) for line in logged):
        return failed("display", found, NO_PICTURE_TO_DO)
    offered = [mode for name in connected for mode in _modes(machine, str(connectors[name]))]
    if size and offered and "{}x{}".format(*size) not in offered:
        to_do = f"Set screen.size in kiosk.yaml to auto or to one of these: {', '.join(dict.fromkeys(offered))}"
        return warning("display", f"{found}; it does not offer screen.size ({size[0]}x{size[1]})", to_do)
    return ok("display", found)


def sound(machine: Machine, settings: config.Settings) -> Finding:
    """Check the loudspeakers that the kernel reports, and the newest line about sound in the kiosk's log."""
    buzzer = settings.buzzer.kind is not config.BuzzerKind.NONE and _is_pi(machine)
    if settings.speakers is config.Speakers.OFF:
        return ok("sound", f"{'only the buzzer' if buzzer else 'none'}, by kiosk.yaml")
    devices = machine.paths("proc/asound/card*/pcm*p")
    cards = dict.fromkeys(machine.text(str(path.parent / "id")) or path.parent.name for path in devices)
    logged = [line.removeprefix("sound: ") for line in _newest_lines(machine, "^sound: ", 1)]
    found = "; ".join([", ".join(cards) or "no loudspeakers", *logged])
    if cards and logged in ([], ["the loudspeakers are open"]):
        return ok("sound", found)
    to_do = (
        "Switch the television on, or plug loudspeakers in; the kiosk finds them by itself. "
        "If you want none, set speakers: off in kiosk.yaml."
    )
    if buzzer or not _is_pi(machine):
        return warning("sound", found, to_do)
    return failed("sound", f"{found}; the wall is mute", to_do)


def fonts() -> Finding:
    from kiosk.screen.fonts import Weight, find_font

    try:
        files = [find_font(weight) for weight in Weight]
    except KioskError as error:
        return failed("fonts", str(error), "sudo apt install fonts-roboto-unhinted")
    return ok("fonts", f"{files[0].parent}")


def configuration(folder: str, problems: tuple[str, ...], summary: str) -> Finding:
    if problems:
        return failed("config", "\n".join(problems), f"Fix it in {folder}; the kiosk reloads it by itself.")
    return ok("config", f"{folder}: {summary}")


def clock(machine: Machine) -> Finding:
    from kiosk.system.clock import wall_clock, wall_known

    if not wall_known(machine.root / "run/systemd/timesync"):
        to_do = "Connect the Pi to the internet, or do without the time of day and opening hours."
        return warning("clock", "no time server has answered: the time of day is not shown", to_do)
    zone = machine.text("etc/timezone") or ""
    return ok("clock", f"{wall_clock()} {zone}".strip())


def power(machine: Machine) -> Finding:
    """Ask the firmware whether the power supply and the cooling are sufficient."""
    output = machine.output_of("vcgencmd", "get_throttled")
    bits = _hexadecimal((output or "").removeprefix("throttled="))
    if bits is None:
        return warning("power", "unknown: the firmware does not report it", "Only a Raspberry Pi with vcgencmd can.")
    now = [what for bit, what in THROTTLED.items() if bits >> bit & 1]
    since = [what for bit, what in THROTTLED.items() if bits >> bit + 16 & 1]
    to_do = "Use the official power supply and a short cable. If it is too hot, move it out from behind the television."
    if now:
        return failed("power", f"now: {', '.join(now)}", to_do)
    if since:
        return warning("power", f"since power-on: {', '.join(since)}", to_do)
    return ok("power", "enough voltage, cool enough")


def cec(machine: Machine) -> Finding:
    """Check whether the television can be sent to sleep."""
    found = machine.paths("dev/cec[0-9]*")
    if not found:
        return warning("cec", "no HDMI-CEC", "Nothing: the picture turns black instead.")
    if not machine.has_program("cec-ctl"):
        return warning("cec", "cec-ctl is missing", "sudo apt install v4l-utils")
    return ok("cec", ", ".join(path.name for path in found))


def storage(machine: Machine) -> Finding:
    """Check whether a circuit can be resumed after a power cut."""
    folder = machine.root / "var/lib/kiosk"
    if not folder.is_dir():
        return warning("storage", f"{folder} is missing", "The service creates it when it starts.")
    no_resume = "after a power cut a circuit starts from the beginning."
    try:
        left_mb = _free_mb(str(folder))
    except OSError as error:
        return warning("storage", str(error), no_resume.capitalize())
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return warning("storage", "read-only", f"Nothing, if you want it to be: {no_resume}")
    if left_mb < 50:
        return failed("storage", f"{left_mb} MB left", "Make room: sudo journalctl --vacuum-size=50M; sudo apt clean")
    return ok("storage", f"{left_mb} MB left")


def all_of(machine: Machine, library: config.Library | ConfigError, folder: str) -> Iterator[Finding]:
    """Yield the findings of all checks, in the order in which faults are best fixed."""
    problems = library.lines if isinstance(library, ConfigError) else ()
    settings = config.Settings() if isinstance(library, ConfigError) else library.settings
    summary = "" if isinstance(library, ConfigError) else _summary(library)
    yield board(machine)
    yield configuration(folder, problems, summary)
    yield groups(machine)
    yield pins(machine, settings)
    yield display(machine, settings.screen.size)
    yield sound(machine, settings)
    yield fonts()
    yield storage(machine)
    yield clock(machine)
    yield power(machine)
    yield cec(machine)
    yield service(machine)


def _summary(library: config.Library) -> str:
    return f"circuits: {', '.join(circuit.id for circuit in library.circuits)}"


def _is_pi(machine: Machine) -> bool:
    return (machine.text("proc/device-tree/model") or "").startswith(BOARD)


def _user() -> str:
    try:
        return pwd.getpwnam(SERVICE_USER).pw_name
    except KeyError:
        return _own_name()


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        # In a container a user may have a number but no name.
        return str(os.getuid())


def _groups_of(name: str) -> set[str]:
    try:
        own = pwd.getpwnam(name).pw_gid
    except KeyError:
        own = os.getgid()
    return {group.gr_name for group in grp.getgrall() if name in group.gr_mem or group.gr_gid == own}


def _modes(machine: Machine, folder: str) -> list[str]:
    return (machine.text(f"{folder}/modes") or "").splitlines()


def _mode(machine: Machine, folder: str) -> str:
    return (_modes(machine, folder) or ["without a mode"])[0]


def _logged_of_display(machine: Machine) -> list[str]:
    """Return the log lines about the current window: its renderer and, once known, whether its picture is shown."""
    newest = _newest_lines(machine, "^display: ", 2)
    # Until the picture was checked, the window has only one line, and the second line is about an earlier window.
    return newest[::-1] if newest and newest[0].startswith("display: the picture") else newest[:1]


def _newest_lines(machine: Machine, pattern: str, count: int) -> list[str]:
    """Return the newest log lines since power-on that match a pattern, the newest first."""
    journal = ("journalctl", "-q", "-b", "-u", "kiosk.service", "-o", "cat", "--reverse")
    return (machine.output_of(*journal, "--grep", pattern, "-n", str(count)) or "").splitlines()


def _hexadecimal(text: str) -> int | None:
    try:
        return int(text, 16)
    except ValueError:
        return None


def _free_mb(folder: str) -> int:
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize // 2**20
