"""The checkpoint, a small file with the position in the running circuit. After a power cut the circuit resumes there.

SD cards wear out, and an fsync on one can take seconds. So the file is written only once per interval, pause and key
press, in a thread of its own. If the disk fails, the circuit cannot be resumed; everything else works.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from kiosk.session import Phase, Session
from kiosk.system.clock import Clocks, clocks
from kiosk.system.folders import user_folder
from kiosk.system.worker import Worker
from kiosk.timeline import Timeline

log = logging.getLogger("kiosk")

VERSION = 1
FILE = "checkpoint.json"
EXPIRES_S = 5 * 60.0
"""Maximum age of a position beyond its `lasts_s`. By then the people who trained have gone home."""
UNLIMITED_PAUSE_S = 24 * 3600.0
"""Value of `lasts_s` for a pause that has no limit."""
CLOSE_S = 1.0
"""Maximum wait for a slow card at the end. The service has to stop within 2 s."""
LARGEST_BYTES = 10_000
LARGEST_NUMBER = 1e12
"""Maximum credible number of seconds, some 30,000 years. JSON allows integers so large that arithmetic overflows."""


class Position(NamedTuple):
    """A position in a circuit.

    `elapsed_s` is the offset at which the current interval began, or at which the circuit was paused. `timeline` is the
    fingerprint of the circuit's timeline, which shows whether the circuit was edited. `lasts_s` is the maximum time
    until the next position is written, which is the length of the interval or the longest pause.
    """

    circuit: str
    timeline: str
    elapsed_s: float
    lasts_s: float

    def index_in(self, timelines: Sequence[Timeline]) -> int | None:
        """Return the index of this position's timeline, or None if the circuit was removed or edited."""
        for index, timeline in enumerate(timelines):
            if timeline.circuit.id == self.circuit and fingerprint(timeline) == self.timeline:
                return index if self.elapsed_s < timeline.total_s else None
        return None


class Checkpoint(NamedTuple):
    """A position, and the clocks at the time of writing."""

    position: Position
    written: Clocks

    def age_s(self, now: Clocks) -> float:
        """Return the age in seconds, or the best known lower bound of the age.

        Until the next power-on the boot clock gives the age. After a power cut only the wall clock could give the age,
        but on a Pi without a battery the wall clock is behind until a time server has answered. Until then the result
        is the larger of two lower bounds: the time since power-on, and the age by the wall clock.
        """
        if self.written.boot_id and self.written.boot_id == now.boot_id:
            return now.boot_s - self.written.boot_s
        by_wall_s = now.wall_s - self.written.wall_s if self.written.wall_known else 0.0
        return max(by_wall_s, now.boot_s)

    def expired(self, now: Clocks) -> bool:
        """Return whether it is too late to resume. Call this repeatedly, since the wall clock may be set meanwhile."""
        return self.age_s(now) > EXPIRES_S + self.position.lasts_s


class CheckpointStore:
    """A store that writes checkpoints as the session goes on, and loads the last checkpoint at the start.

    `note` is cheap, so call it in every turn of the loop, after the step. If the folder is missing or read-only or the
    disk is full, one line is logged. Then, or if the card hangs, the next start has nothing to resume.
    """

    def __init__(self, folder: Path | None = None, now: Callable[[], Clocks] = clocks) -> None:
        self._file = (folder or state_folder()) / FILE
        self._now = now
        self._noted: Position | None = None
        self._key_s = -inf
        """Value of `Session.key_s` at the last note. A key press extends a pause, so the position is written again."""
        self._writer = Worker("writing the checkpoint")
        self._warned = False

    def load(self) -> Checkpoint | None:
        """Return the last checkpoint, or None if there is no checkpoint that can be used.

        The checkpoint's position counts as noted, so it is not written again until the session has moved on.
        """
        try:
            checkpoint = _decoded(_contents(self._file))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
            log.warning("no circuit to resume: %s cannot be used (%s)", self._file, reason)
            self.clear()
            return None
        if checkpoint.expired(self._now()):
            log.info("no circuit to resume: the interrupted circuit has expired")
            self.clear()
            return None
        self._noted = checkpoint.position
        return checkpoint

    def expired(self, checkpoint: Checkpoint) -> bool:
        """Return whether it is now too late to resume a checkpoint that `load` returned."""
        return checkpoint.expired(self._now())

    def note(self, session: Session) -> None:
        """Write the session's position if it has changed, or remove the file if there is nothing to resume."""
        resume_point = _resume_point(session)
        noted = None if self._noted is None else (self._noted.circuit, self._noted.elapsed_s)
        if resume_point is None:
            if noted is not None:
                self.clear()
        elif resume_point != noted or session.key_s != self._key_s:
            self._noted, self._key_s = position_of(session), session.key_s
            data = _encoded(Checkpoint(self._noted, self._now()))
            self._writer.submit(lambda: self._try(lambda: _replace(self._file, data)))

    def clear(self) -> None:
        """Remove the checkpoint, because there is nothing to resume."""
        self._noted = None
        self._writer.submit(lambda: self._try(lambda: _remove(self._file)))

    def wait(self, timeout_s: float) -> bool:
        """Wait until everything is written, at most `timeout_s`. Return whether everything is written."""
        return self._writer.wait(timeout_s)

    def close(self) -> None:
        """Finish writing, within a second. The file stays, so the circuit can be resumed after an upgrade."""
        self._writer.close(CLOSE_S)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            if not self._warned:
                self._warned = True
                reason = error.strerror or type(error).__name__
                line = "after a power cut the circuit will start from the beginning: %s cannot be written (%s)"
                log.warning(line, self._file, reason)


def state_folder() -> Path:
    """Return the folder for persistent state, which is the folder that systemd names, or else the user's own."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given)
    return user_folder("XDG_STATE_HOME", ".local/state", "/var/lib")


def position_of(session: Session) -> Position:
    """Return the position of a session whose circuit has begun."""
    timeline = session.timeline
    running = session.phase is Phase.RUNNING
    interval = timeline.at(session.elapsed_s)
    return Position(
        timeline.circuit.id,
        fingerprint(timeline),
        interval.start_s if running else session.kept_s,
        interval.duration_s if running else session.rules.pause_limit_s or UNLIMITED_PAUSE_S,
    )


def fingerprint(timeline: Timeline) -> str:
    """Return a checksum of the timeline's intervals, as text."""
    lines = [
        f"{one.kind} {one.start_s} {one.duration_s} {one.round} {one.exercise.id} {one.side}"
        for one in timeline.intervals
    ]
    return f"{crc32(repr(lines).encode()):08x}"


def _resume_point(session: Session) -> tuple[str, float] | None:
    """Return the circuit's id and the offset to resume from, or None if there is nothing to resume."""
    if not session.phase.in_circuit:
        return None
    elapsed_s = session.elapsed_s
    if session.phase is Phase.RUNNING:
        elapsed_s = session.timeline.at(elapsed_s).start_s
    return session.timeline.circuit.id, elapsed_s


def _encoded(checkpoint: Checkpoint) -> bytes:
    position, written = checkpoint.position._asdict(), checkpoint.written._asdict()
    fields = {"version": VERSION, "position": position, "written": written}
    return (json.dumps(fields, indent=1) + "\n").encode()


def _decoded(data: bytes) -> Checkpoint:
    """Return the checkpoint in the bytes. Raises ValueError if the bytes are not a checkpoint of this version."""
    fields = json.loads(data)
    if not isinstance(fields, dict) or fields.get("version") != VERSION:
        raise ValueError("another version of the program wrote it")
    try:
        position, written = fields["position"], fields["written"]
        checkpoint = Checkpoint(Position(**position), Clocks(**written))
    except (KeyError, TypeError) as error:
        raise ValueError("missing or unexpected fields") from error
    numbers = (checkpoint.position.elapsed_s, checkpoint.position.lasts_s, written["wall_s"], written["boot_s"])
    texts = (checkpoint.position.circuit, checkpoint.position.timeline, written["boot_id"])
    if not _all(numbers, (int, float)) or not _all(texts, (str,)) or not isinstance(written["wall_known"], bool):
        raise ValueError("fields of the wrong type")
    # This also rejects NaN and Infinity, which Python's JSON parser accepts.
    if not all(0 <= number < LARGEST_NUMBER for number in numbers):
        raise ValueError("a number out of range")
    return checkpoint


def _all(values: Sequence[object], kinds: tuple[type, ...]) -> bool:
    return all(isinstance(value, kinds) and not isinstance(value, bool) for value in values)


def _contents(file: Path) -> bytes:
    """Return the content of the file. Raises OSError if the file cannot be read, or is not an ordinary file."""
    # Without O_NONBLOCK, opening a pipe would wait forever for a writer.
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is not an ordinary file")
        return os.read(descriptor, LARGEST_BYTES)
    finally:
        os.close(descriptor)


def _replace(file: Path, data: bytes) -> None:
    """Write the file atomically. After a power cut the folder holds either the old file or the new file."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    # A file with this name may be a pipe, and opening a pipe would wait for a reader.
    new.unlink(missing_ok=True)
    with new.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
    _sync(file.parent)


def _remove(file: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()
        _sync(file.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
