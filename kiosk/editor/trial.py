"""Checks a config folder with its figures and pictures, in a process of its own, and prints the problems as JSON.

`python3 -m kiosk.editor.trial FOLDER` needs pygame, which the editor's own process does not import.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kiosk import config
from kiosk.editor.drafts import within
from kiosk.editor.errors import facts
from kiosk.errors import FileError


def main(folder: Path) -> None:
    try:
        config.check(folder)
    except FileError as error:
        print(json.dumps([facts(problem, (), within(problem.path, folder)) for problem in error.problems]))
    else:
        print("[]")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
