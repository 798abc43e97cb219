"""Finds the config folder and the YAML files in it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.config.problem import ContentError, natural_order, quoted
from kiosk.config.values import FILE_NAME
from kiosk.config_files import SUFFIXES
from kiosk.errors import ConfigError, Problem

VARIABLE = "KIOSK_CONFIG"
SYSTEM_FOLDER = Path("/etc/kiosk")
PACKAGE = Path(__file__).resolve().parents[1]


def locate(argument: Path | None = None) -> Path:
    """Return the absolute path of the config folder.

    The order of choice is the argument, $KIOSK_CONFIG, /etc/kiosk, and the folder that comes with the program. Raises
    ConfigError if the argument or $KIOSK_CONFIG does not name a folder, or if the program's own folder is missing.
    """
    variable = os.environ.get(VARIABLE)
    if argument is not None:
        return _folder(argument, "--config")
    if variable:
        return _folder(Path(variable), f"${VARIABLE}")
    return shipped("config") if why_no_folder(SYSTEM_FOLDER) else SYSTEM_FOLDER


def shipped(name: str) -> Path:
    """Return the folder "config" or "assets" that comes with the program, whether installed or in a checkout.

    Raises ConfigError if the folder is missing.
    """
    for folder in (PACKAGE / "shipped" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigError(Problem("this folder is missing", "install the kiosk again", path=PACKAGE / "shipped" / name))


def yaml_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return the YAML files of a folder, by name and in natural order, and the problems with wrong file names.

    A folder that does not exist has no files. Hidden files and editors' backups (name~) are ignored.
    """
    try:
        paths = sorted(folder.iterdir(), key=lambda path: (natural_order(path.stem), path.name))
    except FileNotFoundError:
        return {}, []
    except NotADirectoryError:
        return {}, [Problem("this is a file", "a folder is expected here", path=folder)]
    except OSError as error:
        right = "allow the kiosk to read it: chmod a+rx"
        return {}, [Problem(f"the folder cannot be read ({error.strerror})", right, path=folder)]
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            name = _name(path, files)
        except ContentError as error:
            problems += error.within(path)
        else:
            if name is not None:
                files[name] = path
    return files, problems


def _name(path: Path, files: dict[str, Path]) -> str | None:
    """Return the name of the exercise or circuit in a file, or None if the file is to be ignored."""
    if path.name.startswith(".") or path.name.endswith("~"):
        return None
    if path.suffix.lower() == ".txt" and path.stem.lower().endswith(SUFFIXES):
        # An editor on Windows may add .txt to the name, and Windows may hide this ending.
        raise ContentError(Problem("the name ends in .txt", f"rename the file to {quoted(path.stem)}"))
    if path.suffix.lower() not in SUFFIXES:
        return None
    if not FILE_NAME.fullmatch(path.stem):
        raise ContentError(
            Problem("the file's name is not allowed", "use letters, digits and hyphens, such as side-plank.yaml")
        )
    if path.stem in files:
        raise ContentError(Problem(f"there is also a {quoted(files[path.stem].name)}", "keep one of the two"))
    return path.stem


def _folder(path: Path, source: str) -> Path:
    if what := why_no_folder(path):
        raise ConfigError(Problem(what, f"{source} must name a folder with circuits and exercises", path=path))
    return path.absolute()


def why_no_folder(path: Path) -> str | None:
    """Return why a path is not a folder, or None if it is a folder."""
    try:
        if path.is_dir():
            return None
        return "this is a file" if path.exists() else "this folder does not exist"
    except OSError as error:
        return f"this folder cannot be read ({error.strerror})"
