"""Where a running circuit is, kept over a power cut: one small file, written once per interval, pause and key.

SD cards wear out and take seconds for an fsync, so writes are few and on a thread of their own. Whatever is wrong with
the disk costs the resume and nothing else.
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
from kiosk.system.latest import Latest
from kiosk.timeline import Timeline

log = logging.getLogger("kiosk")

VERSION = 1
FILE = "checkpoint.json"
EXPIRES_S = 5 * 60.0
"""Whoever trained has gone home by then."""
UNLIMITED_PAUSE_S = 24 * 3600.0
"""A pause without a limit can be resumed after a power cut until the next day."""
CLOSE_S = 1.0
"""How long the end waits for a slow card; the unit has to stop within 2 s."""
LARGEST_BYTES = 10_000
LARGEST_NUMBER = 1e12
"""Seconds, some 30,000 years. JSON knows whole numbers of any size, and reckoning with those overflows."""


class Position(NamedTuple):
    """Where in which circuit: `elapsed_s` is the start of the interval that runs, or where it was paused.

    `timeline` is a fingerprint: an edited circuit is another one. `lasts_s` is for how many seconds this may stay
    true before the next one is written: the interval's length, or the longest pause.
    """

    circuit: str
    timeline: str
    elapsed_s: float
    lasts_s: float

    def index_in(self, timelines: Sequence[Timeline]) -> int | None:
        """Return which of these it is a position in; None if the circuit is gone or is another one by now."""
        for index, timeline in enumerate(timelines):
            if timeline.circuit.id == self.circuit and fingerprint(timeline) == self.timeline:
                return index if self.elapsed_s < timeline.total_s else None
        return None


class Checkpoint(NamedTuple):
    """A position and the clocks when it was written."""

    position: Position
    written: Clocks

    def age_s(self, now: Clocks) -> float:
        """Return for how many seconds it has been written, at least.

        Within one power-on the clock that never steps tells. After a power cut only the time of day could, and a Pi
        without a battery does not know it until a time server has answered: until then the age is at least the time
        since power-on, and at least what the clock says, which is behind.
        """
        if self.written.boot_id and self.written.boot_id == now.boot_id:
            return now.boot_s - self.written.boot_s
        by_wall_s = now.wall_s - self.written.wall_s if self.written.wall_known else 0.0
        return max(by_wall_s, now.boot_s)

    def expired(self, now: Clocks) -> bool:
        """Return whether it is too late to resume. Ask again while it is on offer: the clock may come to know."""
        return self.age_s(now) > EXPIRES_S + self.position.lasts_s


class Keeper:
    """Writes checkpoints as the session goes on, and finds the one that was left.

    `note` is cheap: call it in every turn of the loop, after the step. A missing or read-only folder, a full disk, a
    card that hangs: one line in the log, and the next start has nothing to resume.
    """

    def __init__(self, folder: Path | None = None, now: Callable[[], Clocks] = clocks) -> None:
        self._file = (folder or state_folder()) / FILE
        self._now = now
        self._noted: Position | None = None
        self._key_s = -inf
        """The session's last key when it was noted: each one makes a pause last longer."""
        self._writer = Latest("keeping the place in the circuit")
        self._complained = False

    def load(self) -> Checkpoint | None:
        """Return the checkpoint that was left, None if there is none or it cannot be used any more.

        What is returned counts as noted: it is written again only when the session moves on from there.
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
            log.info("no circuit to resume: the one that was interrupted is too long ago")
            self.clear()
            return None
        self._noted = checkpoint.position
        return checkpoint

    def expired(self, checkpoint: Checkpoint) -> bool:
        """Return whether it is too late by now to resume what `load` returned."""
        return checkpoint.expired(self._now())

    def note(self, session: Session) -> None:
        """Keep where the session is, if it has moved on to another interval, a pause or the end."""
        place = _place(session)
        noted = None if self._noted is None else (self._noted.circuit, self._noted.elapsed_s)
        if place is None:
            if noted is not None:
                self.clear()
        elif place != noted or session.key_s != self._key_s:
            self._noted, self._key_s = position_of(session), session.key_s
            data = _encoded(Checkpoint(self._noted, self._now()))
            self._writer.do(lambda: self._try(lambda: _replace(self._file, data)))

    def clear(self) -> None:
        """Forget: there is nothing to resume."""
        self._noted = None
        self._writer.do(lambda: self._try(lambda: _remove(self._file)))

    def wait(self, timeout_s: float) -> bool:
        """Wait until all is written, at most so many seconds; return whether it is."""
        return self._writer.wait(timeout_s)

    def close(self) -> None:
        """Finish writing, within a second. What is kept stays: after an upgrade the circuit can be resumed."""
        self._writer.close(CLOSE_S)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            if not self._complained:
                self._complained = True
                reason = error.strerror or type(error).__name__
                log.warning("after a power cut the circuit starts anew: %s cannot be written (%s)", self._file, reason)


def state_folder() -> Path:
    """Return the folder for what has to outlive the process: systemd's, else the desktop user's own."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given)
    return user_folder("XDG_STATE_HOME", ".local/state", "/var/lib")


def position_of(session: Session) -> Position:
    """Return where a session is that has begun."""
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
    """Return a text that is the same for the same timeline, and another one for any other."""
    lines = [
        f"{one.kind} {one.start_s} {one.duration_s} {one.round} {one.exercise.id} {one.side}"
        for one in timeline.intervals
    ]
    return f"{crc32(repr(lines).encode()):08x}"


def _place(session: Session) -> tuple[str, float] | None:
    """Return the circuit and the offset to resume from; None where nothing is to be resumed."""
    if session.phase in (Phase.IDLE, Phase.FINISHED):
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
    """Return what the bytes say. Raises ValueError if they are no checkpoint of this version."""
    fields = json.loads(data)
    if not isinstance(fields, dict) or fields.get("version") != VERSION:
        raise ValueError("another version of the program wrote it")
    try:
        position, written = fields["position"], fields["written"]
        checkpoint = Checkpoint(Position(**position), Clocks(**written))
    except (KeyError, TypeError) as error:
        raise ValueError("parts of it are missing or too much") from error
    numbers = (checkpoint.position.elapsed_s, checkpoint.position.lasts_s, written["wall_s"], written["boot_s"])
    texts = (checkpoint.position.circuit, checkpoint.position.timeline, written["boot_id"])
    if not _all(numbers, (int, float)) or not _all(texts, (str,)) or not isinstance(written["wall_known"], bool):
        raise ValueError("parts of it are of the wrong kind")
    # JSON as Python reads it knows NaN and Infinity, too.
    if not all(0 <= number < LARGEST_NUMBER for number in numbers):
        raise ValueError("a number in it is out of range")
    return checkpoint


def _all(values: Sequence[object], kinds: tuple[type, ...]) -> bool:
    return all(isinstance(value, kinds) and not isinstance(value, bool) for value in values)


def _contents(file: Path) -> bytes:
    """Return what is in the file. Raises OSError if it cannot be read, or is not an ordinary file."""
    # Opening a pipe the usual way would wait for a writer, for ever.
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("this is not an ordinary file")
        return os.read(descriptor, LARGEST_BYTES)
    finally:
        os.close(descriptor)


def _replace(file: Path, data: bytes) -> None:
    """Write the file so that after a power cut it is the old one or the new one, never half of it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    # What is there may be a pipe, and opening that would wait for a reader.
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
