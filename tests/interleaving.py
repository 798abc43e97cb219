"""Threads that take turns. Each runs to its next lock, wait or pause; then a schedule chooses the next thread.

So a test can try every order of the threads, one after the other. The clock stands still while any thread can run.
By default the thread of the last turn goes on, or else the next in line. Few turns need to differ to show a race.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import inf
from typing import NamedTuple

MOST_TURNS = 2000
Ready = Callable[[], bool]


@dataclass(eq=False)
class _Task:
    run: Callable[[], None]
    baton: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ready: Ready = lambda: True
    until_s: float = inf
    over: bool = False
    error: BaseException | None = None


class _Choice(NamedTuple):
    """The choice made at one turn: the index of the chosen thread, and the number of threads that could run."""

    taken: int
    options: int


class Turns:
    """The threads and the clock of one run, with stand-ins for the classes of the module `threading`."""

    def __init__(self, indexes: Sequence[int] = ()) -> None:
        """`indexes` says which thread runs at each turn, where 0 is the default; after the last index all are 0."""
        self.now_s = 100.0
        self.choices: list[_Choice] = []
        self._indexes = indexes
        self._tasks: list[_Task] = []
        self._running: _Task | None = None
        self._back = threading.Semaphore(0)

    def clock(self) -> float:
        return self.now_s

    def begin(self, act: Callable[[], None]) -> _Task:
        """Add a thread that runs `act` to the schedule."""
        task = _Task(act)
        self._tasks.append(task)
        threading.Thread(target=self._live, args=(task,), daemon=True).start()
        return task

    def run(self, *acts: Callable[[], None]) -> None:
        """Run `acts` as threads until none can run. Raises any thread's error, or AssertionError for a deadlock."""
        tasks = [self.begin(act) for act in acts]
        while (task := self._chosen()) is not None:
            self._running = task
            task.until_s = inf
            task.baton.release()
            self._back.acquire()
            assert len(self.choices) < MOST_TURNS, "nobody comes to an end"
            if task.error:
                raise task.error
        assert all(task.over for task in tasks), "a thread waits for ever"

    def pause(self, ready: Ready = lambda: True, until_s: float = inf) -> None:
        """Let other threads run until `ready` returns true or the clock reaches `until_s`."""
        task = self._running
        assert task is not None
        task.ready, task.until_s = ready, until_s
        self._back.release()
        task.baton.acquire()

    def sleep_until(self, at_s: float) -> None:
        self.pause(lambda: False, at_s)

    def lock(self) -> _Lock:
        return _Lock(self)

    def condition(self) -> _Condition:
        return _Condition(self)

    def thread(self, target: Callable[[], None], name: str, daemon: bool) -> _Thread:
        return _Thread(self, target)

    def _live(self, task: _Task) -> None:
        task.baton.acquire()
        try:
            task.run()
        except BaseException as error:
            task.error = error
        task.over = True
        self._back.release()

    def _chosen(self) -> _Task | None:
        """Return the next thread to run. If none can run, move the clock forward; None if all wait for ever."""
        while True:
            able = [task for task in self._tasks if not task.over and (task.ready() or self.now_s >= task.until_s)]
            if able:
                break
            wakes_s = min((task.until_s for task in self._tasks if not task.over), default=inf)
            if wakes_s == inf:
                return None
            self.now_s = wakes_s
        able.sort(key=lambda task: task is not self._running)
        at = len(self.choices)
        index = self._indexes[at] if at < len(self._indexes) else 0
        self.choices.append(_Choice(index, len(able)))
        return able[index]


def every_order(scenario: Callable[[Turns], None], surprises: int = 2) -> int:
    """Run the scenario in every order with at most `surprises` turns off the default; return the number of orders."""
    indexes: list[int] | None = []
    for orders in count():
        if indexes is None:
            return orders
        turns = Turns(indexes)
        scenario(turns)
        indexes = _next(turns.choices, surprises)
    raise AssertionError


def _next(choices: list[_Choice], surprises: int) -> list[int] | None:
    """Return the next order, which changes the last turn that still has an untried thread; None after the last."""
    while choices:
        last = choices.pop()
        before = sum(choice.taken > 0 for choice in choices)
        if last.taken + 1 < last.options and before < surprises:
            return [*(choice.taken for choice in choices), last.taken + 1]
    return None


class _Lock:
    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._held = False

    def acquire(self, blocking: bool = True) -> bool:
        self._turns.pause()
        while self._held and blocking:
            self._turns.pause(lambda: not self._held)
        taken, self._held = not self._held, True
        return taken

    def release(self) -> None:
        assert self._held
        self._held = False

    def locked(self) -> bool:
        return self._held

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class _Condition(_Lock):
    def __init__(self, turns: Turns) -> None:
        super().__init__(turns)
        self._waiting: list[list[bool]] = []

    def wait(self, timeout_s: float | None = None) -> None:
        told = [False]
        self._waiting.append(told)
        self.release()
        until_s = inf if timeout_s is None else self._turns.now_s + timeout_s
        self._turns.pause(lambda: told[0], until_s)
        self._waiting = [one for one in self._waiting if one is not told]
        self.acquire()

    def notify(self) -> None:
        assert self._held
        if self._waiting:
            self._waiting.pop(0)[0] = True


class _Thread:
    def __init__(self, turns: Turns, target: Callable[[], None]) -> None:
        self._turns = turns
        self._target = target
        self._task: _Task | None = None

    def start(self) -> None:
        self._task = self._turns.begin(self._target)

    def join(self, timeout_s: float) -> None:
        self._turns.pause(lambda: not self.is_alive(), self._turns.now_s + timeout_s)

    def is_alive(self) -> bool:
        return self._task is not None and not self._task.over
