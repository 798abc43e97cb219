"""The Debian package: what is in it, and what lintian says. tests/pi installs it."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk import __version__
from tests.conftest import ROOT, needs

DEBIAN = ROOT / "systemd/debian"


def build(to: Path) -> Path:
    done = subprocess.run([DEBIAN / "build.sh", to], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs("dpkg-deb", "dpkg")
    return build(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder], check=True)
    return folder


def test_it_has_the_program_s_version(package: Path) -> None:
    assert package.name == f"kiosk_{__version__}_all.deb"
    assert (DEBIAN / "changelog").read_text().startswith(f"kiosk ({__version__}) ")


def test_lintian_finds_nothing(package: Path) -> None:
    call = [needs("lintian"), "--fail-on", "error,warning", "--allow-root", str(package)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_same_sources_give_the_same_package(package: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == package.read_bytes()


def test_the_program_finds_its_workouts_in_it(unpacked: Path) -> None:
    program = unpacked / "usr/lib/python3/dist-packages/kiosk"
    for name in ("config/kiosk.yaml", "config/circuits/tabata.yaml", "assets/figures/squat.yaml"):
        assert (program / "shipped" / name).read_bytes() == (ROOT / name).read_bytes()
    assert (program.parent / "kiosk/shipped").resolve() == (unpacked / "usr/share/kiosk").resolve()
    assert not list(unpacked.rglob("__pycache__"))


def test_every_unit_is_in_it_and_those_that_start_by_themselves_are_enabled(unpacked: Path) -> None:
    units = {
        path.name for kind in ("service", "path", "socket", "timer") for path in (ROOT / "systemd").glob(f"*.{kind}")
    }
    assert {path.name for path in (unpacked / "usr/lib/systemd/system").iterdir()} == units
    enabled = " ".join(sorted(name for name in units if "[Install]" in (ROOT / "systemd" / name).read_text()))
    assert f"ENABLED='{enabled}'" in (unpacked / "DEBIAN/postinst").read_text()
    for script in ("postinst", "prerm", "postrm"):
        assert f"UNITS='{' '.join(sorted(units))}'" in (unpacked / "DEBIAN" / script).read_text()


def test_every_rule_is_in_it(unpacked: Path) -> None:
    rules = sorted(path.name for path in (ROOT / "systemd").glob("*.rules"))
    assert sorted(path.name for path in (unpacked / "usr/lib/udev/rules.d").iterdir()) == rules
    assert f"RULES='{' '.join(rules)}'" in (unpacked / "DEBIAN/postinst").read_text()


def test_the_programs_of_its_units_are_in_it_or_in_what_it_needs(unpacked: Path) -> None:
    for unit in (unpacked / "usr/lib/systemd/system").iterdir():
        programs = re.findall(r"^Exec\w+=[+!@:-]*(\S+)(?: -I -m (\S+))?", unit.read_text(), re.MULTILINE)
        for program, module in programs:
            assert program == "/usr/bin/python3" or (unpacked / program[1:]).is_file(), f"{unit.name}: {program}"
            folder = unpacked / "usr/lib/python3/dist-packages" / module.replace(".", "/")
            assert not module or (folder / "__main__.py").is_file(), f"{unit.name}: {module}"


def test_it_needs_what_the_page_needs(unpacked: Path) -> None:
    """Apt brings on the Pi what the extra brings on a laptop, from the same version on."""
    names = {"pyyaml": "yaml"}
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["editor"]]
    depends = re.search(r"^Depends: (.*)", (unpacked / "DEBIAN/control").read_text(), re.MULTILINE)
    assert depends
    for line in wanted:
        name, version = re.match(r"([\w.-]+)[>=]+([\w.]+)", line).groups()  # type: ignore[union-attr]
        if name not in ("gpiozero", "font-roboto"):
            package = f"python3-{names.get(name.lower(), name)}"
            assert f"{package} (>= {version})" in depends[1].split(", ")


def test_the_manual_has_every_command(unpacked: Path) -> None:
    manual = gzip.decompress((unpacked / "usr/share/man/man1/kiosk.1.gz").read_bytes()).decode()
    usage = subprocess.run(
        [sys.executable, "-m", "kiosk", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for command in re.findall(r"^    (\w+) ", usage.stdout, re.MULTILINE):
        assert re.search(rf"^\.(B|BR) (.* )?{command}\b", manual, re.MULTILINE), command


def test_what_the_gym_edits_is_no_file_of_the_package(unpacked: Path) -> None:
    """Dpkg would ask what to do with it, and an unattended upgrade would wait for the answer."""
    assert sorted(path.name for path in unpacked.iterdir()) == ["DEBIAN", "usr"]
    assert not (unpacked / "DEBIAN/conffiles").exists()


def test_without_a_folder_it_says_how_to_call_it() -> None:
    done = subprocess.run([DEBIAN / "build.sh"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "type: systemd/debian/build.sh FOLDER" in done.stderr
