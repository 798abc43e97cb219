"""The mailbox between callbacks and the loop. It loses no command, blocks nobody and wakes the loop."""

import select
from threading import Thread

from kiosk.hardware.mailbox import Mailbox
from kiosk.session import Command


def readable(box: Mailbox) -> bool:
    return bool(select.select([box.fd], [], [], 0)[0])


def test_it_wakes_and_drains() -> None:
    box = Mailbox()
    assert not readable(box)
    assert box.read() == []
    box.post(Command.PRESS, 1.0)
    box.post(Command.RELEASE, 2.0)
    assert readable(box)
    assert box.read() == [(Command.PRESS, 1.0), (Command.RELEASE, 2.0)]
    assert not readable(box)
    assert box.read() == []
    box.post(Command.SKIP, 3.0)
    assert readable(box)
    box.close()


def test_a_pipe_that_nobody_reads_never_fills() -> None:
    """Linux gives a pipe 64 KiB, so one byte for each of the 70,000 commands would not fit."""
    box = Mailbox()
    for number in range(70_000):
        box.post(Command.PRESS, float(number))
    assert len(box.read()) == 70_000
    assert not readable(box)
    box.close()


def test_threads_post_while_the_loop_reads() -> None:
    box = Mailbox()

    def post(first: int) -> None:
        for number in range(first, first + 500):
            box.post(Command.PRESS, float(number))

    threads = [Thread(target=post, args=(first,)) for first in range(0, 2000, 500)]
    for thread in threads:
        thread.start()
    got: list[float] = []
    while len(got) < 2000:
        assert select.select([box.fd], [], [], 10)[0], "the loop was not woken"
        got += [at_s for _, at_s in box.read()]
    for thread in threads:
        thread.join()
    assert sorted(got) == [float(number) for number in range(2000)]
    for first in range(0, 2000, 500):
        assert [at_s for at_s in got if first <= at_s < first + 500] == [float(n) for n in range(first, first + 500)]
    box.close()


def test_after_closing_it_takes_nothing_and_says_nothing() -> None:
    box = Mailbox()
    box.post(Command.PRESS, 1.0)
    box.close()
    box.close()
    box.post(Command.PRESS, 2.0)
    assert box.read() == []
