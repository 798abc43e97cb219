"""The thread for slow work. It does one job at a time, and of the jobs that wait only the newest."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from kiosk.system.worker import Worker

PATIENCE_S = 60.0


def test_of_the_jobs_that_wait_only_the_newest_is_done() -> None:
    worker, gate, begun = Worker("test"), Event(), Event()
    done: list[int] = []

    def first() -> None:
        begun.set()
        gate.wait(PATIENCE_S)
        done.append(-1)

    def numbered(number: int) -> Callable[[], None]:
        return lambda: done.append(number)

    worker.submit(first)
    assert begun.wait(PATIENCE_S)
    # The gate opens only afterwards, so none of these calls waits for it.
    for number in range(100):
        worker.submit(numbered(number))
    gate.set()
    assert worker.wait(PATIENCE_S)
    assert done == [-1, 99]


def test_closing_lets_the_newest_job_be_done() -> None:
    worker, done = Worker("test"), list[int]()
    worker.submit(lambda: done.append(1))
    worker.close(PATIENCE_S)
    worker.close(PATIENCE_S)
    worker.submit(lambda: done.append(2))
    assert done == [1]


def test_closing_does_not_wait_forever() -> None:
    worker, gate, done = Worker("test"), Event(), Event()

    def held_up() -> None:
        gate.wait(PATIENCE_S)
        done.set()

    worker.submit(held_up)
    assert not worker.wait(0.05)
    worker.close(0.05)
    assert not done.is_set()
    gate.set()
    assert done.wait(PATIENCE_S)


def test_a_job_that_fails_is_logged_and_the_next_one_is_done(caplog: pytest.LogCaptureFixture) -> None:
    worker, done = Worker("writing"), list[int]()

    def fail() -> None:
        raise RuntimeError("no")

    worker.submit(fail)
    assert worker.wait(PATIENCE_S)
    worker.submit(lambda: done.append(1))
    worker.close(PATIENCE_S)
    assert done == [1]
    assert "writing failed" in caplog.text
