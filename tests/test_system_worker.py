"""The thread for slow work: one job at a time, the newest one next."""

from __future__ import annotations

import time
from threading import Event

import pytest

from kiosk.system.worker import Worker

SOON_S = 5.0


def test_of_the_jobs_that_wait_only_the_newest_is_done() -> None:
    worker, gate, done = Worker("test"), Event(), []
    worker.submit(lambda: (gate.wait(SOON_S), done.append("first"))[1])
    time.sleep(0.05)
    began_s = time.monotonic()
    for number in range(100):
        worker.submit(lambda number=number: done.append(number))  # type: ignore[misc]
    assert time.monotonic() - began_s < 1
    gate.set()
    assert worker.wait(SOON_S)
    assert done == ["first", 99]


def test_closing_lets_the_newest_job_be_done() -> None:
    worker, done = Worker("test"), []
    worker.submit(lambda: done.append(1))
    worker.close(SOON_S)
    worker.close(SOON_S)
    worker.submit(lambda: done.append(2))
    assert done == [1]


def test_closing_does_not_wait_for_ever() -> None:
    worker, gate = Worker("test"), Event()
    worker.submit(lambda: bool(gate.wait(SOON_S)) and None)
    began_s = time.monotonic()
    assert not worker.wait(0.05)
    worker.close(0.05)
    assert time.monotonic() - began_s < 1
    gate.set()


def test_a_job_that_fails_is_logged_and_the_next_one_is_done(caplog: pytest.LogCaptureFixture) -> None:
    worker, done = Worker("writing"), []

    def fail() -> None:
        raise RuntimeError("no")

    worker.submit(fail)
    assert worker.wait(SOON_S)
    worker.submit(lambda: done.append(1))
    worker.close(SOON_S)
    assert done == [1]
    assert "writing failed" in caplog.text
