"""The wall's side of the drawing process: the process's folders, its start, its orders, and its messages."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path

from kiosk.figure.files import FigureFile
from kiosk.picture.files import OwnPicture
from kiosk.screen.figure.files import Folders, NoFolderError
from kiosk.screen.figure.own import to_json
from kiosk.screen.figures import SizedFigure

RETRY_S = 60.0
"""Pause before a process that died is started again. Somebody may have made room on a full disk by then."""

log = logging.getLogger(__name__)


class DrawingProcess:
    """A process at the lowest priority that draws pictures into folders. No call waits for the process."""

    def __init__(
        self,
        figures: Mapping[str, FigureFile],
        cache_dir: Path,
        memory_dir: Path | None,
        clock: Callable[[], float],
        pictures: Iterable[OwnPicture] = (),
    ) -> None:
        self.folders = Folders([cache_dir.absolute()], self._say)
        self.popen: subprocess.Popen[bytes] | None = None
        """The running process, or None."""
        self._figures = figures
        self._pictures = list(pictures)
        self._memory_dir = memory_dir
        self._clock = clock
        self._retry_s = -inf
        self._said: set[str] = set()

    @property
    def running(self) -> bool:
        if self.popen is not None:
            status = self.popen.poll()
            self._hear(self.popen)
            if status is not None:
                self.popen = None
                # Exit status 0 means that nothing was left to draw.
                self._retry_s = self._clock() + RETRY_S if status else -inf
                if status not in (0, NoFolderError.exit_status):
                    self._say(f"the figures' drawing process ended with {status}")
        return self.popen is not None

    @property
    def given_up(self) -> bool:
        """Whether the process died and is not started again yet."""
        return not self.running and self._clock() < self._retry_s

    def send(self, requested: Sequence[SizedFigure]) -> None:
        """Send the figures to draw, most urgent first. Start the process if it is not running and has not just died."""
        if not self.running and self._clock() >= self._retry_s:
            self._start()
        if self.popen and self.popen.stdin:
            # If the process has just died, writing fails. The next call notices that the process is gone.
            with suppress(OSError):
                self.popen.stdin.write(json.dumps(requested).encode() + b"\n")
                self.popen.stdin.flush()

    def close(self) -> None:
        """End the process and never start another. Further calls do nothing."""
        self._retry_s = inf
        if self.popen:
            self.popen.kill()
            self._hear(self.popen)
            # This closes the pipes.
            with self.popen:
                self.popen = None
        for temporary in self.folders.paths[1:]:
            shutil.rmtree(temporary, ignore_errors=True)

    def _start(self) -> None:
        if len(self.folders.paths) == 1:
            # This folder is used while the cache cannot be written. If neither can be written, there are no pictures.
            with suppress(OSError):
                temporary = tempfile.mkdtemp(prefix="kiosk-figures-", dir=self._memory_dir)
                self.folders.paths.append(Path(temporary).absolute())
        paths = json.dumps([*map(str, self.folders.paths)])
        try:
            # In its own session, the process does not get a terminal's Ctrl-C. `close` stops the process.
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "kiosk.screen.figure.render", paths, *map(str, self._files())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).parents[3],
                start_new_session=True,
            )
            assert self.popen.stdout is not None
            os.set_blocking(self.popen.stdout.fileno(), False)
        except OSError as error:
            self._retry_s = self._clock() + RETRY_S
            self._say(f"the figures' drawing process does not start: {error}")

    def _files(self) -> Iterator[Path]:
        """Yield a file of each figure, and that which names the own pictures.

        A file with a given content is written, since its own may be edited.
        """
        if self._pictures:
            yield self._named()
        for name, (path, content) in self._figures.items():
            if content is not None and len(self.folders.paths) > 1:
                copy = self.folders.paths[1] / f"{name}.yaml"
                with suppress(OSError):
                    copy.write_bytes(content)
                    yield copy
                    continue
            yield path.resolve()

    def _named(self) -> Path:
        """Write the file that names the own pictures, and return its path. Without room for it, none can be drawn."""
        for folder in reversed(self.folders.paths):
            named = folder / "pictures.json"
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                named.write_text(to_json(self._pictures))
                break
        return named

    def _hear(self, popen: subprocess.Popen[bytes]) -> None:
        """Log the messages that the process has written since the last call."""
        assert popen.stdout is not None
        for line in (popen.stdout.read() or b"").decode(errors="replace").splitlines():
            self._say(line)

    def _say(self, line: str) -> None:
        """Log a line, unless the same line was logged before."""
        if line not in self._said:
            self._said.add(line)
            log.warning("%s", line)
