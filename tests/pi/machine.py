"""A virtual Pi in QEMU, controlled from outside: its picture, button, buzzer, power and root shell."""

from __future__ import annotations

import json
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pygame

from tests.pi import tree

T = TypeVar("T")
PATIENCE_S = 120.0
"""Longest wait for an event, in seconds. It is long because an emulated Pi is slow, and slower on a busy host."""
PATIENT = ("/etc/systemd/system/kiosk.service.d/patient.conf", "[Service]\nTimeoutStartSec=1800\nWatchdogSec=1800\n")
"""A drop-in of the unit and its text, for while packages are installed. On a busy host an emulated Pi draws nothing for
minutes then, and systemd would take the kiosk for one that hangs."""
SCREEN_PX = (640, 360)
"""Screen size, in pixels. An emulated Pi draws 14 frames a second at this size, and 5 at a television's."""
MODEL = "Raspberry Pi 4 Model B Rev 1.4"
PINS = "/sys/devices/platform/gpio-sim/gpiochip0"
BUTTON, BUZZER = 17, 27
MACHINE = [
    *("qemu-system-aarch64", "-M", "virt,gic-version=3,highmem=on"),
    *("-cpu", "cortex-a72", "-smp", "2", "-m", "1024"),
]


Area = tuple[float, float, float, float]
"""An area of the picture: left, top, right and bottom, each as a fraction of the picture's width or height."""
WHOLE: Area = (0.0, 0.0, 1.0, 1.0)
FOOT: Area = (0.0, 0.83, 0.6, 0.97)
"""The left part of the footer, which says what the button does. Unlike the area above, it does not turn pages."""
MOST_MOVED_PX = 3
"""Maximum distance between two pictures of a screen of 640 x 360 pixels, each moved by up to 0.004 H."""


class CommandError(AssertionError):
    """The error for a command in the machine that failed."""


class Machine:
    """A virtual Pi. `image` is the folder with kernel, initrd and SSH key; the Pi writes to `disk` and `folder`."""

    def __init__(self, image: Path, disk: Path, folder: Path, *, model: str = MODEL, options: str = "") -> None:
        self.image, self.disk, self.folder = image, disk, folder
        self._model, self._options = model, options
        self._process: subprocess.Popen[bytes] | None = None
        self._monitor: Monitor | None = None
        self._port = _free_port()
        self.page_port = _free_port()
        """The port of the host that leads to the page."""

    def power_on(self) -> None:
        dtb = self.folder / "pi.dtb"
        tree.build(MACHINE, self._model, dtb)
        monitor = self.folder / "monitor"
        width, height = SCREEN_PX
        command = [
            # The kernel kills QEMU when the tests end, in whatever way they end.
            *("setpriv", "--pdeathsig", "KILL", "nice", "-n", "5", *MACHINE),
            *("-accel", "tcg,thread=multi,tb-size=512"),
            *("-kernel", str(self.image / "vmlinuz"), "-initrd", str(self.image / "initrd"), "-dtb", str(dtb)),
            *("-append", f"console=ttyAMA0 console=tty1 quiet loglevel=4 {self._options}"),
            *("-drive", f"file={self.disk},if=none,id=disk,format=qcow2,cache=unsafe"),
            *("-device", "virtio-blk-pci,drive=disk"),
            *("-device", f"virtio-gpu-pci,xres={width},yres={height}", "-display", "none"),
            *("-device", "virtio-keyboard-pci", "-device", "virtio-rng-pci", "-device", "qemu-xhci,id=usb"),
            *("-netdev", f"user,id=net,restrict=on,{_forwarded(self._port, 22)},{_forwarded(self.page_port, 80)}"),
            *("-device", "virtio-net-pci,netdev=net,romfile="),
            *("-serial", f"file:{self.folder / 'console.log'}", "-no-reboot"),
            *("-qmp", f"unix:{monitor},server=on,wait=off"),
        ]
        monitor.unlink(missing_ok=True)
        with (self.folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._monitor = Monitor(monitor, self._process)

    def cut_power(self) -> None:
        """Switch the machine off without warning, as pulling the plug does."""
        self.hang_up()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._process = None

    def shut_down(self) -> None:
        """Shut the machine down properly, and wait until it is off."""
        self.run("systemctl poweroff", check=False)
        self.hang_up()
        assert self._process is not None
        self._process.wait(PATIENCE_S)
        self._process = None

    def save(self, name: str) -> None:
        """Save a snapshot for `load`. Close the shell's connection first, because a snapshot cannot keep it."""
        self.hang_up()
        assert self._monitor is not None
        said = self._monitor.ask("human-monitor-command", **{"command-line": f"savevm {name}"})
        assert not said, said

    def load(self, name: str) -> None:
        self.hang_up()
        assert self._monitor is not None
        said = self._monitor.ask("human-monitor-command", **{"command-line": f"loadvm {name}"})
        assert not said, said
        self._monitor.ask("cont")
        # The snapshot's clock is behind, so set it to the host's time.
        self.run(f"date -s @{int(time.time())} >/dev/null")

    def freeze(self) -> None:
        """Pause the machine until `load`, so that it uses no processor time."""
        self.hang_up()
        assert self._monitor is not None
        self._monitor.ask("stop")

    # --- the shell --------------------------------------------------------------------------------------------------

    def run(self, command: str, *, check: bool = True, given: bytes | None = None, timeout_s: float = 300.0) -> str:
        """Run a shell command as root; return its stdout and stderr. Raises CommandError if it fails and `check`."""
        self.dial()
        call = [*self._ssh(), "--", f"{{ {command}\n}} 2>&1"]
        done = subprocess.run(call, input=given or b"", capture_output=True, timeout=timeout_s)
        said = done.stdout.decode(errors="replace")
        if check and done.returncode != 0:
            raise CommandError(f"{command}: {done.returncode}\n{said}{done.stderr.decode(errors='replace')}")
        return said

    def is_on(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def copy(self, source: Path, to: str, *names: str) -> None:
        """Copy `names` (files and folders in `source`) into the machine's folder `to`."""
        pack = ["tar", "-C", str(source), "-c", "--exclude=__pycache__", "--exclude=.cache", *names]
        data = subprocess.run(pack, check=True, stdout=subprocess.PIPE).stdout
        self.run(f"mkdir -p {to} && tar -C {to} --no-same-owner -x", given=data)

    def write(self, path: str, text: str) -> None:
        self.run(f"mkdir -p $(dirname {path}) && cat > {path}", given=text.encode())

    def dial(self, timeout_s: float = PATIENCE_S) -> None:
        """Wait until the machine answers, and open the SSH connection that all shell commands share."""

        def works(*options: str) -> bool:
            nothing = subprocess.DEVNULL
            done = subprocess.run([*self._ssh(), *options], stdin=nothing, stdout=nothing, stderr=nothing, check=False)
            return done.returncode == 0

        def dial() -> bool:
            assert self.is_on(), f"the machine is off: {(self.folder / 'qemu.log').read_text()}"
            return works("-O", "check") or works("-M", "-N", "-f")

        wait_until(dial, timeout_s)

    def hang_up(self) -> None:
        """Close the SSH connection that all shell commands share."""
        subprocess.run([*self._ssh(), "-O", "exit"], capture_output=True, check=False)
        self._socket().unlink(missing_ok=True)

    def _socket(self) -> Path:
        return Path(f"/tmp/pi-{self._port}.ssh")

    def _ssh(self) -> list[str]:
        options = {
            "ControlPath": str(self._socket()),
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
            "ConnectTimeout": "20",
            "IdentitiesOnly": "yes",
        }
        pairs = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
        return ["ssh", "-F", "none", *pairs, "-i", str(self.image / "key"), "-p", str(self._port), "root@127.0.0.1"]

    # --- the journal and the service --------------------------------------------------------------------------------

    def mark(self) -> str:
        """Return the journal's current position, from which `lines` and `wait_for` can read."""
        return self.run("journalctl -q -n 0 --show-cursor").strip().removeprefix("-- cursor: ")

    def lines(self, mark: str | None = None) -> list[str]:
        """Return the lines that the kiosk has logged since the mark, or in this boot if there is no mark."""
        since = f"--after-cursor={shlex.quote(mark)}" if mark else "-b"
        return self.run(f"journalctl -q -o cat -t kiosk -t python3 {since}", check=False).splitlines()

    def wait_for(self, text: str, mark: str | None = None, timeout_s: float = PATIENCE_S) -> str:
        """Wait until the kiosk has logged a line with this text; return the line. Raises AssertionError."""

        def look() -> str | None:
            return next((line for line in self.lines(mark) if text in line), None)

        try:
            return wait_until(look, timeout_s)
        except TimeoutError:
            raise AssertionError(f"no line with {text!r} in:\n" + "\n".join(self.lines(mark))) from None

    def service(self, what: str) -> str:
        """Return a property, such as "ActiveState", of kiosk.service."""
        return self.run(f"systemctl show kiosk.service -P {what}").strip()

    # --- the button, the buzzer, the picture ------------------------------------------------------------------------

    def press(self, held_s: float = 0.15) -> float:
        """Press and release the button; return the moment of the press (seconds on the machine's monotonic clock).

        One shell command does both, so that a slow host does not lengthen the press.
        """
        pull = f"{PINS}/sim_gpio{BUTTON}/pull"
        said = self.run(f"cat /proc/uptime; echo pull-down > {pull}; sleep {held_s}; echo pull-up > {pull}")
        return float(said.split()[0])

    def level(self, pin: int = BUZZER) -> int:
        return int(self.run(f"cat {PINS}/sim_gpio{pin}/value"))

    @contextmanager
    def waveform(self, pin: int = BUZZER) -> Iterator[list[tuple[float, int]]]:
        """Record a pin's edges as pairs (the machine's monotonic seconds, level). The list is filled on leaving."""
        edges: list[tuple[float, int]] = []
        self.write("/run/sampler.py", SAMPLER)
        self.run(f"nohup python3 /run/sampler.py {PINS}/sim_gpio{pin}/value /run/edges >/dev/null 2>&1 & echo")
        wait_until(lambda: self.run("test -s /run/edges && echo yes", check=False).strip(), PATIENCE_S)
        yield edges
        self.run("kill $(cat /run/sampler.pid)")
        for line in self.run("cat /run/edges").splitlines():
            at, level = line.split()
            edges.append((float(at), int(level)))

    def picture(self) -> pygame.Surface:
        """Return the picture that the television shows now."""
        assert self._monitor is not None
        path = self.folder / "picture.png"
        self._monitor.ask("screendump", filename=str(path), format="png")
        return pygame.image.load(str(path))

    def key(self, name: str) -> None:
        assert self._monitor is not None
        self._monitor.ask("send-key", keys=[{"type": "qcode", "data": name}])

    # --- the USB stick ----------------------------------------------------------------------------------------------

    def plug_in(self, image: Path, *, bytes_per_s: int = 0) -> None:
        """Put in a USB stick with this image. `bytes_per_s` makes it slow to read."""
        assert self._monitor is not None
        limits = {"bps-read": bytes_per_s} if bytes_per_s else {}
        self._monitor.ask("object-add", **{"qom-type": "throttle-group", "id": "speed", "limits": limits})
        # QEMU's own cache would make a second reading quick; the image is what the host sees.
        file = {"driver": "file", "filename": str(image)}
        raw = {"driver": "throttle", "throttle-group": "speed", "file": file}
        self._monitor.ask("blockdev-add", **{"driver": "raw", "node-name": "stick", "file": raw})
        self._monitor.ask("device_add", driver="usb-storage", id="stick", bus="usb.0", drive="stick", removable=True)

    def pull_out(self) -> None:
        """Pull the stick out, if there is one, whatever the machine does with it."""
        assert self._monitor is not None
        monitor = self._monitor

        def gone(command: str, **arguments: str) -> bool:
            try:
                monitor.ask(command, **arguments)
            except AssertionError as error:
                return "not found" in str(error) or "Failed to find" in str(error) or "Cannot find" in str(error)
            return command != "device_del"

        # The device goes when the machine has noticed, and its image can be closed only then.
        for command, arguments in (
            ("device_del", {"id": "stick"}),
            ("blockdev-del", {"node-name": "stick"}),
            ("object-del", {"id": "speed"}),
        ):
            wait_until(lambda command=command, arguments=arguments: gone(command, **arguments), PATIENCE_S)  # type: ignore[misc]


SAMPLER = """\
import os, sys, time
open("/run/sampler.pid", "w").write(str(os.getpid()))
pin = os.open(sys.argv[1], os.O_RDONLY)
before = None
with open(sys.argv[2], "w", buffering=1) as edges:
    while True:
        level = os.pread(pin, 4, 0).strip().decode()
        if level != before:
            before = level
            print(f"{time.monotonic():.4f}", level, file=edges)
        time.sleep(0.004)
"""


class Monitor:
    """A connection to QEMU's control socket (QMP)."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        wait_until(lambda: path.exists() or process.poll() is not None, PATIENCE_S)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(PATIENCE_S)
        self._socket.connect(str(path))
        self._stream = self._socket.makefile("rw")
        self._stream.readline()
        self.ask("qmp_capabilities")

    def ask(self, command: str, **arguments: Any) -> Any:
        self._stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._stream.flush()
        while True:
            said = json.loads(self._stream.readline())
            if "error" in said:
                raise AssertionError(f"{command}: {said['error']}")
            if "return" in said:
                return said["return"]


def overlay(base: Path, to: Path) -> Path:
    """Create a disk image at `to` that begins as a copy of `base` and never changes `base`; return `to`."""
    format_ = "raw" if base.suffix == ".img" else "qcow2"
    to.unlink(missing_ok=True)
    call = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", format_, "-b", str(base), str(to)]
    subprocess.run(call, check=True)
    return to


@contextmanager
def without_kiosk(image: Path, folder: Path, patience_s: float) -> Iterator[Machine]:
    """Yield a machine that answers and never had a kiosk. It has time for the packages that are to be installed.

    `image` is the folder with its image, `folder` keeps its disk. Afterwards its power is cut, if it is still on.
    """
    machine = Machine(image, overlay(image / "root.img", folder / "disk.qcow2"), folder)
    machine.power_on()
    try:
        machine.dial(patience_s)
        machine.write(*PATIENT)
        yield machine
    finally:
        machine.cut_power()


def wait_until(look: Callable[[], T | None], timeout_s: float, pause_s: float = 0.3) -> T:
    """Call `look` until its result is true; return that result. Raises TimeoutError."""
    deadline_s = time.monotonic() + timeout_s
    while not (found := look()):
        if time.monotonic() > deadline_s:
            raise TimeoutError
        time.sleep(pause_s)
    return found


def light(picture: pygame.Surface) -> float:
    """Return the fraction of a picture's points that are not black."""
    points = _points(picture, WHOLE)
    return sum(max(point) > 24 for point in points) / len(points)


def difference(one: pygame.Surface, other: pygame.Surface, area: Area = WHOLE) -> float:
    """Return the fraction of points in `area` that differ between two pictures."""
    pairs = list(zip(_points(one, area), _points(other, area), strict=True))
    return sum(max(abs(a - b) for a, b in zip(*pair, strict=True)) > 24 for pair in pairs) / len(pairs)


def same_screen(one: pygame.Surface, other: pygame.Surface) -> bool:
    """Return whether two pictures show the same screen, judged by the footer.

    The picture moves to prevent burn-in, so the other picture is tried at each place that the moves may give it.
    Measured there: 0.33 between the start screen and an error, up to 0.013 between two pictures of the start screen,
    which without it differ by up to 0.25.
    """
    moves = range(-MOST_MOVED_PX, MOST_MOVED_PX + 1)
    return any(difference(one, _moved(other, dx, dy), FOOT) < 0.1 for dx in moves for dy in moves)


def _moved(picture: pygame.Surface, dx: int, dy: int) -> pygame.Surface:
    moved = picture.copy()
    moved.scroll(dx, dy)
    return moved


def _points(picture: pygame.Surface, area: Area) -> list[tuple[int, int, int]]:
    width, height = picture.get_size()
    left, top, right, bottom = area
    part = pygame.Rect(left * width, top * height, (right - left) * width, (bottom - top) * height)
    small = pygame.transform.smoothscale(picture.subsurface(part), (160, 90))
    data = pygame.image.tobytes(small, "RGB")
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]


def _forwarded(port: int, to: int) -> str:
    return f"hostfwd=tcp:127.0.0.1:{port}-:{to}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
