"""The installer and the unit, as far as they can be tested without a Raspberry Pi. tests/pi tests the rest."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

from kiosk.editor import status
from kiosk.setup import defaults
from kiosk.stick import notices
from kiosk.wiring import phone
from tests.conftest import ROOT, needs

SYSTEMD = ROOT / "systemd"
INSTALLER, UNIT, STICK = SYSTEMD / "install.sh", SYSTEMD / "kiosk.service", SYSTEMD / "kiosk-stick@.service"
PAGE, PAGE_PATH, PAGE_SOCKET = (SYSTEMD / f"kiosk-editor.{kind}" for kind in ("service", "path", "socket"))
HIGHEST_EXPOSURE = {UNIT: 17, STICK: 2, PAGE: 3}
"""Maximum exposure in tenths, so 1.7, 0.2 and 0.3 on systemd's scale from 0 (safe) to 10."""


def install(*arguments: str, script: Path = INSTALLER, user: int | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False, user=user)


class UnitParser(ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        """Return the name with its case unchanged, because case matters to systemd."""
        return optionstr


def unit(path: Path = UNIT) -> ConfigParser:
    parser = UnitParser(strict=False, interpolation=None)
    parser.read(path)
    return parser


class TestUnit:
    @pytest.mark.parametrize("path", [UNIT, STICK, PAGE, PAGE_PATH, PAGE_SOCKET], ids=lambda path: path.name)
    def test_systemd_understands_every_line(self, path: Path, tmp_path: Path) -> None:
        """`verify` succeeds even with unknown keys, so the test reads the messages."""
        copy = tmp_path / path.name.replace("@", "@sda1")
        # `verify` also looks for the programs, and they are not installed here.
        copy.write_text(re.sub(r"^(Exec\w+)=.*", r"\1=/bin/true", path.read_text(), flags=re.MULTILINE))
        if path in (PAGE, PAGE_PATH, PAGE_SOCKET):
            # They name each other.
            for other in (PAGE, PAGE_PATH, PAGE_SOCKET):
                if other is not path:
                    (tmp_path / other.name).write_text(other.read_text().replace("/usr/bin/python3", "/bin/true"))
        done = subprocess.run(
            [needs("systemd-analyze"), "verify", "--man=no", copy], capture_output=True, text=True, check=False
        )
        said = [line for line in done.stderr.splitlines() if str(copy) in line or "kiosk" in line]
        assert said == []

    @pytest.mark.parametrize("path", HIGHEST_EXPOSURE, ids=lambda path: path.name)
    def test_it_is_locked_in(self, path: Path) -> None:
        options = ("security", "--offline=yes", f"--threshold={HIGHEST_EXPOSURE[path]}", "--no-pager")
        command = [needs("systemd-analyze"), *options, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout

    def test_it_never_gives_up_and_is_watched(self) -> None:
        service, head = unit()["Service"], unit()["Unit"]
        assert head["StartLimitIntervalSec"] == "0"
        assert service["Type"] == "notify"
        assert service["Restart"] == "always"
        assert int(service["WatchdogSec"]) >= 5
        assert int(service["TimeoutAbortSec"]) <= 2

    def test_its_programs_are_in_the_package(self) -> None:
        service = unit()["Service"]
        assert service["ExecStart"] == "/usr/bin/kiosk run"
        silence = service["ExecStopPost"].split()[-1]
        assert (ROOT / Path(silence).relative_to("/usr/lib/python3/dist-packages")).is_file()

    def test_its_groups_are_the_package_s(self) -> None:
        groups = unit()["Service"]["SupplementaryGroups"].split()
        lines = (SYSTEMD / "debian/kiosk.sysusers").read_text().splitlines()
        assert [line for line in lines if line.startswith("m ")] == [f"m kiosk {group}" for group in groups]
        assert {f"g {group} -" for group in groups} <= set(lines)


class TestStick:
    def test_each_step_is_one_of_the_program_s_and_only_what_reads_the_files_is_locked_in(self) -> None:
        service = unit(STICK)["Service"]
        steps = {name: service[f"Exec{name}"] for name in ("Condition", "Start", "StartPost", "StopPost")}
        python = "/usr/bin/python3 -I -m kiosk.stick"
        assert steps == {
            "Condition": f"+{python} mount %I",
            "Start": f"{python} read %I",
            "StartPost": f"+{python} finish %I",
            "StopPost": f"+{python} clean %I",
        }
        assert service["DynamicUser"] == "yes"
        assert Path("/run") / service["RuntimeDirectory"].removesuffix("/%i") == notices.FOLDER

    def test_the_rule_starts_it_for_usb_sticks(self) -> None:
        rule = (SYSTEMD / "99-kiosk-stick.rules").read_text()
        assert 'ENV{ID_BUS}=="usb"' in rule
        assert STICK.name.replace("@", "@%k") in rule

    def test_root_s_steps_need_nothing_but_python_itself(self) -> None:
        """What reads the files of a stick needs PyYAML and pygame; it must not run as root by an import."""
        code = (
            "import sys; from kiosk.stick import __main__, answer, device, take_over; "
            "print(sorted(sys.modules.keys() & {'yaml', 'pygame', 'kiosk.config', 'kiosk.timeline'}))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout == "[]\n"


class TestPage:
    def test_it_is_started_by_the_wall_s_file_alone_and_its_port_is_open_as_long(self) -> None:
        path, head, socket = unit(PAGE_PATH), unit(PAGE)["Unit"], unit(PAGE_SOCKET)
        assert path["Path"]["PathExists"] == head["ConditionPathExists"] == str(status.ASKED)
        assert status.ASKED.parent.name == unit()["Service"]["RuntimeDirectory"]
        assert head["Requires"] == PAGE_SOCKET.name
        assert socket["Unit"]["StopWhenUnneeded"] == "yes"
        assert "Install" in path
        assert not any("Install" in other for other in (unit(PAGE), socket)), "nothing else starts it"
        assert phone.VARIABLE + "=on" in UNIT.read_text()

    def test_the_wall_reads_what_it_says(self) -> None:
        service = unit(PAGE)["Service"]
        assert Path("/run") / service["RuntimeDirectory"] == status.STATUS.parent
        assert service["Group"] == unit()["Service"]["Group"]

    def test_it_has_no_network_but_its_port_and_the_wall_has_none(self) -> None:
        page, wall = unit(PAGE)["Service"], unit()["Service"]
        assert page["PrivateNetwork"] == "yes"
        assert page["RestrictAddressFamilies"] == "AF_UNIX"
        assert wall["IPAddressDeny"] == page["IPAddressDeny"] == "any"
        assert "AF_INET" not in wall["RestrictAddressFamilies"]

    def test_its_user_is_the_package_s_and_not_the_wall_s(self) -> None:
        user = unit(PAGE)["Service"]["User"]
        assert user != unit()["Service"]["User"]
        assert f"u {user} - " in (SYSTEMD / "debian/kiosk.sysusers").read_text()
        assert user == defaults.EDITOR


class TestScripts:
    @pytest.mark.parametrize(
        "path",
        [*SYSTEMD.rglob("*.sh"), *SYSTEMD.glob("debian/p*"), *(ROOT / "tests").rglob("*.sh")],
        ids=lambda path: path.name,
    )
    def test_shellcheck_finds_nothing(self, path: Path) -> None:
        done = subprocess.run([needs("shellcheck"), path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout

    def test_help_says_how_to_call_it(self) -> None:
        done = install("--help")
        assert done.returncode == 0
        for option in ("--desktop", "--uninstall", "--purge", "--any-machine"):
            assert option in done.stdout

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["--instal"], "there is no --instal"),
            (["--purge"], "--purge goes with --uninstall"),
            (["--uninstall", "--desktop"], "--desktop does not go with --uninstall"),
        ],
    )
    def test_a_wrong_call_changes_nothing(self, arguments: list[str], expected: str) -> None:
        done = install(*arguments)
        assert done.returncode == 1
        assert expected in done.stderr

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
    @pytest.mark.parametrize("arguments", [[], ["--uninstall"]])
    def test_whoever_is_not_root_is_told_what_to_type(self, arguments: list[str], tmp_path: Path) -> None:
        # A folder that every user may read.
        folder = Path("/tmp") / f"kiosk-{tmp_path.name}-{os.getpid()}"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "tests", "__pycache__"))
        try:
            subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
            script = folder / "systemd" / "install.sh"
            done = install(*arguments, script=script, user=65534)
        finally:
            shutil.rmtree(folder)
        assert done.returncode == 1
        assert f"this has to be root; type: sudo {script}{' ' if arguments else ''}{' '.join(arguments)}" in done.stderr

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gets as far as that")
    @pytest.mark.skipif(not Path("/usr/bin/apt-get").exists(), reason="not a Debian")
    def test_on_a_machine_that_is_no_pi_it_says_so_and_changes_nothing(self) -> None:
        if Path("/proc/device-tree/model").exists():
            pytest.skip("this may be a Pi")
        done = install()
        assert done.returncode == 1
        assert "this is not a Raspberry Pi" in done.stderr
        assert "--any-machine" in done.stderr
        assert not Path("/opt/kiosk").exists()

    def test_the_desktop_s_kiosk_runs_in_a_private_folder(self) -> None:
        """$XDG_RUNTIME_DIR is unset. In /tmp, another user could create a folder with a predictable name first."""
        with subprocess.Popen(
            [SYSTEMD / "desktop.sh"], env={"PATH": os.environ["PATH"]}, start_new_session=True
        ) as run:
            try:
                here, deadline_s = Path(f"/proc/{run.pid}/cwd"), time.monotonic() + 20
                while here.readlink() == Path.cwd() and time.monotonic() < deadline_s:
                    time.sleep(0.01)
                folder = here.readlink()
            finally:
                os.killpg(run.pid, signal.SIGKILL)
        try:
            assert folder.parent == Path("/tmp")
            assert folder.name != "kiosk"
            assert stat.filemode(folder.stat().st_mode) == "drwx------"
        finally:
            shutil.rmtree(folder)

    def test_the_file_alone_is_not_enough(self, tmp_path: Path) -> None:
        script = tmp_path / "systemd" / "install.sh"
        script.parent.mkdir()
        shutil.copy(INSTALLER, script)
        done = install(script=script)
        assert done.returncode == 1
        assert "copy the whole folder" in done.stderr


class TestVirtualPi:
    def test_a_machine_without_the_tools_is_told_one_line_to_type_before_anything_starts(self, tmp_path: Path) -> None:
        programs, checkout = tmp_path / "programs", tmp_path / "checkout"
        programs.mkdir()
        for name in ("sh", "grep"):
            (programs / name).symlink_to(needs(name))
        (checkout / "tests/pi").mkdir(parents=True)
        for name in ("Makefile", "tests/pi/tools.sh"):
            shutil.copy(ROOT / name, checkout / name)
        call = [needs("make"), "--directory", str(checkout), "test-pi"]
        done = subprocess.run(call, capture_output=True, text=True, check=False, env={"PATH": str(programs)})
        told = [line for line in done.stderr.splitlines() if "sudo" in line]
        assert done.returncode != 0
        assert len(told) == 1
        for package in (
            "python3-venv",
            "qemu-system-arm",
            "qemu-user-static",
            "mmdebstrap",
            "swig",
            "gcc-aarch64-linux-gnu",
        ):
            assert f" {package}" in told[0]
        assert not (checkout / ".venv").exists()
