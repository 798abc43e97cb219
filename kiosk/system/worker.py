"""A thread for jobs that may take seconds, such as writing to an SD card or switching the television."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Condition, Thread

log = logging.getLogger("kiosk")


class Worker:
    """A background thread that runs jobs one after the other. Of the jobs that are waiting, only the newest is run.

    Submitting a job never waits. The thread starts with the first job.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._job: Callable[[], None] | None = None
        self._busy = False
        self._closing = False
        self._changed = Condition()
        self._thread: Thread | None = None

    def submit(self, job: Callable[[], None]) -> None:
        """Run the job after the current job, unless a newer job replaces it. After `close` new jobs are ignored."""
        with self._changed:
            if self._closing:
                return
            self._job = job
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until all jobs are done, at most `timeout_s`. Return whether all jobs are done."""
        with self._changed:
            return self._changed.wait_for(lambda: self._job is None and not self._busy, timeout_s)

    def close(self, timeout_s: float) -> None:
        """Refuse new jobs, and wait for the last job to end, at most `timeout_s`. May be called again."""
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
