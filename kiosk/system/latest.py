"""A thread for work that may take seconds, such as writing to an SD card or asking a television."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Condition, Thread

log = logging.getLogger("kiosk")


class Latest:
    """Does one job at a time; of the jobs that come meanwhile only the newest one is done.

    Giving it a job never waits. The thread is started with the first job.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._job: Callable[[], None] | None = None
        self._busy = False
        self._closing = False
        self._changed = Condition()
        self._thread: Thread | None = None

    def do(self, job: Callable[[], None]) -> None:
        """Do the job as soon as the one before it is done, unless a newer one comes first. After `close`: nothing."""
        with self._changed:
            if self._closing:
                return
            self._job = job
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do, at most so many seconds; return whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._job is None and not self._busy, timeout_s)

    def close(self, timeout_s: float) -> None:
        """Let the newest job be done if that takes no longer than so many seconds; may be called again."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:
                log.exception("%s failed", self._name)
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._job is not None or self._closing)
            job, self._job = self._job, None
            self._busy = job is not None
            return job
