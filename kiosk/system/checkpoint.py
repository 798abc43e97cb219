"""The checkpoint, a small file with the position in the running circuit. After a power cut the circuit resumes there.

SD cards wear out, and an fsync on one can take seconds. So the file is written only once per interval, pause and key
press, and every 10 s in work that a press ends or counts in, in a thread of its own. If the disk fails, the circuit
cannot be resumed; everything else works.
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

from kiosk.session import Phase, Result, Session
from kiosk.system.clock import Clocks, clocks
from kiosk.system.folders import user_folder
from kiosk.system.worker import Worker
from kiosk.timeline import Interval, Mode, Timeline

log = logging.getLogger("kiosk")

VERSION = 1
FILE = "checkpoint.json"
EXPIRES_S = 5 * 60.0
"""Maximum age of a position beyond its `lasts_s`. By then the people who trained have gone home."""
UNLIMITED_PAUSE_S = 24 * 3600.0
"""Value of `lasts_s` for a pause that has no limit."""
CLOSE_S = 1.0
"""Maximum wait for a slow card at the end. The service has to stop within 2 s."""
NOTE_EVERY_S = 10.0
"""Interval between positions in work that a press ends or counts in: it may last long, and its time is the result."""
LARGEST_BYTES = 100_000
LARGEST_NUMBER = 1e12
"""Maximum credible number of seconds, some 30,000 years. JSON allows integers so large that arithmetic overflows."""


class Position(NamedTuple):
    """A position in a circuit.

    `elapsed_s` is the offset at which the current interval began, or at which the circuit was paused; in work that a
    press ends or counts in, it is at most NOTE_EVERY_S ago. `timeline` is the fingerprint of the circuit's timeline, by
    which an edited circuit is noticed. `lasts_s` is the maximum time until the next position is written: the length of
    the interval, or the longest pause. `jumped_s` and `results` are those of the session.
    """

    circuit: str
    timeline: str
    elapsed_s: float
    lasts_s: float
    jumped_s: float = 0.0
    results: tuple[Result, ...] = ()

    def index_in(self, timelines: Sequence[Timeline]) -> int | None:
        """Return the index of this position's timeline, or None if the circuit was removed or edited."""
        for index, timeline in enumerate(timelines):
            if timeline.circuit.id == self.circuit and fingerprint(timeline) == self.timeline:
                known = all(result.interval < len(timeline.intervals) for result in self.results)
                return index if known and self.elapsed_s < timeline.total_s else None
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
        resume_point, noted = _resume_point(session), None
        if self._noted is not None:
            noted = self._noted.circuit, self._noted.elapsed_s, self._noted.results
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
    if session.phase is Phase.RUNNING:
        interval = timeline.at(session.elapsed_s)
        lasts_s = interval.duration_s if interval.mode is Mode.TIMED else NOTE_EVERY_S
    else:
        lasts_s = session.rules.pause_limit_s or UNLIMITED_PAUSE_S
    return Position(
        timeline.circuit.id, fingerprint(timeline), _kept_s(session), lasts_s, session.jumped_s, session.results
    )


def fingerprint(timeline: Timeline) -> str:
    """Return a checksum of the timeline's intervals, as text."""
    lines = [
        f"{one.kind} {one.start_s} {one.duration_s} {one.round} {_named(one)} {one.side}" for one in timeline.intervals
    ]
    return f"{crc32(repr(lines).encode()):08x}"


def _named(interval: Interval) -> str:
    """Return what is done in an interval and what ends it. Nothing is added to timed exercises that have a file, so
    that a circuit can be resumed after an upgrade.
    """
    mode = "" if interval.mode is Mode.TIMED else f" {interval.mode}"
    return (interval.exercise.id or interval.exercise.name) + mode


def _resume_point(session: Session) -> tuple[str, float, tuple[Result, ...]] | None:
    """Return the circuit's id, the offset to resume from and the results, or None if there is nothing to resume."""
    if not session.phase.in_circuit:
        return None
    return session.timeline.circuit.id, _kept_s(session), session.results


def _kept_s(session: Session) -> float:
    """Return the offset to resume from."""
    if session.phase is not Phase.RUNNING:
        return session.kept_s
    index = session.timeline.index_at(session.elapsed_s)
    interval = session.timeline.intervals[index]
    if interval.mode is Mode.TIMED:
        return interval.start_s
    within_s = session.elapsed_s - interval.start_s
    return interval.start_s + max(within_s // NOTE_EVERY_S * NOTE_EVERY_S, *session.result(index).laps_s, 0.0)


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
        results = tuple(Result(index, used_s, tuple(laps_s)) for index, used_s, laps_s in position.pop("results", ()))
        checkpoint = Checkpoint(Position(**position, results=results), Clocks(**written))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError("missing or unexpected fields") from error
    numbers = [checkpoint.position.elapsed_s, checkpoint.position.lasts_s, written["wall_s"], written["boot_s"]]
    for result in results:
        numbers += [result.interval, *result.laps_s, *(() if result.used_s is None else (result.used_s,))]
    jumped_s = checkpoint.position.jumped_s
    texts = (checkpoint.position.circuit, checkpoint.position.timeline, written["boot_id"])
    if not _all([*numbers, jumped_s], (int, float)) or not _all([one.interval for one in results], (int,)):
        raise ValueError("fields of the wrong type")
    if not _all(texts, (str,)) or not isinstance(written["wall_known"], bool):
        raise ValueError("fields of the wrong type")
    # This also rejects NaN and Infinity, which Python's JSON parser accepts.
    if not all(0 <= number < LARGEST_NUMBER for number in [*numbers, abs(jumped_s)]):
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
